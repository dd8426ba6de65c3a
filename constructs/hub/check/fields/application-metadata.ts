import { isMap } from '../../../../layers/plain-data';
import { checkLabels } from '../../../argocd/metadata';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Kubernetes takes the labels and annotations of Applications. */
export function* applicationMetadata({ labels, annotations }: Fields): Generator<PartRemark> {
  const texts = (map: unknown): { readonly [key: string]: string } => (isMap(map) ? (map as { readonly [key: string]: string }) : {});
  for (const { path, code, message, expected, found, hint } of checkLabels(texts(labels), texts(annotations)))
    yield { path, code, message, expected, found, hint };
}
