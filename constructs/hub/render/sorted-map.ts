import type { Plain } from '../../../layers/layer';
import { isMap } from '../../../layers/plain-data';
import { compare } from '../../../layers/problem';

/** The entries of a map in the order of their keys. */
export function sortedMap<T>(map: { readonly [key: string]: T }): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compare(a, b)));
}

/** Data with the entries of every map in it in the order of their keys; lists as they are. */
export function sortedData(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(sortedData);
  return isMap(value) ? sortedMap(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortedData(item as Plain)]))) : value;
}

/** Whether two say the same, in whatever order: layers and files have orders of their own. */
export function sayTheSame(one: Plain | undefined, other: Plain | undefined): boolean {
  const text = (value: Plain | undefined) => (value === undefined ? undefined : JSON.stringify(sortedData(value)));
  return one === other || text(one) === text(other);
}
