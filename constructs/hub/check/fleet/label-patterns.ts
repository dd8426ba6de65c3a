import type { Finding } from '../../../../layers/consequences';
import { isQualifiedName } from '../../../../layers/text/token';
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
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    const { enableLabel, name: app } = component;
    if (enableLabel === undefined || isQualifiedName(enableLabel)) continue;
    yield problemAt(component, 'invalid-name', `'${enableLabel}' cannot be the name of a label`, {
      app,
      at: ['enableLabel'],
      expected: "letters, digits, '-', '_' and '.', with a prefix before '/' or without",
    });
  }
}
