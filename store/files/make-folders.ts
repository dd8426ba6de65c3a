import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are not there. Node's own way never ends where the system says of a folder that
 * is there that nothing can be made in it because it is not there, as `/proc` does (`mkdirSync`, `recursive`).
 *
 * @returns the topmost one that was made, as Node's own way tells it
 * @throws what the system says
 */
export function makeFolders(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path || statSync(above, { throwIfNoEntry: false })) throw cause;
    const topmost = makeFolders(above);
    const own = makeFolders(path);
    return topmost ?? own;
  }
}
