import { lexAction } from '../../layers/text/lex-action';

/** `{{ .Values.cluster.KEY }}` inside a back-quoted literal. */
export interface LiveReference {
  readonly key: string;
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
 * @returns a bigint for an integer; `undefined` where it is none, or one beyond 2^53; so are `3.0` and `1e6`, floats to Go
 *          that look whole: it prints `3` and `1e+06`
 */
export function decodeNumber(source: string): number | bigint | undefined {
  const [, sign, digits = ''] = /^([+-]?)(.*)$/.exec(source) ?? [];
  if (/__|^_|_$/.test(digits)) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = magnitude(plain);
  if (value === undefined) return undefined;
  return sign === '-' ? -value : value;
}

function magnitude(digits: string): number | bigint | undefined {
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9]\d*)$/.test(digits)) return safe(Number(digits));
  if (/^0[0-7]+$/.test(digits)) return safe(Number.parseInt(digits, 8));
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isInteger(value) || !Number.isFinite(value) ? undefined : value;
}

function safe(value: number): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

/** What a back-quoted literal says: Go discards carriage returns in it. */
export function decodeRaw(source: string): string {
  return source.slice(1, -1).replaceAll('\r', '');
}

/** Text cut at the plain references to values of the cluster among what Helm evaluates when Argo CD deploys. */
export function splitLive(text: string): readonly (string | LiveReference)[] {
  const parts: (string | LiveReference)[] = [];
  let from = 0;
  for (let at = text.indexOf('{{'); at >= 0; ) {
    const action = lexAction(text, at);
    const end = action.kind === 'unclosed' ? text.length : action.end;
    const key = /^\{\{\s*\$?\.Values\.cluster\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}$/.exec(text.slice(at, end))?.[1];
    if (key !== undefined) {
      if (at > from) parts.push(text.slice(from, at));
      parts.push({ key });
      from = end;
    }
    at = text.indexOf('{{', end);
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}
