import type { DimensionName } from './register';

/**
 * Where an app is rendered: a complete dimension path of one cluster type. What functions of the target receive.
 * Frozen; it carries the node's name in each dimension: `target.environment`, `target.sector`, `target.region`.
 */
export type Target = {
  /** The complete path: `production/prod-canary/us-east1`. */
  readonly path: string;
  readonly clusterType: string;
} & { readonly [D in DimensionName]: string };

/** Keys of a target that no dimension may be called. */
export const reservedTargetKeys: readonly string[] = ['path', 'clusterType'];
