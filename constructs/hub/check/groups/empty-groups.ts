import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** A group has components. */
export function* emptyGroups({ fleet }: HubSubject): Generator<Finding> {
  for (const group of fleet.groups) {
    if (group.components.length > 0) continue;
    yield problemAt(group, 'empty-fleet', `the group '${group.name}' has no component`, {
      expected: 'a file for each component in its folder',
      follows: [unread(group.name)],
    });
  }
}
