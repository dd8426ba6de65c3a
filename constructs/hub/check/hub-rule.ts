import type { Finding } from '../../../layers/consequences';
import type { Model } from '../../resolve/model';
import type { ComponentModel, GroupModel } from '../resolve/group-model';
import type { ResolvedHub, ResolvedMember } from '../resolve/resolved-hub';
import type { HubTree } from '../tree/hub-tree';
import type { Statement } from './fields/statement';
import { isUsable, statementsOf } from './fields/statement';

/** What rules of a fleet of hubs and spokes look at: what was declared, and everything that follows from it. */
export class HubSubject implements ResolvedHub {
  readonly fleet: HubTree;
  readonly declared: Model;
  readonly model: Model;
  readonly groups: readonly GroupModel[];
  readonly members: readonly ResolvedMember[];
  /** What is said besides layers. */
  readonly statements: readonly Statement[];
  /** Those that hold data, so that more can be looked at. */
  readonly usable: readonly Statement[];

  constructor({ fleet, declared, model, groups, members }: ResolvedHub) {
    this.fleet = fleet;
    this.declared = declared;
    this.model = model;
    this.groups = groups;
    this.members = members;
    this.statements = statementsOf(fleet);
    this.usable = this.statements.filter(isUsable);
  }

  /** The components of all groups. */
  get components(): readonly ComponentModel[] {
    return this.groups.flatMap(({ components }) => components);
  }
}

/** One kind of mistake, looked for in a whole fleet of hubs and spokes. A pure function. */
export type HubRule = (hub: HubSubject) => Iterable<Finding>;
