import type { Changes, FieldChange } from '../../../changes/change';
import { type PlacedChange, placedChanges } from '../../read/changes/change-places';
import { paintFor } from '../print';
import { aligned, columnsOfTerminal, type Row, wrapped } from '../rows';
import { withoutControls } from '../without-controls';
import { movedText, noteText, onlyText, sameText, summaryText, type Words, whereText, whyText, wordsOf } from './change-words';
import { type ComingPart, comingParts } from './coming-rows';
import { apart, appRows, type FieldRows, manyPlaces, manyText, manyWhy } from './field-rows';
import { changeLines } from './value-text';

type Paint = ReturnType<typeof paintFor>;

const inside = '      ';

/** Changes as people read them in a terminal: what goes, what comes, what changes. */
export function changesText(changes: Changes, placed: readonly PlacedChange[]): string {
  const { before, after, only } = changes;
  const summary = changes.changes.length === 0 ? [sameText(changes)] : fitting(`${before} → ${after}${onlyText(only)}: `, summaryText(changes));
  const title = [...summary, ...changes.notes.map(noteText)].map(withoutControls);
  return [title.join('\n'), ...sections(changes, placed)].join('\n\n');
}

/** What a step would change, before it is made. */
export function effectText(effect: Changes): string {
  const notes = effect.notes.map((note) => withoutControls(noteText(note)));
  const shown = effect.changes.length === 0 ? ['No manifest changes.'] : sections(effect, placedChanges(effect.changes, undefined));
  return [...(notes.length === 0 ? [] : [notes.join('\n')]), ...shown].join('\n\n');
}

/** A text behind its beginning, on lines of its own where both do not fit a line. */
function fitting(start: string, text: string): readonly string[] {
  const columns = columnsOfTerminal();
  return start.length + text.length <= columns ? [start + text] : [start.trimEnd(), ...wrapped(text, columns - 2).map((line) => `  ${line}`)];
}

function sections(changes: Changes, placed: readonly PlacedChange[]): readonly string[] {
  const paint = paintFor(process.stdout);
  const all = [
    ...comingParts(changes, placed).map((part) => comings(part, paint)),
    fieldLines(placed, wordsOf(changes), paint),
    [movedText(changes) ?? []].flat(),
  ];
  return all.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function comings({ title, sign: mark, note, rows }: ComingPart, paint: Paint): readonly string[] {
  const sign = mark === '-' ? paint.error(mark) : paint.added(mark);
  const lines = rows.flatMap(({ what, where, why, fate }) => {
    const [first = '', ...more] = wrapped(withoutControls(what), columnsOfTerminal() - 4);
    return [`  ${sign} ${first}`, ...more.map((line) => `    ${line}`), ...details(where, why, paint, fate)];
  });
  return [`${paint.bold(title)}${note === undefined ? '' : paint.dim(` (${note})`)}`, ...lines];
}

function details(where: string, why: string | undefined, paint: Paint, fate?: string): readonly string[] {
  const row = (name: string, text: string | undefined): readonly Row[] => (text === undefined ? [] : [[name, withoutControls(text)]]);
  const rows = [...row('at', where), ...row('why', why), ...row('then', fate)];
  return aligned(rows, inside, fate === undefined ? 3 : 4).map(paint.dim);
}

function fieldLines(placed: readonly PlacedChange[], words: Words, paint: Paint): readonly string[] {
  return appRows(placed, words).flatMap(({ head, marks, fields }, index) => [
    ...(index > 0 ? [''] : []),
    ...wrapped(withoutControls(head), columnsOfTerminal()).map(paint.bold),
    ...marks.flatMap((mark) => {
      const [first = '', ...more] = wrapped(withoutControls(mark), columnsOfTerminal() - 4);
      return [`  ${paint.error('!')} ${first}`, ...more.map((line) => `    ${line}`)];
    }),
    ...fields.flatMap((rows) => oneField(rows, words, paint)),
  ]);
}

function oneField({ field, changes }: FieldRows, words: Words, paint: Paint): readonly string[] {
  const name = `  ${paint.place(withoutControls(field))}`;
  if (changes.length > apart) {
    const { why, hasOthers } = manyWhy(changes);
    const many = wrapped(manyText(changes), columnsOfTerminal() - inside.length).map((line) => inside + line);
    return [name, ...many, ...details(manyPlaces(changes, words), why !== undefined && hasOthers ? `${why}, and others` : why, paint)];
  }
  return [name, ...changes.flatMap((one) => [...valueLines(one.change as FieldChange, paint), ...details(whereText(one.change, words), whyText(one), paint)])];
}

function valueLines({ before, after }: FieldChange, paint: Paint): readonly string[] {
  const change = changeLines(before, after, columnsOfTerminal() - inside.length);
  return ('line' in change ? [change.line.join(' → ')] : change.lines.map((line) => painted(line, paint))).map((line) => inside + line);
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('- ')) return paint.removed(line);
  return line.startsWith('+ ') ? paint.added(line) : line;
}
