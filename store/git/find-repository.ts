import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Where a repository lies. Both are absolute, links followed. */
export interface RepositoryPlace {
  /** The top of the work tree: the folder that holds `.git`. */
  readonly top: string;
  /** What `.git` is, or what it names: a work tree made by `git worktree`, and a submodule, have their own. */
  readonly gitDir: string;
}

/**
 * The repository that holds a path: the nearest folder above it with a `.git` in it, as Git looks for it.
 *
 * Git itself is not asked: started inside a folder that somebody else wrote, it takes one that holds `HEAD`, `objects` and
 * `refs` for a repository, and runs the programs which a file `config` in there names.
 *
 * @param path absolute, or relative to the working directory; it need not be there
 * @returns `undefined` where no repository holds it
 */
export function tryFindRepository(path: string): RepositoryPlace | undefined {
  for (let folder = realPath(path); ; folder = dirname(folder)) {
    const gitDir = tryGitDir(join(folder, '.git'));
    if (gitDir !== undefined) return { top: folder, gitDir };
    if (folder === dirname(folder)) return undefined;
  }
}

/** A path from the top of a repository, empty for the top itself; `undefined` outside of it. @param path as {@link tryFindRepository} takes it */
export function tryPathInside({ top }: RepositoryPlace, path: string): string | undefined {
  const inside = relative(top, realPath(path)).split(sep).join('/');
  return inside === '..' || inside.startsWith('../') || isAbsolute(inside) ? undefined : inside;
}

/** A path with the links on its way followed, as far as it is there. Absolute. */
export function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(realPath(above), absolute.slice(above.length));
  }
}

/** @see https://git-scm.com/docs/gitrepository-layout */
function tryGitDir(path: string): string | undefined {
  const stat = tryStat(path);
  if (stat?.isFile() && stat.size < longestLink) {
    const [, named] = /^gitdir: (.+?)[\r\n]*$/s.exec(readFileSync(path, 'utf8')) ?? [];
    return named === undefined ? undefined : tryGitDir(resolve(dirname(path), named));
  }
  if (!stat?.isDirectory() || !isReadable(path)) return undefined;
  const isOwn = tryStat(join(path, 'objects'))?.isDirectory() && tryStat(join(path, 'refs'))?.isDirectory();
  return isOwn || tryStat(join(path, 'commondir'))?.isFile() ? realpathSync(path) : undefined;
}

/** Whether Git can read what it reads first: it would wait for ever for what a pipe says. */
function isReadable(gitDir: string): boolean {
  const [head, config] = ['HEAD', 'config'].map((name) => lstatSync(join(gitDir, name), { throwIfNoEntry: false }));
  return (head?.isFile() || head?.isSymbolicLink()) === true && (config === undefined || tryStat(join(gitDir, 'config'))?.isFile() === true);
}

/** Whether a repository was cloned without all its objects: they are promised, in packs that say so. */
export function hasPromises(gitDir: string): boolean {
  const packs = join(sharedDir(gitDir), 'objects/pack');
  return existsSync(packs) && readdirSync(packs).some((name) => name.endsWith('.promisor'));
}

/** The commits at which a clone without its history begins. */
export function shallowCommits(gitDir: string): ReadonlySet<string> {
  const file = join(sharedDir(gitDir), 'shallow');
  return new Set(tryStat(file)?.isFile() ? readFileSync(file, 'utf8').split('\n') : []);
}

/** What several work trees of one repository have in common. */
export function sharedDir(gitDir: string): string {
  const common = join(gitDir, 'commondir');
  return tryStat(common)?.isFile() ? resolve(gitDir, readFileSync(common, 'utf8').trim()) : gitDir;
}

/** What Git itself reads of a `.git` that is a file, in bytes. */
const longestLink = 1 << 20;

function tryStat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
