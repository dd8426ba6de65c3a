import type { Changes, FieldChange } from '../../../changes/change';
import { plural } from '../../../layers/text/problem-text';
import type { PlacedChange } from '../../read/changes/change-places';
import { cellSpan, codeSpan, commentRoom, markdownRow } from '../formats/markdown';
import { movedText, noteText, nothingSeen, onlyText, summaryText, type Words, whereText, whyText, wordsOf } from './change-words';
import { comingParts } from './coming-rows';
import { apart, appRows, type FieldRows, manyPlaces, manyText, manyWhy } from './field-rows';
import { changeLines } from './value-text';

/** How many rows an app shows before they are folded. */
const open = 12;

/** A part of the text: none of it stands where none of its rows has room. */
interface Part {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** Changes as a comment of a pull request: as many whole rows as a comment holds. */
export function changesMarkdown(changes: Changes, placed: readonly PlacedChange[]): string {
  const words = wordsOf(changes);
  const parts = [...comings(changes, placed), ...fieldParts(placed, words)];
  const moved = movedText(changes);
  const end = moved === undefined ? [] : ['', moved];
  const lines = [titleOf(changes), ...changes.notes.flatMap((note) => ['', codeSpan(noteText(note))])];
  let left = commentRoom - size(lines) - size(end);
  let dropped = 0;
  for (const { before, rows, after } of parts) {
    let needed = size(before) + size(after);
    const fitting = rows.findIndex((row) => {
      needed += row.length + 1;
      return needed > left;
    });
    const shown = fitting === -1 ? rows : rows.slice(0, fitting);
    dropped += rows.length - shown.length;
    if (shown.length === 0) continue;
    const part = [...before, ...shown, ...after];
    lines.push(...part);
    left -= size(part);
  }
  const more = dropped === 0 ? [] : ['', `… and ${plural(dropped, 'more row')}, for which there is no room in a comment: \`npx fleet diff\` shows all.`];
  return [...lines, ...more, ...end].join('\n');
}

function titleOf(changes: Changes): string {
  const [before, after] = [codeSpan(changes.before), codeSpan(changes.after)];
  const only = changes.only === undefined ? '' : onlyText(codeSpan(changes.only));
  if (changes.changes.length === 0 && changes.unseen !== undefined) return `**${nothingSeen(changes.unseen)}**${only}, from ${before} to ${after}.`;
  return changes.changes.length === 0
    ? `**Nothing changes**${only}: ${before} and ${after} render the same${only === '' ? '' : ' of it'}.`
    : `**${summaryText(changes)}**, from ${before} to ${after}${only}`;
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function comings(changes: Changes, placed: readonly PlacedChange[]): readonly Part[] {
  return comingParts(changes, placed).map(({ title, note, rows }) => {
    const hasFate = title === 'Removed' || rows.some(({ fate }) => fate !== undefined);
    return table(
      [`### ${title}${note === undefined ? '' : `: ${note}`}`],
      ['what', 'where', 'why', ...(hasFate ? ['then'] : [])],
      rows.map(({ what, where, why, fate }) => markdownRow([cellSpan(what), cellSpan(where), orEmpty(why), ...(hasFate ? [orEmpty(fate)] : [])])),
    );
  });
}

function fieldParts(placed: readonly PlacedChange[], words: Words): readonly Part[] {
  return appRows(placed, words).map(({ head, marks, fields }) =>
    table(
      [`### ${codeSpan(head)}`, ...marks.flatMap((mark) => ['', `**${codeSpan(mark)}**`])],
      ['field', 'change', 'where', 'why'],
      fields.flatMap((rows) => fieldRows(rows, words)),
    ),
  );
}

function table(title: readonly string[], columns: readonly string[], rows: readonly string[]): Part {
  const head = ['', markdownRow(columns), markdownRow(columns.map(() => '---'))];
  if (rows.length <= open) return { before: ['', ...title, ...head], rows, after: [] };
  return { before: ['', ...title, '', `<details><summary>${plural(rows.length, 'row')}</summary>`, ...head], rows, after: ['', '</details>'] };
}

function fieldRows({ field, changes }: FieldRows, words: Words): readonly string[] {
  if (changes.length > apart) {
    const { why, hasOthers } = manyWhy(changes);
    const whyCell = `${orEmpty(why)}${why !== undefined && hasOthers ? ', and others' : ''}`;
    return [markdownRow([cellSpan(field), cellSpan(manyText(changes)), cellSpan(manyPlaces(changes, words)), whyCell])];
  }
  return changes.map((one) =>
    markdownRow([cellSpan(field), changeCell(one.change as FieldChange), cellSpan(whereText(one.change, words)), orEmpty(whyText(one))]),
  );
}

function changeCell({ before, after }: FieldChange): string {
  const change = changeLines(before, after);
  return 'line' in change ? `${cellSpan(change.line[0])} → ${cellSpan(change.line[1])}` : change.lines.map(cellSpan).join('<br>');
}

function orEmpty(why: string | undefined): string {
  return why === undefined ? '' : cellSpan(why);
}
