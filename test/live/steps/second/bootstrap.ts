import { join } from 'node:path';
import type { Step } from '../../claims';
import { ExternalSecrets } from '../../external-secrets';
import { documented } from './plan';
import { example, hubName, type Second, spokes } from './second';

/** What docs/hub-spoke/operating.md says of a hub: the fifth step, with its own commands, and the sixth. */
export async function bootstrapHub(topology: Second): Promise<void> {
  const { hub, fleet } = topology;
  const commands = documented(topology.document('hub-spoke/operating.md'), 'helm install');
  if (commands.length !== 2) throw new Error(`the document installs ${commands.join(' and ') || 'nothing'}`);
  for (const command of commands) {
    const [program, ...args] = command.split(' ') as [string, ...string[]];
    await topology.program(hub, program, args, join(fleet.folder, example, 'dist/hubs', hubName, 'values/bootstrap'));
  }
  await topology.argoCD(hubName).start();
  await new ExternalSecrets(hub).start();
  await hub.kubectl(['apply', '-f', '-'], await topology.run('bootstrap', hubName));
}

export const bootstrap: Step<Second> = {
  name: 'bootstrap',
  title: 'a hub from nothing, and the six spokes that it registers',
  claims: [
    {
      says: 'Two `helm install` and one `kubectl apply` start the hub, as docs/hub-spoke/operating.md says',
      prove: bootstrapHub,
    },
    {
      says: 'Distributed spokes get their Argo CD and External Secrets from the hub, and these start',
      prove: async (topology) => {
        for (const name of [spokes.managing, spokes.addons, spokes.leaving]) await topology.startOwn(name);
      },
    },
    {
      says: 'Each component of each cluster comes from exactly the Argo CD that `fleet clusters --json` names: version, release, destination, and the values that Helm got',
      prove: (topology) => topology.untilSettled(600),
    },
    {
      says: 'What the secret manager says of a cluster beside Git becomes annotations of its cluster secret',
      prove: async ({ hub }) => {
        for (const name of [hubName, ...Object.values(spokes)]) {
          const secret = await hub.api.get('secrets', `cluster-${name}`, 'argocd');
          const { 'company.example/subnets': subnets, 'company.example/region': region } = secret?.metadata.annotations ?? {};
          if (subnets !== `subnet-of-${name}` || !region) throw new Error(`${name} has ${JSON.stringify(secret?.metadata.annotations)}`);
        }
      },
    },
    {
      says: 'Nobody reads Git without the token of the GitHub App: without credentials the Git host refuses',
      prove: async ({ lab }) => {
        const requests = lab.world.requests().filter(({ host, path }) => host === 'github.com' && path.startsWith('/company/'));
        const served = requests.filter(({ status }) => status === 200);
        const wrong = served.find(({ user }) => user !== 'x-access-token');
        if (served.length === 0 || wrong) throw new Error(`of ${requests.length} requests, ${served.length} were served; ${JSON.stringify(wrong)}`);
      },
    },
  ],
};
