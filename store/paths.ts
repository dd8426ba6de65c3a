import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/** Whether anything is at a path. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** Whether two paths are one place, links followed. Both are there. */
export function isSamePlace(path: string, other: string): boolean {
  return realpathSync(path) === realpathSync(other);
}

/** A path as messages show it: from the working directory, where it lies below. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return isOutside(short) ? path : short;
}

/** Whether a relative path leads out. A mounted volume keeps its files in a folder called `..data`: that is not the folder above. */
export function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || isAbsolute(path);
}
