import type { Problem } from '../../../layers/problem';
import { DimensionNode } from '../../tree/dimension-node';
import { problemAt } from '../../tree/origin';
import { nodeName } from '../allowed-names';
import type { FleetSubject } from '../fleet-rule';

/** Nodes become folders, and values of labels. */
export function* nodeNames({ model, nodes }: FleetSubject): Generator<Problem> {
  for (const node of nodes) {
    if (nodeName.pattern.test(node.name)) continue;
    const dimension = model.facts.dimensions[depthOf(node) - 1] ?? 'node';
    yield problemAt(node, 'invalid-name', `'${node.name}' cannot name a ${dimension}`, { expected: nodeName.rule });
  }
}

/** Of the outermost nodes it is one. */
export function depthOf({ node }: DimensionNode): number {
  return node.scopes.filter((scope) => scope instanceof DimensionNode).length;
}
