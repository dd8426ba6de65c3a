import type { Plain } from '../layer';
import { isMap } from '../plain-data';
import { type ChartId, chartIdOf, chartKey, isFolder, isOnlyNamed } from './chart-id';

/** How `info` of an Application begins that says which chart its objects are of; where it has several, the name of the source follows. */
const opened = 'chart';

type Item = Readonly<Record<string, Plain>>;

/**
 * What the Application of an opened app says of a chart: `https://charts.example.com web 1.2.0`, with the range that this version stands
 * for behind it (`1.2.0 (1.x)`), or the folder of the chart. Argo CD
 * shows `info` and does nothing else with it (argo-cd, `ApplicationSpec.Info`).
 *
 * @param source  its name. @default - it is the only one
 * @param version that is rendered. @default - the one that is asked for
 */
export function openedInfo(id: ChartId, source: string | undefined, version?: string): Item {
  const value = version === undefined || isFolder(id) ? chartKey(id) : `${chartKey({ ...id, version })} (${id.version})`;
  return { name: source === undefined ? opened : `${opened} ${source}`, value };
}

/**
 * The spec of an Application whose charts are opened as the configuration says it: with the charts for its sources, and what Argo CD reads
 * below `manifests`.
 *
 * @returns the same where none is
 */
export function asConfigured(spec: Item): Item {
  const { info, source, ...rest } = spec;
  const charts = openedIn(spec);
  if (charts.length === 0) return spec;
  const own = source as Item;
  const others = (info as readonly Plain[]).filter((item) => !isOfChart(item));
  const { path, ...manifests } = own;
  const sources = charts.map(({ name, value }): Item => ({ ...(name === opened ? {} : { name: name.slice(opened.length + 1) }), ...sourceOf(value, own) }));
  const said: Item = charts[0]?.name === opened ? { source: sources[0] as Plain } : { sources };
  return { ...rest, ...(others.length > 0 ? { info: others } : {}), hydrate: true, manifests, ...said };
}

/** What the Application of an opened app says of its charts; nothing where it is none. */
function openedIn({ info, source }: Item): readonly { readonly name: string; readonly value: string }[] {
  const isOpened = Array.isArray(info) && isMap(source) && /\/manifests\/[^/]+$/.test(String(source['path']));
  return isOpened ? (info as readonly Plain[]).filter(isOfChart) : [];
}

/** Whether the Application of an opened app, and one that is not, are of the same charts in the same versions. What cannot be known here is another one. */
export function areSameCharts(opened: Item, { source, sources }: Item): boolean {
  const from: Item = isMap(opened.source) ? (opened.source as Item) : {};
  const own = { repository: String(from['repoURL'] ?? ''), revision: String(from['targetRevision'] ?? '') };
  const said = (Array.isArray(sources) ? (sources as readonly unknown[]) : [source]).filter(isMap).filter((one) => !isOnlyNamed(one));
  const ids = said.map((one) => chartIdOf({ ...one, version: one['targetRevision'] }, own));
  const charts = openedIn(opened);
  return charts.length === ids.length && ids.every((id, index) => id && chartKey(id) === askedFor(charts[index]?.value));
}

function isOfChart(item: Plain): item is { readonly name: string; readonly value: string } {
  return isMap(item) && typeof item['name'] === 'string' && typeof item['value'] === 'string' && /^chart( |$)/.test(item['name']);
}

/** The key of the chart that is asked for, be it a range. */
function askedFor(value: string | undefined): string | undefined {
  return value?.replace(/^(\S+:\/\/\S+ \S+) \S+ \((.+)\)$/, '$1 $2');
}

function sourceOf(value: string, { repoURL, targetRevision }: Item): Item {
  const [, repository, chart, version] = /^(\S+:\/\/\S+) (\S+) (.+?)(?: \(.+\))?$/.exec(value) ?? [];
  const isArchive = repository !== undefined && chart !== undefined && version !== undefined;
  return isArchive
    ? { repoURL: repository, chart, targetRevision: version }
    : { repoURL: repoURL ?? null, path: value, targetRevision: targetRevision ?? null };
}
