import type { FleetStart, StartFile } from '../fleet-start';
import { literal } from './literal';

/** Two environments, three regions, one app: each region's own Argo CD applies its folder. */
export function regionsConfig({ repository, path }: FleetStart): readonly StartFile[] {
  return [
    {
      path: 'config/fleet.ts',
      text: `import { defineFleet } from 'cdk8s-fleet';

// The order of the nodes is the rollout sequence: a change enters integration first, and production last.
const fleet = defineFleet({
  repository: ${literal(repository)},
  path: ${literal(path)},
  environments: [
    {
      name: 'integration',
      sectors: [{ name: 'int-sector-1', regions: ['us-east1'] }],
    },
    {
      name: 'production',
      // Nothing enters it before somebody approves that.
      promotion: 'manual',
      sectors: [
        { name: 'prod-canary', regions: ['us-east1'] },
        { name: 'prod-sector-1', regions: ['europe-west1'] },
      ],
    },
  ],
});

export default fleet;

// Every other file learns the dimension paths of this fleet: a misspelt one is an error in the editor.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
`,
    },
    {
      path: 'config/workload-cluster/defaults.ts',
      text: `import type { ClusterTypeConfig } from 'cdk8s-fleet';

// The broadest layer of every app of this cluster type. One more cluster type is one more folder.
export default {
  description: 'Clusters that run what this company makes, each with an Argo CD of its own',
  applications: {
    namespace: 'argocd',
    project: 'default',
    // The cluster that Argo CD itself runs in.
    destination: { server: 'https://kubernetes.default.svc' },
    syncPolicy: {
      // Nothing is deleted by accident: pruning is opted into app by app.
      automated: { prune: false, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  },
  applicationSets: { namespace: 'argocd' },
} satisfies ClusterTypeConfig;
`,
    },
    {
      path: 'config/workload-cluster/workload-cluster-root.ts',
      text: `import type { FleetAppConfig } from 'cdk8s-fleet';

// Applied once when a region starts (\`fleet bootstrap\`); from then on it brings every app of its region, itself included.
export default {
  kind: 'RootApplicationSet',
  description: 'Deploys the apps of its region',
  owners: ['team-platform@example.com'],
  clusterType: 'workload-cluster',
} satisfies FleetAppConfig;
`,
    },
    {
      path: 'config/workload-cluster/cert-manager.ts',
      text: `import type { FleetAppConfig } from 'cdk8s-fleet';

// An app is a file, and is called like it.
export default {
  description: 'Certificate management for Kubernetes clusters',
  owners: ['team-platform@example.com'],
  source: {
    repoURL: 'https://charts.jetstack.io',
    chart: 'cert-manager',
    targetRevision: 'v1.18.2',
    helm: { valuesObject: { crds: { enabled: true } } },
  },
  destination: { namespace: 'cert-manager' },
  overrides: {
    production: { source: { helm: { valuesObject: { replicaCount: 2 } } } },
  },
} satisfies FleetAppConfig;
`,
    },
  ];
}
