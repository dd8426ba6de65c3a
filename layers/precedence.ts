import type { CompiledLayer } from './compile';
import { pathsTo } from './hierarchy';
import { compare } from './problem';

/** A temporary layer and the paths where it sits. */
export interface PlacedPatch {
  readonly name: string;
  /** The same change at each path of its `rolledOutTo`. */
  readonly layers: ReadonlyMap<string, CompiledLayer>;
}

/** All layers of an app. */
export interface AppLayers {
  /** Defaults, generated values and base, in this order. */
  readonly everywhere: readonly CompiledLayer[];
  readonly overrides: ReadonlyMap<string, CompiledLayer>;
  /** In name order: see {@link inNameOrder}. */
  readonly patches: readonly PlacedPatch[];
  /** What the tool itself has to say last. */
  readonly last?: readonly CompiledLayer[];
}

/** Patches in the order in which they apply within one path. */
export function inNameOrder(patches: Iterable<PlacedPatch>): readonly PlacedPatch[] {
  return [...patches].sort((a, b) => compare(a.name, b.name));
}

/**
 * The precedence law: defaults, base, then for each dimension from the outermost in the override, then the patches in
 * name order. Later layers win.
 */
export function layersAt(layers: AppLayers, path: string): readonly CompiledLayer[] {
  const order = [...layers.everywhere];
  if (layers.overrides.size > 0 || layers.patches.length > 0) {
    for (const place of pathsTo(path)) {
      const override = layers.overrides.get(place);
      if (override) order.push(override);
      for (const patch of layers.patches) {
        const layer = patch.layers.get(place);
        if (layer) order.push(layer);
      }
    }
  }
  if (layers.last) order.push(...layers.last);
  return order;
}
