import type { DimensionNames, Register } from './register';

/**
 * Where an app is rendered: a complete dimension path of one cluster type. What functions of the target receive.
 * Frozen; it carries the node's name in each dimension: `target.environment`, `target.sector`, `target.region`. Where the
 * fleet is registered, a name that it does not have is a compile error.
 */
export type Target = {
  /** The complete path: `production/prod-canary/us-east1`. */
  readonly path: string;
  /** The name of the cluster type that is rendered. */
  readonly clusterType: string;
} & DimensionNames &
  (Register extends { fleet: { topology: 'hub-and-spoke' } } ? MemberFacts : unknown);

/** What a target tells besides in a fleet of hubs and spokes: about the cluster that it is. */
export interface MemberFacts {
  /** Whether the cluster is a hub or a spoke. */
  readonly kind: 'hub' | 'spoke';
  /** The hub that it is registered with; a hub's is itself. */
  readonly hub: string;
  /** Who deploys to it. Not known yet where member settings are resolved, for they say it. */
  readonly model: 'centralized' | 'distributed';
  /** Its own labels, without those that are computed from groups and components. Empty in member settings. */
  readonly labels: { readonly [label: string]: string };
  /** Its annotations in Git. Empty in member settings. */
  readonly annotations: { readonly [annotation: string]: string };
}

/** Keys of a target that no dimension may be called. */
export const reservedTargetKeys: readonly string[] = ['path', 'clusterType'];
