import type { ClusterHome } from '../../tree/cluster-home';
import type { ComponentModel } from '../group-model';
import type { ReleasedComponent } from '../released-component';
import type { Variant } from './variant';

/** What of a home shows together: a chart of the fleet's own repository is read there at its revision. */
const parts: readonly (readonly (keyof ClusterHome)[])[] = [['repository', 'revision'], ['path'], ['platformNamespace']];

/**
 * What of a home shows in what its members get of a component, in any release; the rest is as the fleet has it. So clusters
 * are told apart only where they get something else.
 *
 * @param variantWith the variant of members with a home @returns `undefined` where nothing shows
 */
export function shownHome(
  fleet: ClusterHome,
  { isChart, releasesOf }: ComponentModel,
  home: ClusterHome,
  variantWith: (home?: ClusterHome) => Variant | undefined,
): ClusterHome | undefined {
  const { repository, revision, path, platformNamespace } = fleet;
  const common: ClusterHome = { repository, revision, path, platformNamespace };
  const usual = releasesOf(variantWith());
  const shown = parts.filter((keys) => {
    const own = Object.fromEntries(keys.map((key) => [key, home[key]]));
    if (keys.every((key) => home[key] === common[key])) return false;
    // Values are read there.
    if (isChart && !keys.includes('platformNamespace')) return true;
    const released = releasesOf(variantWith({ ...common, ...own }));
    return [...usual].some(([release, one]) => isOther(one, released.get(release) as ReleasedComponent));
  });
  if (shown.length === 0) return undefined;
  return { ...common, ...Object.fromEntries(shown.flat().map((key) => [key, home[key]])) };
}

function isOther(one: ReleasedComponent, other: ReleasedComponent): boolean {
  return one.repoURL !== other.repoURL || one.version !== other.version || one.namespace !== other.namespace;
}
