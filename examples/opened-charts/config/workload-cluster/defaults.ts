import { cluster, type DefaultsConfig } from 'cdk8s-fleet';

export default {
  applications: {
    project: 'default',
    destination: { name: cluster.name },
    syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
    // Git holds the objects of every chart, for this version of Kubernetes.
    hydrate: true,
    kubernetes: '1.33',
  },
} satisfies DefaultsConfig;
