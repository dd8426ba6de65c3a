import type { FleetRecord } from '../../layers/record';

/** In which order targets get changes: as one of two states has it, or the other. */
export class Sequence {
  readonly #orders: readonly ReadonlyMap<string, number>[];
  readonly #depth: number;
  readonly #ranks: ReadonlyMap<string, number>;

  /** @param depth how deep the nodes lie that a change enters whole */
  constructor(before: FleetRecord, after: FleetRecord, depth: number) {
    const orders = [before, after].map(({ sequence }) => new Map(sequence.map((path, index) => [path, index])));
    // Mostly both are one.
    this.#orders = isSame(before.sequence, after.sequence) ? orders.slice(1) : orders;
    this.#depth = depth;
    this.#ranks = new Map(this.#orders.flatMap((order) => [...order]));
  }

  /** Whether a target gets changes before another one; one of the orders is enough. */
  isEarlier(one: string, other: string): boolean {
    return this.#orders.some((order) => {
      const [a, b] = [order.get(one), order.get(other)];
      return a !== undefined && b !== undefined && a < b;
    });
  }

  /** Targets in the order in which they get changes. */
  sorted(targets: Iterable<string>): readonly string[] {
    const rank = (target: string) => this.#ranks.get(target) ?? Number.POSITIVE_INFINITY;
    return [...new Set(targets)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  /** The node that a change enters whole with a target. */
  stepOf(target: string): string {
    let end = -1;
    for (let level = 0; level <= this.#depth; level += 1) {
      end = target.indexOf('/', end + 1);
      if (end < 0) return target;
    }
    return target.slice(0, end);
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, index) => path === other[index]);
}

/** The deepest node that all of some targets lie in; `*` where there is none. */
export function commonNode(targets: readonly string[]): string {
  const [first = '', ...others] = targets.map((target) => target.split('/'));
  const names = typeof first === 'string' ? [] : first;
  let length = names.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same] === names[same]) same += 1;
    length = same;
  }
  return length === 0 ? '*' : names.slice(0, length).join('/');
}
