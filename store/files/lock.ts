import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FleetError } from '../../layers/problem';
import type { ProblemCode } from '../../layers/problem-codes';
import { entryAt } from './entry-at';
import { makeFolders } from './make-folders';
import { ownProcessId, stateOf } from './process-id';
import { type Writing, writeFailure } from './write-failure';

/** How long a lock may be without its owner's number: it is just being made, or taken down. */
const youngMs = 2000;

/** How long a process that cannot be asked (of another machine or container) is believed to be at work. */
const elsewhereMs = 10 * 60_000;

/** How long anything is waited for, whatever the disk says about times. */
const patienceMs = 5000;

/** A lock: a folder that says whose it is, and holds what its owner is about to write. */
export interface Lock {
  /** Absolute. */
  readonly path: string;
  /** What is told where another one has it. */
  readonly busy: { readonly code: ProblemCode; readonly message: string };
  /** What is told where the disk refuses. */
  readonly writing: Writing;
}

/** What an attempt to take a lock found. */
export type Taken = 'free' | 'stale';

/** Takes a lock. @returns whether somebody was killed who had it @throws FleetError where somebody has it, or the disk refuses */
export function takeLock(lock: Lock): Taken {
  const patience = new Patience();
  // Else nobody has it: the disk says of a folder that is there that it is not, as `/proc` does.
  let wasThere = false;
  for (;;) {
    if (tryMake(lock)) return 'free';
    const found = entryAt(lock.path);
    wasThere ||= found !== undefined;
    // Else it was released in between.
    if (found !== undefined) {
      if (!found.isDirectory()) throw writeFailure(lock.writing, 'EEXIST', lock.path);
      if (isHeld(lock.path)) throw busy(lock);
      if (takeOver(lock)) return 'stale';
    }
    if (patience.isOver) {
      throw wasThere && (found !== undefined || entryAt(dirname(lock.path))) ? busy(lock) : writeFailure(lock.writing, 'ENOENT', dirname(lock.path));
    }
    // At once where there is nothing to wait for; a disk that refuses is not asked a hundred thousand times.
    if (found === undefined) pause();
  }
}

/**
 * Made aside with the process in it, and moved into place: whoever finds a lock finds its owner.
 *
 * @returns whether nothing was there, or an empty folder
 */
function tryMake({ path, writing }: Lock): boolean {
  let aside: string | undefined;
  try {
    makeFolders(dirname(path));
    removeAbandoned(path);
    aside = mkdtempSync(`${path}-`);
    writeFileSync(join(aside, 'pid'), ownProcessId());
    renameSync(aside, path);
    return true;
  } catch (cause) {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
    // Somebody has it, or whoever released the last lock took the folder above away.
    if (isOneOf(cause, 'ENOTEMPTY', 'EEXIST', 'ENOENT') && (aside !== undefined || isOneOf(cause, 'ENOENT'))) return false;
    // A file, or a link.
    if (aside !== undefined && isOneOf(cause, 'ENOTDIR') && entryAt(path)) return false;
    throw writeFailure(writing, cause);
  }
}

/** Those of processes that died before they moved theirs into place. */
function removeAbandoned(lock: string): void {
  for (const name of readdirSync(dirname(lock))) {
    if (!name.startsWith(`${basename(lock)}-`) || !/^[A-Za-z0-9]{6}$/.test(name.slice(basename(lock).length + 1))) continue;
    const aside = join(dirname(lock), name);
    const owner = textOf(join(aside, 'pid'));
    if (owner !== undefined && owner !== '' && isAtWork(owner, join(aside, 'pid'))) continue;
    try {
      if (owner !== undefined) rmSync(join(aside, 'pid'), { force: true });
      // Its owner makes another one, where it is alive; what is not only a lock stays.
      rmdirSync(aside);
    } catch {
      // As above.
    }
  }
}

/**
 * Never fails for the disk: what the command did is done, and what is left here is a stale lock once this process has ended.
 *
 * @param isOurs whether what lies in it may go; the folder stays with what may not @default - all of it
 */
export function releaseLock(lock: string, isOurs: (name: string) => boolean = () => true): void {
  try {
    // Our number goes last: until then the lock is ours.
    for (const name of readdirSync(lock))
      if (!isNumber(name) ? isOurs(name) : name !== 'pid' && !isOwn(lock, name)) rmSync(join(lock, name), { recursive: true, force: true });
    for (const patience = new Patience(youngMs); !giveUp(lock) && !patience.isOver; ) pause();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  }
}

/** Gives a lock up and leaves what is in it, as whoever was killed left it. */
export function leaveLock(lock: string): void {
  for (const name of readdirSync(lock)) if (isOwn(lock, name)) rmSync(join(lock, name), { force: true });
  const former = join(lock, `pid-${process.pid}`);
  if (existsSync(former)) renameSync(former, join(lock, 'pid'));
}

/** @returns whether the lock is gone or another one's; else our number was moved meanwhile: {@link takeOver} looks at it */
function giveUp(lock: string): boolean {
  for (const name of readdirSync(lock)) if (isOwn(lock, name)) rmSync(join(lock, name), { force: true });
  try {
    rmdirSync(lock);
    return true;
  } catch (cause) {
    if (!isOneOf(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
    // Where there is no number at all, what is left is somebody's.
    if (!readdirSync(lock).some(isNumber)) return true;
    const owner = ownerOf(lock);
    return owner !== undefined && owner !== ownProcessId();
  }
}

/** Whether this process has a lock, the moment that another one looks at its number included. */
export function hasLock(lock: string): boolean {
  try {
    return readdirSync(lock).some((name) => isOwn(lock, name));
  } catch {
    return false;
  }
}

/** Whether a file in a lock is the number of this process, aside or not. */
function isOwn(lock: string, name: string): boolean {
  return isNumber(name) && textOf(join(lock, name)) === ownProcessId();
}

/** Whether somebody is at work who holds the lock. Waits a little for one that is just being made or taken down. */
export function isHeld(lock: string): boolean {
  const patience = new Patience();
  for (;;) {
    const owner = ownerOf(lock);
    if (owner !== undefined) return isAtWork(owner, join(lock, 'pid'));
    if (!isYounger(lock, youngMs) || patience.isOver) return false;
    pause();
  }
}

function isNumber(name: string): boolean {
  return /^pid(-|$)/.test(name);
}

function isAtWork(owner: string, file: string): boolean {
  const state = stateOf(owner);
  return state === 'elsewhere' ? isYounger(file, elsewhereMs) : state === 'running';
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

/** The end of waiting; by the machine's running time, which nobody sets. */
class Patience {
  readonly #end: number;

  constructor(ms = patienceMs) {
    this.#end = performance.now() + ms;
  }

  get isOver(): boolean {
    return performance.now() > this.#end;
  }
}

function ownerOf(lock: string): string | undefined {
  return textOf(join(lock, 'pid')) || undefined;
}

function textOf(file: string): string | undefined {
  try {
    return lstatSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** What was changed in the future was not changed just now: another clock said so, or somebody's hand. */
function isYounger(path: string, ms: number): boolean {
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const age = since === undefined ? Number.NaN : Date.now() - since;
  // Times of files are coarser than the clock.
  return age > -50 && age <= ms;
}

/** Of several that find a stale lock one gets it. @throws FleetError where the disk refuses, as it would every time */
function takeOver(lock: Lock): boolean {
  const [pid, aside] = [join(lock.path, 'pid'), join(lock.path, `pid-${process.pid}`)];
  try {
    const found = entryAt(pid);
    if (found?.isDirectory()) throw writeFailure(lock.writing, 'EISDIR', pid);
    if (found) {
      renameSync(pid, aside);
      // What is no file, a pipe say, is nobody's number.
      const owner = textOf(aside);
      // Another one was faster. Who is killed between making the file and writing it leaves it empty.
      if (owner === '' ? isYounger(aside, youngMs) : owner !== undefined && isAtWork(owner, aside)) {
        renameSync(aside, pid);
        return false;
      }
    } else if (isYounger(lock.path, youngMs)) {
      // Another one has the number aside, or is about to write its own.
      return false;
    }
    claim(lock.path);
    return true;
  } catch (cause) {
    if (isOneOf(cause, 'ENOENT', 'EEXIST')) return false;
    throw writeFailure(lock.writing, cause);
  }
}

/** @throws where another one was faster, or took the folder away */
function claim(lock: string): void {
  writeFileSync(join(lock, 'pid'), ownProcessId(), { flag: 'wx' });
}

function isOneOf(cause: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((cause as NodeJS.ErrnoException).code ?? '');
}

/** @throws nothing: what is told where another one has the lock */
export function busy({ path, busy: { code, message } }: Lock): FleetError {
  return new FleetError([{ code, message, place: [], hint: `wait until it is done, then run this again; if there is none, remove '${path}'` }]);
}
