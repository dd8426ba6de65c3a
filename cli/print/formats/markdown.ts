import { withoutControls } from '../without-controls';

/** What a comment of a pull request holds (GitHub: 65,536 characters), less room for what somebody writes around it. */
export const commentRoom = 60_000;

export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Lines of a table. @param head cells like those of rows: as {@link cellSpan} gives them, where they are somebody's text */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [markdownRow(head), markdownRow(head.map(() => '---')), ...rows.map(markdownRow)];
}

/** Longer than any cell that a person reads: what is longer is told to be. */
const widest = 1000;

/**
 * Text of somebody's as code in Markdown: it names nobody, links nowhere, and does not end the code. Entities would not do: a
 * forge looks for names in what it has rendered.
 */
export function codeSpan(text: string): string {
  const line = withoutControls(cut(text));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  // Markdown takes a space at both ends away, where there is more than spaces.
  const pad = line === '' || /^`|`$/.test(line) || (/^ .*? $/.test(line) && line.trim() !== '') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines of somebody's as a block of code in Markdown: a fence is longer than every one in it. */
export function codeBlock(text: string): string {
  const lines = text.split('\n').map(withoutControls);
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...lines, fence].join('\n');
}

/** Code in a cell of a table, where a bar ends the cell whatever it stands in. */
export function cellSpan(text: string): string {
  // Forges do not agree on what `\\|` is in a table: so a backslash and a bar never stand side by side.
  return cut(text)
    .split(/(?<=\\)(?=\|)/)
    .map((part) => codeSpan(part).replace(/\|/g, '\\|'))
    .join('<!-- -->');
}

function cut(text: string): string {
  // One more, so that what is cut already stays as it is.
  return text.length > widest + 1 ? `${text.slice(0, widest).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
