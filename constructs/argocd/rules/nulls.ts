import { holdsNull, writtenPath } from '../manifest';
import type { ManifestRule } from '../manifest-rule';

/** Argo CD loses a null, or takes it for a value: only `valuesObject` may hold one, and there it was taken care of. */
export const nulls: ManifestRule = ({ manifest, written }) => {
  if (!holdsNull(manifest)) return [];
  return [...nullPaths(manifest, [])].map((at) => {
    const path = writtenPath(at, written);
    const field = path[0] === 'spec' || path[0] === 'metadata' ? path.slice(1) : path;
    return {
      code: 'null-value',
      path,
      message: `'${field.join('.')}' is null`,
      hint: 'to remove what a broader layer sets, write `unset`; null means something inside `helm.valuesObject` only',
    };
  });
};

function* nullPaths(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (value === null) yield path;
  else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) yield* nullPaths(item, [...path, key]);
}
