import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { entryAt } from './entry-at';

/**
 * The folder for the lock and the journal of a configuration folder. It lies where Git cannot carry it, so that nobody gets
 * one with a fleet that he fetched: in the Git directory of the work tree that holds the configuration, or without one with
 * the state of the user's programs (XDG Base Directory Specification).
 *
 * @param root the configuration folder, absolute, links followed
 */
export function journalPlace(root: string): string {
  return placeInGit(root) ?? placeIn(stateFolder(), root);
}

/** What is kept for a folder in the Git directory of its work tree. @default - no work tree holds it */
export function placeInGit(root: string): string | undefined {
  const directory = gitDirectory(root);
  return directory === undefined ? undefined : placeIn(directory, root);
}

function placeIn(folder: string, root: string): string {
  return join(folder, 'cdk8s-fleet', createHash('sha256').update(root).digest('hex').slice(0, 16));
}

function stateFolder(): string {
  const { XDG_STATE_HOME: wanted = '' } = process.env;
  if (isAbsolute(wanted)) return wanted;
  const folder = join(homedir(), '.local', 'state');
  // A container's user may have no home.
  return mayBeMade(folder) ? folder : join(tmpdir(), `cdk8s-fleet-${process.getuid?.() ?? ''}`);
}

function mayBeMade(folder: string): boolean {
  const found = entryAt(folder);
  if (!found) return folder !== dirname(folder) && mayBeMade(dirname(folder));
  if (found.isFile() || found.isCharacterDevice()) return false;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Of the nearest folder that has one. @returns `undefined` where there is none, or one that is not plainly of this work tree */
function gitDirectory(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const place = join(folder, '.git');
    const found = entryAt(place);
    if (found?.isDirectory()) return isFile(join(place, 'HEAD')) ? place : undefined;
    if (found) return found.isFile() && found.size < 4096 ? workTreeDirectory(place) : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * What a file `.git` names, where that names the file in turn, as `git worktree add` writes both: an archive may hold such a
 * file that names any folder.
 */
function workTreeDirectory(file: string): string | undefined {
  try {
    const [, named] = /^gitdir: ([^\0\n]+)\n?$/.exec(readFileSync(file, 'utf8')) ?? [];
    if (named === undefined) return undefined;
    const folder = realpathSync(resolve(dirname(file), named));
    const back = readFileSync(join(folder, 'gitdir'), 'utf8').trim();
    return isFile(join(folder, 'HEAD')) && realpathSync(resolve(folder, back)) === realpathSync(file) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return entryAt(path)?.isFile() === true;
}
