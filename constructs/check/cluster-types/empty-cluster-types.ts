import { type Finding, unread } from '../../../layers/consequences';
import { appsOf } from '../../resolve/model';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** A fleet has cluster types, and a cluster type has apps and places. */
export function* emptyClusterTypes({ fleet }: FleetSubject): Generator<Finding> {
  if (fleet.clusterTypes.length === 0) {
    yield problemAt(fleet, 'empty-fleet', 'the fleet has no cluster type', { expected: 'a folder of apps beside fleet.ts, named after its cluster type' });
  }
  for (const clusterType of fleet.clusterTypes) {
    const { name, paths } = clusterType;
    if (paths?.length === 0) {
      yield problemAt(clusterType, 'empty-hierarchy', `'${name}' is rendered nowhere`, {
        at: ['paths'],
        hint: 'name at least one path, or leave `paths` out for all',
      });
    }
    if (appsOf(clusterType).length === 0) {
      yield problemAt(clusterType, 'empty-fleet', `the cluster type '${name}' has no app`, { follows: [unread(name)] });
    }
  }
}
