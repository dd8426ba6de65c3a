import { closest, distance } from 'fastest-levenshtein';

/** Longer words are no names, and comparing them takes time that grows with the square of their length. */
const maxLength = 500;

/** The candidate that a misspelt word most likely meant, or `undefined` where none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > maxLength) return undefined;
  const known = [...candidates].filter((candidate) => candidate !== word && Math.abs(candidate.length - word.length) <= limitOf(word, candidate));
  if (known.length === 0) return undefined;
  // A wrong case is always a near miss (`repoUrl`), however short the word.
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  // So are two letters that changed places.
  const letters = lettersOf(word);
  const swapped = known.find((candidate) => candidate.length === word.length && lettersOf(candidate) === letters);
  if (swapped !== undefined) return swapped;
  const best = closest(word, known);
  return distance(word, best) <= limitOf(word, best) ? best : undefined;
}

/** How far two words may be apart. */
function limitOf(word: string, candidate: string): number {
  return Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
}

function lettersOf(word: string): string {
  return [...word].sort().join('');
}

/** The hint of a word that is nearly another. */
export function asksFor(word: string): string {
  return `did you mean '${word}'?`;
}

/**
 * `did you mean 'x'?`, else the known names (at most eight), else nothing.
 *
 * @param isMeant which of them may be the word misspelt. @default - any
 */
export function suggestion(word: string, candidates: Iterable<string>, noun: string, isMeant: (candidate: string) => boolean = () => true): string | undefined {
  const known = [...candidates];
  const near = nearest(word, known.filter(isMeant));
  if (near !== undefined) return asksFor(near);
  if (known.length === 0) return undefined;
  const shown = known.slice(0, 8).join(', ');
  return `known ${noun}: ${shown}${known.length > 8 ? `, … (${known.length} in all)` : ''}`;
}

/** For how many words of one kind a near miss is looked for: whoever has more has made one mistake many times, and looking takes long. */
const maxSuggestions = 20;

/** Suggestions for words of which there may be as many as there are candidates. */
export class Suggestions {
  #made = 0;

  /** As {@link suggestion}; `undefined` once there were many. */
  for(word: string, candidates: Iterable<string>, noun: string): string | undefined {
    this.#made += 1;
    return this.#made > maxSuggestions ? undefined : suggestion(word, candidates, noun);
  }
}
