import type { Step } from '../../claims';
import { until } from '../../until';
import { comesBack, onCluster, staysAsItWas, tried } from './annotations';
import { type First, infraName } from './first';

const label = 'gcp-hcp/cluster-type';

export const unlabel: Step<First> = {
  name: 'unlabel',
  title: 'a cluster secret loses the label that its root selects by',
  claims: [
    {
      says: 'The root lets the cluster go, and everything on it stays: Applications and workloads, by uid',
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        await topology.label(tried, { [label]: null });
        await until(`the root makes no Application of ${tried} any more`, 60, async () =>
          (await topology.argoCD(infraName).application(topology.rootApplication(tried))) ? 'it is there' : undefined,
        );
        await staysAsItWas(topology);
      },
    },
    comesBack('With the label the cluster is taken over again: all is as before, by uid'),
  ],
};
