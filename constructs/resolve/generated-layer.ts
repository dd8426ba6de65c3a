import { unset } from '../../layers/layer';
import { isMap } from '../../layers/plain-data';
import type { Token } from '../../layers/text/token';
import { originExpression } from '../argocd/cluster-secret';
import type { Target } from '../tree/config/target';
import type { RootApplicationSet } from '../tree/root-application-set';
import { clusterLabels, type FleetFacts, targetFolder } from './fleet-facts';
import { patientRetry } from './patient-retry';
import { syncWave } from './sync-order';

/** Re-renders an Application only for commits that touch its own folder (argo-cd, high availability, monorepos). */
export const generatePaths = { 'argocd.argoproj.io/manifest-generate-paths': '.' };

/**
 * What a root says before its author does. Only what depends on the target is a function of it: all targets share the rest.
 *
 * @param tokens     what the apps that it deploys use
 * @param isDeployed whether the cluster type that it deploys is rendered at a target. @default - at all of them
 */
export function rootValues(
  fleet: FleetFacts,
  root: RootApplicationSet,
  tokens: readonly Token[],
  isDeployed: ((target: Target) => boolean) | undefined,
): { readonly [key: string]: unknown } {
  return {
    // Where the cluster type is not rendered there is nothing to point at.
    ...(isDeployed ? { enabled: isDeployed } : {}),
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: (target: Target) => [{ clusters: { selector: { matchLabels: clusterLabels(fleet, root.deploys, target) } } }],
    // A cluster that stops matching is no longer managed; what runs on it stays.
    syncPolicy: { preserveResourcesOnDeletion: true },
    template: {
      metadata: {
        name: `${root.deploys}-{{.nameNormalized}}`,
        annotations: generatePaths,
        finalizers: unset,
      },
      spec: {
        project: 'default',
        source: {
          repoURL: fleet.repository,
          targetRevision: fleet.revision,
          path: (target: Target) => targetFolder(fleet, root.deploys, target.path),
          // Argo CD would name the release after the Application, and Helm allows 53 characters.
          helm: { releaseName: root.deploys, valuesObject: { cluster: () => injectedValues(root, tokens) } },
        },
        destination: {
          ...(root.placement === 'controlPlane' ? { server: 'https://kubernetes.default.svc' } : { name: '{{.name}}' }),
          namespace: 'argocd',
        },
        // Pruning is what withdraws an app that is no longer enabled; an empty folder never prunes everything.
        syncPolicy: { automated: { prune: true, selfHeal: true }, retry: patientRetry },
      },
    },
  };
}

/** What it injects below `.Values.cluster`. */
function injectedValues(root: RootApplicationSet, tokens: readonly Token[]): { readonly [key: string]: string } {
  return { name: '{{.name}}', ...tokenExpressions(tokens), ...root.inject };
}

/** What a root makes of the tokens of others: of those that it can take from a cluster secret. */
export function tokenExpressions(tokens: readonly Token[]): { readonly [key: string]: string } {
  const values: Record<string, string> = {};
  for (const { key, origin, isTopLevel } of tokens) if (origin !== undefined && !isTopLevel) values[key] = originExpression(origin);
  return values;
}

/** What an app with workloads says before its author does: its source is its own folder of rendered output. */
export function workloadValues(fleet: FleetFacts, clusterType: string, app: string): { readonly [key: string]: unknown } {
  return {
    annotations: generatePaths,
    source: {
      repoURL: fleet.repository,
      targetRevision: fleet.revision,
      path: (target: Target) => `${targetFolder(fleet, clusterType, target.path)}/manifests/${app}`,
    },
  };
}

/**
 * What a project says before its author does: it is there before the Applications that name it, which Argo CD refuses
 * without, and goes after them (argo-cd, sync waves).
 *
 * @param defaults what the cluster type says of all of them, which may be another wave
 */
export function projectValues(defaults: unknown): { readonly [key: string]: unknown } | undefined {
  const { annotations } = isMap(defaults) ? defaults : {};
  return isMap(annotations) && annotations[syncWave] !== undefined ? undefined : { annotations: { [syncWave]: '-1' } };
}
