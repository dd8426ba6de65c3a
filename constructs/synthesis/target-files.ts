import type { OutputFile } from '../../layers/output';
import type { ClusterTypeModel } from '../resolve/model';
import type { Target } from '../tree/config/target';
import { enabledManifests, type RenderedApp } from './rendered-app';

/** Where no code of a user sees the constructs, an app's object is the checked manifest itself: none needs to be made. */
export function pristineTemplates(apps: readonly RenderedApp[]): readonly OutputFile[] {
  return enabledManifests(apps).map(({ name, manifest }) => ({ kind: 'template', path: `templates/${name}.yaml`, document: manifest }));
}

export function chartFile(clusterType: ClusterTypeModel, target: Target): OutputFile {
  return {
    kind: 'chart',
    path: 'Chart.yaml',
    document: {
      apiVersion: 'v2',
      description: `${clusterType.name} at ${target.path}`,
      name: clusterType.name,
      type: 'application',
      version: '1.0.0',
    },
  };
}

/** What the root that deploys a target fills in for each cluster; where it fills in nothing, a token says what is missing. */
export const valuesFile: OutputFile = { kind: 'chart', path: 'values.yaml', document: { cluster: {} } };
