import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import { patchLayers } from './app-layers';
import type { AppModel } from './app-model';
import { layerConstructs } from './layer-constructs';

/** The layers of an app, those of patches that sit nowhere included. */
export function layersAnywhere({ construct, layers }: AppModel): readonly CompiledLayer[] {
  const { everywhere, overrides } = layers;
  return [...new Set([...everywhere, ...overrides.values(), ...upcomingLayers(construct)])];
}

/** What patches of an app say, wherever they have got to. */
export function upcomingLayers(construct: AppModel['construct']): readonly CompiledLayer[] {
  return layerConstructs(construct).patches.flatMap((patch) => [...patchLayers(construct, patch, ['anywhere']).values()]);
}
