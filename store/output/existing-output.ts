import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../layers/problem';
import { entryAt } from '../files/entry-at';
import { isHalfMoved } from '../files/move-entries';
import { innerStaging } from '../files/staging';

/** Where folders lie that targets may hold alike: they are looked into when somebody asks for what is in them. */
const lateFolders = 'manifests';

/** What stands in an output folder now. */
export class Existing {
  /** The folder itself, links followed. */
  readonly root: string;
  readonly isThere: boolean;
  readonly #files = new Set<string>();
  readonly #folders: string[] = [];
  readonly #halfMoved: string[] = [];
  /** Folders that were not looked into. */
  readonly #late = new Set<string>();
  #hasGit = false;

  /** @param root absolute, links followed */
  constructor(root: string, isThere: boolean) {
    this.root = root;
    this.isThere = isThere;
    if (isThere) this.#walk('');
  }

  get isEmpty(): boolean {
    return this.#files.size + this.#folders.length + this.#halfMoved.length === 0 && !this.#hasGit;
  }

  /** Whether it is the top of a work tree of its own. */
  get hasGit(): boolean {
    return this.#hasGit;
  }

  /** Every entry that is no folder, by its path from the top: links, and every `.git` with all that is in it, included. */
  get files(): ReadonlySet<string> {
    this.lookInto(this.#late);
    return this.#files;
  }

  get folders(): readonly string[] {
    this.lookInto(this.#late);
    return this.#folders;
  }

  /** What a killed run was copying: it was never in place. */
  get halfMoved(): readonly string[] {
    this.lookInto(this.#late);
    return this.#halfMoved;
  }

  /** Whether an entry that is no folder is there. */
  has(path: string): boolean {
    if (this.#late.size > 0) {
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (this.#late.has(folder)) this.lookInto([folder]);
      }
    }
    return this.#files.has(path);
  }

  /** What is in a folder holds for what was rendered: it is listed nowhere, if that was not done yet. */
  passOver(folder: string): void {
    this.#late.delete(folder);
  }

  lookInto(folders: Iterable<string>): void {
    for (const folder of [...folders]) if (this.#late.delete(folder)) this.#walk(folder);
  }

  #walk(folder: string): void {
    for (const entry of entriesOf(join(this.root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === innerStaging) continue;
      // The output may be a work tree of its own: its history is not ours to touch.
      if (path === '.git') this.#hasGit = true;
      else if (entry.isDirectory() && entry.name !== '.git') {
        if (folder.endsWith(`/${lateFolders}`)) this.#late.add(path);
        else this.#walk(path);
        this.#folders.push(path);
      } else if (entry.isFile() && isHalfMoved(entry.name)) this.#halfMoved.push(path);
      else this.#files.add(path);
    }
  }
}

/** @throws FleetError where the path is something else than a folder, or cannot be read */
export function existingOutput(dir: string): Existing {
  const root = outputRoot(dir);
  return new Existing(root ?? dir, root !== undefined);
}

/** The folder that a path leads to, links followed; nothing where none is there. @throws FleetError where something else is */
export function outputRoot(dir: string): string | undefined {
  if (!entryAt(dir)) return undefined;
  const root = realpathSync(dir);
  if (!entryAt(root)?.isDirectory()) {
    throw new FleetError([{ code: 'output-folder', message: `'${dir}' is not a folder`, place: [], hint: 'name a folder that is empty or not there yet' }]);
  }
  return root;
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
