import type { Step } from '../../claims';
import { comesBack, onCluster, othersGoOn, staysAsItWas, tried, untilMissing, vpcId } from './annotations';
import type { First } from './first';

export const missing: Step<First> = {
  name: 'missing',
  title: 'a cluster secret loses an annotation that apps use',
  claims: [
    {
      says: "That cluster's Application names the annotation that is missing, and nothing on the cluster moves",
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        await topology.annotate(tried, { [vpcId]: null });
        await untilMissing(topology, vpcId);
        await staysAsItWas(topology);
      },
    },
    othersGoOn,
    comesBack('With the annotation all is as before, by uid'),
  ],
};
