import { cpSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isSpecial } from '../read-file';
import type { Edits } from './edits';
import { removeEmptyFolders } from './empty-folders';
import { writeFailure } from './failure';
import { isRunning } from './process-id';
import { transactionFolder } from './transaction';

/**
 * A copy of a configuration folder with edits in it, beside the folder itself, so that what its files import by a relative
 * path is found. Nothing of the user's is touched.
 *
 * @throws FleetError where the copy cannot be written
 */
export function withOverlay<T>(folder: string, edits: Edits, use: (copy: string) => T): T {
  const root = realpathSync(folder);
  const prefix = `.${basename(root)}.fleet-proof-`;
  const copy = join(dirname(root), `${prefix}${process.pid}`);
  try {
    try {
      removeStale(dirname(root), prefix);
      rmSync(copy, { recursive: true, force: true });
      cpSync(root, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => basename(path) !== transactionFolder && !isSpecial(path) });
      for (const { file, text } of edits.files) write(copy, relative(resolve(folder), file), text);
    } catch (cause) {
      throw writeFailure(dirname(folder), cause);
    }
    return use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Copies of commands that were killed. */
function removeStale(folder: string, prefix: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (/^\d+$/.test(pid) && !isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Links in a copy lead to the user's own files: what is written replaces them. */
function write(copy: string, path: string, text: string | null): void {
  const names = path.split(sep);
  for (const [depth] of names.entries()) {
    const here = join(copy, ...names.slice(0, depth + 1));
    if (!lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    const target = realpathSync(here);
    rmSync(here);
    cpSync(target, here, { recursive: true, dereference: true });
  }
  const inside = join(copy, path);
  if (text === null) {
    rmSync(inside, { force: true });
    removeEmptyFolders(copy, dirname(inside));
    return;
  }
  mkdirSync(dirname(inside), { recursive: true });
  writeFileSync(inside, text);
}
