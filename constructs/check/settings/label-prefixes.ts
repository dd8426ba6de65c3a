import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import { labelPrefix } from '../allowed-names';
import type { FleetSubject } from '../fleet-rule';

/** The labels by which roots select clusters have a prefix that Kubernetes takes. */
export function* labelPrefixes({ fleet }: FleetSubject): Generator<Problem> {
  if (labelPrefix.pattern.test(fleet.labelPrefix)) return;
  yield problemAt(fleet, 'invalid-name', `'${fleet.labelPrefix}' cannot be a label prefix`, { at: ['labelPrefix'], expected: labelPrefix.rule });
}
