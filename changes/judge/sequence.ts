import { getOr } from '../../layers/get-or';
import { everywhere, isAtOrBelow, isRankPath, pathsTo, rankPath } from '../../layers/hierarchy';
import type { Law } from '../../layers/law/law';
import { isSameWaves, waveEnds } from '../../layers/law/waves';
import type { FleetRecord } from '../../layers/record';
import { depthOf, firstOf, wavesAt } from './law';

/** In which order targets get changes, as one of two states has it, or the other; and which get them at once. */
export class Sequence {
  readonly #orders: readonly ReadonlyMap<string, number>[];
  readonly #law: Law;
  /** How deep the nodes lie that a change enters whole, and those that go first. */
  readonly #depth: number;
  readonly #first: number;
  readonly #hasWaves: boolean;
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #steps = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

  constructor(before: FleetRecord, after: FleetRecord, law: Law) {
    const orders = [before, after].map(({ sequence }) => new Map(sequence.map((path, index) => [path, index])));
    // Mostly both are one.
    this.#orders = isSame(before.sequence, after.sequence) ? orders.slice(1) : orders;
    this.#law = law;
    this.#depth = depthOf(law.level, after.dimensions);
    this.#first = firstOf(law, after.dimensions);
    this.#hasWaves = law.waves !== undefined || law.nodes.some(({ waves }) => waves !== undefined);
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

  /** What a change enters whole with a target: a node or a rank, or where that has waves one of them. @param all that the cluster type has */
  stepOf(target: string, all: readonly string[]): string {
    if (!this.#hasWaves) return this.#unitsOf(target)[0] as string;
    let steps = this.#steps.get(all);
    if (!steps) {
      steps = this.#stepsAmong(this.sorted(all));
      this.#steps.set(all, steps);
    }
    return steps.get(target) ?? target;
  }

  /** The deepest node that all of some targets lie in, or their rank; `*` where there is none. */
  commonNode(targets: readonly string[]): string {
    const node = commonNode(targets);
    const names = new Set(targets.map((target) => target.split('/')[this.#first]));
    const [name, ...others] = names;
    return node !== everywhere || this.#first === 0 || name === undefined || others.length > 0 ? node : rankPath(name, this.#first);
  }

  /** What lies around a target and may be entered whole, the broadest first; at last itself. */
  #unitsOf(target: string): readonly string[] {
    const names = target.split('/');
    const nodes = pathsTo(target).slice(Math.min(Math.max(this.#depth, this.#first), names.length - 1));
    const name = names[this.#first];
    return this.#first > 0 && this.#depth === this.#first && name !== undefined ? [rankPath(name, this.#first), ...nodes] : nodes;
  }

  #stepsAmong(targets: readonly string[]): ReadonlyMap<string, string> {
    const below = new Map<string, string[]>();
    for (const target of targets) for (const unit of this.#unitsOf(target)) getOr(below, unit, () => []).push(target);
    const steps = new Map<string, string>();
    // The broadest comes first; one in which something is entered in another way is left to what is in it.
    for (const [unit, inside] of [...below].sort(([a], [b]) => breadthOf(b) - breadthOf(a))) {
      const nodes = new Set(inside.flatMap(pathsTo).filter((path) => isAtOrBelow(path, unit)));
      const [waves, ...others] = [...nodes].map((path) => wavesAt(this.#law, path));
      if (!others.every((other) => isSameWaves(waves, other))) continue;
      const ends = waves === undefined ? [inside.length] : waveEnds(waves, inside.length);
      for (const [index, target] of inside.entries()) if (!steps.has(target)) steps.set(target, `${unit} ${ends.findIndex((end) => index < end)}`);
    }
    return steps;
  }
}

/** More for what lies around the other. */
function breadthOf(unit: string): number {
  return isRankPath(unit) ? 1 : -unit.split('/').length;
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
  return length === 0 ? everywhere : names.slice(0, length).join('/');
}
