import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../claims';
import { difference, wrongDifference } from '../../state';
import { holds, until } from '../../until';
import { type First, infraName, managementNames } from './first';

/** An app that is not healthy as long as its workload, which no node runs, has a replica; and one that needs it. */
const [needed, needing] = ['needed', 'needing'] as const;
const namespace = 'ordered';
const file = (app: string) => `config/management-cluster/${app}.ts`;

const appFile = (app: string, more: string) => `import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  source: { repoURL: 'https://github.com/company/observability', path: '${app}', targetRevision: 'main' },
  destination: { namespace: '${namespace}' },
  ${more}
} satisfies FleetAppConfig;
`;

const labels = { app: needed };
const workload = (replicas: number) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: needed },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'none', image: 'none.invalid/none' }] } },
    },
  });
const settings = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: needing }, data: {} });

async function changeWorkload({ observability }: First, replicas: number): Promise<void> {
  const path = `${needed}/workload.yaml`;
  if (observability.has(path) && observability.read(path) === workload(replicas)) return;
  observability.write(path, workload(replicas));
  observability.write(`${needing}/settings.yaml`, settings);
  await observability.commit(`The workload that is needed has ${replicas} replicas`);
}

async function merge({ fleet }: First, message: string): Promise<string> {
  await fleet.mustFleet('synth');
  return fleet.commit(message);
}

async function healthOf(topology: First, cluster: string, app: string): Promise<string | undefined> {
  return (await topology.argoCD(cluster).application(app))?.status?.health?.status;
}

async function untilThere(topology: First, cluster: string, app: string): Promise<void> {
  await until(`${app} is on ${cluster}`, 120, async () => ((await topology.argoCD(cluster).application(app)) ? undefined : 'it is not there'));
}

async function untilHealth(topology: First, cluster: string, app: string, health: string): Promise<void> {
  await until(`${app} on ${cluster} is ${health}`, 120, async () => {
    const found = await healthOf(topology, cluster, app);
    return found === health ? undefined : (found ?? 'it has no health');
  });
}

async function withoutBoth(topology: First): Promise<void> {
  const { fleet } = topology;
  for (const app of [needed, needing]) await fleet.git('rm', '--quiet', file(app));
  await merge(topology, 'Neither is needed any more');
  await topology.untilSynced();
}

async function withBoth(topology: First): Promise<void> {
  const { fleet } = topology;
  fleet.write(file(needed), appFile(needed, "description: 'What is needed',"));
  fleet.write(file(needing), appFile(needing, `after: ['${needed}'],`));
  await changeWorkload(topology, 1);
  await merge(topology, `${needing} needs ${needed}`);
}

/** The ConfigMap that docs/bootstrap.md shows. */
function documented(): string {
  const text = readFileSync(join(__dirname, '../../../../docs/bootstrap.md'), 'utf8');
  const [, section = ''] = text.split('## Health of Applications\n');
  const [, shown = ''] = section.split(/^```(?:yaml\n)?/m);
  if (!shown.includes('name: argocd-cm')) throw new Error('docs/bootstrap.md shows no argocd-cm');
  return shown;
}

export const after: Step<First> = {
  name: 'after',
  title: 'an app needs another one first, as docs/configuration.md says',
  claims: [
    {
      says: 'Where Argo CD is not told what the health of Applications is, it waits for none: the app arrives while what it needs is not healthy',
      prove: async (topology) => {
        await topology.note('before both');
        await withBoth(topology);
        for (const name of managementNames) {
          await untilThere(topology, name, needing);
          if ((await healthOf(topology, name, needed)) === 'Healthy') throw new Error(`${needed} on ${name} is healthy`);
          // An Application that goes while it is synced may leave behind what that sync was about to make.
          await topology.argoCD(name).untilOneSynced(needing);
        }
        await withoutBoth(topology);
      },
    },
    {
      says: 'With the health of Applications in `argocd-cm`, as docs/bootstrap.md shows it, what is needed arrives, and the app does not before that is healthy',
      prove: async (topology) => {
        await topology.infra.kubectl(['apply', '--server-side', '-f', '-'], documented());
        await withBoth(topology);
        for (const name of managementNames) await untilHealth(topology, name, needed, 'Progressing');
        await holds('nobody has what needs it', 25, async () => {
          for (const name of managementNames) if (await topology.argoCD(name).application(needing)) return `it is on ${name}`;
          return undefined;
        });
        for (const name of managementNames) {
          const { phase, message = '' } = (await topology.argoCD(infraName).application(topology.rootApplication(name)))?.status?.operationState ?? {};
          if (phase !== 'Running' || !message.includes(needed)) throw new Error(`the sync of ${name} is ${phase}: ${message}`);
        }
      },
    },
    {
      says: 'Once it is, the app arrives, and all is Synced and Healthy',
      prove: async (topology) => {
        await changeWorkload(topology, 0);
        for (const name of managementNames) {
          await untilHealth(topology, name, needed, 'Healthy');
          await untilThere(topology, name, needing);
          await topology.argoCD(name).untilOneSynced(needing);
        }
      },
    },
    {
      says: 'Both go as they came; nothing else has moved, by uid and spec',
      prove: async (topology) => {
        await withoutBoth(topology);
        await topology.infra.api.patch('configmaps', 'argocd-cm', 'argocd', { data: null });
        const left = managementNames.map((name) => `${name}: namespaces ${namespace}`);
        // What a finalizer takes along goes after its Application was last seen.
        await until('all is as it was before both', 60, async () => {
          const { came, ...others } = difference(topology.recall('before both'), await topology.state());
          return wrongDifference({ came, ...others }, { came: came.filter((key) => left.includes(key)) });
        });
      },
    },
  ],
};
