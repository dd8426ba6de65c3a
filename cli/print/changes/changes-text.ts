import type { Change, Changes, FieldChange } from '../../../changes/change';
import { type PlacedChange, placedChanges } from '../../read/changes/change-places';
import { paintFor } from '../print';
import { aligned, type Row } from '../rows';
import { withoutControls } from '../without-controls';
import { apart, appRows, type FieldRows, manyPlaces, manyText, movedText, noteText, nounOf, summaryText, whereText, whyText } from './change-words';
import { changeLines } from './value-text';

type Paint = ReturnType<typeof paintFor>;

/** Changes as people read them in a terminal: what goes, what comes, what changes. */
export function changesText(changes: Changes, placed: readonly PlacedChange[]): string {
  return [[summaryText(changes), ...changes.notes.map(noteText)].join('\n'), ...sections(changes, placed)].join('\n\n');
}

/** What a step would change, before it is made. */
export function effectText(effect: Changes): string {
  return effect.changes.length === 0 ? 'No manifest changes.' : sections(effect, placedChanges(effect.changes, undefined)).join('\n\n');
}

function sections(changes: Changes, placed: readonly PlacedChange[]): readonly string[] {
  const paint = paintFor(process.stdout);
  const all = [
    comings('Removed', placed, 'removed', paint),
    comings('Added', placed, 'added', paint),
    fieldLines(placed, paint),
    [movedText(changes) ?? []].flat(),
  ];
  return all.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function comings(title: string, placed: readonly PlacedChange[], end: 'removed' | 'added', paint: Paint): readonly string[] {
  const own = placed.filter(({ change }) => change.kind.endsWith(end));
  if (own.length === 0) return [];
  const sign = end === 'removed' ? paint.error('-') : paint.added('+');
  const note = end === 'removed' ? ' (where the root prunes, Argo CD takes it from the clusters)' : '';
  const lines = own.flatMap((one) => [`  ${sign} ${nounOf(one.change as Exclude<Change, FieldChange>)}`, ...details(one, paint)]);
  return [`${paint.bold(title)}${paint.dim(note)}`, ...lines];
}

function details(one: PlacedChange, paint: Paint): readonly string[] {
  const why = whyText(one);
  const rows: readonly Row[] = [['at', whereText(one.change)], ...(why === undefined ? [] : [['why', why] as const])];
  return aligned(rows, '      ', 3).map((line) => paint.dim(withoutControls(line)));
}

function fieldLines(placed: readonly PlacedChange[], paint: Paint): readonly string[] {
  return appRows(placed).flatMap(({ head, fields }, index) => [
    ...(index > 0 ? [''] : []),
    paint.bold(head),
    ...fields.flatMap((rows) => oneField(rows, paint)),
  ]);
}

function oneField({ field, changes }: FieldRows, paint: Paint): readonly string[] {
  const name = `  ${paint.place(withoutControls(field))}`;
  if (changes.length > apart) {
    const [one] = changes as readonly [PlacedChange];
    const why = whyText(one);
    const rows: readonly Row[] = [['at', manyPlaces(changes)], ...(why === undefined ? [] : [['why', `${why}, and others`] as const])];
    return [name, `      ${manyText(changes)}`, ...aligned(rows, '      ', 3).map((line) => paint.dim(withoutControls(line)))];
  }
  return [
    name,
    ...changes.flatMap((one) => {
      const { before, after } = one.change as FieldChange;
      return [...changeLines(before, after).map((line) => `      ${painted(line, paint)}`), ...details(one, paint)];
    }),
  ];
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('- ')) return paint.removed(line);
  return line.startsWith('+ ') ? paint.added(line) : line;
}
