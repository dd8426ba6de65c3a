import { unset } from '../../../layers/layer';
import { Branch, type Node, tryChild } from '../../../layers/node';
import type { Target } from '../../tree/config/target';
import { type FleetFacts, targetFolder } from '../fleet-facts';
import { generatePaths } from '../generated-layer';
import { lastBranch, lastLeaf } from './last-word';

/**
 * The last word on an app whose charts are opened: its objects are what Git holds at the target, and Argo CD applies them
 * as they are. Everything else of the Application is as before, so that it stays the same one.
 *
 * @returns the values with what the charts are no longer said
 */
export function withObjectsOf(values: Branch, fleet: FleetFacts, clusterType: string, app: string, target: Target): Branch {
  const path = `${targetFolder(fleet, clusterType, target.path)}/manifests/${app}`;
  const source = lastBranch({ repoURL: lastLeaf(fleet.repository), targetRevision: lastLeaf(fleet.revision), path: lastLeaf(path) });
  const annotations = tryChild(values, 'annotations');
  const said = annotations instanceof Branch ? annotations.children : {};
  const paths = Object.fromEntries(Object.entries(generatePaths).map(([key, value]) => [key, lastLeaf(value)]));
  const children: Record<string, Node> = Object.assign(Object.create(null), values.children);
  Object.assign(children, { source, sources: lastLeaf(unset), annotations: lastBranch({ ...paths, ...said }) });
  return new Branch(children, values.source, values.hid);
}
