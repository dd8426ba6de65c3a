import type { RootConfig } from 'cdk8s-fleet';

// Deploys the apps of every workload cluster that is registered, and tells them what its secret says.
export default {
  kind: 'RootApplicationSet',
  clusterType: 'workload-cluster',
} satisfies RootConfig;
