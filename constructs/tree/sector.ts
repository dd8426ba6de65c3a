import { DimensionNode, type DimensionNodeProps } from './dimension-node';
import type { Environment } from './environment';

/** A rollout unit of an environment: the regions in it change together. */
export class Sector extends DimensionNode {
  constructor(scope: Environment, name: string, props?: DimensionNodeProps) {
    super(scope, name, props);
  }
}
