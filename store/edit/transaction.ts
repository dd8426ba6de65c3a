import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Edits } from './edits';
import { removeEmptyFolders } from './empty-folders';
import { writeFailure } from './failure';
import { isHeld, releaseLock, takeLock } from './lock';

/** The folder in a configuration folder that stands for a writing command: its lock, its journal, and what it is about to write. */
export const transactionFolder = '.fleet-transaction';

/** What a journal says of one file. */
interface Entry {
  /** From the top of the configuration. */
  readonly path: string;
  /** Its new text lies in `new-{index}`; absent for a file that goes. */
  readonly isWritten: boolean;
  /** Its old text lies in `old-{index}`; absent for a file that was not there. */
  readonly wasThere: boolean;
}

/** What became of a command that was killed. */
export type Recovered = 'nothing' | 'undone' | 'finished';

/**
 * Runs a command that may write configuration, alone: a second one is told to wait. What an earlier one that was killed
 * left behind is finished or undone before.
 *
 * @throws FleetError where another command is at work, or the folder cannot be written
 */
export function exclusively<T>(folder: string, run: (recovered: Recovered) => T): T {
  // Whoever reads the folder says that it is not there.
  if (!existsSync(folder)) return run('nothing');
  const root = realpathSync(folder);
  const lock = join(root, transactionFolder);
  const taken = takeLock(lock, folder);
  try {
    return run(taken === 'stale' ? cleanUp(root, lock) : 'nothing');
  } finally {
    releaseLock(lock);
  }
}

/** Finishes or undoes what a killed command began, without holding the lock afterwards. */
export function recover(folder: string): Recovered {
  if (!existsSync(folder)) return 'nothing';
  const lock = join(realpathSync(folder), transactionFolder);
  if (!statSync(lock, { throwIfNoEntry: false })?.isDirectory() || isHeld(lock)) return 'nothing';
  return exclusively(folder, (recovered) => recovered);
}

/**
 * Writes every edit or none: new texts are written beside the old ones first, a journal says that they are complete, and
 * then each file is renamed into place. Must be called within {@link exclusively}.
 *
 * @param then what belongs to it: where it throws, the edits are undone
 * @throws FleetError where the disk refuses; everything is as it was then
 */
export function commit<T>(folder: string, edits: Edits, then: () => T): T {
  const root = realpathSync(folder);
  const lock = join(root, transactionFolder);
  const { files } = edits;
  const entries = files.map(({ path, text }): Entry => ({ path: relative(root, path), isWritten: text !== null, wasThere: existsSync(path) }));
  try {
    for (const [index, { path, text }] of files.entries()) {
      const mode = statSync(path, { throwIfNoEntry: false })?.mode;
      if (text !== null) writeSafely(join(lock, `new-${index}`), text, mode);
      if (mode !== undefined) writeSafely(join(lock, `old-${index}`), readFileSync(path), mode);
    }
    writeSafely(join(lock, 'journal.tmp'), JSON.stringify(entries));
    renameSync(join(lock, 'journal.tmp'), join(lock, 'journal.json'));
  } catch (cause) {
    throw writeFailure(folder, cause);
  }
  try {
    for (const [index, entry] of entries.entries()) apply(root, lock, entry, index);
  } catch (cause) {
    undoAll(root, lock, entries);
    throw writeFailure(folder, cause);
  }
  let result: T;
  try {
    result = then();
  } catch (cause) {
    undoAll(root, lock, entries);
    throw cause;
  }
  rmSync(join(lock, 'journal.json'), { force: true });
  return result;
}

/** What a killed command left: where its journal is complete, the rest of it is done; else nothing of it ever was. */
function cleanUp(root: string, lock: string): Recovered {
  const [undo, journal] = ['undo.json', 'journal.json'].map((name) => join(lock, name)) as [string, string];
  let recovered: Recovered = readdirSync(lock).some((name) => /^(new|old)-/.test(name)) ? 'undone' : 'nothing';
  if (existsSync(undo)) undoAll(root, lock, read(undo));
  else if (existsSync(journal)) {
    const entries = read(journal);
    try {
      for (const [index, entry] of entries.entries()) apply(root, lock, entry, index);
      recovered = 'finished';
    } catch {
      // Nor would it have got any further.
      undoAll(root, lock, entries);
    }
  }
  for (const name of readdirSync(lock)) if (name !== 'pid') rmSync(join(lock, name), { recursive: true, force: true });
  return recovered;
}

function read(journal: string): readonly Entry[] {
  return JSON.parse(readFileSync(journal, 'utf8')) as readonly Entry[];
}

/** May be done twice. */
function apply(root: string, lock: string, { path, isWritten }: Entry, index: number): void {
  const file = join(root, path);
  if (!isWritten) {
    rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(file));
    return;
  }
  const made = join(lock, `new-${index}`);
  if (!existsSync(made)) return;
  mkdirSync(dirname(file), { recursive: true });
  renameSync(made, file);
}

/** From here on there is no way but back, for whoever comes after a kill too. */
function undoAll(root: string, lock: string, entries: readonly Entry[]): void {
  const undo = join(lock, 'undo.json');
  if (!existsSync(undo)) renameSync(join(lock, 'journal.json'), undo);
  for (const [index, entry] of entries.entries()) undoOne(root, lock, entry, index);
  rmSync(undo, { force: true });
}

/** May be done twice. */
function undoOne(root: string, lock: string, { path, isWritten, wasThere }: Entry, index: number): void {
  const file = join(root, path);
  const isApplied = isWritten ? !existsSync(join(lock, `new-${index}`)) : !existsSync(file);
  if (isApplied && wasThere) {
    const old = join(lock, `old-${index}`);
    const back = join(lock, `back-${index}`);
    mkdirSync(dirname(file), { recursive: true });
    writeSafely(back, readFileSync(old), statSync(old).mode);
    renameSync(back, file);
  } else if (!wasThere) {
    if (isApplied) rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(file));
  }
}

function writeSafely(file: string, content: string | Buffer, mode?: number): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (mode !== undefined) chmodSync(file, mode & 0o7777);
}
