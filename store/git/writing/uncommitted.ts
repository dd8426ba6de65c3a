import { isIgnored } from '../ignored';
import { isMerging } from '../merging/unmerged';
import { Repository } from '../repository';
import { inShort, refused, runGit } from './user-git';

/** The flag that asks for a commit, as messages name it. */
export type CommittingFlag = '--commit' | '--branches';

/** What a command that commits asks of the files that it is about. */
export interface ExpectedFiles {
  readonly flag: CommittingFlag;
  /**
   * @param files that are going to be written or removed, relative to the working directory
   * @throws FleetError (`commit`) where one of them has changes that are not this command's
   */
  expectClean(files: readonly string[]): void;
  /**
   * @param files one of each kind: asking Git takes its time
   * @throws FleetError (`commit`) where Git is told to leave one out
   */
  expectKept(files: readonly string[]): void;
}

/** What is not as the last commit has it, so that no commit of this tool takes it along. */
export class Uncommitted implements ExpectedFiles {
  readonly repository: Repository;
  readonly flag: CommittingFlag;
  /** From the top. */
  readonly #dirty: ReadonlySet<string>;
  /** Those of them that are staged. */
  readonly staged: readonly string[];

  private constructor(repository: Repository, flag: CommittingFlag, entries: readonly { readonly staged: string; readonly path: string }[]) {
    this.repository = repository;
    this.flag = flag;
    this.#dirty = new Set(entries.map(({ path }) => path));
    this.staged = entries.filter(({ staged }) => !'?! '.includes(staged)).map(({ path }) => path);
  }

  /**
   * @param folder  the configuration
   * @param isAsked whether Git is asked, which runs the filters that the repository names: whoever writes nothing runs nothing
   * @throws FleetError (`commit`, `no-history`) where nothing can be committed: no repository holds the folder, or a merge stands still
   */
  static in(folder: string, flag: CommittingFlag, isAsked = true): Uncommitted {
    const hint = `run it without ${flag}`;
    if (!Repository.tryFind(folder)) {
      throw refused({ message: `no Git repository holds '${folder}': nothing can be committed`, hint: `nothing was written; ${hint}` });
    }
    const repository = Repository.find(folder);
    if (isMerging(folder)) {
      throw refused({
        message: 'a merge, a rebase or a pick stands still in this repository',
        hint: `nothing was written; bring it to an end first (\`git status\` says how), or ${hint}`,
      });
    }
    if (!isAsked) return new Uncommitted(repository, flag, []);
    const { status, stdout, stderr } = runGit(repository, ['--no-optional-locks', 'status', ...statusArguments]);
    if (status !== 0) throw refused({ message: 'Git cannot tell what is not committed', found: inShort(stderr), hint: 'nothing was written' });
    const entries = stdout.split('\0').flatMap((entry) => (entry === '' ? [] : [{ staged: entry[0] as string, path: entry.slice(3) }]));
    return new Uncommitted(repository, flag, entries);
  }

  /** @param isOurs whether this command itself has written a file, by its path from the top */
  expectClean(files: readonly string[], isOurs: (path: string) => boolean = () => false): void {
    const inside = files.map((file) => this.repository.inside(file));
    this.#expectNone(inside.filter((path) => this.#dirty.has(path) && !isOurs(path)));
  }

  /** As {@link expectClean}, of all that lies in some folders, and of files as far as this repository has them. */
  expectCleanBelow(folders: readonly string[], files: readonly string[]): void {
    const inside = folders.map((folder) => this.repository.inside(folder));
    const own = new Set(files.map((file) => this.repository.tryInside(file)));
    this.#expectNone([...this.#dirty].filter((path) => own.has(path) || inside.some((folder) => folder === '' || path.startsWith(`${folder}/`))));
  }

  expectKept(files: readonly string[]): void {
    const ignored = files.find((file) => isIgnored(this.repository, file));
    if (ignored === undefined) return;
    throw refused({ message: `Git is told to leave out '${ignored}' (.gitignore)`, hint: `nothing was written; run it without ${this.flag}` });
  }

  #expectNone([first, ...others]: readonly string[]): void {
    if (first === undefined) return;
    const isAlong = this.flag === '--commit';
    throw refused({
      message: `'${first}' has changes that are not committed, ${isAlong ? 'which the commit would take along' : 'and each branch begins at the last commit'}`,
      ...(others.length > 0 ? { found: `${others.length} more such files` } : {}),
      hint: `nothing was written; commit or stash them first, or run it without ${this.flag}`,
    });
  }
}

/** Every file by its own name; what is inside of a submodule is another repository's. */
const statusArguments: readonly string[] = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=dirty'];
