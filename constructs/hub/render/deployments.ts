import type { Manifest } from '../../../layers/output';
import type { ComponentModel, GroupModel } from '../resolve/group-model';
import type { MemberModel } from '../resolve/member-model';
import { matches } from '../resolve/selector';
import type { Side } from './application-set';
import { componentSetSpec } from './application-set';
import type { VariantAt } from './variants';

/** A cluster secret of an Argo CD. */
export interface RegisteredCluster {
  readonly member: MemberModel;
  /** As the secret carries them. */
  readonly labels: { readonly [label: string]: string };
}

/** The ApplicationSet of a component in one Argo CD. */
export interface ComponentSet {
  readonly group: GroupModel;
  readonly component: ComponentModel;
  /** Its generators are those of each release, one after the other: one for each of these. */
  readonly variants: readonly VariantAt[];
  readonly manifest: Manifest;
}

/** An Argo CD of the fleet: a hub's, or a distributed spoke's own. */
export interface ArgoCD {
  readonly owner: MemberModel;
  readonly side: Side;
  readonly clusters: readonly RegisteredCluster[];
  readonly sets: readonly ComponentSet[];
}

/** An Application that an Argo CD makes of an ApplicationSet for a cluster. */
export interface Deployment {
  readonly argoCD: ArgoCD;
  readonly set: ComponentSet;
  readonly member: MemberModel;
  readonly release: string;
  readonly version: string;
  /** The generator that selects the cluster, by its place. */
  readonly generator: number;
  /** The Application's name. */
  readonly name: string;
}

/** A cluster that a generator selects, and what it fills in. */
export interface Selected<Cluster> {
  readonly cluster: Cluster;
  /** By its place. */
  readonly generator: number;
  readonly release: string;
  readonly version: string;
}

/**
 * What an Argo CD does with the ApplicationSet of a component: each of its cluster generators selects among the cluster
 * secrets by their labels. Nothing but the rendered manifest and labels is looked at.
 */
export function* selectedBy<Cluster extends Pick<RegisteredCluster, 'labels'>>(
  manifest: Manifest,
  registered: readonly Cluster[],
): Generator<Selected<Cluster>> {
  for (const [generator, { clusters }] of componentSetSpec(manifest).generators.entries()) {
    const { release, version } = clusters.values;
    for (const cluster of registered) if (matches(clusters.selector, cluster.labels)) yield { cluster, generator, release, version };
  }
}

/** What every Argo CD does with what it is given. */
export function* deploymentsOf(argoCDs: readonly ArgoCD[]): Generator<Deployment> {
  for (const argoCD of argoCDs) {
    for (const set of argoCD.sets) {
      for (const { cluster, ...selected } of selectedBy(set.manifest, argoCD.clusters)) {
        const { member } = cluster;
        yield { argoCD, set, member, ...selected, name: `${set.component.construct.applicationName}-${member.name}` };
      }
    }
  }
}
