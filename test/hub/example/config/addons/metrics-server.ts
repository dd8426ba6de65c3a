import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Resource metrics for autoscaling',
  repoURL: 'https://kubernetes-sigs.github.io/metrics-server',
  chart: 'metrics-server',
  namespace: 'kube-system',
  values: { replicas: 1 },
  overrides: {
    '*': { enabled: true },
    'tenant1/prod': { values: { replicas: 2 } },
    'tenant2/prod': { values: { replicas: 2 } },
  },
} satisfies ComponentConfig;
