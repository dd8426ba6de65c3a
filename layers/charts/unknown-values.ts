import type { Plain } from '../layer';
import { isMap } from '../plain-data';
import type { ValueShape } from './value-shape';

/** A value that a chart does not know. */
export interface UnknownValue {
  /** Keys from the top of the values. */
  readonly path: readonly string[];
  /** The keys that the chart knows there. */
  readonly known: readonly string[];
}

/** Values under keys that a chart does not know; what stands below one is none of its own. */
export function unknownValues(values: Plain | undefined, shape: ValueShape): readonly UnknownValue[] {
  return [...unknownBelow(values, shape, [])];
}

function* unknownBelow(value: unknown, shape: ValueShape, path: readonly string[]): Generator<UnknownValue> {
  if (shape.isAny) return;
  if (Array.isArray(value)) {
    const { items } = shape;
    if (items) for (const [index, item] of value.entries()) yield* unknownBelow(item, items, [...path, String(index)]);
    return;
  }
  const { keys, rest } = shape;
  if (!isMap(value) || !keys) return;
  for (const [key, item] of Object.entries(value)) {
    const known = keys.get(key) ?? rest;
    if (known) yield* unknownBelow(item, known, [...path, key]);
    else yield { path: [...path, key], known: [...keys.keys()] };
  }
}
