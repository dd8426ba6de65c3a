import { isMap } from '../../../layers/plain-data';

/** Labels, or annotations. */
export type StringMap = { readonly [key: string]: string };

export const noStrings: StringMap = Object.freeze({});

/** The strings in a map that should hold nothing else. */
export function stringsIn(map: unknown): StringMap {
  if (!isMap(map)) return noStrings;
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
