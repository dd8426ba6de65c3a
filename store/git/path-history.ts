import type { ChangedFile } from './changed-file';
import type { CommitInfo } from './commit-info';
import { AskedPaths } from './paths/asked-paths';
import { CommitGraph, type GraphChange, type GraphOptions } from './paths/commit-graph';
import { type FoundRename, findRenames, type Rename } from './paths/path-renames';
import type { Repository } from './repository';
import { Revisions } from './revisions';

/** What a commit did to one file that was asked for. */
export interface PathChange extends ChangedFile {
  /** From the top of the repository, as it would be called now: whoever asks for `deploy` reads `deploy/…` of what was in `dist/…` then. */
  readonly path: string;
  /** What it was called then (before the commit, where the commit renamed it). @default - the same */
  readonly formerPath?: string;
}

/** A commit that changed something there. */
export interface PathCommit {
  readonly commit: CommitInfo;
  /** In order of their paths. Of files that were only renamed there is none. */
  readonly changes: readonly PathChange[];
  /** Which of the paths got their names by it, as they were called before it and after. @default - none */
  readonly renames?: readonly Rename[];
}

export interface PathHistory {
  /** The newest first; no commit comes before one that follows from it. */
  readonly commits: readonly PathCommit[];
  /** Whether older commits were left out when the repository was cloned: what it has first may have been there before. */
  readonly endsAtShallow: boolean;
}

export interface PathHistoryOptions {
  /** As {@link Revisions.resolve} takes it. @default 'HEAD' */
  readonly from?: string;
  /** Only what was committed then or later, in milliseconds. @default - all */
  readonly since?: number;
  /** Only what was committed then or before, in milliseconds. @default - all */
  readonly until?: number;
  /** The id of a commit: only what came after it, and not what it has. @default - all */
  readonly after?: string;
  /** Whether what came with a merge came when it was merged, by the merge. @default false: by the commits that were merged */
  readonly firstParent?: boolean;
}

/** Where a history goes on: from a commit, with what the paths were called there. */
interface Segment {
  readonly start: string;
  /** By what it was called then, what each is called now. */
  readonly now: ReadonlyMap<string, string>;
}

/**
 * The commits that changed anything at or below paths, and what they changed there. A merge is one of them where it has a file as
 * none of its parents has it. Where a path was renamed, what it was called before is followed.
 *
 * @param paths files and folders, relative to the working directory; they need not be there any more
 * @throws FleetError (`no-history`, `unknown-revision`)
 */
export function historyOf(repository: Repository, paths: readonly string[], options: PathHistoryOptions = {}): PathHistory {
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, firstParent = false, after } = options;
  const start = new Revisions(repository).resolve(options.from ?? 'HEAD').hash;
  const counts = after === undefined ? undefined : new Set(repository.text('rev-list', [start, `^${after}`]).split('\n'));
  const found = new Map<string, PathCommit>();
  let endsAtShallow = false;
  const asked = paths.map((path) => repository.inside(path));
  const segments: Segment[] = [{ start, now: new Map(asked.map((path) => [path, path])) }];
  const seen = new Set<string>();
  let count = 0;
  for (let segment = segments.shift(); segment; segment = segments.shift()) {
    const part = readSegment(repository, segment, { since, firstParent, ...(counts === undefined ? {} : { counts }) });
    count += 1;
    endsAtShallow ||= part.endsAtShallow;
    for (const commit of part.commits) found.set(commit.commit.hash, merged(found.get(commit.commit.hash), commit));
    for (const { start: older, now } of part.older) {
      const fresh = new Map([...now].filter(([path]) => !seen.has(`${older} ${path}`)));
      for (const path of fresh.keys()) seen.add(`${older} ${path}`);
      if (fresh.size > 0) segments.push({ start: older, now: fresh });
    }
  }
  const commits = [...found.values()].filter(({ commit }) => commit.time >= since && commit.time <= until && counts?.has(commit.hash) !== false);
  return { commits: count > 1 ? inOrder(repository, start, commits) : commits, endsAtShallow };
}

function readSegment(repository: Repository, { start, now }: Segment, options: GraphOptions) {
  const paths = new AskedPaths(now);
  const graph = CommitGraph.read(repository, start, paths.pathspecs, options);
  const isAsked = (file: string) => paths.tryHolder(file) !== undefined;
  const renames = findRenames(repository, paths, graph.changes(isAsked));
  const cameFromElsewhere = (hash: string, file: string) => renames.get(hash)?.has(paths.tryHolder(file) ?? '') === true;
  const commits: PathCommit[] = [];
  const older: Segment[] = [];
  let endsAtShallow = false;
  for (const change of graph.changes(isAsked, renames.size === 0 ? undefined : cameFromElsewhere)) {
    if (change.isBoundary) endsAtShallow = true;
    else commits.push(pathCommit(change, paths, renames.get(change.info.hash)));
    const renamed = renames.get(change.info.hash);
    const [parent] = change.info.parents;
    if (renamed && parent !== undefined) older.push({ start: parent, now: new Map([...renamed.values()].map(({ from, to }) => [from, paths.nowOf(to, to)])) });
  }
  return { commits, older, endsAtShallow };
}

function pathCommit({ info, changes }: GraphChange, paths: AskedPaths, renamed: ReadonlyMap<string, FoundRename> = new Map()): PathCommit {
  const own = changes.flatMap((change): readonly PathChange[] => {
    const holder = paths.tryHolder(change.path) ?? '';
    if (renamed.has(holder)) return [];
    const path = paths.nowOf(change.path, holder);
    return [path === change.path ? change : { ...change, path, formerPath: change.path }];
  });
  const ofRenames = [...renamed.values()].flatMap(({ to, changes: within }) =>
    within.map((change): PathChange => {
      const path = paths.nowOf(change.path, to);
      const former = change.formerPath ?? change.path;
      return { ...change, path, ...(former === path ? {} : { formerPath: former }) };
    }),
  );
  const renames = [...renamed.values()].map(({ from, to }) => ({ from, to }));
  return { commit: info, changes: sorted([...own, ...ofRenames]), ...(renames.length === 0 ? {} : { renames }) };
}

/** One commit that several parts of a history tell of, for different paths. */
function merged(one: PathCommit | undefined, other: PathCommit): PathCommit {
  if (!one) return other;
  const renames = [...(one.renames ?? []), ...(other.renames ?? [])];
  return { commit: other.commit, changes: sorted([...one.changes, ...other.changes]), ...(renames.length === 0 ? {} : { renames }) };
}

function sorted(changes: readonly PathChange[]): readonly PathChange[] {
  return [...changes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function inOrder(repository: Repository, start: string, commits: readonly PathCommit[]): readonly PathCommit[] {
  const place = new Map(
    repository
      .text('rev-list', ['--date-order', start])
      .split('\n')
      .map((hash, at) => [hash, at]),
  );
  return [...commits].sort((a, b) => (place.get(a.commit.hash) ?? 0) - (place.get(b.commit.hash) ?? 0));
}
