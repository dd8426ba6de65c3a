import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { RepositoryPlace } from './find-repository';
import { tryFindWaitingFile } from './waiting-files';

/**
 * Commands that read objects, names and the index, and run nothing: no filter, hook, pager, text conversion, signature
 * check or file system monitor. What a repository's own `.git/config` names is somebody else's to choose.
 */
export type Plumbing =
  | 'cat-file'
  | 'check-ignore'
  | 'config'
  | 'diff-tree'
  | 'for-each-ref'
  /** It alone tells what a reflog says. */
  | 'log'
  | 'ls-files'
  | 'ls-tree'
  | 'merge-base'
  | 'rev-list'
  | 'rev-parse';

/** The installed Git, for one repository. */
export class GitProgram {
  readonly #place: RepositoryPlace;

  constructor(place: RepositoryPlace) {
    this.#place = place;
  }

  /**
   * Why Git cannot be asked about this repository; `undefined` where it can. Git looks for the repository itself here, for
   * then it refuses one that belongs to somebody else (`safe.directory`).
   */
  trouble(): string | undefined {
    const { top, gitDir } = this.#place;
    const waiting = tryFindWaitingFile(gitDir);
    if (waiting !== undefined) return `Git would wait for ever for '${waiting}', which is a named pipe or a device`;
    const { error, status, stdout, stderr } = run(['-C', top, 'rev-parse', '--absolute-git-dir'], { GIT_CEILING_DIRECTORIES: dirname(top) });
    if (error) return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the program `git` is not installed' : `Git cannot be run: ${error.message}`;
    if (status === 0) return isSame(stdout.toString().trimEnd(), gitDir) ? undefined : `Git does not take '${gitDir}' for a repository`;
    const said = stderr.toString();
    if (/dubious ownership|unsafe repository/.test(said)) {
      return `the repository belongs to another user, and Git refuses it: if you trust it, run \`git config --global --add safe.directory '${top}'\``;
    }
    return `Git cannot read the repository: ${said.trim().split('\n')[0] ?? ''}`;
  }

  /** @returns what it printed; `undefined` where it failed */
  tryRun(command: Plumbing, args: readonly string[], input?: string): Buffer | undefined {
    // Paths count from the top of the work tree that Git takes itself to be in. No command here looks into one, so that it is
    // where Git runs: this package may lie in the repository (in `node_modules`), and paths would count from here.
    const { status, stdout } = run(['--literal-pathspecs', `--git-dir=${this.#place.gitDir}`, `--work-tree=${__dirname}`, command, ...args], {}, input);
    return status === 0 ? stdout : undefined;
  }

  /**
   * Of paths, those that Git leaves out and does not know yet. It reads `.gitignore` of the folders above, the index, and the file that
   * `core.excludesFile` names.
   *
   * @param insides from the top
   */
  ignored(insides: readonly string[]): readonly string[] {
    const { top, gitDir } = this.#place;
    const named = this.tryRun('config', ['--path', '--get', 'core.excludesFile'])?.toString().trimEnd();
    const isReadable = named === undefined || statSync(resolve(top, named), { throwIfNoEntry: false })?.isFile() === true;
    const excludes = isReadable ? [] : ['-c', `core.excludesFile=${devNull}`];
    const places = [...excludes, '-C', top, `--git-dir=${gitDir}`, `--work-tree=${top}`];
    const { stdout, stderr } = run([...places, 'check-ignore', '--stdin', '-z'], {}, insides.map((inside) => `./${inside}\0`).join(''));
    // Git says nothing of any path, where one lies in a submodule: that one it knows nothing of.
    const [, submodule] = /is in submodule '([^\n]*)'/.exec(stderr.toString()) ?? [];
    const others = submodule === undefined ? insides : insides.filter((inside) => !`./${inside}`.startsWith(`${submodule.replace(/^(?!\.\/)/, './')}/`));
    if (others.length < insides.length) return others.length > 0 ? this.ignored(others) : [];
    return stdout
      .toString()
      .split('\0')
      .slice(0, -1)
      .map((path) => path.slice('./'.length));
  }
}

function isSame(path: string, gitDir: string): boolean {
  try {
    return realpathSync(path) === gitDir;
  } catch {
    return false;
  }
}

/** Said on the command line, these win over what the repository's own file says. */
const settings: readonly string[] = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=',
  'core.untrackedCache=false',
  `core.hooksPath=${devNull}`,
  'core.pager=cat',
  'core.sshCommand=false',
  'log.showSignature=false',
  'protocol.allow=never',
];

const always: readonly string[] = ['--no-pager', '--no-replace-objects', '--no-optional-locks'];

/**
 * What a person says about the installation, and how Git's own tests let it refuse a repository. Everything else of Git's own was meant for another call: a
 * hook sets `GIT_DIR`, `GIT_INDEX_FILE`, …
 */
const kept = /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|TEST_ASSUME_DIFFERENT_OWNER)$/;

const environment: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  // Where a clone left objects out, asking for them would start what the repository calls its remote.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  GIT_GRAFT_FILE: devNull,
};

function run(args: readonly string[], extra: Readonly<Record<string, string>>, input = '') {
  const inherited = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_') || kept.test(name.toUpperCase()));
  return spawnSync('git', [...always, ...settings.flatMap((setting) => ['-c', setting]), ...args], {
    // A folder of our own: some systems look for programs in the one where they start.
    cwd: __dirname,
    env: { ...Object.fromEntries(inherited), ...environment, ...extra },
    input,
    maxBuffer: 2 ** 30,
    // Whatever lies there, no command waits for ever.
    timeout: 300_000,
    killSignal: 'SIGKILL',
    stdio: 'pipe',
  });
}
