import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { until } from '../../until';
import { type First, managementApps, managementNames } from './first';

const app = ['management-cluster', 'prometheus'];
const gates = ['stage', 'production', 'production/prod-sector-1'].flatMap((node) => ['--approve', node]);

const isOf = (namespace: string) => (key: string) => key.includes(` ${namespace}/`);

export const retireApp: Step<First> = {
  name: 'retire-app',
  title: 'an app is retired, as docs/operate.md says',
  claims: [
    {
      says: 'Switched off along the sequence, its Application goes and all that it deployed; nothing else moves, by uid and spec',
      prove: async (topology) => {
        const { fleet } = topology;
        const before = await topology.state();
        await fleet.mustFleet('retire', ...app, '--commit');
        await fleet.mustFleet('promote', ...app, 'patch-001', '--all', ...gates, '--commit');
        await fleet.push();
        const left = managementApps.filter((name) => name !== app[1]);
        for (const name of managementNames) {
          await topology.argoCD(name).untilSynced(left);
          await until(
            `nothing of it is left on ${name}`,
            60,
            async () => (await topology.installed(name, 'monitoring', 'prometheus-kube-prometheus-stack'))?.chart,
          );
        }
        const after = await topology.state();
        const gone = [...before.keys()].filter((key) => isOf('monitoring')(key) || key.endsWith(' argocd/prometheus'));
        assertDifference(difference(before, after), { gone });
        topology.noted.set('without the app', after);
      },
    },
    {
      says: 'Then its file goes, and nothing changes anywhere',
      prove: async (topology) => {
        const { fleet } = topology;
        await fleet.mustFleet('retire', ...app, '--commit');
        if (fleet.has(`config/${app.join('/')}.ts`)) throw new Error(`its file is still there:\n${await fleet.mustFleet('retire', ...app)}`);
        await topology.untilSeen(await fleet.push());
        assertDifference(difference(topology.recall('without the app'), await topology.state()));
      },
    },
  ],
};
