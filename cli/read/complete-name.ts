import { FleetError } from '../../constructs';
import { suggestion } from '../../layers/text/nearest';

/** What a name is one of. */
export interface Known {
  readonly known: readonly string[];
  /** How one of them is called, and several. */
  readonly noun: string;
  readonly nouns: string;
  /** Where they belong, with a blank in front. @default - the fleet */
  readonly context?: string;
}

/**
 * The one name that was meant: itself, or the only one that begins so. No name at all begins nothing: a script's variable was
 * empty. Neither does one number begin another.
 *
 * @throws FleetError with a suggestion
 */
export function completeName(name: string, { known, noun, nouns, context = '' }: Known): string {
  if (known.includes(name)) return name;
  const beginning = name === '' ? [] : known.filter((candidate) => candidate.startsWith(name) && !/\d\d$/.test(candidate.slice(0, name.length + 1)));
  const [only, second] = beginning;
  if (only !== undefined && second === undefined) return only;
  const hint = second === undefined ? suggestion(name, known, nouns, (candidate) => !hasOtherNumber(name, candidate)) : `it could be ${beginning.join(' or ')}`;
  throw new FleetError([{ code: 'rollout', message: `there is no ${noun} '${name}'${context}`, ...(hint === undefined ? {} : { hint }) }]);
}

/** Whether two names differ in nothing but a number: `patch-003` is not `patch-002` misspelt, and may be somebody else's. `patch-1` is `patch-001`. */
function hasOtherNumber(name: string, other: string): boolean {
  const [words, others] = [name.split(/\d+/), other.split(/\d+/)];
  return words.length > 1 && words.join('0') === others.join('0') && numbersIn(name) !== numbersIn(other);
}

function numbersIn(name: string): string {
  return (name.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')).join(' ');
}
