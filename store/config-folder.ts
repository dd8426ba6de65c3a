import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { compare } from '../layers/problem';

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Links are followed; one that leads nowhere is `dangling`. */
  readonly kind: 'file' | 'folder' | 'dangling';
  readonly isLink: boolean;
}

/** In code-unit order: the order of a directory is nobody's promise. What a command of ours keeps there for a while is left out. */
export function entriesOf(folder: string): readonly FolderEntry[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.fleet-'))
    .sort((a, b) => compare(a.name, b.name))
    .map((entry) => {
      const path = join(folder, entry.name);
      const isLink = entry.isSymbolicLink();
      const found = isLink ? targetOf(path) : entry;
      return { name: entry.name, path, isLink, kind: found === undefined ? 'dangling' : found.isDirectory() ? 'folder' : 'file' };
    });
}

/** @returns `undefined` where a link leads nowhere, or to itself */
function targetOf(link: string): Stats | undefined {
  try {
    return statSync(link, { throwIfNoEntry: false });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
    throw cause;
  }
}

/** Whether a link leads out of a folder. */
export function leadsOut(path: string, folder: string): boolean {
  return isOutside(relative(realpathSync(folder), realpathSync(path)));
}

/** A path as messages show it: from the working directory, where it lies below. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return isOutside(short) ? path : short;
}

/** A mounted volume keeps its files in a folder called `..data`: that is not the folder above. */
function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || isAbsolute(path);
}
