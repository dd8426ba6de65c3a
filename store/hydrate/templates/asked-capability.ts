import type { AskedCapability } from '../../../layers/charts/chart-input';
import { getOr } from '../../../layers/get-or';
import type { ChartSource } from '../chart-sources';
import { actionsIn } from './template-actions';

const known = new WeakMap<ChartSource, readonly AskedCapability[]>();

/** Notes are printed to people, and are no objects. */
const template = /(^|\/)templates\/(?!(?:.*\/)?NOTES\.txt$)/;

/**
 * Which templates of a chart ask for the version of Kubernetes, or for the kinds that there are: where nobody says them, Helm answers
 * with those of its own build, and another Helm gives other objects. Of each question the first file that asks it.
 */
export function askedCapabilities(source: ChartSource): readonly AskedCapability[] {
  return getOr(known, source, () => {
    const found = new Map<AskedCapability['of'], AskedCapability>();
    for (const [path, actions] of actionsIn(source.files())) {
      if (!template.test(path)) continue;
      for (const action of actions) {
        for (const of of questionsIn(action)) if (!found.has(of)) found.set(of, { of, file: path, chart: source.shown });
      }
    }
    return [...found.values()];
  });
}

/** Whoever keeps all of it asks for its version sooner or later. */
function* questionsIn(action: string): Generator<AskedCapability['of']> {
  for (const [, field] of action.matchAll(/\.Capabilities\b(?:\.(\w+))?/g)) {
    if (field === 'APIVersions') yield 'kinds';
    else if (field !== 'HelmVersion') yield 'version';
  }
}
