import { checkNamespace } from '../../../argocd/metadata';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Kubernetes takes the namespaces that components are deployed to. */
export function* fieldNamespaces({ namespace }: Fields): Generator<PartRemark> {
  if (typeof namespace !== 'string' || namespace === '') return;
  for (const { code, message, expected } of checkNamespace(namespace, [])) yield { path: ['namespace'], code, message, expected };
}
