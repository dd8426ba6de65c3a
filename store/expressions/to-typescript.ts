import { encodeToken } from '../../layers/token';
import { callSource, type Value } from './call-source';
import { applyFunction, atArgument, printedTerm, readValue } from './evaluate';
import { ExpressionError, type Template } from './parse';
import { type Pieces, type Source, sourceOf } from './source-text';
import { bareKey, type Call, missingTerm, type Reference, referenceName, type Term } from './term';

/** What the source may use. */
export interface Names {
  /** In the singular: `environment`. */
  readonly dimensions: readonly string[];
  /** Source for a live token: `cluster.name`, `cluster.annotation('x/y')`. */
  token(key: string): string;
  /** The same for a bare `{{ .Values.cluster.KEY }}` that no value is known for. @returns `undefined` where nobody injects the key */
  liveToken?(key: string): string | undefined;
  /** The value at a path of keys below `.Values` that every target has. @returns `undefined` where they differ, `null` where none has one */
  constant(path: readonly string[]): unknown;
}

export interface SourceText {
  /** An expression of TypeScript, in single quotes or as template literal. */
  readonly text: string;
  /** Whether it uses `target`: the caller makes it `(target) => text`. */
  readonly usesTarget: boolean;
  /** Whether it uses tokens. */
  readonly usesCluster: boolean;
}

/**
 * A template as an expression of TypeScript, which is at every target the text that `evaluate` gives.
 *
 * @throws ExpressionError where it is wrong, or depends on the target in a way that no expression says
 */
export function toTypeScript({ parts }: Template, names: Names): SourceText {
  const pieces = parts.flatMap((part) => (part.kind === 'action' ? actionPieces(part.pipeline, names) : [part.text]));
  const { source, usesTarget, usesCluster } = toSource(pieces, names);
  return { text: source, usesTarget, usesCluster };
}

function toSource(pieces: Pieces, names: Names): Source {
  return sourceOf(pieces, (key) => names.token(key));
}

function actionPieces(term: Term, names: Names): Pieces {
  const live = liveSource(term, names);
  if (live !== undefined) return [{ source: live, usesTarget: false, usesCluster: true, known: '', isNeverEmpty: true }];
  const value = termValue(term, names);
  if (value.kind === 'text') return value.pieces;
  if (value.value === null || value.value === undefined) throw missing(term);
  return [printedTerm(value.value, term)];
}

function liveSource(term: Term, names: Names): string | undefined {
  const key = bareKey(term);
  if (term.kind !== 'reference' || key === undefined || names.dimensions.includes(key)) return undefined;
  return (readValue(term, (path) => names.constant(path)) ?? undefined) === undefined ? names.liveToken?.(key) : undefined;
}

function termValue(term: Term, names: Names): Value {
  if (term.kind === 'literal') return { kind: 'constant', value: term.value };
  if (term.kind === 'reference') return referredValue(term, names);
  if (term.kind === 'call') return called(term, names);
  // Tokens as text, which becomes source once it is all put together.
  return { kind: 'constant', value: term.parts.map((part) => (typeof part === 'string' ? part : encodeToken({ key: part.key }))).join('') };
}

function referredValue(reference: Reference, names: Names): Value {
  const [first, key = '', ...more] = reference.path;
  if (first === 'cluster' && more.length === 0 && names.dimensions.includes(key)) {
    const source = /^[A-Za-z_]\w*$/.test(key) ? `target.${key}` : `target[${JSON.stringify(key)}]`;
    return { kind: 'text', pieces: [{ source, usesTarget: true, usesCluster: false, known: '', isNeverEmpty: true }] };
  }
  const value = readValue(reference, (path) => names.constant(path));
  if (value !== undefined) return { kind: 'constant', value };
  const name = referenceName(reference.path);
  throw new ExpressionError(`\`${name}\` is neither a dimension nor the same at every target`, reference.offset, 'write a function of the target by hand');
}

function called(term: Call, names: Names): Value {
  const args = term.args.map((arg) => termValue(arg, names));
  const isAbsent = (arg: Value) => arg.kind === 'constant' && (arg.value === null || arg.value === undefined);
  const absent = term.args[term.name === 'default' ? -1 : args.findIndex(isAbsent)];
  if (absent) throw missing(absent);
  const constants = args.filter((arg) => arg.kind === 'constant').map(({ value }) => value);
  if (constants.length === args.length) return { kind: 'constant', value: applyFunction(term, constants) };
  return atArgument(term, () => callSource(term.name, args, (pieces) => toSource(pieces, names)));
}

function missing(term: Term): ExpressionError {
  const at = missingTerm(term);
  const name = at.kind === 'reference' ? referenceName(at.path) : at.source;
  return new ExpressionError(`\`${name}\` has no value when the fleet is rendered`, at.offset, 'give it one with `default`');
}
