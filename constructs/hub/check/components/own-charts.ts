import type { Finding } from '../../../../layers/consequences';
import { describe } from '../../../../layers/plain-data';
import { gitAddress } from '../../../../layers/text/git-address';
import { problemAt } from '../../../tree/origin';
import { fieldPlace } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { releasedIn } from './released-in';

/** A chart of the fleet's own repository is the same commit as its values: one mistake for each place that says otherwise. */
export function* ownCharts({ fleet, groups }: HubSubject): Generator<Finding> {
  const seen = new Set<string>();
  for (const { group, component, release, released } of releasedIn(groups)) {
    const { repoURL, path, version } = released;
    if (!component.isChart || path === undefined || version === '' || version === fleet.revision || !isSame(repoURL, fleet.repository)) continue;
    const { construct, at } = fieldPlace(group, component, release, 'version');
    const key = [component.name, construct.node.path, ...at].join('\u0000');
    if (seen.has(key)) continue;
    seen.add(key);
    // argo-cd, reposerver/repository: "cannot reference a different revision of the same repository".
    const message = `the chart of '${component.name}' and its values are two revisions of one repository, which Argo CD does not read for one Application`;
    yield problemAt(construct, 'component-source', message, {
      app: component.name,
      at,
      expected: `the revision of the fleet, '${fleet.revision}': leave the version out`,
      found: describe(version),
      hint: 'a chart with versions of its own belongs into a chart repository, or another Git repository',
    });
  }
}

/** Whether Argo CD takes two addresses for one repository. What is no address was reported. */
function isSame(one: unknown, other: string): boolean {
  return typeof one === 'string' && gitAddress(one) === gitAddress(other);
}
