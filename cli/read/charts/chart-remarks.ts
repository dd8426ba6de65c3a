import type { FleetOutput, Problem } from '../../../constructs';

/** What is wrong with the values of charts that were imported, or lie in folders of the repository. */
export function chartRemarks(config: string, output: FleetOutput): readonly Problem[] {
  const { ImportedCharts } = require('../../../store/charts/imported-charts') as typeof import('../../../store/charts/imported-charts');
  const { baseOf } = require('../../../store/output/output-place') as typeof import('../../../store/output/output-place');
  const charts = new ImportedCharts(config, baseOf(config));
  const problems = output.chartProblems(charts);
  return [...problems, ...charts.problems];
}
