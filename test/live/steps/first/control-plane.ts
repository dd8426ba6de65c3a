import type { Step } from '../../claims';
import { assertDifference, difference, type State, stateOf } from '../../state';
import { until } from '../../until';
import { type First, infraName, managementNames } from './first';

/** What `fleet move` prints, step by step: its edits and its commands are what is followed here. */
interface Plan {
  /** By the number of the step. */
  readonly steps: ReadonlyMap<number, string>;
}

let plan: Plan | undefined;
/** The commit of step 2. */
let stopped = '';

/** The plan as it was printed at first: `follow the plan as it is printed now, to its end`. */
async function printed(topology: First): Promise<Plan> {
  if (!plan) {
    const text = await topology.fleet.mustFleet('move', 'management-cluster', '--to', 'controlPlane');
    plan = { steps: new Map([...text.matchAll(/^ (\d+)\. [\s\S]*?(?=^ \d+\. |$(?![\s\S]))/gm)].map(([step, number]) => [Number(number), step])) };
  }
  return plan;
}

async function stepOf(topology: First, number: number, title: string): Promise<string> {
  const step = (await printed(topology)).steps.get(number) ?? '';
  if (!step.includes(title)) throw new Error(`step ${number} of the plan is no longer '${title}':\n${step}`);
  return step;
}

/** Makes the edits that a step tells by file and line, the last line first. */
function follow(topology: First, step: string): void {
  const edits = [...step.matchAll(/^ +write +(\S+):(\d+): (take|write) `(.+?)`/gm)].sort((a, b) => Number(b[2]) - Number(a[2]));
  if (edits.length === 0) throw new Error(`the step tells no edit:\n${step}`);
  for (const [, file = '', line, what, text = ''] of edits) {
    topology.fleet.edit(file, (before) => {
      const lines = before.split('\n');
      const field = text.split('.').at(-1) ?? '';
      if (what === 'write') return lines.toSpliced(Number(line), 0, `  ${text},`).join('\n');
      if (!lines[Number(line) - 1]?.includes(`${field}:`)) throw new Error(`${file}:${line} has no ${field}: ${lines[Number(line) - 1]}`);
      return lines.toSpliced(Number(line) - 1, 1).join('\n');
    });
  }
}

/** The commands that a step has run on every cluster of a cluster type, as a shell gets them. */
function commandsOf(step: string): readonly string[] {
  return [...step.matchAll(/^ +run +(.+?) {2}# on every cluster of management-cluster$/gm)].map(([, command = '']) => command);
}

/** The workloads of the management clusters: what must not be lost on the way. */
const workloads = (topology: First): Promise<State> => stateOf(topology.managements, ['configmaps', 'deployments', 'namespaces']);

async function assertWorkloads(topology: First): Promise<void> {
  assertDifference(difference(topology.recall('workloads before'), await workloads(topology)));
}

/** Every Application stands still: nothing syncs it by itself, and it takes nothing along when it goes. */
async function untilStill(topology: First, cluster: string, names: readonly string[]): Promise<void> {
  await until(`${names.join(', ')} in the Argo CD of ${cluster} stand still`, 120, async () => {
    const found = (await topology.argoCD(cluster).applications()).filter(({ metadata }) => names.includes(metadata.name));
    const moving = found.filter(({ metadata, spec }) => spec.syncPolicy?.automated !== undefined || (metadata.finalizers ?? []).length > 0);
    if (found.length < names.length) return `it has ${found.map(({ metadata }) => metadata.name).join(', ') || 'none of them'}`;
    return moving.map(({ metadata, spec }) => `${metadata.name}: ${JSON.stringify([metadata.finalizers, spec.syncPolicy])}`).join('; ') || undefined;
  });
}

const hosted = (topology: First, cluster: string) => appsOf(topology).map((app) => `${app}-${cluster}`);

function appsOf(topology: First): readonly string[] {
  return ['cert-manager', 'fleet-info', 'hypershift', 'prometheus'].filter((app) => topology.fleet.has(`config/management-cluster/${app}.ts`));
}

export const controlPlane: Step<First> = {
  name: 'control-plane',
  title: "the Applications of management clusters move to the region's Argo CD, on the running fleet",
  claims: [
    {
      says: 'First the old Applications stand still: they sync nothing by themselves and would take nothing along',
      prove: async (topology) => {
        topology.noted.set('workloads before', await workloads(topology));
        follow(topology, await stepOf(topology, 2, 'Let the Applications of management-cluster stand still'));
        await topology.fleet.mustFleet('synth');
        stopped = await topology.fleet.commit('Let the Applications of management clusters stand still');
        for (const name of managementNames) await untilStill(topology, name, appsOf(topology));
        await assertWorkloads(topology);
      },
    },
    {
      says: 'Then the other Argo CD gets them, standing still too; the old ones stay, and no workload moves',
      prove: async (topology) => {
        follow(topology, await stepOf(topology, 3, 'Hand management-cluster over'));
        await topology.fleet.mustFleet('synth');
        await topology.fleet.commit('Hand management clusters over to the region');
        for (const name of managementNames) {
          await untilStill(topology, infraName, hosted(topology, name));
          await untilStill(topology, name, appsOf(topology));
        }
        await assertWorkloads(topology);
      },
    },
    {
      says: 'The old ones go by the printed commands, and nothing with them',
      prove: async (topology) => {
        const commands = commandsOf(await stepOf(topology, 4, 'Remove the old Applications'));
        if (commands.length === 0) throw new Error('the step has no commands');
        for (const name of managementNames) {
          for (const command of commands) {
            const { status, stderr } = await topology.cluster(name).command('sh', ['-c', command]);
            if (status !== 0) throw new Error(`on ${name}, ${command}: ${stderr}`);
          }
          await until(
            `the Argo CD of ${name} has no Application any more`,
            30,
            async () => (await topology.argoCD(name).applications()).map(({ metadata }) => metadata.name).join(', ') || undefined,
          );
        }
        await assertWorkloads(topology);
      },
    },
    {
      says: 'The new ones go on and take over what runs: Synced and Healthy, under the same releases, every workload the same by uid',
      prove: async (topology) => {
        const step = await stepOf(topology, 5, 'Let the new Applications');
        const restored = [...step.matchAll(/`git checkout COMMIT~1 -- (\S+)`/g)].map(([, file = '']) => file);
        await topology.fleet.git('checkout', '--quiet', `${stopped}~1`, '--', ...restored);
        await topology.fleet.mustFleet('synth');
        await topology.fleet.commit('Let the Applications of management clusters deploy');
        const names = managementNames.flatMap((name) => hosted(topology, name));
        await until('they sync by themselves again', 120, async () => {
          const all = await topology.argoCD(infraName).applications();
          return names.filter((name) => !all.find(({ metadata }) => metadata.name === name)?.spec.syncPolicy?.automated).join(', ') || undefined;
        });
        const roots = managementNames.map((name) => topology.rootApplication(name));
        await topology.argoCD(infraName).untilSynced(['argocd', `infra-cluster-${infraName}`, ...roots, ...names]);
        await assertWorkloads(topology);
        for (const { metadata, status } of await topology.argoCD(infraName).applications()) {
          const shared = (status?.conditions ?? []).filter(({ type }: { readonly type: string }) => type === 'SharedResourceWarning');
          if (shared.length > 0) throw new Error(`${metadata.name}: ${JSON.stringify(shared)}`);
        }
      },
    },
  ],
};
