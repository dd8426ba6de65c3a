import type { State } from '../../../changes/state';
import { PathSet } from '../../../layers/path-set';
import { compare } from '../../../layers/problem';

/** A patch that was in flight at a commit. What it said of itself, and what it waited for, no commit records. */
export interface RecordedPatch {
  readonly clusterType: string;
  readonly app: string;
  /** As layers call it. */
  readonly patch: string;
  readonly paths: readonly string[];
  /** All it could reach, in sequence, and those that it covered. */
  readonly targets: readonly string[];
  readonly covered: readonly string[];
}

/** Where patches sat; of several apps that rolled out as one, each has its own. */
export function patchesThen({ records, targets }: Pick<State, 'records' | 'targets'>): readonly RecordedPatch[] {
  return records
    .flatMap(({ clusterType, app, read }) => {
      const record = read();
      const all = targets.get(clusterType) ?? [];
      return (record.patches ?? []).map((patch): RecordedPatch => {
        const paths = record.patchAt?.(patch) ?? [];
        const place = new PathSet(paths);
        return { clusterType, app, patch, paths, targets: all, covered: all.filter((target) => place.covers(target)) };
      });
    })
    .sort((a, b) => compare(a.clusterType, b.clusterType) || compare(a.app, b.app) || compare(a.patch, b.patch));
}
