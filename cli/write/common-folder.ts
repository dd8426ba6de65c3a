import { dirname, resolve } from 'node:path';
import { isAtOrBelow } from '../../layers/hierarchy';
import { isThere } from '../../store/files/paths';

/** The deepest folder that is there and holds all of some files. Absolute. */
export function commonFolder(files: readonly string[]): string {
  const paths = files.map((file) => resolve(file));
  let folder = dirname(paths[0] ?? resolve('.'));
  while (folder !== dirname(folder) && (!isThere(folder) || paths.some((path) => !isAtOrBelow(path, folder)))) folder = dirname(folder);
  return folder;
}
