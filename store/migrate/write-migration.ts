import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { FleetError } from '../../layers/problem';
import { makeFolders } from '../files/make-folders';
import { moveEntries, moveFolder } from '../files/move-entries';
import { Staging } from '../files/staging';
import { type Writing, writeFailure } from '../files/write-failure';
import { format } from './installed-tools';
import type { SourceFile } from './source-files';

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
    throw writeFailure(writing(folder), cause);
  }
}

/** Writes the files where nobody looks, and moves them into the folder when all are written. @throws FleetError */
export function writeMigration(folder: string, files: readonly SourceFile[]): void {
  expectFree(folder);
  const path = resolve(folder);
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  let made: string | undefined;
  try {
    made = makeFolders(dirname(path));
    const staging = new Staging(path, { code: 'output-busy', message: `another command is writing '${folder}'` }, writing(folder));
    try {
      const tree = join(staging.path, 'tree');
      write(tree, files);
      format(tree);
      // A folder that is there already stays the same one: somebody may be in it, or something be mounted there.
      if (isThere) moveInto(tree, path);
      else moveFolder(tree, path);
    } finally {
      staging.remove();
    }
  } catch (cause) {
    if (made !== undefined) removeEmpty(dirname(path), made);
    throw writeFailure(writing(folder), cause);
  }
}

function write(tree: string, files: readonly SourceFile[]): void {
  mkdirSync(tree);
  for (const file of files) {
    const target = join(tree, file.path);
    makeFolders(dirname(target));
    writeFileSync(target, file.text);
  }
}

/** All or nothing: the folder was empty. */
function moveInto(tree: string, folder: string): void {
  const names = readdirSync(tree);
  try {
    moveEntries(tree, folder);
  } catch (cause) {
    for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
    throw cause;
  }
}

/** Removes a folder that was made, and those above it that were made for it. */
function removeEmpty(folder: string, topmost: string): void {
  rmdirSync(folder);
  if (folder !== topmost) removeEmpty(dirname(folder), topmost);
}

function writing(folder: string): Writing {
  return { code: 'migrate-target', folder, hint: 'nothing was written' };
}
