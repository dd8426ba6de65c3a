import { existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compare, FleetError } from '../../layers/problem';
import { isOutside, shown } from './paths';
import { specialKind, unreadable } from './read-file';

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Links are followed; one that leads nowhere is `dangling`. What is neither file nor folder is `special`, and never opened. */
  readonly kind: 'file' | 'folder' | 'dangling' | 'special';
  /** What it is, where it is special: `a named pipe`. */
  readonly special?: string;
  readonly isLink: boolean;
}

/** How many files and folders a configuration may have, and how many of its folders may be links: far more than any fleet, and an end to links that lead to one another. */
const maxEntries = 250_000;
const maxLinks = 5_000;

/** Lists the folders of one configuration. */
export class ConfigFolders {
  #entries = 0;
  #links = 0;
  /** Whether it was told that there is no end to it: whatever follows is the same mistake. */
  #isEndless = false;

  /**
   * In code-unit order: the order of a directory is nobody's promise. What a command of ours keeps there for a while is left out.
   *
   * @throws FleetError `config-unreadable` where the disk refuses, and where there is no end to it
   */
  entries(folder: string): readonly FolderEntry[] {
    if (this.#isEndless) return [];
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      this.#entries += entries.length;
      if (this.#entries > maxEntries) throw this.#endless(folder, `at most ${maxEntries} files and folders`);
      return entries
        .filter(({ name }) => !name.startsWith('.fleet-'))
        .sort((a, b) => compare(a.name, b.name))
        .map((entry) => {
          const path = join(folder, entry.name);
          const isLink = entry.isSymbolicLink();
          const found = isLink ? targetOf(path) : entry;
          const special = found && specialKind(found);
          if (isLink && found?.isDirectory()) this.#links += 1;
          if (this.#links > maxLinks) throw this.#endless(folder, `at most ${maxLinks} links to folders`);
          const kind = found === undefined ? 'dangling' : special !== undefined ? 'special' : found.isDirectory() ? 'folder' : 'file';
          return { name: entry.name, path, isLink, kind, ...(special === undefined ? {} : { special }) };
        });
    } catch (cause) {
      throw cause instanceof FleetError ? cause : unreadable(folder, cause, 'folder');
    }
  }

  #endless(folder: string, expected: string): FleetError {
    this.#isEndless = true;
    const hint = 'do links in it lead to folders above, or to one another? what is no configuration belongs elsewhere';
    return new FleetError([{ code: 'config-unreadable', message: 'there is no end to the folder', file: shown(folder), place: [], expected, hint }]);
  }
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
  return isOutside(relative(realpathSync.native(folder), realpathSync.native(path)));
}

/** The top of the repository that a folder lies in, of the outermost one; `undefined` where it lies in none. */
export function outermostRepository(folder: string): string | undefined {
  let found: string | undefined;
  for (let here = realpathSync.native(folder); ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) found = here;
    if (here === dirname(here)) return found;
  }
}

/** Whether a path leads to what is no disk: files without end, and folders that lead everywhere. */
export function isOfSystem(path: string): boolean {
  return /^\/(proc|sys|dev)(\/|$)/.test(realpathSync.native(path));
}
