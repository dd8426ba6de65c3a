import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Argo CD',
  repoURL: 'https://argoproj.github.io/argo-helm',
  chart: 'argo-cd',
  version: '9.1.3',
  values: {
    configs: { params: { 'server.insecure': true } },
    dex: { enabled: false },
    notifications: { enabled: false },
  },
  overrides: {
    // The hub works for every cluster.
    'platform/prod/hub-1': { values: { controller: { replicas: 2 }, repoServer: { replicas: 3 } } },
  },
} satisfies ComponentConfig;
