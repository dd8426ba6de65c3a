import type { FleetOutput } from '../../../constructs';
import { isAtOrBelow, isRankPath, pathsTo } from '../../../layers/hierarchy';

/** A gate, and who may open it. */
export interface GateWithApprovers {
  readonly node: string;
  /** Those of the node, and of the nodes above: whatever enters a node enters these, too. */
  readonly approvers: readonly string[];
}

/** @param gates paths of nodes, and of all nodes of one name: then the approvers of any of them */
export function gatesWithApprovers({ nodes }: Pick<FleetOutput, 'nodes'>, gates: readonly string[]): readonly GateWithApprovers[] {
  const own = new Map(nodes.map(({ path, node }) => [path, node.approvers ?? []]));
  const above = (path: string) => [...pathsTo(path)].reverse().flatMap((one) => own.get(one) ?? []);
  return gates.map((node) => {
    const depth = node.split('/').length;
    const paths = isRankPath(node) ? [...own.keys()].filter((path) => path.split('/').length === depth && isAtOrBelow(path, node)) : [node];
    return { node, approvers: [...new Set(paths.flatMap(above))] };
  });
}
