/** Chance that is the same for the same seed, on every machine (mulberry32). */
export class Random {
  #state: number;

  /** @param seed any whole number; numbers that lie side by side give chances that have nothing to do with each other */
  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0;
  }

  /** From 0 up to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Once in so many times. */
  oneIn(times: number): boolean {
    return this.int(1, times) === 1;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[this.int(0, list.length - 1)] as T;
  }

  /** So many different items at most, in the order of the list. */
  some<T>(list: readonly T[], most: number): readonly T[] {
    const chosen = new Set<number>();
    for (let count = this.int(0, Math.min(most, list.length)); count > 0; count -= 1) chosen.add(this.int(0, list.length - 1));
    return list.filter((_, index) => chosen.has(index));
  }

  times<T>(least: number, most: number, make: (index: number) => T): readonly T[] {
    return Array.from({ length: this.int(least, most) }, (_, index) => make(index));
  }
}
