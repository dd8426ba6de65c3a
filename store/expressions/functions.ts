import { isMap } from '../../layers/plain-data';
import { hasToken } from '../../layers/text/token';
import { formatText } from './format-text';
import { decodeUtf8 } from './literals';
import { described, printNumber, quoteText, wholeNumber } from './printed';
import { Refusal } from './refusal';

/** A function of Go's `text/template` or of sprig. */
export interface TemplateFunction {
  /** Its arguments as documentation writes them; `…` after the last one allows more of it. */
  readonly usage: string;
  /** @throws Refusal */
  call(args: readonly unknown[]): unknown;
}

const functions: ReadonlyMap<string, TemplateFunction> = new Map([
  ['default', { usage: 'DEFAULT VALUE', call: ([otherwise, value]) => (isEmpty(value) ? otherwise : value) }],
  ['quote', { usage: 'VALUE…', call: (args) => args.map((_, index) => quoteText(printedArgument(args, index))).join(' ') }],
  ['squote', { usage: 'VALUE…', call: (args) => args.map((_, index) => `'${printedArgument(args, index)}'`).join(' ') }],
  ['upper', { usage: 'TEXT', call: (args) => mapCharacters(plainText(args, 0), upperCase) }],
  ['lower', { usage: 'TEXT', call: (args) => mapCharacters(plainText(args, 0), lowerCase) }],
  ['trim', { usage: 'TEXT', call: (args) => plainText(args, 0).replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '') }],
  ['trimSuffix', { usage: 'SUFFIX TEXT', call: (args) => trimSuffix(plainText(args, 0), plainText(args, 1)) }],
  ['trunc', { usage: 'LENGTH TEXT', call: (args) => truncate(length(args, 0), plainText(args, 1)) }],
  ['replace', { usage: 'OLD NEW TEXT', call: (args) => replace(plainText(args, 0), text(args, 1), plainText(args, 2)) }],
  ['printf', { usage: 'FORMAT VALUE…', call: (args) => formatText(text(args, 0), args.slice(1)) }],
  ['print', { usage: 'VALUE…', call: (args) => print(args) }],
  ['index', { usage: 'VALUE KEY…', call: ([value, ...keys]) => keys.reduce(itemAt, value) }],
]);

export function findFunction(name: string): TemplateFunction | undefined {
  return functions.get(name);
}

export function functionNames(): readonly string[] {
  return [...functions.keys()];
}

/** Whether a function can be called with so many arguments. */
export function takes({ usage }: TemplateFunction, count: number): boolean {
  const names = usage.split(' ');
  // `printf` is happy with a format alone.
  return usage.endsWith('…') ? count >= names.length - (usage.startsWith('FORMAT') ? 1 : 0) : count === names.length;
}

/** The text of a final value. @throws Refusal for a map, a list or nothing */
export function printed(value: unknown, argument?: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return printNumber(value);
  if (typeof value === 'boolean') return String(value);
  throw new Refusal(`expected text, a number, true or false; found ${described(value)}`, argument);
}

/** What sprig calls empty. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '' || value === 0 || value === 0n || value === false;
}

function printedArgument(args: readonly unknown[], index: number): string {
  return printed(args[index], index);
}

function text(args: readonly unknown[], index: number): string {
  const value = args[index];
  if (typeof value === 'string') return value;
  const hint = ['number', 'bigint', 'boolean'].includes(typeof value) ? 'make it text with `printf "%v"`' : undefined;
  throw new Refusal(`expected text; found ${described(value)}`, index, hint);
}

/** An expression that is evaluated when the target is deployed: only then is its text what it says. */
const evaluatedLater = /\{\{[^}]*\.(?:Values|Release|Chart|Capabilities|Template|Files)\b/;

/** Whether some of a text's characters are known to the cluster only. */
export function isKnownLater(text: string): boolean {
  return hasToken(text) || evaluatedLater.test(text);
}

/** Text whose characters are all known by now. */
function plainText(args: readonly unknown[], index: number): string {
  const value = text(args, index);
  if (!isKnownLater(value)) return value;
  throw new Refusal('expected text that is known when the fleet is rendered; found a value that only the cluster knows', index);
}

function length(args: readonly unknown[], index: number): number {
  const value = wholeNumber(args[index]);
  if (value !== undefined) return value;
  throw new Refusal(`expected a whole number; found ${described(args[index])}`, index);
}

function mapCharacters(value: string, map: (character: string) => string): string {
  return [...value].map(map).join('');
}

/** Go maps one character to one character: `ß` stays. */
function upperCase(character: string): string {
  const upper = character.toUpperCase();
  return [...upper].length === 1 ? upper : character;
}

function lowerCase(character: string): string {
  return [...character.toLowerCase()][0] ?? '';
}

function trimSuffix(suffix: string, value: string): string {
  return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
}

/** sprig counts bytes, from the end where the length is negative. */
function truncate(length: number, value: string): string {
  const bytes = new TextEncoder().encode(value);
  if (Math.abs(length) >= bytes.length) return value;
  const kept = decodeUtf8(length < 0 ? bytes.slice(length) : bytes.slice(0, length));
  if (kept !== undefined) return kept;
  throw new Refusal(`cutting '${value}' to ${Math.abs(length)} bytes would cut a character in two`, 0);
}

function replace(old: string, replacement: string, value: string): string {
  // Without an old text Go inserts the new one around every character.
  return old === '' ? `${replacement}${mapCharacters(value, (character) => `${character}${replacement}`)}` : value.split(old).join(replacement);
}

/** Go puts a space between two values where neither is text (fmt.Sprint). */
function print(args: readonly unknown[]): string {
  const isText = (value: unknown) => typeof value === 'string';
  return args.map((value, index) => `${index > 0 && !isText(value) && !isText(args[index - 1]) ? ' ' : ''}${printedArgument(args, index)}`).join('');
}

function itemAt(value: unknown, key: unknown, at: number): unknown {
  const argument = at + 1;
  if (Array.isArray(value)) {
    const number = wholeNumber(key);
    if (number === undefined) throw new Refusal(`expected the number of an item of a list; found ${described(key)}`, argument);
    if (number < 0 || number >= value.length) throw new Refusal(`the list has ${value.length} items; found ${number}, the first is 0`, argument);
    return value[number];
  }
  if (!isMap(value)) throw new Refusal(`expected a map or a list; found ${described(value)}`, at);
  if (typeof key !== 'string') throw new Refusal(`expected a key of a map; found ${described(key)}`, argument);
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
