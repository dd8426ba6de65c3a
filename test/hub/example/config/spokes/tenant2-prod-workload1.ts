import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant2',
  environment: 'prod',
  secret: 'fleet/tenant2-prod-workload1',
  annotations: { 'company.example/region': 'us-east-1', 'company.example/vpc-id': 'vpc-0c2' },
  model: 'distributed',
  manages: ['addons', 'resources'],
} satisfies SpokeConfig;
