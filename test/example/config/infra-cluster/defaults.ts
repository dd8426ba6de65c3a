import { type ClusterTypeConfig, cluster } from 'cdk8s-fleet';

export default {
  description: 'One per region: runs the Argo CD that brings up everything else',
  applications: {
    namespace: 'argocd',
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
    project: 'default',
    destination: { name: cluster.name },
    syncPolicy: {
      automated: { prune: false, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  },
  applicationSets: { namespace: 'argocd' },
} satisfies ClusterTypeConfig;
