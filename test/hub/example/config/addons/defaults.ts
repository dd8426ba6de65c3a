import type { GroupConfig } from 'cdk8s-fleet';

export default {
  description: 'What every workload cluster has',
  owners: ['team-platform@example.com'],
} satisfies GroupConfig;
