import { isDeepStrictEqual } from 'node:util';
import { describe, isMap } from '../../layers/plain-data';

/** A value that two contents have differently, in words. */
export interface Difference {
  readonly path: readonly string[];
  readonly first: string;
  readonly other: string;
}

/** Where two contents differ, in the order of their keys. */
export function differences(first: unknown, other: unknown, path: readonly string[] = []): readonly Difference[] {
  if (isDeepStrictEqual(first, other)) return [];
  if (!isMap(first) || !isMap(other)) return [{ path, first: inWords(first), other: inWords(other) }];
  const keys = new Set([...Object.keys(first), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(first[key], other[key], [...path, key]));
}

function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return JSON.stringify(value);
  return typeof value === 'string' ? `'${value}'` : isMap(value) ? describe(value) : String(value);
}
