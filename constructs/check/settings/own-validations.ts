import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** What constructs say about themselves: `node.addValidation`. */
export function* ownValidations({ constructs }: FleetSubject): Generator<Problem> {
  for (const construct of constructs) {
    for (const message of construct.node.validate()) yield problemAt(construct, 'validation', message);
  }
}
