import type { GitProgram } from './git-program';

/** A file that a merge put where none of the merged branches had one. */
export interface MergedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly id: string;
  /** The merge, and how many branches it brought together. */
  readonly merge: string;
  readonly parents: number;
}

/** How many merges are looked at: what nobody minded for so long is meant. */
const most = 500;

/**
 * What the last merges put below a folder at paths that none of their branches has: whoever resolved a conflict, or Git, which
 * moves a new file along where it takes the folder around it for renamed.
 *
 * @param inside the folder from the top of the repository; `''` for all of it
 * @see https://git-scm.com/docs/directory-rename-detection
 */
export function filesOfMerges(git: GitProgram, inside: string): readonly MergedFile[] {
  const below = inside === '' ? [] : ['--', inside];
  const merges = git.tryRun('rev-list', ['--merges', `--max-count=${most}`, 'HEAD', ...below])?.toString('utf8') ?? '';
  if (merges === '') return [];
  const text = git.tryRun('diff-tree', ['--stdin', '-r', '-c', '-z', '--raw', '--no-renames', ...below], merges)?.toString('utf8') ?? '';
  const found: MergedFile[] = [];
  let merge = '';
  let about: string | undefined;
  for (const part of text.split('\0')) {
    if (about !== undefined) {
      const [, parents = '', id = ''] = /^(:+).* ([0-9a-f]+) A+$/.exec(about) ?? [];
      if (id !== '') found.push({ path: part, id, merge, parents: parents.length });
      about = undefined;
    } else if (part.startsWith(':')) about = part;
    else merge = part.trim();
  }
  return found;
}
