import type { Target } from '../tree/config/target';

/** Of the fleet, what generated values need. */
export interface FleetFacts {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
  readonly labelPrefix: string;
  /** Whether it was running before, and some mistakes are warnings. */
  readonly adopted: boolean;
  /** Whether overrides may stand at `*`, above all outermost nodes. */
  readonly hasLayerOfAll: boolean;
  /** In the singular. */
  readonly dimensions: readonly string[];
}

/** The folder of a target from the top of the repository. */
export function targetFolder(fleet: FleetFacts, clusterType: string, path: string): string {
  return [fleet.path, clusterType, path].filter((part) => part !== '').join('/');
}

/** The labels by which a root finds the clusters of a target. */
export function clusterLabels(fleet: FleetFacts, clusterType: string, target: Target): { readonly [label: string]: string } {
  const dimensions = fleet.dimensions.map((dimension) => [`${fleet.labelPrefix}/${dimension}`, (target as never)[dimension] as string]);
  return { [`${fleet.labelPrefix}/cluster-type`]: clusterType, ...Object.fromEntries(dimensions) };
}
