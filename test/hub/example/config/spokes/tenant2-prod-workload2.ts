import type { SpokeConfig } from 'cdk8s-fleet';

export default {
  hub: 'hub-1',
  tenant: 'tenant2',
  environment: 'prod',
  secret: 'fleet/tenant2-prod-workload2',
  annotations: { 'company.example/region': 'us-east-1', 'company.example/vpc-id': 'vpc-0c3' },
  components: { 'external-dns': { enabled: false } },
} satisfies SpokeConfig;
