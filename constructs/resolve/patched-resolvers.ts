import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import { patchLayers } from './app-layers';
import type { AppModel, TargetResolver } from './app-model';
import { layerConstructs } from './layer-constructs';

/** The patches of an app by their names, each as one layer, wherever it will sit. */
export function patchesAnywhere({ construct }: AppModel): ReadonlyMap<string, CompiledLayer> {
  return new Map(
    layerConstructs(construct).patches.flatMap((patch) => [...patchLayers(construct, patch, ['anywhere']).values()].map((layer) => [patch.name, layer])),
  );
}

/** An app as each of its patches would make it, were it there at every target. @param targets their paths */
export function patchedResolvers(app: AppModel, targets: readonly string[]): readonly { readonly patch: string; readonly resolver: TargetResolver }[] {
  return [...patchesAnywhere(app)].map(([patch, layer]) => {
    const others = app.layers.patches.filter(({ name }) => name !== patch);
    return { patch, resolver: app.resolverWith([...others, { name: patch, layers: new Map(targets.map((path) => [path, layer])) }]) };
  });
}
