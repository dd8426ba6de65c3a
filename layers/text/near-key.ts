import { distance } from 'fastest-levenshtein';

/**
 * Whether one key is most likely the other one misspelt: by one letter, by two that changed places, or by case. Keys that are
 * told apart on purpose are none: `node-1` and `node-2`, `zone-a` and `zone-b`, `http` and `https`, `cpu-pool` and `gpu-pool`.
 */
export function isNearKey(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1 || one.length > 200) return false;
  // `http_proxy` stands beside `HTTP_PROXY`: nobody misses the case of every letter.
  if (one.toLowerCase() === other.toLowerCase()) return !(one.includes('_') && (isShouted(one, other) || isShouted(other, one)));
  // Short words have too many neighbours: `cpu` and `gpu`.
  if (Math.min(one.length, other.length) < 4 || isTold(one, other)) return false;
  return distance(one, other) === 1 || areSwapped(one, other);
}

function isShouted(one: string, other: string): boolean {
  return one === other.toUpperCase() && other === one.toLowerCase();
}

function isTold(one: string, other: string): boolean {
  if (one.replace(/\d/g, '') === other.replace(/\d/g, '')) return true;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, index) => (word === others[index] ? [] : [[word, others[index] as string] as const]));
  if (differing.length > 0 && differing.every(([word, another]) => areSchemes(word, another) || areOtherWords(word, another))) return true;
  // A letter of its own, and a word that has hardly more, says which one it is.
  return words.length > 1 && differing.some(([word, another]) => Math.min(word.length, another.length) < 3);
}

/** The protocols that have a form under TLS. */
const schemes: ReadonlySet<string> = new Set(['http', 'ws', 'ftp', 'ldap', 'smtp', 'imap', 'pop3', 'amqp', 'mqtt', 'grpc', 'redis', 'h2']);

/** `HTTP_PROXY` and `HTTPS_PROXY`, `grpcPort` and `grpcsPort`. */
function areSchemes(one: string, other: string): boolean {
  const [short, long] = [one.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length) as [string, string];
  return schemes.has(short) && long === `${short}s`;
}

/** A letter in place of another makes a word of its own of a short one (`mail` and `main`, `cpu` and `gpu`); the first letter of a longer one too (`light` and `night`). */
function areOtherWords(one: string, other: string): boolean {
  if (one.length !== other.length || areSwapped(one, other)) return false;
  return one.length < 5 || (one.length < 7 && one[0] !== other[0]);
}

/** `us-east-1a` and `zoneA` have several. */
function wordsOf(key: string): readonly string[] {
  return key.split(/[-_./:\s]+|(?<=[a-z0-9])(?=[A-Z])/);
}

function areSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((char, index) => char !== other[index]);
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
