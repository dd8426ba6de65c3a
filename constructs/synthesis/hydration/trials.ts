import type { ChartInput, ChartRenderer } from '../../../layers/charts/chart-input';
import { hasToken, splitTokens, strings } from '../../../layers/text/token';
import { orderTexts, sameKeyTrials } from './key-trials';
import { valuesOf } from './told-values';

/** What stands for each token, by its place among those of an input. */
export type StandIn = (index: number) => string;

/** What a value must not hold, where a chart does not keep it. */
export interface Check {
  /** A regular expression of Go (RE2), without back-quotes. */
  readonly pattern: string;
  /** `hold quotation marks or backslashes` */
  readonly words: string;
  /** Another one that finds all of it. @default - none does */
  readonly within?: Check;
}

/** A way to tell a chart something: what stands for its tokens, and whether its templates ask for that. */
export interface Trial {
  readonly standIn: StandIn;
  /** As messages say it. @default - the same for every chart */
  readonly asked?: string;
  /** What is checked at deploy time where the chart does not keep this. @default - it must */
  readonly check?: Check;
}

/** A name, as most values are: what a chart's schema wants is looked for with it alone. */
export function named(index: number): string {
  return `qz${letters(index)}fleet`;
}

/** What shows who reads a number: so long that Go writes a float otherwise, and so short that two of them make a number that is exact. */
export const numbered: Trial = { standIn: (index) => String(7_310_003 + index * 1_009) };

/**
 * What comes out with one stand-in and not with another is no longer the value itself. Beside a name these are told:
 *
 * - One that is longer than any name may be, in letters of both cases, with the characters at which charts cut texts; and what sorts
 *   first among the names sorts last among these.
 * - A number.
 *
 * Behind them come the texts for which the chart asks, or looks: a condition of `prod` shows with `prod` alone.
 */
const forms: readonly Trial[] = [{ standIn: (index) => `Zq${letters(675 - index).toUpperCase()}/Stand-In.of:${'value-'.repeat(42)}Z` }, numbered];

/** What ends a scalar without quotation marks, or makes another thing of it; and what Go takes for space, at the ends. */
export const yamlCheck: Check = {
  pattern: '^[\\s\\v\\x{85}\\pZ,\\[\\]{}#&*!|>\'"%@\\x60]|^[-?:](\\s|$)|:(\\s|$)|\\s#|[\\s\\v\\x{85}\\pZ]$',
  words: 'hold `: ` or ` #`, begin with what means something to YAML, or begin or end with a space',
};

/** What YAML takes for line breaks, or refuses. */
const control = '\\x7f-\\x{9f}\\x{2028}\\x{2029}\\x{feff}\\x{fffe}\\x{ffff}';

export const lineCheck: Check = {
  pattern: `[\\x00-\\x1f${control}]|\\{\\{`,
  words: 'hold line breaks, tabs, control characters or `{{`',
};

/** What Go does not print, and writes otherwise between quotation marks (`strconv.IsPrint`), or in YAML. */
const controlCheck: Check = {
  pattern: '[^\\pL\\pM\\pN\\pP\\pS \\t\\n\\r]|[\\x{10000}-\\x{10ffff}]',
  words: 'hold control characters, or others that are not printed',
};

/** What a chart that reads it as a number rounds. */
export const sizeCheck: Check = { pattern: '^[-+]?[0-9_]{16,}$', words: 'be a number of more than 15 digits' };

/** What is nothing once a chart takes the spaces around it away. */
const blankCheck: Check = { pattern: '^[\\s\\v\\x{85}\\pZ]*$', words: 'be spaces alone', within: yamlCheck };

/** Numbers are those that every reader takes for themselves. */
const wordCheck: Check = {
  pattern: `(?i)${[
    '^(~|null|true|false|yes|no|on|off|y|n|[-+]?\\.inf|\\.nan|<<|=)$',
    '^[-+]?0[0-9xob_][0-9a-f_.xob+-]*$',
    '^[-+]0$',
    '^\\+[0-9.]',
    '^[-+]?[0-9_]*\\.[0-9_]*(e[-+]?[0-9]+)?$',
    '^[-+]?[0-9_]+e[-+]?[0-9]+$',
    '^[-+]?[0-9_]{16,}$',
    '^[-+]?[0-9]+_[0-9_]*$',
  ].join('|')}`,
  words: 'be a word or a number of YAML alone, other than a plain count (`true`, `1.5`, `010`, `1e3`)',
};

/** What most values do not hold. Each kind stands alone, so that a chart which does not keep one is told the others. */
const special: readonly Trial[] = [
  { standIn: (index) => `qz"${letters(index)}\\fleet`, check: { pattern: '["\\\\]', words: 'hold quotation marks or backslashes' } },
  { standIn: (index) => `qz'${letters(index)}fleet`, check: { pattern: "'", words: 'hold apostrophes' } },
  { standIn: (index) => `qz&${letters(index)}<fl>eet%d`, check: { pattern: '[&<>%]', words: 'hold `&`, `<`, `>` or `%`' } },
  { standIn: (index) => `qz,${letters(index)}[fl]{ee}t=t`, check: { pattern: '[,\\[\\]{}=]', words: 'hold commas, brackets, braces or `=`' } },
  { standIn: (index) => `qz${letters(index)}\nfl\teet{{ 1 }}`, check: lineCheck },
  { standIn: (index) => `qz\u0085${letters(index)}\u007ffleet\u2028t`, check: controlCheck },
  { standIn: (index) => ` *qz${letters(index)}: fl #eet `, check: yamlCheck },
  { standIn: () => ' ', check: blankCheck },
  // Go folds long lines of YAML at their spaces, which shows in a text.
  { standIn: (index) => `qz${letters(index)} ${'fleet '.repeat(40)}t`, check: { pattern: ' ', words: 'hold spaces' } },
  { standIn: (index) => `0x${(0x1f00 + index).toString(16)}`, check: wordCheck },
];

/** `true` and `false` in other letters. */
const otherLetters = ['true', 'false'].flatMap((word) =>
  [...word].map((letter, at) => `^${word.slice(0, at)}${letter === 's' ? '[S\\x{17f}]' : letter.toUpperCase()}(?i:${word.slice(at + 1)})$`),
);

/** What Helm reads in a parameter that need not be a text (pkg/strvals, `typedVal`): words in whatever letters, counts and lists. */
const ofParameters: readonly Trial[] = [
  { standIn: () => 'false', check: { pattern: '(?i)^(true|false|0)$', words: 'be `true`, `false` or 0 alone' } },
  { standIn: () => 'TRUE', check: { pattern: otherLetters.join('|'), words: 'be `true` or `false` in other letters' } },
  { standIn: () => 'null', check: { pattern: '(?i)^null$', words: 'be `null` alone, in whatever letters' } },
  {
    standIn: (index) => `+${numbered.standIn(index)}`,
    check: { pattern: '^(\\+[0-9]|-0)[0-9]*$', words: 'be a number with a plus, or with a zero behind a minus' },
  },
  { standIn: (index) => `{qz${letters(index)}fleet}`, check: { pattern: '^\\{', words: 'begin with a brace' } },
];

/** What is nothing in a text of YAML. */
const ofTexts: readonly Trial[] = [
  { standIn: () => 'false', check: { pattern: `${wordCheck.pattern}|^0$`, words: 'be 0, or a word or a number of YAML alone, other than a plain count' } },
];

/** How often two texts are told to two values: what asks for more pairs than that asks for nothing. */
const maxPairs = 120;

/**
 * What a chart is told beside names.
 *
 * @param groups texts for which its templates ask, by those that may be asked for together
 * @param count of tokens that it is told
 */
export function trialsOf(input: ChartInput, groups: ReturnType<ChartRenderer['asked']>, count: number): readonly Trial[] {
  const isTyped = input.parameters.some(({ value, forceString }) => !forceString && hasToken(value));
  const isText = input.values.some((text) => hasToken(text) && typeof valuesOf(text) === 'string');
  const values = input.values.map(valuesOf);
  const asked = asking(input, [...groups, ...orderTexts(values)], count);
  return [...forms, ...asked, ...special, ...sameKeyTrials(values), ...(isTyped ? ofParameters : []), ...(isText ? ofTexts : [])];
}

/** Each text for all tokens at once; and where there are several, any two that may be asked for together, one for one token and the other for the rest. */
function asking(input: ChartInput, groups: readonly (readonly string[])[], count: number): readonly Trial[] {
  const all = [...new Set(groups.flatMap((group) => completing(input, group)))];
  const trials = new Map<string, Trial>(all.map((text) => [text, { asked: `'${text}'`, standIn: () => text }]));
  if (count === 1) return [...trials.values()];
  // What a chart puts together of several values, it compares as one text.
  const parts = all.map((text) => text.split(/[-_./:@]+/)).filter(({ length }) => length === 2 || length === 3);
  for (const group of [...groups, ...parts]) {
    for (const [one, other] of pairsOf(group.filter((text) => text !== ''))) {
      for (let own = 0; own < count; own++) {
        if (trials.size >= all.length + maxPairs) return [...trials.values()];
        const texts = Array.from({ length: count }, (_, index) => (index === own ? one : other));
        trials.set(texts.join('\n'), { asked: `'${one}' and '${other}'`, standIn: (index) => texts[index] as string });
      }
    }
  }
  return [...trials.values()];
}

/** With what is left of a text for which a chart asks, where the values say the rest: `prod` of `https://prod` for `https://{token}`. */
function completing({ values, parameters, namespace }: ChartInput, asked: readonly string[]): readonly string[] {
  const around = [...strings([values.map(valuesOf), parameters, namespace])].flatMap((text) => {
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

function* pairsOf(texts: readonly string[]): Generator<readonly [string, string]> {
  for (const one of texts) for (const other of texts) if (one !== other) yield [one, other];
}

function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));
}
