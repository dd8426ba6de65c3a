import { hasToken } from '../../layers/text/token';
import { printNumber, quoteText, wholeNumber } from './printed';
import { Refusal } from './refusal';

/** A verb of `printf`: `%-5s`. */
export interface Verb {
  readonly letter: 's' | 'v' | 'd' | 'q';
  /** In characters. @default 0 - as wide as the value */
  readonly width: number;
  /** What fills the width, and on which side. */
  readonly padding: 'left' | 'right' | 'zeros';
}

/** A format cut at its verbs. @throws Refusal for a verb that is not supported */
export function splitFormat(format: string): readonly (string | Verb)[] {
  const parts: (string | Verb)[] = [];
  let from = 0;
  for (const match of format.matchAll(/%(?:%|([-0]*)(\d*)([svdq]))|%[^a-zA-Z%]*[\s\S]?/g)) {
    const [source, flags = '', width = '', letter] = match;
    if (match.index > from) parts.push(format.slice(from, match.index));
    if (source === '%%') parts.push('%');
    else parts.push(verb(source, flags, Number(width), letter));
    from = match.index + source.length;
  }
  if (from < format.length) parts.push(format.slice(from));
  return parts;
}

function verb(source: string, flags: string, width: number, letter: string | undefined): Verb {
  const padding = flags.includes('-') ? 'right' : flags.includes('0') ? 'zeros' : 'left';
  // How text is filled with zeros differs between versions of Go.
  if (letter === undefined || (padding === 'zeros' && letter !== 'd')) {
    throw new Refusal(`expected the verbs %s, %v, %d, %q and %%, with a width at most; found ${source}`, 0);
  }
  return { letter: letter as Verb['letter'], width, padding };
}

/** `fmt.Sprintf` of Go. @throws Refusal where Go would print a complaint into the text */
export function formatText(format: string, values: readonly unknown[]): string {
  const parts = splitFormat(format);
  checkCount(parts, values.length);
  let next = 0;
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = values[next];
      next += 1;
      return formatVerb(part, value, next);
    })
    .join('');
}

export function checkCount(parts: readonly (string | Verb)[], count: number): void {
  const verbs = parts.filter((part) => typeof part !== 'string').length;
  if (verbs !== count) throw new Refusal(`expected one value for each of the ${verbs} verbs of the format; found ${count}`, 0);
}

/** @param argument the index of the value among the arguments of `printf` */
export function formatVerb(verb: Verb, value: unknown, argument: number): string {
  return pad(verb, printVerb(verb, value, argument), argument);
}

function printVerb({ letter }: Verb, value: unknown, argument: number): string {
  if ((letter === 'd' || letter === 'v') && typeof value === 'bigint') return printNumber(value);
  if (letter === 'q' && typeof value === 'string') return quoteText(value);
  if ((letter === 's' || letter === 'v') && typeof value === 'string') return value;
  if (letter === 'v' && typeof value === 'number') return printNumber(value);
  if (letter === 'v' && typeof value === 'boolean') return String(value);
  if (letter === 'd' && wholeNumber(value) !== undefined) throw new Refusal('%d takes no number of a file, which is a float to Helm', argument, 'use %v');
  const expected = { d: 'a whole number', q: 'text', s: 'text', v: 'text, a number, true or false' }[letter];
  throw new Refusal(`%${letter} takes ${expected}`, argument, letter === 's' || letter === 'd' ? 'use %v' : undefined);
}

/** Go counts characters, not bytes. */
function pad({ width, padding }: Verb, value: string, argument: number): string {
  if (width === 0) return value;
  if (hasToken(value)) throw new Refusal('a value that only the cluster knows cannot be brought to a width', argument);
  const filling = Math.max(0, width - [...value].length);
  if (padding === 'right') return value + ' '.repeat(filling);
  if (padding === 'left') return ' '.repeat(filling) + value;
  return value.startsWith('-') ? `-${'0'.repeat(filling)}${value.slice(1)}` : '0'.repeat(filling) + value;
}
