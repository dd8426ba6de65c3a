import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'Certificate management for Kubernetes clusters',
  owners: ['team-platform@example.com'],
  source: {
    repoURL: 'https://charts.jetstack.io',
    chart: 'cert-manager',
    targetRevision: 'v1.18.2',
    helm: {
      valuesObject: {
        crds: { enabled: true },
        prometheus: { enabled: true },
        webhook: { securePort: 10260 },
        cainjector: { enabled: true },
      },
    },
  },
  destination: { namespace: 'cert-manager' },
  syncPolicy: { syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  overrides: {
    stage: { source: { helm: { valuesObject: { replicaCount: 2 } } } },
    production: {
      source: {
        // Stable, not the newest.
        targetRevision: 'v1.17.0',
        helm: {
          valuesObject: {
            replicaCount: 3,
            resources: { requests: { cpu: '100m', memory: '512Mi' } },
          },
        },
      },
    },
    'production/prod-sector-1': { source: { helm: { valuesObject: { webhook: { securePort: 10270 } } } } },
    'production/prod-sector-1/us-east1': {
      source: { helm: { valuesObject: { nodeSelector: { region: (target) => target.region } } } },
    },
  },
  patches: {
    'patch-001': {
      description: 'Security update: cert-manager v1.19.0',
      rolledOutTo: ['integration', 'stage/stage-sector-1'],
      change: { source: { targetRevision: 'v1.19.0' } },
    },
    'patch-002': {
      description: 'Renew certificates a week earlier',
      rolledOutTo: ['integration', 'stage/stage-sector-1/us-east1'],
      change: { source: { helm: { valuesObject: { config: { renewBeforeExpiryPercentage: 40 } } } } },
    },
  },
} satisfies FleetAppConfig;
