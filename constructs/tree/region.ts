import { DimensionNode, type DimensionNodeProps } from './dimension-node';
import type { Sector } from './sector';

/** A node of the innermost default dimension. Its path is complete: cluster types are rendered there. */
export class Region extends DimensionNode {
  constructor(scope: Sector, name: string, props?: DimensionNodeProps) {
    super(scope, name, props);
  }
}
