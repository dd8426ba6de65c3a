import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import { objectName } from '../allowed-names';
import type { FleetSubject } from '../fleet-rule';

/** Cluster types become folders and Helm charts. */
export function* clusterTypeNames({ fleet }: FleetSubject): Generator<Problem> {
  for (const clusterType of fleet.clusterTypes) {
    if (objectName.pattern.test(clusterType.name)) continue;
    yield problemAt(clusterType, 'invalid-name', `'${clusterType.name}' cannot name a cluster type`, { expected: objectName.rule });
  }
}
