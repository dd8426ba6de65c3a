import { ApiObject, type Chart } from 'cdk8s';
import type { Manifest, OutputFile } from '../../layers/output';
import type { Problem, Problems } from '../../layers/problem';
import { tokensOf } from '../../layers/token';
import { validateManifest } from '../argocd/validate';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import type { Target } from '../target';
import { AppManifest, TargetChart } from '../target-chart';
import type { ClusterTypeModel } from './model';
import type { RenderedApp } from './synthesis';
import { declareWorkloads } from './workloads';

/**
 * The files that users' own code had a hand in: charts with more constructs or patches in them, and workloads. They are
 * made once, in the pass that looks for mistakes, and kept until they are written; equal objects are kept once.
 */
export class CustomFiles {
  readonly #templates = new Map<string, readonly OutputFile[]>();
  readonly #manifests = new Map<string, readonly OutputFile[]>();
  readonly #objects = new Map<string, Manifest>();

  /** Files of `templates/`, or `undefined` where no code of a user touched the target. */
  templates(target: Target): readonly OutputFile[] | undefined {
    return this.#templates.get(keyOf(target));
  }

  manifests(target: Target): readonly OutputFile[] {
    return this.#manifests.get(keyOf(target)) ?? [];
  }

  /** @param kept the chart that a user asked for before, with whatever was declared in it */
  add(clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[], kept: TargetChart | undefined, problems: Problems): void {
    const { customizations } = clusterType.construct;
    if (kept || customizations.length > 0) {
      const origin = originOf(clusterType.construct);
      const files = this.#try(problems, 'config-throws', { target: keyOf(target), ...origin, place: [...origin.place, 'customize'] }, () => {
        const chart = kept ?? new TargetChart(target, apps.flatMap(toNamed));
        if (!kept) for (const customize of customizations) customize(chart);
        return objectsOf(chart).map(([construct, object]) => this.#template(construct, object, target, apps, problems));
      });
      this.#templates.set(keyOf(target), unique(files ?? [], target, problems));
    }
    if (!clusterType.hasWorkloads) return;
    const manifests = apps.flatMap(({ app, rendition }) => {
      if (!rendition.enabled || !app.construct.workloads) return [];
      const place = { app: app.construct.name, target: keyOf(target), ...originOf(app.construct) };
      const files = this.#try(problems, 'workloads', { ...place, place: [...place.place, 'workloads'] }, () =>
        objectsOf(declareWorkloads(app.construct, target, rendition.values)).map(([, object]) => this.#manifest(app.construct, object, place, problems)),
      );
      if (files?.length === 0) {
        problems.add({
          ...place,
          code: 'workloads',
          message: `'${app.construct.name}' declares no manifest`,
          place: [...place.place, 'workloads'],
          hint: 'where the app should not run, set `enabled: false`',
        });
      }
      return files ?? [];
    });
    if (manifests.length > 0) this.#manifests.set(keyOf(target), unique(manifests, target, problems));
  }

  #template(construct: ApiObject, object: Manifest, target: Target, apps: readonly RenderedApp[], problems: Problems): OutputFile {
    const isApp = AppManifest.isAppManifest(construct);
    const app = isApp ? apps.find((candidate) => candidate.app.construct.name === construct.node.id)?.app.construct : undefined;
    const document = this.#shared(object);
    const untouched = apps.some(({ rendition }) => rendition.manifest === object);
    if (!untouched) {
      for (const { message, path, expected, found, hint, code } of validateManifest(document)) {
        const place = app ? originOf(app) : { place: [construct.node.path] };
        problems.add({ code, message, expected, found, hint, app: app?.name, target: keyOf(target), ...place, place: [...place.place, ...path] });
      }
    }
    return { kind: 'template', path: `templates/${isApp ? construct.node.id : fileName(document)}.yaml`, document };
  }

  #manifest(app: FleetApp, object: Manifest, place: Partial<Problem>, problems: Problems): OutputFile {
    for (const token of tokensOf(object)) {
      problems.add({
        ...place,
        code: 'token-in-manifest',
        message: `the token cluster.${token.key} stands in a manifest that is applied as it is`,
        place: [...(place.place ?? []), 'workloads'],
        hint: 'workloads are no Helm chart: nobody would fill it in; pass it to a chart of yours by `helm.valuesObject` instead',
      });
    }
    return { kind: 'manifest', path: `manifests/${app.name}/${fileName(object)}.yaml`, document: this.#shared(object) };
  }

  #try<T>(problems: Problems, code: Problem['code'], place: Partial<Problem>, run: () => T): T | undefined {
    try {
      return run();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const isValidation = cause instanceof ValidationError;
      problems.add({
        ...place,
        code: isValidation ? 'validation' : code,
        message: isValidation ? message : `code of the configuration threw: ${message}`,
      });
      return undefined;
    }
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

function keyOf(target: Target): string {
  return `${target.clusterType}/${target.path}`;
}

function toNamed({ app, rendition }: RenderedApp) {
  return rendition.manifest ? [{ name: app.construct.name, manifest: rendition.manifest }] : [];
}

/** A chart's objects with their constructs, after everybody's validations. @throws Error with what a validation said */
function objectsOf(chart: Chart): readonly (readonly [ApiObject, Manifest])[] {
  const constructs = chart.node.findAll();
  const messages = constructs.flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
  if (messages.length > 0) throw new ValidationError(messages.join('; '));
  return constructs
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((object) => [object, object.toJson() as Manifest] as const);
}

class ValidationError extends Error {}

/** `Deployment web` → `deployment-web`; in Kubernetes some names hold characters that file names should not. */
function fileName({ kind, metadata }: Manifest): string {
  return `${kind.toLowerCase()}-${metadata.name.replace(/[^A-Za-z0-9.-]/g, '_')}`;
}

function unique(files: readonly OutputFile[], target: Target, problems: Problems): readonly OutputFile[] {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) {
      problems.add({
        code: 'duplicate-file',
        message: `two objects would be rendered to '${path}'`,
        target: keyOf(target),
        place: [],
        hint: 'give one of them another name',
      });
    }
    seen.add(path);
  }
  return files;
}
