import type { Manifest, OutputFile } from '../../../layers/output';
import type { Problem, Problems } from '../../../layers/problem';
import { type Token, tokenName, tokensOf } from '../../../layers/text/token';
import { messageOf, thrownAs } from '../../../layers/thrown';
import { judgeRemark } from '../../argocd/judge-remark';
import { remarksOn } from '../../argocd/manifest-rules';
import type { ClusterTypeModel } from '../../resolve/model';
import { targetKey } from '../../resolve/target-key';
import type { ClusterType } from '../../tree/cluster-type';
import type { Target } from '../../tree/config/target';
import { oldestArgoCD } from '../../tree/fleet-tree';
import type { LayeredApp } from '../../tree/layered-app';
import { type Origin, originOf } from '../../tree/origin';
import type { TargetChart } from '../../tree/target-chart';
import { targetChart, workloadsChart } from '../charts';
import { folderRemarks } from '../folder-size';
import { clashesAmong, fileNames, namespaceIn } from '../object-files';
import { enabledManifests, type RenderedApp } from '../rendered-app';
import { runAtOnce } from '../run-at-once';
import { CustomAnswer } from './custom-answer';
import { type CustomObject, NoManifestError, objectsOf, ValidationError } from './custom-objects';

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
  /** By target and what declared them. */
  readonly #answers = new Map<string, CustomAnswer>();

  /** @param charts those that a user asked for before, with whatever was declared in them */
  constructor(charts: ReadonlyMap<string, TargetChart>, problems: Problems) {
    this.#charts = charts;
    this.#problems = problems;
  }

  /** Files of `templates/`, or `undefined` where no code of a user touched the target. */
  templates(target: Target): readonly OutputFile[] | undefined {
    return this.#templates.get(targetKey(target));
  }

  manifests(target: Target): readonly OutputFile[] {
    return this.#manifests.get(targetKey(target)) ?? [];
  }

  /** Runs users' code on a target's chart. @returns nothing where there is none, or where it threw */
  chart(clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[]): CustomChart | undefined {
    const { customizations } = clusterType.construct;
    const kept = this.#charts.get(targetKey(target));
    if (!kept && customizations.length === 0) return undefined;
    const { file, place } = originOf(clusterType.construct);
    const origin = { file, place: [...place, 'customize'] };
    const at = { target: targetKey(target), ...origin };
    const declare = () => {
      const chart = kept ?? targetChart(target, apps);
      if (!kept) for (const customize of customizations) runAtOnce(() => customize(chart));
      return objectsOf(chart);
    };
    const objects = this.#try('config-throws', at, declare);
    if (!objects) {
      this.#templates.set(targetKey(target), []);
      return undefined;
    }
    if (!kept) this.#answers.set(`${targetKey(target)} customize`, new CustomAnswer(at, objects, declare));
    return { origin, objects, tokens: tokensOf(objects.flatMap(({ manifest, isUntouched }) => (isUntouched ? [] : [manifest]))) };
  }

  /**
   * Checks a chart and keeps its files.
   *
   * @param apps as they are rendered for good: a root may have got more to inject since the chart was made
   */
  addChart(clusterType: ClusterTypeModel, target: Target, { objects }: CustomChart, apps: readonly RenderedApp[]): void {
    const current = new Map(enabledManifests(apps).map(({ name, manifest }) => [name, manifest]));
    for (const object of objects) if (!object.isUntouched) this.#check(object, clusterType.construct, target, apps);
    const documents = objects.map(({ manifest, app, isUntouched }) => (isUntouched ? current.get(app ?? '') : undefined) ?? this.#shared(manifest));
    const names = fileNames(documents.map((manifest, index) => ({ manifest, app: objects[index]?.app })));
    const files = documents.map((document, index): OutputFile => ({ kind: 'template', path: `templates/${names[index]}.yaml`, document }));
    this.#templates.set(targetKey(target), this.#unique(files, target));
  }

  /** Runs the workloads of a target's apps, checks them and keeps their files. */
  addWorkloads(clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[]): void {
    if (!clusterType.hasWorkloads) return;
    const files = apps.flatMap(({ app, rendition }) => {
      if (!rendition.enabled || !app.construct.workloads) return [];
      const { file, place } = originOf(app.construct);
      const at = { app: app.construct.name, target: targetKey(target), file, place: [...place, 'workloads'] };
      const declare = () => objectsOf(workloadsChart(app.construct, target, rendition.values));
      const objects = this.#try('workloads', at, declare);
      if (objects) this.#answers.set(`${targetKey(target)} ${at.app}`, new CustomAnswer(at, objects, declare));
      if (objects?.length === 0) {
        this.#problems.add({
          ...at,
          code: 'workloads',
          message: `'${app.construct.name}' declares no manifest`,
          hint: 'where the app should not run, set `enabled: false`',
        });
      }
      const own = this.#workloadFiles(app.construct, objects ?? [], at);
      for (const remark of folderRemarks(own)) this.#problems.add({ ...at, ...judgeRemark(app.construct, remark) });
      return own;
    });
    if (files.length > 0) this.#manifests.set(targetKey(target), this.#unique(files, target, apps));
  }

  /** Asks users' code once more, after all targets were looked at, as functions of the target in layers are. */
  *secondAnswers(): Generator<Problem> {
    for (const answer of this.#answers.values()) {
      const problem = answer.again();
      if (problem) yield problem;
    }
  }

  #workloadFiles(app: LayeredApp, objects: readonly CustomObject[], at: Partial<Problem>): readonly OutputFile[] {
    const names = fileNames(objects);
    return objects.map(({ manifest, written, lost }, index) => {
      for (const token of tokensOf(manifest)) {
        this.#problems.add({
          ...at,
          code: 'token-in-manifest',
          message: `the token ${tokenName(token)} stands in a manifest that is applied as it is`,
          hint: 'workloads are no Helm chart: nobody would fill it in; pass it to a chart of yours by `helm.valuesObject` instead',
        });
      }
      for (const found of remarksOn({ maker: 'workloads', written, manifest, lost, argoCD: oldestArgoCD(app) })) {
        const { path } = found;
        const remark = judgeRemark(app, found);
        // Which object it is, the message says: a name that is wrong has no other place.
        const below = path.join('.') === 'metadata.name' ? [] : path;
        this.#problems.add({
          ...at,
          ...remark,
          message: `${manifest.kind} ${manifest.metadata.name}: ${remark.message}`,
          place: [...(at.place ?? []), ...below],
        });
      }
      return { kind: 'manifest', path: `manifests/${app.name}/${names[index]}.yaml`, document: this.#shared(manifest) };
    });
  }

  /** Everything that is checked in an app's manifest is checked in what code made of it. */
  #check({ manifest, written, lost, construct, app: name }: CustomObject, clusterType: ClusterType, target: Target, apps: readonly RenderedApp[]): void {
    const app = apps.find((candidate) => candidate.app.construct.name === name)?.app.construct;
    const origin = app ? originOf(app) : { place: [construct.node.path] };
    for (const remark of remarksOn({ maker: 'customize', written, manifest, lost, argoCD: oldestArgoCD(clusterType) })) {
      this.#problems.add({
        ...judgeRemark(app ?? clusterType, remark),
        app: name,
        target: targetKey(target),
        ...origin,
        place: [...origin.place, ...remark.path],
      });
    }
  }

  #try<T>(code: Problem['code'], at: Partial<Problem>, run: () => T): T | undefined {
    try {
      return run();
    } catch (cause) {
      const message = messageOf(cause);
      const noManifest = thrownAs(cause, NoManifestError);
      if (noManifest) {
        const { path, ...remark } = noManifest.remark;
        this.#problems.add({ ...at, ...remark, place: [...(at.place ?? []), ...path] });
        return undefined;
      }
      const isValidation = thrownAs(cause, ValidationError) !== undefined;
      this.#problems.add({ ...at, code: isValidation ? 'validation' : code, message: isValidation ? message : `code of the configuration threw: ${message}` });
      return undefined;
    }
  }

  #unique(files: readonly OutputFile[], target: Target, apps: readonly RenderedApp[] = []): readonly OutputFile[] {
    const at = { code: 'duplicate-file', target: targetKey(target), place: [], hint: 'give one of them another name' } as const;
    const namespaceOf = (name: string) => namespaceIn(apps.find(({ app }) => app.construct.name === name)?.rendition.values);
    for (const message of clashesAmong(files, namespaceOf)) this.#problems.add({ ...at, message });
    return files;
  }

  #shared(object: Manifest): Manifest {
    if (Object.isFrozen(object)) return object;
    // What JSON cannot hold was objected to, and is written nowhere.
    const key = JSON.stringify(object, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    const known = this.#objects.get(key);
    if (known) return known;
    this.#objects.set(key, Object.freeze(object));
    return object;
  }
}
