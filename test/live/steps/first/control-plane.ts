import type { Step } from '../../claims';
import { assertDifference, difference, type State, stateOf } from '../../state';
import { until } from '../../until';
import { type First, infraName, managementNames } from './first';

const defaults = 'config/management-cluster/defaults.ts';
const root = 'config/infra-cluster/management-cluster-root.ts';

/** What takes the old Applications away, and nothing with them. */
function removals(apps: readonly string[]): readonly (readonly string[])[] {
  return [
    ['-n', 'argocd', 'patch', 'applications.argoproj.io', ...apps, '--type', 'merge', '-p', '{"metadata":{"finalizers":null}}'],
    ['-n', 'argocd', 'delete', 'applications.argoproj.io', ...apps, '--ignore-not-found'],
  ];
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
      says: 'The plan that `fleet move` prints has the commands by which the old Applications go alone',
      prove: async (topology) => {
        const { status, stdout } = await topology.fleet.fleet('move', 'management-cluster', '--to', 'controlPlane');
        if (status !== 0) throw new Error(`fleet move ends with status ${status}`);
        for (const command of removals(appsOf(topology))) {
          const words = command.slice(2).filter((word) => !word.startsWith('{'));
          const missing = words.filter((word) => !stdout.includes(word));
          if (missing.length > 0) throw new Error(`it does not say ${missing.join(', ')}:\n${stdout}`);
        }
      },
    },
    {
      says: 'First the old Applications stand still: they sync nothing by themselves and would take nothing along',
      prove: async (topology) => {
        topology.noted.set('workloads before', await workloads(topology));
        topology.fleet.edit(defaults, (text) => text.replace(/ {4}finalizers: .*\n/, '').replace(/ +(?:\/\/ .*\n +)?automated: .*\n/, ''));
        await topology.fleet.mustFleet('synth');
        await topology.fleet.commit('Let the Applications of management clusters stand still');
        for (const name of managementNames) await untilStill(topology, name, appsOf(topology));
        await assertWorkloads(topology);
      },
    },
    {
      says: 'Then the other Argo CD gets them, standing still too; the old ones stay, and no workload moves',
      prove: async (topology) => {
        topology.fleet.edit(root, (text) =>
          text.replace("clusterType: 'management-cluster',", "clusterType: 'management-cluster',\n  applications: 'controlPlane',"),
        );
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
        const apps = appsOf(topology);
        for (const name of managementNames) {
          for (const command of removals(apps)) await topology.cluster(name).kubectl(command);
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
        await topology.fleet.git('checkout', '--quiet', 'HEAD~2', '--', defaults);
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
