import { getOr } from '../get-or';

/** Names of siblings, in the order in which they are written, and whose they are. */
export interface WrittenNames {
  readonly of: string;
  readonly names: readonly string[];
}

/** One name that is written before another. */
export interface Precedes {
  readonly before: string;
  readonly after: string;
  readonly of: string;
}

/** Names of several lists in one order. */
export interface NamesInOrder {
  readonly names: readonly string[];
  /** Where no order fits all lists: what says that the first comes before the second, that before the third, and so on to the first again. */
  readonly contradiction?: readonly Precedes[];
}

/**
 * The order that fits every list; of several that do, the one in which names appear first. `[dev, prod]` and
 * `[dev, stage, prod]` are dev, stage, prod.
 */
export function namesInOrder(lists: readonly WrittenNames[]): NamesInOrder {
  const before = new Map<string, Map<string, Precedes>>();
  for (const { of, names } of lists) {
    for (const [index, after] of names.entries()) {
      const known = getOr(before, after, () => new Map<string, Precedes>());
      for (const name of names.slice(0, index)) getOr(known, name, () => ({ before: name, after, of }));
    }
  }
  const left = new Set(before.keys());
  let contradiction: readonly Precedes[] | undefined;
  const names: string[] = [];
  while (left.size > 0) {
    const isNext = (name: string) => ![...(before.get(name)?.keys() ?? [])].some((other) => left.has(other));
    const next = [...left].find(isNext);
    if (next === undefined) contradiction ??= roundOf(before, left);
    const name = next ?? (left.values().next().value as string);
    names.push(name);
    left.delete(name);
  }
  return { names, ...(contradiction ? { contradiction } : {}) };
}

/** Names that come before each other; two of them where there are two. */
function roundOf(before: ReadonlyMap<string, ReadonlyMap<string, Precedes>>, left: ReadonlySet<string>): readonly Precedes[] {
  const inside = (name: string) => [...(before.get(name)?.values() ?? [])].filter((one) => left.has(one.before));
  for (const name of left) {
    for (const one of inside(name)) {
      const back = before.get(one.before)?.get(name);
      if (back) return [back, one];
    }
  }
  // Each of them has one in front of it, so going back comes round.
  const walked: Precedes[] = [];
  for (let name = left.values().next().value as string; ; ) {
    const start = walked.findIndex((one) => one.after === name);
    if (start >= 0) return walked.slice(start).reverse();
    const [one] = inside(name) as [Precedes];
    walked.push(one);
    name = one.before;
  }
}
