import { DimensionNode, type DimensionNodeProps } from '../../tree/dimension-node';
import type { HubTree } from './hub-tree';

/** Whoever clusters belong to. The order of tenants is the rollout sequence. */
export class Tenant extends DimensionNode {
  constructor(scope: HubTree, name: string, props: DimensionNodeProps = {}) {
    super(scope, name, props);
  }
}

/** Of a fleet that is nobody's. */
export const noTenants = { message: 'the fleet has no tenants', expected: 'at least one tenant with an environment' } as const;
