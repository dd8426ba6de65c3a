import { existsSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/** Whether anything is at a path. */
export function isThere(path: string): boolean {
  return existsSync(path);
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
