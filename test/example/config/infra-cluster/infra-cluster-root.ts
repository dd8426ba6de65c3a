import type { FleetAppConfig } from 'cdk8s-fleet';

// Installed once when a region is created (`fleet bootstrap`); from then on it updates itself.
export default {
  kind: 'RootApplicationSet',
  description: 'Deploys the infra cluster of its region',
  owners: ['team-platform@example.com'],
  clusterType: 'infra-cluster',
} satisfies FleetAppConfig;
