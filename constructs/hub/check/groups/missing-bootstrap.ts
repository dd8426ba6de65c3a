import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { membersName } from '../../../../layers/record';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** A distributed spoke needs its hub to deploy Argo CD and External Secrets to it. */
export function* missingBootstrap({ fleet, groups, members }: HubSubject): Generator<Finding> {
  const distributed = members.filter(({ member }) => member.model === 'distributed');
  const [first] = distributed;
  if (!first || groups.some(({ isBootstrap }) => isBootstrap)) return;
  yield problemAt(first.member.construct, 'bootstrap-group', 'no group brings Argo CD and External Secrets to distributed spokes', {
    target: `${membersName}/${first.member.path}`,
    targets: distributed.length,
    expected: "a group whose defaults.ts says `bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' }`",
    follows: fleet.groups.map(({ name }) => unread(name, 'defaults')),
  });
}
