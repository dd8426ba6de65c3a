import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { fieldPlace } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { fieldCauses } from './field-causes';
import { releasedIn } from './released-in';

/** A chart is in a chart repository, which the fleet's own is not. */
export function* chartRepositories({ groups }: HubSubject): Generator<Finding> {
  for (const { group, component, release, released } of releasedIn(groups)) {
    if (released.chart === undefined || !released.unsaid.has('repoURL')) continue;
    const { construct, at } = fieldPlace(group, component, release, 'chart');
    yield problemAt(construct, 'missing-field', `the chart of '${component.name}' needs 'repoURL'`, {
      app: component.name,
      at: at.slice(0, -1),
      expected: 'the chart repository, such as https://charts.jetstack.io',
      follows: fieldCauses(group, component, release, ['repoURL']),
    });
  }
}
