import { isBlock, isFilled, isTable, isTemplate, lineWidth, staysBehind, step, textWidth } from './biome-rules';
import { escaped, propertyKey, stringLiteral, visible } from './literal-text';
import type { Comments, Entry, Item, ListSource, MapSource, Source } from './source-tree';

function scalarText(value: string | number | boolean | null): string {
  if (typeof value === 'string' && isBlock(value))
    return `\`${value
      .split('\n')
      .map((line) => escaped(line, '`'))
      .join('\n')}\``;
  if (typeof value === 'string') return isTemplate(value) ? `\`${escaped(value, '`')}\`` : stringLiteral(value);
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return 'Number.NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Number.POSITIVE_INFINITY' : 'Number.NEGATIVE_INFINITY';
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** A comment of one line. A text that begins like an order to a tool is none: `#` stands before it. */
function commentText(text: string): string {
  const line = text.replace(/[^\S ]+/g, ' ').trimEnd();
  return `//${line === '' ? '' : ' '}${visible(line.replace(/^\s*(?=@ts-|biome-ignore)/, '# '))}`;
}

/** Comments of whole lines. A text of several lines becomes as many comments. */
export function commentLines(texts: readonly string[] = [], indent = ''): readonly string[] {
  return texts.flatMap((text) => text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((line) => indent + commentText(line)));
}

/** Where on its line a value stands. */
export interface Place {
  /**
   * The indentation of the line on which it begins.
   *
   * @default - none
   */
  readonly indent?: string;
  /**
   * The column in which it begins, counted from 0.
   *
   * @default - behind the indentation
   */
  readonly column?: number;
  /**
   * How many columns follow it on its last line.
   *
   * @default 0
   */
  readonly suffix?: number;
}

/**
 * A tree as TypeScript, laid out as Biome lays it out. Only code that is too long for its line may differ, unless it is a
 * template literal or an arrow function behind a key of common length: where Biome breaks other code is not known here.
 */
export function sourceText(source: Source, { indent = '', column = indent.length, suffix = 0 }: Place = {}): string {
  const line = oneLine(source);
  if (line !== undefined && column + textWidth(line) + suffix <= lineWidth) return line;
  const deeper = indent + step;
  if (source.kind === 'map' && hasParts(source)) {
    const lines = [...source.entries.flatMap((entry) => entryLines(entry, deeper)), ...commentLines(source.end, deeper)];
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  if (source.kind === 'list' && hasParts(source)) {
    const lines = isFilled(source) ? filledLines(source, deeper) : source.items.flatMap((item) => itemLines(item, deeper));
    return `[\n${[...lines, ...commentLines(source.end, deeper)].join('\n')}\n${indent}]`;
  }
  if (source.kind === 'value') return scalarText(source.value);
  if (source.kind === 'code' && source.text.includes('\n')) return source.text;
  // An arrow function goes on behind its arrow.
  return source.kind === 'code' ? source.text.replace(/^((?:\w+|\([\w:, ]*\)) =>) /, `$1\n${deeper}`) : (line as string);
}

function isCollection(source: Source): source is MapSource | ListSource {
  return source.kind === 'map' || source.kind === 'list';
}

/** Whether there is something between the brackets. */
function hasParts(source: MapSource | ListSource): boolean {
  return (source.kind === 'map' ? source.entries : source.items).length > 0 || (source.end ?? []).length > 0;
}

/** A value on a single line, or `undefined` where it needs several however short it is. */
function oneLine(source: Source): string | undefined {
  if (source.kind === 'code') return source.text.includes('\n') ? undefined : source.text;
  if (source.kind === 'value') return isBlock(source.value) ? undefined : scalarText(source.value);
  if (source.end?.length) return undefined;
  if (source.kind === 'map' ? source.expanded && source.entries.length > 0 : isTable(source)) return undefined;
  const parts: readonly (Entry | Item)[] = source.kind === 'map' ? source.entries : source.items;
  const texts: string[] = [];
  for (const part of parts) {
    const text = hasComments(part) ? undefined : oneLine(part.value);
    if (text === undefined) return undefined;
    texts.push('key' in part ? `${propertyKey(part.key)}: ${text}` : text);
  }
  if (source.kind === 'list') return `[${texts.join(', ')}]`;
  return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`;
}

function hasComments({ before = [], after }: Comments): boolean {
  return before.length > 0 || after !== undefined;
}

function withComments({ before, after }: Comments, indent: string, text: string): readonly string[] {
  return [...commentLines(before, indent), `${indent}${text}${after === undefined ? '' : ` ${commentText(after)}`}`];
}

function itemLines(item: Item, indent: string): readonly string[] {
  return withComments(item, indent, `${sourceText(item.value, { indent, suffix: 1 })},`);
}

function entryLines(entry: Entry, indent: string): readonly string[] {
  return withComments(entry, indent, `${entryText(entry, indent)},`);
}

function entryText(entry: Entry, indent: string): string {
  const { value } = entry;
  const key = `${propertyKey(entry.key)}:`;
  const column = indent.length + textWidth(key) + 1;
  const behind = () => sourceText(value, { indent, column, suffix: 1 });
  const below = indent + step;
  // Decided without its text: whoever tries both places at every level never ends.
  const hasRoom = isCollection(value) ? column + (hasParts(value) ? 1 : 3) <= lineWidth : fits(behind(), column);
  if (hasRoom || staysBehind(key, value)) return `${key} ${behind()}`;
  return `${key}\n${below}${sourceText(value, { indent: below, suffix: 1 })}`;
}

/** Whether the first line of a text fits, with the comma behind it if it is the last. */
function fits(text: string, column: number): boolean {
  const [first = '', ...others] = text.split('\n', 2);
  return column + textWidth(first) + (others.length === 0 ? 1 : 0) <= lineWidth;
}

function filledLines({ items, end = [] }: ListSource, indent: string): readonly string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const [index, { before, value }] of items.entries()) {
    const above = commentLines(before, indent);
    const text = `${sourceText(value)},`;
    // With a comment below it, Biome gives the last item a line of its own.
    const isApart = above.length > 0 || (end.length > 0 && index === items.length - 1);
    if (line !== undefined && !isApart && line.length + 1 + text.length <= lineWidth) {
      line = `${line} ${text}`;
      continue;
    }
    if (line !== undefined) lines.push(line);
    lines.push(...above);
    line = indent + text;
    // Biome takes an item whose comment is too long for one that is too long itself, and puts the next below it.
    if (textWidth(above[0] ?? '') > lineWidth) {
      lines.push(line);
      line = undefined;
    }
  }
  return line === undefined ? lines : [...lines, line];
}

/** A file with one value in it. */
export interface FileParts {
  /**
   * Whole import lines, in the order that Biome gives them.
   *
   * @default - none
   */
  readonly imports?: readonly string[];
  /**
   * Lines of text above the value, without `//`.
   *
   * @default - none
   */
  readonly before?: readonly string[];
  /** What stands before the value on its line: `export default `. */
  readonly open: string;
  readonly body: Source;
  /** What stands behind it: ` satisfies FleetAppConfig;`. */
  readonly close: string;
  /**
   * Whole lines below it.
   *
   * @default - none
   */
  readonly rest?: readonly string[];
}

/** The text of a module: imports, comments and the value, then the rest, blank lines between. Ends with a line break. */
export function moduleText({ imports = [], before, open, body, close, rest = [] }: FileParts): string {
  const value = `${open}${sourceText(body, { column: textWidth(open), suffix: textWidth(close) })}${close}`;
  const blocks = [imports, [...commentLines(before), value], rest].filter((lines) => lines.length > 0);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
