import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../../claims';
import { Repository } from '../../../repository';
import { until } from '../../../until';
import { example, hubName, type Second, spokes } from '../second';
import { credentials as always } from '../up';

/** A repository of each type, and what it asks for. */
const repositories = {
  'from-git': { place: 'github.com/partner/', user: 'reader', source: "repoURL: 'https://github.com/partner/apps', path: 'app'" },
  'from-helm': { place: 'charts.company.example/', user: 'robot', source: "repoURL: 'https://charts.company.example', chart: 'stand-in'" },
  'from-registry': {
    place: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/',
    user: 'AWS',
    source: "repoURL: '111122223333.dkr.ecr.eu-west-1.amazonaws.com', chart: 'charts/stand-in'",
  },
  'from-image': { place: 'registry.company.example/', user: 'puller', source: "repoURL: 'oci://registry.company.example/images/stand-in', path: '.'" },
} as const;

type Name = keyof typeof repositories;
const names = Object.keys(repositories) as readonly Name[];

const settings = `
    partner: { url: 'https://github.com/partner/apps', https: { secret: 'fleet/partner' } },
    helm: { url: 'https://charts.company.example', https: { secret: 'fleet/helm' } },
    image: { url: 'oci://registry.company.example/images/stand-in', https: { secret: 'fleet/image' } },`;
const secrets: Readonly<Partial<Record<Name, string>>> = { 'from-git': 'fleet/partner', 'from-helm': 'fleet/helm', 'from-image': 'fleet/image' };

/** The secret manager and the repositories agree on passwords, or the repositories have new ones already. */
function setPasswords(topology: Second, password: string, knowing: 'both' | 'repositories' | 'manager'): void {
  const asked = Object.fromEntries(names.filter((name) => secrets[name]).map((name) => [repositories[name].place, `${repositories[name].user}:${password}`]));
  if (knowing !== 'manager') topology.lab.world.demand({ ...always, ...asked });
  if (knowing === 'repositories') return;
  for (const [name, secret] of Object.entries(secrets)) topology.give(secret, { username: repositories[name as Name].user, password });
}

const version = (name: Name) => (name === 'from-git' ? 'HEAD' : '1.0.0');

function component(name: Name): string {
  const overrides = `{ 'platform/prod/${hubName}': { enabled: true }, 'tenant2/dev': { enabled: true } }`;
  return `export default { ${repositories[name].source}, version: '${version(name)}', namespace: 'apps', overrides: ${overrides} };\n`;
}

async function makePartner(topology: Second): Promise<void> {
  const partner = new Repository(topology.lab, 'partner/apps');
  await partner.create();
  cpSync(join(__dirname, '../../../charts/common'), partner.path('app'), { recursive: true });
  partner.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n');
  await partner.commit('The app');
}

export const credentials: Step<Second> = {
  name: 'credentials',
  title: 'repositories of every type that ask who reads: Git by GitHub App and by password, charts of a chart host and of ECR, images of a registry',
  claims: [
    {
      says: 'The credentials reach the Argo CD of the hub and of a distributed spoke, and what is in the repositories is deployed',
      prove: async (topology) => {
        const { fleet } = topology;
        await makePartner(topology);
        setPasswords(topology, 'first', 'both');
        fleet.edit(`${example}/config/members/settings.ts`, (text) => text.replace('repositories: {', `repositories: {${settings}`));
        for (const name of names) fleet.write(`${example}/config/apps/${name}.ts`, component(name));
        fleet.edit(`${example}/config/spokes/${spokes.addons}.ts`, (text) => text.replace("manages: ['addons']", "manages: ['addons', 'apps']"));
        await topology.merge('Deploy from repositories of every type');
        await topology.untilSettled();
      },
    },
    {
      says: 'Each repository asks who reads, and served nobody but whom it knows',
      prove: async ({ lab }) => {
        const requests = lab.world.requests();
        for (const { place, user } of Object.values(repositories)) {
          const here = requests.filter(({ host, path }) => `${host}${path}`.startsWith(place));
          const served = here.filter(({ status }) => status < 400);
          const stranger = served.find((request) => request.user !== user);
          if (served.length === 0 || stranger) throw new Error(`${place} served ${served.length} of ${here.length} requests, and ${JSON.stringify(stranger)}`);
        }
      },
    },
    {
      says: 'A password is changed in the repository alone: Argo CD says that it is refused, and what is deployed stays',
      prove: async (topology) => {
        setPasswords(topology, 'second', 'repositories');
        await until('the Application from Git says that it is refused', 120, async () => {
          const application = await topology.argoCD(hubName).application(`from-git-${hubName}`);
          const messages = (application?.status?.conditions ?? []).map(({ message }: { readonly message: string }) => message).join('; ');
          return /auth/i.test(messages) ? undefined : messages || 'it says nothing';
        });
        if (!(await topology.hub.api.get('deployments', `from-git-${hubName}-app`, 'apps'))) throw new Error('what was deployed is gone');
      },
    },
    {
      says: 'Changed in the secret manager too, it reaches Argo CD when External Secrets asks, and all is as before',
      prove: async (topology) => {
        setPasswords(topology, 'second', 'manager');
        for (const name of [hubName, spokes.addons]) {
          for (const repository of ['partner', 'helm', 'image']) await topology.ask(`repository-${repository}`, topology.cluster(name));
        }
        await topology.untilSettled();
      },
    },
  ],
};
