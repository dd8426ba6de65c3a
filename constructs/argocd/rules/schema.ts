import { validateManifest } from '../../validate';
import { writtenPath } from '../manifest';
import type { ManifestRule } from '../manifest-rule';

/** What the schema of its kind says: unknown fields, missing ones, wrong types. */
export const schema: ManifestRule = ({ manifest, written, maker }) =>
  validateManifest(manifest)
    // Nulls have a rule of their own, but for fields that have no layers: nothing could be meant by one there.
    .filter(({ found }) => found !== 'null' || maker === 'component')
    .map((finding) => ({ ...finding, path: writtenPath(finding.path, written) }));
