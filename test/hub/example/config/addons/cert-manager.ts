import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Certificates',
  repoURL: 'https://charts.jetstack.io',
  chart: 'cert-manager',
  namespace: 'cert-manager',
  values: { crds: { enabled: true } },
  overrides: {
    tenant1: { enabled: true },
    tenant2: { enabled: true },
    'tenant2/prod/tenant2-prod-workload1': { values: { replicaCount: 3 } },
  },
} satisfies ComponentConfig;
