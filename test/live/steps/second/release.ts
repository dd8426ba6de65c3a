import type { Step } from '../../claims';
import { assertDifference } from '../../state';
import { hubName, type Second, spokes } from './second';

export const patch = ['addons', 'releases', 'patch-001'];

/** Takes the release one step on, through a gate where one is named, and merges. */
export async function promote(topology: Second, ...approvals: string[]): Promise<void> {
  await topology.run('promote', ...patch, ...approvals.flatMap((node) => ['--approve', node]));
  await topology.fleet.commit(`Promote the release ${approvals.join(' ')}`.trimEnd());
}

const namespaces: Readonly<Record<string, string>> = {
  'aws-load-balancer-controller': 'kube-system',
  'cert-manager': 'cert-manager',
  'external-dns': 'external-dns',
  'metrics-server': 'kube-system',
};

/** What a release of add-ons changes on a cluster: registrations, Applications, and what records the version. */
function changesOf(spoke: string, argoCD: string): readonly string[] {
  const registrations = [...new Set([hubName, argoCD])].map((name) => `${name}: externalsecrets argocd/cluster-${spoke}`);
  const components = Object.entries(namespaces).filter(([component]) => spoke.startsWith('tenant1') || component !== 'aws-load-balancer-controller');
  return [
    ...registrations,
    ...components.flatMap(([component, namespace]) => [
      `${argoCD}: applications argocd/${component === 'aws-load-balancer-controller' ? 'lbc' : component}-${spoke}`,
      `${spoke}: configmaps ${namespace}/${component}-${component}`,
    ]),
  ];
}

export const release: Step<Second> = {
  name: 'release',
  title: 'a release goes through a gate to a spoke, and on to one that deploys its add-ons itself',
  claims: [
    {
      says: 'A manual gate is not passed without its approval, and nothing is written',
      prove: async (topology) => {
        topology.note('before the release', await topology.state());
        const { status } = await topology.fleet.fleet('promote', ...patch, '--config', 'examples/hub-spoke/config');
        const changed = await topology.fleet.git('status', '--porcelain');
        if (status !== 3 || changed !== '') throw new Error(`it ended with status ${status} and wrote ${changed || 'nothing'}`);
      },
    },
    {
      says: 'With it the cluster changes its release in place: its registration, its Applications, and what they install; nothing else moves, by uid and spec',
      prove: async (topology) => {
        await promote(topology, 'tenant1/prod');
        await topology.untilSettled();
        assertDifference(await topology.since('before the release'), { changed: changesOf(spokes.prod, hubName) });
        topology.note('after one step', await topology.state());
      },
    },
    {
      says: 'A distributed spoke gets it from its own registration with itself: its own Applications change in place',
      prove: async (topology) => {
        await promote(topology);
        await topology.untilSettled();
        assertDifference(await topology.since('after one step'), { changed: changesOf(spokes.addons, spokes.addons) });
      },
    },
  ],
};
