import type { FleetOutput, Problem } from '../../../constructs';
import { ImportedCharts } from '../../../store/charts/imported-charts';
import { baseOf } from '../../../store/output/output-place';

/** What is wrong with the values of charts that were imported; nothing is read where none was. */
export function chartRemarks(config: string, output: FleetOutput): readonly Problem[] {
  const charts = new ImportedCharts(config, baseOf(config));
  if (charts.isEmpty) return [];
  const problems = output.chartProblems(charts);
  return [...problems, ...charts.problems];
}
