import { unset } from '../layer';
import { isMap } from '../plain-data';
import type { ValueError } from '../problem';

/** What a function of the target left behind instead of a value. */
export class Failure {
  constructor(
    readonly path: readonly string[],
    readonly message: string,
    /** Where the function itself could tell what is wrong. */
    readonly problem?: ValueError['problem'],
  ) {}
}

/** Equal for results that compile to the same, and only for those; `undefined` where a result is no plain data. */
export function resultKey(result: unknown): string | undefined {
  if (result === undefined) return 'undefined';
  if (result === unset) return 'unset';
  if (result === null || typeof result === 'boolean' || typeof result === 'string') return JSON.stringify(result);
  if (typeof result === 'number') return Number.isFinite(result) ? (Object.is(result, -0) ? '-0' : String(result)) : undefined;
  if (result instanceof Failure) return `threw ${JSON.stringify(result.message)}`;
  if (Array.isArray(result)) {
    const items = result.map((item) => (item === undefined ? undefined : resultKey(item)));
    return items.includes(undefined) ? undefined : `[${items.join()}]`;
  }
  if (!isMap(result)) return undefined;
  const entries = Object.entries(result).map(([key, item]) => [JSON.stringify(key), resultKey(item)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : `{${entries.map(([key, item]) => `${key}:${item}`).join()}}`;
}
