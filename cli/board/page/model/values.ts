import type { BoardApp, BoardField, BoardSaid } from '../../board';
import { heldBy } from './runs';

export type Value = BoardSaid[0];

/** One of the values of a field. */
export interface ShownValue {
  /** As links call it. */
  readonly key: string;
  readonly text: string;
  /** Its place among the field's values, the most frequent first: its letter and its colour. */
  readonly rank: number;
  readonly letter: string;
  /** How many targets have it. */
  readonly count: number;
}

export interface FieldValues {
  /** The most frequent first. */
  readonly values: readonly ShownValue[];
  /** Which of `values` each of the app's targets has; -1 where the field is not set. */
  readonly at: Int32Array;
}

const known = new WeakMap<BoardField, FieldValues>();

/** Equal values are one, whichever layer says them. What a value's letter and colour are does not hang on what part of the fleet is looked at. */
export function valuesOf(app: BoardApp, field: BoardField): FieldValues {
  let values = known.get(field);
  if (values === undefined) {
    values = rank(field, heldBy(app, field));
    known.set(field, values);
  }
  return values;
}

function rank(field: BoardField, held: Int32Array): FieldValues {
  const keys = field.said.map(([value]) => JSON.stringify(value));
  // Of a large fleet all fields are asked at once: by numbers, for there are a thousand times as many of them as of texts.
  const often = new Int32Array(keys.length);
  for (const index of held) if (index >= 0) often[index] = (often[index] ?? 0) + 1;
  const counts = new Map<string, number>();
  for (const [index, key] of keys.entries()) if (often[index] !== 0) counts.set(key, (counts.get(key) ?? 0) + (often[index] ?? 0));
  const ranked = [...counts].sort(([, a], [, b]) => b - a);
  const ranks = new Map(ranked.map(([key], index) => [key, index]));
  const values = ranked.map(([key, count], index) => ({ key, count, rank: index, letter: letterOf(index), text: valueText(JSON.parse(key) as Value) }));
  const rankAt = Int32Array.from(keys, (key) => ranks.get(key) ?? -1);
  return { values, at: held.map((index) => rankAt[index] ?? -1) };
}

/** A to Z, AA to AZ, and so on. */
export function letterOf(rank: number): string {
  const last = String.fromCharCode(65 + (rank % 26));
  return rank < 26 ? last : letterOf(Math.floor(rank / 26) - 1) + last;
}

/** As people write it: a text without quotes, unless it would be read as something else. */
export function valueText(value: Value): string {
  return typeof value === 'string' && !isOther(value) ? value : JSON.stringify(value);
}

/** Whether a text is also how something that is none is written. */
function isOther(text: string): boolean {
  if (text === '' || /^[ \t\r\n]*(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)[ \t\r\n]*$/.test(text)) return true;
  // Most texts are no JSON from the first character on: to try each takes longer than all else.
  if (!/^[ \t\r\n]*["[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What some of an app's targets have, the most frequent first. @returns also how many have nothing */
export function countsOf(
  { values, at }: FieldValues,
  positions: readonly number[],
): { readonly counts: readonly (readonly [ShownValue, number])[]; readonly without: number } {
  const counts = new Map<ShownValue, number>();
  let without = 0;
  for (const position of positions) {
    const value = values[at[position] ?? -1];
    if (value === undefined) without += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { counts: [...counts].sort(([one, a], [other, b]) => b - a || one.rank - other.rank), without };
}
