import type { Finding } from '../../../../layers/consequences';
import { fieldsOf } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { releasedIn, releasedProblem } from './released-in';

/** Whether members have values is the component's to say: a chart of one release only, or of some members, would be one without any. */
export function* pinnedCharts(hub: HubSubject): Generator<Finding> {
  for (const one of releasedIn(hub)) {
    const { group, component, release, variant } = one;
    if (component.isChart) continue;
    const pin = fieldsOf(group.releases.releases[release]?.components?.[component.name]);
    for (const [who, says] of [
      [`the release '${release}'`, pin],
      ['a layer of members', variant?.says ?? {}],
    ] as const) {
      const made = (['chart', 'helm'] as const).find((field) => says[field] !== undefined);
      if (made === undefined) continue;
      yield releasedProblem(one, [made], 'component-source', `${who} makes a chart of '${component.name}', which is none elsewhere`, {
        hint: 'where its path holds a chart, write `values: {}` in the component; otherwise make two components of it',
      });
    }
  }
}
