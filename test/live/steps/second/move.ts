import { difference, type State, wrongDifference } from '../../state';
import { until } from '../../until';
import { merge, type PlanStep, waitFor } from './plan';
import type { Second } from './second';

/** What comes with an Argo CD of one's own, and goes with it. */
const ofOwn = /: (?:customresourcedefinitions |namespaces argocd$|\w+ argocd\/)/;

/** Of everything but that, nothing came, went, changed or was made again. */
export function assertWorkloads(before: State, after: State): void {
  const others = (state: State) => new Map([...state].filter(([key]) => !ofOwn.test(key)));
  const wrong = wrongDifference(difference(others(before), others(after)), {});
  if (wrong) throw new Error(`workloads moved: ${wrong}`);
}

/** Walks a plan, commit after commit; what the spoke runs stays on the way. */
export async function walk(topology: Second, name: string, steps: readonly PlanStep[], after: (step: number) => Promise<void>): Promise<void> {
  const before = await topology.workloads([topology.cluster(name)]);
  for (const [index, step] of steps.entries()) {
    if (step.edits.length === 0) continue;
    await merge(topology, step);
    await after(index);
    await waitFor(topology, step);
    assertWorkloads(before, await topology.workloads([topology.cluster(name)]));
  }
}

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
