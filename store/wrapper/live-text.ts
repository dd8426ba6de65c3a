import { escaped, stringLiteral } from '../typescript/literal-text';
import { type Expression, parseActions, TemplateError } from './go-syntax';

/** What only the live cluster knows, as both layouts ask for it. */
export interface Live {
  readonly kind: 'annotation' | 'label' | 'name' | 'nameNormalized' | 'server';
  /** Of an annotation or a label. */
  readonly key?: string;
}

/** What a text says where the cluster has nothing. */
interface Optional extends Live {
  readonly otherwise: string;
}

/** A text as pieces: what is written, what the cluster fills in, and what neither of them is. */
export type Piece = string | Live | Optional | { readonly other: string };

/** A text that Argo CD's ApplicationSet controller evaluates, in pieces. */
export function piecesOf(text: string, values: { readonly [key: string]: string } = {}): readonly Piece[] {
  if (!text.includes('{{')) return [text];
  try {
    const pieces = parseActions(text).map((action): Piece => {
      if (action.kind === 'text') return action.text;
      if (action.kind !== 'print') return { other: text };
      const { expression } = action;
      if (expression.kind === 'literal') return String(expression.value);
      return live(expression, values) ?? { other: text };
    });
    return pieces.some((piece) => typeof piece === 'object' && 'other' in piece) ? [{ other: text }] : joined(pieces);
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    return [{ other: text }];
  }
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all[all.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else if (piece !== '') all.push(piece);
  }
  return all.length === 0 ? [''] : all;
}

const kinds: { readonly [key: string]: 'annotation' | 'label' } = { annotations: 'annotation', labels: 'label' };

function live(expression: Expression, values: { readonly [key: string]: string }): Piece | undefined {
  if (expression.kind === 'field' && (expression.of === undefined || expression.of === '$')) {
    const [first = '', second = '', ...rest] = expression.path;
    if (first === 'name' || first === 'nameNormalized' || first === 'server') return expression.path.length === 1 ? { kind: first } : undefined;
    if (first === 'values' && rest.length === 0 && Object.hasOwn(values, second)) return values[second];
    const kind = kinds[second];
    return first === 'metadata' && kind !== undefined && rest.length === 1 ? { kind, key: rest[0] as string } : undefined;
  }
  if (expression.kind === 'call' && expression.name === 'default' && expression.given.length === 2) {
    const [otherwise, value] = expression.given;
    const found = value && live(value, values);
    if (otherwise?.kind !== 'literal' || typeof found !== 'object' || 'other' in found) return undefined;
    return { ...found, otherwise: String(otherwise.value) };
  }
  if (expression.kind === 'call' && expression.name === 'index') {
    const [of, key, ...more] = expression.given;
    const kind = of?.kind === 'field' && of.path.length === 2 && of.path[0] === 'metadata' ? kinds[of.path[1] as string] : undefined;
    return kind !== undefined && key?.kind === 'literal' && typeof key.value === 'string' && more.length === 0 ? { kind, key: key.value } : undefined;
  }
  return undefined;
}

/** What Git knows of a cluster. */
export interface KnownOfCluster {
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  /** Labels that follow from what the new configuration says, with what they say there. */
  readonly following: { readonly [label: string]: string };
}

/**
 * Pieces with texts in the place of what a cluster cannot fill in here as it did: an Application is not made where an annotation
 * or a label is empty, and a label that follows from other things may say something else.
 */
export function settled(pieces: readonly Piece[], { labels, annotations, following }: KnownOfCluster): readonly Piece[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string' || 'other' in piece || piece.key === undefined) return piece;
    const { kind, key } = piece;
    const text = (kind === 'label' ? labels : annotations)[key];
    if (text === '') return 'otherwise' in piece ? piece.otherwise : '';
    const isOther = kind === 'label' && text !== undefined && Object.hasOwn(following, key) && following[key] !== text;
    return isOther ? text : piece;
  });
}

/** What stands in for what a cluster fills in: files that hold these characters are refused. */
export function markOf({ kind, key }: Live): string {
  return `\uE0F0${kind}${key === undefined ? '' : ` ${key}`}\uE0F1`;
}

/** A text with marks for what the cluster fills in, and what neither is as it stands, but nothing that Argo CD evaluates. */
export function marked(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : 'other' in piece ? harmless(piece.other) : markOf(piece))).join('');
}

/** A template as a text that nobody evaluates. */
export function harmless(text: string): string {
  return text.replace(/\{\{-?\s*/g, '\u2039').replace(/\s*-?\}\}/g, '\u203a');
}

/** Why a text cannot be said as it is. @param known what Git knows of the cluster. @returns `undefined` where it can */
export function whyNot(pieces: readonly Piece[], known: { readonly [annotation: string]: string }): string | undefined {
  for (const piece of pieces) {
    if (typeof piece !== 'object') continue;
    if ('other' in piece) return 'only annotations, labels, name and server of the cluster can be said: it stands there without its braces';
    const isGiven = piece.kind !== 'annotation' || (known[piece.key ?? ''] ?? '') !== '';
    if ('otherwise' in piece && !isGiven) {
      return `where the cluster secret has no ${piece.kind} ${piece.key}, the Application fails, and '${piece.otherwise}' is not taken`;
    }
  }
  return undefined;
}

/** A text with marks as people read it. */
export function readable(text: string): string {
  return text.replace(/\uE0F0/g, '{{ ').replace(/\uE0F1/g, ' }}');
}

/** The pieces of a text with marks. */
export function unmarked(text: string): readonly (string | Live)[] {
  const parts = text.split(/\uE0F0((?:annotation|label) [^\uE0F1]*|name|nameNormalized|server)\uE0F1/);
  return parts.flatMap((part, index): readonly (string | Live)[] => {
    if (index % 2 === 0) return part === '' ? [] : [part];
    const [kind, key] = part.split(' ') as [Live['kind'], string | undefined];
    return [{ kind, ...(key === undefined ? {} : { key }) }];
  });
}

/** A text with marks as TypeScript. @returns `undefined` where it has none */
export function codeOf(text: string): string | undefined {
  const parts = unmarked(text);
  if (parts.every((part) => typeof part === 'string')) return undefined;
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return tokenCode(only);
  const inner = parts.map((part) => (typeof part === 'string' ? escaped(part, '`') : `\${${tokenCode(part)}}`));
  return `\`${inner.join('')}\``;
}

function tokenCode({ kind, key }: Live): string {
  return key === undefined ? `cluster.${kind}` : `cluster.${kind}(${stringLiteral(key)})`;
}
