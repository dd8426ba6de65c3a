import { keyOf } from './values';

/** Something that is said of a cluster. */
export interface OfCluster<T> {
  /** Tenant, environment and name. */
  readonly path: readonly string[];
  readonly value: T;
}

/**
 * Where to say what differs between clusters: at the broadest nodes below which all that are concerned have the same.
 *
 * @param clusters those that are concerned; `undefined` is the value of those for which nothing is to be said
 * @returns values by dimension path
 */
export function hoisted<T>(clusters: readonly OfCluster<T | undefined>[], depth = 1): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const nodes = new Map<string, OfCluster<T | undefined>[]>();
  for (const one of clusters) {
    const node = one.path.slice(0, depth).join('/');
    nodes.set(node, [...(nodes.get(node) ?? []), one]);
  }
  for (const [node, below] of nodes) {
    const [first] = below;
    if (below.every(({ value }) => keyOf(value) === keyOf(first?.value))) {
      if (first?.value !== undefined) found.set(node, first.value);
    } else for (const [path, value] of hoisted(below, depth + 1)) found.set(path, value);
  }
  return found;
}

/** What most of them are, whatever the order of their keys. */
export function usual<T>(values: readonly T[]): T | undefined {
  const most = mostFrequent(values.map(keyOf));
  return values.find((value) => keyOf(value) === most);
}

export function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
