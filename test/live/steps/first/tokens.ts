import type { Step } from '../../claims';
import { cloudOf, kept, projectId, restore, tried, untilCloud, vpcId } from './annotations';
import type { First } from './first';

export const tokens: Step<First> = {
  name: 'tokens',
  title: "a cluster's own values arrive",
  claims: [
    {
      says: 'Name and annotations of a cluster secret arrive in the values that Helm got, each cluster its own',
      prove: async (topology) => {
        for (const name of [kept, tried]) {
          const annotations = topology.annotationsOf(name);
          const network = `projects/${annotations[projectId]}/global/networks/${annotations[vpcId]}`;
          await untilCloud(topology, name, 'projectId', annotations[projectId] ?? '');
          await untilCloud(topology, name, 'network', network);
          const labels = (await topology.installed(name, 'monitoring', 'prometheus-kube-prometheus-stack'))?.values.prometheus.prometheusSpec.externalLabels;
          if (labels?.cluster !== name) throw new Error(`the labels of ${name} are ${JSON.stringify(labels)}`);
        }
      },
    },
    {
      says: 'A changed annotation arrives, on that cluster and no other',
      prove: async (topology) => {
        const before = await cloudOf(topology, kept);
        await topology.annotate(tried, { [projectId]: 'another-project' });
        await untilCloud(topology, tried, 'projectId', 'another-project');
        const after = await cloudOf(topology, kept);
        if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error(`${kept} has ${JSON.stringify(after)}`);
        await restore(topology, tried);
      },
    },
  ],
};
