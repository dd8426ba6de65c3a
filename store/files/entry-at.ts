import { lstatSync, type Stats } from 'node:fs';

/** What lies at a path, links not followed; `undefined` where nothing does, a file on the way included. */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw cause;
  }
}
