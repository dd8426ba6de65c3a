import { everywhere, isAtOrBelow } from '../layers/hierarchy';

/** A value as configuration writes it. */
export interface WrittenValue {
  /** Equal for values that say the same. */
  readonly same: string;
  /** On a line, for people. */
  readonly shown: string;
}

/** A field that a patch set, which is in the base since. */
export interface FormerField<Value extends WrittenValue = WrittenValue> {
  readonly app: string;
  readonly keys: readonly string[];
  /** What the patch said. */
  readonly said: Value;
  /** What the base said before. @default - it did not set it */
  readonly before?: Value;
  /** What the base says now. @default - it does not set it */
  readonly now?: Value;
  /** What overrides said before that have taken the patch's value with the base. */
  readonly overrides: readonly { readonly path: string; readonly before: Value }[];
}

/** A field that goes back. */
export interface BackField<Value extends WrittenValue = WrittenValue> {
  readonly app: string;
  readonly keys: readonly string[];
  /** @default - it was not set: it is to be unset */
  readonly value?: Value;
}

/** A field that stays as it is. */
export interface LeftField {
  readonly app: string;
  readonly keys: readonly string[];
  /** `changed`: it says something else since; `same`: it said the same before. */
  readonly why: 'changed' | 'same';
  /** What it says now. @default - it is not set */
  readonly now?: string;
}

/** An override that said something else before than what goes back. */
export interface OtherBefore {
  readonly app: string;
  readonly keys: readonly string[];
  readonly path: string;
  readonly before: string;
}

/** What goes back of a patch that is in the base. */
export interface Back<Value extends WrittenValue = WrittenValue> {
  readonly fields: readonly BackField<Value>[];
  readonly left: readonly LeftField[];
  readonly others: readonly OtherBefore[];
}

/**
 * What a new patch says that takes another one back, which is in the base: what stood there before, of the fields alone that
 * still say what the patch said.
 *
 * @param at the node where that one begins, and where it shall say what stood there. @default - what the base said
 */
export function decideBack<Value extends WrittenValue>(all: readonly FormerField<Value>[], at?: string): Back<Value> {
  const fields: BackField<Value>[] = [];
  const left: LeftField[] = [];
  const others: OtherBefore[] = [];
  for (const { app, keys, said, before, now, overrides } of all) {
    if (now?.same !== said.same) {
      left.push({ app, keys, why: 'changed', ...(now ? { now: now.shown } : {}) });
      continue;
    }
    const isAbove = (path: string) => path === everywhere || (at !== undefined && isAtOrBelow(at, path));
    const above = overrides.filter(({ path }) => isAbove(path)).sort((a, b) => b.path.length - a.path.length);
    const value = above[0]?.before ?? before;
    const meant = overrides.filter((override) => !above.includes(override) && (at === undefined || isAtOrBelow(override.path, at)));
    if (value?.same === said.same) left.push({ app, keys, why: 'same', now: now.shown });
    else fields.push({ app, keys, ...(value ? { value } : {}) });
    for (const { path, before: own } of meant) if (own.same !== value?.same) others.push({ app, keys, path, before: own.shown });
  }
  return { fields, left, others };
}
