import { suggestion } from '../../layers/nearest';
import { findFunction, functionNames, takes } from './functions';
import { type LexedAction, type Lexeme, lexAction, type Unclosed } from './lex-action';
import { decodeNumber, decodeString, splitLive } from './literals';
import type { Literal, Placed, Term } from './term';

/** A Helm expression in a scalar that cannot be evaluated: a mistake of its author, placed in the scalar's text. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  /**
   * @param message what is wrong, what was expected and what was found; never where
   * @param offset  index in the scalar's text, in UTF-16 code units
   * @param hint    what to do. @default - nothing to suggest
   */
  constructor(
    message: string,
    readonly offset: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** An action that Argo CD evaluates, or nobody. */
  | { readonly kind: 'as-written'; readonly text: string }
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

/** @throws ExpressionError for an action that is not closed, and for one with `.Values` that cannot be evaluated */
export function parseTemplate(text: string): Template {
  const parts: Part[] = [];
  let from = 0;
  let trims = false;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', from)) {
    const action = lexAction(text, start);
    if (action.kind === 'unclosed') throw unclosed(action, text);
    if (action.kind === 'action' && action.lexemes.length > maxLexemes) throw tooLong(action);
    const part = parseAction(action, text);
    // Trim markers of an action that stays as it is are for whoever evaluates it.
    const isWritten = part?.kind === 'as-written';
    addText(parts, text.slice(from, start), trims, !isWritten && action.trimsBefore);
    if (part) parts.push(part);
    trims = !isWritten && action.trimsAfter;
    from = action.end;
  }
  addText(parts, text.slice(from), trims, false);
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

function addText(parts: Part[], text: string, trimsStart: boolean, trimsEnd: boolean): void {
  const start = trimsStart ? text.replace(/^[ \t\r\n]+/, '') : text;
  const trimmed = trimsEnd ? start.replace(/[ \t\r\n]+$/, '') : start;
  if (trimmed !== '') parts.push({ kind: 'text', text: trimmed });
}

/** @returns `undefined` for a comment */
function parseAction({ kind, lexemes, offset, end }: LexedAction, text: string): Part | undefined {
  if (kind === 'comment') return undefined;
  const source = text.slice(offset, end);
  if (!isEvaluated(lexemes)) return { kind: 'as-written', text: source };
  const pipeline = new Parser(lexemes, text, end).parse();
  checkPaths(pipeline);
  return { kind: 'action', pipeline, offset, source };
}

const literals: ReadonlySet<Lexeme['kind']> = new Set(['string', 'raw-string', 'number', 'boolean']);

/** With `.Values`, or of nothing but literals and functions. A function's name alone may be a parameter of Argo CD. */
function isEvaluated(lexemes: readonly Lexeme[]): boolean {
  if (lexemes.some(({ kind }) => kind === 'reference')) return true;
  const isOurs = ({ kind, source }: Lexeme) => (kind === 'word' ? findFunction(source) !== undefined : kind !== 'other');
  return lexemes.every(isOurs) && lexemes.some(({ kind }) => literals.has(kind));
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
  if (kind === 'raw-string') return rawLiteral(placed);
  if (kind !== 'string' && kind !== 'number') return undefined;
  const value = kind === 'string' ? decodeString(source) : decodeNumber(source);
  if (value !== undefined) return { kind: 'literal', value, ...placed };
  if (kind === 'string') throw new ExpressionError(`${source} is not a literal of Go; expected the escapes of a Go string, and UTF-8`, offset);
  throw new ExpressionError(`${source} cannot be read as a number; expected a whole number, or one with a fraction`, offset);
}

function rawLiteral(placed: Placed): Term {
  const parts = splitLive(placed.source);
  if ('offset' in parts) {
    const offset = placed.offset + 1 + parts.offset;
    throw new ExpressionError(`only \`{{ .Values.cluster.KEY }}\` can be live; found \`${parts.source}\` in a back-quoted literal`, offset);
  }
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only, ...placed };
  return { kind: 'live-text', parts, ...placed };
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
