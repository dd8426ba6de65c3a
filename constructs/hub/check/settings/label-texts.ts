import { checkLabels } from '../../../argocd/metadata';
import { stringsIn } from '../../resolve/string-map';
import type { PartRemark } from '../part-remark';
import type { SettingSubject } from './setting-rule';

/** Kubernetes takes labels and annotations. */
export function labelTexts({ values: { plain } }: SettingSubject): Iterable<PartRemark> {
  return checkLabels(stringsIn(plain.labels), stringsIn(plain.annotations));
}
