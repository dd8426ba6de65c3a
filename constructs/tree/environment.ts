import { DimensionNode, type DimensionNodeProps } from './dimension-node';
import type { FleetTree } from './fleet-tree';

/** A node of the outermost default dimension: integration, stage, production. */
export class Environment extends DimensionNode {
  constructor(scope: FleetTree | DimensionNode, name: string, props?: DimensionNodeProps) {
    super(scope, name, props);
  }
}
