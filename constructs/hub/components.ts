import type { Problems } from '../../layers/problem';
import type { AppModel, ClusterTypeModel } from '../synthesis/model';
import { checkPins } from './check-releases';
import { usableSelector } from './check-selector';
import { Component } from './component';
import { type ComponentGroup, GroupReleases } from './component-group';
import type { HubFleet } from './hub-fleet';
import type { MemberModel } from './members';
import { type ReleasedComponent, releasedComponents } from './released-component';
import type { LabelSelector } from './selector';

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
  readonly releases: ReadonlyMap<string, ReleasedComponent>;
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
export function groupModel(fleet: HubFleet, clusterType: ClusterTypeModel, problems: Problems): GroupModel {
  const construct = clusterType.construct as ComponentGroup;
  const apps = clusterType.apps.filter(({ construct: app }) => app instanceof Component);
  checkPins(fleet, construct, problems);
  return {
    construct,
    name: construct.name,
    isBootstrap: construct.bootstrap !== undefined,
    clusterType,
    releasesApp: clusterType.apps.find(({ construct: app }) => app instanceof GroupReleases) as AppModel,
    components: apps.map((app): ComponentModel => {
      const component = app.construct as Component;
      return {
        construct: component,
        name: component.name,
        app,
        label: fleet.labels.enable(component.name),
        selector: usableSelector(fleet, component, problems),
        isChart: component.isChart,
        releases: releasedComponents(fleet, construct, component, problems),
      };
    }),
  };
}

/** Whether a member has a component of a group from the Argo CD of its own cluster. */
export function isOwnDeployer({ isBootstrap, name }: GroupModel, member: MemberModel): boolean {
  return member.kind === 'hub' || (!isBootstrap && member.manages.has(name));
}
