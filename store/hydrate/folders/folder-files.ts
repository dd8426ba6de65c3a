import type { ChartFinding } from '../../../layers/charts/chart-input';
import { limits } from '../../charts/chart-files';
import { ConfigFolders, leadsOut } from '../../files/config-folder';
import { shown } from '../../files/paths';
import { readBytes } from '../../files/read-file';
import { type HeldFiles, type Lack, lackText } from './held-files';

/** What is read of a folder, by paths from there. */
export interface ReadFolder {
  readonly files: ReadonlyMap<string, Buffer>;
  /** What lies there and is not read. */
  readonly lacks: ReadonlyMap<string, Lack>;
}

export interface ReadFolderOptions {
  /** What it is called in messages. */
  readonly shown: string;
  /** Where what is in it may lead. The folder itself may lie anywhere in the base. */
  readonly within: string;
}

/** Something in a folder, and what is wrong where it is to be read. */
interface Entry {
  /** From the folder. */
  readonly at: string;
  /** Absolute. */
  readonly path: string;
  readonly wrong?: ChartFinding;
}

/**
 * Reads all files of a folder, for Helm reads templates and whatever they ask for. It follows links: one that leads out of the repository
 * would write out what is none of the fleet's, and Argo CD refuses it as well.
 */
export class FolderFiles {
  readonly #base: string;
  readonly #held: HeldFiles;

  /** @param base the top of the repository. Absolute */
  constructor(base: string, held: HeldFiles) {
    this.#base = base;
    this.#held = held;
  }

  /** @param top absolute */
  read(top: string, options: ReadFolderOptions): ReadFolder | ChartFinding {
    const wrong = this.#wrongLink(top, { ...options, within: this.#base });
    if (wrong) return wrong;
    const entries = [...this.#entries(top, '', options, new ConfigFolders())];
    const lacks = this.#held.lacks(entries.map(({ path }) => path));
    const files = new Map<string, Buffer>();
    const missed = new Map<string, Lack>();
    let size = 0;
    for (const { at, path, wrong } of entries) {
      const lack = lacks.get(path);
      // A link that leads to what is Git's own is there for a purpose.
      if (lack && !(lack === 'ofGit' && wrong)) missed.set(at, lack);
      else if (wrong) return wrong;
      else {
        const content = readBytes(path);
        size += content.length;
        if (size > limits.content) return broken(`${options.shown} is too large`, `more than ${limits.content} bytes`);
        files.set(at, content);
      }
    }
    return { files, lacks: missed };
  }

  *#entries(folder: string, above: string, options: ReadFolderOptions, folders: ConfigFolders): Generator<Entry> {
    for (const { name, path, kind, special, isLink } of folders.entries(folder)) {
      const at = above + name;
      if (kind === 'special') yield { at, path, wrong: broken(`there is ${special} in ${options.shown}`, `'${shown(path)}'`, 'files and folders') };
      else if (kind === 'dangling') yield { at, path, wrong: broken(`a link in ${options.shown} leads nowhere`, `'${shown(path)}'`) };
      else {
        // That of a chart, or of one in it, which is the top of its own repository.
        const isOwnGit = name.toLowerCase() === '.git';
        const wrong = isLink && !isOwnGit ? this.#wrongLink(path, options) : undefined;
        if (wrong || isOwnGit || kind === 'file') yield { at, path, ...(wrong ? { wrong } : {}) };
        else yield* this.#entries(path, `${at}/`, options, folders);
      }
    }
  }

  #wrongLink(path: string, { shown: name, within }: ReadFolderOptions): ChartFinding | undefined {
    const noun = within === this.#base ? 'the repository' : 'it';
    if (leadsOut(path, within)) return broken(`a link in ${name} leads out of ${noun}`, `'${shown(path)}'`, `files of ${noun}`);
    if (this.#held.isOfGit(path)) return broken(`what ${name} holds ${lackText.ofGit}`, `'${shown(path)}'`);
    return undefined;
  }
}

function broken(message: string, found: string, expected?: string): ChartFinding {
  return { code: 'chart-broken', message, found, ...(expected === undefined ? {} : { expected }) };
}
