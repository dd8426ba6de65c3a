import type { Hierarchy, HierarchyNode } from '../../layers/hierarchy';
import type { Law, NodeLaw } from '../../layers/law/law';
import type { FleetTree } from '../tree/fleet-tree';

/** What the nodes of a fleet demand of changes, and what is exempt. */
export function lawOf({ promotionLevel: level, exemptions }: FleetTree, hierarchy: Hierarchy): Law {
  const nodes = hierarchy.nodes.flatMap(({ path, node }): readonly NodeLaw[] => {
    const demands = demandsOf(node);
    return Object.keys(demands).length === 0 ? [] : [{ path, ...demands }];
  });
  return { ...(level === undefined ? {} : { level }), nodes, exemptions: exemptions.map(({ exemption }) => exemption) };
}

function demandsOf({ promotion, soak = 0, approvers = [], freeze, budget = {} }: HierarchyNode): Omit<NodeLaw, 'path'> {
  return {
    ...(promotion === 'manual' ? { promotion } : {}),
    ...(soak > 0 ? { soak } : {}),
    ...(approvers.length > 0 ? { approvers } : {}),
    ...(freeze === undefined ? {} : { freeze }),
    ...(Object.keys(budget).length > 0 ? { budget } : {}),
  };
}
