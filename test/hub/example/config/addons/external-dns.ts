import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'DNS records for services and ingresses',
  repoURL: 'https://kubernetes-sigs.github.io/external-dns',
  chart: 'external-dns',
  namespace: 'external-dns',
  values: {
    provider: { name: 'aws' },
    policy: 'upsert-only',
    txtOwnerId: (target) => target.cluster,
  },
  overrides: {
    tenant1: { enabled: true, values: { domainFilters: ['tenant1.company.example'] } },
    'tenant1/prod': { values: { policy: 'sync' } },
    tenant2: { enabled: true, values: { domainFilters: ['tenant2.company.example'] } },
  },
} satisfies ComponentConfig;
