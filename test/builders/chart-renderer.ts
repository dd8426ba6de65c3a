import type { ChartRenderer } from '../../layers/charts/chart-input';

/** What a renderer that knows nothing of its charts says of them. */
export const knowsNothing = {
  asked: () => [],
  digests: (inputs: readonly unknown[]) => inputs.map(() => undefined),
  versionOf: () => undefined,
  capabilitiesOf: () => [],
  valuesOf: () => [],
} satisfies Omit<ChartRenderer, 'render'>;
