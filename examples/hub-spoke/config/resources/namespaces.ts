import type { ComponentConfig } from 'cdk8s-fleet';
import type { NamespacesValues } from '../../imports/charts/namespaces';

export default {
  description: "A tenant's namespaces and their quotas, from a chart of this repository",
  owners: ['team-platform@example.com'],
  path: 'examples/hub-spoke/charts/namespaces',
  // The chart needs nothing outside of its folder: other commits do not render it anew.
  alsoReads: [],
  namespace: 'default',
  values: { namespaces: [], quota: { pods: 50 } },
  overrides: {
    tenant1: { enabled: true, values: { namespaces: ['shop', 'payments'] } },
    'tenant1/prod': { values: { quota: { pods: 200 } } },
    tenant2: { enabled: true, values: { namespaces: ['analytics'] } },
  },
} satisfies ComponentConfig<NamespacesValues>;
