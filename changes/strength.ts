import { isAtOrBelow } from '../layers/hierarchy';
import { baseLayer, releaseLayer } from '../layers/record';

/** How strong a layer is, by what records call it. */
export interface Strength {
  /** @default - it applies everywhere */
  readonly path?: string;
  /** Among layers of one path. */
  readonly rank: number;
}

/** @returns `undefined` of what the tool says last, which nobody withdraws */
export function strengthOf(layer: string): Strength | undefined {
  if (layer.startsWith('override ')) return { path: layer.slice('override '.length), rank: 0 };
  const patch = patchOf(layer);
  if (patch) return { path: patch.path, rank: 1 };
  const rank = everywhereLayers.indexOf(layer);
  return rank === -1 ? undefined : { rank };
}

/** From the weakest to the strongest. */
const everywhereLayers: readonly string[] = ['defaults', 'generated', baseLayer, releaseLayer];

/** Whether a layer has the word only where another has none. Two that sit beside one another have nothing to do with one another. */
export function isWeaker(layer: string, other: string): boolean {
  const [one, two] = [strengthOf(layer), strengthOf(other)];
  if (!one || !two || layer === other) return false;
  if (one.path === two.path) return one.rank < two.rank;
  return one.path === undefined || (two.path !== undefined && isAtOrBelow(two.path, one.path));
}

/** `patch-001 production/prod-canary`, as `layerLabel` names a patch; only those of patches and overrides have paths. */
export function patchOf(layer: string): { readonly layer: string; readonly path: string } | undefined {
  const [, name, path] = /^(?:patch (?=override ))?(\S+) (.+)$/.exec(layer) ?? [];
  return name === undefined || path === undefined || layer.startsWith('override ') ? undefined : { layer: name, path };
}
