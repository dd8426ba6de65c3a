import { DimensionNode, type DimensionNodeProps } from './dimension-node';
import type { Fleet } from './fleet';

/** A node of the outermost default dimension: integration, stage, production. */
export class Environment extends DimensionNode {
  constructor(scope: Fleet | DimensionNode, name: string, props?: DimensionNodeProps) {
    super(scope, name, props);
  }
}
