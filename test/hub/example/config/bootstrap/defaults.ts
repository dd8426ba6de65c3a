import type { GroupConfig } from 'cdk8s-fleet';

export default {
  description: 'What a cluster needs to deploy for itself',
  owners: ['team-platform@example.com'],
  // Their custom resource definitions are too large for an annotation that keeps what was applied last.
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' },
} satisfies GroupConfig;
