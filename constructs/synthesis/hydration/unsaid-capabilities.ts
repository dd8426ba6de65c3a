import type { AskedCapability, ChartInput, ChartRenderer } from '../../../layers/charts/chart-input';
import type { Problems } from '../../../layers/problem';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf } from '../../tree/origin';

/** Questions of charts about the cluster's Kubernetes that no layer answers: Helm does, by its own build. Told once for an app. */
export class UnsaidCapabilities {
  readonly #renderer: ChartRenderer | undefined;
  readonly #problems: Problems;
  readonly #told = new Set<LayeredApp>();
  readonly #known = new Set<ChartInput>();

  constructor(renderer: ChartRenderer | undefined, problems: Problems) {
    this.#renderer = renderer;
    this.#problems = problems;
  }

  lookAt(app: LayeredApp, charts: readonly ChartInput[]): void {
    for (const chart of charts) {
      if (chart.kubernetes !== undefined || this.#known.has(chart) || this.#told.has(app)) continue;
      this.#known.add(chart);
      // Who says kinds thought of those that there are.
      const unsaid = this.#renderer?.capabilitiesOf(chart).find(({ of }) => of === 'version' || chart.apiVersions.length === 0);
      if (!unsaid) continue;
      this.#told.add(app);
      const { file, place } = originOf(app);
      this.#problems.add({
        code: 'chart-capabilities',
        severity: 'notice',
        message: messageOf(unsaid),
        hint,
        app: app.name,
        file,
        place: [...place, 'hydrate'],
      });
    }
  }
}

const hint =
  "say `kubernetes: '1.33'` (the version of the clusters), and in `apiVersions` what they have beside Kubernetes' own kinds: in the app, or in defaults of its cluster type";

function messageOf({ of, file, chart }: AskedCapability): string {
  const what = of === 'version' ? 'which version of Kubernetes there is' : 'which kinds there are';
  return `${chart} asks in '${file}' ${what}, and no layer says it: another Helm may give other objects`;
}
