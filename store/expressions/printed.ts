import { describe } from '../../layers/plain-data';
import { encodeToken, splitTokens } from '../../layers/text/token';

/**
 * A number as Go's `%v` prints it. Helm reads every number of a file as a float64, so that a million is `1e+06`; a whole
 * number in an expression itself is an integer, a bigint here.
 */
export function printNumber(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  // Both languages print the fewest digits that say which number it is; only their limits for exponents differ.
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** What a value is, for messages: to their reader an integer is a number like others. */
export function described(value: unknown): string {
  return describe(typeof value === 'bigint' ? Number(value) : value);
}

/** A number that a file or an expression says, where it is whole. @returns `undefined` for whatever else */
export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** `strconv.Quote` of Go. Tokens stay whole: they stand for what Helm fills in between the quotation marks. */
export function quoteText(text: string): string {
  const parts = splitTokens(text).map((part) => (typeof part === 'string' ? [...part].map(quoteCharacter).join('') : encodeToken(part)));
  return `"${parts.join('')}"`;
}

/** What Go takes for printable, of Unicode: letters, marks, numbers, punctuation, symbols, and of all spaces the ASCII one. */
function quoteCharacter(character: string): string {
  const name = named[character];
  if (name !== undefined) return name;
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
