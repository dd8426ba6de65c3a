import { holdsNull, writtenPath } from '../manifest';
import type { ManifestRule } from '../manifest-rule';

/**
 * Argo CD loses a null, or takes it for a value: only `valuesObject` may hold one, and there it was taken care of. To the
 * other kinds of Kubernetes a null in a map is a field that is absent; in a list it is a mistake.
 */
export const nulls: ManifestRule = ({ manifest, written }) => {
  if (!holdsNull(manifest)) return [];
  const isArgo = manifest.apiVersion.startsWith('argoproj.io/');
  return [...nullPaths(manifest, [], isArgo)].map((at) => {
    const path = writtenPath(at, written);
    const field = path[0] === 'spec' || path[0] === 'metadata' ? path.slice(1) : path;
    return {
      code: 'null-value',
      path,
      message: `'${field.join('.')}' is null`,
      hint: isArgo
        ? 'to remove what a broader layer sets, write `unset`; null means something inside `helm.valuesObject` only'
        : 'leave the item out: a list of a manifest holds no null',
    };
  });
};

function* nullPaths(value: unknown, path: readonly string[], isWrong: boolean): Generator<readonly string[]> {
  if (value === null && isWrong) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* nullPaths(item, [...path, key], isWrong || (item === null && Array.isArray(value)));
}
