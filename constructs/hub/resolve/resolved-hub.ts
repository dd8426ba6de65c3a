import type { Resolved } from '../../../layers/resolver';
import type { Model } from '../../resolve/model';
import type { Target } from '../../tree/config/target';
import type { HubTree } from '../tree/hub-tree';
import type { ComponentAt } from './component-values';
import type { GroupModel } from './group-model';
import type { MemberModel } from './member-model';
import type { StringMap } from './string-map';

/** A member with everything that follows from its layers. */
export interface ResolvedMember {
  readonly member: MemberModel;
  /** By group, as the group's layers see it. */
  readonly targets: ReadonlyMap<string, Target>;
  /** By group; none where it is none of the group's. */
  readonly releases: ReadonlyMap<string, string>;
  /** By group, the layers that say the release, merged. */
  readonly releaseLayers: ReadonlyMap<string, Resolved>;
  /** What it gets of every component of the fleet. */
  readonly components: ReadonlyMap<string, ComponentAt>;
  /** Components that it would get but for their selectors. */
  readonly excluded: ReadonlySet<string>;
  /** All labels of its cluster secret. */
  readonly labels: StringMap;
}

/** A fleet of hubs and spokes with everything that follows from what it declares. */
export interface ResolvedHub {
  readonly fleet: HubTree;
  /** As it was declared: its targets tell nothing of their clusters. */
  readonly declared: Model;
  /** With targets that tell what their clusters are. */
  readonly model: Model;
  readonly groups: readonly GroupModel[];
  /** In sequence. */
  readonly members: readonly ResolvedMember[];
}
