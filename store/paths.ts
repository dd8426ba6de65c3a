import { existsSync, realpathSync } from 'node:fs';

/** Whether anything is at a path. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** Whether two paths are one place, links followed. Both are there. */
export function isSamePlace(path: string, other: string): boolean {
  return realpathSync(path) === realpathSync(other);
}
