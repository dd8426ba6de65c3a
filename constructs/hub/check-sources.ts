import { describe } from '../../layers/plain-data';
import type { Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { ComponentModel, GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import { fieldPlace } from './released-component';

/** A chart of the fleet's own repository is the same commit as its values: one mistake for each place that says otherwise. */
export function checkSources(fleet: HubFleet, groups: readonly GroupModel[], problems: Problems): void {
  for (const group of groups) {
    for (const component of group.components) if (component.isChart) checkComponent(fleet, group, component, problems);
  }
}

function checkComponent(fleet: HubFleet, { construct: group }: GroupModel, { construct, name: app, releases }: ComponentModel, problems: Problems): void {
  const seen = new Set<string>();
  for (const [release, { repoURL, path, version }] of releases) {
    // argo-cd, reposerver/repository: "cannot reference a different revision of the same repository".
    if (path === undefined || version === '' || version === fleet.revision || !isSame(repoURL, fleet.repository)) continue;
    const { construct: scope, at } = fieldPlace(group, construct, release, 'version');
    const key = [scope.node.path, ...at].join('\u0000');
    if (seen.has(key)) continue;
    seen.add(key);
    problems.add(
      problemAt(
        scope,
        'component-source',
        `the chart of '${app}' and its values are two revisions of one repository, which Argo CD does not read for one Application`,
        {
          app,
          at,
          expected: `the revision of the fleet, '${fleet.revision}': leave the version out`,
          found: describe(version),
          hint: 'a chart with versions of its own belongs into a chart repository, or another Git repository',
        },
      ),
    );
  }
}

/** Whether Argo CD takes two addresses for one repository. What is no address was reported. */
function isSame(one: unknown, other: string): boolean {
  return typeof one === 'string' && normalized(one) === normalized(other);
}

function normalized(url: string): string {
  return url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
