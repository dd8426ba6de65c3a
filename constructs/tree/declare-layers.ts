import type { DimensionPath } from './config/register';
import type { LayerScope } from './layer-scope';
import { hasOrigin, setOriginBelow } from './origin';
import { Override } from './override';
import { Patch, type PatchProps } from './patch';

/** Overrides and patches as configuration lists them. */
export interface LayersConfig {
  readonly overrides?: { readonly [path: string]: object | undefined };
  readonly patches?: { readonly [name: string]: unknown };
}

/** Makes an `Override` and a `Patch` of each entry. */
export function declareLayers(scope: LayerScope, config: LayersConfig): void {
  for (const [path, change] of Object.entries(config.overrides ?? {})) {
    if (change !== undefined) new Override(scope, path as DimensionPath, change);
  }
  for (const [name, patch] of Object.entries(config.patches ?? {})) {
    if (patch !== undefined) new Patch(scope, name, patch as PatchProps);
  }
}

/** Gives the layers of an app that was read from a file their places in it; what stands elsewhere says so already. */
export function setLayerOrigins(scope: LayerScope): void {
  for (const child of scope.node.children) {
    if (hasOrigin(child)) continue;
    if (child instanceof Override) setOriginBelow(child, scope, ['overrides', child.path]);
    if (child instanceof Patch) setOriginBelow(child, scope, ['patches', child.name]);
  }
}
