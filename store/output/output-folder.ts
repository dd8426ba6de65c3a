import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile, OutputFolder } from '../../layers/output';
import { FleetError } from '../../layers/problem';
import { recordFolder } from '../../layers/record';
import { entryAt } from '../files/entry-at';
import { isHalfMoved } from '../files/move-entries';
import { innerStaging } from '../files/staging';
import { fileText } from './output-text';

/** A file of rendered output. */
export interface RenderedText {
  /** From the top of the output. */
  readonly path: string;
  readonly text: string;
  /** That of the target or the member. @default - a record: it lies in neither, and Argo CD reads no such file */
  readonly folder?: string;
  /** Whether it can be told from the output itself that the file was rendered: it says so, or the record of its target names it. */
  readonly isRecorded: boolean;
}

/** Every file of rendered output, in order: records before what they name. */
export function* texts(folders: Iterable<OutputFolder>): Generator<RenderedText> {
  const apps = new Set<string>();
  for (const folder of folders) {
    for (const file of folder.files) {
      if (file.kind === 'record') apps.add(file.path);
      const text = { path: `${folder.path}/${file.path}`, text: fileText(file), isRecorded: isRecorded(folder, file, apps) };
      yield folder.path === recordFolder ? text : { ...text, folder: folder.path };
    }
  }
}

/** @param apps those that have records */
function isRecorded({ path: folder }: OutputFolder, file: OutputFile, apps: ReadonlySet<string>): boolean {
  if (file.kind === 'template') return apps.has(`${folder.slice(0, folder.indexOf('/'))}/${file.path.slice('templates/'.length)}`);
  return file.kind !== 'manifest' && file.kind !== 'note';
}

/** What stands in an output folder now. */
export interface Existing {
  /** The folder itself, links followed. */
  readonly root: string;
  readonly isThere: boolean;
  readonly isEmpty: boolean;
  /** Whether it is the top of a work tree of its own. */
  readonly hasGit: boolean;
  /** Every entry that is no folder, by its path from the top: links, and every `.git` with all that is in it, included. */
  readonly files: ReadonlySet<string>;
  /** The deepest first. */
  readonly folders: readonly string[];
  /** What a killed run was copying: it was never in place. */
  readonly halfMoved: readonly string[];
}

/** @throws FleetError where the path is something else than a folder, or cannot be read */
export function existingOutput(dir: string): Existing {
  if (!entryAt(dir)) return { root: dir, isThere: false, isEmpty: true, hasGit: false, files: new Set(), folders: [], halfMoved: [] };
  const root = realpathSync(dir);
  if (!entryAt(root)?.isDirectory()) {
    throw new FleetError([{ code: 'output-folder', message: `'${dir}' is not a folder`, place: [], hint: 'name a folder that is empty or not there yet' }]);
  }
  const files = new Set<string>();
  const folders: string[] = [];
  const halfMoved: string[] = [];
  let hasGit = false;
  const walk = (folder: string) => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === innerStaging) continue;
      // The output may be a work tree of its own: its history is not ours to touch.
      if (path === '.git') hasGit = true;
      else if (entry.isDirectory() && entry.name !== '.git') {
        walk(path);
        folders.push(path);
      } else if (entry.isFile() && isHalfMoved(entry.name)) halfMoved.push(path);
      else files.add(path);
    }
  };
  walk('');
  return { root, isThere: true, isEmpty: files.size + folders.length + halfMoved.length === 0 && !hasGit, hasGit, files, folders, halfMoved };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new FleetError([{ code: 'output-folder', message: `'${folder}' cannot be read: ${code}`, place: [], hint: 'see that it can be read' }]);
  }
}

/** The text of a file, or `undefined` where there is none that could be compared. */
export function tryRead(file: string): string | undefined {
  try {
    return entryAt(file)?.isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
