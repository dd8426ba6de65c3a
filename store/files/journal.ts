import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { FleetError } from '../../layers/problem';
import { entryAt } from './entry-at';
import { ownOwner } from './machine';
import { writeSafely } from './write-safely';

/** What a journal says of one file. Texts are told by their hashes, so that a file that is neither is never touched. */
export interface JournalEntry {
  /** From the top of the configuration. */
  readonly path: string;
  /** What it held; `null` where it was not there. That text lies in `old-{index}`. */
  readonly before: string | null;
  /** What it shall hold; `null` where it goes. That text lies in `new-{index}` until it is in place. */
  readonly after: string | null;
}

/** Where a killed command had got to: on its way, or on its way back. */
export type Direction = 'journal.json' | 'undo.json';

/** A journal as it is read: one of this machine and user, about this configuration. */
export interface Journal {
  readonly direction: Direction;
  readonly entries: readonly JournalEntry[];
}

interface Written {
  readonly version: 1;
  readonly machine: string;
  readonly user: string;
  readonly root: string;
  readonly entries: readonly JournalEntry[];
}

/** @param place the folder of the lock @param root the configuration folder, links followed */
export function writeJournal(place: string, root: string, entries: readonly JournalEntry[]): void {
  const journal: Written = { version: 1, ...ownOwner(), root, entries };
  writeSafely(join(place, 'journal.tmp'), JSON.stringify(journal));
  renameSync(join(place, 'journal.tmp'), join(place, 'journal.json'));
}

/**
 * @returns `undefined` where there is none
 * @throws FleetError where what is there was not begun here by this user, or is no journal: it is not obeyed, and nothing is touched
 */
export function readJournal(place: string, root: string, folder: string): Journal | undefined {
  const direction = (['undo.json', 'journal.json'] as const).find((name) => entryAt(join(place, name)));
  if (direction === undefined) return undefined;
  const refuse = (why: string) => refusedJournal(folder, place, why);
  const uid = process.getuid?.();
  const isOwn = [place, join(place, direction)].every((path) => uid === undefined || entryAt(path)?.uid === uid);
  const written = shaped(parsed(join(place, direction)));
  if (written === undefined) throw refuse('it cannot be read');
  const { machine, user } = ownOwner();
  if (!isOwn || written.machine !== machine || written.user !== user) throw refuse('another user or another machine began it');
  if (written.root !== root) throw refuse(`it is about '${written.root}'`);
  const outside = written.entries.find(({ path }) => !isInside(root, path));
  if (outside) throw refuse(`'${outside.path}' leads out of the configuration`);
  return { direction, entries: written.entries };
}

/** The hash of a file's text; `null` where nothing is; `''` of what is no file: equal to no text's. */
export function hashAt(file: string): string | null {
  const found = entryAt(file);
  if (found === undefined) return null;
  return found.isFile() ? hashOf(readFileSync(file)) : '';
}

export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What is told of an edit that is half done, and that this command must not or cannot bring to an end. */
export function refusedJournal(folder: string, place: string, why: string): FleetError {
  return new FleetError([
    {
      code: 'config-journal',
      message: `an edit of '${folder}' was not brought to an end, and is not obeyed: ${why}`,
      place: [],
      found: place,
      hint: 'nothing was touched; see with `git diff` what the configuration says, put it in order, and remove that folder',
    },
  ]);
}

function parsed(file: string): unknown {
  try {
    return entryAt(file)?.isFile() ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function shaped(found: unknown): Written | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const { version, machine, user, root, entries } = found as Partial<Written>;
  const isWhole = version === 1 && [machine, user, root].every((text) => typeof text === 'string') && Array.isArray(entries) && entries.every(isEntry);
  return isWhole ? (found as Written) : undefined;
}

function isEntry(found: unknown): found is JournalEntry {
  if (typeof found !== 'object' || found === null) return false;
  const { path, before, after } = found as Partial<JournalEntry>;
  return typeof path === 'string' && path !== '' && [before, after].every(isHash) && before !== after;
}

function isHash(found: unknown): boolean {
  return found === null || (typeof found === 'string' && /^[0-9a-f]{64}$/.test(found));
}

/** Whether a path stays in a folder, as it is written and as its links lead. */
function isInside(root: string, path: string): boolean {
  if (isAbsolute(path) || path.includes('\0') || path.split(/[\\/]/).some((part) => part === '' || part === '.' || part === '..')) return false;
  const real = followed(join(root, path));
  const below = real === undefined ? '..' : relative(root, real);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** @returns `undefined` where links lead nowhere, or round in a circle */
function followed(path: string): string | undefined {
  const found = entryAt(path);
  try {
    if (found) return realpathSync(path);
  } catch {
    return undefined;
  }
  const above = followed(dirname(path));
  return above === undefined ? undefined : join(above, basename(path));
}
