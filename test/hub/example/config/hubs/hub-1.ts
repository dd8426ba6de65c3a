import type { HubConfig } from 'cdk8s-fleet';

export default {
  tenant: 'platform',
  environment: 'prod',
  secret: 'fleet/hub-1',
  annotations: { 'company.example/region': 'eu-west-1', 'company.example/vpc-id': 'vpc-0a1' },
  components: {
    'metrics-server': { enabled: true },
    'cert-manager': { enabled: true },
  },
} satisfies HubConfig;
