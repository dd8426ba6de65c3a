import { releasesName } from '../../../layers/record';
import { ClusterType } from '../../tree/cluster-type';
import { LayeredApp } from '../../tree/layered-app';
import { Component } from './component';
import type { GroupConfig, GroupLayer, ReleaseConfig, ReleasesConfig } from './hub-config';
import type { HubTree } from './hub-tree';

/** What a group's files say, as props. */
export interface ComponentGroupProps extends GroupConfig {
  /** @default - one release called `default` that pins nothing */
  readonly releases?: ReleasesConfig;
}

const noReleases: ReleasesConfig = { releases: { default: {} } };

/** The releases of a group, and the layers that decide which one a member gets: they move through the fleet as patches do. */
export class GroupReleases extends LayeredApp<GroupLayer> {
  readonly releases: { readonly [release: string]: ReleaseConfig };

  constructor(scope: ComponentGroup, props: ReleasesConfig) {
    const { description, owners, overrides, patches, release = 'default' in props.releases ? 'default' : undefined } = props;
    super(scope, releasesName, { description, owners: scope.ownersOr(owners), overrides, patches }, { release });
    this.releases = props.releases;
  }
}

/** Components that are released together: addons, resources, monitoring, or any other. */
export class ComponentGroup extends ClusterType {
  readonly bootstrap?: GroupConfig['bootstrap'];
  readonly fields: Pick<GroupConfig, 'repoURL' | 'namespace' | 'syncPolicy' | 'ignoreDifferences' | 'labels' | 'annotations'>;
  /** The broadest layer of values of its components. */
  readonly values: GroupConfig['values'];
  readonly releases: GroupReleases;
  /** Whom its releases belong to, and its components, where they name nobody. */
  readonly owners: readonly string[];

  constructor(scope: HubTree, name: string, props: ComponentGroupProps = {}) {
    super(scope, name, { description: props.description });
    this.bootstrap = props.bootstrap;
    this.owners = props.owners ?? [];
    const { repoURL, namespace, syncPolicy, ignoreDifferences, labels, annotations, values } = props;
    this.fields = { repoURL, namespace, syncPolicy, ignoreDifferences, labels, annotations };
    this.values = values;
    this.releases = new GroupReleases(this, props.releases ?? noReleases);
    scope.memberLayers.found('groups', [name], this.releases);
  }

  /** Whom a part of the group belongs to: those that it names itself, or else the group's. */
  ownersOr(own: readonly string[] = []): readonly string[] {
    return own.length > 0 ? own : this.owners;
  }

  /** In the order in which they were declared. */
  get components(): readonly Component[] {
    return this.node.children.filter((child): child is Component => child instanceof Component);
  }
}
