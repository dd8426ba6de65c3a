import { readFileSync } from 'node:fs';
import { entryAt } from '../files/entry-at';

/** Files that may be rendered output: those on the disk, or those of a commit. */
export interface FileTree {
  /** @param path from the top of the output @returns with its lines as they are rendered; `undefined` where no file is */
  text(path: string): string | undefined;
}

/** How long a file can be that is read, in bytes: nothing that is rendered is half as long. */
const longest = 2 ** 26;

/** What is on the disk now. */
export class DiskTree implements FileTree {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  text(path: string): string | undefined {
    const found = entryAt(`${this.#root}/${path}`);
    if (!found?.isFile() || found.size >= longest) return undefined;
    try {
      return asRendered(readFileSync(`${this.#root}/${path}`, 'utf8'));
    } catch (cause) {
      // Somebody may remove it meanwhile.
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  }
}

/** A text whose lines end as rendered ones do: Git may have checked it out with others (`core.autocrlf`), and it is the same file. */
export function asRendered(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}
