import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { type First, managementNames } from './first';

const roots = ['config/infra-cluster/infra-cluster-root.ts', 'config/infra-cluster/management-cluster-root.ts'];

export const selfUpdate: Step<First> = {
  name: 'self-update',
  title: 'a commit changes the root of the region itself, and the other root',
  claims: [
    {
      says: 'Both roots change themselves and their Applications in place: what they deploy stays, by uid and spec',
      prove: async (topology) => {
        const before = await topology.state();
        for (const root of roots) {
          topology.fleet.edit(root, (text) => text.replace('} satisfies', "  template: { metadata: { labels: { live: 'yes' } } },\n} satisfies"));
        }
        await topology.fleet.mustFleet('synth');
        await topology.fleet.commit('Label what the roots make');
        const infra = topology.infra.name;
        const made = [`infra-cluster-${infra}`, ...managementNames.map((name) => topology.rootApplication(name))];
        for (const name of made) await topology.argoCD(infra).untilOneSynced(name, 120, ({ metadata }) => metadata.labels?.['live'] === 'yes');
        await topology.untilSynced();
        const changed = [
          ...made.map((name) => `${infra}: applications argocd/${name}`),
          ...['infra-cluster-root', 'management-cluster-root'].map((name) => `${infra}: applicationsets argocd/${name}`),
        ];
        assertDifference(difference(before, await topology.state()), { changed });
      },
    },
  ],
};
