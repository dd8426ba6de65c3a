import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { patientRetry } from '../../resolve/patient-retry';
import { laterDefaults } from '../external-secrets/external-secret';
import type { HubTree } from '../tree/hub-tree';
import { rootName, spokesName } from '../tree/root-names';
import { sortedMap } from './sorted-map';

/** Gives every distributed spoke its repository credentials and its root, from the folder that is rendered for it. */
export function spokesApplicationSet(fleet: HubTree): Manifest {
  const { labels, labelPrefix, platformNamespace: namespace, path, repository, revision } = fleet;
  const folder = [path, 'spokes/{{ .name }}/bootstrap'].filter((part) => part !== '').join('/');
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: spokesName, namespace },
    spec: {
      generators: [{ clusters: { selector: { matchLabels: sortedMap({ [labels.member]: 'spoke', [labels.remoteArgo]: 'true' }) } } }],
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
          labels: { [`${labelPrefix}/cluster`]: '{{ .name }}' },
          name: `${rootName}-{{ .name }}`,
        },
        spec: {
          destination: { name: '{{ .name }}', namespace },
          ignoreDifferences: laterDefaults,
          project: 'default',
          source: { directory: { recurse: true }, path: folder, repoURL: repository, targetRevision: revision },
          syncPolicy: rootSyncPolicy,
        },
      },
    },
  };
}

/** The kinds of Argo CD and External Secrets may not be there yet: the sync is tried until they are. */
const rootSyncPolicy = {
  automated: { prune: true, selfHeal: true },
  retry: patientRetry,
  syncOptions: ['CreateNamespace=true', 'SkipDryRunOnMissingResource=true'],
};

/** The Application with which a cluster's own Argo CD begins: it applies folders of rendered output as they are. */
export function rootApplication(fleet: HubTree, folders: readonly string[], isSpoke: boolean): Manifest {
  const sources = folders.map((folder) => ({
    directory: { recurse: true },
    path: [fleet.path, folder].filter((part) => part !== '').join('/'),
    repoURL: fleet.repository,
    targetRevision: fleet.revision,
  }));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' }, name: rootName, namespace: fleet.platformNamespace },
    spec: {
      destination: { namespace: fleet.platformNamespace, server: 'https://kubernetes.default.svc' },
      ignoreDifferences: laterDefaults,
      project: 'default',
      ...(sources.length === 1 ? { source: sources[0] as Plain } : { sources: sources as Plain }),
      // A spoke that gave up its Argo CD has an empty folder: everything in it is pruned then, and no workload with it.
      syncPolicy: isSpoke ? { ...rootSyncPolicy, automated: { allowEmpty: true, ...rootSyncPolicy.automated } } : rootSyncPolicy,
    },
  };
}
