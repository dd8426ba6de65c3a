import type { ChartId, RepositoryChart } from './chart-id';
import type { ValueShape } from './value-shape';

/** A version of a chart that was imported. */
export interface KnownChart {
  readonly chart: string;
  readonly version: string;
  readonly shape: ValueShape;
  /** Whether the chart says itself what its values are; else that is guessed from those that it shows. */
  readonly hasSchema: boolean;
}

/** What was imported, for whoever looks at values. */
export interface KnownCharts {
  /** @returns `undefined` where the version was not imported */
  tryFind(id: ChartId): KnownChart | undefined;
  /** The versions of the same chart that were imported, from wherever, the oldest first. */
  versionsOf(chart: RepositoryChart['chart']): readonly KnownChart[];
}
