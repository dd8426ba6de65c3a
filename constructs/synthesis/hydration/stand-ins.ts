import { type ChartId, isFolder } from '../../../layers/charts/chart-id';
import type { ChartFinding, ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { describeObject, differingObjects, namesOfDiffering } from '../../../layers/charts/differing-objects';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { isMap } from '../../../layers/plain-data';
import { encodeToken, fillTokens, hasToken, mapStrings, showTokens, strings, type Token, tokensInJson, tokensOf } from '../../../layers/text/token';

/**
 * What stands for the values that only the cluster knows while a chart is rendered. What comes out with one stand-in and not with
 * another is no longer the value itself:
 *
 * - The first is a name, as most values are: what a chart's schema wants is looked for with it alone.
 * - The second is longer than any name may be, in letters of both cases, with the characters at which charts cut texts; and what
 *   sorts first among the first sorts last among these.
 * - The third is a number, which shows who reads one.
 */
const forms: readonly ((index: number) => string)[] = [
  (index) => `qz${letters(index)}fleet`,
  (index) => `Zq${letters(675 - index).toUpperCase()}/Stand-In.of:${'value-'.repeat(9)}Z`,
  (index) => String(731_000_003 + index * 1_009),
];

function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));
}

/** How the tokens of an input stand in it: each by the form of its stand-in. */
type Choice = (index: number) => number;

/** A chart that is told what only the cluster knows. */
export class StandIns {
  /** What is rendered in its place: the input itself, where it holds no token. */
  readonly inputs: readonly ChartInput[];
  readonly #input: ChartInput;
  readonly #tokens: readonly Token[];

  constructor(input: ChartInput) {
    this.#input = input;
    this.#tokens = [...tokensOf(toldIn(input))].sort((a, b) => (encodeToken(a) < encodeToken(b) ? -1 : 1));
    this.inputs = this.#tokens.length === 0 ? [input] : forms.map((_, form) => this.#filled(() => form));
  }

  /**
   * The objects with the tokens where they belong, or which value does not reach them as it is.
   *
   * @param given what was made of `inputs`
   * @param render renders others, to find out which value it is
   */
  read(given: readonly ChartObjects[], render: (inputs: readonly ChartInput[]) => readonly ChartObjects[]): ChartObjects {
    const [first, ...others] = given as [ChartObjects, ...ChartObjects[]];
    if (this.#tokens.length === 0) return first;
    if ('problems' in first) return { problems: first.problems.map((problem) => this.#told(problem)) };
    const objects = restored(first.objects, first.objects, (text) => this.#restore(text, () => 0)) as readonly Manifest[];
    const wrong = others.some((other, index) => this.#difference(first.objects, objects, other, () => index + 1) !== undefined);
    if (wrong) return { problems: this.#guilty(first.objects, objects, render) };
    // Who writes JSON says how what stands in it is meant; what a chart makes JSON of, it would have escaped.
    const isWritten = this.#input.values.some((text) => [...strings(valuesOf(text))].some((one) => hasToken(one) && isJson(one)));
    return { objects: isWritten ? objects : objects.map(withJson) };
  }

  #filled(choice: Choice): ChartInput {
    const indexes = new Map(this.#tokens.map((token, index) => [encodeToken(token), index]));
    const fill = (text: string) => fillTokens(text, (token) => standIn(indexes.get(encodeToken(token)) ?? 0, choice));
    const isFirst = this.#tokens.every((_, index) => choice(index) === 0);
    return { ...this.#input, ...mapStrings(toldIn(this.#input), fill), ...(isFirst ? {} : { skipSchemaValidation: true }) };
  }

  #restore(text: string, choice: Choice): string {
    return this.#tokens.reduce((made, token, index) => made.replaceAll(standIn(index, choice), encodeToken(token)), text);
  }

  /** What differs by more than its stand-ins. */
  #difference(
    first: readonly Manifest[],
    objects: readonly Manifest[],
    other: ChartObjects,
    choice: Choice,
  ): Pick<ChartFinding, 'message' | 'found'> | undefined {
    if ('problems' in other) {
      const [problem] = other.problems;
      return {
        message: 'the chart does not take every text for it',
        found: this.#shown([problem?.message, problem?.found].filter(Boolean).join(': '), choice),
      };
    }
    const others = restored(other.objects, first, (text) => this.#restore(text, choice)) as readonly Manifest[];
    const differing = differingObjects(objects, others);
    const [wrong] = differing;
    if (wrong) return { message: `${showTokens(describeObject(wrong.object))} does not hold it as it is`, found: showTokens(namesOfDiffering(differing)) };
    return objects.length === others.length ? undefined : { message: 'which objects there are depends on it', found: '' };
  }

  /** Each value by itself; all of them where only several together do it. */
  #guilty(
    first: readonly Manifest[],
    objects: readonly Manifest[],
    render: (inputs: readonly ChartInput[]) => readonly ChartObjects[],
  ): readonly ChartFinding[] {
    const trials = this.#tokens.flatMap((token, own) =>
      forms.slice(1).map((_, index) => ({ tokens: [token], choice: (one: number) => (one === own ? index + 1 : 0) })),
    );
    const together = forms.slice(1).map((_, index) => ({ tokens: this.#tokens, choice: () => index + 1 }));
    const findings = (tried: readonly { readonly tokens: readonly Token[]; readonly choice: Choice }[]) => {
      const given = render(tried.map(({ choice }) => this.#filled(choice)));
      const told = new Set<string>();
      return tried.flatMap(({ tokens, choice }, index): readonly ChartFinding[] => {
        const difference = this.#difference(first, objects, given[index] as ChartObjects, choice);
        const what = namesOf(tokens, this.#input);
        if (!difference || told.has(what)) return [];
        told.add(what);
        return [this.#finding(what, difference)];
      });
    };
    const alone = findings(trials);
    return alone.length > 0 ? alone : findings(together);
  }

  #finding(what: string, { message, found }: Pick<ChartFinding, 'message' | 'found'>): ChartFinding {
    return {
      code: 'chart-token',
      message: `${what} of ${shownChart(this.#input.id)} cannot be filled in later: ${message}`,
      ...(found === '' ? {} : { found }),
      expected: 'that a value that only the cluster knows reaches objects as it is',
      hint: 'what a chart encodes, cuts, measures or asks must be known here: say it for each target, or leave `hydrate` out there',
    };
  }

  /** What is wrong with a chart and not with its values is wrong with every stand-in. */
  #told(problem: ChartFinding): ChartFinding {
    const { value } = problem;
    const isOther = value !== undefined && !namesOf(this.#tokens, this.#input).includes(`'${value.join('.')}'`);
    if (problem.code !== 'chart-render' || problem.found === undefined || isOther) return problem;
    const stand = `${this.#tokens.map((token, index) => `'${standIn(index, () => 0)}' for ${showTokens(encodeToken(token))}`).join(', ')} stood in it`;
    return { ...problem, found: this.#shown(problem.found, () => 0), hint: problem.hint === undefined ? stand : `${problem.hint}; ${stand}` };
  }

  #shown(text: string, choice: Choice): string {
    return showTokens(this.#restore(text, choice));
  }
}

/** What of an input may hold tokens. */
function toldIn({ namespace, values, parameters }: ChartInput): Pick<ChartInput, 'namespace' | 'values' | 'parameters'> {
  return { namespace, values, parameters };
}

function standIn(index: number, choice: Choice): string {
  return (forms[choice(index)] as (index: number) => string)(index);
}

/**
 * Data with what stood in it put back. What a chart writes without quotation marks is a number where a number stood in, and a text
 * where a text did: it is a text then, as most of what has no quotation marks is.
 *
 * @param model the same with the first stand-ins
 */
function restored(
  value: Plain | readonly Manifest[],
  model: Plain | readonly Manifest[] | undefined,
  restore: (text: string) => string,
): Plain | readonly Manifest[] {
  if (typeof value === 'string') return restore(value);
  if (typeof value === 'number') {
    const text = String(value);
    const made = typeof model === 'string' ? restore(text) : text;
    return made === text ? value : made;
  }
  if (Array.isArray(value)) return value.map((item, index) => restored(item, Array.isArray(model) ? model[index] : undefined, restore)) as Plain;
  if (!isMap(value)) return value;
  const models = isMap(model) ? (model as Readonly<Record<string, Plain>>) : {};
  const byName = new Map(Object.keys(models).map((key) => [restore(key), models[key]]));
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Plain>>).map(([key, item]) => {
      const name = restore(key);
      return [name, restored(item, models[key] ?? byName.get(name), restore) as Plain];
    }),
  );
}

/** What stands inside a JSON text is escaped there when it is filled in. */
function withJson(object: Manifest): Manifest {
  return mapStrings(object, (text) => (isJson(text) ? tokensInJson(text) : text));
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the values stand in what the chart is told: `the value 'ingress.host'`. */
function namesOf(tokens: readonly Token[], { namespace, values, parameters }: ChartInput): string {
  const marks = tokens.map(encodeToken);
  const holds = (text: string) => marks.some((mark) => text.includes(mark));
  const paths = values.flatMap((text) => (holds(text) ? placesIn(valuesOf(text), holds) : []));
  const names = [
    ...(holds(namespace) ? ['the namespace'] : []),
    ...paths.map((path) => (path === '' ? 'the values' : `the value '${path}'`)),
    ...parameters.flatMap(({ name, value }) => (holds(value) || holds(name) ? [`the parameter '${showTokens(name)}'`] : [])),
  ];
  return `${showTokens(marks.join(', '))} (${[...new Set(names)].join(', ')})`;
}

function valuesOf(text: string): Plain {
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return text;
  }
}

function placesIn(value: Plain, holds: (text: string) => boolean, path = ''): readonly string[] {
  if (typeof value === 'string') return holds(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Plain>>).flatMap(([key, item]) => {
    const below = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return holds(key) ? [showTokens(below)] : placesIn(item, holds, below);
  });
}

function shownChart(id: ChartId): string {
  return isFolder(id) ? `the chart in '${id.folder}'` : `${id.chart} ${id.version}`;
}
