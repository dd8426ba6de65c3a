import { getOr } from '../../../layers/get-or';
import type { AppModel } from '../../resolve/app-model';
import type { ClusterTypeModel } from '../../resolve/model';
import { Component } from '../tree/component';
import { type ComponentGroup, GroupReleases } from '../tree/component-group';
import type { HubTree } from '../tree/hub-tree';
import type { MemberModel } from './member-model';
import { type ReleasedComponent, releasedComponents } from './released-component';
import type { LabelSelector } from './selector';
import type { Variant } from './variants/variant';

export interface ComponentModel {
  readonly construct: Component;
  readonly name: string;
  readonly app: AppModel;
  /** The label that says whether a member gets it. */
  readonly label: string;
  /** Which members get it, however it is enabled. @default - all */
  readonly selector?: LabelSelector;
  /** Whether Helm renders it: then every member has a file of values. */
  readonly isChart: boolean;
  /** In every release, as members get it whose layers say none of its fields. */
  readonly releases: ReadonlyMap<string, ReleasedComponent>;
  /** In every release, as members with a variant of it get it. */
  releasesOf(variant: Variant | undefined): ReadonlyMap<string, ReleasedComponent>;
}

export interface GroupModel {
  readonly construct: ComponentGroup;
  readonly name: string;
  readonly isBootstrap: boolean;
  readonly clusterType: ClusterTypeModel;
  readonly releasesApp: AppModel;
  /** In name order. */
  readonly components: readonly ComponentModel[];
}

/** A group with its components in every release. */
export function groupModel(
  fleet: HubTree,
  construct: ComponentGroup,
  clusterType: ClusterTypeModel,
  selectorOf: (component: Component) => LabelSelector | undefined,
): GroupModel {
  return {
    construct,
    name: construct.name,
    isBootstrap: construct.bootstrap !== undefined,
    clusterType,
    releasesApp: clusterType.apps.find(({ construct: app }) => app instanceof GroupReleases) as AppModel,
    components: clusterType.apps.flatMap((app): readonly ComponentModel[] => {
      const { construct: component } = app;
      if (!(component instanceof Component)) return [];
      const { name, isChart } = component;
      const { label } = component;
      const releases = releasedComponents(fleet, construct, component);
      const known = new Map<string, ReadonlyMap<string, ReleasedComponent>>();
      const releasesOf = (variant: Variant | undefined) =>
        variant === undefined ? releases : getOr(known, variant.key, () => releasedComponents(fleet, construct, component, variant));
      return [{ construct: component, name, app, label, selector: selectorOf(component), isChart, releases, releasesOf }];
    }),
  };
}

/** Whether a member has a component of a group from the Argo CD of its own cluster. */
export function isOwnDeployer({ isBootstrap, name }: GroupModel, member: MemberModel): boolean {
  return member.kind === 'hub' || (!isBootstrap && member.manages.has(name));
}
