import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readText } from '../files/read-file';
import type { Editable } from '../text/editable';

/** Changes to configuration files that were not written yet. Files are named as messages show them. */
export class Edits {
  /** New texts, or bytes of what is no text; `null` for a file that goes. */
  readonly #changed = new Map<string, string | Buffer | null>();

  read(file: string): Editable {
    const changed = this.#changed.get(file);
    return { file, text: changed?.toString() ?? readText(resolve(file)) };
  }

  has(file: string): boolean {
    return this.#changed.has(file) ? this.#changed.get(file) !== null : existsSync(resolve(file));
  }

  write(file: string, text: string | Buffer): void {
    this.#changed.set(file, text);
  }

  remove(file: string): void {
    this.#changed.set(file, null);
  }

  /** Files with their new texts, in a stable order; those that end as they are now are left out. */
  get files(): readonly Edited[] {
    return [...this.#changed]
      .map(([file, text]) => ({ file: resolve(file), path: followed(resolve(file), text), text }))
      .filter(({ path, text }) => (existsSync(path) ? !isFile(path) || !holds(path, text) : text !== null))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

function holds(path: string, text: string | Buffer | null): boolean {
  return Buffer.isBuffer(text) ? text.equals(readFileSync(path)) : readText(path) === text;
}

function isFile(path: string): boolean {
  return statSync(path).isFile();
}

/** A file that is another one afterwards. */
export interface Edited {
  /** Absolute, as the configuration names it. */
  readonly file: string;
  /** Absolute, with links followed. */
  readonly path: string;
  /** `null` for a file that goes. */
  readonly text: string | Buffer | null;
}

/** Where links lead: what is written replaces the file and not the link. A link itself goes, and not what it leads to. */
function followed(path: string, text: string | Buffer | null): string {
  if (text !== null && existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return join(existsSync(parent) ? realpathSync(parent) : followed(parent, text), basename(path));
}
