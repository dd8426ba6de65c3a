import { isAtOrBelow } from '../../../layers/hierarchy';
import type { LoadedFleet } from '../../read/load-fleet';
import { nodesOf } from '../../read/nodes-of';

/** The gates of a path: of the nodes above it, and below it. */
export function manualNodes(fleet: Pick<LoadedFleet, 'fleet'>, path: string): readonly string[] {
  return nodesOf(fleet).flatMap((node) => (node.promotion === 'manual' && (isAtOrBelow(node.path, path) || isAtOrBelow(path, node.path)) ? [node.path] : []));
}
