import type { Finding } from '../../../../layers/consequences';
import { layersAnywhere } from '../../../resolve/layers-anywhere';
import { problemAt } from '../../../tree/origin';
import type { GroupModel } from '../../resolve/group-model';
import type { HubSubject } from '../hub-rule';

/**
 * A release that nobody has and no layer names. Its generators select nothing, and keep a member that left it last from being
 * without one while its label is on its way: so it is taken away in a later commit, and somebody has to be told.
 */
export function* unusedReleases({ groups, members }: HubSubject): Generator<Finding> {
  for (const group of groups) {
    const named = namedReleases(group);
    if (!named) continue;
    for (const { releases } of members) named.add(releases.get(group.name) ?? '');
    const { releases } = group.construct;
    for (const release of Object.keys(releases.releases)) {
      if (named.has(release)) continue;
      yield problemAt(releases, 'release-unused', `nobody has the release '${release}' of ${group.name}`, {
        severity: 'notice',
        at: ['releases', release],
        hint: 'remove it, once the clusters that had it have another one',
      });
    }
  }
}

/** The releases that layers name. @returns `undefined` where a function says it: which one it gives where no member is yet, nobody knows */
function namedReleases({ releasesApp }: GroupModel): Set<string> | undefined {
  const named = new Set<string>();
  for (const layer of layersAnywhere(releasesApp)) {
    if (!layer.isStatic) return undefined;
    const { release } = layer.at({ path: '' }).values.plain;
    if (typeof release === 'string') named.add(release);
  }
  return named;
}
