import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { removeEmptyFolders } from '../files/empty-folders';
import { entryAt } from '../files/entry-at';
import { makeFolders } from '../files/make-folders';
import { ownProcessId, stateOf } from '../files/process-id';
import { isSpecial } from '../files/read-file';
import { writeFailure, writingConfig } from '../files/write-failure';
import type { Edits } from './edits';

/** Says in a copy whose it is. Readers of configuration pass over names that begin so. */
const ownerFile = '.fleet-owner';

/** How long a copy of a process that cannot be asked is left alone. */
const staleMs = 60 * 60_000;

/**
 * A copy of a configuration folder with edits in it, beside the folder itself, so that what its files import by a relative
 * path is found. Nothing of the user's is touched, and the copy is gone afterwards.
 *
 * @throws FleetError where the copy cannot be written
 */
export function withOverlay<T>(folder: string, edits: Edits, use: (copy: string) => T): T {
  const root = realpathSync(folder);
  let copy: string | undefined;
  try {
    try {
      removeStaleCopies(root);
      copy = mkdtempSync(join(dirname(root), prefixOf(root)));
      writeFileSync(join(copy, ownerFile), ownProcessId());
      cpSync(root, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => path !== join(root, '.git') && !isSpecial(path) });
      for (const { file, text } of edits.files) write(copy, relative(resolve(folder), file), text);
    } catch (cause) {
      throw writeFailure(writingConfig(dirname(folder)), cause);
    }
    return use(copy);
  } finally {
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
  }
}

function prefixOf(root: string): string {
  return `.${basename(root)}.fleet-proof-`;
}

/** Removes copies of commands that were killed. @param root the configuration that they are copies of, links followed */
export function removeStaleCopies(root: string): void {
  const [folder, prefix] = [dirname(root), prefixOf(root)] as const;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && isStale(join(folder, name), name.slice(prefix.length))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** @param rest of its name: earlier versions wrote the number of the process there */
function isStale(copy: string, rest: string): boolean {
  const owner = entryAt(join(copy, ownerFile))?.isFile() ? readFileSync(join(copy, ownerFile), 'utf8') : /^\d+$/.test(rest) ? rest : undefined;
  if (owner === undefined) return false;
  const state = stateOf(owner);
  return state === 'ended' || (state === 'elsewhere' && Date.now() - (entryAt(copy)?.mtimeMs ?? 0) > staleMs);
}

/** Links in a copy lead to the user's own files: what is written replaces them. */
function write(copy: string, path: string, text: string | Buffer | null): void {
  const names = path.split(sep);
  for (const [depth] of names.entries()) {
    const here = join(copy, ...names.slice(0, depth + 1));
    if (!entryAt(here)?.isSymbolicLink()) continue;
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
  makeFolders(dirname(inside));
  writeFileSync(inside, text);
}
