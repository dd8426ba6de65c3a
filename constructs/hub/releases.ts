import type { Problems } from '../../layers/problem';
import type { Target } from '../target';
import { releaseRemarks } from './check-releases';
import type { GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import { valueProblem } from './value-problem';

/** The release that a member gets of a group. @returns `undefined` where it is none of the group's: that was reported */
export function releaseAt(fleet: HubFleet, group: GroupModel, target: Target, problems: Problems): string | undefined {
  const { construct, releasesApp } = group;
  const { values, problems: thrown } = releasesApp.resolver.at(target);
  const at = `${target.clusterType}/${target.path}`;
  for (const problem of [...thrown, ...releaseRemarks(fleet, group, values)]) problems.add({ ...problem, target: at });
  const { release } = values.plain;
  const known = Object.keys(construct.releases.releases);
  if (release === undefined && thrown.length === 0) {
    problems.add(
      valueProblem(releasesApp.construct, values, ['release'], 'unknown-release', `${group.name} has no release at all here`, {
        target: at,
        expected: `one of ${known.join(', ')}`,
      }),
    );
  }
  return typeof release === 'string' && known.includes(release) ? release : undefined;
}
