import type { Step } from '../../../claims';
import { assertDifference } from '../../../state';
import { until } from '../../../until';
import { hubName, type Second, spokes } from '../second';
import { bareSecret } from './bare';

const annotation = 'company.example/subnets';
const chart = 'metrics-server';
const file = `examples/hub-spoke/config/addons/${chart}.ts`;
/** Of which the manager's entry loses the annotation; its hub deploys to it. */
const tried = spokes.prod;
const application = `${chart}-${tried}`;

/** What the chart of a cluster was given. */
async function given(topology: Second, name: string): Promise<{ readonly subnets?: unknown; readonly replicas?: unknown }> {
  const installed = await topology.cluster(name).api.get('configmaps', `${chart}-${chart}`, 'kube-system');
  return JSON.parse(installed?.data.values ?? '{}');
}

/** The entry of a cluster with another text in place of the annotation, which External Secrets asks for now. */
async function say(topology: Second, subnets: string): Promise<void> {
  const { server, token, caData } = topology.cluster(tried);
  const config = { bearerToken: token, tlsClientConfig: { insecure: false, caData } };
  topology.give(`fleet/${tried}`, { server, config, annotations: { [annotation]: subnets } });
  await topology.ask(`cluster-${tried}`);
}

export const tokens: Step<Second> = {
  name: 'tokens',
  title: 'what only the secret manager knows reaches charts, and one that lacks it',
  claims: [
    {
      says: 'Each cluster gets its own value in place of a token, with the values of its file beside it, and nothing else moves',
      prove: async (topology) => {
        topology.note('before the token', await topology.state());
        topology.fleet.edit(file, (text) =>
          text
            .replace("import type { ComponentConfig } from 'cdk8s-fleet';", "import { cluster, type ComponentConfig } from 'cdk8s-fleet';")
            .replace('values: { replicas: 1 }', `values: { replicas: 1, subnets: [cluster.annotation('${annotation}'), 7] }`),
        );
        await topology.merge('Give metrics-server the subnets of its cluster');
        await topology.untilSettled();
        const members = (await topology.members()).filter(({ components }) => components.some(({ name }) => name === chart));
        for (const { name } of members) {
          const { subnets, replicas } = await given(topology, name);
          const [is, should] = [
            JSON.stringify({ subnets, replicas: typeof replicas }),
            JSON.stringify({ subnets: [`subnet-of-${name}`, 7], replicas: 'number' }),
          ];
          if (is !== should) throw new Error(`the chart of ${name} was given ${is}, and should have been ${should}`);
        }
        const by = (member: (typeof members)[number]) => member.components.find(({ name }) => name === chart)?.deployedBy ?? hubName;
        assertDifference(await topology.since('before the token'), {
          changed: [
            ...members.flatMap((member) => [
              `${by(member)}: applications argocd/${chart}-${member.name}`,
              `${member.name}: configmaps kube-system/${chart}-${chart}`,
            ]),
            ...[...new Set(members.map(by))].map((name) => `${name}: applicationsets argocd/${chart}`),
          ],
        });
        topology.note('with the token', await topology.state());
      },
    },
    bareSecret(tried, chart, annotation, 'with the token'),
    {
      says: 'A cluster whose secret lacks the annotation: its Application says which, what it deployed stays, and no other Application changes',
      prove: async (topology) => {
        await say(topology, '');
        const wanted = `the cluster secret has no annotation ${annotation}`;
        await until(`${application} says that ${annotation} is missing`, 180, async () => {
          const found = await topology.argoCD(hubName).application(application);
          const said = (found?.status?.conditions ?? []).map(({ message }: { readonly message: string }) => message).join('; ');
          const complaints = await topology.argoCD(hubName).complaints(chart);
          return complaints.length > 0 ? complaints.join('; ') : said.includes(wanted) ? undefined : said || 'it says nothing';
        });
        assertDifference(await topology.since('with the token'), { changed: [`${hubName}: applications argocd/${application}`] });
      },
    },
    {
      says: 'With it all is as before, by uid and spec',
      prove: async (topology) => {
        topology.giveSecret(tried);
        await topology.ask(`cluster-${tried}`);
        await topology.untilSettled();
        assertDifference(await topology.since('with the token'));
        await topology.fleet.git('revert', '--no-edit', 'HEAD');
        await topology.fleet.push();
        await topology.untilSettled();
        assertDifference(await topology.since('before the token'));
      },
    },
  ],
};
