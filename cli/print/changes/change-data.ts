import type { Changes } from '../../../changes/change';
import type { PlacedChange } from '../../read/changes/change-places';

/** Changes as programs read them: nothing folded, nothing left out. */
export function changesData({ before, after, targets, moved }: Changes, placed: readonly PlacedChange[]): object {
  return {
    before,
    after,
    targets,
    changes: placed.map(({ change, now }) => ('cause' in change ? { ...change, cause: { now, before: change.cause.before } } : change)),
    moved,
  };
}
