import type { Problem } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** The level at which patches go on is one of the dimensions. */
export function* promotionLevels({ fleet }: FleetSubject): Generator<Problem> {
  const known = fleet.dimensions.map(({ singular }) => singular);
  if (fleet.promotionLevel === undefined || known.includes(fleet.promotionLevel)) return;
  yield problemAt(fleet, 'invalid-dimension', `'${fleet.promotionLevel}' is no dimension of the fleet`, {
    at: ['promotionLevel'],
    hint: suggestion(fleet.promotionLevel, known, 'dimensions'),
  });
}
