import { suggestion } from '../../layers/text/nearest';
import { hasToken, splitTokens } from '../../layers/text/token';
import { ExpressionError } from './expression-error';
import { splitFormat } from './format-text';
import { findFunction, printed } from './functions';
import { splitLive } from './literals';
import type { Template } from './parse';
import { Refusal } from './refusal';
import { type Call, isLivePath, type Literal, liveKeys, missingTerm, type Reference, referenceName, type Term } from './term';

/** What a template may know. */
export interface Scope {
  /** The value at a path of keys below `.Values`, its own expressions evaluated. @returns `undefined` where there is none */
  value(path: readonly string[]): unknown;
  /** The text of `.Values.cluster.KEY` as a live token, in a back-quoted literal that a function takes. @default - the literal is text */
  token?(key: string): string;
  /** The same for a bare `{{ .Values.cluster.KEY }}` or `{{ .Values.KEY }}` that no value is known for. @returns `undefined` where nobody injects the key */
  liveToken?(path: readonly string[]): string | undefined;
  /** The keys of the map at a path, for suggestions. @default - no suggestions */
  knownKeys?(path: readonly string[]): readonly string[];
  /** Whether it is that of the Helm that deploys: a value that only the cluster knows is a token then, also in functions. @default false */
  readonly isDeploy?: boolean;
}

/** A piece of the text that a template gives, and what it came from. */
export interface Segment {
  readonly text: string;
  /** Where what it came from begins, in the template's text. */
  readonly offset: number;
  /** `text` and `literal` are what is written there, character by character; `as-written` is an action that was left for Argo CD. */
  readonly origin: 'text' | 'literal' | 'as-written' | 'value';
}

/** @throws ExpressionError as `evaluate` */
export function segmentsOf({ parts }: Template, scope: Scope): readonly Segment[] {
  return parts.map((part): Segment => {
    if (part.kind !== 'action') return { text: part.text, offset: part.offset, origin: part.kind };
    const { pipeline } = part;
    const literal = wholeLiteral(pipeline);
    if (literal !== undefined) return literal;
    const value = termValue(pipeline, scope) ?? live(pipeline, scope);
    if (value === undefined || value === null) throw missing(pipeline, scope, true);
    return { text: printedTerm(value, pipeline), offset: pipeline.offset, origin: 'value' };
  });
}

/** A literal alone: what stands in it stands in the text. */
export function wholeLiteral(term: Term): Segment | undefined {
  if (term.kind !== 'literal' || typeof term.value !== 'string') return undefined;
  const isExact = term.source.slice(1, -1) === term.value;
  return { text: term.value, offset: isExact ? term.offset + 1 : term.offset, origin: isExact ? 'literal' : 'value' };
}

/**
 * The text of a template after one pass. What an evaluated value holds is not evaluated again in it.
 *
 * @throws ExpressionError for a missing value without a default, and for values that a function does not take
 */
export function evaluate(template: Template, scope: Scope): string {
  return segmentsOf(template, scope)
    .map(({ text }) => text)
    .join('');
}

/** The text of what an action says. @throws ExpressionError for a map or a list */
export function printedTerm(value: unknown, { offset, source }: Term): string {
  try {
    return printed(value);
  } catch (error) {
    if (error instanceof Refusal) throw new ExpressionError(`\`${source}\`: ${error.message}`, offset, error.hint);
    throw error;
  }
}

/** Calls a function. @throws ExpressionError placed at the argument that it does not take */
export function applyFunction(call: Call, args: readonly unknown[]): unknown {
  return atArgument(call, () => findFunction(call.name)?.call(args));
}

/** Does what a function does. @throws ExpressionError for a Refusal, placed at its argument */
export function atArgument<T>(call: Call, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const at = error.argument === undefined ? call : (call.args[error.argument] ?? call);
    throw new ExpressionError(`\`${call.name}\`: ${error.message}`, at.offset, error.hint);
  }
}

function live(term: Term, scope: Scope): string | undefined {
  const path = liveKeys(term);
  return path === undefined ? undefined : scope.liveToken?.(path);
}

function termValue(term: Term, scope: Scope): unknown {
  if (term.kind === 'literal') return term.value;
  if (term.kind === 'reference') return readValue(term, (path) => scope.value(path));
  const args = term.args.map((arg) => argument(arg, scope));
  const absent = term.name === 'default' ? -1 : args.findIndex((arg) => arg === undefined || arg === null);
  const at = term.args[absent];
  if (at) throw missing(at, scope, false);
  if (scope.isDeploy) checkTokens(term, args);
  return applyFunction(term, args);
}

function argument(term: Term, scope: Scope): unknown {
  return term.kind === 'literal' ? literalArgument(term, scope.token) : termValue(term, scope);
}

/** A literal as a function takes it: what only the cluster knows is a token there, which functions leave whole. */
export function literalArgument({ value, isRaw }: Literal, token: ((key: string) => string) | undefined): unknown {
  if (token === undefined || typeof value !== 'string' || !isRaw || !value.includes('{{')) return value;
  return splitLive(value)
    .map((part) => (typeof part === 'string' ? part : token(part.key)))
    .join('');
}

/**
 * In the pass that deploys, what a token stands for is what a function would take; in the one before it was an expression.
 *
 * @throws ExpressionError for a default of a value that may be empty, and for quotes around one that may hold some
 */
function checkTokens(call: Call, args: readonly unknown[]): void {
  const { name, args: terms, source, offset } = call;
  const format = name === 'printf' && typeof args[0] === 'string' ? args[0] : '';
  const verbs = atArgument(call, () => splitFormat(format)).filter((part) => typeof part !== 'string');
  const at = args.findIndex((arg, index) => {
    if (typeof arg !== 'string' || !hasToken(arg)) return false;
    if (name === 'default') return index === 1 && splitTokens(arg).every((part) => typeof part !== 'string');
    return name === 'quote' || verbs[index - 1]?.letter === 'q';
  });
  if (at < 0) return;
  const decides = name === 'default' ? 'whether the default is needed' : 'what must be escaped between quotation marks';
  const message = `\`${terms[at]?.source ?? source}\` is known by the cluster only, and so is ${decides}`;
  const hint = name === 'default' ? 'have the ApplicationSet inject what the default is for' : 'write the quotation marks around the expression';
  throw new ExpressionError(message, terms[at]?.offset ?? offset, hint);
}

/** Reads a reference's value. @throws ExpressionError placed at the reference where an expression in the value is wrong */
export function readValue<T>({ path, offset, source }: Reference, read: (path: readonly string[]) => T): T {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`\`${source}\`: ${error.message}`, offset, error.hint);
    throw error;
  }
}

function missing(term: Term, scope: Scope, isWhole: boolean): ExpressionError {
  const at = missingTerm(term);
  if (at.kind !== 'reference') return new ExpressionError(`\`${at.source}\` has no value`, at.offset, 'give it one with `default`');
  const name = referenceName(at.path);
  const isBare = liveKeys(at) !== undefined && at.path[0] === 'cluster';
  if (scope.isDeploy || (isBare && isWhole)) {
    const injector = scope.isDeploy ? 'an ApplicationSet of the fleet' : 'a root ApplicationSet';
    const message = `\`${name}\` is neither known when the fleet is rendered nor injected by ${injector}`;
    return new ExpressionError(message, at.offset, hint(at.path, scope));
  }
  if (isLivePath(at.path) && scope.liveToken?.(at.path) !== undefined) {
    return new ExpressionError(
      `\`${name}\` is known by the cluster only; expected a value that is known when the fleet is rendered`,
      at.offset,
      `\`{{ ${name} }}\` alone stays live`,
    );
  }
  return new ExpressionError(`\`${name}\` has no value when the fleet is rendered`, at.offset, hint(at.path, scope));
}

/** Near misses of the first key that is not there. */
function hint(path: readonly string[], scope: Scope): string | undefined {
  for (const [at, key] of path.entries()) {
    // The dimensions are there, whatever map of the values they belong to.
    if (at === 0 && key === 'cluster') continue;
    const known = scope.knownKeys?.(path.slice(0, at)) ?? [];
    if (known.includes(key)) continue;
    if (known.length > 0) return suggestion(key, known, 'keys');
  }
  return undefined;
}
