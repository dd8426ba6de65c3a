import { basename, dirname, join, relative } from 'node:path';
import { getOr } from '../../../layers/get-or';
import { isOutside } from '../../files/paths';
import { realPath, sharedDir } from '../../git/find-repository';
import { ignoredAmong } from '../../git/ignored';
import { Repository } from '../../git/repository';

/** Why Argo CD has nothing of a path. */
export type Lack = 'ofGit' | 'ignored' | 'elsewhere';

/** What to say of it, behind the path. */
export const lackText: Readonly<Record<Lack, string>> = {
  ofGit: "is Git's own, and no file of the repository",
  ignored: 'is ignored by Git: Argo CD would not have it',
  elsewhere: 'lies in another repository, which is no submodule of this one: Argo CD would not have it',
};

/** What helps. */
export const lackHint = 'commit it, where clusters may have what it says: `git add --force` takes what `.gitignore` leaves out';

/**
 * What of a folder Git holds, or would with `git add`: of that Argo CD has a clone, and of nothing else. An edit in progress is
 * rendered so, and what somebody keeps beside it is not: logins in `.git/config`, `.env`, archives that were never committed.
 * Where no repository begins at the folder, all is held but what is called `.git`.
 */
export class HeldFiles {
  readonly #base: string;
  readonly #repository: Repository | undefined;
  readonly #tracked = new Map<string, ReadonlySet<string>>();
  readonly #nearest = new Map<string, Repository>();

  /** @param base the top of the repository. Absolute */
  constructor(base: string) {
    this.#base = realPath(base);
    const found = Repository.tryFind(base);
    // Another folder with a Git that answers: what was taken out of a commit, say, is held as it is.
    this.#repository = found?.top === this.#base && found.trouble === undefined ? found : undefined;
  }

  /** @param paths absolute, in the base, of what is there. Links in them lead somewhere, and what lies there counts, too */
  lacks(paths: readonly string[]): ReadonlyMap<string, Lack> {
    const lacks = new Map<string, Lack>();
    /** Where Git looks by itself: paths by the repository and the place in it. */
    const asked = new Map<Repository, Map<string, string[]>>();
    const ask = (holder: Repository, inside: string, path: string) => {
      const places = getOr(asked, holder, () => new Map<string, string[]>());
      getOr(places, inside, () => []).push(path);
    };
    for (const path of paths) {
      for (const place of this.#places(path)) {
        const holder = this.#isGit(place) ? 'ofGit' : this.#holder(place);
        if (typeof holder === 'string') lacks.set(path, holder);
        else if (holder) {
          const inside = relative(holder.top, place);
          if (inside !== '' && !this.#trackedIn(holder).has(inside)) ask(holder, inside, path);
        }
      }
    }
    for (const [repository, places] of asked) {
      for (const inside of ignoredAmong(repository, [...places.keys()])) {
        for (const path of places.get(inside) ?? []) if (!lacks.has(path)) lacks.set(path, 'ignored');
      }
    }
    return lacks;
  }

  /** As {@link lacks}, of one. */
  lackOf(path: string): Lack | undefined {
    return this.lacks([path]).get(path);
  }

  /** Whether a path leads to what Git keeps for itself. @param path as {@link lacks} takes it */
  isOfGit(path: string): boolean {
    return this.#isGit(realPath(path));
  }

  /** Where a path lies, and each link on its way, with links followed. */
  #places(path: string): readonly string[] {
    const real = realPath(path);
    if (real === path) return [real];
    const places = [real];
    for (let here = path; here !== dirname(here) && here !== this.#base && here !== real; here = dirname(here)) {
      const place = join(realPath(dirname(here)), basename(here));
      if (!isIn(this.#base, place)) break;
      places.push(place);
    }
    return [...new Set(places)];
  }

  #isGit(place: string): boolean {
    // On some systems capitals make no other name.
    if (/(^|\/)\.git(\/|$)/i.test(relative(this.#base, place))) return true;
    const gitDir = this.#repository?.gitDir;
    // A work tree may lie in a bare repository: then what is around it is none of its files.
    return gitDir !== undefined && [gitDir, sharedDir(gitDir)].some((folder) => isIn(this.#base, folder) && isIn(folder, place));
  }

  /** The repository that holds a place, `undefined` where there is none to ask. */
  #holder(place: string): Repository | 'elsewhere' | undefined {
    const own = this.#repository;
    if (!own || place === this.#base || !isIn(this.#base, place)) return undefined;
    const folder = dirname(place);
    const nearest = getOr(this.#nearest, folder, () => Repository.tryFind(folder) ?? own);
    if (nearest.top === own.top) return own;
    const outer = this.#holder(nearest.top);
    return outer instanceof Repository && this.#trackedIn(outer).has(relative(outer.top, nearest.top)) ? nearest : 'elsewhere';
  }

  /** What Git knows already, read once. */
  #trackedIn(repository: Repository): ReadonlySet<string> {
    return getOr(this.#tracked, repository.top, () => new Set(repository.tryText('ls-files', ['--cached', '-z'])?.split('\0')));
  }
}

function isIn(folder: string, path: string): boolean {
  return !isOutside(relative(folder, path));
}
