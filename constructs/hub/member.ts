import type { Construct } from 'constructs';
import { DimensionNode } from '../dimension-node';
import { setOriginBelow } from '../origin';
import { Override } from '../override';
import type { Component } from './component';
import type { ComponentGroup } from './component-group';
import type { FleetMemberConfig, HubConfig, SpokeConfig } from './hub-config';
import type { HubFleet } from './hub-fleet';

/** A hub, as props: its place is its scope. */
export type HubProps = Omit<HubConfig, 'tenant' | 'environment'>;

/** A spoke, as props: its place is its scope. */
export type SpokeProps = Omit<SpokeConfig, 'tenant' | 'environment'>;

/** The keys of a member that are its layer of the member settings. */
export const settingKeys = ['labels', 'annotations', 'model', 'manages', 'repositories', 'secretStore'] as const;

type Layer = Omit<FleetMemberConfig, 'tenant' | 'environment' | 'secret'>;

/** A cluster that is registered with a hub. What its file says besides is the layer of the cluster. */
export abstract class Member extends DimensionNode {
  /** Name or ARN of its secret in the secret manager. */
  readonly secret: string;
  readonly layer: Layer;
  abstract readonly kind: 'hub' | 'spoke';
  /** The name of its hub. */
  abstract readonly hub: string;

  constructor(scope: Construct, name: string, props: Layer & { readonly secret: string }) {
    super(scope, name);
    this.secret = props.secret;
    this.layer = props;
  }
}

/** A cluster whose Argo CD registers spokes and deploys to them, and to itself. */
export class Hub extends Member {
  readonly kind = 'hub';

  /** @param scope the tenant's environment that it belongs to */
  constructor(scope: DimensionNode, name: string, props: HubProps) {
    super(scope, name, props);
  }

  get hub(): string {
    return this.name;
  }
}

/** A cluster that a hub deploys to, or that deploys for itself with what the hub gave it. */
export class Spoke extends Member {
  readonly kind = 'spoke';
  readonly hub: string;

  /** @param scope the tenant's environment that it belongs to */
  constructor(scope: DimensionNode, name: string, props: SpokeProps) {
    super(scope, name, props);
    this.hub = props.hub;
  }
}

/** A part of a member's layer that is about no group or component of the fleet, or stands in another file too. */
export interface Misplaced {
  readonly member: Member;
  /** Keys in the member. */
  readonly at: readonly string[];
  readonly kind: 'unknown-group' | 'unknown-component' | 'twice';
  /** The layer that stands in another file. */
  readonly twin?: Override;
}

/** Makes overrides of what members say of themselves, at their own paths: the fifth and last level. */
export function declareClusterLayers(fleet: HubFleet): readonly Misplaced[] {
  const misplaced: Misplaced[] = [];
  const groups = new Map(fleet.groups.map((group) => [group.name, group]));
  const components = new Map(fleet.groups.flatMap((group) => group.components).map((component) => [component.name, component]));
  const declare = (member: Member, scope: Component | ComponentGroup['releases'] | HubFleet['settings'], change: object, at: readonly string[]) => {
    const twin = scope.node.tryFindChild(`override ${member.path}`);
    if (twin instanceof Override) misplaced.push({ member, at, kind: 'twice', twin });
    else setOriginBelow(new Override(scope, member.path as never, change), member, at);
  };
  for (const member of fleet.members) {
    const { layer } = member;
    const own = settingKeys.filter((key) => layer[key] !== undefined).map((key) => [key, layer[key]] as const);
    if (own.length > 0) declare(member, fleet.settings, Object.fromEntries(own), []);
    for (const [name, change] of Object.entries(layer.groups ?? {})) {
      const group = groups.get(name);
      if (!group) misplaced.push({ member, at: ['groups', name], kind: 'unknown-group' });
      else declare(member, group.releases, change, ['groups', name]);
    }
    for (const [name, change] of Object.entries(layer.components ?? {})) {
      const component = components.get(name);
      if (!component) misplaced.push({ member, at: ['components', name], kind: 'unknown-component' });
      else declare(member, component, change, ['components', name]);
    }
  }
  return misplaced;
}
