import { textOf } from './go-text';
import { isLiteral, type Operand } from './pipelines';

/**
 * What would be wrong with something that a function is given:
 *
 * - `any`: that it is a value that is followed, or holds one.
 * - `text`: that it is a text with one, and no list.
 * - `keys`: that a map in it has one for a key, which may be another key, too.
 * - `several`: that one is a key of this map beside others, which stand in another order then.
 * - `template`: that one stands inside an action of this template.
 * - `parsed`: that one stands in this text otherwise than as a value that is kept whatever it is.
 */
export type Wrong = 'any' | 'text' | 'keys' | 'several' | 'template' | 'parsed';

type Rule = (given: readonly Operand[]) => readonly (Wrong | undefined)[];

/**
 * Functions of Go, Sprig and Helm that print what they are given, hand it on, or ask whether it is there, which each value is that only
 * the cluster knows. What they do not keep of it as it is, the trials show, one by one.
 */
const keeping = `
  and or not print println html
  quote squote toString toStrings indent nindent cat join repeat trim
  toYaml toYamlPretty toJson toPrettyJson toRawJson toToml mustToJson mustToPrettyJson mustToRawJson mustToToml
  default empty coalesce all any ternary required fail lookup
  kindOf kindIs typeOf typeIs typeIsLike
  list tuple first last rest initial append prepend push concat compact reverse chunk values keys deepCopy
  mustFirst mustLast mustRest mustInitial mustAppend mustPrepend mustPush mustCompact mustReverse mustChunk mustDeepCopy
`
  .trim()
  .split(/\s+/);

const every =
  (wrong: Wrong): Rule =>
  (given) =>
    given.map(() => wrong);
/** One after the other; the last one for all that follow. */
const each =
  (...wrongs: readonly (Wrong | undefined)[]): Rule =>
  (given) =>
    given.map((_, index) => wrongs[Math.min(index, wrongs.length - 1)]);
const free = each(undefined);
const any = every('any');
/** What is true of a text of the chart's own, the first thing that it is given. */
const freeFor =
  (pattern: RegExp): Rule =>
  (given) =>
    pattern.test(literalOf(given[0]) ?? '-') ? free(given) : any(given);
/** Nothing that only the cluster knows is empty. */
const comparing: Rule = (given) => (given.filter((one) => literalOf(one) === '').length >= given.length - 1 ? free(given) : any(given));
/** Formats that write all of a text. */
const formatting: Rule = (given) => (/^(?:[^%]|%%|%[svqd])*$/.test(literalOf(given[0]) ?? '%') ? free(given) : any(given));

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...keeping.map((name) => [name, free] as const),
  ['include', each('any', undefined)],
  ['tpl', each('template', undefined)],
  ['printf', formatting],
  ['len', every('text')],
  ['eq', comparing],
  ['ne', comparing],
  // With braces in it, another text may be a template, and is tried.
  ['contains', freeFor(/^\{\{$/)],
  ...['trimPrefix', 'trimSuffix', 'trimAll'].map((name) => [name, freeFor(/^\s+$/)] as const),
  ['replace', each('any', undefined, 'any')],
  ['regexReplaceAllLiteral', each('any', 'any', undefined)],
  ['mustRegexReplaceAllLiteral', each('any', 'any', undefined)],
  ...['index', 'get', 'hasKey', 'unset', 'pick', 'omit', 'slice', 'mustSlice'].map((name) => [name, each(undefined, 'any')] as const),
  ['set', each(undefined, 'any', undefined)],
  ['pluck', each('any', undefined)],
  ['dig', (given) => given.map((_, index) => (index < given.length - 2 ? 'any' : undefined))],
  ['dict', (given) => given.map((_, index) => (index % 2 === 0 ? 'any' : undefined))],
  ...['merge', 'mergeOverwrite', 'mustMerge', 'mustMergeOverwrite'].map((name) => [name, every('keys')] as const),
  ...['fromYaml', 'fromJson', 'fromYamlArray', 'fromJsonArray'].map((name) => [name, every('parsed')] as const),
]);

/** What of the things that a function is given would be wrong, one by one: of a function that is not known here, whatever it makes of them. */
export function wrongsOf(name: string, given: readonly Operand[]): readonly (Wrong | undefined)[] {
  return (rules.get(name) ?? any)(given);
}

function literalOf(operand: Operand | undefined): string | undefined {
  return operand && isLiteral(operand) && /^["`]/.test(operand.text) ? textOf(operand.text) : undefined;
}
