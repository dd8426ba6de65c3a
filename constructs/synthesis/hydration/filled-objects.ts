import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { isMap } from '../../../layers/plain-data';
import { goScalar } from '../../../layers/text/go-scalar';
import { hasToken, isPlainScalar, mapStrings, plainTokens, tokensInGoJson } from '../../../layers/text/token';

type Some = Plain | readonly Manifest[];
type Fill = (text: string) => string;

/**
 * What a chart gave for some stand-ins, with the tokens wherever it is what they give when they are filled in.
 *
 * @param tokens what it should be
 * @param isExact whether a text must be what it should to the letter, and not as YAML takes what has no quotation marks
 */
export function asFilled(tokens: Some | undefined, other: Some, fill: Fill, isExact: boolean): Some {
  if (typeof tokens === 'string') return isSame(tokens, other as Plain, fill, isExact) ? tokens : other;
  if (Array.isArray(tokens)) return Array.isArray(other) ? (other.map((item, index) => asFilled(tokens[index], item, fill, isExact)) as Plain) : other;
  if (!isMap(tokens) || !isMap(other)) return other;
  const names = new Map(Object.keys(tokens).map((key) => [fill(key), key]));
  return Object.fromEntries(
    Object.entries(other as Readonly<Record<string, Plain>>).map(([name, item]) => {
      const key = names.get(name) ?? name;
      return [key, asFilled((tokens as Readonly<Record<string, Plain>>)[key], item, fill, isExact) as Plain];
    }),
  );
}

/** What begins as something else than a scalar without quotation marks, or ends before its end. */
const noScalar = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](\s|$)|:(\s|$)|\s#|\s$/;

/** Without quotation marks YAML takes away the spaces around a text, and what follows ` #`. */
function isSame(tokens: string, other: Plain, fill: Fill, isExact: boolean): boolean {
  const filled = fill(tokens);
  const read = isPlainScalar(tokens) ? readPlain(filled) : filled;
  if (Object.is(read, other)) return true;
  // No cluster may say what is no scalar there: it is asked at deploy time.
  if (!isExact && isPlainScalar(tokens) && noScalar.test(filled)) return true;
  if (isExact || typeof other !== 'string' || typeof read !== 'string') return false;
  return other === filled.trim() || (filled.startsWith(other) && /^\s+#/.test(filled.slice(other.length)));
}

/** @returns `undefined` for a number that nobody can hold */
function readPlain(text: string): Plain | undefined {
  let isRefused = false;
  const read = goScalar(text, () => {
    isRefused = true;
  });
  return isRefused ? undefined : read;
}

/**
 * The same objects, with the scalars marked that a chart writes without quotation marks: what is a number with numbers in it.
 *
 * @param other what the chart gave for numbers
 */
export function withPlain<T extends Some>(tokens: T, other: Some | undefined, fill: Fill): T {
  if (typeof tokens === 'string')
    return hasToken(tokens) && typeof other === 'number' && Object.is(readPlain(fill(tokens)), other) ? (plainTokens(tokens) as T) : tokens;
  if (Array.isArray(tokens)) return Array.isArray(other) ? (tokens.map((item, index) => withPlain(item, other[index], fill)) as unknown as T) : tokens;
  if (!isMap(tokens) || !isMap(other)) return tokens;
  const others = other as Readonly<Record<string, Plain>>;
  return Object.fromEntries(
    Object.entries(tokens as Readonly<Record<string, Plain>>).map(([key, item]) => [key, withPlain(item, others[fill(key)], fill)]),
  ) as T;
}

/** What stands inside a JSON text is escaped there when it is filled in. */
export function withJson(object: Manifest): Manifest {
  return mapStrings(object, (text) => (isJson(text) ? tokensInGoJson(text) : text));
}

export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
