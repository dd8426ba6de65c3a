import type { Finding } from '../../../../layers/consequences';
import { objectName } from '../../../check/allowed-names';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** How Argo CD calls the cluster that it runs in where no secret says it otherwise (argo-cd, util/db/cluster.go, `getLocalCluster`). */
const inCluster = 'in-cluster';

/** Clusters are called as objects can be, and not like Argo CD's own. */
export function* memberNames({ fleet }: HubSubject): Generator<Finding> {
  for (const member of fleet.members) {
    const { name } = member;
    if (objectName.pattern.test(name) && name !== inCluster) continue;
    const expected = name === inCluster ? 'another name: Argo CD calls the cluster that it runs in like that' : objectName.rule;
    yield problemAt(member, 'invalid-name', `'${name}' cannot name a cluster`, { expected });
  }
}
