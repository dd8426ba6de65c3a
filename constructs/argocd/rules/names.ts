import type { ManifestRule } from '../manifest-rule';
import { checkMetadata } from '../metadata';

/** Names, labels and annotations that Kubernetes would refuse. */
export const names: ManifestRule = ({ manifest }) => checkMetadata(manifest);
