import { type AnyFleet, FleetError, HubFleet } from '../../../constructs';
import { everywhere, isAtOrBelow, pathsTo } from '../../../layers/hierarchy';
import { type FleetRecord, recordFolder } from '../../../layers/record';
import { tryReadDate } from '../../../layers/text/date';
import type { CommitInfo } from '../../../store/git/commit-info';
import { introducingMerges } from '../../../store/git/introducing-merges';
import { historyOf, type PathCommit, type PathHistory } from '../../../store/git/path-history';
import type { Repository } from '../../../store/git/repository';
import { Revisions } from '../../../store/git/revisions';
import { blobsOf, treeAt } from '../../../store/git/trees';
import { outputDir } from '../../../store/output/output-place';
import { sequenceIn } from '../../../store/state/git-state';
import { sortTree, type TreeFile } from '../../../store/state/output-tree';
import { type AppName, findOneApp } from '../find-apps';
import { findPath, tryFindPath } from '../find-path';
import { nodePaths } from '../node-paths';
import { outputStates } from '../state/output-states';
import { throwUnrecorded } from '../state/unrecorded';
import { changedFiles } from './changed-files';
import { dimensionHistory } from './dimension-history';
import { hubHistory } from './hub-history';
import type { OutputHistory } from './output-history';
import { TargetsThen } from './targets-then';

/** What was asked on the command line. */
export interface HistoryRequest {
  /** A node, a target, or `*`. */
  readonly path: string;
  readonly app?: string;
  readonly since?: string;
  readonly until?: string;
  /** The commit to begin with. @default - the last one of what is checked out */
  readonly from?: string;
  /** The id of a commit: only what came after it. @default - all */
  readonly after?: string;
}

export interface HistoryPlace {
  readonly config: string;
  readonly fleet: AnyFleet;
}

/** An {@link OutputHistory} with the names that were meant. */
export interface FoundHistory extends OutputHistory {
  readonly path: string;
  readonly app?: AppName;
  readonly topology: FleetRecord['topology'];
  /** The first day, and the last, of the commits that are told, as they were asked for. */
  readonly time: Pick<HistoryRequest, 'since' | 'until'>;
}

/** The audit trail of what is rendered at a path. @throws FleetError where nothing is, or was, called so */
export function readHistory(place: HistoryPlace, asked: HistoryRequest): FoundHistory {
  const { config, fleet } = place;
  const revisions = new Revisions(config);
  const { repository } = revisions;
  const hash = asked.from ?? revisions.resolve('HEAD').hash;
  const since = moment('since', asked.since, 'start');
  const until = moment('until', asked.until, 'end') ?? Number.POSITIVE_INFINITY;
  const range = { from: hash, ...(since === undefined ? {} : { since }), ...(asked.after === undefined ? {} : { after: asked.after }) };
  const folder = outputDir(config, fleet.path);
  const isHub = fleet instanceof HubFleet;
  const tree = [...treeAt(repository, hash, folder)].map(([path, { id }]) => ({ path, id }));
  const { path, history } = isHub ? hubPart(fleet, repository, folder, asked, range) : dimensionPart(fleet, repository, { folder, tree, asked, range });
  if (history.commits.length === 0 && tree.length === 0) throwUnrecorded(repository, folder);
  const mergeOf = mergesOf(repository, hash, history);
  const known = [...appsOf(tree), ...(isHub ? componentsIn(history, repository.inside(folder)) : appsIn(history, repository.inside(folder), fleet))];
  const app = asked.app === undefined ? undefined : findOneApp(uniqueApps(known), asked.app, { isHub });
  const isAskedApp = (clusterType: string, name: string) => app === undefined || (app.clusterType === clusterType && app.app === name);
  const topology: FleetRecord['topology'] = isHub ? 'hub-and-spoke' : 'dimensions';
  const time = { since: asked.since, until: asked.until };
  const found = { path, topology, time, ...(app === undefined ? {} : { app }), endsAtShallow: history.endsAtShallow };
  const isBelow = (target: string) => path === everywhere || isAtOrBelow(target, path);
  if (isHub) {
    const states = outputStates(repository, place);
    const inTime = history.commits.filter(({ commit }) => commit.time <= until);
    const asks = { isAsked: (_: string, target: string) => isBelow(target), ...(app === undefined ? {} : { isAskedApp }) };
    const commits = () => hubHistory({ commits: inTime, states, ...asks, mergeOf });
    return { ...found, count: inTime.length, commits: iterable(commits) };
  }
  const targets = TargetsThen.of(sortTree(tree, { sequence: nodePaths(fleet) }).targets, nodePaths(fleet));
  const props = { commits: history.commits, folder: repository.inside(folder), depth: fleet.dimensions.length, targets, mergeOf, until };
  const isAsked =
    app === undefined
      ? undefined
      : ({ clusterType, path: file }: { readonly clusterType: string; readonly path: string }) => isAskedApp(clusterType, appIn(file));
  const isTouching = (commit: PathCommit) => {
    if (!isAsked) return true;
    const { files, renames } = changedFiles(commit, props.folder, props.depth);
    return files.some(isAsked) || renames.length > 0;
  };
  const count = history.commits.filter((one) => one.commit.time <= until && isTouching(one)).length;
  return { ...found, count, commits: iterable(() => dimensionHistory(repository, isAsked ? { ...props, isAsked } : props)) };
}

function iterable<T>(make: () => Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: make };
}

interface Range {
  readonly from: string;
  readonly since?: number;
  readonly after?: string;
}

interface Part {
  readonly path: string;
  readonly history: PathHistory;
}

function hubPart(fleet: AnyFleet, repository: Repository, folder: string, { path }: HistoryRequest, range: Range): Part {
  return {
    path: path === everywhere ? everywhere : findPathThen(nodePaths(fleet), path, () => formerPaths(repository, folder, range.from)),
    history: historyOf(repository, [`${folder}/hubs`, `${folder}/spokes`], range),
  };
}

/** What is not there any more has a history as well. */
function findPathThen(now: readonly string[], name: string, then: () => readonly string[]): string {
  return tryFindPath(now, name) ?? tryFindPath(unique([...now, ...then()]), name) ?? findPath(now, name);
}

/** Every node, and every member, that commits recorded. */
function formerPaths(repository: Repository, folder: string, from: string): readonly string[] {
  const { commits } = historyOf(repository, [`${folder}/${recordFolder}/fleet.yaml`], { from });
  const ids = commits.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [before, after].filter((id) => id !== undefined)));
  return unique([...blobsOf(repository, new Set(ids))].flatMap(([, bytes]) => sequenceIn(bytes.toString('utf8')).flatMap(pathsTo)));
}

interface DimensionPart {
  readonly folder: string;
  readonly tree: readonly TreeFile[];
  readonly asked: HistoryRequest;
  readonly range: Range;
}

function dimensionPart(fleet: Exclude<AnyFleet, HubFleet>, repository: Repository, { folder, tree, asked, range }: DimensionPart): Part {
  const ask = (paths: readonly string[]) => historyOf(repository, paths, range);
  if (asked.path === everywhere) return { path: everywhere, history: withoutRecords(ask([folder]), `${repository.inside(folder)}/${recordFolder}/`) };
  const clusterTypes = new Set([...fleet.clusterTypes.map(({ name }) => name), ...tree.map(({ path }) => path.split('/')[0] as string)]);
  const at = (path: string) => [...clusterTypes].filter((name) => !name.startsWith('_')).map((name) => `${folder}/${name}/${path}`);
  try {
    const path = findPath(nodePaths(fleet), asked.path);
    return { path, history: ask(at(path)) };
  } catch (error) {
    // What is not there any more has a history as well.
    const path = asked.path.replace(/^\/+|\/+$/g, '');
    const history = path === '' || path.split('/').includes('..') ? undefined : ask(at(path));
    if (!history || history.commits.length === 0) throw error;
    return { path, history };
  }
}

function withoutRecords(history: PathHistory, records: string): PathHistory {
  const commits = history.commits.map((commit) => ({ ...commit, changes: commit.changes.filter(({ path }) => !path.startsWith(records)) }));
  return { ...history, commits: commits.filter(({ changes, renames }) => changes.length > 0 || renames !== undefined) };
}

/** Apps that are recorded, or rendered. */
function appsOf(tree: readonly TreeFile[]): readonly AppName[] {
  return tree.flatMap(({ path }) => {
    const [, clusterType, app] = new RegExp(`^${recordFolder}/([^/]+)/([^/]+)\\.yaml$`).exec(path) ?? [];
    return clusterType === undefined || app === undefined ? [] : [{ clusterType, app }];
  });
}

/** Components that commits touched: some are gone. */
function componentsIn({ commits }: PathHistory, folder: string): readonly AppName[] {
  return uniqueApps(
    commits.flatMap(({ changes }) =>
      changes.flatMap(({ path }) => {
        const [, clusterType, app] = /^[^/]+\/[^/]+\/(?:argocd\/applicationsets|values)\/([^/]+)\/([^/]+)\.yaml$/.exec(path.slice(folder.length + 1)) ?? [];
        return clusterType === undefined || app === undefined ? [] : [{ clusterType, app }];
      }),
    ),
  );
}

/** Apps that commits touched: some are gone. */
function appsIn({ commits }: PathHistory, folder: string, fleet: AnyFleet): readonly AppName[] {
  const depth = fleet.dimensions.length;
  return commits.flatMap((commit) =>
    changedFiles(commit, folder, depth).files.flatMap(({ clusterType, path }) => (path.startsWith('templates/') ? [{ clusterType, app: appIn(path) }] : [])),
  );
}

function appIn(file: string): string {
  const [, template, owner] = /^(?:templates\/([^/]+)\.yaml|manifests\/([^/]+)\/)/.exec(file) ?? [];
  return template ?? owner ?? '';
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function uniqueApps(apps: readonly AppName[]): readonly AppName[] {
  return [...new Map(apps.map((one) => [`${one.clusterType}/${one.app}`, one])).values()];
}

/** Asks for all merges once, where a commit needs them. */
function mergesOf(repository: Repository, start: string, { commits }: PathHistory): (commit: CommitInfo) => CommitInfo | undefined {
  let known: ReadonlyMap<string, CommitInfo> | undefined;
  return ({ hash }) => {
    known ??= introducingMerges(repository, start, new Set(commits.map(({ commit }) => commit.hash)));
    return known.get(hash);
  };
}

function moment(name: 'since' | 'until', text: string | undefined, edge: 'start' | 'end'): number | undefined {
  if (text === undefined) return undefined;
  const time = tryReadDate(text, edge);
  if (time === undefined) {
    const expected = '2026-11-01, 2026-11-01T10:00 or 2026-11-01T10:00+01:00';
    throw new FleetError([{ code: 'unknown-revision', message: `'--${name} ${text}' is no date`, expected }]);
  }
  return time;
}
