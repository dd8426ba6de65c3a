import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  description: 'Argo CD itself, upgraded like every other app',
  owners: ['team-platform@example.com'],
  source: {
    repoURL: 'https://argoproj.github.io/argo-helm',
    chart: 'argo-cd',
    targetRevision: '9.1.0',
    helm: {
      releaseName: 'argocd',
      valuesObject: {
        configs: { params: { 'server.insecure': true } },
        controller: { replicas: 1 },
        dex: { enabled: false },
        // null drops the chart's own default: the platform assigns users and groups itself.
        redis: { securityContext: null },
      },
    },
  },
  destination: { namespace: 'argocd' },
  syncPolicy: { syncOptions: ['ServerSideApply=true'] },
  overrides: {
    production: { source: { helm: { valuesObject: { controller: { replicas: 2 } } } } },
  },
} satisfies FleetAppConfig;
