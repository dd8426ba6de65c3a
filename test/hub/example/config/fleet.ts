import { defineHubFleet } from 'cdk8s-fleet';

const fleet = defineHubFleet({
  topology: 'hub-and-spoke',
  repository: 'https://github.com/company/fleet',
  path: 'examples/hub-spoke/dist',
  // The order is the rollout sequence: the hub, which works for all clusters, comes last.
  tenants: [
    {
      name: 'tenant1',
      environments: ['dev', { name: 'prod', promotion: 'manual' }],
    },
    {
      name: 'tenant2',
      environments: ['dev', { name: 'prod', promotion: 'manual' }],
    },
    {
      name: 'platform',
      environments: [{ name: 'prod', promotion: 'manual' }],
    },
  ],
});

export default fleet;

// Every other file knows the tenants and environments from here, without importing it.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
