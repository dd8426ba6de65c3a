import { isMap } from '../../layers/plain-data';
import { firstDifference, fits } from './same-spec';

/** What Argo CD gave out: nothing of it has to be there. */
export type Unread = Readonly<Record<string, unknown>>;

/** What the root of a target applies, in the Git repository of the fleet. */
export interface FleetFolder {
  /** The Git repository of the fleet. */
  readonly repository: string;
  /** From the top of the repository. */
  readonly folder: string;
}

/** Whether an Application is the root of a folder. */
export function applies(application: Unread, { repository, folder }: FleetFolder): boolean {
  return sourcesOf(application).some(({ source }) => isOfFleet(source, repository) && isAtOrAbove(textOf(source.path), folder));
}

/** The sources of an Application with the revision of each that was synced last: where it is Synced, the one that it was compared with. */
export function sourcesOf(application: Unread): readonly { readonly source: Unread; readonly revision: string }[] {
  const spec = mapOf(application.spec);
  const several = Array.isArray(spec.sources) && spec.sources.length > 0;
  const sources = several ? (spec.sources as readonly unknown[]) : [spec.source];
  const synced = lastSynced(application);
  return sources.flatMap((source, index) => {
    if (!isMap(source)) return [];
    const revision = several ? (Array.isArray(synced.revisions) ? synced.revisions[index] : undefined) : synced.revision;
    return [{ source, revision: textOf(revision) }];
  });
}

function lastSynced(application: Unread): Unread {
  const { sync, history } = statusOf(application);
  return textOf(sync.status) === 'Synced' ? sync : (history.at(-1) ?? {});
}

export function isOfFleet({ repoURL }: Unread, repository: string): boolean {
  const plain = (url: string) => url.replace(/\/+$/, '').replace(/\.git$/, '');
  return plain(textOf(repoURL)) === plain(repository);
}

/** Whether a path of a source is a file's, or a folder's that it lies in. */
export function isAtOrAbove(path: string, folder: string): boolean {
  const plain = path.replace(/^(\.\/)+|\/+$/g, '');
  return plain !== '' && (folder === plain || folder.startsWith(`${plain}/`));
}

/** Files of values that its sources name: of another source by its `ref`, `$values/…`. */
export function valueFilesOf(application: Unread): readonly string[] {
  return sourcesOf(application).flatMap(({ source }) => {
    const { valueFiles } = mapOf(source.helm);
    return Array.isArray(valueFiles) ? valueFiles.filter((one): one is string => typeof one === 'string') : [];
  });
}

export function nameOf({ metadata }: Unread): string {
  return textOf(mapOf(metadata).name);
}

export function labelOf({ metadata }: Unread, label: string): string | undefined {
  const value = mapOf(mapOf(metadata).labels)[label];
  return typeof value === 'string' ? value : undefined;
}

/** Whether an Application may be in a namespace: one of the same name in another one is another one. What nobody says may be. */
export function isInNamespace({ metadata }: Unread, namespace: string | undefined): boolean {
  const own = textOf(mapOf(metadata).namespace);
  return !own || !namespace || fits(own, namespace);
}

/** The Applications that a root has, by name, each with its namespace. @returns `undefined` where it does not say */
export function namesIn(root: Unread): ReadonlyMap<string, string> | undefined {
  const { resources } = statusOf(root);
  if (resources.length === 0) return undefined;
  const own = resources.filter(({ group, kind }) => group === 'argoproj.io' && kind === 'Application');
  return new Map(own.map(({ name, namespace }) => [textOf(name), textOf(namespace)]));
}

interface Status {
  readonly sync: Unread;
  readonly health: Unread;
  readonly operationState: Unread;
  /** The newest last. */
  readonly history: readonly Unread[];
  readonly resources: readonly Unread[];
  readonly conditions: readonly Unread[];
  /** When Argo CD looked at it last, as it says. */
  readonly reconciledAt: unknown;
}

/** Since when it is being synced, with what the sync says: hooks may run yet, and one that is tried again and again may never end. @default - it is not */
export function syncing(application: Unread): string | undefined {
  const { phase, startedAt, message } = statusOf(application).operationState;
  const isRunning = phase === 'Running' || phase === 'Terminating';
  if (!isRunning && !isMap(application.operation)) return undefined;
  if (!isRunning) return 'is to be synced';
  return `is being synced${textOf(startedAt) && ` since ${textOf(startedAt)}`}${textOf(message) && `: ${saidIn(message)}`}`;
}

/** What makes one source another one, of a spec or of what was compared or synced. @default - it says none */
export function sourceIn({ source, sources }: Unread): Unread | undefined {
  if (Array.isArray(sources) && sources.length > 0) return { sources };
  return isMap(source) && source.repoURL ? { source } : undefined;
}

/** Whether what Argo CD did, or looked at, is of what an Application says now: its sources, where it goes, what it ignores. What is not said may be. */
export function isOfPresent({ spec }: Unread, then: Unread): boolean {
  const is = mapOf(spec);
  const [was, now] = [sourceIn(then), sourceIn(is)];
  if (was !== undefined && now !== undefined && firstDifference(was, now) !== undefined) return false;
  return ['destination', 'ignoreDifferences'].every((key) => !isSaid(then[key]) || firstDifference(then[key], is[key]) === undefined);
}

function isSaid(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

export function statusOf(application: Unread): Status {
  const { sync, health, operationState, history, resources, conditions, reconciledAt } = mapOf(application.status);
  return {
    sync: mapOf(sync),
    health: mapOf(health),
    operationState: mapOf(operationState),
    history: mapsIn(history),
    resources: mapsIn(resources),
    conditions: mapsIn(conditions),
    reconciledAt,
  };
}

function mapsIn(value: unknown): readonly Unread[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

export function mapOf(value: unknown): Unread {
  return isMap(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What a program says. It is a part of what is said of it: it is cut where secrets are taken out of the whole. */
export function saidIn(message: unknown): string {
  return textOf(message).trim() || 'it does not say why';
}
