import type { ChartFinding } from '../../../layers/charts/chart-input';

/** How long all renderings of a command may take together, in milliseconds: ten minutes. */
export const wholeTime = 600_000;

/** How much they may print together, in bytes. */
export const wholeOutput = 2 ** 30;

/** What one rendering took. */
export interface Taken {
  /** Of what. */
  readonly shown: string;
  /** In milliseconds. */
  readonly time: number;
  /** In bytes. */
  readonly size: number;
}

/** What all renderings may take together: limits of one are none where there are many. */
export class WholeLimits {
  readonly #time: number;
  readonly #output: number;
  #spentTime = 0;
  #spentOutput = 0;
  readonly #taken = new Map<string, { time: number; size: number }>();

  constructor({ time = wholeTime, output = wholeOutput }: { readonly time?: number; readonly output?: number } = {}) {
    this.#time = time;
    this.#output = output;
  }

  /** What is left of both. */
  get left(): { readonly time: number; readonly output: number } {
    return { time: Math.max(0, this.#time - this.#spentTime), output: Math.max(0, this.#output - this.#spentOutput) };
  }

  /** @param time how long it took until all had ended, of which several ran at once, in milliseconds */
  take(time: number, runs: readonly Taken[]): void {
    this.#spentTime += time;
    for (const run of runs) {
      this.#spentOutput += run.size;
      const before = this.#taken.get(run.shown) ?? { time: 0, size: 0 };
      this.#taken.set(run.shown, { time: before.time + run.time, size: before.size + run.size });
    }
  }

  /** That it is too much, and which chart took most of it. */
  finding(of: 'time' | 'output'): ChartFinding {
    const most = (measure: 'time' | 'size') => [...this.#taken].sort(([, a], [, b]) => b[measure] - a[measure])[0];
    const [shown, took] = most(of === 'time' ? 'time' : 'size') ?? ['', { time: 0, size: 0 }];
    return {
      code: 'chart-render',
      message: of === 'time' ? 'all charts that are opened take too long together' : 'all charts that are opened print too much together',
      expected: of === 'time' ? `at most ${this.#time / 1000} seconds` : `at most ${this.#output} bytes`,
      found: of === 'time' ? `most of it took ${shown}: ${Math.round(took.time / 1000)} seconds` : `most of it is of ${shown}: ${took.size} bytes`,
      hint: 'what was rendered is kept, so that the same command goes on from there; where it is that chart, mend it, or leave `hydrate` out there',
      isOfAll: true,
    };
  }
}
