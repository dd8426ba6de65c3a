import type { Finding } from '../../../../layers/consequences';
import { originOf, problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Argo CD reaches a cluster with what its secret holds. */
export function* missingSecrets({ fleet }: HubSubject): Generator<Finding> {
  const at = ['secret'];
  for (const member of fleet.members) {
    const secret: unknown = member.secret;
    if (typeof secret === 'string' && secret.trim() !== '') continue;
    yield problemAt(member, 'missing-field', `the cluster '${member.name}' has no secret`, {
      at,
      expected: 'the name or ARN of the secret in the secret manager that holds its server and config',
      follows: [originOf(member, at), originOf(member, [...at, 'secret'])],
    });
  }
}
