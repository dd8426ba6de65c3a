import { hasToken, splitTokens } from '../../layers/text/token';
import { patternText } from '../typescript/literal-text';
import { checkCount, formatVerb, splitFormat, type Verb } from './format-text';
import { findFunction, isEmpty, isKnownLater, printed } from './functions';
import type { Code, Pieces, TextExpression } from './pieces';
import { described, quoteText, wholeNumber } from './printed';
import { Refusal } from './refusal';

/** What is known now, or text that depends on the target. */
export type Value = { readonly kind: 'constant'; readonly value: unknown } | { readonly kind: 'text'; readonly pieces: Pieces };

const strange = 'expected characters that TypeScript treats as Go does';
const beyondAscii = /[^\0-\x7F]/;
/** TypeScript counts them as two. */
const beyondBmp = /[\u{10000}-\u{10FFFF}]/u;

type ToSource = (pieces: Pieces) => TextExpression;
type Translate = (args: readonly Value[], toSource: ToSource) => Value;

const translations: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ['default', ([otherwise, value], toSource) => defaultSource(value, otherwise, toSource)],
  ['quote', (args, toSource) => text(spaced(args.map((_, index) => quotePieces(printedPieces(args, index), index, toSource))))],
  ['squote', (args) => text(spaced(args.map((_, index) => ["'", ...printedPieces(args, index), "'"])))],
  ['upper', (args) => text(mapPieces(args, 'upper', '.toUpperCase()'))],
  ['lower', (args) => text(mapPieces(args, 'lower', '.toLowerCase()'))],
  ['trim', (args, toSource) => method(toSource(knownPieces(args, 0, /[\x85\uFEFF]/)), '.trim()')],
  ['trimSuffix', (args, toSource) => trimSuffixSource(knownText(args, 0), knownPieces(args, 1), toSource)],
  ['trunc', (args, toSource) => truncSource(args[0], knownPieces(args, 1, beyondAscii), toSource)],
  ['replace', (args, toSource) => replaceSource(knownPieces(args, 0), textPieces(args, 1), knownPieces(args, 2), toSource)],
  ['print', (args) => text(onlyPieces(args))],
  ['printf', (args, toSource) => printfSource(constantText(args, 0), args, toSource)],
]);

/**
 * A function of which some argument depends on the target.
 *
 * @param toSource the source of pieces
 * @throws Refusal for arguments that the function does not take, and where TypeScript would have to be more than an expression
 */
export function callSource(name: string, args: readonly Value[], toSource: ToSource): Value {
  const translate = translations.get(name);
  if (translate) return translate(args, toSource);
  throw new Refusal('expected keys and a value that are the same at every target; found one that is not');
}

/** Between two values `print` puts a space or none, as their types have it at a target. */
function onlyPieces(args: readonly Value[]): Pieces {
  if (args.length > 1) throw new Refusal('expected one value where some differ from target to target', 1, 'write `printf "%v%v"`');
  return printedPieces(args, 0);
}

function text(pieces: Pieces): Value {
  return { kind: 'text', pieces };
}

function method(source: TextExpression, call: string, isNeverEmpty = false): Value {
  return text([{ ...source, source: `${source.source}${call}`, isNeverEmpty }]);
}

function defaultSource(value: Value | undefined, otherwise: Value | undefined, toSource: ToSource): Value {
  if (value === undefined || otherwise === undefined) throw new Refusal('expected a default and a value');
  if (value.kind === 'constant') return isEmpty(value.value) ? otherwise : value;
  if (value.pieces.some(isFilled)) return value;
  const alternative = toSource(textPieces([otherwise], 0));
  const first = toSource(value.pieces);
  return text([{ ...both(first, alternative), source: `(${first.source} || ${alternative.source})`, isNeverEmpty: false }]);
}

/** Whether it has at least one character at every target. */
function isFilled(piece: string | Code): boolean {
  return typeof piece === 'string' ? piece !== '' : piece.isNeverEmpty;
}

function quotePieces(pieces: Pieces, argument: number, toSource: ToSource): Pieces {
  if (pieces.every((piece) => typeof piece === 'string')) return [quoteText(pieces.join(''))];
  // Go and JSON agree on all but rare characters.
  const source = toSource(pieces);
  const isAlike = splitTokens(source.known).every((part) => typeof part !== 'string' || quoteText(part) === JSON.stringify(part));
  if (!isAlike) throw new Refusal('expected characters that JSON writes as Go does', argument);
  return [{ ...source, source: `JSON.stringify(${source.source})`, isNeverEmpty: true }];
}

/** Upper and lower case are a matter of each character. */
function mapPieces(args: readonly Value[], name: string, call: string): Pieces {
  return knownPieces(args, 0).map((piece) => {
    if (typeof piece === 'string') return printed(findFunction(name)?.call([piece]));
    if (beyondAscii.test(piece.known)) throw new Refusal(strange, 0);
    return { ...piece, source: `${piece.source}${call}` };
  });
}

function trimSuffixSource(suffix: string, pieces: Pieces, toSource: ToSource): Value {
  return suffix === '' ? text(pieces) : method(toSource(pieces), `.replace(/${patternText(suffix)}$/, '')`);
}

function truncSource(length: Value | undefined, pieces: Pieces, toSource: ToSource): Value {
  const found = length?.kind === 'constant' ? length.value : undefined;
  const count = wholeNumber(found);
  if (count === undefined) throw new Refusal(`expected a whole number; found ${length?.kind === 'text' ? 'text' : described(found)}`, 0);
  return method(toSource(pieces), count < 0 ? `.slice(${count})` : `.slice(0, ${count})`);
}

function replaceSource(old: Pieces, replacement: Pieces, pieces: Pieces, toSource: ToSource): Value {
  if (old.every((piece) => piece === '')) throw new Refusal('expected a text to replace; found none', 0);
  const [from, to, source] = [toSource(old), toSource(replacement), toSource(pieces)] as const;
  if (!old.some(isFilled) && beyondBmp.test(source.known)) throw new Refusal(strange, 2);
  // As a text, `$&` and the like would mean what was found.
  const isPlain = replacement.every((piece) => typeof piece === 'string' && !piece.includes('$'));
  const replaced = `${source.source}.replaceAll(${from.source}, ${isPlain ? '' : '() => '}${to.source})`;
  // What is replaced is not in the text.
  return text([{ ...both(both({ ...from, known: '' }, to), source), source: replaced, isNeverEmpty: false }]);
}

function printfSource(format: string, args: readonly Value[], toSource: ToSource): Value {
  const parts = splitFormat(format);
  checkCount(parts, args.length - 1);
  let next = 0;
  const pieces = parts.flatMap((part) => {
    if (typeof part === 'string') return [part];
    next += 1;
    const value = args[next];
    return value?.kind === 'text' ? verbPieces(part, value.pieces, next, toSource) : [formatVerb(part, value?.value, next)];
  });
  return text(pieces);
}

function verbPieces(verb: Verb, pieces: Pieces, argument: number, toSource: ToSource): Pieces {
  if (verb.letter === 'd') throw new Refusal('%d takes a whole number', argument, 'use %v');
  const shown = verb.letter === 'q' ? quotePieces(pieces, argument, toSource) : pieces;
  if (verb.width === 0) return shown;
  const source = toSource(shown);
  if (hasToken(source.known)) throw new Refusal('a value that only the cluster knows cannot be brought to a width', argument);
  if (beyondBmp.test(source.known)) throw new Refusal(strange, argument);
  return [{ ...source, source: `${source.source}.pad${verb.padding === 'right' ? 'End' : 'Start'}(${verb.width})`, isNeverEmpty: true }];
}

function both(one: TextExpression, other: TextExpression): TextExpression {
  return {
    source: one.source,
    usesTarget: one.usesTarget || other.usesTarget,
    usesCluster: one.usesCluster || other.usesCluster,
    known: one.known + other.known,
  };
}

function spaced(groups: readonly Pieces[]): Pieces {
  return groups.flatMap((group, index) => (index === 0 ? group : [' ', ...group]));
}

function printedPieces(args: readonly Value[], index: number): Pieces {
  const value = args[index];
  return value?.kind === 'text' ? value.pieces : [printed(value?.value, index)];
}

function textPieces(args: readonly Value[], index: number): Pieces {
  const value = args[index];
  if (value?.kind === 'text') return value.pieces;
  if (typeof value?.value === 'string') return [value.value];
  throw new Refusal(`expected text; found ${described(value?.value)}`, index);
}

/** Text whose characters are all known when the fleet is rendered. @param unlike what TypeScript treats otherwise than Go */
function knownPieces(args: readonly Value[], index: number, unlike?: RegExp): Pieces {
  const pieces = textPieces(args, index);
  for (const piece of pieces) {
    const known = typeof piece === 'string' ? piece : piece.known;
    if (isKnownLater(known)) throw new Refusal('expected text that is known when the fleet is rendered; found a value that only the cluster knows', index);
    if (unlike?.test(known)) throw new Refusal(strange, index);
  }
  return pieces;
}

function constantText(args: readonly Value[], index: number): string {
  const value = args[index];
  if (value?.kind === 'constant' && typeof value.value === 'string') return value.value;
  throw new Refusal('expected text that is the same at every target', index);
}

function knownText(args: readonly Value[], index: number): string {
  knownPieces(args, index);
  return constantText(args, index);
}
