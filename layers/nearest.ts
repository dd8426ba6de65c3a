import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a misspelt word most likely meant, or `undefined` where none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...candidates].filter((candidate) => candidate !== word);
  if (known.length === 0) return undefined;
  // A wrong case is always a near miss (`repoUrl`), however short the word.
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  // So are two letters that changed places.
  const swapped = known.find((candidate) => lettersOf(candidate) === lettersOf(word));
  if (swapped !== undefined) return swapped;
  const best = closest(word, known);
  return distance(word, best) <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : undefined;
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** The hint of a word that is nearly another. */
export function asksFor(word: string): string {
  return `did you mean '${word}'?`;
}

/** `did you mean 'x'?`, else the known names (at most eight), else nothing. */
export function suggestion(word: string, candidates: Iterable<string>, noun: string): string | undefined {
  const known = [...candidates];
  const near = nearest(word, known);
  if (near !== undefined) return asksFor(near);
  if (known.length === 0) return undefined;
  const shown = known.slice(0, 8).join(', ');
  return `known ${noun}: ${shown}${known.length > 8 ? `, … (${known.length} in all)` : ''}`;
}
