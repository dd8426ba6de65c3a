import { rmdirSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/** Removes folders that are empty, from one up to below another. Git knows none, and the next reader of the configuration need not either. */
export function removeEmptyFolders(root: string, folder: string): void {
  for (let here = folder; here.startsWith(root + sep); here = dirname(here)) {
    try {
      rmdirSync(here);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return;
    }
  }
}
