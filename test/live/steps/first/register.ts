import type { Step } from '../../claims';
import { until } from '../../until';
import { type First, infraName, managementApps, managementNames, target } from './first';

export const register: Step<First> = {
  name: 'register',
  title: 'two management clusters are registered, as docs/bootstrap.md says',
  claims: [
    {
      says: 'Before it is registered, a cluster gets nothing',
      prove: async (topology) => {
        for (const name of managementNames) {
          const found = await topology.argoCD(name).applications();
          if (found.length > 0) throw new Error(`${name} has ${found.length} Applications`);
        }
      },
    },
    {
      says: "With the secret that `fleet bootstrap --cluster` prints, filled in, the root brings the cluster its Applications; each says what is missing still: the cluster's own name in its own Argo CD",
      prove: async (topology) => {
        for (const name of managementNames) await topology.register(name);
        for (const name of managementNames) {
          await until(`the Applications on ${name} say that they know no such cluster`, 120, async () => {
            const said = (await topology.argoCD(name).applications()).map(({ metadata, status }) => [metadata.name, JSON.stringify(status?.conditions ?? [])]);
            const silent = said.filter(([, conditions]) => !conditions?.includes(`there are no clusters with this name: ${name}`));
            return said.length === managementApps.length && silent.length === 0 ? undefined : said.map((each) => each.join(': ')).join('; ') || 'it has none';
          });
        }
      },
    },
    {
      says: 'With the one that `--own` prints every app of the cluster type reaches Synced and Healthy',
      prove: async (topology) => {
        for (const name of managementNames) {
          const printed = await topology.fleet.mustFleet('bootstrap', target, '--cluster', name, '--own');
          await topology.cluster(name).kubectl(['apply', '-f', '-'], printed);
        }
        await topology.untilSynced();
      },
    },
    {
      says: "The apps of a management cluster live in that cluster's own Argo CD, and deploy to it",
      prove: async (topology) => {
        for (const name of managementNames) {
          for (const { metadata, spec } of await topology.argoCD(name).applications()) {
            if (spec.destination.name !== name) throw new Error(`${metadata.name} on ${name} deploys to ${JSON.stringify(spec.destination)}`);
          }
        }
        const inRegion = (await topology.argoCD(infraName).applications()).map(({ metadata }) => metadata.name);
        const wrong = inRegion.filter((name) => managementApps.includes(name));
        if (wrong.length > 0) throw new Error(`the region's Argo CD has ${wrong.join(', ')}`);
      },
    },
    {
      says: 'What an app installs has the values of its layers: version, replicas and region',
      prove: async (topology) => {
        for (const name of managementNames) {
          const found = await topology.installed(name, 'cert-manager', 'cert-manager-cert-manager');
          const seen = [found?.chart, found?.values.replicaCount, found?.values.webhook?.securePort, found?.values.nodeSelector?.region];
          if (seen.join() !== 'cert-manager v1.17.0,3,10270,us-east1') throw new Error(`${name} got ${JSON.stringify(found)}`);
          const place = await topology.cluster(name).api.get('configmaps', 'fleet-place', 'fleet-info');
          if (place?.data.region !== 'us-east1') throw new Error(`${name} has fleet-place ${JSON.stringify(place?.data)}`);
          if (!(await topology.cluster(name).api.get('configmaps', 'rules', 'monitoring'))) throw new Error(`${name} has no rules of the second source`);
        }
      },
    },
  ],
};
