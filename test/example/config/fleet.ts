import { defineFleet } from 'cdk8s-fleet';

// The order of the nodes is the rollout sequence.
const fleet = defineFleet({
  repository: 'https://github.com/company/gcp-hcp-apps',
  revision: 'HEAD',
  path: 'dist',
  labelPrefix: 'gcp-hcp',
  environments: [
    {
      name: 'integration',
      sectors: [
        { name: 'int-sector-1', promotion: 'automated', regions: ['us-central1', 'europe-west1'] },
        { name: 'int-sector-2', promotion: 'automated', regions: ['us-central1'] },
      ],
    },
    {
      name: 'stage',
      promotion: 'manual',
      sectors: [
        { name: 'stage-sector-1', regions: ['us-east1', 'europe-west1'] },
        { name: 'stage-sector-2', regions: ['ap-east1'] },
      ],
    },
    {
      name: 'production',
      promotion: 'manual',
      sectors: [
        { name: 'prod-canary', regions: ['us-east1'] },
        { name: 'prod-sector-1', promotion: 'manual', regions: ['us-east1', 'europe-east1'] },
      ],
    },
  ],
});

export default fleet;

// Every app file learns the dimension paths of this fleet: a misspelt one is an error in the editor.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}
