import { distance } from 'fastest-levenshtein';

/**
 * Whether one key is most likely the other one misspelt: by one letter, by two that changed places, or by case. Keys that are
 * told apart on purpose are none: `node-1` and `node-2`, `zone-a` and `zone-b`, `http` and `https`.
 */
export function isNearKey(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1 || one.length > 200) return false;
  if (one.toLowerCase() === other.toLowerCase()) return true;
  // Short words have too many neighbours: `cpu` and `gpu`.
  if (Math.min(one.length, other.length) < 4 || isTold(one, other)) return false;
  return distance(one, other) === 1 || areSwapped(one, other);
}

function isTold(one: string, other: string): boolean {
  if (one.replace(/\d/g, '') === other.replace(/\d/g, '')) return true;
  if (schemes.has(one) && schemes.has(other)) return true;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, index) => (word === others[index] ? [] : [[word, others[index] as string] as const]));
  // A letter of its own, and a word that has hardly more, says which one it is.
  return words.length > 1 && differing.some(([word, other]) => Math.min(word.length, other.length) < 3);
}

const schemes: ReadonlySet<string> = new Set(['http', 'https']);

/** `us-east-1a` and `zoneA` have several. */
function wordsOf(key: string): readonly string[] {
  return key.split(/[-_./:\s]+|(?<=[a-z0-9])(?=[A-Z])/);
}

function areSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((char, index) => char !== other[index]);
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
