import type { FleetStart, StartFile } from '../fleet-start';
import { literal } from './literal';

const fleetFile = ({ repository, path }: FleetStart) => `import { defineHubFleet } from 'cdk8s-fleet';

const fleet = defineHubFleet({
  topology: 'hub-and-spoke',
  repository: ${literal(repository)},
  path: ${literal(path)},
  // The order is the rollout sequence: the hub, which works for all clusters, comes last.
  tenants: [
    {
      name: 'tenant1',
      // Nothing enters production before somebody approves that.
      environments: ['dev', { name: 'prod', promotion: 'manual' }],
    },
    {
      name: 'platform',
      environments: [{ name: 'prod', promotion: 'manual' }],
    },
  ],
});

export default fleet;

// Every other file learns the tenants and environments from here: a misspelt one is an error in the editor.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
`;

const hub = `import type { HubConfig } from 'cdk8s-fleet';

export default {
  tenant: 'platform',
  environment: 'prod',
  // The secret in the secret manager that holds \`server\` and \`config\` of the cluster, as Argo CD wants them.
  secret: 'fleet/hub-1',
} satisfies HubConfig;
`;

const spoke = (environment: string) => `import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant1',
  environment: '${environment}',
  secret: 'fleet/tenant1-${environment}-workload1',
} satisfies SpokeConfig;
`;

const settings = `import type { MemberSettingsConfig } from 'cdk8s-fleet';

export default {
  description: 'What clusters are, apart from what runs on them',
  owners: ['team-platform@example.com'],
  // Where clusters read their secrets: AWS Secrets Manager here, and there are others.
  secretStore: { aws: { region: 'eu-west-1', serviceAccount: 'external-secrets' } },
} satisfies MemberSettingsConfig;
`;

const addons = `import type { GroupConfig } from 'cdk8s-fleet';

export default {
  description: 'What every workload cluster has',
  owners: ['team-platform@example.com'],
} satisfies GroupConfig;
`;

const certManager = `import type { ComponentConfig } from 'cdk8s-fleet';

// A component is a file, and is called like it.
export default {
  description: 'Certificates',
  repoURL: 'https://charts.jetstack.io',
  chart: 'cert-manager',
  namespace: 'cert-manager',
  values: { crds: { enabled: true } },
  overrides: {
    tenant1: { enabled: true },
    'tenant1/prod': { values: { replicaCount: 2 } },
  },
} satisfies ComponentConfig;
`;

const releases = `import type { ReleasesConfig } from 'cdk8s-fleet';

export default {
  owners: ['team-platform@example.com'],
  releases: {
    default: { components: { 'cert-manager': 'v1.18.2' } },
  },
  release: 'default',
} satisfies ReleasesConfig;
`;

const bootstrap = `import type { GroupConfig } from 'cdk8s-fleet';

export default {
  description: 'What a cluster needs to deploy for itself',
  owners: ['team-platform@example.com'],
  // Their custom resource definitions are too large for an annotation that keeps what was applied last.
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' },
} satisfies GroupConfig;
`;

const argoCD = `import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Argo CD',
  repoURL: 'https://argoproj.github.io/argo-helm',
  chart: 'argo-cd',
  version: '9.1.3',
  values: { dex: { enabled: false }, notifications: { enabled: false } },
} satisfies ComponentConfig;
`;

const externalSecrets = `import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'External Secrets Operator',
  repoURL: 'https://charts.external-secrets.io',
  chart: 'external-secrets',
  version: '1.1.0',
  // The secret store reads the secret manager with this account.
  values: { serviceAccount: { name: 'external-secrets' } },
} satisfies ComponentConfig;
`;

/** A hub and two spokes, in two environments of a tenant, and one component that both get. */
export function hubsConfig(start: FleetStart): readonly StartFile[] {
  return [
    { path: 'config/fleet.ts', text: fleetFile(start) },
    { path: 'config/hubs/hub-1.ts', text: hub },
    { path: 'config/spokes/tenant1-dev-workload1.ts', text: spoke('dev') },
    { path: 'config/spokes/tenant1-prod-workload1.ts', text: spoke('prod') },
    { path: 'config/members/settings.ts', text: settings },
    { path: 'config/addons/defaults.ts', text: addons },
    { path: 'config/addons/cert-manager.ts', text: certManager },
    { path: 'config/addons/releases.ts', text: releases },
    { path: 'config/bootstrap/defaults.ts', text: bootstrap },
    { path: 'config/bootstrap/argo-cd.ts', text: argoCD },
    { path: 'config/bootstrap/external-secrets.ts', text: externalSecrets },
  ];
}
