import type { Claim, Step } from '../../../claims';
import { assertDifference } from '../../../state';
import { until } from '../../../until';
import { type Second, spokes } from '../second';

const registration = `cluster-${spokes.prod}`;
const secret = `fleet/${spokes.prod}`;

/** Lets External Secrets ask, and looks at what it makes of the answer: the cluster secret stays, and all that hangs on it. */
function keeps(says: string, change: (topology: Second) => void, isExpected: (readiness: { readonly isReady: boolean }) => boolean): Claim<Second> {
  return {
    says,
    prove: async (topology) => {
      const { api } = topology.hub;
      topology.note('before the slip', await topology.state());
      const known = await api.get('secrets', registration, 'argocd');
      const refreshed = async () => (await api.get('externalsecrets', registration, 'argocd'))?.status?.refreshTime;
      const before = await refreshed();
      change(topology);
      await topology.ask(registration);
      await until(`External Secrets has asked for ${secret}`, 60, async () => {
        const readiness = await topology.readiness(topology.hub, registration);
        return isExpected(readiness) && (!readiness.isReady || (await refreshed()) !== before) ? undefined : readiness.message;
      });
      const now = await api.get('secrets', registration, 'argocd');
      if (now?.metadata.uid !== known?.metadata.uid || JSON.stringify(now?.data) !== JSON.stringify(known?.data)) {
        throw new Error(`the cluster secret is another one: ${JSON.stringify(now?.data)}`);
      }
      assertDifference(await topology.since('before the slip'));
    },
  };
}

export const emptied: Step<Second> = {
  name: 'emptied',
  title: 'the secret of a cluster is emptied in the secret manager, and removed there',
  claims: [
    keeps(
      'Emptied: the cluster secret stays as it was, and so do Applications and workloads, by uid and spec',
      (topology) => topology.give(secret, {}),
      ({ isReady }) => isReady,
    ),
    keeps(
      'Removed: the registration says so, and everything stays',
      (topology) => topology.takeSecret(secret),
      ({ isReady }) => !isReady,
    ),
    keeps(
      'Written again: the registration is ready, and nothing has changed',
      (topology) => topology.giveSecret(spokes.prod),
      ({ isReady }) => isReady,
    ),
  ],
};
