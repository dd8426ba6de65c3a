import type { FleetAppGroup } from '../tree/fleet-app-group';
import type { LayeredApp } from '../tree/layered-app';
import { Override } from '../tree/override';
import { Patch } from '../tree/patch';

/** Overrides and patches. */
export interface LayerConstructs {
  readonly overrides: readonly Override[];
  readonly patches: readonly Patch[];
}

/** What is known of groups, for whoever asks for the layers of all their apps. */
export type GroupLayers = Map<FleetAppGroup, LayerConstructs>;

/** The overrides and patches that apply to an app: its own, and those of its group. */
export function layerConstructs(app: LayeredApp, known: GroupLayers = new Map()): LayerConstructs {
  const own = layersBelow(app);
  if (!app.group) return own;
  const shared = known.get(app.group) ?? layersBelow(app.group);
  known.set(app.group, shared);
  return { overrides: [...own.overrides, ...shared.overrides], patches: [...own.patches, ...shared.patches] };
}

function layersBelow({ node: { children } }: LayeredApp | FleetAppGroup): LayerConstructs {
  return {
    overrides: children.filter((child): child is Override => child instanceof Override),
    patches: children.filter((child): child is Patch => child instanceof Patch),
  };
}
