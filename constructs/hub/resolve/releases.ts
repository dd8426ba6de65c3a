import type { Resolved } from '../../../layers/resolver';
import type { AppModel } from '../../resolve/app-model';
import type { Target } from '../../tree/config/target';
import type { ComponentGroup } from '../tree/component-group';
import type { GroupModel } from './group-model';

/** The release of a group, where it is one of the group's, and the layers that say so. */
export interface ReleaseAt {
  readonly release?: string;
  readonly layers: Resolved;
}

/** The release that a member gets of a group. */
export function releaseAt({ construct, releasesApp }: GroupModel, target: Target): ReleaseAt {
  return releaseIn(construct, releasesApp, target);
}

/** The same, before there is a model of the group. */
export function releaseIn(group: ComponentGroup, releasesApp: AppModel, target: Target): ReleaseAt {
  const layers = releasesApp.resolver.at(target);
  const { release } = layers.values.plain;
  return { layers, ...(typeof release === 'string' && Object.hasOwn(group.releases.releases, release) ? { release } : {}) };
}
