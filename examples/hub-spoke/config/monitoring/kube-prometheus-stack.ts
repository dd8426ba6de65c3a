import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Prometheus, Alertmanager, and what they watch a cluster with',
  owners: ['team-observability@example.com'],
  repoURL: 'https://prometheus-community.github.io/helm-charts',
  chart: 'kube-prometheus-stack',
  version: '79.5.0',
  namespace: 'monitoring',
  // Its custom resource definitions are too large for an annotation that keeps what was applied last.
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] },
  values: {
    grafana: { enabled: false },
    prometheus: { prometheusSpec: { retention: '7d', externalLabels: { cluster: (target) => target.cluster } } },
  },
  overrides: {
    '*': { enabled: true },
    'tenant1/dev': { values: { alertmanager: { enabled: false } } },
    'tenant2/dev': { values: { alertmanager: { enabled: false } } },
  },
} satisfies ComponentConfig;
