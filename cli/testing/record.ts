import type { TestedApp, TestedFleet } from './tested-fleet';

/** An app as it is declared. */
export type AppRecord = Omit<TestedApp, 'toString'>;

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

/** All that tests see of a fleet, as JSON: what is plain data there is the same here. */
export interface FleetRecord extends Pick<TestedFleet, 'topology' | 'dimensions' | 'paths' | 'clusterTypes' | 'members' | 'warnings'> {
  readonly apps: readonly AppRecord[];
  readonly documents: readonly unknown[];
  readonly targets: readonly TargetRecord[];
}
