import type { Step } from '../../claims';
import { walk } from './move';
import { planOf } from './plan';
import { type Second, spokes } from './second';

export const moveOut: Step<Second> = {
  name: 'move-out',
  title: 'a spoke gets an Argo CD of its own, by the plan of `fleet move`',
  claims: [
    {
      says: 'Commit after commit, what each waits for comes, and no workload moves, by uid and content',
      prove: async (topology) => {
        const steps = await planOf(topology, 'move', spokes.dev, '--to', 'distributed', '--manages', 'addons');
        await walk(topology, spokes.dev, steps, async (step) => {
          if (step === 0) await topology.startOwn(spokes.dev);
        });
      },
    },
    {
      says: 'Then all is as `fleet clusters --json` says: its add-ons come from its own Argo CD, the rest from the hub',
      prove: (topology) => topology.untilSettled(),
    },
  ],
};
