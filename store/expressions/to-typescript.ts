import { encodeToken, type Token } from '../../layers/text/token';
import { propertyOf } from '../typescript/literal-text';
import { callSource, type Value } from './call-source';
import { applyFunction, atArgument, literalArgument, printedTerm, readValue, type Scope, type Segment, wholeLiteral } from './evaluate';
import { ExpressionError } from './expression-error';
import type { Part, Template } from './parse';
import { braceBefore, Deployed } from './passes';
import { type Code, expressionOf, type Pieces, type TextExpression } from './pieces';
import { type Call, liveKeys, missingTerm, type Reference, referenceName, type Term } from './term';

/** What the source may use. */
export interface Names {
  /** In the singular: `environment`. */
  readonly dimensions: readonly string[];
  /** Source for a live token: `cluster.name`, `cluster.annotation('x/y')`. */
  token(token: Token): string;
  /** The same for a bare `{{ .Values.cluster.KEY }}` that no value is known for. @returns `undefined` where nobody injects the key */
  liveToken?(path: readonly string[]): string | undefined;
  /** The value at a path of keys below `.Values` that every target has. @returns `undefined` where they differ, `null` where none has one */
  constant(path: readonly string[]): unknown;
  /** What the second pass knows, tokens as text. It throws for a value that differs from target to target. */
  readonly deploy: Scope;
}

export interface SourceText {
  /** An expression of TypeScript, in single quotes or as template literal. */
  readonly text: string;
  /** Whether it uses `target`: the caller makes it `(target) => text`. */
  readonly usesTarget: boolean;
  /** Whether it uses tokens. */
  readonly usesCluster: boolean;
  /** The values that the second pass asks for. */
  readonly asksLater: readonly (readonly string[])[];
}

/**
 * A template as an expression of TypeScript, which is at every target the text that both passes give.
 *
 * @throws ExpressionError where it is wrong, or depends on the target in a way that no expression says
 */
export function toTypeScript({ parts }: Template, names: Names): SourceText {
  const asksLater: (readonly string[])[] = [];
  const runs = runsOf(parts.flatMap((part): readonly (Segment | Code)[] => (part.kind === 'action' ? actionPieces(part.pipeline, names) : [segment(part)])));
  const pieces = runs.map((run, index) => {
    if (!Array.isArray(run)) return run as Code;
    const deployed = new Deployed(run);
    asksLater.push(...deployed.references.map(({ path }) => path));
    const text = deployed.evaluate(names.deploy);
    const next = runs[index + 1];
    const isCode = next !== undefined && 'source' in next;
    if (text.endsWith('{') && isCode && (next.usesCluster || !next.isNeverEmpty)) throw braceBefore(run[run.length - 1]?.offset ?? 0);
    checkEnds(run, text, { before: index > 0, after: index < runs.length - 1 }, names.deploy);
    return text;
  });
  const { source, usesTarget, usesCluster } = toSource(pieces, names);
  return { text: source, usesTarget, usesCluster, asksLater };
}

function segment({ text, offset, kind }: Exclude<Part, { readonly kind: 'action' }>): Segment {
  return { text, offset, origin: kind };
}

/** What stands between two pieces of code is read by the second pass as a whole. */
function runsOf(pieces: readonly (Segment | Code)[]): readonly (readonly Segment[] | Code)[] {
  const runs: (Segment[] | Code)[] = [];
  for (const piece of pieces) {
    const last = runs[runs.length - 1];
    if ('source' in piece) runs.push(piece);
    else if (Array.isArray(last)) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/** @throws ExpressionError where a trim marker of the second pass reaches into what code gives */
function checkEnds(run: readonly Segment[], text: string, has: { readonly before: boolean; readonly after: boolean }, scope: Scope): void {
  const offset = run[0]?.offset ?? 0;
  const blank = (isThere: boolean): readonly Segment[] => (isThere ? [{ text: ' ', offset, origin: 'text' }] : []);
  const longer = new Deployed([...blank(has.before), ...run, ...blank(has.after)]).evaluate(scope);
  if (longer !== `${has.before ? ' ' : ''}${text}${has.after ? ' ' : ''}`)
    throw new ExpressionError('white space beside a value of the target is taken away at deploy', offset, 'write a function of the target by hand');
}

function toSource(pieces: Pieces, names: Names): TextExpression {
  return expressionOf(pieces, (token) => names.token(token));
}

function actionPieces(term: Term, names: Names): readonly (Segment | Code)[] {
  const literal = wholeLiteral(term);
  if (literal) return [literal];
  const live = liveSource(term, names);
  if (live !== undefined) return [{ source: live, usesTarget: false, usesCluster: true, known: '', isNeverEmpty: true }];
  const value = termValue(term, names);
  const known = (text: string): Segment => ({ text, offset: term.offset, origin: 'value' });
  if (value.kind === 'text') return value.pieces.map((piece) => (typeof piece === 'string' ? known(piece) : finished(piece, term)));
  if (value.value === null || value.value === undefined) throw missing(term);
  return [known(printedTerm(value.value, term))];
}

/** @throws ExpressionError for code that may give an expression for the second pass */
function finished(code: Code, { offset }: Term): Code {
  if (!code.known.includes('{')) return code;
  throw new ExpressionError('an expression that depends on the target would be evaluated at deploy', offset, 'write a function of the target by hand');
}

function liveSource(term: Term, names: Names): string | undefined {
  const path = liveKeys(term);
  const key = path?.[path.length - 1];
  if (term.kind !== 'reference' || path === undefined || key === undefined || (path.length > 1 && names.dimensions.includes(key))) return undefined;
  return (readValue(term, (at) => names.constant(at)) ?? undefined) === undefined ? names.liveToken?.(path) : undefined;
}

function termValue(term: Term, names: Names): Value {
  // Tokens as text, which becomes source once it is all put together.
  if (term.kind === 'literal') return { kind: 'constant', value: literalArgument(term, (key) => encodeToken({ key })) };
  if (term.kind === 'reference') return referredValue(term, names);
  return called(term, names);
}

function referredValue(reference: Reference, names: Names): Value {
  const [first, key = '', ...more] = reference.path;
  if (first === 'cluster' && more.length === 0 && names.dimensions.includes(key)) {
    return { kind: 'text', pieces: [{ source: propertyOf('target', key), usesTarget: true, usesCluster: false, known: '', isNeverEmpty: true }] };
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
