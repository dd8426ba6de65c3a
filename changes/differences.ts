import type { Plain } from '../layers/layer';
import { compare } from '../layers/problem';
import { fieldText } from '../layers/record';
import { type Fields, orderKey } from './fields';

/** A field that says something else. */
export interface Difference {
  readonly field: string;
  /** @default - it was not set */
  readonly before?: Plain;
  /** @default - it is set no more */
  readonly after?: Plain;
}

const orderEnd = `.${fieldText([orderKey])}`;

const known = new WeakMap<Fields, WeakMap<Fields, readonly Difference[]>>();

/** The fields in which two contents differ, sorted; two that many targets have are compared once. */
export function differences(before: Fields, after: Fields): readonly Difference[] {
  const others = known.get(before) ?? new WeakMap<Fields, readonly Difference[]>();
  known.set(before, others);
  const found = others.get(after) ?? compared(before, after);
  others.set(after, found);
  return found;
}

function compared(before: Fields, after: Fields): readonly Difference[] {
  const found: Difference[] = [];
  for (const [field, value] of before) {
    const made = after.get(field);
    if (made === undefined) found.push({ field, before: value });
    else if (!isSame(value, made)) found.push({ field, before: value, after: made });
  }
  for (const [field, value] of after) if (!before.has(field)) found.push({ field, after: value });
  return found.filter(isOfNote).sort((a, b) => compare(a.field, b.field));
}

/** The order of a list that gained or lost items says nothing new, unless those that stayed changed places. */
function isOfNote({ field, before, after }: Difference): boolean {
  if (!field.endsWith(orderEnd)) return true;
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const stayed = (one: readonly Plain[], other: readonly Plain[]) => JSON.stringify(one.filter((name) => other.includes(name)));
  return stayed(before, after) !== stayed(after, before);
}

function isSame(one: Plain, other: Plain): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  const [mine, theirs] = [one, other] as readonly { readonly [key: string]: Plain }[];
  const keys = Object.keys(mine as object);
  return (
    keys.length === Object.keys(theirs as object).length &&
    keys.every((key) => Object.hasOwn(theirs as object, key) && isSame(mine?.[key] as Plain, theirs?.[key] as Plain))
  );
}
