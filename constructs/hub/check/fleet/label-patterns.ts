import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import { places, refusedPatterns } from './computed-label';

/** Kubernetes takes the labels of the fleet's patterns. */
export function* labelPatterns({ fleet }: HubSubject): Generator<Finding> {
  for (const [key, pattern] of refusedPatterns(fleet)) {
    const place = places[key];
    yield problemAt(fleet, 'invalid-name', `'${pattern}' cannot be the name of a label`, {
      at: ['labelNames', key],
      expected: `letters, digits, '-', '_' and '.'${place === undefined ? '' : `, with ${place} in it`}`,
    });
  }
}
