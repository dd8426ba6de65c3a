import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/** A commit, as far as rollouts look at it. */
export interface Commit {
  readonly hash: string;
  /** When it was made, in milliseconds. */
  readonly time: number;
}

/** The history of a configuration folder; of one that no Git repository holds there is none. */
export class History {
  readonly #folder: string;
  readonly #root: string | undefined;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#root = this.#tryGit('rev-parse', '--show-toplevel')?.trim();
  }

  get isThere(): boolean {
    return this.#root !== undefined;
  }

  /**
   * Commits that touched a file or a folder, the newest first. What came with a merge came when it was merged, whenever it
   * was written.
   *
   * @param path relative to the working directory
   */
  commits(path: string): readonly Commit[] {
    const text = this.#tryGit('log', '--first-parent', '--format=%H %ct', '--', resolve(path)) ?? '';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [hash = '', seconds] = line.split(' ');
        return { hash, time: Number(seconds) * 1000 };
      });
  }

  /** A file as a commit had it; `undefined` where it had none. */
  fileAt({ hash }: Commit, path: string): string | undefined {
    return this.#tryGit('show', `${hash}:${this.#inside(path)}`);
  }

  /** The files below a folder as a commit had them, from that folder. */
  filesAt({ hash }: Commit, path: string): readonly string[] {
    const text = this.#tryGit('ls-tree', '--full-tree', '-r', '-z', '--name-only', `${hash}:${this.#inside(path)}`) ?? '';
    return text.split('\0').filter((name) => name !== '');
  }

  /** The top of the repository. @default - there is none */
  get root(): string | undefined {
    return this.#root;
  }

  /** Whether older commits were left out when the repository was cloned: nobody knows what they said. */
  get isShallow(): boolean {
    return this.#tryGit('rev-parse', '--is-shallow-repository')?.trim() === 'true';
  }

  /** Whether Git knows a file, or anything below a folder. @param path relative to the working directory */
  isTracked(path: string): boolean {
    return (this.#tryGit('ls-files', '--', resolve(path)) ?? '') !== '';
  }

  /** Whether everything at a path is as the last commit has it. */
  isClean(path: string): boolean {
    return this.#tryGit('status', '--porcelain', '--', resolve(path)) === '';
  }

  /** From the top of the repository. */
  #inside(path: string): string {
    const real = existsSync(path) ? realpathSync(path) : resolve(path);
    return relative(this.#root ?? this.#folder, real)
      .split(sep)
      .join('/');
  }

  #tryGit(...args: readonly string[]): string | undefined {
    const { status, stdout } = spawnSync('git', args, { cwd: this.#folder, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
    return status === 0 ? stdout : undefined;
  }
}
