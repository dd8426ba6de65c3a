import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { FleetError } from '../../layers/problem';
import type { SourceFile } from './source-files';
import { format } from './tools';

/**
 * @param folder to be written
 * @param from   the fleet that is migrated
 * @throws FleetError where something is in the way: a migration never overwrites
 */
export function expectFree(folder: string, from?: string): void {
  const expected = 'a folder that is empty or not there yet';
  const path = resolve(folder);
  if (!isFree(path, folder)) {
    throw new FleetError([{ code: 'migrate-target', message: `'${folder}' is there already, and nothing is overwritten`, expected }]);
  }
  if (from !== undefined && !relative(resolve(from), path).startsWith('..')) {
    const message = `'${folder}' is in the folder that is migrated: whoever reads the YAML would find it there`;
    throw new FleetError([{ code: 'migrate-target', message, expected: 'a folder outside of it' }]);
  }
}

function isFree(path: string, folder: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || (found.isDirectory() && readdirSync(path).length === 0);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** Writes the files where nobody looks, and moves them into the folder when all are written. @throws FleetError */
export function writeMigration(folder: string, files: readonly SourceFile[]): void {
  expectFree(folder);
  const path = resolve(folder);
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const staging = isThere ? join(path, `fleet-staging-${process.pid}`) : `${path}.fleet-staging-${process.pid}`;
  const undo: (() => void)[] = [];
  try {
    const made = mkdirSync(dirname(staging), { recursive: true });
    if (made !== undefined) undo.push(() => removeEmpty(dirname(staging), made));
    undo.push(() => rmSync(staging, { recursive: true, force: true }));
    for (const file of files) {
      const target = join(staging, file.path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, file.text);
    }
    format(staging);
    if (isThere) moveInto(path, staging, undo);
    else renameSync(staging, path);
  } catch (cause) {
    for (const step of undo.reverse()) step();
    throw unwritable(folder, cause);
  }
}

/** A folder that is there already stays the same one: somebody may be in it, or something be mounted there. */
function moveInto(folder: string, staging: string, undo: (() => void)[]): void {
  for (const name of readdirSync(staging)) {
    renameSync(join(staging, name), join(folder, name));
    undo.push(() => rmSync(join(folder, name), { recursive: true, force: true }));
  }
  rmdirSync(staging);
}

/** Removes a folder that was made, and those above it that were made for it. */
function removeEmpty(folder: string, topmost: string): void {
  rmdirSync(folder);
  if (folder !== topmost && basename(folder) !== '') removeEmpty(dirname(folder), topmost);
}

function unwritable(folder: string, cause: unknown): FleetError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new FleetError([{ code: 'migrate-target', message: `'${folder}' cannot be written: ${code ?? message}`, hint: 'nothing was written' }]);
}
