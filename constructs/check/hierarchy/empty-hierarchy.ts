import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** A fleet has a target at least. */
export function* emptyHierarchy({ fleet, model }: FleetSubject): Generator<Problem> {
  if (model.hierarchy.nodes.length > 0) return;
  const [outermost] = fleet.dimensions;
  yield problemAt(fleet, 'empty-hierarchy', `the fleet has no ${outermost?.plural ?? 'dimensions'}`, {
    expected: `at least one complete path: ${model.facts.dimensions.join('/')}`,
  });
}
