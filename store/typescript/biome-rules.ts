import type { Item, ListSource, Source } from './source-tree';

/** How many columns a line has: `formatter.lineWidth` of `biome.json`. */
export const lineWidth = 160;

/** One step of indentation. */
export const step = '  ';

/** Characters that take no column of their own: accents, vowel signs, joiners, the later parts of a Hangul syllable. */
const zero = /[\p{Grapheme_Extend}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7fb]/u;

/** Characters that take two columns: East Asian scripts, full-width forms, emoji. The letters of flags take one each. */
const wide =
  /(?![\u{1f1e6}-\u{1f1ff}])[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufad9\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

/** How many columns a text takes, as Biome 2.5.15 was measured to count them; two dozen rare signs differ. */
export function textWidth(text: string): number {
  if (/^[\0-\x7f]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** Whether a list has several maps, or several lists, each of more than one part: they stand below each other (a rule of Prettier that Biome has taken over). */
export function isTable({ items }: ListSource): boolean {
  if (items.length < 2) return false;
  return (
    items.every(({ value }) => value.kind === 'map' && value.entries.length > 1) || items.every(({ value }) => value.kind === 'list' && value.items.length > 1)
  );
}

/** Whether the items of a list that is too long for one line share lines: several numbers do, unless there is a comment behind one. */
export function isFilled({ items }: ListSource): boolean {
  return items.length > 1 && items.every(({ value, after }) => isNumber(value) && after === undefined);
}

function isNumber(source: Item['value']): boolean {
  return source.kind === 'value' && Number.isFinite(source.value);
}

/** Whether a value is a text of three lines or more, which is written on as many. A line that ends in space would lose it in an editor. */
export function isBlock(value: unknown): boolean {
  return typeof value === 'string' && /\n.*\n./s.test(value) && !/[^\S\n]\n/.test(value);
}

/** Whether a string is written as a template literal: Biome's linter takes `'${a}'` for one with the wrong quotes. */
export function isTemplate(value: string): boolean {
  return /\$\{/.test(value);
}

/** Whether a value stays on the line of its key although it is too long for it, instead of moving to the next. @param key with its colon */
export function staysBehind(key: string, source: Source): boolean {
  if (source.kind === 'code') return source.text.startsWith('`') || source.text.includes('\n');
  // A line of its own would gain three columns at most.
  const isShort = textWidth(key) < step.length + 4;
  if (source.kind !== 'value') return isShort;
  if (typeof source.value === 'string') return isBlock(source.value) || isTemplate(source.value) || isShort;
  if (typeof source.value === 'number') return Number.isFinite(source.value) && !isNegative(source.value);
  return typeof source.value === 'boolean';
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
