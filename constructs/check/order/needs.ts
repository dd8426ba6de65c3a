import type { Finding } from '../../../layers/consequences';
import { compare } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';

/** A mistake in what something says that it needs. */
export interface WrongNeed extends Pick<Finding, 'code' | 'message' | 'severity' | 'found' | 'hint'> {
  /** Whose it is. */
  readonly name: string;
  /** Which of the names in its `after`. */
  readonly index: number;
}

/** What each says that it needs, by name. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** Names that stand twice in an `after`. */
export function* repeatedNames(name: string, after: readonly string[]): Generator<WrongNeed> {
  for (const [index, needed] of after.entries()) {
    if (after.indexOf(needed) < index) yield { name, index, code: 'duplicate-name', message: `'${name}' names '${needed}' twice`, hint: 'remove one' };
  }
}

/**
 * Names in an `after` that nothing has.
 *
 * @param what  of what nothing is called so: `component of the fleet`
 * @param words what they are called in the plural
 */
export function* unknownNames(
  name: string,
  after: readonly string[],
  known: readonly string[],
  { code, what, words }: { readonly code: 'unknown-app' | 'unknown-component'; readonly what: string; readonly words: string },
): Generator<WrongNeed> {
  for (const [index, needed] of after.entries()) {
    if (known.includes(needed)) continue;
    const others = known.filter((one) => one !== name);
    yield { name, index, code, message: `'${name}' needs '${needed}', which is no ${what}`, hint: suggestion(needed, others, words) };
  }
}

/** What needs each other is deployed in no right order: one mistake for all that lie on one way around. */
export function* waysAround(all: Needs): Generator<WrongNeed> {
  const done = new Set<string>();
  for (const name of [...all.keys()].sort(compare)) {
    if (done.has(name)) continue;
    const around = wayBack(all, name);
    if (!around) continue;
    for (const one of around) done.add(one);
    yield {
      name,
      index: (all.get(name) ?? []).indexOf(around[1] ?? name),
      code: 'order',
      message: around.length === 1 ? `'${name}' needs itself` : `${around.join(' and ')} need each other`,
      found: [...around, name].join(' → '),
      hint: 'take one of them out of `after`',
    };
  }
}

/**
 * What is needed is there where it is needed. What another tool may have brought to a cluster is not known here, so that is a
 * warning.
 *
 * @param isNowhere whether nobody gets what is needed
 */
export function lacking(name: string, index: number, needed: string, isNowhere: boolean): WrongNeed {
  return {
    name,
    index,
    code: 'order',
    message: `'${name}' needs '${needed}', which ${isNowhere ? 'is deployed nowhere' : 'is not deployed there'}`,
    ...(isNowhere ? {} : { severity: 'warning' as const }),
    hint: `enable '${needed}' there first, or disable '${name}'`,
  };
}

/** The shortest way from something by what it needs to itself again. */
function wayBack(all: Needs, start: string): readonly string[] | undefined {
  const from = new Map<string, string>();
  const queue = [start];
  for (const name of queue) {
    for (const needed of all.get(name) ?? []) {
      if (needed === start) return trace(from, start, name);
      if (from.has(needed) || !all.has(needed)) continue;
      from.set(needed, name);
      queue.push(needed);
    }
  }
  return undefined;
}

function trace(from: ReadonlyMap<string, string>, start: string, end: string): readonly string[] {
  const way = [end];
  while (way[0] !== start) way.unshift(from.get(way[0] as string) as string);
  return way;
}
