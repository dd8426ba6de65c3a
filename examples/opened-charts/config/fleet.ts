import { defineFleet } from 'cdk8s-fleet';

const fleet = defineFleet({
  repository: 'https://github.com/company/fleet',
  path: 'examples/opened-charts/dist',
  environments: [
    { name: 'integration', sectors: [{ name: 'int-1', regions: ['eu-west-1'] }] },
    { name: 'production', promotion: 'manual', sectors: [{ name: 'prod-1', regions: ['eu-west-1', 'us-east-1'] }] },
  ],
});

export default fleet;

// Every other file knows the names of the fleet from here, without importing it.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
