import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { patientRetry } from '../../resolve/patient-retry';
import { laterDefaults } from '../external-secrets/external-secret';
import type { ResolvedMember } from '../resolve/resolved-hub';
import { type ClusterHome, homeKey, pathIn } from '../tree/cluster-home';
import type { HubTree } from '../tree/hub-tree';
import { rootName, spokesName } from '../tree/root-names';
import { ownTemplate, type PlainMap, sharedSpec } from './generator-templates';
import { sortedMap } from './sorted-map';
import { expressionsOf, toldApart } from './variants';

/**
 * Gives every distributed spoke its repository credentials and its root, from the folder that is rendered for it, where the
 * spoke has its home. As with components, all that are registered count, whether they have an Argo CD of their own or not yet.
 *
 * @param namespace of the hub's Argo CD
 */
export function spokesApplicationSet(fleet: HubTree, namespace: string, spokes: readonly ResolvedMember[]): Manifest {
  const { labels, labelPrefix } = fleet;
  const homes = toldApart(spokes, ({ member: { home } }) => (home === fleet ? undefined : { key: homeKey(home), home }));
  const generated = homes.map((variant) => ({ variant, spec: rootSpec(variant.variant?.home ?? fleet) }));
  const { common, specialOf } = sharedSpec(generated.map(({ spec }) => spec));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: spokesName, namespace },
    spec: {
      generators: generated.map(({ variant, spec }) => {
        const matchExpressions = expressionsOf(fleet, homes, variant);
        const matchLabels = sortedMap({ [labels.member]: 'spoke', [labels.remoteArgo]: 'true' });
        return {
          clusters: { selector: { ...(matchExpressions.length > 0 ? { matchExpressions } : {}), matchLabels }, ...ownTemplate(specialOf(spec), undefined) },
        };
      }) as unknown as Plain,
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
          labels: { [`${labelPrefix}/cluster`]: '{{ .name }}' },
          name: `${rootName}-{{ .name }}`,
        },
        spec: { destination: {}, project: 'default', ...common },
      },
    },
  };
}

/** What is the same wherever a spoke has its home is in no generator. */
function rootSpec(home: ClusterHome): PlainMap {
  const { platformNamespace: namespace, repository: repoURL, revision: targetRevision } = home;
  return {
    destination: { name: '{{ .name }}', namespace },
    ignoreDifferences: laterDefaults,
    project: 'default',
    source: { directory: { recurse: true }, path: pathIn(home, 'spokes/{{ .name }}/bootstrap'), repoURL, targetRevision },
    syncPolicy: rootSyncPolicy,
  };
}

/** The kinds of Argo CD and External Secrets may not be there yet: the sync is tried until they are. */
const rootSyncPolicy = {
  automated: { prune: true, selfHeal: true },
  retry: patientRetry,
  syncOptions: ['CreateNamespace=true', 'SkipDryRunOnMissingResource=true'],
};

/** The Application with which a cluster's own Argo CD begins: it applies folders of rendered output as they are. */
export function rootApplication(home: ClusterHome, folders: readonly string[], isSpoke: boolean): Manifest {
  const sources = folders.map((folder) => ({
    directory: { recurse: true },
    path: pathIn(home, folder),
    repoURL: home.repository,
    targetRevision: home.revision,
  }));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' }, name: rootName, namespace: home.platformNamespace },
    spec: {
      destination: { namespace: home.platformNamespace, server: 'https://kubernetes.default.svc' },
      ignoreDifferences: laterDefaults,
      project: 'default',
      ...(sources.length === 1 ? { source: sources[0] as Plain } : { sources: sources as Plain }),
      // A spoke that gave up its Argo CD has an empty folder: everything in it is pruned then, and no workload with it.
      syncPolicy: isSpoke ? { ...rootSyncPolicy, automated: { allowEmpty: true, ...rootSyncPolicy.automated } } : rootSyncPolicy,
    },
  };
}
