import { sum } from '../../../layers/compile/answers';
import type { Problem } from '../../../layers/problem';
import { messageOf } from '../../../layers/thrown';
import type { CustomObject } from './custom-objects';

/** What a user's code declared for a target, so that code with two answers for one target is found out. */
export class CustomAnswer {
  readonly #at: Partial<Problem>;
  readonly #first: ReadonlyMap<string, number>;
  readonly #declare: () => readonly CustomObject[];

  /** @param declare runs the code again */
  constructor(at: Partial<Problem>, objects: readonly CustomObject[], declare: () => readonly CustomObject[]) {
    this.#at = at;
    this.#first = textsOf(objects);
    this.#declare = declare;
  }

  /** @returns what is wrong: the second answer is another one */
  again(): Problem | undefined {
    const found = this.#difference();
    if (found === undefined) return undefined;
    return {
      ...this.#at,
      code: 'impure-function',
      message: 'code of the configuration gave two answers for one target',
      expected: 'the same objects for the same target, whenever they are asked for',
      found,
      hint: 'no clock, no randomness, no counter: what is declared follows from the target alone',
    };
  }

  #difference(): string | undefined {
    let second: ReadonlyMap<string, number>;
    try {
      second = textsOf(this.#declare());
    } catch (cause) {
      return `objects at first, then it threw "${messageOf(cause)}"`;
    }
    const names = [...new Set([...this.#first.keys(), ...second.keys()])];
    const other = names.find((name) => this.#first.get(name) !== second.get(name));
    if (other === undefined) return undefined;
    if (!second.has(other)) return `${other} at first alone`;
    return this.#first.has(other) ? `another ${other} the second time` : `${other} the second time alone`;
  }
}

/** Each object by what it is called, with a number that stands for all that it says. What is an untouched app's is not the code's. */
function textsOf(objects: readonly CustomObject[]): ReadonlyMap<string, number> {
  const texts = new Map<string, number>();
  for (const { manifest, isUntouched, app } of objects) {
    if (isUntouched) texts.set(`the manifest of ${app}`, 0);
    else texts.set(`${manifest.kind} '${manifest.metadata.name}'`, sum(JSON.stringify(manifest, plain)));
  }
  return texts;
}

/** What JSON cannot hold was objected to. */
function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function' ? String(value) : value;
}
