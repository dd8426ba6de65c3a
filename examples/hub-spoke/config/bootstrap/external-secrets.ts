import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'External Secrets Operator',
  repoURL: 'https://charts.external-secrets.io',
  chart: 'external-secrets',
  version: '1.1.0',
  values: { serviceAccount: { name: 'external-secrets' } },
} satisfies ComponentConfig;
