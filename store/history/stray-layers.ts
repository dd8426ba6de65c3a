import { basename, join } from 'node:path';
import type { History } from '../git/history';

/** A layer of a YAML fleet that stands where no commit put it. */
export interface StrayLayer {
  /** From the configuration folder. */
  readonly file: string;
  /** Where a merged branch had it. @default - none had it as it is */
  readonly from?: string;
  readonly merge: string;
}

/**
 * Overrides and patches that only a merge put where they are. Coalescing moves the files of a patch up; to Git that is a
 * renamed folder, and it moves along what another branch adds to the old one: an override of a region becomes one of its
 * sector. What was edited there since is meant.
 *
 * @param folder the configuration
 */
export function strayLayers(history: History, folder: string): readonly StrayLayer[] {
  const candidates = history.filesOfMerges(folder).filter(({ file }) => /^(override|patch-.+)\.yaml$/.test(basename(file)));
  if (candidates.length === 0) return [];
  const now = history.idsBelow(folder);
  return candidates.flatMap(({ file, id, merge, parents }) => {
    if (now.get(file) !== id || history.lastCommit(join(folder, file)) !== merge) return [];
    const after = history.idsBelow(folder, merge);
    const before = Array.from({ length: parents }, (_, index) => history.idsBelow(folder, `${merge}^${index + 1}`));
    const from = before.flatMap((ids) =>
      [...ids].flatMap(([path, one]) => (one === id && !after.has(path) && basename(path) === basename(file) ? [path] : [])),
    )[0];
    return [{ file, from, merge }];
  });
}
