import { join } from 'node:path';
import { isAtOrBelow } from '../../layers/hierarchy';
import { type CommitInfo, commitInfos } from './commit-info';
import { realPath } from './find-repository';
import { introducingMerges } from './introducing-merges';
import { filesOfMerges, type MergedFile } from './merges';
import { readObjects } from './objects';
import { Repository } from './repository';
import { tryTreeInside } from './trees';
import { isAsCommitted, type TreeEntry } from './work-tree';

/** A commit, as far as rollouts look at it. */
export interface Commit {
  readonly hash: string;
  /** When it was made, in milliseconds. */
  readonly time: number;
}

/** What a commit says. */
export interface CommitMessage {
  /** When it came to the branch, in milliseconds. */
  readonly time: number;
  /** When it says that it was made. */
  readonly made: number;
  readonly message: string;
}

/** The history of a configuration folder; of one that no Git repository holds there is none. */
export class History {
  readonly #repository: Repository | undefined;
  #tracked: readonly string[] | undefined;

  /** @param folder the configuration: the nearest repository that holds it counts, wherever the command runs */
  constructor(folder: string) {
    this.#repository = Repository.tryFind(folder);
  }

  /** Whether there is a repository, and Git tells of it. */
  get isThere(): boolean {
    return this.#repository !== undefined && this.trouble === undefined;
  }

  /** Why Git tells nothing of the repository that is there. @default - it does, or there is none */
  get trouble(): string | undefined {
    return this.#repository?.trouble;
  }

  /**
   * Commits that touched a file or a folder, the newest first. What came with a merge came when it was merged, whenever it
   * was written.
   *
   * @param path relative to the working directory; of several, commits that touched any of them
   * @param from  the commit to begin with. @default - the last one of what is checked out
   * @param after the commit before the last to be told. @default - all are
   */
  commits(path: string | readonly string[], from = 'HEAD', after?: string): readonly Commit[] {
    const paths = [path].flat().flatMap((one) => this.#tryInside(one) ?? []);
    if (paths.length === 0) return [];
    const text = this.#text('rev-list', [
      '--first-parent',
      '--timestamp',
      from,
      ...(after ? [`^${after}`] : []),
      ...(paths.includes('') ? [] : ['--', ...paths]),
    ]);
    return lines(text).map((line) => {
      const [seconds, hash = ''] = line.split(' ');
      return { hash, time: Number(seconds) * 1000 };
    });
  }

  /** The last commit that touched a file, on whichever branch it was made. */
  lastCommit(path: string): string | undefined {
    const inside = this.#tryInside(path);
    return inside === undefined ? undefined : this.#text('rev-list', ['--max-count=1', 'HEAD', '--', inside]).trim() || undefined;
  }

  /**
   * What a file was called before, where the commit that it came with took one away that says much the same.
   *
   * @param first that commit. @default - the first that touched it
   * @returns absolute
   */
  tryFormerName(path: string, first = this.commits(path).at(-1)): string | undefined {
    const inside = this.#tryInside(path);
    if (inside === undefined || !first || !this.#repository) return undefined;
    const [, ...parts] = this.#text('diff-tree', ['-r', '-z', '-M', '--name-status', '--diff-filter=R', `${first.hash}^1`, first.hash])
      .split('\0')
      .reverse();
    // Each rename is `R100`, the old name and the new one.
    const index = parts.findIndex((part, at) => at % 3 === 0 && part === inside);
    const former = index < 0 ? undefined : parts[index + 1];
    return former === undefined ? undefined : join(this.#repository.top, former);
  }

  /** What merges put below a folder where none of the merged branches had it; files by their paths from there. */
  filesOfMerges(path: string): readonly (MergedFile & { readonly file: string })[] {
    const inside = this.#tryInside(path);
    if (inside === undefined || !this.#repository || !this.isThere) return [];
    return filesOfMerges(this.#repository.git, inside).map((found) => ({ ...found, file: inside === '' ? found.path : found.path.slice(inside.length + 1) }));
  }

  /** Whether a commit merged branches. */
  isMerge({ hash }: Commit): boolean {
    const [head = ''] = (this.textsOf([hash])[0] ?? '').split('\n\n');
    return (head.match(/^parent /gm)?.length ?? 0) > 1;
  }

  /** What a commit says of itself. @returns `undefined` where Git tells nothing */
  tryInfo({ hash }: Commit): CommitInfo | undefined {
    return this.#repository && this.isThere ? commitInfos(this.#repository, [hash])[0] : undefined;
  }

  /** A file as a commit had it; `undefined` where it had none. */
  fileAt(commit: Commit, path: string): string | undefined {
    return this.filesOf([commit], path)[0];
  }

  /** A file as each of some commits had it. */
  filesOf(commits: readonly Commit[], path: string): readonly (string | undefined)[] {
    const inside = this.#tryInside(path);
    if (inside === undefined || !this.#repository || !this.isThere) return commits.map(() => undefined);
    const found = readObjects(
      this.#repository.git,
      commits.map(({ hash }) => `${hash}:${inside}`),
    );
    return found.map((bytes) => bytes?.toString('utf8'));
  }

  /** What files say that have these ids; `undefined` for one that is not there. */
  textsOf(ids: readonly string[]): readonly (string | undefined)[] {
    if (!this.#repository || !this.isThere || ids.length === 0) return ids.map(() => undefined);
    return readObjects(this.#repository.git, ids).map((bytes) => bytes?.toString('utf8'));
  }

  /**
   * The commit that a branch or a tag names: as the remote `origin` has it, for that is what is deployed, or else as it is
   * here.
   *
   * @param revision a name, or an id; `HEAD` is what is checked out
   * @returns `undefined` where there is none
   */
  tryResolve(revision: string): string | undefined {
    const names = revision === 'HEAD' ? ['HEAD'] : ['remotes/origin/', 'heads/', 'tags/'].map((room) => `refs/${room}${revision}`);
    const ids = /^[0-9a-f]{7,64}$/.test(revision) ? [revision] : [];
    for (const name of [...names, ...(revision.startsWith('refs/') ? [revision] : []), ...ids]) {
      const hash = this.#text('rev-parse', ['--verify', '--quiet', `${name}^{commit}`]).trim();
      if (hash !== '') return hash;
    }
    return undefined;
  }

  /** The files below a folder as a commit had them, from that folder. */
  filesAt(commit: Commit, path: string): readonly string[] {
    return [...this.#entriesAt(commit.hash, path).keys()];
  }

  /**
   * The ids of all files below a folder, by their paths from there, as a commit had them.
   *
   * @param path   relative to the working directory
   * @param commit @default - the last one of what is checked out
   */
  idsBelow(path: string, commit = 'HEAD'): ReadonlyMap<string, string> {
    return new Map([...this.#entriesAt(commit, path)].map(([file, { id }]) => [file, id]));
  }

  /**
   * Whether a commit is another one, or comes before it.
   *
   * @param later what somebody says that a commit is called
   * @returns `undefined` where that one is not here, or where it cannot be told
   */
  isContained(commit: string, later: string): boolean | undefined {
    if (!this.#isKnown(later)) return undefined;
    if (this.#repository?.tryText('merge-base', ['--is-ancestor', commit, later]) !== undefined) return true;
    return this.isShallow ? undefined : false;
  }

  /** The files that two commits have otherwise, from the top of the repository. @returns `undefined` where this clone does not know the first */
  changedBetween(from: string, to: string): readonly string[] | undefined {
    if (!this.#isKnown(from)) return undefined;
    return this.#text('diff-tree', ['-r', '-z', '--name-only', '--no-renames', from, to]).split('\0').filter(Boolean);
  }

  /** @param id that others said */
  #isKnown(id: string): boolean {
    return /^[0-9a-f]{7,64}$/.test(id) && this.#text('rev-parse', ['--verify', '--quiet', `${id}^{commit}`]) !== '';
  }

  /**
   * What the commits say whose messages hold a text, merged branches included: Git reads them all, and tells of these. What came with a
   * merge came when it was merged, whenever it says that it was written.
   *
   * @param from the newest
   * @returns the newest first, and what follows another one before that
   */
  messagesWith(text: string, from: string): readonly CommitMessage[] {
    const hashes = lines(this.#text('rev-list', ['--topo-order', '--fixed-strings', '--regexp-ignore-case', `--grep=${text}`, from]));
    const start = this.#text('rev-parse', ['--verify', '--quiet', `${from}^{commit}`]).trim();
    if (this.#repository === undefined || hashes.length === 0 || start === '') return [];
    const merges = introducingMerges(this.#repository, start, new Set(hashes));
    return commitInfos(this.#repository, hashes).map(({ hash, time, message }) => ({ time: merges.get(hash)?.time ?? time, made: time, message }));
  }

  /** The top of the repository. @default - there is none */
  get root(): string | undefined {
    return this.#repository?.top;
  }

  /** Whether older commits were left out when the repository was cloned: nobody knows what they said. */
  get isShallow(): boolean {
    return this.#repository?.isShallow === true;
  }

  /** Whether contents were left out when the repository was cloned (`--filter`): they are not asked for. */
  get isPartial(): boolean {
    return this.#repository?.isPartial === true;
  }

  /** Whether Git knows a file, or anything below a folder. @param path relative to the working directory */
  isTracked(path: string): boolean {
    const inside = this.#tryInside(path);
    if (inside === undefined) return false;
    this.#tracked ??= this.#text('ls-files', ['--cached', '-z']).split('\0').slice(0, -1);
    return this.#tracked.some((file) => inside === '' || isAtOrBelow(file, inside));
  }

  /** Whether everything at a path is as the last commit has it. */
  isClean(path: string): boolean {
    const inside = this.#tryInside(path);
    return inside !== undefined && this.isThere && isAsCommitted(realPath(path), this.#entriesAt('HEAD', path));
  }

  #entriesAt(commit: string, path: string): ReadonlyMap<string, TreeEntry> {
    const inside = this.#tryInside(path);
    return inside === undefined || !this.#repository ? new Map() : tryTreeInside(this.#repository, commit, inside);
  }

  /** From the top of the repository; `undefined` outside of it. */
  #tryInside(path: string): string | undefined {
    return this.#repository?.tryInside(path);
  }

  #text(...[command, args]: Parameters<Repository['tryText']>): string {
    return this.#repository?.tryText(command, args) ?? '';
  }
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
