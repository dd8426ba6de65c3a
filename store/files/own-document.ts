import { accessSync, closeSync, constants, fsyncSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from './make-folders';
import { ownProcessId, stateOf } from './process-id';

/** Whether a file begins with a text, by which its writer knows it again. @throws what the system says */
export function beginsWith(file: string, text: string): boolean {
  const wanted = Buffer.from(text);
  const found = Buffer.alloc(wanted.length);
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, found, 0, found.length, 0) === wanted.length && found.equals(wanted);
  } finally {
    closeSync(handle);
  }
}

/** Looks whether a file can be made, as far as that can be told before: whether the nearest folder above it that is there takes files. @throws what the system says */
export function expectRoom(file: string): void {
  let folder = dirname(file);
  while (statSync(folder, { throwIfNoEntry: false }) === undefined) folder = dirname(folder);
  // What is no folder says so.
  readdirSync(folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/** What a file is called until it is whole: whoever finds it later knows who wrote it. */
const aside = '.fleet-document-';

/**
 * Writes a file, and the folders above it that are not there: whoever opens it finds what was there before, or all that is new. What
 * others left that were killed meanwhile goes.
 *
 * @returns the topmost folder that was made. @default - all were there
 * @throws what the system says
 */
export function writeWhole(file: string, text: string): string | undefined {
  const folder = dirname(file);
  const made = makeFolders(folder);
  removeLeft(folder);
  const own = join(folder, `${aside}${encodeURIComponent(ownProcessId())}`);
  try {
    const handle = openSync(own, 'wx');
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(own, file);
  } catch (cause) {
    rmSync(own, { force: true });
    throw cause;
  }
  return made;
}

function removeLeft(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.startsWith(aside)) continue;
    if (isEnded(entry.name.slice(aside.length))) rmSync(join(folder, entry.name), { force: true });
  }
}

function isEnded(written: string): boolean {
  try {
    const id = decodeURIComponent(written);
    return id === ownProcessId() || stateOf(id) === 'ended';
  } catch {
    return false;
  }
}
