import { describe, isMap } from '../../../layers/plain-data';
import { suggestion } from '../../../layers/text/nearest';
import type { PartRemark } from './part-remark';

/** A map of which nothing is known yet. */
export type AnyMap = Readonly<Record<string, unknown>>;

/** Keys of a map of texts, with what each has to be. */
export interface TextKeys {
  readonly [key: string]: { readonly expected: string; readonly isNeeded?: boolean };
}

/** What is wrong with a map that holds nothing but texts. @param name how the map is called */
export function* textMapRemarks(map: unknown, name: string, texts: TextKeys): Generator<PartRemark> {
  const known = Object.keys(texts);
  if (!isMap(map)) {
    yield { path: [], code: 'wrong-type', message: `'${name}' has the wrong type`, expected: `{ ${known.join(', ')} }`, found: describe(map) };
    return;
  }
  const strange = Object.keys(map).filter((key) => !known.includes(key));
  yield* unknownKeys(strange, known);
  for (const [key, { expected, isNeeded }] of Object.entries(texts)) {
    const value = map[key];
    if (value === undefined) {
      // A key that is nearly right is one mistake.
      if (isNeeded && strange.length === 0) yield { path: [key], code: 'missing-field', message: `'${name}' needs '${key}'`, expected };
    } else if (typeof value !== 'string') {
      yield { path: [key], code: 'wrong-type', message: `'${key}' has the wrong type`, expected: 'a string', found: describe(value) };
    } else if (value.trim() === '') {
      yield { path: [key], code: 'invalid-field', message: `'${key}' is empty`, expected };
    }
  }
}

/** Keys that nobody knows. */
export function unknownKeys(strange: readonly string[], known: readonly string[]): readonly PartRemark[] {
  return strange.map((key) => ({ path: [key], code: 'unknown-key', message: `'${key}' is not known here`, hint: suggestion(key, known, 'keys') }));
}

/** Remarks on a part as remarks on the whole. */
export function below(key: string, remarks: Iterable<PartRemark>): readonly PartRemark[] {
  return [...remarks].map((remark) => ({ ...remark, path: [key, ...remark.path] }));
}

/** Keys of a map that say something, and that nobody knows. */
export function strangeKeys(map: AnyMap, known: readonly string[]): readonly PartRemark[] {
  return unknownKeys(
    Object.keys(map).filter((key) => !known.includes(key) && map[key] !== undefined),
    known,
  );
}
