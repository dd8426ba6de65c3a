import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { bootstrapHub } from './bootstrap';
import { hubName, type Second } from './second';

export const lost: Step<Second> = {
  name: 'lost',
  title: 'the hub is lost, with all that it knew, and rebuilt',
  claims: [
    {
      says: 'Without it everything runs on as it is, by uid and content',
      prove: async (topology) => {
        const rest = topology.clusters.filter(({ name }) => name !== hubName);
        topology.note('before the loss', await topology.state(rest));
        await topology.stopOwn(hubName);
        await topology.hub.lose();
        assertDifference(difference(topology.recall('before the loss'), await topology.state(rest)));
      },
    },
    {
      says: 'A cluster of the same name is bootstrapped as the first one was, with nothing changed in Git',
      prove: async (topology) => {
        await topology.lab.cluster(hubName);
        if ((await topology.argoCD(hubName).applications()).length > 0) throw new Error('the new hub knows the old one');
        topology.giveSecret(hubName);
        await bootstrapHub(topology);
      },
    },
    {
      says: 'Registrations and Applications come back, and find what they deployed: nothing on a spoke was made again or changed',
      prove: async (topology) => {
        await topology.untilSettled(600);
        const rest = topology.clusters.filter(({ name }) => name !== hubName);
        assertDifference(difference(topology.recall('before the loss'), await topology.state(rest)));
      },
    },
  ],
};
