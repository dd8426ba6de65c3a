import type { Claim } from '../../claims';
import type { Cluster } from '../../cluster';
import { assertDifference, difference, stateOf, wrongDifference } from '../../state';
import { holds, until } from '../../until';
import { type First, infraName, type Values } from './first';

export const [projectId, vpcId] = ['gcp-hcp/project-id', 'gcp-hcp/vpc-id'];
export const [kept, tried] = ['mgmt-001', 'mgmt-002'] as const;
const operator = ['hypershift', 'hypershift-hypershift-operator'] as const;

export async function cloudOf(topology: First, name: string): Promise<Values> {
  return (await topology.installed(name, ...operator))?.values.cloud;
}

export async function untilCloud(topology: First, name: string, key: string, value: string): Promise<void> {
  await until(`${key} of hypershift on ${name} is ${JSON.stringify(value)}`, 120, async () => {
    const cloud = await cloudOf(topology, name);
    return cloud?.[key] === value ? undefined : JSON.stringify(cloud);
  });
}

/** The secret is as the document shows it, and that has arrived: until then what is Synced is so with what was before. */
export async function restore(topology: First, name: string, which: 'all' | 'alone' = 'all'): Promise<void> {
  await topology.register(name);
  await topology.argoCD(infraName).untilOneSynced(topology.rootApplication(name));
  await untilCloud(topology, name, 'projectId', topology.annotationsOf(name)[projectId] ?? '');
  if (which === 'all') await topology.untilSynced();
}

/** What stands on a cluster and in its Argo CD: none of it may move while the cluster's secret is wrong. */
export const onCluster = (cluster: Cluster) => stateOf([cluster]);

/** For longer than Argo CD takes to look at everything: what is deleted in cascade goes late. */
export async function staysAsItWas(topology: First): Promise<void> {
  const before = topology.recall(`${tried} before`);
  await holds(`all on ${tried} stays as it was`, 20, async () => wrongDifference(difference(before, await onCluster(topology.cluster(tried))), {}), 2000);
}

/** The root's Application of the cluster says what is missing, and the root has nothing to complain of. */
export async function untilMissing(topology: First, annotation: string): Promise<void> {
  const argoCD = topology.argoCD(infraName);
  const name = topology.rootApplication(tried);
  await until(`${name} says that ${annotation} is missing`, 120, async () => {
    const application = await argoCD.application(name);
    const messages = (application?.status?.conditions ?? []).map(({ message }: { readonly message: string }) => message).join('; ');
    const complaints = await argoCD.complaints('management-cluster-root');
    if (complaints.length > 0) return complaints.join('; ');
    return messages.includes(`is missing: expected from the annotation ${annotation} of the cluster secret`) ? undefined : messages || 'it says nothing';
  });
}

/** While one cluster secret is wrong, what is asked of the other cluster still arrives. */
export const othersGoOn: Claim<First> = {
  says: 'Meanwhile the other cluster goes on: what changes in its secret arrives',
  prove: async (topology) => {
    await topology.annotate(kept, { [projectId]: 'meanwhile' });
    await untilCloud(topology, kept, 'projectId', 'meanwhile');
    await restore(topology, kept, 'alone');
  },
};

export function comesBack(says: string): Claim<First> {
  return {
    says,
    prove: async (topology) => {
      await restore(topology, tried);
      assertDifference(difference(topology.recall(`${tried} before`), await onCluster(topology.cluster(tried))));
    },
  };
}
