import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import type { HubSubject } from '../hub-rule';
import { releasedIn, releasedProblem } from './released-in';

/** Applications have labels of the fleet's own, which say whose they are. */
export function* ownLabels(hub: HubSubject): Generator<Finding> {
  const prefix = `${hub.fleet.labelPrefix}/`;
  for (const one of releasedIn(hub)) {
    for (const label of Object.keys(isMap(one.released.labels) ? one.released.labels : {})) {
      if (!label.startsWith(prefix)) continue;
      yield releasedProblem(one, ['labels', label], 'computed-label', `the label '${label}' of Applications is the fleet's own`, {
        expected: `a label that does not begin with '${prefix}'`,
        hint: 'by those anybody sees which component, cluster and release an Application is of',
      });
    }
  }
}
