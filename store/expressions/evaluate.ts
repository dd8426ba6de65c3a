import { suggestion } from '../../layers/nearest';
import { findFunction, printed } from './functions';
import { ExpressionError, type Template } from './parse';
import { Refusal } from './refusal';
import { bareKey, type Call, missingTerm, type Reference, referenceName, type Term } from './term';

/** What a template may know. */
export interface Scope {
  /** The value at a path of keys below `.Values`, its own expressions evaluated. @returns `undefined` where there is none */
  value(path: readonly string[]): unknown;
  /** The text of a live token, for a reference in a back-quoted literal. */
  token(key: string): string;
  /** The same for a bare `{{ .Values.cluster.KEY }}` that no value is known for. @returns `undefined` where nobody injects the key */
  liveToken?(key: string): string | undefined;
  /** The keys of the map at a path, for suggestions. @default - no suggestions */
  knownKeys?(path: readonly string[]): readonly string[];
}

/**
 * The text of a template for one target. What the result holds is final: nothing in it is evaluated again.
 *
 * @throws ExpressionError for a missing value without a default, and for values that a function does not take
 */
export function evaluate({ parts }: Template, scope: Scope): string {
  return parts
    .map((part) => {
      if (part.kind !== 'action') return part.text;
      const value = termValue(part.pipeline, scope) ?? live(part.pipeline, scope);
      if (value === undefined || value === null) throw missing(part.pipeline, scope, true);
      return printedTerm(value, part.pipeline);
    })
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
  const key = bareKey(term);
  return key === undefined ? undefined : scope.liveToken?.(key);
}

function termValue(term: Term, scope: Scope): unknown {
  if (term.kind === 'literal') return term.value;
  if (term.kind === 'live-text') return term.parts.map((part) => (typeof part === 'string' ? part : scope.token(part.key))).join('');
  if (term.kind === 'reference') return readValue(term, (path) => scope.value(path));
  const args = term.args.map((arg) => termValue(arg, scope));
  const absent = term.name === 'default' ? -1 : args.findIndex((arg) => arg === undefined || arg === null);
  const at = term.args[absent];
  if (at) throw missing(at, scope, false);
  return applyFunction(term, args);
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
  const key = bareKey(at);
  if (key !== undefined && isWhole) {
    return new ExpressionError(
      `\`${name}\` is neither known when the fleet is rendered nor injected by a root ApplicationSet`,
      at.offset,
      hint(at.path, scope),
    );
  }
  if (at.path.length === 2 && at.path[0] === 'cluster' && scope.liveToken?.(at.path[1] ?? '') !== undefined) {
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
