import { type LayerSource, unset } from '../../../layers/layer';
import { Branch, Leaf, type Node, plainOf, tryChild } from '../../../layers/node';
import type { Target } from '../../tree/config/target';
import { type FleetFacts, targetFolder } from '../fleet-facts';
import { generatePaths } from '../generated-layer';

const placement: LayerSource = { kind: 'placement', place: [] };

/** Whether the charts of an app are opened. */
export function isHydrated(values: Branch): boolean {
  const said = tryChild(values, 'hydrate');
  return said !== undefined && plainOf(said) === true;
}

/**
 * The last word on an app whose charts are opened: its objects are what Git holds at the target, and Argo CD applies them
 * as they are. Everything else of the Application is as before, so that it stays the same one.
 *
 * @returns the values with what the charts are no longer said
 */
export function withObjectsOf(values: Branch, fleet: FleetFacts, clusterType: string, app: string, target: Target): Branch {
  const path = `${targetFolder(fleet, clusterType, target.path)}/manifests/${app}`;
  const source = branch({ repoURL: leaf(fleet.repository), targetRevision: leaf(fleet.revision), path: leaf(path) });
  const annotations = tryChild(values, 'annotations');
  const said = annotations instanceof Branch ? annotations.children : {};
  const children: Record<string, Node> = Object.assign(Object.create(null), values.children);
  Object.assign(children, { source, sources: leaf(unset), annotations: branch({ ...pathsOf(), ...said }) });
  return new Branch(children, values.source, values.hid);
}

function pathsOf(): Record<string, Node> {
  return Object.fromEntries(Object.entries(generatePaths).map(([key, value]) => [key, leaf(value)]));
}

function branch(children: Readonly<Record<string, Node>>): Branch {
  return new Branch(Object.assign(Object.create(null), children), placement);
}

function leaf(value: string | typeof unset): Leaf {
  return new Leaf(value, placement);
}
