import type { GroupConfig } from 'cdk8s-fleet';

export default {
  description: 'What a cluster needs to deploy for itself',
  owners: ['team-platform@example.com'],
  bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' },
} satisfies GroupConfig;
