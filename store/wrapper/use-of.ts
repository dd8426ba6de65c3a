import { isMap } from '../../layers/plain-data';
import { applicationName } from './application-name';
import { parametersOf } from './application-set';
import { sayAt } from './charts/who-says';
import { TemplateError } from './go-syntax';
import { filledIn, unknownIn } from './go-template';
import type { Instance } from './instances';
import type { Layout } from './layout';
import { type Level, levelsOf, withKnown } from './levels';
import { harmless, marked, markOf, piecesOf, settled, whyNot } from './live-text';
import type { Membership, WrapperMember } from './members';
import { asMap, asText, asTexts, type Data, mapKeys, mapTexts, mergedAll } from './values';

/** A part of an Application, with marks for what the cluster fills in. */
export interface Deployed {
  readonly repoURL: string;
  readonly chart?: string;
  readonly path?: string;
  readonly version: string;
  readonly namespace: string;
  readonly project: string;
  readonly syncPolicy: unknown;
  readonly ignoreDifferences: unknown;
  readonly releaseName?: string;
  /** By name. */
  readonly extraSources: Data;
  readonly labels: Data;
  readonly annotations: Data;
  readonly set: SetFields;
  /** @default - Helm does not render it */
  readonly values?: Data;
  /** Where its files of values are read. @default - there are none */
  readonly files?: Place;
}

/** What a component says of the ApplicationSet that makes its Applications, as the wrapper and as a component here. */
export const setFields = ['strategy', 'preservedFields', 'ignoreApplicationDifferences'] as const;

type SetFields = { readonly [K in (typeof setFields)[number]]?: unknown };

/** A repository at a revision. */
export interface Place {
  readonly repository: string;
  readonly revision: string;
}

/** A component as a member gets it. */
export interface Use {
  readonly member: WrapperMember;
  readonly instance: Instance;
  /** What the wrapper's values say of it. */
  readonly said: Data;
  readonly key: string;
  readonly levels: readonly Level[];
  /** What beats the files of values. */
  readonly own: Data;
  readonly deployed: Deployed;
  /** Where the cluster's part of the layout is read. */
  readonly home: Place;
  /** What its Application is called. @default - the chart does not say it in a way that is known here */
  readonly application?: string;
}

/** How a component is called: what it is in the layout, as Kubernetes accepts it. */
export function nameOf(key: string): string {
  return key.replaceAll('_', '-').slice(0, 63).replace(/-$/, '');
}

/** The version for clusters with these labels, as the merge generator of the wrapper has it: the last that fits. */
export function versionFor(labels: { readonly [label: string]: string }, { environments, defaultVersion }: Data): string {
  const fitting = (Array.isArray(environments) ? environments : [])
    .map(asMap)
    .filter(({ selector }) => Object.entries(asMap(selector)).every(([key, value]) => labels[key] === String(value)));
  return asText(fitting[fitting.length - 1]?.chartVersion) ?? asText(defaultVersion) ?? '';
}

export function chartOf(name: string, said: Data): string {
  return asText(said.chartName) ?? name;
}

interface Found {
  readonly member: WrapperMember;
  readonly instance: Instance;
  readonly key: string;
  readonly said: Data;
}

/** What the wrapper makes of a component for a cluster. */
export function useOf(found: Found, layout: Layout, membership: Membership): Use {
  const { member, instance, key, said } = found;
  const { values } = instance;
  const name = nameOf(key);
  const chart = chartOf(name, said);
  const chartNamespace = asText(said.chartNamespace);
  let known: Data = parametersOf({ ...member, located: {} });
  /** Keys as Argo CD fills them in: each cluster has its own, or nothing. */
  const keyed = (value: unknown, place: readonly string[]) =>
    mapKeys(value, (keyText, at) => {
      const whole = keyText.includes('{{') ? tryFilledIn(keyText, known) : keyText;
      if (whole === undefined)
        sayAt(layout, instance, [...place, ...at], keyText, 'the key is left out: Git cannot tell what it comes to, and no cluster fills in keys');
      return whole;
    });
  /** What is the same for all clusters here: each is told what Git knows of it, or nothing. */
  const fixed = (value: unknown, ...place: readonly string[]) =>
    mapTexts(keyed(value, place), (text, at) => {
      const whole = text.includes('{{') ? tryFilledIn(text, known) : text;
      if (whole === undefined)
        sayAt(layout, instance, [...place, ...at], text, 'it is left out: Git cannot tell what it comes to, and no cluster fills in this field');
      return whole;
    });
  /** The same of what cannot be left out. */
  const told = (text: string, ...place: readonly string[]) => asText(fixed(text, ...place)) ?? harmless(text);
  const version = told(versionFor(member.labels, said), key, 'defaultVersion');
  const generated = {
    addonChart: chart,
    chart: told(chartNamespace === undefined ? chart : `${chartNamespace}/${chart}`, key, 'chartName'),
    addonChartVersion: version,
    addonChartRepository: told(asText(said.chartRepository) ?? '', key, 'chartRepository'),
  };
  known = { ...known, values: generated };
  const following = { fleet_member: member.kind, cluster_name: member.name, use_remote_argo: String(member.isRemote) };
  const live = (value: unknown, place: readonly string[]) =>
    mapTexts(keyed(value, place), (text, at) => {
      const pieces = settled(piecesOf(text, generated), { ...member, following });
      const reason = whyNot(pieces, member.annotations);
      if (reason !== undefined) sayAt(layout, instance, [...place, ...at], text, reason);
      return marked(pieces);
    });
  const path = asText(said.path);
  const isManifest = said.type === 'manifest';
  const levels = levelsOf(member, instance, said, chart, undefined, layout, membership);
  const own = asMap(live(said.valuesObject, [key, 'valuesObject']));
  const extras = isManifest ? [] : extraSources(found, chart, layout, membership, live);
  const home = homeOf(member, values, membership);
  const gitSource = { repoURL: home.repository, version: home.revision };
  // An empty one is none to Helm's `default`.
  const hasPolicy = Object.keys(asMap(said.syncPolicy)).length > 0;
  const releaseName = isManifest ? undefined : (fixed(said.releaseName ?? chart, key, 'releaseName') ?? name);
  const deployed: Deployed = {
    ...(path === undefined ? { repoURL: generated.addonChartRepository, chart: generated.chart, version } : { ...gitSource, path: told(path, key, 'path') }),
    namespace: String(live(asText(said.namespace) ?? '', [key, 'namespace'])),
    project: told(asText(values.argoProjectName) ?? 'default', 'argoProjectName'),
    syncPolicy: withRetry(hasPolicy ? fixed(said.syncPolicy, key, 'syncPolicy') : fixed(values.syncPolicy ?? {}, 'syncPolicy')),
    ignoreDifferences: fixed(said.ignoreDifferences ?? [], key, 'ignoreDifferences'),
    ...(releaseName === undefined ? {} : { releaseName: String(releaseName) }),
    extraSources: Object.fromEntries(extras),
    labels: asMap(fixed(asTexts(said.labelsApp), key, 'labelsApp')),
    annotations: asMap(fixed(asTexts(said.annotationsApp), key, 'annotationsApp')),
    set: Object.fromEntries(setFields.flatMap((field) => (said[field] === undefined ? [] : [[field, fixed(said[field], key, field)]]))),
    ...(isManifest ? {} : { values: mergedAll([...levels.map(({ file }) => file?.content), own]), files: home }),
  };
  const application = applicationName(instance, key, said, member, generated, layout);
  return { member, instance, key, said, levels, own, deployed, home, ...(application === undefined ? {} : { application }) };
}

/** A template whose every part Git knows. @returns `undefined` where it has another one */
function tryFilledIn(text: string, known: Data): string | undefined {
  try {
    const whole = filledIn(text, known);
    return unknownIn(whole) === undefined ? whole : undefined;
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    return undefined;
  }
}

function homeOf(member: WrapperMember, values: Data, membership: Membership): Place {
  const git = (field: string) => withKnown(filledIn(asText(values[field]) ?? '', parametersOf(member)), membership);
  return { repository: git('repoURLGit'), revision: git('repoURLGitRevision') };
}

/** What is automated and says no `retry` is tried five times (argo-cd, controller, autoSync): said, because here it is tried for ever. */
function withRetry(policy: unknown): unknown {
  return isMap(policy) && isMap(policy.automated) && policy.retry === undefined ? { ...policy, retry: { limit: 5 } } : policy;
}

/** The name of the cluster at hand. */
const ownName = markOf({ kind: 'name' });

/** Charts that the wrapper installs beside a component, in its Application. */
function extraSources(
  { member, instance, key, said }: Found,
  chart: string,
  layout: Layout,
  membership: Membership,
  live: (value: unknown, place: readonly string[]) => unknown,
): readonly (readonly [string, Data])[] {
  const { values } = instance;
  const { repository: repoURL, revision: targetRevision } = homeOf(member, values, membership);
  const here = { repoURL, targetRevision };
  const files = (type: string | undefined) => levelsOf(member, instance, said, chart, type, layout, membership).map(({ file }) => file?.content);
  const helm = (releaseName: string, type: string | undefined, own: unknown) => {
    const all = mergedAll([...files(type), own]);
    return { helm: { releaseName, ...(Object.keys(all).length > 0 ? { valuesObject: all } : {}) } };
  };
  const found: [string, Data][] = [];
  if (String(said.enableAckPodIdentity ?? false) === 'true') {
    const path = asText(asMap(values.ackPodIdentity).path) ?? 'charts/pod-identity';
    const own = { clusterName: ownName, namespace: live(said.namespace, [key, 'namespace']) };
    found.push(['pod-identity', { ...here, path, ...helm(`${ownName}-${chart}`, 'pod-identity', own) }]);
  }
  const more = asMap(said.additionalResources);
  const type = asText(more.type);
  if (Object.keys(more).length > 0 && more.path === undefined && more.chart === undefined) {
    sayAt(layout, instance, [key, 'additionalResources'], undefined, 'it has neither `path` nor `chart`: nothing is made of it');
  }
  if (more.path !== undefined || more.chart !== undefined) {
    const own = asMap(more.helm);
    const source =
      more.path === undefined
        ? { repoURL: asText(more.repoURL), chart: asText(more.chart), targetRevision: asText(more.chartVersion) }
        : { ...here, path: asText(more.path) };
    const place = [key, 'additionalResources', 'helm', 'valuesObject'];
    found.push([
      type ?? 'resources',
      { ...source, ...(more.helm === undefined ? {} : helm(`${ownName}-${String(own.releaseName)}`, type, live(own.valuesObject, place))) },
    ]);
  }
  return found;
}
