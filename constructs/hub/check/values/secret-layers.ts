import type { CompiledLayer } from '../../../../layers/compile/compiled-layer';
import type { Finding } from '../../../../layers/consequences';
import { layersAnywhere } from '../../../resolve/layers-anywhere';
import type { Target } from '../../../tree/config/target';
import type { LayeredApp } from '../../../tree/layered-app';
import { Component } from '../../tree/component';
import type { HubTree } from '../../tree/hub-tree';
import type { HubSubject } from '../hub-rule';
import { secretsIn } from './secrets-in';

/** Nothing secret may stand in Git: what looks like a secret is found in every layer, whether it applies anywhere or not. */
export function* secretLayers({ fleet, model }: HubSubject): Generator<Finding> {
  for (const { apps, targets } of model.clusterTypes) {
    for (const { construct, ...app } of apps) {
      // What functions give components is looked at with their values.
      const asked = construct instanceof Component ? targets.slice(0, 1) : targets;
      for (const layer of layersAnywhere({ construct, ...app })) {
        for (const problem of secretsOf(fleet, construct, layer, asked)) yield { ...problem, app: construct.name };
      }
    }
  }
}

/** A layer without functions says the same wherever it applies. */
function* secretsOf(fleet: HubTree, app: LayeredApp, layer: CompiledLayer, targets: readonly Target[]): Generator<Finding> {
  const place = (path: readonly string[]) => ({ file: layer.source.file, place: [...layer.source.place, ...path] });
  const seen = new Set<object>();
  for (const target of layer.isStatic ? [undefined] : targets) {
    const { values } = layer.at(target ?? { path: '' });
    if (seen.has(values)) continue;
    seen.add(values);
    for (const problem of secretsIn(fleet, app.name, app, values.plain, place)) {
      yield { ...problem, ...(target === undefined ? {} : { target: `${target.clusterType}/${target.path}` }) };
    }
  }
}
