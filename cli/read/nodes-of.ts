import { DimensionNode } from '../../constructs/tree/dimension-node';
import type { LoadedFleet } from './load-fleet';

/** Every node of the hierarchy of a fleet. */
export function nodesOf({ fleet }: Pick<LoadedFleet, 'fleet'>): readonly DimensionNode[] {
  return fleet.node.findAll().filter((construct): construct is DimensionNode => construct instanceof DimensionNode);
}
