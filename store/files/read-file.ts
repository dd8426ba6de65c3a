import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { FleetError } from '../../layers/problem';
import { shown } from './paths';

/** How long a configuration file may be, in bytes: far more than anybody writes, and no trap for the memory. */
export const maxFileSize = 10 * 1024 * 1024;

/**
 * The bytes of a configuration file. Everything that reads configuration reads it here: what waits for a writer for ever or
 * has no end is never opened, and what became such a thing in the meantime is not read.
 *
 * @throws FleetError `config-unreadable` where it is no regular file, too long, or the disk refuses
 */
export function readBytes(path: string): Buffer {
  return guarded(path, () => {
    expectRegular(path, statSync(path));
    // Without blocking: a pipe would wait for somebody to write into it.
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
    try {
      const stat = fstatSync(handle);
      expectRegular(path, stat);
      if (stat.size > maxFileSize) throw tooLong(path, stat.size);
      return readAll(path, handle, stat.size);
    } finally {
      closeSync(handle);
    }
  });
}

/** The text of a configuration file, in UTF-8. @throws FleetError as {@link readBytes} */
export function readText(path: string): string {
  return readBytes(path).toString('utf8');
}

/**
 * A path that somebody else is about to read, who would wait for ever where there is a pipe.
 *
 * @returns the path itself, whether anything is there or not
 * @throws FleetError where it is neither file nor folder
 */
export function expectNoSpecial(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  const special = stat && specialKind(stat);
  if (special !== undefined) throw notRegular(path, special);
  return path;
}

/** What is neither file nor folder, in words; `undefined` for what is. */
export function specialKind(stat: Pick<Stats, 'isFIFO' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice'>): string | undefined {
  if (stat.isFIFO()) return 'a named pipe';
  if (stat.isSocket()) return 'a socket';
  return stat.isCharacterDevice() || stat.isBlockDevice() ? 'a device' : undefined;
}

/** Whether something is neither file, folder nor link, so that a copy of it would never end. */
export function isSpecial(path: string): boolean {
  return specialKind(lstatSync(path)) !== undefined;
}

/** It is not read because of what it is. */
export function notRegular(path: string, found: string): FleetError {
  return refused(path, `${found} is no configuration`, { expected: 'a file', found, hint: 'remove it: it is not opened' });
}

/** The disk refuses to show it. @throws whatever the disk cannot be blamed for */
export function unreadable(path: string, cause: unknown, noun: 'file' | 'folder' = 'file'): FleetError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) throw cause;
  return refused(path, `the ${noun} cannot be read: ${reasons[code] === undefined ? code : `${reasons[code]} (${code})`}`, {});
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is not there',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof FleetError ? cause : unreadable(path, cause);
  }
}

function expectRegular(path: string, stat: Stats): void {
  if (!stat.isFile()) throw notRegular(path, specialKind(stat) ?? 'a folder');
}

/** A file that grows while it is read, as files of `/proc` do, is read no further than the limit. */
function readAll(path: string, handle: number, size: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(size - length, maxFileSize) + 1));
    const read = readSync(handle, chunk, 0, chunk.length, null);
    if (read === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > maxFileSize) throw tooLong(path, length);
  }
}

function tooLong(path: string, size: number): FleetError {
  return refused(path, 'the file is too long for configuration', {
    expected: `at most ${maxFileSize / 1024 / 1024} MB`,
    found: `${(size / 1024 / 1024).toFixed(1)} MB or more`,
    hint: 'make several files of it',
  });
}

function refused(path: string, message: string, rest: { readonly expected?: string; readonly found?: string; readonly hint?: string }): FleetError {
  return new FleetError([{ code: 'config-unreadable', message, file: shown(path), place: [], ...rest }]);
}
