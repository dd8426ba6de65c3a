import { compare } from '../../../layers/problem';

/** The entries of a map in the order of their keys. */
export function sortedMap<T>(map: { readonly [key: string]: T }): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compare(a, b)));
}
