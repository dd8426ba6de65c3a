import type { ChartRenderer } from '../../layers/charts/chart-input';

/** What a renderer that knows nothing of its charts says of them. */
export const knowsNothing = { asked: () => [], versionOf: () => undefined, capabilitiesOf: () => [], valuesOf: () => [] } satisfies Omit<
  ChartRenderer,
  'render'
>;
