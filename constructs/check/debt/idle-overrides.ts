import type { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { fieldsOf } from '../../../layers/coverage';
import { tryFindIdle } from '../../../layers/effect';
import { everywhere, isAtOrBelow } from '../../../layers/hierarchy';
import { type LayerSource, layerLabel } from '../../../layers/layer';
import type { Branch } from '../../../layers/node';
import type { Problem } from '../../../layers/problem';
import type { AppModel } from '../../resolve/app-model';
import type { Model } from '../../resolve/model';
import type { Target } from '../../tree/config/target';
import { originOf } from '../../tree/origin';
import { debtProblem } from './debt-problem';
import { type IdleField, idleLayer } from './idle-words';

/** Overrides without which every target would be rendered the same. What a patch hides is seen again without it. */
export function* idleOverrides({ clusterTypes, facts }: Model): Generator<Problem> {
  for (const { apps, targets } of clusterTypes) {
    for (const app of apps) {
      for (const layer of overridesOf(app)) {
        // In its own file a member of hubs says what it is, as people look it up there.
        if (facts.hasLayerOfAll && layer.source.file !== originOf(app.construct).file) continue;
        const fields = idleFields(app, layer, targets);
        if (!fields) continue;
        const { path = everywhere, file, place } = layer.source;
        const { code, ...said } = idleLayer(`the ${layerLabel(layer.source)}`, fields);
        yield debtProblem(app.construct, code, path, { ...said, hint: 'take it out', file, place });
      }
    }
  }
}

function overridesOf({ layers }: AppModel): readonly CompiledLayer[] {
  const all = [...layers.everywhere, ...layers.overrides.values()].filter(({ source, isEmpty }) => source.kind === 'override' && !isEmpty);
  return [...new Set(all)];
}

/** Why each of its fields has no effect, each once; `undefined` where one has any. */
function idleFields({ resolver }: AppModel, layer: CompiledLayer, targets: readonly Target[]): readonly IdleField[] | undefined {
  const { path = everywhere } = layer.source;
  const isOwn = (source: LayerSource) => source.kind === 'override' && source.path === layer.source.path;
  const seen = new Map<Branch, Set<Branch>>();
  const found = new Map<string, IdleField>();
  for (const target of targets) {
    if (!isAtOrBelow(target.path, path)) continue;
    const [{ values }, own] = [resolver.at(target), layer.at(target).values];
    const known = seen.get(values) ?? new Set<Branch>();
    // Targets with the same layers are one.
    if (known.has(own)) continue;
    seen.set(values, known.add(own));
    for (const field of fieldsOf(own)) {
      const idle = tryFindIdle(values, own, field, isOwn);
      if (!idle || idle.by.kind === 'patch') return undefined;
      const one: IdleField = { field: field.join('.'), by: layerLabel(idle.by), kind: idle.kind };
      found.set(JSON.stringify(one), one);
    }
  }
  return found.size === 0 ? undefined : [...found.values()];
}
