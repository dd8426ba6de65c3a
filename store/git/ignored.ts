import { lstatSync } from 'node:fs';
import { join } from 'node:path';
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
  const folders = inside.split('/').map((_, at, parts) => parts.slice(0, at).join('/'));
  // Git would wait for ever for what a pipe says, and it follows no link here.
  const isReadable = folders.every((folder) => statOf(join(repository.top, folder, '.gitignore'))?.isFile() !== false);
  return isReadable && repository.git.isIgnored(inside);
}

function statOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
