import type { Finding } from '../../../../layers/consequences';
import { objectName } from '../../../check/allowed-names';
import { problemAt } from '../../../tree/origin';
import { rootName } from '../../tree/root-names';
import { textRemark } from '../fields/fixed-fields';
import type { HubSubject } from '../hub-rule';
import { canNameComponent } from './component-names';

/** Applications of a component are called as objects can be, and not like the fleet's roots. */
export function* applicationNames({ fleet }: HubSubject): Generator<Finding> {
  for (const component of fleet.groups.flatMap(({ components }) => components)) {
    const { name: app, applicationName } = component;
    // A name of a component that is none is one mistake; what is empty or a template is reported with the other fields.
    if (!canNameComponent(app) || applicationName === '' || textRemark(applicationName)) continue;
    if (objectName.pattern.test(applicationName) && applicationName !== rootName) continue;
    yield problemAt(component, 'invalid-name', `'${applicationName}' cannot name Applications`, {
      app,
      at: ['applicationName'],
      expected: applicationName === rootName ? `another name: those called '${rootName}' are the fleet's own` : objectName.rule,
    });
  }
}
