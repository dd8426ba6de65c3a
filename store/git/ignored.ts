import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Repository } from './repository';

/**
 * Whether Git is told to leave a file out (`.gitignore`), and does not know it yet.
 *
 * @param path relative to the working directory; it need not be there. Whether a folder is left out, a file in it tells: what leaves
 *             out all that a folder holds (`dist/*`) says nothing of the folder
 * @returns `false` outside of the repository
 */
export function isIgnored(repository: Repository, path: string): boolean {
  const inside = repository.tryInside(path);
  if (inside === undefined || inside === '' || repository.trouble !== undefined) return false;
  return ignoredAmong(repository, [inside]).length > 0;
}

/** As {@link isIgnored}, of many at once. @param insides from the top, where no link is on the way */
export function ignoredAmong(repository: Repository, insides: readonly string[]): readonly string[] {
  if (insides.length === 0 || repository.trouble !== undefined) return [];
  const readable = new Map<string, boolean>();
  const isReadable = (folder: string): boolean => {
    let known = readable.get(folder);
    // Git would wait for ever for what a pipe says, and it follows no link here.
    known ??= statOf(join(repository.top, folder, '.gitignore'))?.isFile() !== false && (folder === '.' || isReadable(dirname(folder)));
    readable.set(folder, known);
    return known;
  };
  const asked = insides.filter((inside) => isReadable(dirname(inside)));
  return asked.length > 0 ? repository.git.ignored(asked) : [];
}

function statOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
