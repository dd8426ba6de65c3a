import { createHash } from 'node:crypto';
import type { Plain } from '../../layers/layer';
import type { Difference } from '../differences';
import type { Content } from '../state';

/** How many digits tell a value from another one. */
const digits = 6;

/** A difference as people may see it: of a Secret, that a value is another one, and never the value. */
export function hiddenIn(difference: Difference, ...contents: readonly Content[]): Difference {
  const isSecret = contents.some(({ kind }) => kind === 'Secret') && /^(data|stringData)\b/.test(difference.field);
  if (!isSecret) return difference;
  const { field, before, after } = difference;
  return { field, ...(before === undefined ? {} : { before: hidden(before) }), ...(after === undefined ? {} : { after: hidden(after) }) };
}

function hidden(value: Plain): string {
  return `(hidden, ${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, digits)})`;
}
