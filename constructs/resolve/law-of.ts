import type { Hierarchy, HierarchyNode } from '../../layers/hierarchy';
import { nameOfEvidence } from '../../layers/law/evidence';
import type { Law, NodeLaw } from '../../layers/law/law';
import { rightWaves } from '../tree/dimension-node';
import type { FleetTree } from '../tree/fleet-tree';

/** What the nodes of a fleet demand of changes, and what is exempt. */
export function lawOf({ promotionLevel: level, waves, dimensions, exemptions }: FleetTree, hierarchy: Hierarchy): Law {
  const nodes = hierarchy.nodes.flatMap(({ path, node }): readonly NodeLaw[] => {
    const demands = demandsOf(node);
    return Object.keys(demands).length === 0 ? [] : [{ path, ...demands }];
  });
  const first = hierarchy.first === 0 ? undefined : dimensions[hierarchy.first]?.singular;
  return {
    ...(level === undefined ? {} : { level }),
    ...(first === undefined ? {} : { first }),
    ...rightWaves(waves),
    nodes,
    exemptions: exemptions.map(({ exemption }) => exemption),
  };
}

function demandsOf({ promotion, soak = 0, approvers = [], freeze, budget = {}, waves, evidence = [] }: HierarchyNode): Omit<NodeLaw, 'path'> {
  return {
    ...(promotion === 'manual' ? { promotion } : {}),
    ...(soak > 0 ? { soak } : {}),
    ...(approvers.length > 0 ? { approvers } : {}),
    ...(freeze === undefined ? {} : { freeze }),
    ...(Object.keys(budget).length > 0 ? { budget } : {}),
    ...(waves === undefined ? {} : { waves }),
    ...(evidence.length > 0 ? { evidence: evidence.map(nameOfEvidence) } : {}),
  };
}
