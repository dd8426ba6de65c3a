import { getOr } from '../../layers/get-or';
import type { AppChange, Change, FieldChange, ObjectChange } from '../change';
import type { Mark } from '../objects/marks';
import { itemAt, type Row } from './row';
import { type Item, keyOf } from './side';

/** A change that does something beside what its fields say. */
export type Marked = AppChange | ObjectChange | FieldChange;

/** Those that do one kind of thing. */
export function marked(changes: readonly Change[], kind: Mark['kind']): readonly Marked[] {
  return changes.filter((change): change is Marked => 'marks' in change && change.marks?.some((mark) => mark.kind === kind) === true);
}

/** What they do, in one sentence for all. */
export function textsOf({ marks = [] }: Marked, kind: Mark['kind']): string {
  return [...new Set(marks.flatMap((mark) => (mark.kind === kind ? [mark.text] : [])))].join('; ');
}

/** Whose change it is: `the Deployment 'shop/web' of 'shop'`; `'shop'` of an app that comes. */
export function objectOf(change: Marked): string {
  const { app } = change;
  if (!('object' in change) || change.object === undefined) return `'${app}'`;
  const [kind, name] = change.manifest?.split(' ') ?? [];
  return name === undefined ? `'${change.object.replace(/^manifests\//, '')}' of '${app}'` : `the ${kind} '${name}' of '${app}'`;
}

const known = new WeakMap<readonly Row[], ReadonlyMap<string, readonly Row[]>>();

/** The rows of a change: of an app that comes, of all that comes with it. */
export function rowsOfMarked(change: Marked, rows: readonly Row[]): readonly Row[] {
  let byItem = known.get(rows);
  if (!byItem) {
    const found = new Map<string, Row[]>();
    for (const row of rows) getOr(found, placeOf(row.item, row.target), () => []).push(row);
    // What comes with an app, by the app.
    for (const row of rows) if (row.isNew && row.item.object !== undefined) getOr(found, comingWith(row.item, row.target), () => []).push(row);
    byItem = found;
    known.set(rows, byItem);
  }
  const of = byItem;
  return change.targets.flatMap((target) => {
    const item = itemAt('object' in change ? change : { clusterType: change.clusterType, app: change.app }, target);
    if (change.kind === 'app-added') return of.get(comingWith(item, target)) ?? [];
    const own = of.get(placeOf(item, target)) ?? [];
    return change.kind === 'field' ? own.filter(({ field }) => field === change.field) : own;
  });
}

function placeOf(item: Item, target: string): string {
  return `${keyOf(item)}\n${target}`;
}

function comingWith({ clusterType, app }: Item, target: string): string {
  return `coming\n${clusterType}\n${app}\n${target}`;
}
