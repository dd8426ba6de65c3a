import { type ChartId, isFolder } from '../../../layers/charts/chart-id';
import type { ChartFinding, ChartInput, ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import { describeObject, differingObjects, namesOfDiffering } from '../../../layers/charts/differing-objects';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { isMap } from '../../../layers/plain-data';
import {
  encodeToken,
  fillTokens,
  hasToken,
  mapStrings,
  showTokens,
  splitTokens,
  strings,
  type Token,
  tokensInJson,
  tokensOf,
  valueInPlace,
} from '../../../layers/text/token';

/**
 * What stands for the values that only the cluster knows while a chart is rendered. What comes out with one stand-in and not with
 * another is no longer the value itself:
 *
 * - The first is a name, as most values are: what a chart's schema wants is looked for with it alone.
 * - The second is longer than any name may be, in letters of both cases, with the characters at which charts cut texts; and what
 *   sorts first among the first sorts last among these.
 * - The third is a number, which shows who reads one.
 *
 * Behind them come the texts for which the chart asks, or looks: a condition of `prod` shows with `prod` alone.
 */
const forms: readonly ((index: number) => string)[] = [
  (index) => `qz${letters(index)}fleet`,
  (index) => `Zq${letters(675 - index).toUpperCase()}/Stand-In.of:${'value-'.repeat(42)}Z`,
  (index) => String(731_000_003 + index * 1_009),
];

/** How often two texts are told to two values: what asks for more pairs than that asks for nothing. */
const maxPairs = 120;

/** How many wrong texts are looked into, to say which value it is. */
const maxWrong = 4;

function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));
}

/** What stands for each token, by its place among those of an input. */
type StandIn = (index: number) => string;

/** A way to tell a chart something: what stands for its tokens, and whether its templates ask for that. */
interface Trial {
  readonly standIn: StandIn;
  /** As messages say it. @default - the same for every chart */
  readonly asked?: string;
}

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
    this.#trials = [...forms.slice(1).map((standIn) => ({ standIn })), ...(this.#tokens.length === 0 ? [] : this.#asking(asked(input)))];
    this.inputs = this.#tokens.length === 0 ? [input] : [{ standIn: first }, ...this.#trials].map(({ standIn }) => this.#filled(standIn));
  }

  /**
   * The objects with the tokens where they belong, or which value does not reach them as it is.
   *
   * @param given what was made of `inputs`
   * @param render renders others, to find out which value it is
   */
  read(given: readonly ChartObjects[], render: (inputs: readonly ChartInput[]) => readonly ChartObjects[]): ChartObjects {
    const [named, ...others] = given as [ChartObjects, ...ChartObjects[]];
    if (this.#tokens.length === 0) return named;
    if ('problems' in named) return { problems: named.problems.map((problem) => this.#told(problem)) };
    const restored = mapStrings(named.objects, (text) => this.#restore(text, first));
    // Who writes JSON says how what stands in it is meant; what a chart makes JSON of, it would have escaped.
    const isWritten = this.#input.values.some((text) => [...strings(valuesOf(text))].some((one) => hasToken(one) && isJson(one)));
    const objects = isWritten ? restored : restored.map(withJson);
    const wrong = this.#trials.filter((trial, index) => this.#difference(objects, others[index] as ChartObjects, trial) !== undefined);
    return wrong.length > 0 ? { problems: this.#guilty(objects, wrong.slice(0, maxWrong), render) } : { objects };
  }

  /** Each text for all tokens at once; and where there are several, any two that may be asked for together, one for one token and the other for the rest. */
  #asking(groups: readonly (readonly string[])[]): readonly Trial[] {
    const all = [...new Set(groups.flatMap((group) => this.#completing(group)))];
    const trials = new Map<string, Trial>(all.map((text) => [text, { asked: `'${text}'`, standIn: () => text }]));
    if (this.#tokens.length === 1) return [...trials.values()];
    // What a chart puts together of several values, it compares as one text.
    const parts = all.map((text) => text.split(/[-_./:@]+/)).filter(({ length }) => length === 2 || length === 3);
    for (const group of [...groups, ...parts]) {
      for (const [one, other] of pairsOf(group.filter((text) => text !== ''))) {
        for (const own of this.#tokens.keys()) {
          if (trials.size >= all.length + maxPairs) return [...trials.values()];
          const texts = this.#tokens.map((_, index) => (index === own ? one : other));
          trials.set(texts.join('\n'), { asked: `'${one}' and '${other}'`, standIn: (index) => texts[index] as string });
        }
      }
    }
    return [...trials.values()];
  }

  /** With what is left of a text for which a chart asks, where the values say the rest: `prod` of `https://prod` for `https://{token}`. */
  #completing(asked: readonly string[]): readonly string[] {
    const around = [...strings([this.#input.values.map(valuesOf), this.#input.parameters, this.#input.namespace])].flatMap((text) => {
      const parts = hasToken(text) ? splitTokens(text) : [];
      const [before, after] = [parts[0], parts.at(-1)].map((part) => (typeof part === 'string' ? part : '')) as [string, string];
      return parts.filter((part) => typeof part !== 'string').length === 1 && before + after !== '' ? [{ before, after }] : [];
    });
    const rests = around.flatMap(({ before, after }) =>
      asked.flatMap((text) => {
        if (before === '' ? !text.endsWith(after) : !text.startsWith(before)) return [];
        const rest = text.slice(before.length);
        return [rest.endsWith(after) ? rest.slice(0, rest.length - after.length) : rest];
      }),
    );
    return [...new Set([...asked, ...rests])].filter((text) => text !== '');
  }

  #filled(standIn: StandIn): ChartInput {
    const fill = (text: string) => fillTokens(text, (token) => this.#valueOf(token, standIn));
    return { ...this.#input, ...mapStrings(toldIn(this.#input), fill), ...(standIn === first ? {} : { isTrial: true, skipSchemaValidation: true }) };
  }

  #valueOf(token: Token, standIn: StandIn): string {
    return standIn(this.#indexes.get(encodeToken({ ...token, inJson: false })) ?? 0);
  }

  #restore(text: string, standIn: StandIn): string {
    return this.#tokens.reduce((made, token, index) => made.replaceAll(standIn(index), encodeToken(token)), text);
  }

  /** What differs by more than its stand-ins. */
  #difference(objects: readonly Manifest[], other: ChartObjects, { standIn, asked }: Trial): Pick<ChartFinding, 'message' | 'found'> | undefined {
    const where = asked === undefined ? '' : `, with ${asked} in its place`;
    if ('problems' in other) {
      const [problem] = other.problems;
      const says = [problem?.message, problem?.found].filter(Boolean).join(': ');
      // What it asks for may be no text that YAML, or a name, can hold: that is no answer.
      if (asked !== undefined && !/execution error|error calling/.test(says)) return undefined;
      return { message: 'the chart does not take every text for it', found: asked === undefined ? this.#shown(says, standIn) : `${says}${where}` };
    }
    const fill = (text: string) => fillTokens(text, (token) => valueInPlace(token, this.#valueOf(token, standIn)));
    const differing = differingObjects(objects, asFilled(objects, other.objects, fill) as readonly Manifest[]);
    const [wrong] = differing;
    if (wrong)
      return { message: `${showTokens(describeObject(wrong.object))} does not hold it as it is`, found: showTokens(namesOfDiffering(differing)) + where };
    return objects.length === other.objects.length ? undefined : { message: 'which objects there are depends on it', found: where.slice(2) };
  }

  /** Each value by itself; all of them where only several together do it. */
  #guilty(objects: readonly Manifest[], wrong: readonly Trial[], render: (inputs: readonly ChartInput[]) => readonly ChartObjects[]): readonly ChartFinding[] {
    const trials = this.#tokens.flatMap((token, own) =>
      wrong.map(({ standIn, ...trial }) => ({ ...trial, tokens: [token], standIn: (one: number) => (one === own ? standIn : first)(one) })),
    );
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
    const stand = `${this.#tokens.map((token, index) => `'${first(index)}' for ${showTokens(encodeToken(token))}`).join(', ')} stood in it`;
    return { ...problem, found: this.#shown(problem.found, first), hint: problem.hint === undefined ? stand : `${problem.hint}; ${stand}` };
  }

  #shown(text: string, standIn: StandIn): string {
    return showTokens(this.#restore(text, standIn));
  }
}

/** What of an input may hold tokens. */
function toldIn({ namespace, values, parameters }: ChartInput): Pick<ChartInput, 'namespace' | 'values' | 'parameters'> {
  return { namespace, values, parameters };
}

function* pairsOf(texts: readonly string[]): Generator<readonly [string, string]> {
  for (const one of texts) for (const other of texts) if (one !== other) yield [one, other];
}

function first(index: number): string {
  return (forms[0] as StandIn)(index);
}

/**
 * What a chart gave for some stand-ins, with the tokens wherever it is what they give when they are filled in.
 *
 * @param tokens what it should be
 */
function asFilled(
  tokens: Plain | readonly Manifest[] | undefined,
  other: Plain | readonly Manifest[],
  fill: (text: string) => string,
): Plain | readonly Manifest[] {
  if (typeof tokens === 'string') return isSame(fill(tokens), other as Plain) ? tokens : other;
  if (Array.isArray(tokens)) return Array.isArray(other) ? (other.map((item, index) => asFilled(tokens[index], item, fill)) as Plain) : other;
  if (!isMap(tokens) || !isMap(other)) return other;
  const names = new Map(Object.keys(tokens).map((key) => [fill(key), key]));
  return Object.fromEntries(
    Object.entries(other as Readonly<Record<string, Plain>>).map(([name, item]) => {
      const key = names.get(name) ?? name;
      return [key, asFilled((tokens as Readonly<Record<string, Plain>>)[key], item, fill) as Plain];
    }),
  );
}

/**
 * Whether a text is what a chart gave. What it writes without quotation marks, YAML takes for a number, for a word of its own, or
 * without the spaces around it: it is a text then, as most of what has no quotation marks is.
 */
function isSame(filled: string, other: Plain): boolean {
  if (typeof other === 'string') return other === filled || other === filled.trim() || (filled.startsWith(other) && /^\s+#/.test(filled.slice(other.length)));
  // Go's YAML knows `1_000`, and numbers to the base of 8 that begin with 0.
  if (typeof other === 'number') return Number(filled.replaceAll('_', '')) === other || /^[-+]?0[\dobx_]/.test(filled);
  return typeof other === 'boolean' ? /^(?:true|false|yes|no|on|off|y|n)$/i.test(filled) : other === null && /^(?:null|~|\s*)$/i.test(filled);
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
