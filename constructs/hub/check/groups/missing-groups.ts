import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** A fleet deploys something. */
export function* missingGroups({ fleet }: HubSubject): Generator<Finding> {
  if (fleet.groups.length > 0) return;
  yield problemAt(fleet, 'empty-fleet', 'the fleet has no group of components', { expected: 'a folder beside fleet.ts, such as addons' });
}
