import type { Problem } from '../../../layers/problem';
import { reservedTargetKeys } from '../../tree/config/target';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** A target carries the name of each of its nodes under the singular of its dimension. */
export function* dimensionNames({ fleet }: FleetSubject): Generator<Problem> {
  const seen = new Set<string>();
  for (const { singular } of fleet.dimensions) {
    const isTaken = seen.has(singular) || reservedTargetKeys.includes(singular);
    if (isTaken || !/^[a-z][A-Za-z0-9]*$/.test(singular)) {
      yield problemAt(fleet, 'invalid-dimension', `'${singular}' cannot be a dimension`, {
        at: ['dimensions'],
        expected: `a word of letters and digits, each dimension once, and not ${reservedTargetKeys.join(' or ')}`,
      });
    }
    seen.add(singular);
  }
}
