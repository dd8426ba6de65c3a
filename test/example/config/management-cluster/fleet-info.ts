import type { FleetAppConfig } from 'cdk8s-fleet';
import { ConfigMap } from 'cdk8s-plus-27';

// What a cluster is, for whoever stands in front of it: written as constructs, rendered as plain manifests.
export default {
  description: 'Where in the fleet a cluster stands',
  owners: ['team-platform@example.com'],
  destination: { namespace: 'fleet-info' },
  workloads: (chart, target) => {
    new ConfigMap(chart, 'place', {
      metadata: { name: 'fleet-place' },
      data: { environment: target.environment, sector: target.sector, region: target.region },
    });
  },
} satisfies FleetAppConfig;
