import type { Step } from '../../claims';
import { until } from '../../until';
import { comesBack, onCluster, othersGoOn, projectId, staysAsItWas, tried, untilMissing } from './annotations';
import { type First, infraName, secretName } from './first';

export const none: Step<First> = {
  name: 'none',
  title: 'a bare cluster secret: labels, and no annotation at all',
  claims: [
    {
      says: 'The root has no error; the Application of that cluster names what is missing, and nothing on the cluster moves',
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        const { metadata, ...rest } = await topology.registration(tried);
        const { annotations: _, ...bare } = metadata;
        await topology.infra.api.delete('secrets', secretName(tried), 'argocd');
        await until(`the root makes no Application of ${tried} any more`, 60, async () =>
          (await topology.argoCD(infraName).application(topology.rootApplication(tried))) ? 'it is there' : undefined,
        );
        // Not applied: `kubectl apply` would leave an annotation of its own.
        await topology.infra.api.create('secrets', 'argocd', { ...rest, metadata: bare });
        await untilMissing(topology, projectId);
        await staysAsItWas(topology);
      },
    },
    othersGoOn,
    comesBack('With its annotations the cluster is taken over again: all is as before, by uid'),
  ],
};
