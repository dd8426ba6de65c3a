import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../layers/problem';
import { writeFailure } from './failure';
import { isRunning, ownProcess } from './process-id';

/** How long a lock may be without its owner's number: it is just being made, or taken down. */
const youngMs = 2000;

/** What an attempt to take a lock found. */
export type Taken = 'free' | 'stale';

/** Takes a lock, which is a folder. @returns whether somebody was killed who had it @throws FleetError where somebody has it */
export function takeLock(lock: string, folder: string): Taken {
  for (;;) {
    try {
      mkdirSync(lock);
      if (claim(lock)) return 'free';
    } catch (cause) {
      if (!isOneOf(cause, 'EEXIST')) throw writeFailure(folder, cause);
      const found = lstatSync(lock, { throwIfNoEntry: false });
      // Released in between.
      if (found === undefined) continue;
      if (!found.isDirectory()) throw writeFailure(folder, 'EEXIST', lock);
      if (isHeld(lock)) throw busy(folder);
      if (takeOver(lock, folder)) return 'stale';
    }
  }
}

/** Never fails for the disk: what the command did is done, and what is left here is a stale lock once this process has ended. */
export function releaseLock(lock: string): void {
  try {
    // Our number goes last: until then the lock is ours.
    for (const name of readdirSync(lock)) if (name !== 'pid' && !isOwn(lock, name)) rmSync(join(lock, name), { recursive: true, force: true });
    for (const end = Date.now() + youngMs; !giveUp(lock) && Date.now() < end; ) pause();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  }
}

/** @returns whether the lock is gone or another one's; else our number was moved meanwhile: {@link takeOver} looks at it */
function giveUp(lock: string): boolean {
  for (const name of readdirSync(lock)) if (isOwn(lock, name)) rmSync(join(lock, name), { force: true });
  try {
    rmdirSync(lock);
    return true;
  } catch (cause) {
    if (!isOneOf(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
    const owner = ownerOf(lock);
    return owner !== undefined && owner !== ownProcess();
  }
}

/** Whether a file in a lock is the number of this process, aside or not. */
function isOwn(lock: string, name: string): boolean {
  return /^pid(-|$)/.test(name) && textOf(join(lock, name)) === ownProcess();
}

/** Whether somebody is at work who holds the lock. Waits for one that is just being made or taken down. */
export function isHeld(lock: string): boolean {
  for (;;) {
    const owner = ownerOf(lock);
    if (owner !== undefined) return isRunning(owner);
    if (!isYoung(lock)) return false;
    pause();
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

function ownerOf(lock: string): string | undefined {
  return textOf(join(lock, 'pid')) || undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isYoung(path: string): boolean {
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return since !== undefined && Date.now() - since <= youngMs;
}

/** Of several that find a stale lock one gets it. @throws FleetError where the disk refuses, as it would every time */
function takeOver(lock: string, folder: string): boolean {
  const [pid, aside] = [join(lock, 'pid'), join(lock, `pid-${process.pid}`)];
  try {
    if (existsSync(pid)) {
      renameSync(pid, aside);
      const owner = readFileSync(aside, 'utf8');
      // Another one was faster. Who is killed between making the file and writing it leaves it empty.
      if (owner === '' ? isYoung(aside) : isRunning(owner)) {
        renameSync(aside, pid);
        return false;
      }
    } else if (isYoung(lock)) {
      // Another one has the number aside, or is about to write its own.
      return false;
    }
    return claim(lock);
  } catch (cause) {
    if (isOneOf(cause, 'ENOENT')) return false;
    throw writeFailure(folder, cause);
  }
}

function claim(lock: string): boolean {
  try {
    writeFileSync(join(lock, 'pid'), ownProcess(), { flag: 'wx' });
    return true;
  } catch (cause) {
    // Another one was faster, or took the folder away.
    if (isOneOf(cause, 'EEXIST', 'ENOENT')) return false;
    throw cause;
  }
}

function isOneOf(cause: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((cause as NodeJS.ErrnoException).code ?? '');
}

function busy(folder: string): FleetError {
  return new FleetError([{ code: 'config-busy', message: `another command is writing '${folder}'`, hint: 'wait until it is done, then run this again' }]);
}
