import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { type First, managementNames } from './first';
import { installed, newer, older } from './promote';

const file = 'config/management-cluster/cert-manager.ts';
const closed = "'production/prod-sector-1': { source:";
const opened = "'production/prod-sector-1': { hydrate: true, source:";
const objects = 'dist/management-cluster/production/prod-sector-1/us-east1/manifests/cert-manager';

const applications = managementNames.map((name) => `${name}: applications argocd/cert-manager`);

async function untilThere(topology: First, commit: string, version: string): Promise<void> {
  await topology.untilSeen(commit);
  for (const name of managementNames) await topology.untilChart(name, ...installed, version);
  await topology.untilSynced();
}

/** An Application that reads the folder of its objects, or again its chart. */
async function untilReads(topology: First, what: 'path' | 'chart'): Promise<void> {
  for (const name of managementNames) {
    const found = (await topology.argoCD(name).applications()).find(({ metadata }) => metadata.name === 'cert-manager');
    if (!found?.spec.source?.[what]) throw new Error(`on ${name} it reads ${JSON.stringify(found?.spec.source)}`);
  }
}

/** Before the promotion, which is one of an opened app then. */
export const open: Step<First> = {
  name: 'open',
  title: 'the chart of an app is opened on the running fleet, as docs/charts.md says',
  claims: [
    {
      says: 'Its Application reads the objects in Git instead of the chart, and no object is made again or changed, by uid and spec',
      prove: async (topology) => {
        const { fleet } = topology;
        await topology.note('before the opening');
        fleet.edit(file, (text) => text.replace(closed, opened));
        await fleet.mustFleetOnline('charts', 'pull', 'management-cluster/cert-manager');
        await fleet.mustFleet('synth');
        await untilThere(topology, await fleet.commit('Open cert-manager in a sector'), older);
        await untilReads(topology, 'path');
        assertDifference(difference(topology.recall('before the opening'), await topology.state()), { changed: applications });
      },
    },
    {
      says: 'Before a new version goes there, Git shows which objects it changes, and how',
      prove: async ({ fleet }) => {
        const folder = fleet.read(`${objects}/configmap-cert-manager-cert-manager.yaml`);
        if (!folder.includes(`chart: ${older}`)) throw new Error(`it holds ${folder}`);
        fleet.edit(file, (text) => text.replace("targetRevision: 'v1.17.0'", "targetRevision: 'v1.19.0'"));
        const shown = await fleet.mustFleet('diff');
        await fleet.git('checkout', '--quiet', '--', 'config');
        if (!shown.includes('ConfigMap cert-manager/cert-manager-cert-manager') || !shown.includes(`${older} → ${newer}`)) throw new Error(shown);
      },
    },
  ],
};

/** After the promotion was taken back. */
export const close: Step<First> = {
  name: 'close',
  title: 'the chart of an app is closed again',
  needs: ['open'],
  claims: [
    {
      says: 'Its Application reads the chart again, and all is as before, by uid and spec',
      prove: async (topology) => {
        const { fleet } = topology;
        fleet.edit(file, (text) => text.replace(opened, closed));
        await fleet.mustFleet('synth');
        if (fleet.has(objects)) throw new Error('its objects are still in Git');
        await untilThere(topology, await fleet.commit('Close cert-manager again'), older);
        await untilReads(topology, 'chart');
        assertDifference(difference(topology.recall('before the opening'), await topology.state()));
      },
    },
  ],
};
