import type { FleetOutput, Problem } from '../../../constructs';
import { hasLock } from '../../../store/charts/charts-folder';

/** What is wrong with the values of charts that were imported; nothing is read, or loaded, where none was. */
export function chartRemarks(config: string, output: FleetOutput): readonly Problem[] {
  if (!hasLock(config)) return [];
  const { ImportedCharts } = require('../../../store/charts/imported-charts') as typeof import('../../../store/charts/imported-charts');
  const { baseOf } = require('../../../store/output/output-place') as typeof import('../../../store/output/output-place');
  const charts = new ImportedCharts(config, baseOf(config));
  const problems = output.chartProblems(charts);
  return [...problems, ...charts.problems];
}
