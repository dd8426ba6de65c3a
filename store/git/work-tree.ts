import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { blobId } from './objects';

/** An entry of a commit's tree that is no folder. */
export interface TreeEntry {
  /** As Git writes it: `100644`, `100755` for a program, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
  readonly id: string;
}

/**
 * Whether a folder, or a file, holds exactly what a commit has there. Bytes are compared, for Git would run the filters
 * that a repository names; where only ends of lines differ, as a checkout writes them on some systems, it is the same.
 *
 * @param path    absolute
 * @param entries by their paths from there; a file of its own is `''`
 */
export function isAsCommitted(path: string, entries: ReadonlyMap<string, TreeEntry>): boolean {
  let count = 0;
  for (const file of filesIn(path, '')) {
    const entry = entries.get(file);
    if (!entry || !isSame(file === '' ? path : join(path, file), entry)) return false;
    count += 1;
  }
  return count === entries.size;
}

/** Everything that is no folder; a repository inside counts as one entry, as Git counts it. */
function* filesIn(top: string, inner: string): Generator<string> {
  const stat = lstatSync(join(top, inner), { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    yield inner;
    return;
  }
  const entries = readdirSync(join(top, inner), { withFileTypes: true });
  if (inner !== '' && entries.some(isGit)) {
    yield inner;
    return;
  }
  for (const entry of entries) {
    if (isGit(entry)) continue;
    const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(top, path);
    else yield path;
  }
}

function isGit({ name }: Dirent): boolean {
  return name === '.git';
}

function isSame(file: string, { mode, id }: TreeEntry): boolean {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) return mode === '120000' && blobId(Buffer.from(readlinkSync(file)), id) === id;
  if (!stat?.isFile() || !mode.startsWith('100')) return false;
  // Where files cannot be marked as programs, Git does not look either.
  if (process.platform !== 'win32' && (mode === '100755') !== ((stat.mode & 0o100) !== 0)) return false;
  const bytes = readFileSync(file);
  if (blobId(bytes, id) === id) return true;
  return bytes.includes('\r\n') && blobId(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), id) === id;
}
