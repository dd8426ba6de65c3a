import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../layers/problem';
import { isIgnored } from './ignored';
import { isMerging } from './merging/unmerged';
import { Repository } from './repository';

/**
 * One commit that is going to be made of what a command writes, and of nothing else. The only place where this tool writes with
 * Git, and where it runs Git as its user would: with hooks, signatures and filters of the repository.
 */
export class NewCommit {
  readonly #repository: Repository;
  /** What is not as the last commit has it, from the top. */
  readonly #dirty: ReadonlySet<string>;
  readonly #ours = new Set<string>();

  private constructor(repository: Repository, dirty: ReadonlySet<string>) {
    this.#repository = repository;
    this.#dirty = dirty;
  }

  /**
   * @param folder the configuration
   * @throws FleetError (`commit`, `no-history`) where nothing can be committed: no repository holds the folder, a merge stands still, something is staged
   */
  static begin(folder: string): NewCommit {
    if (!Repository.tryFind(folder)) {
      throw refused({ message: `no Git repository holds '${folder}': nothing can be committed`, hint: 'nothing was written; run it without --commit' });
    }
    const repository = Repository.find(folder);
    if (isMerging(folder)) {
      throw refused({
        message: 'a merge, a rebase or a pick stands still in this repository',
        hint: 'nothing was written; bring it to an end first (`git status` says how), or run it without --commit',
      });
    }
    const { status, stdout, stderr } = runGit(repository, ['status', ...statusArguments]);
    if (status !== 0) throw refused({ message: 'Git cannot tell what is not committed', found: inShort(stderr), hint: 'nothing was written' });
    const entries = stdout.split('\0').flatMap((entry) => (entry === '' ? [] : [{ staged: entry[0] as string, path: entry.slice(3) }]));
    const [first, ...others] = entries.filter(({ staged }) => !'?! '.includes(staged)).map(({ path }) => path);
    if (first !== undefined) {
      throw refused({
        message: 'something is staged already, which the commit would take along',
        found: `${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
        hint: 'nothing was written; commit that first, take it out with `git restore --staged .`, or run it without --commit',
      });
    }
    return new NewCommit(repository, new Set(entries.map(({ path }) => path)));
  }

  /**
   * @param files that are going to be written or removed, relative to the working directory
   * @throws FleetError (`commit`) where one of them has changes that are not this command's, or cannot be committed
   */
  expectClean(files: readonly string[]): void {
    const inside = files.map((file) => this.#repository.inside(file));
    const [first, ...others] = inside.filter((path) => this.#dirty.has(path) && !this.#ours.has(path));
    if (first !== undefined) {
      throw refused({
        message: `'${first}' has changes that are not committed, which the commit would take along`,
        ...(others.length > 0 ? { found: `${others.length} more such files` } : {}),
        hint: 'nothing was written; commit or stash them first, or run it without --commit',
      });
    }
  }

  /**
   * @param files one of each kind: asking Git takes its time
   * @throws FleetError (`commit`) where Git is told to leave one out
   */
  expectKept(files: readonly string[]): void {
    const ignored = files.find((file) => isIgnored(this.#repository, file));
    if (ignored === undefined) return;
    throw refused({ message: `Git is told to leave out '${ignored}' (.gitignore)`, hint: 'nothing was written; run it without --commit' });
  }

  /** Files that this command has written since, or removed. */
  add(files: readonly string[]): void {
    for (const file of files) this.#ours.add(this.#repository.inside(file));
  }

  /** Makes the commit of all that was added. @returns its id @throws FleetError (`commit`) where Git does not: what was written stays */
  make(message: string): string {
    const { git, top } = this.#repository;
    const tracked = new Set(this.#repository.text('ls-files', ['--cached', '-z']).split('\0'));
    // Git refuses a name that is neither there nor known.
    const paths = [...this.#ours].filter((path) => tracked.has(path) || existsSync(join(top, path)));
    if (paths.length > 0) {
      const added = runGit(this.#repository, ['add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], paths.join('\0'));
      if (added.status !== 0) throw failed('add', added);
    }
    // What was seen may be on record without a change.
    const made = runGit(this.#repository, ['commit', '--quiet', '--file=-', ...(paths.length > 0 ? [] : ['--allow-empty'])], message);
    if (made.status !== 0) throw failed('commit', made);
    return git.tryRun('rev-parse', ['HEAD'])?.toString().trim() ?? '';
  }
}

/** Every file by its own name; what is inside of a submodule is another repository's. */
const statusArguments: readonly string[] = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=dirty'];

/** What a hook that calls this tool has said of its own commit. */
const local = /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|SHALLOW_FILE)$/;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runGit({ top }: Repository, args: readonly string[], input = ''): Ended {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !local.test(name.toUpperCase())));
  const { error, status, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', '-C', top, ...args], {
    // A folder of our own: some systems look for programs in the one where they start.
    cwd: __dirname,
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: 'pipe',
  });
  return { status, stdout, stderr: error ? error.message : stderr };
}

function failed(command: string, { status, stderr, stdout }: Ended): FleetError {
  return refused({
    message: `Git did not make the commit: \`git ${command}\` ended with status ${status}`,
    found: inShort(`${stderr}\n${stdout}`),
    hint: 'everything was written, and is there to be committed: put right what Git says, and run the commands that are printed',
  });
}

/** The first lines of what a program said, as one. */
function inShort(text: string): string {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.length === 0 ? 'it says nothing' : `${lines.slice(0, 5).join('; ')}${lines.length > 5 ? '; …' : ''}`;
}

function refused(problem: { readonly message: string; readonly found?: string; readonly hint: string }): FleetError {
  return new FleetError([{ code: 'commit', place: [], ...problem }]);
}
