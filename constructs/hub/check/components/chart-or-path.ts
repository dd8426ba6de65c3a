import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { fieldPlace } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { fieldCauses, placeOfPin } from './field-causes';
import { releasedIn } from './released-in';

/** A component is a chart or a path. */
export function* chartOrPath(hub: HubSubject): Generator<Finding> {
  for (const { group, component, release, released } of releasedIn(hub)) {
    const { chart, path } = released;
    if ((chart === undefined) !== (path === undefined)) continue;
    const { construct } = fieldPlace(group, component, release, 'chart');
    yield problemAt(construct, 'component-source', `'${component.name}' needs a chart or a path`, {
      app: component.name,
      at: construct === component ? [] : placeOfPin(release, component),
      expected: "either 'chart' or 'path'",
      found: chart === undefined ? 'neither' : 'both',
      // Of two that are there, both could be read.
      follows: fieldCauses(group, component, release, chart === undefined ? ['chart', 'path'] : []),
    });
  }
}
