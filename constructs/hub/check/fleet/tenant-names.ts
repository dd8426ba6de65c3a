import type { Finding } from '../../../../layers/consequences';
import { nodeName } from '../../../check/allowed-names';
import { DimensionNode } from '../../../tree/dimension-node';
import { problemAt } from '../../../tree/origin';
import { Member } from '../../tree/member';
import type { HubSubject } from '../hub-rule';

/** Tenants and environments are called as folders and labels can be. */
export function* tenantNames({ fleet }: HubSubject): Generator<Finding> {
  for (const construct of fleet.node.findAll()) {
    // Clusters have a rule of their own.
    if (!(construct instanceof DimensionNode) || construct instanceof Member || nodeName.pattern.test(construct.name)) continue;
    const kind = construct.node.scope === fleet ? 'a tenant' : 'an environment';
    yield problemAt(construct, 'invalid-name', `'${construct.name}' cannot name ${kind}`, { expected: nodeName.rule });
  }
}
