import type { Problem } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import { rootsOf } from '../../resolve/model';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** A root deploys a cluster type of the fleet. */
export function* rootTargets({ fleet }: FleetSubject): Generator<Problem> {
  const names = fleet.clusterTypes.map(({ name }) => name);
  for (const root of rootsOf(fleet)) {
    if (names.includes(root.deploys)) continue;
    yield problemAt(root, 'unknown-cluster-type', `'${root.deploys}' is no cluster type`, {
      app: root.name,
      at: ['clusterType'],
      hint: suggestion(root.deploys, names, 'cluster types'),
    });
  }
}
