import { withoutControls } from '../without-controls';

/** Longer than any cell that a person reads: what is longer is told to be. */
const widest = 1000;

export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [markdownRow(head), markdownRow(head.map(() => '---')), ...rows.map(markdownRow)];
}

/** Text of somebody's as code: it names nobody, links nowhere and ends no table. */
export function markdownCode(text: string): string {
  const short = text.length > widest ? `${text.slice(0, widest)}…` : text;
  const line = withoutControls(short).replace(/\|/g, '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const pad = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text of somebody's in a sentence. */
export function markdownPlain(text: string): string {
  return withoutControls(text).replace(/[\\`*_{}[\]<>#|~@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
