import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { fieldsOf } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { placeOfPin } from './field-causes';
import { releasedIn } from './released-in';

/** Whether members have values is the component's to say: a chart of one release only would be one without any. */
export function* pinnedCharts({ groups }: HubSubject): Generator<Finding> {
  for (const { group, component, release } of releasedIn(groups)) {
    const pin = fieldsOf(group.releases.releases[release]?.components?.[component.name]);
    const made = (['chart', 'helm'] as const).find((field) => pin[field] !== undefined);
    if (made === undefined || component.isChart) continue;
    yield problemAt(group.releases, 'component-source', `the release '${release}' makes a chart of '${component.name}', which is none elsewhere`, {
      app: component.name,
      at: [...placeOfPin(release, component), made],
      hint: 'where its path holds a chart, write `values: {}` in the component; otherwise make two components of it',
    });
  }
}
