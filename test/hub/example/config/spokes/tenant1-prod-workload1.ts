import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant1',
  environment: 'prod',
  secret: 'fleet/tenant1-prod-workload1',
  annotations: { 'company.example/region': 'eu-west-1', 'company.example/vpc-id': 'vpc-0b3' },
} satisfies SpokeConfig;
