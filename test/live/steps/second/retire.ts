import type { Step } from '../../claims';
import { assertWorkloads, nothingIsLeft } from './move';
import { merge, planOf, removeOwn, waitFor } from './plan';
import { type Second, spokes } from './second';

export const retire: Step<Second> = {
  name: 'retire',
  title: 'a distributed spoke leaves the fleet, by the plan of `fleet retire`',
  claims: [
    {
      says: 'Each step shows what it says: the hub takes over, the fleet forgets the cluster, its Argo CD goes; no workload moves, by uid and content',
      prove: async (topology) => {
        const cluster = topology.cluster(spokes.leaving);
        const commit = await topology.head();
        const before = await topology.workloads([cluster]);
        const steps = await planOf(topology, 'retire', spokes.leaving);
        // The last is about the machines.
        for (const step of steps.slice(0, -1)) {
          if (step.edits.length === 0) await removeOwn(topology, step, commit);
          else {
            await merge(topology, step);
            await waitFor(topology, step);
          }
          assertWorkloads(before, await topology.workloads([cluster]));
        }
      },
    },
    {
      says: 'Nothing of Argo CD and External Secrets is left on it but definitions, and no credentials',
      prove: (topology) => nothingIsLeft(topology, spokes.leaving),
    },
    {
      says: 'A centralized spoke leaves by one commit: the hub forgets it, and what runs on it stays, by uid and content',
      prove: async (topology) => {
        const cluster = topology.cluster(spokes.leavingToo);
        const before = await topology.workloads([cluster]);
        const steps = await planOf(topology, 'retire', spokes.leavingToo);
        for (const step of steps.slice(0, -1)) {
          await merge(topology, step);
          await waitFor(topology, step);
        }
        assertWorkloads(before, await topology.workloads([cluster]));
      },
    },
    {
      says: 'The others are as `fleet clusters --json` says',
      prove: (topology) => topology.untilSettled(),
    },
  ],
};
