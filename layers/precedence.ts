import type { CompiledLayer } from './compile/compiled-layer';
import { parentOf } from './patch-state';
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
}

/** Patches in the order in which they apply within one path. */
export function inNameOrder(patches: Iterable<PlacedPatch>): readonly PlacedPatch[] {
  return [...patches].sort((a, b) => compare(a.name, b.name));
}

/**
 * The precedence law: defaults, base, then for each dimension from the outermost in the override, then the patches in
 * name order. Later layers win. Where nothing sits at a path, it has the very sequence of the path above.
 */
export class Precedence {
  readonly #layers: AppLayers;
  /** What sits at each path: the override, then the patches. */
  readonly #here: ReadonlyMap<string, readonly CompiledLayer[]>;
  /** Of every path that is above another: a complete path is asked for too seldom to be worth remembering. */
  readonly #above = new Map<string, readonly CompiledLayer[]>();

  constructor(layers: AppLayers) {
    this.#layers = layers;
    const here = new Map([...layers.overrides].map(([path, layer]) => [path, [layer]]));
    for (const patch of layers.patches) {
      for (const [path, layer] of patch.layers) {
        const known = here.get(path);
        if (known) known.push(layer);
        else here.set(path, [layer]);
      }
    }
    this.#here = here;
  }

  /** The layers that apply at a path, the broadest first. */
  at(path: string): readonly CompiledLayer[] {
    const end = path.lastIndexOf('/');
    const before = end < 0 ? this.#layers.everywhere : this.#remembered(path.slice(0, end));
    const here = this.#here.get(path);
    return here ? [...before, ...here] : before;
  }

  #remembered(path: string): readonly CompiledLayer[] {
    let sequence = this.#above.get(path);
    if (!sequence) {
      sequence = this.at(path);
      this.#above.set(path, sequence);
    }
    return sequence;
  }
}

/** The layers that win over a patch at one path, and lose to it at a finer one. */
export function layersBetween({ overrides, patches }: AppLayers, patch: string, coarse: string, fine: string): readonly CompiledLayer[] {
  const between: CompiledLayer[] = [];
  for (let path = fine; path.length >= coarse.length; path = parentOf(path)) {
    const override = path === coarse ? undefined : overrides.get(path);
    if (override) between.push(override);
    for (const { name, layers } of patches) {
      const layer = layers.get(path);
      const isBetween = name !== patch && (path !== coarse || name > patch) && (path !== fine || name < patch);
      if (layer && isBetween) between.push(layer);
    }
  }
  return between;
}
