import type { Step } from '../../claims';
import { assertDifference, difference } from '../../state';
import { type First, managementNames } from './first';
import { installed, older, patch } from './promote';

export const revert: Step<First> = {
  name: 'revert',
  title: '`git revert` of the last step of a promotion',
  needs: ['promote'],
  claims: [
    {
      says: 'All is as before the promotion, by uid and spec',
      prove: async (topology) => {
        await topology.fleet.git('revert', '--no-edit', 'HEAD');
        await topology.untilSeen(await topology.fleet.push());
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
