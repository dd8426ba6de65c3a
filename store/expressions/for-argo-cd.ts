import type { Lexeme } from '../../layers/text/lex-action';
import { ExpressionError } from './expression-error';
import { findFunction } from './functions';

/** What Helm knows beside values: helm.sh/docs/chart_template_guide/builtin_objects. */
const helmObjects = /^\.(?:Release|Chart|Capabilities|Template|Files|Subcharts)(\.|$)/;

/** Functions that Helm has and Argo CD's templates do not. */
const helmFunctions: ReadonlySet<string> = new Set(['include', 'tpl', 'lookup', 'required', 'toToml', 'fromToml', 'fromJsonArray']);

/** Functions that need no argument: by themselves they are no parameter. */
const withoutArguments: ReadonlySet<string> = new Set(['now', 'uuidv4', 'list', 'dict', 'tuple', 'fail', 'hello', 'print', 'println']);

const opening: ReadonlySet<string> = new Set(['if', 'with', 'range']);
const closing: ReadonlySet<string> = new Set(['else', 'end']);
const others: ReadonlySet<string> = new Set(['define', 'template', 'block', 'break', 'continue']);

/** How many conditions and loops for Argo CD are open. */
export class Blocks {
  depth = 0;
}

/** The use of what Helm knows about its release or its chart. @param isAlone whether the object by itself counts */
export function helmObject(lexemes: readonly Lexeme[], isAlone: boolean): Lexeme | undefined {
  return lexemes.find((lexeme, index) => {
    const rest = lexeme.kind === 'other' ? helmObjects.exec(lexeme.source)?.[1] : undefined;
    return rest !== undefined && (rest !== '' || isAlone) && !isFieldOf(lexemes[index - 1], lexeme);
  });
}

/** `$x.Release` and `(…).Release` are fields of something else; `$.Release` is not. */
function isFieldOf(before: Lexeme | undefined, { offset }: Lexeme): boolean {
  return before !== undefined && before.offset + before.source.length === offset && before.source !== '$';
}

/**
 * Whether an action without `.Values` that Helm would evaluate at deploy is meant for Argo CD: it asks for a parameter,
 * which Helm has none of.
 *
 * @throws ExpressionError where Argo CD could not read it either
 */
export function isForArgoCd(lexemes: readonly Lexeme[], blocks: Blocks): boolean {
  const word = lexemes[0]?.kind === 'word' ? lexemes[0].source : '';
  if (closing.has(word) && blocks.depth > 0) {
    if (word === 'end') blocks.depth -= 1;
    return true;
  }
  if (lexemes.some(({ kind, source }) => kind === 'word' && helmFunctions.has(source))) return false;
  const asks = lexemes.some(({ kind, source }) => kind === 'other' && /^[.$]/.test(source));
  if (asks && opening.has(word)) blocks.depth += 1;
  if (isParameter(lexemes)) return true;
  const strange = asks ? lexemes.find(({ kind, source }) => kind === 'other' && !inGo.test(source)) : undefined;
  if (strange) throw new ExpressionError(`\`${strange.source}\` is no part of an expression`, strange.offset);
  return asks;
}

/**
 * Whether the Helm that renders the fleet would evaluate an action without `.Values`, and Argo CD could not have: it asks for
 * no parameter. What is left as it is would be another text than Helm's, in silence.
 */
export function isForHelm(lexemes: readonly Lexeme[]): boolean {
  const word = lexemes[0]?.kind === 'word' ? lexemes[0].source : '';
  if (lexemes.some(({ kind, source }) => kind === 'word' && helmFunctions.has(source) && source !== 'include')) return true;
  return opening.has(word) && lexemes.length > 1 && lexemes.every(({ kind }) => kind !== 'other');
}

/** Fields, variables, their declaration, and characters. */
const inGo = /^(?:[.$].*|'.*'|[:=,])$/s;

/** `{{name}}`, `{{path[0]}}`: one word without a space, which no function is called. */
function isParameter(lexemes: readonly Lexeme[]): boolean {
  const [first, ...more] = lexemes;
  if (first?.kind !== 'word' || findFunction(first.source) !== undefined) return false;
  if ([opening, closing, others, withoutArguments].some((words) => words.has(first.source))) return false;
  let end = first.offset + first.source.length;
  return more.every(({ kind, source, offset }) => {
    const isGlued = offset === end && (kind === 'word' || kind === 'other' || kind === 'number');
    end = offset + source.length;
    return isGlued;
  });
}

/**
 * Where an author's text closes an action that is none, because a literal ended earlier than was thought.
 *
 * @returns index in the scalar's text of the action before, or of the end where there is none before
 */
export function strayEnd(parts: readonly { readonly kind: string; readonly text?: string; readonly offset: number }[]): number | undefined {
  let braces = 0;
  for (const [index, { kind, text = '', offset }] of parts.entries()) {
    if (kind !== 'text') continue;
    const before = parts[index - 1];
    for (const { 0: found, index: at } of text.matchAll(/[{}]|[`"]\}\}/g)) {
      if (found === '{' || found === '}') braces += found === '{' ? 1 : -1;
      else {
        // JSON closes its own braces; a quotation mark right behind an action may have been the end of its literal.
        const isEnd = braces < 2 && (found[0] === '`' || (at === 0 && before?.kind === 'action'));
        if (isEnd && parts.length > 1) return before?.offset ?? offset + at;
        braces -= 2;
      }
    }
  }
  return undefined;
}
