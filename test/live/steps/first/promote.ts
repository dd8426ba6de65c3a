import type { Step } from '../../claims';
import { assertDifference, difference, wrongDifference } from '../../state';
import { holds } from '../../until';
import { type First, managementNames } from './first';

export const patch = ['management-cluster', 'cert-manager', 'patch-001'];
export const installed = ['cert-manager', 'cert-manager-cert-manager'] as const;
export const [older, newer] = ['cert-manager v1.17.0', 'cert-manager v1.19.0'];

/** What a new version of cert-manager changes: its Application, and what records the version. */
const expected = managementNames.flatMap((name) => [`${name}: applications argocd/cert-manager`, `${name}: configmaps cert-manager/cert-manager-cert-manager`]);

/** Promotes on, merges, and gives the commit. */
export async function promoteOn(topology: First, ...approvals: string[]): Promise<string> {
  const { fleet } = topology;
  await fleet.mustFleet('promote', ...patch, ...approvals.flatMap((node) => ['--approve', node]));
  return fleet.commit(`Promote patch-001 ${approvals.join(' ')}`.trimEnd());
}

export const promote: Step<First> = {
  name: 'promote',
  title: 'a patch goes through the gates to the region',
  claims: [
    {
      says: 'What goes to other targets first changes nothing here',
      prove: async (topology) => {
        await topology.note('before the promotion');
        for (const approvals of [[], ['production']]) {
          await topology.untilSeen(await promoteOn(topology, ...approvals));
          await holds('nothing in the region moves', 15, async () =>
            wrongDifference(difference(topology.recall('before the promotion'), await topology.state()), {}),
          );
        }
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
        // Objects of an opened chart are read from Git at once, before the Application that names them has its version.
        await topology.untilSeen(await promoteOn(topology, 'production/prod-sector-1'));
        for (const name of managementNames) await topology.untilChart(name, ...installed, newer);
        await topology.untilSynced();
        assertDifference(difference(topology.recall('before the promotion'), await topology.state()), { changed: expected });
      },
    },
  ],
};
