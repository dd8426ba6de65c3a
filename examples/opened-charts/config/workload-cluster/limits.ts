import type { FleetAppConfig } from 'cdk8s-fleet';

// A chart that is a folder of this repository.
export default {
  description: 'What the namespaces of teams may use',
  source: {
    repoURL: 'https://github.com/company/fleet',
    targetRevision: 'HEAD',
    path: 'examples/opened-charts/charts/limits',
    helm: { valuesObject: { teams: ['payments', 'search'], memory: '4Gi' } },
  },
  destination: { namespace: 'default' },
  overrides: {
    production: { source: { helm: { valuesObject: { memory: '16Gi' } } } },
  },
} satisfies FleetAppConfig;
