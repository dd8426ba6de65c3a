import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from './make-folders';

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

/** Writes a file, and the folders above it that are not there: whoever opens it finds what was there before, or all that is new. @throws what the system says */
export function writeWhole(file: string, text: string): void {
  makeFolders(dirname(file));
  const aside = join(dirname(file), `.fleet-document-${process.pid}`);
  rmSync(aside, { force: true });
  try {
    const handle = openSync(aside, 'wx');
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(aside, file);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw cause;
  }
}
