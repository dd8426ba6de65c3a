import { diffLines } from 'diff';
import type { Plain } from '../../../layers/layer';
import { withoutControls } from '../without-controls';

/** How long two values are that stand on one line. */
const widest = 120;

/** A value on one line, for people: a text that could be something else stands in quotes. */
export function valueText(value: Plain | undefined): string {
  if (value === undefined) return '(not set)';
  if (typeof value === 'string') return isPlainText(value) ? value : withoutControls(JSON.stringify(value));
  if (typeof value !== 'object' || value === null) return String(value);
  return withoutControls(JSON.stringify(value));
}

/** Whether a text reads as itself without quotes, and as nothing else. */
function isPlainText(text: string): boolean {
  const isWord = text === withoutControls(text) && text === text.trim() && /^[^"'[\]{}][^"]*$/.test(text);
  return isWord && !/^(true|false|null|~|)$/.test(text) && Number.isNaN(Number(text));
}

/** How a value changes: on one line where both fit, else line by line, what goes and what comes. */
export type ChangeLines = { readonly line: readonly [before: string, after: string] } | { readonly lines: readonly string[] };

/** @param columns of a line, where it is a terminal's */
export function changeLines(before: Plain | undefined, after: Plain | undefined, columns = Number.POSITIVE_INFINITY): ChangeLines {
  const line = [valueText(before), valueText(after)] as const;
  if (line[0].length + line[1].length + ' → '.length <= Math.min(columns, widest)) return { line };
  // A part of one line is found as quickly where it stands as a whole.
  const parts = diffLines(longText(before), longText(after)).map(({ value, added, removed }) => ({
    texts: value.replace(/\n$/, '').split('\n'),
    added,
    removed,
  }));
  const lines = parts.flatMap(({ texts, added, removed }, index) => {
    if (added || removed) return texts.map((text) => `${added ? '+' : '-'} ${text}`);
    return around(texts, index > 0, index < parts.length - 1).map((text) => `  ${text}`);
  });
  const shown = [...lines, ...endLines(before, after)].map(short);
  return { lines: shown.length <= longest ? shown : [...shown.slice(0, longest), `  … ${shown.length - longest} more lines (--format json has them all)`] };
}

/** A line break that came or went at the end is seen in no line. */
function endLines(before: Plain | undefined, after: Plain | undefined): readonly string[] {
  const [ended, ends] = [before, after].map((value) => typeof value === 'string' && value.endsWith('\n'));
  const isText = typeof before === 'string' && typeof after === 'string';
  return isText && ended !== ends ? [`${ends ? '+' : '-'} (a line break at the end)`] : [];
}

/** The line of a text that stays before and after what changes. */
function around(texts: readonly string[], isAfter: boolean, isBefore: boolean): readonly string[] {
  if (texts.length <= (isAfter && isBefore ? 3 : 2)) return texts;
  const [first, last] = [texts[0] as string, texts[texts.length - 1] as string];
  return [...(isAfter ? [first] : []), '…', ...(isBefore ? [last] : [])];
}

/** How many lines of one change people read. */
const longest = 24;

/** How long a line is that they read. */
const longestLine = 400;

function short(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}… ${line.length - longestLine} more characters`;
}

function longText(value: Plain | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return `${text.replace(/\n$/, '').split('\n').map(withoutControls).join('\n')}\n`;
}
