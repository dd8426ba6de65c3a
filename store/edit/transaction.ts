import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { FleetError } from '../../layers/problem';
import { removeEmptyFolders } from '../files/empty-folders';
import { entryAt } from '../files/entry-at';
import { hashAt, hashOf, type Journal, type JournalEntry, readJournal, refusedJournal, writeJournal } from '../files/journal';
import { journalPlace } from '../files/journal-place';
import { busy, isHeld, type Lock, leaveLock, releaseLock, takeLock } from '../files/lock';
import { makeFolders } from '../files/make-folders';
import { moveFile } from '../files/move-entries';
import { writeFailure, writingConfig } from '../files/write-failure';
import { writeSafely } from '../files/write-safely';
import type { Edits } from './edits';
import { removeStaleCopies } from './overlay';

/** What earlier versions kept their journal in, in the configuration itself: it may have come with the fleet, so it is never obeyed. */
export const formerFolder = '.fleet-transaction';

/** What became of a command that was killed. */
export type Recovered = 'nothing' | 'undone' | 'finished';

/**
 * Runs a command that may write configuration, alone: a second one is told to wait. What an earlier one that was killed
 * left behind is finished or undone before.
 *
 * @throws FleetError where another command is at work, the folder cannot be written, or what was left is not ours
 */
export function exclusively<T>(folder: string, run: (recovered: Recovered) => T): T {
  const place = placeOf(folder);
  // Whoever reads the folder says that it is not there.
  if (place === undefined) return run('nothing');
  const { root, lock } = place;
  if (!isHeld(lock.path)) readJournal(lock.path, root, folder);
  const taken = takeLock(lock);
  let recovered: Recovered = 'nothing';
  try {
    if (taken === 'stale') recovered = cleanUp(folder, root, lock.path);
  } catch (cause) {
    leaveLock(lock.path);
    throw cause;
  }
  try {
    tidy(root);
    return run(recovered);
  } finally {
    releaseLock(lock.path);
    removeShelf(lock.path);
  }
}

/** What else killed commands left. It is in nobody's way, so it may stay where the disk refuses. */
function tidy(root: string): void {
  try {
    removeStaleCopies(root);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  }
}

/** The folder of all locks of a repository goes with the last one. */
function removeShelf(lock: string): void {
  try {
    rmdirSync(dirname(lock));
  } catch {
    // Another configuration has one.
  }
}

/**
 * For a command that only reads: it writes nothing, and says so where the configuration is half edited, for what it would
 * tell were wrong.
 *
 * @throws FleetError which names the command that brings the edit to an end
 */
export function expectSettled(folder: string): void {
  const place = placeOf(folder);
  if (place === undefined || !entryAt(place.lock.path)) return;
  const { root, lock } = place;
  const isAtWork = isHeld(lock.path);
  const journal = readJournal(lock.path, root, folder);
  if (journal === undefined) return;
  if (isAtWork) throw busy(lock);
  throw new FleetError([
    {
      code: 'config-journal',
      message: `a command was killed while it wrote '${folder}', which is half edited now`,
      place: [],
      found: lock.path,
      hint: 'this command only reads; `npx fleet synth` brings the edit to an end first',
    },
  ]);
}

/**
 * Writes every edit or none: new texts are written aside first, a journal says that they are complete, and then each file is
 * moved into place. Must be called within {@link exclusively}.
 *
 * @param then what belongs to it: where it throws, the edits are undone
 * @throws FleetError where the disk refuses; everything is as it was then
 */
export function commit<T>(folder: string, edits: Edits, then: () => T): T {
  const root = realpathSync(folder);
  const lock = journalPlace(root);
  const entries: JournalEntry[] = [];
  try {
    for (const [index, { path, text }] of edits.files.entries()) {
      const found = statSync(path, { throwIfNoEntry: false });
      const old = found && readFileSync(path);
      if (text !== null) writeSafely(join(lock, `new-${index}`), text, found?.mode);
      if (found && old) writeSafely(join(lock, `old-${index}`), old, found.mode);
      entries.push({ path: relative(root, path), before: old ? hashOf(old) : null, after: text === null ? null : hashOf(text) });
    }
    writeJournal(lock, root, entries);
  } catch (cause) {
    throw writeFailure(writingConfig(folder), cause);
  }
  try {
    for (const [index, entry] of entries.entries()) apply(root, lock, entry, index);
  } catch (cause) {
    undoAll(root, lock, entries);
    throw writeFailure(writingConfig(folder), cause);
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

/** @returns `undefined` where the folder is not there @throws FleetError where a journal lies in the folder itself */
function placeOf(folder: string): { readonly root: string; readonly lock: Lock } | undefined {
  if (folder === '' || folder.includes('\0') || !existsSync(folder)) return undefined;
  const root = realpathSync(folder);
  const former = join(root, formerFolder);
  if (entryAt(former)) {
    throw new FleetError([
      {
        code: 'config-journal',
        message: `'${join(folder, formerFolder)}' is not obeyed: it may have come with the fleet`,
        place: [],
        found: former,
        hint: 'nothing was touched; where an earlier version was killed while it wrote, see with `git diff` what the configuration says and put it in order; then remove that folder',
      },
    ]);
  }
  const path = journalPlace(root);
  return { root, lock: { path, busy: { code: 'config-busy', message: `another command is writing '${folder}'` }, writing: writingConfig(folder) } };
}

/** What a killed command left: where its journal is complete, the rest of it is done; else nothing of it ever was. */
function cleanUp(folder: string, root: string, lock: string): Recovered {
  const journal = readJournal(lock, root, folder);
  let recovered: Recovered = readdirSync(lock).some((name) => /^(new|old)-\d+$/.test(name)) ? 'undone' : 'nothing';
  if (journal) {
    expectUntouched(folder, root, lock, journal);
    recovered = journal.direction === 'undo.json' || !tryFinish(root, lock, journal) ? 'undone' : 'finished';
    if (recovered === 'undone') undoAll(root, lock, journal.entries);
  }
  for (const name of readdirSync(lock)) if (name !== 'pid') rmSync(join(lock, name), { recursive: true, force: true });
  return recovered;
}

/** @throws FleetError where somebody has changed since what the journal is about, or the texts beside it are others */
function expectUntouched(folder: string, root: string, lock: string, { entries }: Journal): void {
  for (const [index, { path, before, after }] of entries.entries()) {
    const now = hashAt(join(root, path));
    if (now !== before && now !== after) throw refusedJournal(folder, lock, `'${path}' was changed since`);
    const texts = [...(now === before ? [] : [[`old-${index}`, before] as const]), ...(now === after ? [] : [[`new-${index}`, after] as const])];
    for (const [name, hash] of texts) if (hash !== null && hashAt(join(lock, name)) !== hash) throw refusedJournal(folder, lock, `'${name}' in it was changed`);
  }
}

/** @returns whether all of it could be done: nor would the killed command have got any further */
function tryFinish(root: string, lock: string, { entries }: Journal): boolean {
  try {
    for (const [index, entry] of entries.entries()) apply(root, lock, entry, index);
    return true;
  } catch {
    return false;
  }
}

/** May be done twice. */
function apply(root: string, lock: string, { path, after }: JournalEntry, index: number): void {
  const file = join(root, path);
  if (after === null) {
    rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(file));
  } else if (hashAt(file) !== after) {
    makeFolders(dirname(file));
    moveFile(join(lock, `new-${index}`), file);
  }
}

/** From here on there is no way but back, for whoever comes after a kill too. */
function undoAll(root: string, lock: string, entries: readonly JournalEntry[]): void {
  const undo = join(lock, 'undo.json');
  if (!existsSync(undo)) renameSync(join(lock, 'journal.json'), undo);
  for (const [index, entry] of entries.entries()) undoOne(root, lock, entry, index);
  rmSync(undo, { force: true });
}

/** May be done twice. A file that is neither old nor new is somebody's who has changed it meanwhile. */
function undoOne(root: string, lock: string, { path, before, after }: JournalEntry, index: number): void {
  const file = join(root, path);
  const isApplied = hashAt(file) === after;
  if (isApplied && before !== null) {
    const [old, back] = [join(lock, `old-${index}`), join(lock, `back-${index}`)];
    makeFolders(dirname(file));
    writeSafely(back, readFileSync(old), statSync(old).mode);
    moveFile(back, file);
  } else if (before === null) {
    if (isApplied) rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(file));
  }
}
