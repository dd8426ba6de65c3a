import { copyFileSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolders } from './make-folders';

/** How a file is called that is being copied into place: hidden, beside the one that it will replace. */
const ending = '.fleet-new';

/** Whether a name is of a file that a killed command was copying: it was never in place. */
export function isHalfMoved(name: string): boolean {
  return name.startsWith('.') && name.endsWith(ending);
}

/**
 * Puts a file in the place of another: whoever looks finds the old one or the new one. Where it lies on another file
 * system (a mounted folder) it is copied beside the old one first, for a rename goes no further than a file system.
 */
export function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (cause) {
    if (!isOf(cause, 'EXDEV')) throw cause;
    copyThenRename(from, to);
  }
}

function copyThenRename(from: string, to: string): void {
  const aside = join(dirname(to), `.${basename(to)}${ending}`);
  try {
    copyFileSync(from, aside);
    renameSync(aside, to);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw cause;
  }
  rmSync(from, { force: true });
}

/**
 * Puts a folder where nothing is, or where an empty folder is: in one step where the disk can, else entry by entry, as where
 * something is mounted there.
 *
 * @param first the name of the entry that goes before all others, where it goes entry by entry
 */
export function moveFolder(from: string, to: string, first?: string): void {
  const found = lstatSync(to, { throwIfNoEntry: false });
  try {
    if (found) rmdirSync(to);
    renameSync(from, to);
  } catch (cause) {
    if (!isOf(cause, 'EXDEV', 'EBUSY', 'EPERM', 'EACCES', 'EROFS')) throw cause;
    moveEntries(from, to, first);
  }
}

/** Entry by entry, into a folder that stays the same one. */
export function moveEntries(from: string, to: string, first?: string): void {
  makeFolders(to);
  const entries = readdirSync(from, { withFileTypes: true });
  for (const entry of [...entries.filter(({ name }) => name === first), ...entries.filter(({ name }) => name !== first)]) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) moveFolder(source, target);
    else moveFile(source, target);
  }
  rmdirSync(from);
}

function isOf(cause: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((cause as NodeJS.ErrnoException).code ?? '');
}
