import { chmodSync, closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';

/** Writes a file that a journal will rely on: it is on the disk, and not on its way there, when this returns. */
export function writeSafely(file: string, content: string | Buffer, mode?: number): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (mode !== undefined) chmodSync(file, mode & 0o7777);
}
