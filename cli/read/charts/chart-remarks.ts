import type { FleetOutput, Problem } from '../../../constructs';
import { isFolder } from '../../../layers/charts/chart-id';
import { hasLock } from '../../../store/charts/charts-folder';

/** What is wrong with the values of charts that were imported, or lie in folders of the repository. */
export function chartRemarks(config: string, output: FleetOutput): readonly Problem[] {
  // Every target would be looked at, to find nothing.
  if (!hasLock(config) && !output.namedCharts().some(({ id }) => isFolder(id))) return [];
  const { ImportedCharts } = require('../../../store/charts/imported-charts') as typeof import('../../../store/charts/imported-charts');
  const { baseOf } = require('../../../store/output/output-place') as typeof import('../../../store/output/output-place');
  const charts = new ImportedCharts(config, baseOf(config));
  const problems = output.chartProblems(charts);
  return [...problems, ...charts.problems];
}
