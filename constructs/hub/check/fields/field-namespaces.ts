import type { Finding } from '../../../../layers/consequences';
import { checkNamespace } from '../../../argocd/metadata';
import type { HubSubject } from '../hub-rule';
import { fieldProblem } from './statement';

/** Kubernetes takes the namespaces that components are deployed to. */
export function* fieldNamespaces({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    const { namespace } = statement.fields;
    if (statement.about !== 'components' || typeof namespace !== 'string' || namespace === '') continue;
    for (const { code, message, expected } of checkNamespace(namespace, [])) yield fieldProblem(statement, ['namespace'], code, message, { expected });
  }
}
