import { FleetError, type Problem } from '../../layers/problem';
import { hasPromises, type RepositoryPlace, shallowCommits, tryFindRepository, tryPathInside } from './find-repository';
import { GitProgram, type Plumbing } from './git-program';

/** The repository that holds a folder, and what Git tells of it: objects, names and the index, nothing else. */
export class Repository {
  /** The top of the work tree: absolute, links followed. */
  readonly top: string;
  readonly gitDir: string;
  readonly git: GitProgram;
  #isShallow: boolean | undefined;
  #boundary: ReadonlySet<string> | undefined;
  #trouble: { readonly text: string | undefined } | undefined;

  private constructor({ top, gitDir }: RepositoryPlace) {
    this.top = top;
    this.gitDir = gitDir;
    this.git = new GitProgram({ top, gitDir });
  }

  /** @param folder the nearest repository that holds it counts, wherever the command runs; it need not be there */
  static tryFind(folder: string): Repository | undefined {
    const place = tryFindRepository(folder);
    return place && new Repository(place);
  }

  /** @throws FleetError (`no-history`) where no repository holds the folder, and where Git tells nothing of it */
  static find(folder: string): Repository {
    const found = Repository.tryFind(folder);
    if (!found) {
      throw noHistory({
        message: `no Git repository holds '${folder}'`,
        hint: 'what was before is told by Git: run it in a clone, or begin one with `git init`',
      });
    }
    if (found.trouble !== undefined) throw noHistory({ message: `Git tells nothing of '${found.top}'`, found: found.trouble });
    return found;
  }

  /** Why Git tells nothing of it. @default - it does */
  get trouble(): string | undefined {
    this.#trouble ??= { text: this.git.trouble() };
    return this.#trouble.text;
  }

  /** Whether older commits were left out when it was cloned: nobody knows what they said. */
  get isShallow(): boolean {
    this.#isShallow ??= this.tryText('rev-parse', ['--is-shallow-repository'])?.trim() === 'true';
    return this.#isShallow;
  }

  /** Whether contents were left out when it was cloned (`--filter`): they are not asked for. */
  get isPartial(): boolean {
    return hasPromises(this.gitDir);
  }

  /** A path from the top, as Git writes it; `''` is the top itself. @returns `undefined` where it lies elsewhere */
  tryInside(path: string): string | undefined {
    return tryPathInside(this, path);
  }

  /** As {@link tryInside}. @throws FleetError (`no-history`) */
  inside(path: string): string {
    const inside = this.tryInside(path);
    if (inside === undefined) throw noHistory({ message: `'${path}' lies outside of the repository '${this.top}'` });
    return inside;
  }

  /** Commits whose parents were left out when it was cloned. */
  get boundary(): ReadonlySet<string> {
    this.#boundary ??= this.isShallow ? shallowCommits(this.gitDir) : new Set();
    return this.#boundary;
  }

  /** What a command printed; `undefined` where it failed, and where Git tells nothing. */
  tryText(command: Plumbing, args: readonly string[], input?: string): string | undefined {
    return this.trouble === undefined ? this.git.tryRun(command, args, input)?.toString('utf8') : undefined;
  }

  /**
   * What a command printed that fails only where objects are missing.
   *
   * @throws FleetError (`no-history`)
   */
  text(command: Plumbing, args: readonly string[], input?: string): string {
    const text = this.tryText(command, args, input);
    if (text === undefined) throw this.missing();
    return text;
  }

  /** What to say where an object cannot be read which the history names. */
  missing(): FleetError {
    if (this.trouble !== undefined) return noHistory({ message: `Git tells nothing of '${this.top}'`, found: this.trouble });
    if (this.isPartial) {
      return noHistory({
        message: 'contents of older commits are not here: the repository was cloned with `--filter`',
        hint: 'bring them with `git fetch --refetch --no-filter`, or clone it without `--filter`',
      });
    }
    return noHistory({ message: `Git cannot read an object of the repository '${this.top}'`, hint: '`git fsck` tells what is broken; a new clone has it' });
  }
}

export function noHistory(problem: Omit<Problem, 'code'>): FleetError {
  return new FleetError([{ code: 'no-history', ...problem }]);
}
