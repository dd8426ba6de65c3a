import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownProcessId, stateOf } from './process-id';

/** What temporary folders of this tool are called, of commands that were killed before they could remove them, too. */
const ours = /^fleet-(helm|charts|chart|types)-[A-Za-z0-9]{6}$/;

/** How long one stays of which nobody can tell whether it is used, in milliseconds. */
const unknownFor = 24 * 60 * 60 * 1000;

/**
 * A folder for temporary files that is removed afterwards, and by the next command where this one is killed.
 *
 * @param use is told an empty folder, and the one around it, which is what is removed
 */
export function inTemporaryFolder<T>(name: 'helm' | 'charts' | 'chart' | 'types', use: (folder: string, around: string) => T): T {
  removeLeftovers();
  const around = mkdtempSync(join(tmpdir(), `fleet-${name}-`));
  try {
    writeFileSync(join(around, 'owner'), ownProcessId());
    const folder = join(around, 'files');
    mkdirSync(folder);
    return use(folder, around);
  } finally {
    rmSync(around, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where many write, nothing of another user's is looked into, no link is followed, and what cannot be removed stays. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    try {
      if (ours.test(name) && isLeft(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else removes it, too.
    }
  }
}

function isLeft(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) return false;
  const owner = tryText(join(folder, 'owner'));
  // Another one may be writing it at this moment.
  const state = owner === undefined || owner === '' ? 'elsewhere' : stateOf(owner);
  return state === 'ended' || (state === 'elsewhere' && Date.now() - found.mtimeMs > unknownFor);
}

function tryText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
