import { isOfRepository, isOtherRevision } from '../../../../layers/charts/chart-id';
import type { Finding } from '../../../../layers/consequences';
import { describe } from '../../../../layers/plain-data';
import type { HubSubject } from '../hub-rule';
import { releasedIn, releasedProblem } from './released-in';

/** A chart of the fleet's own repository is the same commit as its values: one mistake for each place that says otherwise. */
export function* ownCharts(hub: HubSubject): Generator<Finding> {
  for (const one of releasedIn(hub)) {
    const { component, released } = one;
    const { repoURL, path, version, home } = released;
    if (!component.isChart || path === undefined || !isOtherRevision(version, home) || !isOfRepository(repoURL, home)) continue;
    // argo-cd, reposerver/repository: "cannot reference a different revision of the same repository".
    const message = `the chart of '${component.name}' and its values are two revisions of one repository, which Argo CD does not read for one Application`;
    yield releasedProblem(one, ['version'], 'component-source', message, {
      expected: `the revision of the ${home.revision === hub.fleet.revision ? 'fleet' : 'clusters'}, '${home.revision}': leave the version out`,
      found: describe(version),
      hint: 'a chart with versions of its own belongs into a chart repository, or another Git repository',
    });
  }
}
