import type { Hierarchy, HierarchyNode } from '../../layers/hierarchy';
import type { Law, NodeLaw } from '../../layers/law';

/** What the nodes of a fleet demand of changes. @param level what it says of it */
export function lawOf(hierarchy: Hierarchy, level: string | undefined): Law {
  const nodes = hierarchy.nodes.flatMap(({ path, node }): readonly NodeLaw[] => {
    const demands = demandsOf(node);
    return Object.keys(demands).length === 0 ? [] : [{ path, ...demands }];
  });
  return { ...(level === undefined ? {} : { level }), nodes, exemptions: [] };
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
