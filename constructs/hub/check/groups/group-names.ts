import type { Finding } from '../../../../layers/consequences';
import { objectName } from '../../../check/allowed-names';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Groups are called as objects can be. */
export function* groupNames({ fleet }: HubSubject): Generator<Finding> {
  for (const group of fleet.groups) {
    if (objectName.pattern.test(group.name)) continue;
    yield problemAt(group, 'invalid-name', `'${group.name}' cannot name a group`, { expected: objectName.rule });
  }
}
