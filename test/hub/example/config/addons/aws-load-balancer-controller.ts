import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  description: 'Load balancers for services and ingresses',
  repoURL: 'https://aws.github.io/eks-charts',
  chart: 'aws-load-balancer-controller',
  namespace: 'kube-system',
  // With the name of a cluster behind it, the component's own would be too long for many of them.
  applicationName: 'lbc',
  values: {
    clusterName: (target) => target.cluster,
    region: (target) => target.annotations['company.example/region'],
    vpcId: (target) => target.annotations['company.example/vpc-id'],
    // Its own certificate would be another one at every rendering.
    enableCertManager: true,
    serviceAccount: { create: true, name: 'aws-load-balancer-controller' },
  },
  overrides: {
    tenant1: { enabled: true },
    'tenant2/prod': { enabled: true, values: { replicaCount: 3 } },
  },
} satisfies ComponentConfig;
