import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { ConfigFiles } from '../../../layers/config-files';

/**
 * A configuration of which no chart is opened: which charts it names is known without, and they may have to be fetched first.
 * An object stands for each; whoever reads this writes no output.
 */
export function withChartsUnopened(files: ConfigFiles): ConfigFiles {
  return { ...files, charts: { render: (inputs) => inputs.map(standIn), asked: () => [] } };
}

/** The same whatever the chart is told, and another one for each chart of an app. */
function standIn({ id, releaseName }: ChartInput): ChartObjects {
  return { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: JSON.stringify([id, releaseName]) } }] };
}
