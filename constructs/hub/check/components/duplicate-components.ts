import type { Finding } from '../../../../layers/consequences';
import { originOf, problemAt } from '../../../tree/origin';
import type { Component } from '../../tree/component';
import type { HubSubject } from '../hub-rule';

/** No two groups have a component of one name. */
export function* duplicateComponents({ fleet }: HubSubject): Generator<Finding> {
  const known = new Map<string, Component>();
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    const { name } = component;
    const twin = known.get(name);
    if (twin) {
      yield problemAt(component, 'duplicate-name', `two groups have a component called '${name}'`, {
        app: name,
        found: `another one in ${originOf(twin).file ?? twin.clusterType.name}`,
        hint: 'its label has no group in it: rename one of them',
      });
    }
    known.set(name, component);
  }
}
