import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'Hosted control planes',
  owners: ['team-hypershift@example.com'],
  source: {
    repoURL: 'https://github.com/company/hypershift-config',
    targetRevision: 'v0.1.62',
    path: 'charts/hypershift-operator',
    helm: {
      valuesObject: {
        cloud: {
          provider: 'gcp',
          projectId: cluster.annotation('gcp-hcp/project-id'),
          network: `projects/${cluster.annotation('gcp-hcp/project-id')}/global/networks/${cluster.annotation('gcp-hcp/vpc-id')}`,
          region: (target) => target.region,
        },
        operator: { replicas: 1 },
      },
    },
  },
  destination: { namespace: 'hypershift' },
  overrides: {
    production: { source: { helm: { valuesObject: { operator: { replicas: 3 } } } } },
  },
} satisfies FleetAppConfig;
