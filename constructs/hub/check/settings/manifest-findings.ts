import type { Finding } from '../../../../layers/consequences';
import type { validateManifest } from '../../../argocd/validate-manifest';

/** What the schema objects to in a manifest, told of the key that the field was made of. */
export function manifestFindings(
  remarks: ReturnType<typeof validateManifest>,
  place: readonly string[],
  keyOf: (path: readonly string[]) => string,
): readonly Finding[] {
  return remarks.map(({ path, code, message, expected, found, hint }) => {
    const key = keyOf(path);
    return { code, message: `'${key}' ${message.replace(/^'[^']*' /, '')}`, place: [...place, key], expected, found, hint };
  });
}
