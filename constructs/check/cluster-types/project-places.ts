import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Where several clusters of a target share an Argo CD, a project of their cluster type would be applied once for each of them. */
export function* projectPlaces({ model }: FleetSubject): Generator<Problem> {
  for (const { apps, name, home } of model.clusterTypes) {
    if (home === name) continue;
    for (const { construct } of apps) {
      if (construct.kind !== 'AppProject') continue;
      yield problemAt(construct, 'project', `the project '${construct.name}' would be applied by every cluster of a target, to one Argo CD`, {
        app: construct.name,
        expected: `a project in '${home}', whose Argo CD has the Applications of '${name}' (\`applications: 'controlPlane'\`)`,
        hint: `move its file to the folder of '${home}'`,
      });
    }
  }
}
