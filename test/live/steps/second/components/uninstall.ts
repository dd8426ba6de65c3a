import type { Step } from '../../../claims';
import { assertDifference, difference } from '../../../state';
import type { Second } from '../second';
import { applicationsOf, clusters, component, file, kinds, things, thingsOn } from './things';

const retire = ['retire', 'resources', things, '--uninstall', '--commit'];
const finalizer = 'resources-finalizer.argocd.argoproj.io';

/** What `fleet retire` does next, merged. */
async function next(topology: Second): Promise<void> {
  await topology.run(...retire);
  await topology.fleet.push();
  await topology.untilSettled();
}

/** Everything is there as it was, by uid and content. */
async function nothingMoved(topology: Second, change: () => Promise<void>): Promise<void> {
  const [before, had] = [await topology.workloads(), await thingsOn(topology)];
  await change();
  assertDifference(difference(before, await topology.workloads()));
  const has = await thingsOn(topology);
  if (has !== had) throw new Error(`it was: ${had}; and is: ${has}`);
}

export const uninstall: Step<Second> = {
  name: 'uninstall',
  title: 'a component is uninstalled, as docs/hub-spoke/operating.md says',
  needs: ['after'],
  claims: [
    {
      says: 'Disabled alone, its Applications go and all that it deployed stays; enabled again, they take it over: all by uid and content',
      prove: async (topology) => {
        const write = (enabled: boolean) => topology.fleet.write(file(things), component(things, `after: ['${kinds}'],`, enabled));
        await nothingMoved(topology, async () => {
          write(false);
          await topology.merge('Disable it');
          await topology.untilSettled();
          const left = await applicationsOf(topology, things);
          if (left.length > 0) throw new Error(`${left.length} of its Applications are there`);
        });
        await nothingMoved(topology, async () => {
          write(true);
          await topology.merge('Enable it again');
          await topology.untilSettled();
        });
      },
    },
    {
      says: 'The first commits of `fleet retire --uninstall` give its Applications the finalizer, and nothing goes',
      prove: (topology) =>
        nothingMoved(topology, async () => {
          const told = async () => {
            const all = await applicationsOf(topology, things);
            return all.length === clusters.length && all.every(({ metadata }) => (metadata.finalizers ?? []).includes(finalizer));
          };
          for (let step = 0; step < 6 && !(await told()); step += 1) await next(topology);
          if (!(await told())) throw new Error('an Application has no finalizer');
        }),
    },
    {
      says: 'The next remove its Applications, and with each all that it deployed; what others deployed stays, by uid and content',
      prove: async (topology) => {
        const before = await topology.workloads();
        for (let step = 0; step < 6 && (await applicationsOf(topology, things)).length > 0; step += 1) await next(topology);
        const left = await applicationsOf(topology, things);
        if (left.length > 0) throw new Error(`${left.length} of its Applications are there`);
        const gone = clusters.map((name) => `${name}: configmaps ${things}/${things}`);
        assertDifference(difference(before, await topology.workloads()), { gone });
        const has = await thingsOn(topology);
        if (has !== clusters.map((name) => `${name} has none`).join(', ')) throw new Error(has);
      },
    },
    {
      says: 'Its file goes last, and nothing changes in any cluster',
      prove: (topology) =>
        nothingMoved(topology, async () => {
          for (let step = 0; step < 6 && topology.fleet.has(file(things)); step += 1) await next(topology);
          if (topology.fleet.has(file(things))) throw new Error('its file is there');
          await topology.fleet.git('rm', '--quiet', file(kinds));
          await topology.merge('The other one goes as well, and leaves what it deployed');
          await topology.untilSettled();
        }),
    },
  ],
};
