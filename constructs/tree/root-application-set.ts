import type { ClusterType } from './cluster-type';
import type { ApplicationPlacement, RootSettings } from './config/app-config';
import { FleetApp, type FleetAppProps } from './fleet-app';

/** The root's settings, and any field of an ApplicationSet on top of what is generated. */
export interface RootApplicationSetProps extends RootSettings {}

/**
 * The ApplicationSet that deploys a cluster type, written once and rendered for every target of the cluster type that
 * hosts it. It selects the clusters of its own target by labels, points at their folder of rendered output, and
 * injects every cluster value that the apps in there use.
 */
export class RootApplicationSet extends FleetApp {
  /** The cluster type that it deploys. */
  readonly deploys: string;
  readonly placement: ApplicationPlacement;
  /** Values below `.Values.cluster` that are injected besides those of tokens. */
  readonly inject: { readonly [key: string]: string };

  /** @param scope the cluster type whose Argo CD runs it: its own, or another */
  constructor(scope: ClusterType, name: string, props: RootApplicationSetProps) {
    super(scope, name, { ...props, kind: 'RootApplicationSet' } as FleetAppProps);
    this.deploys = props.clusterType;
    this.placement = props.applications ?? 'cluster';
    this.inject = props.inject ?? {};
  }
}
