import { lexAction } from '../../layers/text/lex-action';

/** `{{ .Values.cluster.KEY }}` inside a back-quoted literal. */
export interface LiveReference {
  readonly key: string;
}

/** An expression in a back-quoted literal that would be live, but may not be. */
export interface NotLive {
  readonly source: string;
  /** Index in the content of the literal. */
  readonly offset: number;
}

const encoder = new TextEncoder();
const simpleEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34 };
const escapeSequence = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|\\/g;

/** What a double-quoted literal of Go says, or `undefined` where an escape is wrong or the bytes are not UTF-8. */
export function decodeString(source: string): string | undefined {
  const content = source.slice(1, -1);
  if (!content.includes('\\')) return content;
  const bytes: number[] = [];
  let from = 0;
  for (const match of content.matchAll(escapeSequence)) {
    bytes.push(...encoder.encode(content.slice(from, match.index)));
    const escaped = escapedBytes(match);
    if (escaped === undefined) return undefined;
    bytes.push(...escaped);
    from = match.index + match[0].length;
  }
  bytes.push(...encoder.encode(content.slice(from)));
  return decodeUtf8(Uint8Array.from(bytes));
}

function escapedBytes([, simple, octal, hex, short, long]: readonly (string | undefined)[]): Iterable<number> | undefined {
  const point = short ?? long;
  if (point !== undefined) {
    const code = Number.parseInt(point, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : encoder.encode(String.fromCodePoint(code));
  }
  const byte = simple !== undefined ? simpleEscapes[simple] : octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? '', 16);
  return byte === undefined || !(byte <= 0xff) ? undefined : [byte];
}

/** @returns `undefined` where the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The value of a number as Go writes it: decimal, `0x`, `0o`, `0b`, a leading `0` for octal, `_` between digits.
 *
 * @returns `undefined` where it is none, or one that cannot be held exactly; so is `3.0`, which Go prints as `3` and `1e6`,
 *          which it prints as `1e+06`, because nothing tells them from `3` and `1000000` afterwards
 */
export function decodeNumber(source: string): number | undefined {
  const [, sign, digits = ''] = /^([+-]?)(.*)$/.exec(source) ?? [];
  if (/__|^_|_$/.test(digits)) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = magnitude(plain);
  if (value === undefined) return undefined;
  return sign === '-' && value !== 0 ? -value : value;
}

function magnitude(digits: string): number | undefined {
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9]\d*)$/.test(digits)) return safe(Number(digits));
  if (/^0[0-7]+$/.test(digits)) return safe(Number.parseInt(digits, 8));
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isInteger(value) || !Number.isFinite(value) ? undefined : value;
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A back-quoted literal cut at the references that Helm evaluates when Argo CD deploys. */
export function splitLive(source: string): readonly (string | LiveReference)[] | NotLive {
  // Go discards carriage returns in raw literals.
  const content = source.slice(1, -1).replaceAll('\r', '');
  const parts: (string | LiveReference)[] = [];
  let from = 0;
  for (let at = content.indexOf('{{'); at >= 0; ) {
    const action = lexAction(content, at);
    const end = action.kind === 'unclosed' ? content.length : action.end;
    const written = content.slice(at, end);
    const isLive = action.kind === 'unclosed' ? /\.Values\b/.test(written) : action.lexemes.some(({ kind }) => kind === 'reference');
    if (isLive) {
      const key = /^\{\{\s*\$?\.Values\.cluster\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}$/.exec(written)?.[1];
      if (key === undefined) return { source: written, offset: at };
      if (at > from) parts.push(content.slice(from, at));
      parts.push({ key });
      from = end;
    }
    at = content.indexOf('{{', end);
  }
  if (from < content.length || parts.length === 0) parts.push(content.slice(from));
  return parts;
}
