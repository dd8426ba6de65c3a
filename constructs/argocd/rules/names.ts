import type { ManifestRule } from '../manifest-rule';
import { checkMetadata } from '../metadata';

/** Names, labels and annotations that Kubernetes would refuse. An app's name is looked at where all names are. */
export const names: ManifestRule = ({ manifest, maker }) => {
  const remarks = checkMetadata(manifest);
  return maker === 'layers' ? remarks.filter(({ path }) => path.join('.') !== 'metadata.name') : remarks;
};
