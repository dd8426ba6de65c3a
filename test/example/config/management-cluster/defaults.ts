import { type ClusterTypeConfig, cluster } from 'cdk8s-fleet';

export default {
  description: 'Clusters that host the control planes of customers',
  applications: {
    namespace: 'argocd',
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
    project: 'default',
    destination: { name: cluster.name },
    syncPolicy: {
      // Nothing is deleted by accident: pruning is opted into app by app.
      automated: { prune: false, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  },
} satisfies ClusterTypeConfig;
