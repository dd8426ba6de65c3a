import type { Step } from '../../claims';
import { assertWorkloads, nothingIsLeft, walk } from './move';
import { planOf, removeOwn } from './plan';
import { type Second, spokes } from './second';

export const moveBack: Step<Second> = {
  name: 'move-back',
  title: 'a distributed spoke goes back to the hub, by the plan of `fleet move`',
  claims: [
    {
      says: 'Group after group, and its Argo CD last: what each commit waits for comes, and no workload moves, by uid and content',
      prove: async (topology) => {
        const commit = await topology.head();
        const before = await topology.workloads([topology.cluster(spokes.managing)]);
        const steps = await planOf(topology, 'move', spokes.managing, '--to', 'centralized');
        await walk(topology, spokes.managing, steps, async () => undefined);
        const [last] = steps.slice(-1);
        if (!last || last.edits.length > 0) throw new Error('the plan does not end with the removal of its Argo CD');
        await removeOwn(topology, last, commit);
        assertWorkloads(before, await topology.workloads([topology.cluster(spokes.managing)]));
      },
    },
    {
      says: 'Nothing of Argo CD and External Secrets is left on it but definitions, and no credentials',
      prove: (topology) => nothingIsLeft(topology, spokes.managing),
    },
    {
      says: 'Then all is as `fleet clusters --json` says: everything comes from the hub',
      prove: (topology) => topology.untilSettled(),
    },
  ],
};
