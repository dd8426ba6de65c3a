import type { ChangedFile } from '../changed-file';
import { type CommitInfo, commitInfos } from '../commit-info';
import { diffsOf } from '../diffs';
import type { Repository } from '../repository';
import { FileSet } from './file-set';

/** A commit that touched something, and the next older ones that did. */
interface GraphCommit {
  readonly info: CommitInfo;
  readonly parents: readonly string[];
  /** What it changed against each of the parents, by path; one that has none, against nothing. */
  readonly diffs: readonly ReadonlyMap<string, ChangedFile>[];
}

/** What one commit did. */
export interface GraphChange {
  readonly info: CommitInfo;
  readonly changes: readonly ChangedFile[];
  /** Whether nothing older is known, because it was left out of a clone: what it has may have been there before. */
  readonly isBoundary: boolean;
}

export interface GraphOptions {
  /** Commits before this time are left out where none after it follows, in milliseconds. */
  readonly since: number;
  readonly firstParent: boolean;
  /** Which commits count: others are left out where none of these follows. @default - all */
  readonly counts?: ReadonlySet<string>;
}

/** The commits that touched some paths, as Git simplifies a history: what merges leave as one branch had it came by that branch. */
export class CommitGraph {
  readonly #repository: Repository;
  readonly #commits: readonly GraphCommit[];

  private constructor(repository: Repository, commits: readonly GraphCommit[]) {
    this.#repository = repository;
    this.#commits = commits;
  }

  /**
   * @param start a commit's id
   * @param paths from the top of the repository; none for all of it
   * @see https://git-scm.com/docs/git-log#_history_simplification
   */
  static read(repository: Repository, start: string, paths: readonly string[], { since, firstParent, counts }: GraphOptions): CommitGraph {
    const order = ['--date-order', '--parents', ...(firstParent ? ['--first-parent'] : [])];
    const text = repository.text('rev-list', [...order, start, ...(paths.length === 0 ? [] : ['--', ...paths])]);
    const rows = text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')]));
    const infos = new Map(
      commitInfos(
        repository,
        rows.map(([hash = '']) => hash),
      ).map((info) => [info.hash, info]),
    );
    const last = rows.findLastIndex(([hash = '']) => (infos.get(hash)?.time ?? 0) >= since && counts?.has(hash) !== false);
    const kept = rows.slice(0, last + 1).flatMap(([hash = '', ...parents]) => {
      const info = infos.get(hash);
      return info ? [{ info, parents: firstParent ? parents.slice(0, 1) : parents }] : [];
    });
    const pairs = kept.flatMap(({ info, parents }) =>
      (parents.length === 0 ? [undefined] : parents).map((parent) => ({
        from: parent === undefined ? undefined : (infos.get(parent) ?? commitInfos(repository, [parent])[0])?.tree,
        to: info.tree,
      })),
    );
    const diffs: Iterator<readonly ChangedFile[], undefined> = diffsOf(repository, pairs, paths);
    const next = () => new Map((diffs.next().value ?? []).map((change: ChangedFile): [string, ChangedFile] => [change.path, change]));
    const commits = kept.map(({ info, parents }) => ({ info, parents, diffs: (parents.length === 0 ? [''] : parents).map(next) }));
    return new CommitGraph(repository, commits);
  }

  /**
   * What each commit changed, the newest first, of files whose history leads there: each file's own is simplified.
   *
   * @param isAsked which files count
   * @param ends    where a history ends before its time: at a commit, for files that came from elsewhere with it
   */
  *changes(isAsked: (file: string) => boolean, ends: (hash: string, file: string) => boolean = () => false): Generator<GraphChange> {
    const wanted = new Map<string, FileSet>();
    const [first] = this.#commits;
    if (first) wanted.set(first.info.hash, FileSet.all);
    const want = (hash: string, files: FileSet) => {
      const known = wanted.get(hash);
      wanted.set(hash, known ? known.union(files) : files);
    };
    for (const { info, parents, diffs } of this.#commits) {
      const files = wanted.get(info.hash) ?? FileSet.none;
      wanted.delete(info.hash);
      const [diff = new Map<string, ChangedFile>()] = diffs;
      const found = [...diff.values()].filter(({ path }) => files.has(path) && diffs.every((other) => other.has(path)));
      const changes = found.filter(({ path }) => isAsked(path)).map((change) => (diffs.length === 1 ? change : changeOfMerge(change, diffs)));
      const ended = changes.filter(({ path }) => ends(info.hash, path)).map(({ path }) => path);
      const isBoundary = parents.length === 0 && this.#repository.boundary.has(info.hash) && info.parents.length > 0;
      if (changes.length > 0) yield { info, changes, isBoundary };
      for (const [at, parent] of parents.entries()) want(parent, cameBy(at, files, diffs).without(ended));
    }
  }
}

/** A file that a merge has as none of its parents: what it was in the first one that has it. */
function changeOfMerge(change: ChangedFile, diffs: readonly ReadonlyMap<string, ChangedFile>[]): ChangedFile {
  const own = diffs.map((diff) => diff.get(change.path));
  return own.find((one) => one?.status !== 'added') ?? change;
}

/** Of some files, those whose content a commit has from this parent, and those that it has as none of them has. */
function cameBy(at: number, files: FileSet, diffs: readonly ReadonlyMap<string, ChangedFile>[]): FileSet {
  if (diffs.length === 1) return files;
  const [first = new Map<string, ChangedFile>()] = diffs;
  const differs = (path: string) => diffs.findIndex((diff) => !diff.has(path));
  // What equals the first parent came by it; all others are in its difference.
  const others = [...first.keys()].filter((path) => files.has(path));
  if (at === 0) return files.without(others.filter((path) => differs(path) > 0));
  return FileSet.of(others.filter((path) => differs(path) === at || differs(path) < 0));
}
