import type { FleetApp } from './fleet-app';
import type { FleetAppGroup } from './fleet-app-group';
import { setOriginBelow } from './origin';
import { type Change, Override } from './override';
import { Patch, type PatchProps } from './patch';
import type { DimensionPath } from './register';

/** Overrides and patches as configuration lists them. */
export interface LayersConfig {
  readonly overrides?: { readonly [path: string]: unknown };
  readonly patches?: { readonly [name: string]: unknown };
}

/** Makes an `Override` and a `Patch` of each entry. */
export function declareLayers(scope: FleetApp | FleetAppGroup, config: LayersConfig): void {
  for (const [path, change] of Object.entries(config.overrides ?? {})) {
    if (change !== undefined) new Override(scope, path as DimensionPath, change as Change);
  }
  for (const [name, patch] of Object.entries(config.patches ?? {})) {
    if (patch !== undefined) new Patch(scope, name, patch as PatchProps);
  }
}

/** Gives the layers of an app that was read from a file their places in it. */
export function setLayerOrigins(scope: FleetApp | FleetAppGroup): void {
  for (const child of scope.node.children) {
    if (child instanceof Override) setOriginBelow(child, scope, ['overrides', child.path]);
    if (child instanceof Patch) setOriginBelow(child, scope, ['patches', child.name]);
  }
}
