import type { Plain } from '../layer';
import { fillTokens } from '../text/token';

/** How long a part of a text has to be to say where that comes from. */
const shortest = 5;

/**
 * Which value a text in an object comes from, but for those that only say yes or no: one that is the same, else one that holds it, else the longest that it is made of.
 *
 * @param documents values of a chart, the strongest first
 * @returns where it stands in them
 */
export function valueSaying(text: string, documents: readonly Plain[]): readonly string[] | undefined {
  let best = { rank: 0, path: undefined as readonly string[] | undefined };
  const look = (value: Plain, path: readonly string[]): void => {
    if (typeof value === 'object') for (const [key, item] of Object.entries(value ?? {})) look(item as Plain, [...path, key]);
    else if (typeof value !== 'boolean') {
      const rank = rankOf(String(value), text);
      if (rank > best.rank) best = { rank, path };
    }
  };
  for (const document of documents) look(document, []);
  return best.path;
}

function rankOf(value: string, text: string): number {
  if (value === text) return Number.POSITIVE_INFINITY;
  if (text.length >= shortest && value.includes(text)) return Number.MAX_VALUE;
  // What only the cluster knows says nothing that stands here.
  const said = fillTokens(value, () => '').length;
  return said >= shortest && text.includes(value) ? said : 0;
}
