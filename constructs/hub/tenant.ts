import { DimensionNode, type DimensionNodeProps } from '../dimension-node';
import type { HubFleet } from './hub-fleet';

/** Whoever clusters belong to. The order of tenants is the rollout sequence. */
export class Tenant extends DimensionNode {
  constructor(scope: HubFleet, name: string, props: DimensionNodeProps = {}) {
    super(scope, name, props);
  }
}
