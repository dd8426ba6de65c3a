import type { Finding } from '../../../../layers/consequences';
import type { HubSubject } from '../hub-rule';
import { fieldCauses } from './field-causes';
import { releasedIn, releasedProblem } from './released-in';

/** A chart is in a chart repository, which the fleet's own is not. */
export function* chartRepositories(hub: HubSubject): Generator<Finding> {
  for (const one of releasedIn(hub)) {
    const { group, component, release, released } = one;
    if (released.chart === undefined || !released.unsaid.has('repoURL')) continue;
    const { place = [], ...problem } = releasedProblem(one, ['chart'], 'missing-field', `the chart of '${component.name}' needs 'repoURL'`, {
      expected: 'the chart repository, such as https://charts.jetstack.io',
      follows: fieldCauses(group, component, release, ['repoURL']),
    });
    yield { ...problem, place: place.slice(0, -1) };
  }
}
