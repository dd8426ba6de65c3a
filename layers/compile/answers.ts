/** Another answer than before. */
export interface Change {
  /** Of the function, in the order of evaluation. @default - not known: the answers were too long to be kept */
  readonly index?: number;
  /** Both answers, in words. */
  readonly found?: string;
}

/** Longer answers are remembered as a number: there is one for each target of the fleet. */
const kept = 200;

/** What the functions of a layer answered at each target, so that one with two answers for one target is found out. */
export class Answers {
  readonly #first = new Map<string, string | number>();

  /**
   * @param path    of the target
   * @param answers each behind U+0000, equal for equal answers
   * @returns `undefined` where the answers are those of the first time, and at the first time
   */
  change(path: string, answers: string): Change | undefined {
    const first = this.#first.get(path);
    const now = answers.length > kept ? sum(answers) : answers;
    if (first === undefined) this.#first.set(path, now);
    if (first === undefined || first === now) return undefined;
    if (typeof first === 'number') return {};
    const [before, after] = [first.split('\u0000').slice(1), answers.split('\u0000').slice(1)];
    const index = before.findIndex((answer, at) => answer !== after[at]);
    const shown = (answer = '') => (answer.startsWith('at ') ? 'what YAML cannot hold' : answer.length > 60 ? `${answer.slice(0, 57)}…` : answer);
    return { index, found: `${shown(before[index])} at first, then ${shown(after[index])}` };
  }
}

/** A number that stands for a text. */
export function sum(text: string): number {
  let value = text.length;
  for (let at = 0; at < text.length; at++) value = (value * 31 + text.charCodeAt(at)) % 4_503_599_627_370;
  return value;
}
