import { type Finding, reported } from '../../../layers/consequences';
import type { AnyMap } from '../../../layers/shape/read';
import { reportUnknown } from '../../../layers/shape/read-fields';

/** What is wrong with a part of something that is said in layers, at a path of keys from its top. */
export type PartRemark = Pick<Finding, 'code' | 'message' | 'severity' | 'expected' | 'found' | 'hint' | 'follows'> & { readonly path: readonly string[] };

/** What was found in a part, whatever layers it is from, as remarks: what follows from something else in it is none. */
export function remarksOf(findings: readonly Finding[]): readonly PartRemark[] {
  return reported(findings).map(({ code, message, place = [], expected, found, hint }) => ({ path: place, code, message, expected, found, hint }));
}

/** Remarks on a part as remarks on the whole. */
export function below(key: string, remarks: Iterable<PartRemark>): readonly PartRemark[] {
  return [...remarks].map((remark) => ({ ...remark, path: [key, ...remark.path] }));
}

/** Keys of a map that say something, and that nobody knows. */
export function strangeKeys(map: AnyMap, known: readonly string[]): readonly PartRemark[] {
  const problems: Finding[] = [];
  reportUnknown(map, known, { place: [] }, problems);
  return remarksOf(problems);
}
