import { getOr } from '../../layers/get-or';
import { stable } from './effect';
import { isReturn, type Past } from './past';
import type { Row } from './row';

/**
 * Tells rows that take back what came before. Of many in a list that change alike the first is asked: where it takes nothing back,
 * none does, and the past of a thousand targets need not be read.
 *
 * @param lists all at once: the past is read once for the first of each, and once more for the others
 */
export function undone(past: Past, lists: readonly (readonly Row[])[]): (row: Row) => boolean {
  const groups = lists.flatMap((rows) => [...alike(rows)]).filter(([first]) => first && !first.isNew);
  const ask = (asked: readonly Row[]) => {
    past.prepare(asked.map(({ item, target }) => ({ item, target })));
    return asked.filter(({ item, target, field, after }) => isReturn(past.contents(item, target), field, after));
  };
  const first = new Set(ask(groups.map(([row]) => row as Row)));
  const rest = ask(groups.filter(([row]) => first.has(row as Row)).flatMap((group) => group.slice(1)));
  const found = new Set([...first, ...rest]);
  return (row) => found.has(row);
}

function alike(rows: readonly Row[]): Iterable<readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = stable([row.item.clusterType, row.item.app, row.item.object ?? '', row.field, row.before ?? null, row.after ?? null, row.isNew]);
    getOr(found, key, () => []).push(row);
  }
  return found.values();
}
