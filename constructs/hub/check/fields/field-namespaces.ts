import { fillTokens } from '../../../../layers/text/token';
import { checkNamespace } from '../../../argocd/metadata';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** Kubernetes takes the namespaces that components are deployed to. */
export function* fieldNamespaces({ namespace }: Fields): Generator<PartRemark> {
  if (typeof namespace !== 'string' || namespace === '') return;
  // What only the live cluster knows may be anything.
  for (const { code, message, expected } of checkNamespace(
    fillTokens(namespace, () => 'x'),
    [],
  ))
    yield { path: ['namespace'], code, message, expected };
}
