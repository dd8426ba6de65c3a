import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'External Secrets Operator',
  repoURL: 'https://charts.external-secrets.io',
  chart: 'external-secrets',
  version: '1.1.0',
  values: {
    serviceAccount: {
      name: 'external-secrets',
      // The secret store reads the secret manager with this account.
      annotations: { 'eks.amazonaws.com/role-arn': (target) => `arn:aws:iam::111122223333:role/${target.cluster}-external-secrets` },
    },
  },
} satisfies ComponentConfig;
