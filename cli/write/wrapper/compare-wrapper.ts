import type { DeployedFleet, DeployedWhole } from '../../../constructs/hub/deployed-fleet';
import { isMap } from '../../../layers/plain-data';
import { fillTokens, mapStrings, type Token } from '../../../layers/text/token';
import { whoSays } from '../../../store/wrapper/charts/who-says';
import { type Live, markOf, readable } from '../../../store/wrapper/live-text';
import type { WrapperReading } from '../../../store/wrapper/read-wrapper';
import type { Use } from '../../../store/wrapper/use-of';
import { asMap, type Data, same } from '../../../store/wrapper/values';
import { type Facts, filledWith, type Relabelled, secretDifferences } from './compare-secrets';

/** What a cluster gets otherwise than before. */
export interface Difference {
  readonly cluster: string;
  readonly component: string;
  /** `values.replicas` */
  readonly field: string;
  /** @default - nothing said it */
  readonly before?: unknown;
  /** @default - nothing says it */
  readonly after?: unknown;
  /** Of the old layout. */
  readonly file: string;
  readonly place: readonly string[];
}

/** An Application that is called otherwise. */
export interface Renamed {
  readonly cluster: string;
  readonly component: string;
  readonly argoCD: string;
  /** @default - the chart says it in a way that is not known here */
  readonly from?: string;
  readonly to: string;
}

/** Everything that clusters get, before and after. */
export interface Comparison {
  /** How many components of clusters there are. */
  readonly components: number;
  readonly differing: readonly Difference[];
  /** What was deployed and is no more: `cluster component`. */
  readonly missing: readonly string[];
  /** What was not deployed and is now. */
  readonly extra: readonly string[];
  readonly renamed: readonly Renamed[];
  /** Labels that everything follows from, and that say something else now: nobody but ApplicationSets should read them. */
  readonly relabelled: readonly Relabelled[];
}

/** Where the wrapper's values say a field. */
const keys: { readonly [field: string]: string } = {
  version: 'defaultVersion',
  repoURL: 'chartRepository',
  chart: 'chartName',
  extraSources: 'additionalResources',
  labels: 'labelsApp',
  annotations: 'annotationsApp',
};

/** Those that they say for all components of a group. */
const topKeys: { readonly [field: string]: string } = { files: 'repoURLGit', project: 'argoProjectName', argoCD: '' };

/** What the layout deploys, and what the configuration does that was written of it. */
export function compared({ config, fleet }: Pick<WrapperReading, 'config' | 'fleet'>, after: DeployedFleet): Comparison {
  const now = new Map(after.components.map((one) => [`${one.member} ${one.component}`, one]));
  const secrets = secretDifferences(fleet.membership, config.computed, after.members);
  const facts = new Map(after.members.map((one) => [one.member, one]));
  const differing: Difference[] = [...secrets.differing];
  const missing: string[] = [];
  const renamed: Renamed[] = [];
  let components = 0;
  for (const { name, component } of config.plans) {
    for (const use of component.uses) {
      components += 1;
      const id = `${use.member.name} ${name}`;
      const one = now.get(id);
      now.delete(id);
      if (!one) missing.push(id);
      else {
        differing.push(...differencesOf(use, name, one, facts.get(use.member.name) ?? use.member));
        if (use.application !== one.application)
          renamed.push({
            cluster: use.member.name,
            component: name,
            argoCD: one.argoCD,
            ...(use.application === undefined ? {} : { from: use.application }),
            to: one.application,
          });
      }
    }
  }
  return { components, differing, missing, extra: [...now.keys()], renamed, relabelled: secrets.relabelled };
}

/** @param facts of the cluster's secret as it is now */
function differencesOf(use: Use, component: string, now: DeployedWhole, facts: Facts): readonly Difference[] {
  const { deployed, instance, key } = use;
  const cluster = use.member.name;
  const { values: valuesBefore, extraSources, set, ...fields } = deployed;
  const before = (data: unknown) => filledWith(data, use.member, facts);
  const after = (data: unknown) => filledWith(withMarks({ data }).data, facts, use.member);
  const was = asMap(
    before({
      ...fields,
      ...set,
      extraSources: Object.entries(extraSources)
        .sort()
        .map(([, source]) => source),
      argoCD: instance.argoCD,
    }),
  );
  const is = asMap(after(fieldsOf(now)));
  const found = Object.keys({ ...was, ...is }).flatMap((field): readonly Difference[] => {
    if (same(was[field], is[field])) return [];
    const top = topKeys[field];
    const at = whoSays(instance, top === undefined ? [key, keys[field] ?? field] : [top]);
    return [{ cluster, component, field, before: was[field], after: is[field], file: at.file.file, place: at.place }];
  });
  const values = leaves(before(valuesBefore), after(now.values), ['values']).map(({ path, ...change }): Difference => {
    const at = whoSaysValue(use, path.slice(1));
    return { cluster, component, field: path.join('.'), ...change, file: at.file, place: at.place };
  });
  const shown = (value: unknown) => (value === undefined ? value : mapStrings(value, readable));
  return [...found, ...values].map((one) => ({ ...one, before: shown(one.before), after: shown(one.after) }));
}

/** What the old layout knows of, of a component as the configuration says it. */
function fieldsOf({ fields, set, argoCD, project, component, values }: DeployedWhole): Data {
  const { repoURL, chart, path, version, namespace, syncPolicy, ignoreDifferences = [], helm, extraSources = [], labels = {}, annotations = {}, home } = fields;
  // A name of a source is for people: what is deployed does not depend on it.
  const sources = extraSources.map(({ name: _, ...source }) => source);
  return {
    repoURL,
    ...(chart === undefined ? { path } : { chart }),
    version,
    namespace,
    project,
    syncPolicy,
    ignoreDifferences,
    ...(values === undefined ? {} : { releaseName: helm?.releaseName ?? component, files: { repository: home.repository, revision: home.revision } }),
    extraSources: sources,
    labels,
    annotations,
    ...set,
    argoCD,
  };
}

function withMarks(data: Data): Data {
  return asMap(mapStrings(data, (text) => fillTokens(text, (token) => markOf(liveOf(token)))));
}

function liveOf({ origin = '' }: Token): Live {
  const [kind, key] = origin.split(' ') as [Live['kind'], string | undefined];
  return { kind, ...(key === undefined ? {} : { key }) };
}

interface LeafChange {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

function leaves(before: unknown, after: unknown, path: readonly string[]): readonly LeafChange[] {
  if (same(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => leaves(before[key], after[key], [...path, key]));
}

/** The file that says a value: the wrapper's own beat those of the hierarchy. */
function whoSaysValue({ own, key, instance, levels }: Use, path: readonly string[]): { readonly file: string; readonly place: readonly string[] } {
  const isIn = (data: unknown) => path.reduce<unknown>((at, one) => (isMap(at) ? at[one] : undefined), data) !== undefined;
  const level = [...levels].reverse().find(({ file }) => isIn(file?.content));
  if (!isIn(own) && level?.file) return { file: level.file.file, place: path };
  const at = whoSays(instance, [key, 'valuesObject', ...path]);
  return { file: at.file.file, place: at.place };
}
