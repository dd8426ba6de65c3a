import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../claims';
import { examples, type First, infraName, managementNames } from './first';

const names = [infraName, ...managementNames];

async function makeRepositories(topology: First): Promise<void> {
  const { fleet, hypershift, observability } = topology;
  await fleet.create();
  cpSync(join(examples, 'config'), fleet.path('config'), { recursive: true });
  await fleet.mustFleet('synth');
  await fleet.commit('Begin with the example');
  await hypershift.create();
  const charts = join(__dirname, '../../charts/common');
  const chart = 'charts/hypershift-operator';
  mkdirSync(hypershift.path(chart), { recursive: true });
  cpSync(charts, hypershift.path(chart), { recursive: true });
  hypershift.write(`${chart}/Chart.yaml`, 'apiVersion: v2\nname: hypershift-operator\nversion: 0.1.62\n');
  await hypershift.git('add', '--all');
  await hypershift.git('commit', '--quiet', '--message', 'The operator');
  for (const version of ['v0.1.61', 'v0.1.62', 'v0.1.63']) await hypershift.git('tag', version);
  await hypershift.push();
  await observability.create();
  observability.write('rules/rules.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: rules\ndata:\n  alert: everything\n');
  await observability.commit('The rules');
}

const install = 'install argocd argo-cd --repo https://argoproj.github.io/argo-helm --version 9.1.0 --namespace argocd --create-namespace'.split(' ');

export const up: Step<First> = {
  name: 'up',
  title: 'three API servers, and what docs/bootstrap.md asks for before a region starts',
  claims: [
    {
      says: 'The example renders and is in Git, as `fleet synth` writes it',
      prove: makeRepositories,
    },
    {
      says: 'Three API servers serve',
      prove: async ({ lab }) => {
        await Promise.all(names.map((name) => lab.cluster(name)));
      },
    },
    {
      says: 'Helm installs Argo CD on each, and its controllers run',
      prove: async (topology) => {
        await Promise.all(
          names.map(async (name) => {
            const { status, stderr } = await topology.cluster(name).command('helm', install);
            if (status !== 0) throw new Error(`helm ${install.join(' ')} on ${name}: ${stderr}`);
            await topology.argoCD(name).start();
          }),
        );
      },
    },
  ],
};
