import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { holds } from '../../until';
import { type First, managementNames } from './first';

const patch = ['management-cluster', 'cert-manager', 'patch-001'];
const installed = ['cert-manager', 'cert-manager-cert-manager'] as const;
const [older, newer] = ['cert-manager v1.17.0', 'cert-manager v1.19.0'];

/** What a new version of cert-manager changes: its Application, and what records the version. */
const expected = managementNames.flatMap((name) => [`${name}: applications argocd/cert-manager`, `${name}: configmaps cert-manager/cert-manager-cert-manager`]);

/** Promotes on, merges, and gives the commit. */
async function promote(topology: First, ...approvals: string[]): Promise<string> {
  const { fleet } = topology;
  await fleet.mustFleet('promote', ...patch, ...approvals.flatMap((node) => ['--approve', node]));
  return fleet.commit(`Promote patch-001 ${approvals.join(' ')}`.trimEnd());
}

export const promoteStep: Step<First> = {
  name: 'promote',
  title: 'a patch goes through the gates to the region',
  claims: [
    {
      says: 'What goes to other targets first changes nothing here',
      prove: async (topology) => {
        await topology.note('before the promotion');
        await promote(topology);
        const commit = await promote(topology, 'production');
        await topology.untilSeen(commit);
        await holds('nothing in the region moves', 25, async () => {
          const { changed, came, gone, replaced } = difference(topology.recall('before the promotion'), await topology.state());
          return [...changed, ...came, ...gone, ...replaced].join(', ') || undefined;
        });
      },
    },
    {
      says: 'A manual gate is not passed without its approval, and nothing is written',
      prove: async ({ fleet }) => {
        const { status, stderr, stdout } = await fleet.fleet('promote', ...patch);
        const changed = await fleet.git('status', '--porcelain');
        if (status === 0 || changed !== '') throw new Error(`it ended with status ${status} and wrote ${changed || 'nothing'}:\n${stdout}${stderr}`);
      },
    },
    {
      says: 'With it the region gets the new version: the Application of that app and what it installs change in place, and nothing else moves, by uid and spec',
      prove: async (topology) => {
        await promote(topology, 'production/prod-sector-1');
        for (const name of managementNames) await topology.untilChart(name, ...installed, newer);
        await topology.untilSynced();
        assertDifference(difference(topology.recall('before the promotion'), await topology.state()), { changed: expected });
      },
    },
  ],
};

export const revert: Step<First> = {
  name: 'revert',
  title: '`git revert` of the last step of a promotion',
  needs: ['promote'],
  claims: [
    {
      says: 'All is as before the promotion, by uid and spec',
      prove: async (topology) => {
        await topology.fleet.git('revert', '--no-edit', 'HEAD');
        await topology.fleet.push();
        for (const name of managementNames) await topology.untilChart(name, ...installed, older);
        await topology.untilSynced();
        assertDifference(difference(topology.recall('before the promotion'), await topology.state()));
      },
    },
    {
      says: 'The configuration that came back is in order, and can be promoted again',
      prove: async ({ fleet }) => {
        await fleet.mustFleet('check');
        await fleet.mustFleet('promote', ...patch, '--approve', 'production/prod-sector-1', '--dry-run');
      },
    },
  ],
};

const roots = ['config/infra-cluster/infra-cluster-root.ts', 'config/infra-cluster/management-cluster-root.ts'];

export const selfUpdate: Step<First> = {
  name: 'self-update',
  title: 'a commit changes the root of the region itself, and the other root',
  claims: [
    {
      says: 'Both roots change themselves and their Applications in place: what they deploy stays, by uid and spec',
      prove: async (topology) => {
        const before = await topology.state();
        for (const root of roots) {
          topology.fleet.edit(root, (text) => text.replace('} satisfies', "  template: { metadata: { labels: { live: 'yes' } } },\n} satisfies"));
        }
        await topology.fleet.mustFleet('synth');
        await topology.fleet.commit('Label what the roots make');
        const infra = topology.infra.name;
        const made = [`infra-cluster-${infra}`, ...managementNames.map((name) => topology.rootApplication(name))];
        for (const name of made) await topology.argoCD(infra).untilOneSynced(name, 120, ({ metadata }) => metadata.labels?.['live'] === 'yes');
        await topology.untilSynced();
        const changed = [
          ...made.map((name) => `${infra}: applications argocd/${name}`),
          ...['infra-cluster-root', 'management-cluster-root'].map((name) => `${infra}: applicationsets argocd/${name}`),
        ];
        assertDifference(difference(before, await topology.state()), { changed });
      },
    },
  ],
};
