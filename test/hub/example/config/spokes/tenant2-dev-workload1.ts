import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant2',
  environment: 'dev',
  secret: 'fleet/tenant2-dev-workload1',
  annotations: { 'company.example/region': 'us-east-1', 'company.example/vpc-id': 'vpc-0c1' },
  model: 'distributed',
  manages: ['addons'],
} satisfies SpokeConfig;
