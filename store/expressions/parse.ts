import { type LexedAction, type Lexeme, lexAction, type Unclosed } from '../../layers/text/lex-action';
import { suggestion } from '../../layers/text/nearest';
import { ExpressionError } from './expression-error';
import { Blocks, helmObject, isForArgoCd, isForHelm, strayEnd } from './for-argo-cd';
import { findFunction, functionNames, takes } from './functions';
import { decodeNumber, decodeRaw, decodeString } from './literals';
import type { Literal, Placed, Term } from './term';

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  /** An action that Argo CD evaluates, or nobody. */
  | { readonly kind: 'as-written'; readonly text: string; readonly offset: number }
  | { readonly kind: 'action'; readonly pipeline: Term; readonly offset: number; readonly source: string };

/** A scalar cut at its actions; their trim markers are already applied to the text around them. */
export interface Template {
  readonly parts: readonly Part[];
}

/** One use of `.Values`. */
export interface ReferenceUse {
  readonly path: readonly string[];
  readonly offset: number;
  /** Whether the use is content with a missing value. */
  readonly hasDefault: boolean;
  /** Whether it is all that its action says: `{{ .Values.cluster.name }}`. */
  readonly isBare: boolean;
}

/** Of how many names, values and signs an action may consist: enough for people, and for the stack. */
const maxLexemes = 1000;

/**
 * What somebody wrote, read as the Helm that renders the fleet reads it.
 *
 * @throws ExpressionError for an action that is not closed, for one with `.Values` that cannot be evaluated, and for the end of an action where none is
 */
export function parseTemplate(text: string): Template {
  const template = parseActions(text, (action) => isEvaluated(action.lexemes));
  const stray = strayEnd(template.parts);
  if (stray === undefined) return template;
  throw new ExpressionError('what follows the expression ends one that has not begun', stray, 'a literal ends at the first quotation mark of its kind');
}

/**
 * The text that the first pass gave, read as the Helm that deploys reads it.
 *
 * @param isDone whether what stands from an index to another came through the first pass as it was written, for Argo CD
 * @throws ExpressionError as above, and for whatever is neither evaluated here nor for Argo CD
 */
export function parseDeployed(text: string, isDone: (start: number, end: number) => boolean): Template {
  const blocks = new Blocks();
  return parseActions(text, ({ lexemes, offset, end }) => {
    if (isDone(offset, end)) return false;
    checkHelmObject(lexemes, true);
    return lexemes.some(({ kind }) => kind === 'reference') || !isForArgoCd(lexemes, blocks);
  });
}

function parseActions(text: string, isEvaluatedNow: (action: LexedAction) => boolean): Template {
  const parts: Part[] = [];
  let from = 0;
  let trims = false;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', from)) {
    const action = lexAction(text, start);
    if (action.kind === 'unclosed') throw unclosed(action, text);
    if (action.kind === 'action' && action.lexemes.length > maxLexemes) throw tooLong(action);
    const part = parseAction(action, text, isEvaluatedNow);
    // Trim markers of an action that stays as it is are for whoever evaluates it.
    const isWritten = part?.kind === 'as-written';
    addText(parts, text, [from, start], trims, !isWritten && action.trimsBefore);
    if (part) parts.push(part);
    trims = !isWritten && action.trimsAfter;
    from = action.end;
  }
  addText(parts, text, [from, text.length], trims, false);
  return { parts };
}

/** Whether what the template says depends on `.Values` of the target. */
export function needsTarget(template: Template): boolean {
  return references(template).length > 0;
}

/** Each use of `.Values`, in the order of the text. */
export function references({ parts }: Template): readonly ReferenceUse[] {
  return parts.flatMap((part) => (part.kind === 'action' ? usesOf(part.pipeline, false, true) : [])).sort((a, b) => a.offset - b.offset);
}

function usesOf(term: Term, hasDefault: boolean, isWhole: boolean): readonly ReferenceUse[] {
  if (term.kind === 'reference') return [{ path: term.path, offset: term.offset, hasDefault, isBare: isWhole && !term.byIndex }];
  if (term.kind !== 'call') return [];
  const isDefault = term.name === 'default';
  return term.args.flatMap((arg, index) => usesOf(arg, isDefault && (index === 1 || hasDefault), false));
}

function unclosed({ what, offset }: Unclosed, text: string): ExpressionError {
  if (what === 'action') return new ExpressionError('`{{` is not closed; expected `}}`', offset, 'braces that are text are written {{"{{"}}');
  if (what === 'comment') return new ExpressionError('the comment is not closed; expected `*/}}`', offset);
  return new ExpressionError(`a literal is not closed; expected another ${text[offset]}`, offset);
}

function tooLong({ lexemes, offset }: LexedAction): ExpressionError {
  return new ExpressionError(`an expression of ${lexemes.length} names, values and signs; expected at most ${maxLexemes}`, offset, 'write the value itself');
}

function addText(parts: Part[], whole: string, [from, to]: readonly [number, number], trimsStart: boolean, trimsEnd: boolean): void {
  const text = whole.slice(from, to);
  const start = trimsStart ? text.replace(/^[ \t\r\n]+/, '') : text;
  const trimmed = trimsEnd ? start.replace(/[ \t\r\n]+$/, '') : start;
  if (trimmed !== '') parts.push({ kind: 'text', text: trimmed, offset: to - start.length });
}

/** @returns `undefined` for a comment */
function parseAction(action: LexedAction, text: string, isEvaluatedNow: (action: LexedAction) => boolean): Part | undefined {
  const { kind, lexemes, offset, end } = action;
  if (kind === 'comment') return undefined;
  const source = text.slice(offset, end);
  if (!isEvaluatedNow(action)) return { kind: 'as-written', text: source, offset };
  const pipeline = new Parser(lexemes, text, end).parse();
  checkPaths(pipeline);
  return { kind: 'action', pipeline, offset, source };
}

const literals: ReadonlySet<Lexeme['kind']> = new Set(['string', 'raw-string', 'number', 'boolean']);

/**
 * With `.Values`, or of nothing but literals and functions, known here or not: neither asks Argo CD for anything. A
 * function's name alone may be a parameter of Argo CD, and what stands between blocks may be part of a document.
 */
function isEvaluated(lexemes: readonly Lexeme[]): boolean {
  if (lexemes.some(({ kind }) => kind === 'reference')) return true;
  checkHelmObject(lexemes, false);
  if (isForHelm(lexemes)) return true;
  const [first] = lexemes;
  if (first?.kind === 'word' && controls.has(first.source)) return false;
  return lexemes.every(({ kind }) => kind !== 'other') && lexemes.some(({ kind }) => literals.has(kind));
}

/** @throws ExpressionError for `.Release.Name` and the like: they are about a release, or a chart, that nobody knows here */
function checkHelmObject(lexemes: readonly Lexeme[], isDeploy: boolean): void {
  const found = helmObject(lexemes, isDeploy);
  if (found === undefined) return;
  const message = `\`${found.source}\` is known to Helm only, when the target is deployed`;
  throw new ExpressionError(message, found.offset, 'write what it is; as text for a chart: {{`{{"{{"}} … {{"}}"}}`}}');
}

function checkPaths(term: Term): void {
  if (term.kind === 'call') for (const arg of term.args) checkPaths(arg);
  if (term.kind !== 'reference' || term.path.length > 0) return;
  throw new ExpressionError('`.Values` alone has no text; expected one of its keys', term.offset, 'write `.Values.cluster.KEY`, say');
}

/** By recursive descent over the lexemes of one action. */
class Parser {
  readonly #lexemes: readonly Lexeme[];
  readonly #text: string;
  readonly #end: number;
  #at = 0;

  constructor(lexemes: readonly Lexeme[], text: string, end: number) {
    this.#lexemes = lexemes;
    this.#text = text;
    this.#end = end;
  }

  parse(): Term {
    const term = this.#pipeline();
    if (this.#next) throw this.#unexpected('the end of the expression');
    return term;
  }

  get #next(): Lexeme | undefined {
    return this.#lexemes[this.#at];
  }

  #pipeline(): Term {
    const start = this.#next?.offset ?? this.#end;
    let term = this.#command(start, undefined);
    while (this.#next?.kind === '|') {
      this.#at += 1;
      term = this.#command(start, term);
    }
    return term;
  }

  /** A function with its arguments, or a single operand. @param piped what a `|` brings as last argument */
  #command(start: number, piped: Term | undefined): Term {
    const first = this.#next;
    if (first?.kind !== 'word') {
      if (piped) throw this.#unexpected('a function after `|`');
      const operand = this.#operand();
      if (this.#next && this.#next.kind !== '|' && this.#next.kind !== ')') throw this.#unexpected('`|` or the end of the expression');
      return operand;
    }
    const known = findFunction(first.source);
    if (known === undefined) throw unknownFunction(first);
    this.#at += 1;
    const args: Term[] = [];
    while (this.#next && this.#next.kind !== '|' && this.#next.kind !== ')') args.push(this.#operand());
    if (piped) args.push(piped);
    if (!takes(known, args.length)) {
      throw new ExpressionError(
        `\`${first.source}\` takes other arguments: expected \`${first.source} ${known.usage}\`; found ${args.length} of them`,
        first.offset,
      );
    }
    return call(first.source, args, { offset: start, source: this.#source(start) });
  }

  #operand(): Term {
    const lexeme = this.#next;
    const before = this.#lexemes[this.#at - 1];
    const isGlued = before !== undefined && before.kind !== '(' && before.kind !== '|' && lexeme?.offset === before.offset + before.source.length;
    if (lexeme === undefined || isGlued) throw this.#unexpected(isGlued ? 'a space' : 'a value');
    this.#at += 1;
    if (lexeme.kind === '(') return this.#parenthesized(lexeme);
    const term = operandOf(lexeme);
    if (term) return term;
    this.#at -= 1;
    throw this.#unexpected('a value');
  }

  #parenthesized({ offset }: Lexeme): Term {
    const inner = this.#pipeline();
    if (this.#next === undefined) throw new ExpressionError('`(` is not closed; expected `)`', offset);
    this.#at += 1;
    return { ...inner, offset, source: this.#source(offset) };
  }

  #source(start: number): string {
    const last = this.#lexemes[this.#at - 1];
    return this.#text.slice(start, last ? last.offset + last.source.length : start);
  }

  #unexpected(expected: string): ExpressionError {
    const { offset, source } = this.#next ?? { offset: this.#end - 2, source: 'the end of the expression' };
    const found = this.#next ? `\`${source}\`` : source;
    return new ExpressionError(`expected ${expected}; found ${found}`, offset, this.#hint());
  }

  #hint(): string | undefined {
    const [before, next] = [this.#lexemes[this.#at - 1], this.#next];
    if (next === undefined) return undefined;
    if (before?.kind === 'reference' && before.offset + before.source.length === next.offset)
      return 'keys with other characters are read with `index .Values "a" "b-c"`';
    if (next.kind === 'word' && findFunction(next.source)) return 'a function with its arguments stands in parentheses';
    const isField = next.kind === 'other' && /^\.[\p{L}_]/u.test(next.source);
    return isField ? `\`${next.source}\` is for Argo CD: an expression is evaluated when the fleet is rendered or there, not both` : undefined;
  }
}

function operandOf({ kind, source, offset }: Lexeme): Term | undefined {
  const placed = { offset, source };
  // `.Values.a.b` and `$.Values.a.b` have the same fields.
  if (kind === 'reference') return { kind, path: source.split('.').slice(2), byIndex: false, ...placed };
  if (kind === 'boolean') return { kind: 'literal', value: source === 'true', ...placed };
  if (kind === 'raw-string') return { kind: 'literal', value: decodeRaw(source), isRaw: true, ...placed };
  if (kind !== 'string' && kind !== 'number') return undefined;
  const value = kind === 'string' ? decodeString(source) : decodeNumber(source);
  if (value !== undefined) return { kind: 'literal', value, ...placed };
  if (kind === 'string') throw new ExpressionError(`${source} is not a literal of Go; expected the escapes of a Go string, and UTF-8`, offset);
  throw new ExpressionError(`${source} cannot be read as a number; expected a whole number, or one with a fraction`, offset);
}

/** `index` with keys that are written out is a reference of its own. */
function call(name: string, args: readonly Term[], placed: Placed): Term {
  const [value, ...keys] = args;
  if (name !== 'index' || value?.kind !== 'reference') return { kind: 'call', name, args, ...placed };
  const other = keys.findIndex((key) => key.kind !== 'literal' || typeof key.value !== 'string');
  const written = other < 0 ? keys : keys.slice(0, other);
  const path = [...value.path, ...written.map((key) => String((key as Literal).value))];
  if (other < 0) return { kind: 'reference', path, byIndex: true, ...placed };
  return { kind: 'call', name, args: [{ ...value, path, byIndex: true }, ...keys.slice(other)], ...placed };
}

const controls: ReadonlySet<string> = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue']);

function unknownFunction({ source, offset }: Lexeme): ExpressionError {
  if (controls.has(source)) return new ExpressionError(`\`${source}\` cannot be evaluated when the fleet is rendered; expected a value or a pipeline`, offset);
  return new ExpressionError(
    `the function \`${source}\` cannot be evaluated when the fleet is rendered`,
    offset,
    suggestion(source, functionNames(), 'functions'),
  );
}
