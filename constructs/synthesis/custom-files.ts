import { ApiObject, type Chart } from 'cdk8s';
import type { Manifest, OutputFile } from '../../layers/output';
import type { Problem, Problems } from '../../layers/problem';
import { readContent } from '../../layers/read-content';
import { messageOf, thrownAs } from '../../layers/thrown';
import { hasBrokenToken, someString, type Token, tokensOf } from '../../layers/token';
import { checkMetadata } from '../argocd/metadata';
import { checkApplication, checkApplicationSet, type Remark, type Spec } from '../argocd/semantics';
import type { FleetApp } from '../fleet-app';
import { type Origin, originOf } from '../origin';
import type { Target } from '../target';
import { AppManifest, TargetChart } from '../target-chart';
import { validateManifest } from '../validate';
import { atOnce } from './at-once';
import type { ClusterTypeModel } from './model';
import { enabledManifests, keyOf, type RenderedApp } from './rendered-app';
import { declareWorkloads } from './workloads';

/** An object of a chart that users' own code had a hand in. */
interface CustomObject {
  readonly construct: ApiObject;
  readonly object: Manifest;
  /** Of which app it is, where it is one's. */
  readonly app?: string;
  /** Whether it is the very manifest of its app. */
  readonly isUntouched: boolean;
}

/** What users' own code made of a target's chart, before it is checked. */
export interface CustomChart {
  readonly origin: Origin;
  readonly objects: readonly CustomObject[];
  /** Of what is not an untouched app's. */
  readonly tokens: readonly Token[];
}

/**
 * The files that users' own code had a hand in: charts with more constructs or patches in them, and workloads. They are
 * made in the pass that looks for mistakes, and kept until they are written; equal objects are kept once.
 */
export class CustomFiles {
  readonly #problems: Problems;
  readonly #charts: ReadonlyMap<string, TargetChart>;
  readonly #templates = new Map<string, readonly OutputFile[]>();
  readonly #manifests = new Map<string, readonly OutputFile[]>();
  readonly #objects = new Map<string, Manifest>();

  /** @param charts those that a user asked for before, with whatever was declared in them */
  constructor(charts: ReadonlyMap<string, TargetChart>, problems: Problems) {
    this.#charts = charts;
    this.#problems = problems;
  }

  /** Files of `templates/`, or `undefined` where no code of a user touched the target. */
  templates(target: Target): readonly OutputFile[] | undefined {
    return this.#templates.get(keyOf(target));
  }

  manifests(target: Target): readonly OutputFile[] {
    return this.#manifests.get(keyOf(target)) ?? [];
  }

  /** Runs users' code on a target's chart. @returns nothing where there is none, or where it threw */
  chart(clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[]): CustomChart | undefined {
    const { customizations } = clusterType.construct;
    const kept = this.#charts.get(keyOf(target));
    if (!kept && customizations.length === 0) return undefined;
    const { file, place } = originOf(clusterType.construct);
    const origin = { file, place: [...place, 'customize'] };
    const objects = this.#try('config-throws', { target: keyOf(target), ...origin }, () => {
      const chart = kept ?? new TargetChart(target, enabledManifests(apps));
      if (!kept) for (const customize of customizations) atOnce(() => customize(chart));
      return objectsOf(chart);
    });
    if (!objects) {
      this.#templates.set(keyOf(target), []);
      return undefined;
    }
    return { origin, objects, tokens: tokensOf(objects.flatMap(({ object, isUntouched }) => (isUntouched ? [] : [object]))) };
  }

  /**
   * Checks a chart and keeps its files.
   *
   * @param apps as they are rendered for good: a root may have got more to inject since the chart was made
   */
  addChart(target: Target, { objects }: CustomChart, apps: readonly RenderedApp[]): void {
    const current = new Map(enabledManifests(apps).map(({ name, manifest }) => [name, manifest]));
    const documents = objects.map((custom) => ({
      ...custom,
      object: this.#shared((custom.isUntouched ? current.get(custom.app ?? '') : undefined) ?? custom.object),
    }));
    for (const { object, construct, app, isUntouched } of documents) if (!isUntouched) this.#check(object, construct, app, target, apps);
    const names = fileNames(documents.map(({ object, app }) => ({ manifest: object, name: app })));
    const files = documents.map(({ object }, index): OutputFile => ({ kind: 'template', path: `templates/${names[index]}.yaml`, document: object }));
    this.#templates.set(keyOf(target), this.#unique(files, target));
  }

  /** Runs the workloads of a target's apps, checks them and keeps their files. */
  addWorkloads(clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[]): void {
    if (!clusterType.hasWorkloads) return;
    const files = apps.flatMap(({ app, rendition }) => {
      if (!rendition.enabled || !app.construct.workloads) return [];
      const { file, place } = originOf(app.construct);
      const at = { app: app.construct.name, target: keyOf(target), file, place: [...place, 'workloads'] };
      const objects = this.#try('workloads', at, () => objectsOf(declareWorkloads(app.construct, target, rendition.values)));
      if (objects?.length === 0) {
        this.#problems.add({
          ...at,
          code: 'workloads',
          message: `'${app.construct.name}' declares no manifest`,
          hint: 'where the app should not run, set `enabled: false`',
        });
      }
      return this.#workloadFiles(
        app.construct,
        (objects ?? []).map(({ object }) => object),
        at,
      );
    });
    if (files.length > 0) this.#manifests.set(keyOf(target), this.#unique(files, target));
  }

  #workloadFiles(app: FleetApp, objects: readonly Manifest[], at: Partial<Problem>): readonly OutputFile[] {
    const names = fileNames(objects.map((manifest) => ({ manifest })));
    return objects.map((object, index) => {
      for (const token of tokensOf(object)) {
        this.#problems.add({
          ...at,
          code: 'token-in-manifest',
          message: `the token cluster.${token.key} stands in a manifest that is applied as it is`,
          hint: 'workloads are no Helm chart: nobody would fill it in; pass it to a chart of yours by `helm.valuesObject` instead',
        });
      }
      for (const { path: _, ...remark } of checkMetadata(object)) this.#problems.add({ ...at, ...remark, message: `${object.kind}: ${remark.message}` });
      return { kind: 'manifest', path: `manifests/${app.name}/${names[index]}.yaml`, document: this.#shared(object) };
    });
  }

  /** Everything that is checked in an app's manifest is checked in what code made of it. */
  #check(document: Manifest, construct: ApiObject, name: string | undefined, target: Target, apps: readonly RenderedApp[]): void {
    const app = apps.find((candidate) => candidate.app.construct.name === name)?.app.construct;
    const origin = app ? originOf(app) : { place: [construct.node.path] };
    const spec = (document.spec ?? {}) as Spec;
    const remarks: readonly Remark[] = [
      ...validateManifest(document),
      ...(app?.kind === 'Application' ? checkApplication(spec) : []),
      ...(app?.kind === 'ApplicationSet' ? checkApplicationSet(spec) : []),
      ...checkMetadata(document),
      ...(someString(document, hasBrokenToken)
        ? [{ code: 'token-broken' as const, path: [], message: 'a cluster token was cut or changed by a string function', hint: 'use tokens whole' }]
        : []),
    ];
    for (const { path, ...remark } of remarks)
      this.#problems.add({ ...remark, app: name, target: keyOf(target), ...origin, place: [...origin.place, ...path] });
  }

  #try<T>(code: Problem['code'], at: Partial<Problem>, run: () => T): T | undefined {
    try {
      return run();
    } catch (cause) {
      const message = messageOf(cause);
      const isValidation = thrownAs(cause, ValidationError) !== undefined;
      this.#problems.add({ ...at, code: isValidation ? 'validation' : code, message: isValidation ? message : `code of the configuration threw: ${message}` });
      return undefined;
    }
  }

  #unique(files: readonly OutputFile[], target: Target): readonly OutputFile[] {
    const seen = new Set<string>();
    for (const { path } of files) {
      if (seen.has(path)) {
        const message = `two objects would be rendered to '${path}'`;
        this.#problems.add({ code: 'duplicate-file', message, target: keyOf(target), place: [], hint: 'give one of them another name' });
      }
      seen.add(path);
    }
    return files;
  }

  #shared(object: Manifest): Manifest {
    if (Object.isFrozen(object)) return object;
    const key = JSON.stringify(object);
    const known = this.#objects.get(key);
    if (known) return known;
    this.#objects.set(key, Object.freeze(object));
    return object;
  }
}

/** A chart's objects, after everybody's validations. @throws Error with what a validation said */
function objectsOf(chart: Chart): readonly CustomObject[] {
  const constructs = chart.node.findAll();
  const messages = constructs.flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
  if (messages.length > 0) throw new ValidationError(messages.join('; '));
  return constructs
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((construct) => {
      const object = construct.toJson() as Manifest;
      const isApp = AppManifest.isAppManifest(construct);
      const isUntouched = isApp && construct.manifest === object;
      const [fault] = isUntouched ? [] : readContent(object).faults;
      if (fault) throw new Error(`${construct.node.path}: ${fault.message}`);
      return { construct, object, app: isApp ? construct.node.id : undefined, isUntouched };
    });
}

class ValidationError extends Error {}

/** An app's object is called after the app, any other `{kind}-{name}`; those that would be called alike say their group and namespace too. */
function fileNames(objects: readonly { readonly manifest: Manifest; readonly name?: string }[]): readonly string[] {
  const short = objects.map(({ manifest, name }) => name ?? safe(`${manifest.kind.toLowerCase()}-${manifest.metadata.name}`));
  return objects.map(({ manifest, name }, index) => {
    if (name !== undefined || short.indexOf(short[index] as string) === short.lastIndexOf(short[index] as string)) return short[index] as string;
    const group = manifest.apiVersion.includes('/') ? `.${manifest.apiVersion.split('/')[0]}` : '';
    return safe([`${manifest.kind.toLowerCase()}${group}`, manifest.metadata.namespace, manifest.metadata.name].filter((part) => part !== undefined).join('-'));
  });
}

/** In Kubernetes some names hold characters that file names must not. */
function safe(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, '_');
}
