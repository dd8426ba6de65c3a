import type { Finding } from '../../../../layers/consequences';
import { releasesName } from '../../../../layers/record';
import { objectName } from '../../../check/allowed-names';
import { problemAt } from '../../../tree/origin';
import { rootName, spokesName } from '../../tree/root-names';
import type { HubSubject } from '../hub-rule';

/** Names of ApplicationSets and Applications that are the fleet's own. */
const reservedNames: readonly string[] = [rootName, spokesName, releasesName];

/** Components are called as objects can be, and not like what is the fleet's own. */
export function* componentNames({ fleet }: HubSubject): Generator<Finding> {
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    const { name: app } = component;
    if (canNameComponent(app)) continue;
    const expected = reservedNames.includes(app) ? `another name: ${reservedNames.join(', ')} are the fleet's own` : objectName.rule;
    yield problemAt(component, 'invalid-name', `'${app}' cannot name a component`, { app, expected });
  }
}

export function canNameComponent(name: string): boolean {
  return objectName.pattern.test(name) && !reservedNames.includes(name);
}
