import { stable } from './effect';
import { isReturn, type Past } from './past';
import type { Row } from './row';

/**
 * Tells rows that take back what came before. Of many that change alike the first is asked: where it takes nothing back, none does,
 * and the past of a thousand targets need not be read.
 */
export function undone(past: Past, rows: readonly Row[]): (row: Row) => boolean {
  const alike = new Map<string, Row[]>();
  for (const row of rows) {
    const key = stable([row.item.clusterType, row.item.app, row.item.object ?? '', row.field, row.before ?? null, row.after ?? null, row.isNew]);
    const known = alike.get(key);
    if (known) known.push(row);
    else alike.set(key, [row]);
  }
  const groups = [...alike.values()].filter(([first]) => first && !first.isNew);
  const ask = (asked: readonly Row[]) => {
    past.prepare(asked.map(({ item, target }) => ({ item, target })));
    return asked.filter(({ item, target, field, after }) => isReturn(past.contents(item, target), field, after));
  };
  const first = new Set(ask(groups.map(([row]) => row as Row)));
  const rest = ask(groups.filter(([row]) => first.has(row as Row)).flatMap((group) => group.slice(1)));
  const found = new Set([...first, ...rest]);
  return (row) => found.has(row);
}
