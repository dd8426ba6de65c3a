import type { Resolved } from '../../../layers/resolver';
import type { Target } from '../../tree/config/target';
import type { GroupModel } from './group-model';

/** The release that a member gets of a group, where it is one of the group's, and the layers that say so. */
export function releaseAt({ construct, releasesApp }: GroupModel, target: Target): { readonly release?: string; readonly layers: Resolved } {
  const layers = releasesApp.resolver.at(target);
  const { release } = layers.values.plain;
  return { layers, ...(typeof release === 'string' && Object.hasOwn(construct.releases.releases, release) ? { release } : {}) };
}
