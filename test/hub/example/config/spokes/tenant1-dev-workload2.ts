import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant1',
  environment: 'dev',
  secret: 'fleet/tenant1-dev-workload2',
  annotations: { 'company.example/region': 'eu-west-1', 'company.example/vpc-id': 'vpc-0b2' },
  model: 'distributed',
  manages: ['addons', 'resources'],
} satisfies SpokeConfig;
