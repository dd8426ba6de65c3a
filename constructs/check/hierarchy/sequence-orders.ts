import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Where nodes of one name go together, one order of the names fits all that is written. */
export function* sequenceOrders({ fleet, model }: FleetSubject): Generator<Problem> {
  const { contradiction, dimensions, first } = model.hierarchy;
  if (!contradiction) return;
  const { plural } = dimensions[first] ?? { plural: 'nodes' };
  const [start, ...others] = contradiction.map(({ before, after, of }) => `'${before}' comes before '${after}' at ${of}`);
  yield problemAt(fleet, 'invalid-dimension', `no order of ${plural} fits all of the fleet: ${[start, ...others].join(', and ')}`, {
    at: ['sequence'],
    expected: `${plural} in the same order wherever they are written, where the sequence is by ${plural}`,
    hint: 'turn one of them around, or leave `sequence` out: tenant by tenant each has an order of its own',
  });
}
