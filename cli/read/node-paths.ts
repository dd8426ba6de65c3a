import { type AnyFleet, DimensionNode, HubFleet } from '../../constructs';
import { pathsTo } from '../../layers/hierarchy';

/** Every dimension path of a fleet, in sequence: those of nodes, and of targets. */
export function nodePaths(fleet: AnyFleet): readonly string[] {
  const members = fleet instanceof HubFleet ? fleet.members.flatMap(({ path }) => pathsTo(path)) : [];
  return [...new Set([...pathsBelow(fleet.node.children), ...members])];
}

function pathsBelow(nodes: readonly unknown[]): readonly string[] {
  return nodes.flatMap((node) => (node instanceof DimensionNode ? [node.path, ...pathsBelow(node.node.children)] : []));
}
