import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProblemCode } from '../../layers/problem-codes';
import { busy, hasLock, type Lock, releaseLock, takeLock } from './lock';
import type { Writing } from './write-failure';

/** What the lock of an output folder that nothing can be written beside is called in it. */
export const innerStaging = '.fleet-staging';

/** What a killed run left in its lock, of this version and of those before. */
const leftover = /^(run-.+|tree|\d+)$/;

/**
 * A folder for what one run is about to put into place, in the lock that keeps other runs away. It is the run's own: whoever
 * takes the lock over later makes another one, so that nobody ever puts another one's files into place.
 */
export class Staging {
  /** Where to write what is put into place later. Absolute. */
  readonly path: string;
  /** Whether the lock lies in the folder itself. */
  readonly isInside: boolean;
  readonly #lock: Lock;

  /**
   * @param root what will be written, absolute, links followed; it need not be there
   * @throws FleetError where another run writes it, or the disk refuses
   */
  constructor(root: string, busyMessage: { readonly code: ProblemCode; readonly message: string }, writing: Writing) {
    this.isInside = existsSync(root) && !isWritable(dirname(root));
    const path = this.isInside ? join(root, innerStaging) : join(dirname(root), `.${basename(root)}.fleet-staging`);
    this.#lock = { path, busy: busyMessage, writing };
    if (takeLock(this.#lock) === 'stale') removeLeftovers(path);
    this.path = mkdtempSync(join(path, 'run-'));
  }

  /** Before anything is put into place. @throws FleetError where another run took this one for dead, and the lock over */
  expectOwn(): void {
    if (!hasLock(this.#lock.path) || !existsSync(this.path)) throw busy(this.#lock);
  }

  remove(): void {
    if (hasLock(this.#lock.path)) releaseLock(this.#lock.path, (name) => leftover.test(name));
    else rmSync(this.path, { recursive: true, force: true });
  }
}

/** What was never put into place is worth nothing. What is not of a run stays, and so does the folder then. */
function removeLeftovers(lock: string): void {
  for (const name of readdirSync(lock)) if (leftover.test(name)) rmSync(join(lock, name), { recursive: true, force: true });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
