import { keyFault, scalarFault } from '../../../layers/plain-data';
import type { ManifestRule, Remark } from '../manifest-rule';

/** What no manifest can hold, or would hold as something else. */
export const plainData: ManifestRule = ({ written, lost = [] }) => {
  const remarks = lost.flatMap(({ path, value }) => remark(path, scalarFault(value)));
  const places = new Set(remarks.map(({ path }) => path.join('\u0000')));
  // What is lost in a list leaves a hole.
  return [...remarks, ...[...walk(written, [])].filter(({ path }) => !places.has(path.join('\u0000')))];
};

function* walk(value: unknown, path: readonly string[]): Generator<Remark> {
  if (typeof value !== 'object' || value === null) {
    yield* remark(path, scalarFault(value));
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(value)) yield* remark([...path, key], keyFault(key));
    yield* walk(item, [...path, key]);
  }
}

function remark(path: readonly string[], fault: ReturnType<typeof scalarFault>): readonly Remark[] {
  return fault ? [{ code: 'not-plain-data', path, ...fault }] : [];
}
