import type { Plain } from '../../../layers/layer';
import { hasToken, splitTokens } from '../../../layers/text/token';
import type { Trial } from './trials';

/** Keys of a map of which one is known to the cluster alone. */
type Keys = readonly string[];

/** Where a key is known to the cluster alone: what stands before all other keys, and behind them, since their order may show. */
export function orderTexts(values: readonly Plain[]): readonly (readonly string[])[] {
  return values.flatMap(keysIn).length === 0 ? [] : ['-', '0', 'zzzzzzzz'].map((text) => [text]);
}

/** That it is a key beside which it stands: of the two one wins, and a chart that is told both at once does not tell which. */
export function sameKeyTrials(values: readonly Plain[]): readonly Trial[] {
  const texts = new Set(values.flatMap(keysIn).flatMap(textsOf));
  return [...texts].map((text) => ({
    standIn: () => text,
    check: {
      pattern: `^${text.replace(/[^\w-]/gu, (one) => `\\x{${one.codePointAt(0)?.toString(16)}}`)}$`,
      words: `be '${text}', a key that stands beside it`,
    },
  }));
}

function keysIn(value: Plain): readonly Keys[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value as Readonly<Record<string, Plain>>).flatMap(keysIn);
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return keys.length > 1 && keys.some(hasToken) ? [keys, ...below] : below;
}

/** What is left of the other keys where this one says the rest: `a` of `team-a` for `team-{token}`. */
function textsOf(keys: Keys): readonly string[] {
  const others = keys.filter((key) => !hasToken(key));
  return keys.filter(hasToken).flatMap((key) => {
    const parts = splitTokens(key);
    const [before, after] = [parts[0], parts.at(-1)].map((part) => (typeof part === 'string' ? part : '')) as [string, string];
    return others
      .filter((other) => other.length > before.length + after.length && other.startsWith(before) && other.endsWith(after))
      .map((other) => other.slice(before.length, other.length - after.length));
  });
}
