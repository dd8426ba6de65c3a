import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What Git reads nothing of when it tells of commits. */
const unread: ReadonlySet<string> = new Set(['hooks', 'logs', 'modules', 'worktrees', 'lfs', 'cdk8s-fleet']);

/**
 * A file in a Git directory, or in the one that it shares with other work trees, which Git would read for ever: a named
 * pipe, a device, or a link to one. A socket is none, it cannot be opened; Git's own file system monitor has one there.
 *
 * @returns its path; `undefined` where there is none
 */
export function tryFindWaitingFile(gitDir: string): string | undefined {
  const common = join(gitDir, 'commondir');
  const shared = statSync(common, { throwIfNoEntry: false })?.isFile() ? resolve(gitDir, readFileSync(common, 'utf8').trim()) : undefined;
  return search(gitDir, unread) ?? (shared !== undefined && existsSync(shared) ? search(shared, unread) : undefined);
}

function search(folder: string, skipped: ReadonlySet<string> = new Set()): string | undefined {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() || (entry.isSymbolicLink() && leadsToWaiting(path))) return path;
    const below = entry.isDirectory() && !skipped.has(entry.name) ? search(path) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

/** What cannot be looked into, Git cannot read either. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function leadsToWaiting(link: string): boolean {
  try {
    const found = statSync(link);
    return found.isFIFO() || found.isCharacterDevice() || found.isBlockDevice();
  } catch {
    return false;
  }
}
