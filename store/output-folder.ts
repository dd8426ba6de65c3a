import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFolder } from '../layers/output';
import { FleetError } from '../layers/problem';
import { fileText } from './yaml-text';

/** A file of rendered output: its path from the top of the output, and its text. */
export interface RenderedText {
  readonly path: string;
  readonly text: string;
}

/** Every file of rendered output, in order. */
export function* texts(folders: Iterable<OutputFolder>): Generator<RenderedText> {
  for (const folder of folders) {
    for (const file of folder.files) yield { path: `${folder.path}/${file.path}`, text: fileText(file) };
  }
}

/** What stands in an output folder now. */
export interface Existing {
  /** The folder itself, links followed. */
  readonly root: string;
  readonly isThere: boolean;
  readonly isEmpty: boolean;
  /** Every entry that is no folder, links included, by its path from the top. */
  readonly files: ReadonlySet<string>;
  /** The deepest first. */
  readonly folders: readonly string[];
}

/** @throws FleetError where the path is something else than a folder */
export function existingOutput(dir: string): Existing {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (!stat) return { root: dir, isThere: false, isEmpty: true, files: new Set(), folders: [] };
  const root = realpathSync(dir);
  if (!lstatSync(root).isDirectory()) {
    throw new FleetError([{ code: 'output-folder', message: `'${dir}' is not a folder`, place: [], hint: 'name a folder that is empty or not there yet' }]);
  }
  const files = new Set<string>();
  const folders: string[] = [];
  let hasGit = false;
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      // The output may be a work tree of its own: its history is not ours to touch.
      if (folder === '' && entry.name === '.git') {
        hasGit = true;
        continue;
      }
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        walk(path);
        folders.push(path);
      } else files.add(path);
    }
  };
  walk('');
  return { root, isThere: true, isEmpty: files.size === 0 && folders.length === 0 && !hasGit, files, folders };
}

/** The text of a file, or `undefined` where there is none that could be compared. */
export function tryRead(file: string): string | undefined {
  try {
    return lstatSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
