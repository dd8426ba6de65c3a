import type { Problem } from '../../../layers/problem';
import type { FleetSubject } from '../fleet-rule';
import { PathCheck } from '../path-check';

/** Where a cluster type is rendered at some paths only, they exist, none twice and none below another. */
export function* clusterTypePaths({ fleet, model }: FleetSubject): Generator<Problem> {
  const check = new PathCheck(model);
  for (const clusterType of fleet.clusterTypes) yield* check.listProblems(clusterType.paths ?? [], ['paths'], clusterType);
}
