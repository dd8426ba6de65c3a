import type { Finding } from '../../../../layers/consequences';
import { checkNamespace } from '../../../argocd/metadata';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** The namespace of Argo CD is one. */
export function* platformNamespaces({ fleet }: HubSubject): Generator<Finding> {
  for (const { code, message, expected } of checkNamespace(fleet.platformNamespace, [])) {
    yield problemAt(fleet, code, message, { at: ['platformNamespace'], expected });
  }
}
