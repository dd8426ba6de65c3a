import type { Step } from '../../claims';
import { assertDifference } from '../../state';
import { until } from '../../until';
import { promote } from './release';
import { hubName, type Second } from './second';

const name = 'tenant1-dev-workload3';
const registration = `cluster-${name}`;
const flags = ['--tenant', 'tenant1', '--environment', 'dev', '--secret', `fleet/${name}`];
const annotations = ['company.example/region=eu-west-1', 'company.example/vpc-id=vpc-0b4'].flatMap((annotation) => ['--annotation', annotation]);

export const newSpoke: Step<Second> = {
  name: 'new-spoke',
  title: 'a new spoke, whose secret comes late',
  claims: [
    {
      says: 'Its registration says that the secret manager has no such secret; nobody deploys anything, and nothing else moves, by uid and spec',
      prove: async (topology) => {
        await topology.lab.cluster(name);
        topology.note('before the new spoke', await topology.state());
        await topology.run('new', 'spoke', name, ...flags, ...annotations);
        await topology.fleet.commit(`Register ${name}`);
        await until(`the registration of ${name} says that it cannot read the secret`, 120, async () => {
          const { isReady, message } = await topology.readiness(topology.hub, registration);
          return !isReady && message.includes('secret') ? undefined : message;
        });
        assertDifference(await topology.since('before the new spoke'), { came: [`${hubName}: externalsecrets argocd/${registration}`] });
      },
    },
    {
      says: 'Meanwhile the others go on: a release arrives at another cluster',
      prove: async (topology) => {
        await promote(topology, 'tenant1/prod');
        const changed = async () => (await topology.hub.api.get('secrets', 'cluster-tenant1-prod-workload1', 'argocd'))?.metadata.labels?.addonsRelease;
        await until('the label of tenant1-prod-workload1 names the release', 180, async () => ((await changed()) === 'release1' ? undefined : await changed()));
      },
    },
    {
      says: 'The secret comes, External Secrets asks again by itself, and the spoke gets all that `fleet clusters --json` says',
      prove: async (topology) => {
        topology.giveSecret(name);
        await until(`External Secrets has asked again for the secret of ${name}`, 500, async () => {
          const { isReady, message } = await topology.readiness(topology.hub, registration);
          return isReady ? undefined : message;
        });
        await topology.untilSettled();
      },
    },
  ],
};
