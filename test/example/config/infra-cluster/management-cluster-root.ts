import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  kind: 'RootApplicationSet',
  description: 'Deploys the management clusters of its region, each by its own Argo CD',
  owners: ['team-platform@example.com'],
  clusterType: 'management-cluster',
} satisfies FleetAppConfig;
