import type { Step } from '../../claims';
import { difference, type State, wrongDifference } from '../../state';
import { until } from '../../until';
import { merge, planOf, removeOwn, waitFor } from './plan';
import { type Second, spokes } from './second';

/** What comes with an Argo CD of one's own, and goes with it. */
const ofOwn = /: (?:customresourcedefinitions |namespaces argocd$|\w+ argocd\/)/;

/** Of everything but that, nothing came, went, changed or was made again. */
export function assertWorkloads(before: State, after: State): void {
  const others = (state: State) => new Map([...state].filter(([key]) => !ofOwn.test(key)));
  const wrong = wrongDifference(difference(others(before), others(after)), {});
  if (wrong) throw new Error(`workloads moved: ${wrong}`);
}

/** Walks a plan, commit after commit; what the spoke runs stays on the way. */
async function walk(topology: Second, name: string, steps: Awaited<ReturnType<typeof planOf>>, after: (step: number) => Promise<void>): Promise<void> {
  const before = await topology.workloads([topology.cluster(name)]);
  for (const [index, step] of steps.entries()) {
    if (step.edits.length === 0) continue;
    await merge(topology, step);
    await after(index);
    await waitFor(topology, step);
    assertWorkloads(before, await topology.workloads([topology.cluster(name)]));
  }
}

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

const kinds = ['applications', 'applicationsets', 'externalsecrets', 'secretstores', 'ecrauthorizationtokens', 'deployments'] as const;

/** Besides the project that Argo CD makes itself. What a removed object owned goes within moments. */
export async function nothingIsLeft(topology: Second, name: string): Promise<void> {
  const { api } = topology.cluster(name);
  await until(`nothing of Argo CD is left on ${name}`, 60, async () => {
    const left: string[] = [];
    for (const kind of kinds) left.push(...(await api.list(kind, 'argocd')).map(({ metadata }) => `${kind} ${metadata.name}`));
    const secrets = await api.list('secrets', 'argocd', 'argocd.argoproj.io/secret-type');
    left.push(...secrets.map(({ metadata }) => `secrets ${metadata.name}`));
    return left.join(', ') || undefined;
  });
}
