import { isMap } from '../../layers/plain-data';

/** Plain data with keys. */
export type Data = { readonly [key: string]: unknown };

export function asMap(value: unknown): Data {
  return isMap(value) ? value : {};
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** What says nothing: an empty text, map or list, or null. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Maps of texts, as labels are. */
export function asTexts(value: unknown): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(asMap(value)).map(([key, text]) => [key, String(text)]));
}

/** As Helm merges values: maps key by key, everything else whole. */
export function merged(broad: unknown, narrow: unknown): unknown {
  if (narrow === undefined) return broad;
  if (!isMap(broad) || !isMap(narrow)) return narrow;
  return { ...broad, ...Object.fromEntries(Object.entries(narrow).map(([key, value]) => [key, merged(broad[key], value)])) };
}

/** All of them, the later over those before. */
export function mergedAll(layers: readonly unknown[]): Data {
  return layers.reduce((broad: unknown, narrow) => merged(broad, narrow), {}) as Data;
}

/** The layer without what another one says anyway. @returns `undefined` where nothing is left */
export function without(layer: unknown, said: unknown): unknown {
  if (said === undefined) return layer;
  if (!isMap(layer) || !isMap(said)) return undefined;
  const left = Object.entries(layer).flatMap(([key, value]) => {
    const rest = without(value, said[key]);
    return rest === undefined ? [] : [[key, rest] as const];
  });
  return left.length > 0 || Object.keys(layer).length === 0 ? Object.fromEntries(left) : undefined;
}

/** That a key is taken away. */
export const gone = Symbol('gone');

/** What merged over `from` gives `to`. @returns `undefined` where they are the same */
export function difference(from: unknown, to: unknown): unknown {
  if (same(from, to)) return undefined;
  if (!isMap(from) || !isMap(to)) return to;
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      if (to[key] === undefined) return from[key] === undefined ? [] : [[key, gone]];
      const changed = difference(from[key], to[key]);
      return changed === undefined ? [] : [[key, changed]];
    }),
  );
}

/** As one text, whatever the order of keys. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isMap(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part)) ?? '';
}

export function same(one: unknown, other: unknown): boolean {
  return keyOf(one) === keyOf(other);
}

/** Every text of plain data, keys left alone, through a function; what it makes nothing of is taken out. */
export function mapTexts(value: unknown, map: (text: string, place: readonly string[]) => unknown, place: readonly string[] = []): unknown {
  if (typeof value === 'string') return map(value, place);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, map, [...place, String(index)])).filter((item) => item !== undefined);
  if (!isMap(value)) return value;
  const items = Object.entries(value).map(([key, item]) => [key, mapTexts(item, map, [...place, key])] as const);
  return Object.fromEntries(items.filter(([, item]) => item !== undefined));
}

/**
 * Every key of plain data through a function; what it makes nothing of is taken out, and so is null: filling in the template of an
 * ApplicationSet loses keys that say null (argo-cd, applicationset/utils, deeplyReplace).
 */
export function mapKeys(value: unknown, map: (key: string, place: readonly string[]) => string | undefined, place: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item, index) => mapKeys(item, map, [...place, String(index)]));
  if (!isMap(value)) return value;
  const items = Object.entries(value).flatMap(([key, item]) => {
    const name = item === null ? undefined : map(key, [...place, key]);
    return name === undefined ? [] : [[name, mapKeys(item, map, [...place, key])] as const];
  });
  return Object.fromEntries(items);
}

/** Data without what says nothing: undefined, and empty maps and lists. */
export function compact(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0) && !(isMap(value) && Object.keys(value).length === 0),
    ),
  );
}
