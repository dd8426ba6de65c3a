import { targetsUnit } from '../../../layers/law/law';
import type { Problem } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';
import { depthOf } from './node-names';

/** A budget counts targets, or nodes of a dimension below its own. */
export function* nodeBudgets({ fleet, nodes }: FleetSubject): Generator<Problem> {
  const plurals = fleet.dimensions.map(({ plural }) => plural);
  for (const node of nodes) {
    const units = [...plurals.slice(depthOf(node)), targetsUnit];
    for (const [unit, count] of Object.entries(node.budget)) {
      const at = ['budget', unit];
      if (!units.includes(unit)) {
        const isAbove = plurals.includes(unit);
        yield problemAt(
          node,
          'invalid-dimension',
          `the budget of '${node.path}' counts '${unit}', ${isAbove ? 'which are not below it' : 'which is no dimension'}`,
          {
            at,
            expected: units.map((one) => `'${one}'`).join(' or '),
            ...(isAbove ? {} : { hint: suggestion(unit, units, 'units') }),
          },
        );
      } else if (!Number.isSafeInteger(count) || count < 1) {
        // What files say was read by its shape; code may say anything.
        yield problemAt(node, 'wrong-type', `'${unit}' of the budget of '${node.path}' is no count`, { at, expected: 'a whole number of 1 or more' });
      }
    }
  }
}
