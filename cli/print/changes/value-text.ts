import { diffLines } from 'diff';
import type { Plain } from '../../../layers/layer';
import { withoutControls } from '../without-controls';

/** How long a value is that stands on one line. */
const shortest = 60;

/** A value on one line, for people: a text that could be something else stands in quotes. */
export function valueText(value: Plain | undefined): string {
  if (value === undefined) return '(not set)';
  if (typeof value === 'string') return isPlainText(value) ? value : JSON.stringify(withoutControls(value));
  if (typeof value !== 'object' || value === null) return String(value);
  return withoutControls(JSON.stringify(value));
}

/** Whether a text reads as itself without quotes, and as nothing else. */
function isPlainText(text: string): boolean {
  const isWord = text === withoutControls(text) && text === text.trim() && /^[^"'[\]{}][^"]*$/.test(text);
  return isWord && !/^(true|false|null|~|[-+.\d][\d.eE+-]*)$/.test(text);
}

/** How a value changes: on one line where both fit, else line by line, what goes and what comes. */
export function changeLines(before: Plain | undefined, after: Plain | undefined): readonly string[] {
  const [old, made] = [valueText(before), valueText(after)];
  if (old.length + made.length <= 2 * shortest) return [`${old} → ${made}`];
  const lines = diffLines(longText(before), longText(after)).flatMap(({ value, added, removed }) => {
    const parts = value.replace(/\n$/, '').split('\n');
    if (!added && !removed) return parts.length > 3 ? [`  ${parts[0]}`, '  …', `  ${parts[parts.length - 1]}`] : parts.map((part) => `  ${part}`);
    return parts.map((part) => `${added ? '+' : '-'} ${part}`);
  });
  return lines.length <= longest ? lines : [...lines.slice(0, longest), `  … ${lines.length - longest} more lines (--format json has them all)`];
}

/** How many lines of one change people read. */
const longest = 24;

function longText(value: Plain | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return `${text.split('\n').map(withoutControls).join('\n')}\n`;
}
