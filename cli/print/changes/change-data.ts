import type { Changes } from '../../../changes/change';
import { type PlacedChange, placedChanges } from '../../read/changes/change-places';

/** Changes as programs read them: nothing folded, nothing left out. */
export function changesData({ before, after, only, topology, targets, moved, notes }: Changes, placed: readonly PlacedChange[]): object {
  return {
    before,
    after,
    only,
    topology,
    targets,
    changes: placed.map(({ change, now }) => ('cause' in change ? { ...change, cause: { ...change.cause, now } } : change)),
    moved,
    notes,
  };
}

/** What a step would change, before it is made. */
export function effectData(effect: Changes): object {
  const { changes, targets, moved } = changesData(effect, placedChanges(effect.changes, undefined)) as { readonly [key: string]: unknown };
  return { targets, changes, moved, ...(effect.notes.length === 0 ? {} : { notes: effect.notes }) };
}
