import { Coverage, commonFields, type Field } from '../layers/coverage';
import type { PatchState } from '../layers/patch-state';

/** Another patch of the same app. */
export interface OtherPatch {
  readonly name: string;
  readonly paths: readonly string[];
  /** Keys down to every scalar, list and empty map that it sets, and every key that it unsets. */
  readonly fields: readonly Field[];
}

/** An older patch wins over a newer one. */
export interface Inversion {
  /** The other patch, older or newer. */
  readonly other: string;
  /** Keys joined by `.`. */
  readonly field: string;
  /** Where it does. */
  readonly targets: readonly string[];
}

/** The first inversion that is there with the patch at some paths, and was not with the patch where it is. */
export function createdInversion(state: PatchState, paths: readonly string[], fields: readonly Field[], others: readonly OtherPatch[]): Inversion | undefined {
  for (const other of others) {
    const before = new Set(inversionsWith(state, state.paths, fields, other)?.targets);
    const after = inversionsWith(state, paths, fields, other);
    const targets = after?.targets.filter((target) => !before.has(target)) ?? [];
    if (after && targets.length > 0) return { ...after, targets };
  }
  return undefined;
}

/** Where one of two patches wins over the other although it is the older one. */
export function inversionsWith(state: PatchState, paths: readonly string[], fields: readonly Field[], other: OtherPatch): Inversion | undefined {
  const [field] = commonFields(fields, other.fields);
  if (!field) return undefined;
  const here = new Coverage(paths, state.targets);
  const there = new Coverage(other.paths, state.targets);
  const targets = other.name < state.patch ? there.inversions(here) : here.inversions(there);
  return targets.length === 0 ? undefined : { other: other.name, field: field.join('.'), targets };
}
