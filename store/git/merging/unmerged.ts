import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from '../repository';

/** What Git leaves in its directory while it merges, picks or moves commits. */
const signs = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD', 'rebase-merge', 'rebase-apply'];

/** Whether a merge stands still in the repository that holds a folder: nothing but the file system is asked. */
export function isMerging(folder: string): boolean {
  const gitDir = Repository.tryFind(folder)?.gitDir;
  return gitDir !== undefined && signs.some((sign) => existsSync(join(gitDir, sign)));
}

/**
 * The files below a folder that are in conflict, as Git's index has it: until somebody adds or removes them there, whatever they
 * say meanwhile.
 *
 * @returns paths from that folder, sorted as Git sorts them
 */
export function unmergedBelow(folder: string): readonly string[] {
  const repository = Repository.tryFind(folder);
  const inside = repository?.tryInside(folder);
  if (!repository || inside === undefined) return [];
  const text = repository.tryText('ls-files', ['--unmerged', '-z', ...(inside === '' ? [] : ['--', inside])]) ?? '';
  // `100644 {id} {stage}\t{path}`: a line for each side that has the file.
  const paths = text.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(entry.indexOf('\t') + 1)]));
  return [...new Set(paths)].map((path) => (inside === '' ? path : path.slice(inside.length + 1)));
}
