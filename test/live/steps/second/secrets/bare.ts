import type { Claim } from '../../../claims';
import type { KubernetesObject } from '../../../kubernetes-api';
import { type Difference, wrongDifference } from '../../../state';
import { until } from '../../../until';
import { hubName, type Second } from '../second';

const cluster = 'bare';

/** A cluster secret as somebody writes one by hand: the labels of another cluster, and no annotation at all. */
async function register(topology: Second, like: string): Promise<void> {
  const { hub } = topology;
  const { metadata, type } = (await hub.api.get('secrets', `cluster-${like}`, 'argocd')) as KubernetesObject;
  // Nobody answers there: nothing can be deployed twice.
  const stringData = { name: cluster, server: 'https://127.0.0.1:1', config: '{}' };
  await hub.api.create('secrets', 'argocd', {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name: `cluster-${cluster}`, labels: metadata.labels },
    stringData,
  });
}

/** What is not the bare cluster's own. */
function ofOthers({ came, gone, changed, replaced }: Difference): Difference {
  const isOthers = (key: string) => !key.endsWith(`-${cluster}`);
  return { came: came.filter(isOthers), gone: gone.filter(isOthers), changed: changed.filter(isOthers), replaced: replaced.filter(isOthers) };
}

/**
 * @param like        the cluster whose labels it has
 * @param component   one with a token of the annotation
 * @param noted       the state before it
 */
export function bareSecret(like: string, component: string, annotation: string, noted: string): Claim<Second> {
  return {
    says: 'A cluster secret without any annotation fails no ApplicationSet: its own Application names what is missing, and no other one moves; without it all is as before',
    prove: async (topology) => {
      await register(topology, like);
      const application = `${component}-${cluster}`;
      await until(`${application} names ${annotation}`, 180, async () => {
        const complaints = await topology.argoCD(hubName).complaints(component);
        if (complaints.length > 0) return complaints.join('; ');
        const found = await topology.argoCD(hubName).application(application);
        const said = JSON.stringify(found?.spec.sources ?? found?.spec.source ?? 'it is not there');
        return said.includes(`the cluster secret has no annotation ${annotation}`) ? undefined : said;
      });
      const wrong = wrongDifference(ofOthers(await topology.since(noted)), {});
      if (wrong) throw new Error(`others moved: ${wrong}`);
      await topology.hub.api.delete('secrets', `cluster-${cluster}`, 'argocd');
      await until('nothing of it is left', 120, async () => wrongDifference(await topology.since(noted), {}));
    },
  };
}
