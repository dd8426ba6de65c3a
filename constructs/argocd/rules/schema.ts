import { writtenPath } from '../manifest';
import type { ManifestRule } from '../manifest-rule';
import { validateManifest } from '../validate-manifest';

/** What the schema of its kind says: unknown fields, missing ones, wrong types. */
export const schema: ManifestRule = ({ manifest, written, maker }) => {
  const findings = validateManifest(manifest);
  if (findings.length === 0) return findings;
  // Nulls have a rule of their own, but for hubs' fields, which have no layers: nothing could be meant by one there.
  const isOwn = maker === 'component' || maker === 'hub';
  return findings
    .filter(({ found }) => found !== 'null' || isOwn)
    .map((finding) => {
      const path = writtenPath(finding.path, written);
      // An item is called by its key where it has one.
      const [rendered, own] = [finding.path, path].map((keys) => keys.slice(1).join('.'));
      return { ...finding, path, message: rendered === own ? finding.message : finding.message.replace(`'${rendered}`, `'${own}`) };
    });
};
