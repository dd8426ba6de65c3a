import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import { fieldCauses } from './field-causes';
import { releasedIn } from './released-in';

/** A component is deployed to a namespace. */
export function* componentNamespaces(hub: HubSubject): Generator<Finding> {
  for (const { group, component, release, released } of releasedIn(hub)) {
    if (!released.unsaid.has('namespace')) continue;
    yield problemAt(component, 'missing-field', `'${component.name}' needs 'namespace'`, {
      app: component.name,
      expected: 'the namespace that it is deployed to, in the component or for all of them in the defaults.ts of the group',
      follows: fieldCauses(group, component, release, ['namespace']),
    });
  }
}
