import { Coverage, commonFields } from '../layers/coverage';
import type { PatchState } from '../layers/patch-state';

/** A patch with the fields that it sets. */
export interface PatchFields {
  readonly state: PatchState;
  /** Keys down to every scalar, list and empty map that it sets. */
  readonly fields: readonly (readonly string[])[];
}

/** Two patches that set one field for common targets. */
export interface Conflict {
  readonly field: string;
  readonly older: string;
  readonly newer: string;
  readonly targets: readonly string[];
  /** Those at which the older one wins. */
  readonly inverted: readonly string[];
}

/** Every pair of patches of an app that set the same field for a common target. @param patches in name order */
export function conflictsOf(patches: readonly PatchFields[]): readonly Conflict[] {
  const placed = patches.map(({ state, fields }): PlacedPatch => ({ state, fields, coverage: new Coverage(state.paths, state.targets) }));
  return placed.flatMap((older, index) => placed.slice(index + 1).flatMap((newer) => conflictsBetween(older, newer)));
}

interface PlacedPatch extends PatchFields {
  readonly coverage: Coverage;
}

function conflictsBetween(older: PlacedPatch, newer: PlacedPatch): readonly Conflict[] {
  const fields = commonFields(older.fields, newer.fields);
  if (fields.length === 0) return [];
  const [first, second] = [older.coverage, newer.coverage];
  const isSame = older.state.paths.join() === newer.state.paths.join();
  const targets = isSame ? first.covered : first.covered.filter((target) => second.covers(target));
  if (targets.length === 0) return [];
  const inverted = first.inversions(second);
  return fields.map((field) => ({ field: field.join('.'), older: older.state.patch, newer: newer.state.patch, targets, inverted }));
}
