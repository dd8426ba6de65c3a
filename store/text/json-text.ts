import { type Splice, spliced } from './lines';

/** An object in a text of JSON: where its braces stand, and its members. */
interface JsonObject {
  /** The offset of its opening brace. */
  readonly start: number;
  /** The offset behind its closing brace. */
  readonly end: number;
  readonly members: readonly JsonMember[];
}

interface JsonMember {
  readonly key: string;
  /** The offset of its key. */
  readonly start: number;
  /** The offset behind its value. */
  readonly end: number;
  readonly valueStart: number;
  readonly object?: JsonObject;
}

/**
 * Adds members to the object of a text of JSON, or to an object in it, and leaves every other character as it is.
 *
 * @param text   valid JSON whose value is an object
 * @param keys   of the object that they are added to: no key for the outermost; an object that is not there is made
 * @param values by key; none of them is there
 */
export function addToJson(text: string, keys: readonly string[], values: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(values);
  if (entries.length === 0) return text;
  let object = readObject(text, text.indexOf('{'));
  for (const [depth, key] of keys.entries()) {
    const member = object.members.find((one) => one.key === key);
    if (!member?.object) return inserted(text, object, [[key, nested(keys.slice(depth + 1), values)]], depth);
    object = member.object;
  }
  return inserted(text, object, entries, keys.length);
}

/** Puts a string in the place of one that is there. */
export function replaceInJson(text: string, keys: readonly string[], value: string): string {
  let object = readObject(text, text.indexOf('{'));
  let member: JsonMember | undefined;
  for (const key of keys) {
    member = object.members.find((one) => one.key === key);
    if (member?.object) object = member.object;
  }
  return member ? spliced(text, [{ start: member.valueStart, end: member.end, text: JSON.stringify(value) }]) : text;
}

function nested(keys: readonly string[], values: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), values);
}

/** @param depth of the object */
function inserted(text: string, object: JsonObject, entries: readonly (readonly [string, unknown])[], depth: number): string {
  const { start, end, members } = object;
  const last = members[members.length - 1];
  const isInLine = !text.slice(start, end).includes('\n') && (members.length > 0 || !text.includes('\n'));
  if (isInLine) {
    const written = entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ');
    const splice: Splice = last ? { start: last.end, end: last.end, text: `, ${written}` } : { start, end, text: `{ ${written} }` };
    return spliced(text, [splice]);
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const step = stepOf(text);
  const outer = step.repeat(depth);
  const lines = entries.map(([key, value]) => {
    const written = JSON.stringify(value, null, step).replaceAll('\n', lineBreak + outer + step);
    return `${lineBreak}${outer}${step}${JSON.stringify(key)}: ${written}`;
  });
  const made = lines.join(',');
  return spliced(text, [last ? { start: last.end, end: last.end, text: `,${made}` } : { start, end, text: `{${made}${lineBreak}${outer}}` }]);
}

/** What the text is indented by, from its first line that is. */
function stepOf(text: string): string {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
}

function readObject(text: string, start: number): JsonObject {
  const members: JsonMember[] = [];
  let at = blank(text, start + 1);
  while (text[at] === '"') {
    const keyStart = at;
    const keyEnd = stringEnd(text, at);
    const valueStart = blank(text, blank(text, keyEnd) + 1);
    const object = text[valueStart] === '{' ? readObject(text, valueStart) : undefined;
    const end = object?.end ?? valueEnd(text, valueStart);
    members.push({ key: JSON.parse(text.slice(keyStart, keyEnd)) as string, start: keyStart, end, valueStart, object });
    at = blank(text, end);
    if (text[at] === ',') at = blank(text, at + 1);
  }
  return { start, end: at + 1, members };
}

/** The offset behind a value that is no object. */
function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  if (text[start] !== '[') return start + (/^[^\s,\]}]*/.exec(text.slice(start))?.[0].length ?? 0);
  let at = blank(text, start + 1);
  while (text[at] !== ']') {
    at = blank(text, text[at] === '{' ? readObject(text, at).end : valueEnd(text, at));
    if (text[at] === ',') at = blank(text, at + 1);
  }
  return at + 1;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The offset behind blank space. */
function blank(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
