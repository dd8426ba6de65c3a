import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'The shop',
  owners: ['team-shop@example.com'],
  source: {
    repoURL: 'https://charts.example.com',
    chart: 'shop',
    targetRevision: '1.0.0',
    helm: {
      valuesObject: {
        // Known to the cluster alone: a token in the objects, too.
        host: `shop.${cluster.annotation('example.com/domain')}`,
        replicas: 1,
      },
    },
  },
  destination: { namespace: 'shop' },
  overrides: {
    production: { source: { helm: { valuesObject: { replicas: 3 } } } },
  },
  patches: {
    'patch-001': {
      description: 'shop 1.1.0: nothing runs as root, and where several run they are not all evicted at once',
      rolledOutTo: ['integration'],
      change: { source: { targetRevision: '1.1.0' } },
    },
  },
} satisfies FleetAppConfig;
