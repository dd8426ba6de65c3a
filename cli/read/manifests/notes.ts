import type { ChartFinding } from '../../../layers/charts/chart-input';
import { getOr } from '../../../layers/get-or';
import { plural } from '../../../layers/text/problem-text';

/** What is wrong with a chart, in one sentence. */
export function findingText({ message, expected, found, hint }: ChartFinding): string {
  const parts = [['expected', expected] as const, ['found', found] as const].flatMap(([word, text]) => (text === undefined ? [] : [`${word} ${text}`]));
  return [`${message}${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`, ...(hint === undefined ? [] : [hint])].join(': ');
}

/** Why objects are not shown, once for all targets. */
export class Notes {
  readonly #targets = new Map<string, Set<string>>();
  readonly #noun: string;

  /** @param noun what readers call a target */
  constructor(noun: string) {
    this.#noun = noun;
  }

  add(app: string, why: string, target: string): void {
    getOr(this.#targets, `${app} is not shown in full: ${why}`, () => new Set()).add(target);
  }

  texts(): readonly string[] {
    return [...this.#targets].map(([text, targets]) => `${text} (${plural(targets.size, this.#noun)})`);
  }
}
