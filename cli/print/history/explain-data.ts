import type { Explanation } from '../../read/history/explanation';
import { commitData } from './commit-words';

/** What each value comes from, for programs. */
export function explainData({ fields, ...explanation }: Explanation): object {
  return {
    ...explanation,
    fields: fields.map(({ field, value, layer, hid, since }) => ({
      field,
      ...saying(value),
      ...layer,
      hid: hid.map((one) => ({ ...saying(one.value), ...one.layer })),
      ...(since === undefined ? {} : { since: { kind: since.kind, ...(since.commit === undefined ? {} : { commit: commitData(since.commit) }) } }),
    })),
  };
}

function saying<T>(value: T | undefined): { readonly value: T } | { readonly isUnset: true } {
  return value === undefined ? { isUnset: true } : { value };
}
