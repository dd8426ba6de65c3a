import { type ChartId, isFolder } from '../../../layers/charts/chart-id';
import type { ChartFinding, ChartInput, ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import { describeObject, differingObjects, namesOfDiffering } from '../../../layers/charts/differing-objects';
import { followedName, followedValue } from '../../../layers/charts/followed-value';
import { leftClosed } from '../../../layers/charts/left-closed';
import type { Manifest } from '../../../layers/output';
import {
  encodeToken,
  fillTokens,
  hasToken,
  isPlainScalar,
  mapStrings,
  showTokens,
  strings,
  type Token,
  tokensOf,
  valueInPlace,
  withoutForm,
} from '../../../layers/text/token';
import type { TokenCheck } from './checks-file';
import { asFilled, isJson, withJson, withPlain } from './filled-objects';
import { namesOf, toldIn, valuesOf } from './told-values';
import { type Check, lineCheck, named, numbered, type StandIn, sizeCheck, type Trial, trialsOf, yamlCheck } from './trials';

/** How many wrong texts are looked into, to say which value it is. */
const maxWrong = 4;

/** How often a chart is rendered at most to tell which value it is of which it does not keep everything: all of them, where that is not enough. */
const maxAlone = 60;

type Render = (inputs: readonly ChartInput[]) => readonly ChartObjects[];

/** What a chart gives, and what of a value it would not keep. */
export type OpenedObjects =
  | Exclude<ChartObjects, { readonly objects: unknown }>
  | { readonly objects: readonly Manifest[]; readonly checks: readonly TokenCheck[] };

/** A chart that is told what only the cluster knows. */
export class StandIns {
  /** What is rendered in its place: the input itself, where it holds no token. */
  readonly inputs: readonly ChartInput[];
  readonly #input: ChartInput;
  readonly #tokens: readonly Token[];
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #trials: readonly Trial[];

  /** @param asked the texts for which the templates of its chart ask, by those that may be asked for together; asked for where the input holds a token */
  constructor(input: ChartInput, asked: ChartRenderer['asked']) {
    this.#input = input;
    this.#tokens = [...tokensOf(toldIn(input))].sort((a, b) => (encodeToken(a) < encodeToken(b) ? -1 : 1));
    this.#indexes = new Map(this.#tokens.map((token, index) => [encodeToken(token), index]));
    this.#trials = this.#tokens.length === 0 ? [] : trialsOf(input, asked(input), this.#tokens.length);
    this.inputs =
      this.#tokens.length === 0
        ? [input]
        : [...[{ standIn: named }, ...this.#trials].map(({ standIn }) => this.#filled(standIn)), this.#followed(followedValue)];
  }

  /**
   * The objects with the tokens where they belong, or which value does not reach them as it is.
   *
   * @param given what was made of `inputs`, or of the first of them where that failed
   * @param render renders others, to find out which value it is
   */
  read(given: readonly ChartObjects[], render: Render): OpenedObjects {
    const stopped: ChartFinding[] = [];
    const watched = (all: readonly ChartObjects[]) => {
      // What is no matter of the chart is no answer about what it does with a value.
      for (const one of all) if ('problems' in one) stopped.push(...one.problems.filter(({ isOfAll }) => isOfAll));
      return all;
    };
    const opened = this.#read(watched(given), (inputs) => watched(render(inputs)));
    return stopped.length > 0 ? { problems: stopped.slice(0, 1) } : opened;
  }

  #read(given: readonly ChartObjects[], render: Render): OpenedObjects {
    const [first, ...others] = given as [ChartObjects, ...ChartObjects[]];
    if ('problems' in first) return this.#tokens.length === 0 ? first : { problems: first.problems.map((problem) => this.#told(problem)) };
    if (this.#tokens.length === 0) return { objects: first.objects, checks: [] };
    const restored = mapStrings(first.objects, (text) => this.#restore(text, named));
    // Who writes JSON says how what stands in it is meant; what a chart makes JSON of, it would have escaped.
    const isWritten = this.#input.values.some((text) => [...strings(valuesOf(text))].some((one) => hasToken(one) && isJson(one)));
    const texts = isWritten ? restored : restored.map(withJson);
    const numbers = others[this.#trials.indexOf(numbered)];
    const objects = numbers && 'objects' in numbers ? withPlain(texts, numbers.objects, this.#fill(numbered.standIn)) : texts;
    const differing = this.#trials.filter((trial, index) => this.#difference(objects, others[index] as ChartObjects, trial) !== undefined);
    const wrong = differing.filter(({ check }) => check === undefined);
    if (wrong.length > 0) return { problems: this.#guilty(objects, wrong.slice(0, maxWrong), render) };
    const misled = this.#misled(others.at(-1) as ChartObjects, render);
    if (misled.length > 0) return { problems: misled };
    return { objects, checks: [...this.#checks(objects, differing, render), ...plainIn(objects), ...this.#unheld(objects)] };
  }

  /** Values that reach no object, where each is asked to be there. */
  #unheld(objects: readonly Manifest[]): readonly TokenCheck[] {
    const held = new Set(tokensOf(objects).map(encodeToken));
    return this.#tokens.filter((token) => !held.has(encodeToken(token))).map((token) => ({ token }));
  }

  /** What the chart does not keep, of each value that it is told. */
  #checks(objects: readonly Manifest[], differing: readonly Trial[], render: Render): readonly TokenCheck[] {
    const all = this.#tokens.flatMap((token, own) => differing.map((trial) => ({ token, check: trial.check as Check, trial: alone(trial, own) })));
    if (this.#tokens.length === 1 || all.length > maxAlone) return all;
    const given = render(all.map(({ trial }) => this.#filled(trial.standIn)));
    const found = all.filter(({ trial }, index) => this.#difference(objects, given[index] as ChartObjects, trial) !== undefined);
    // What only several together do is asked of each.
    return all.filter((one) => found.includes(one) || !found.some(({ check }) => check === one.check));
  }

  #filled(standIn: StandIn): ChartInput {
    return {
      ...this.#input,
      ...mapStrings(toldIn(this.#input), this.#fill(standIn)),
      ...(standIn === named ? {} : { isTrial: true, skipSchemaValidation: true }),
    };
  }

  /** One value that is followed, beside names; all of them where none is said. */
  #followed(value: StandIn, own?: number): ChartInput {
    return { ...this.#filled((index) => (own === undefined || index === own ? value : named)(index)), isFollowed: true };
  }

  /** Values that functions are given which may make something else of them. */
  #misled(given: ChartObjects, render: Render): readonly ChartFinding[] {
    if ('objects' in given) return [];
    const alone = render(this.#tokens.map((_, own) => this.#followed(followedValue, own)));
    // In a text of YAML it may have to be a name, so that the text can be read.
    const odd = alone.flatMap((one, own) => ('problems' in one && !isMisled(one.problems) ? [own] : []));
    const read = render(odd.map((own) => this.#followed(followedName, own)));
    const each = alone.map((one, own) => (odd.includes(own) ? (read[odd.indexOf(own)] as ChartObjects) : one));
    const found = each.flatMap((one, own) => ('problems' in one ? [this.#misledBy(one.problems, [this.#tokens[own] as Token])] : []));
    return found.length === 0 && isMisled(given.problems) ? [this.#misledBy(given.problems, this.#tokens)] : found;
  }

  #misledBy(problems: readonly ChartFinding[], tokens: readonly Token[]): ChartFinding {
    const [{ message, found }] = problems as [ChartFinding];
    if (isMisled(problems)) return this.#finding(namesOf(tokens, this.#input), { message, ...(found === undefined ? {} : { found }) });
    return this.#finding(namesOf(tokens, this.#input), {
      message: 'the chart does not take every text for it',
      found: [message, found].filter(Boolean).join(': '),
    });
  }

  #valueOf(token: Token, standIn: StandIn): string {
    return standIn(this.#indexes.get(encodeToken(withoutForm(token))) ?? 0);
  }

  #fill(standIn: StandIn): (text: string) => string {
    return (text) => fillTokens(text, (token) => valueInPlace(token, this.#valueOf(token, standIn)));
  }

  #restore(text: string, standIn: StandIn): string {
    return this.#tokens.reduce((made, token, index) => made.replaceAll(standIn(index), encodeToken(token)), text);
  }

  /** What differs by more than its stand-ins. */
  #difference(objects: readonly Manifest[], other: ChartObjects, { standIn, asked, check }: Trial): Pick<ChartFinding, 'message' | 'found'> | undefined {
    const where = asked === undefined ? '' : `, with ${asked} in its place`;
    if ('problems' in other) {
      const [problem] = other.problems;
      const says = [problem?.message, problem?.found].filter(Boolean).join(': ');
      // What it asks for may be no text that YAML, or a name, can hold: that is no answer.
      if (asked !== undefined && !/execution error|error calling/.test(says)) return undefined;
      return { message: 'the chart does not take every text for it', found: asked === undefined ? this.#shown(says, standIn) : `${says}${where}` };
    }
    const filled = asFilled(objects, other.objects, this.#fill(standIn), check !== undefined);
    const differing = differingObjects(objects, filled as readonly Manifest[]);
    const [wrong] = differing;
    if (wrong)
      return { message: `${showTokens(describeObject(wrong.object))} does not hold it as it is`, found: showTokens(namesOfDiffering(differing)) + where };
    return objects.length === other.objects.length ? undefined : { message: 'which objects there are depends on it', found: where.slice(2) };
  }

  /** Each value by itself; all of them where only several together do it. */
  #guilty(objects: readonly Manifest[], wrong: readonly Trial[], render: Render): readonly ChartFinding[] {
    const trials = this.#tokens.flatMap((token, own) => wrong.map((trial) => ({ ...alone(trial, own), tokens: [token] })));
    const together = wrong.map((trial) => ({ ...trial, tokens: this.#tokens }));
    const findings = (tried: readonly (Trial & { readonly tokens: readonly Token[] })[]) => {
      const given = render(tried.map(({ standIn }) => this.#filled(standIn)));
      const told = new Set<string>();
      return tried.flatMap(({ tokens, ...trial }, index): readonly ChartFinding[] => {
        const difference = this.#difference(objects, given[index] as ChartObjects, trial);
        const what = namesOf(tokens, this.#input);
        if (!difference || told.has(what)) return [];
        told.add(what);
        return [this.#finding(what, difference)];
      });
    };
    const found = findings(trials);
    return found.length > 0 ? found : findings(together);
  }

  #finding(what: string, { message, found = '' }: Pick<ChartFinding, 'message' | 'found'>): ChartFinding {
    return {
      code: 'chart-token',
      message: `${what} of ${shownChart(this.#input.id)} cannot be filled in later: ${message}`,
      ...(found === '' ? {} : { found }),
      expected: 'that a value that only the cluster knows reaches objects as it is',
      hint: `what a chart encodes, cuts, measures or asks must be known here: say it for each target, or ${leftClosed}`,
    };
  }

  /** What is wrong with a chart and not with its values is wrong with every stand-in. */
  #told(problem: ChartFinding): ChartFinding {
    const { value } = problem;
    const isOther = value !== undefined && !namesOf(this.#tokens, this.#input).includes(`'${value.join('.')}'`);
    if (problem.code !== 'chart-render' || problem.found === undefined || isOther) return problem;
    const stand = `${this.#tokens.map((token, index) => `'${named(index)}' for ${showTokens(encodeToken(token))}`).join(', ')} stood in it`;
    return { ...problem, found: this.#shown(problem.found, named), hint: problem.hint === undefined ? stand : `${problem.hint}; ${stand}` };
  }

  #shown(text: string, standIn: StandIn): string {
    return showTokens(this.#restore(text, standIn));
  }
}

/** One value as a trial has it, beside names. */
function alone({ standIn, ...trial }: Trial, own: number): Trial {
  return { ...trial, standIn: (index) => (index === own ? standIn : named)(index) };
}

/** Whether functions are given it, and nothing else is wrong. */
function isMisled(problems: readonly ChartFinding[]): boolean {
  return problems.every(({ code }) => code === 'chart-token');
}

/** Whatever the chart makes of it: what stands without quotation marks must be one scalar. */
function plainIn(objects: readonly Manifest[]): readonly TokenCheck[] {
  const plain = [...strings(objects)].filter(isPlainScalar);
  return tokensOf(plain).flatMap((token) => [yamlCheck, lineCheck, sizeCheck].map((check) => ({ token, check })));
}

function shownChart(id: ChartId): string {
  return isFolder(id) ? `the chart in '${id.folder}'` : `${id.chart} ${id.version}`;
}
