import type { MemberView, Problem } from '../../constructs';

/** An app, or a component of hubs and spokes, as it is declared. */
export interface AppRecord {
  /** The cluster type, or the group. */
  readonly clusterType: string;
  readonly name: string;
  readonly kind: 'Application' | 'ApplicationSet' | 'AppProject';
  readonly description?: string;
  /** A component's own, or those of its group. */
  readonly owners: readonly string[];
}

/** One file of a target. */
export interface FileRecord {
  readonly path: string;
  /** The app whose manifest it is, or whose values. @default - a file of something else: a workload, a registration */
  readonly app?: string;
  /** Whether it holds values of a chart, and no manifest. */
  readonly isValues?: boolean;
  /** The number of its document. */
  readonly document: number;
}

export interface TargetRecord {
  readonly clusterType: string;
  readonly path: string;
  readonly files: readonly FileRecord[];
}

/** All that tests see of a fleet, as JSON. */
export interface FleetRecord {
  readonly topology: 'dimensions' | 'hub-and-spoke';
  readonly dimensions: readonly string[];
  readonly paths: readonly string[];
  readonly clusterTypes: readonly string[];
  readonly apps: readonly AppRecord[];
  readonly members: readonly MemberView[];
  readonly warnings: readonly Problem[];
  readonly documents: readonly unknown[];
  readonly targets: readonly TargetRecord[];
}
