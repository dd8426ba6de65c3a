import { isMap } from '../../layers/plain-data';
import { applicationName } from './application-name';
import { parametersOf } from './application-set';
import { TemplateError } from './go-syntax';
import { filledIn } from './go-template';
import { type Instance, selectedBy } from './instances';
import type { Layout, LayoutFile } from './layout';
import { type Level, levelsOf, withKnown } from './levels';
import { marked, markOf, piecesOf, whyNot } from './live-text';
import type { Membership, WrapperMember } from './members';
import { asMap, asText, asTexts, type Data, mapTexts, mergedAll } from './values';

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
  /** @default - Helm does not render it */
  readonly values?: Data;
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
  /** What its Application is called. @default - the chart does not say it in a way that is known here */
  readonly application?: string;
}

/** A component of a group, and who gets it. */
export interface WrapperComponent {
  readonly group: string;
  readonly name: string;
  /** The release that members are in. */
  readonly uses: readonly Use[];
  /** Files of values of members that do not get it are part of the hierarchy, too. */
  readonly levelsOf: (member: WrapperMember) => readonly Level[];
  /** Its version in every release, for clusters of which nothing else is known. */
  readonly versionIn: ReadonlyMap<string, string>;
}

/** What is read of a component in the wrapper's values. */
const known = new Set(
  'enabled chartName chartRepository chartNamespace path type defaultVersion namespace releaseName selector selectorMatchLabels environments valuesObject valuesFileName syncPolicy syncPolicyAppSet ignoreDifferences additionalResources enableAckPodIdentity labelsApp annotationsApp'.split(
    ' ',
  ),
);

/** What the wrapper makes of these stands beside what is deployed; how it is said now. */
const besides: { readonly [field: string]: string } = {
  annotationsAppSet:
    'annotations of an ApplicationSet are not carried over. A sync wave there orders no Application: where a component needs another one, say `after`',
  labelsAppSet: 'labels of an ApplicationSet are not carried over: Applications have `labels`',
  ...Object.fromEntries(
    ['strategy', 'preservedFields', 'ignoreApplicationDifferences'].map((field) => [
      field,
      `'${field}' is not carried over: a component says it in the same form, for the ApplicationSet that is rendered of it`,
    ]),
  ),
};

/** What is read at the top of them. */
const knownTop = new Set(
  'repoURLGit repoURLGitRevision repoURLGitBasePath useSelectors useVersionSelectors globalSelectors syncPolicy syncPolicyAppSet ackPodIdentity valueFiles valuesFilePrefix useValuesFilePrefix argoProjectName namespace applicationSetGroup releaseType releases mergeValues groupVersion goTemplateOptions'.split(
    ' ',
  ),
);

/** How a component is called: what it is in the layout, as Kubernetes accepts it. */
export function nameOf(key: string): string {
  return key.replaceAll('_', '-').slice(0, 63).replace(/-$/, '');
}

/** Every component, those that nobody gets included. */
export function readComponents(layout: Layout, membership: Membership, instances: readonly Instance[]): readonly WrapperComponent[] {
  const found = new Map<string, { group: string; name: string; uses: Use[]; instance: Instance; said: Data }>();
  for (const instance of instances) {
    sayStrange(instance, layout);
    for (const [key, value] of Object.entries(instance.values)) {
      const said = asMap(value);
      if (!isMap(value) || !Object.hasOwn(said, 'enabled')) continue;
      const name = nameOf(key);
      const id = `${instance.group} ${name}`;
      const all = found.get(id) ?? { group: instance.group, name, uses: [], instance, said };
      found.set(id, all);
      if (String(said.enabled) !== 'true') continue;
      sayStrangeFields(instance, key, said, layout);
      try {
        for (const cluster of selectedBy(instance, said)) {
          const member = membership.members.find((one) => one.name === cluster.name) as WrapperMember;
          all.uses.push(useOf({ member, instance, key, said }, layout, membership));
        }
      } catch (cause) {
        if (!(cause instanceof TemplateError)) throw cause;
        say(layout, instance, [key], undefined, cause.message);
      }
    }
  }
  return [...found.values()].map(({ group, name, uses, instance, said }) => ({
    group,
    name,
    uses,
    levelsOf: (member) =>
      levelsOf(member, uses.find((use) => use.member === member)?.instance ?? instance, said, chartOf(name, said), undefined, layout, membership),
    versionIn: new Map(instances.filter((one) => one.group === group).map(({ release }) => [release, versionFor({ [`${group}Release`]: release }, said)])),
  }));
}

/** The file, of those that the values are merged of, that says a place, as deep as one does. */
export function whoSays({ files, installedBy }: Instance, place: readonly string[]): { readonly file: LayoutFile; readonly place: readonly string[] } {
  const depthIn = ({ content }: LayoutFile) => {
    let at: unknown = content;
    const missing = place.findIndex((key) => {
      const below: unknown = isMap(at) && Object.hasOwn(at, key) ? at[key] : Array.isArray(at) ? at[Number(key)] : undefined;
      at = below;
      return below === undefined;
    });
    return missing < 0 ? place.length : missing;
  };
  let best: { file: LayoutFile; place: readonly string[] } = { file: installedBy, place: [] };
  for (const file of files) if (depthIn(file) > 0 && depthIn(file) >= best.place.length) best = { file, place: place.slice(0, depthIn(file)) };
  return best;
}

function say(layout: Layout, instance: Instance, place: readonly string[], text: string | undefined, reason: string): void {
  const at = whoSays(instance, place);
  layout.say({ file: at.file.file, place: at.place, ...(text === undefined ? {} : { text }), reason });
}

function sayStrange(instance: Instance, layout: Layout): void {
  for (const [key, value] of Object.entries(instance.values)) {
    if (!knownTop.has(key) && !(isMap(value) && Object.hasOwn(value, 'enabled'))) {
      // A component that nothing enables says nothing.
      if (isMap(value) && Object.keys(value).some((field) => known.has(field))) continue;
      say(layout, instance, [key], undefined, `'${key}' of the wrapper's values is not known: what the chart makes of it is not carried over`);
    }
  }
}

function sayStrangeFields(instance: Instance, key: string, said: Data, layout: Layout): void {
  for (const field of Object.keys(said)) {
    const reason = besides[field] ?? `'${field}' of a component is not known: what the chart makes of it is not carried over`;
    if (!known.has(field)) say(layout, instance, [key, field], undefined, reason);
  }
}

/** The version for clusters with these labels, as the merge generator of the wrapper has it: the last that fits. */
function versionFor(labels: { readonly [label: string]: string }, { environments, defaultVersion }: Data): string {
  const fitting = (Array.isArray(environments) ? environments : [])
    .map(asMap)
    .filter(({ selector }) => Object.entries(asMap(selector)).every(([key, value]) => labels[key] === String(value)));
  return asText(fitting[fitting.length - 1]?.chartVersion) ?? asText(defaultVersion) ?? '';
}

function chartOf(name: string, said: Data): string {
  return asText(said.chartName) ?? name;
}

interface Found {
  readonly member: WrapperMember;
  readonly instance: Instance;
  readonly key: string;
  readonly said: Data;
}

/** What the wrapper makes of a component for a cluster. */
function useOf(found: Found, layout: Layout, membership: Membership): Use {
  const { member, instance, key, said } = found;
  const { values } = instance;
  const name = nameOf(key);
  const chart = chartOf(name, said);
  const version = versionFor(member.labels, said);
  const chartNamespace = asText(said.chartNamespace);
  const generated = {
    addonChart: chart,
    chart: chartNamespace === undefined ? chart : `${chartNamespace}/${chart}`,
    addonChartVersion: version,
    addonChartRepository: asText(said.chartRepository) ?? '',
  };
  const live = (value: unknown, place: readonly string[]) =>
    mapTexts(value, (text, at) => {
      const pieces = piecesOf(text, generated);
      const reason = whyNot(pieces, member.annotations);
      if (reason !== undefined) say(layout, instance, [...place, ...at], text, reason);
      return marked(pieces);
    });
  const text = (value: unknown, field: string) => String(live(asText(value) ?? '', [key, field]));
  const git = (field: string) => withKnown(filledIn(asText(values[field]) ?? '', parametersOf(member)), membership);
  const path = asText(said.path);
  const isManifest = said.type === 'manifest';
  const levels = levelsOf(member, instance, said, chart, undefined, layout, membership);
  const own = asMap(live(said.valuesObject, [key, 'valuesObject']));
  const extras = isManifest ? [] : extraSources(found, chart, layout, membership, live);
  const gitSource = { repoURL: git('repoURLGit'), version: git('repoURLGitRevision') };
  const deployed: Deployed = {
    ...(path === undefined ? { repoURL: generated.addonChartRepository, chart: generated.chart, version } : { ...gitSource, path: text(path, 'path') }),
    namespace: text(said.namespace, 'namespace'),
    project: asText(values.argoProjectName) ?? 'default',
    syncPolicy: withRetry(live(said.syncPolicy ?? values.syncPolicy ?? {}, said.syncPolicy === undefined ? ['syncPolicy'] : [key, 'syncPolicy'])),
    ignoreDifferences: live(said.ignoreDifferences ?? [], [key, 'ignoreDifferences']),
    ...(isManifest ? {} : { releaseName: said.releaseName === undefined ? chart : text(said.releaseName, 'releaseName') }),
    extraSources: Object.fromEntries(extras),
    labels: asMap(live(asTexts(said.labelsApp), [key, 'labelsApp'])),
    annotations: asMap(live(asTexts(said.annotationsApp), [key, 'annotationsApp'])),
    ...(isManifest ? {} : { values: mergedAll([...levels.map(({ file }) => file?.content), own]) }),
  };
  const application = applicationName(instance, key, said, member, generated, layout);
  return { member, instance, key, said, levels, own, deployed, ...(application === undefined ? {} : { application }) };
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
  const git = (field: string) => withKnown(filledIn(asText(values[field]) ?? '', parametersOf(member)), membership);
  const here = { repoURL: git('repoURLGit'), targetRevision: git('repoURLGitRevision') };
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
