import type { Change, Changes, FieldChange } from '../../../changes/change';
import { plural } from '../../../layers/text/problem-text';
import type { PlacedChange } from '../../read/changes/change-places';
import { apart, appRows, type FieldRows, manyPlaces, manyText, movedText, noteText, nounOf, summaryText, whereText, whyText } from './change-words';
import { changeLines, valueText } from './value-text';

/** What a comment of a pull request holds (GitHub: 65,536 characters), less room for what somebody writes around it. */
const room = 60_000;

/** How many rows an app shows before they are folded. */
const open = 12;

/** A part of the text that stands as a whole or not at all. */
interface Part {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** Changes as a comment of a pull request: as many whole rows as a comment holds. */
export function changesMarkdown(changes: Changes, placed: readonly PlacedChange[]): string {
  const parts = [...comings('Removed', placed, 'removed'), ...comings('Added', placed, 'added'), ...fieldParts(placed)];
  const moved = movedText(changes);
  const end = moved === undefined ? [] : ['', moved];
  const lines = [`**${plain(summaryText(changes))}**`, ...changes.notes.flatMap((note) => ['', plain(noteText(note))])];
  let left = room - size(lines) - size(end);
  let dropped = 0;
  for (const { before, rows, after } of parts) {
    const frame = size(before) + size(after);
    const fitting: string[] = [];
    for (const row of rows) {
      if (frame + size(fitting) + size([row]) > left) break;
      fitting.push(row);
    }
    dropped += rows.length - fitting.length;
    if (fitting.length === 0) continue;
    const part = [...before, ...fitting, ...after];
    lines.push(...part);
    left -= size(part);
  }
  const more = dropped === 0 ? [] : ['', `… and ${plural(dropped, 'more row')}, for which there is no room in a comment: \`npx fleet diff\` shows all.`];
  return [...lines, ...more, ...end].join('\n');
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function comings(title: string, placed: readonly PlacedChange[], end: 'removed' | 'added'): readonly Part[] {
  const own = placed.filter(({ change }) => change.kind.endsWith(end));
  if (own.length === 0) return [];
  const rows = own.map((one) => row([code(nounOf(one.change as Exclude<Change, FieldChange>)), whereCell(one.change), whyCell(one)]));
  const note = end === 'removed' ? ': where the root prunes, Argo CD takes it from the clusters' : '';
  return [table([`### ${title}${note}`], ['what', 'where', 'why'], rows)];
}

function fieldParts(placed: readonly PlacedChange[]): readonly Part[] {
  return appRows(placed).map(({ head, fields }) => {
    const rows = fields.flatMap(fieldRows);
    return table([`### ${code(head)}`], ['field', 'change', 'where', 'why'], rows);
  });
}

function table(title: readonly string[], columns: readonly string[], rows: readonly string[]): Part {
  const head = ['', row(columns), row(columns.map(() => '---'))];
  if (rows.length <= open) return { before: ['', ...title, ...head], rows, after: [] };
  return { before: ['', ...title, '', `<details><summary>${plural(rows.length, 'row')}</summary>`, ...head], rows, after: ['', '</details>'] };
}

function fieldRows({ field, changes }: FieldRows): readonly string[] {
  if (changes.length > apart) {
    const why = whyText(changes[0] as PlacedChange);
    return [row([code(field), code(manyText(changes)), code(manyPlaces(changes)), why === undefined ? '' : `${code(why)}, and others`])];
  }
  return changes.map((one) => row([code(field), changeCell(one.change as FieldChange), whereCell(one.change), whyCell(one)]));
}

function changeCell({ before, after }: FieldChange): string {
  const lines = changeLines(before, after);
  return lines.length === 1 ? `${code(valueText(before))} → ${code(valueText(after))}` : lines.map(code).join('<br>');
}

function whereCell(change: Change): string {
  return code(whereText(change));
}

function whyCell(one: PlacedChange): string {
  const why = whyText(one);
  return why === undefined ? '' : code(why);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Longer than any cell that a person reads: what is longer is told to be. */
const widest = 1000;

/** Text of somebody's as code: it names nobody, links nowhere and ends no table. */
function code(text: string): string {
  const short = text.length > widest ? `${text.slice(0, widest)}…` : text;
  const line = short.replace(/[\r\n]+/g, ' ').replace(/\|/g, '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const pad = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text of somebody's in a sentence. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
