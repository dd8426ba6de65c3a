import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import { depthOf } from './node-names';

/** Every node is above a target, or is one. */
export function* nodeDepths({ fleet, model, nodes }: FleetSubject): Generator<Problem> {
  const { length } = fleet.dimensions;
  for (const node of nodes) {
    const depth = depthOf(node);
    if (depth > length) {
      yield problemAt(node, 'invalid-dimension', `'${node.path}' is deeper than the fleet's dimensions`, { expected: model.facts.dimensions.join('/') });
    } else if (depth < length && node.nodes.length === 0) {
      yield problemAt(node, 'empty-hierarchy', `'${node.path}' has no ${fleet.dimensions[depth]?.plural}`, {
        hint: 'a node without targets renders nothing: add one below it, or remove it',
      });
    }
  }
}
