import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw writeFailure(folder, cause);
      if (!statSync(lock, { throwIfNoEntry: false })?.isDirectory()) throw writeFailure(folder, 'EEXIST', lock);
      if (isHeld(lock)) throw busy(folder);
      if (!takeOver(lock)) continue;
      return 'stale';
    }
    claim(lock);
    return 'free';
  }
}

export function releaseLock(lock: string): void {
  rmSync(lock, { recursive: true, force: true });
}

/** Whether somebody is at work who holds the lock. Waits for one that is just being made or taken down. */
export function isHeld(lock: string): boolean {
  for (;;) {
    const owner = ownerOf(lock);
    if (owner !== undefined) return isRunning(owner);
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since === undefined || Date.now() - since > youngMs) return false;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function ownerOf(lock: string): string | undefined {
  try {
    const text = readFileSync(join(lock, 'pid'), 'utf8');
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Of several that find a stale lock one gets it. */
function takeOver(lock: string): boolean {
  const owner = ownerOf(lock);
  try {
    if (owner !== undefined) {
      const aside = join(lock, `pid-${process.pid}`);
      renameSync(join(lock, 'pid'), aside);
      if (readFileSync(aside, 'utf8') !== owner) {
        renameSync(aside, join(lock, 'pid'));
        return false;
      }
    }
    return claim(lock);
  } catch {
    return false;
  }
}

function claim(lock: string): boolean {
  try {
    writeFileSync(join(lock, 'pid'), ownProcess(), { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function busy(folder: string): FleetError {
  return new FleetError([{ code: 'config-busy', message: `another command is writing '${folder}'`, hint: 'wait until it is done, then run this again' }]);
}
