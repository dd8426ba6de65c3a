import { createHash } from 'node:crypto';
import type { Plain } from '../../layers/layer';
import { compare } from '../../layers/problem';
import type { Row } from './row';

/** How many digits name an effect: enough that nobody finds another one with the same. */
const digits = 16;

/**
 * Names an effect: what fields of apps say now, wherever and in whatever order. Two changes have the same digest where they
 * bring the same values, whichever way they were written.
 */
export function effectDigest(rows: readonly Pick<Row, 'item' | 'field' | 'after'>[]): string {
  const lines = new Set(
    rows.map(({ item, field, after }) => stable([item.clusterType, item.app, item.object ?? '', field, ...(after === undefined ? [] : [after])])),
  );
  return digestOf([...lines].sort(compare).join('\n'));
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** JSON with sorted keys: maps have no order. */
export function stable(value: Plain): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => compare(a, b))) : one,
  );
}
