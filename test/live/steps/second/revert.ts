import type { Step } from '../../claims';
import { assertDifference } from '../../state';
import { patch } from './release';
import type { Second } from './second';

export const revert: Step<Second> = {
  name: 'revert',
  title: 'a release is taken back, step by step',
  needs: ['release'],
  claims: [
    {
      says: '`git revert` of the last step: all is as before it, by uid and spec',
      prove: async (topology) => {
        await topology.fleet.git('revert', '--no-edit', 'HEAD');
        await topology.fleet.push();
        await topology.untilSettled();
        assertDifference(await topology.since('after one step'));
        await topology.run('check');
      },
    },
    {
      says: '`fleet rollback` of the step before: all is as before the release, by uid and spec',
      prove: async (topology) => {
        await topology.run('rollback', ...patch);
        await topology.fleet.commit('Take the release back');
        await topology.untilSettled();
        assertDifference(await topology.since('before the release'));
      },
    },
  ],
};
