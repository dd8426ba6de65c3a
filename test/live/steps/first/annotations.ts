import type { Claim, Step } from '../../claims';
import type { Cluster } from '../../cluster';
import { assertDifference, difference, stateOf, wrongDifference } from '../../state';
import { holds, until } from '../../until';
import { type First, infraName, secretName, type Values } from './first';

const [projectId, vpcId] = ['gcp-hcp/project-id', 'gcp-hcp/vpc-id'];
const [kept, tried] = ['mgmt-001', 'mgmt-002'] as const;
const operator = ['hypershift', 'hypershift-hypershift-operator'] as const;

async function cloudOf(topology: First, name: string): Promise<Values> {
  return (await topology.installed(name, ...operator))?.values.cloud;
}

async function untilCloud(topology: First, name: string, key: string, value: string): Promise<void> {
  await until(`${key} of hypershift on ${name} is ${JSON.stringify(value)}`, 120, async () => {
    const cloud = await cloudOf(topology, name);
    return cloud?.[key] === value ? undefined : JSON.stringify(cloud);
  });
}

/** The secret is as the document shows it, and that has arrived: until then what is Synced is so with what was before. */
async function restore(topology: First, name: string, which: 'all' | 'alone' = 'all'): Promise<void> {
  await topology.register(name);
  await topology.argoCD(infraName).untilOneSynced(topology.rootApplication(name));
  await untilCloud(topology, name, 'projectId', topology.annotationsOf(name)[projectId] ?? '');
  if (which === 'all') await topology.untilSynced();
}

export const tokens: Step<First> = {
  name: 'tokens',
  title: "a cluster's own values arrive",
  claims: [
    {
      says: 'Name and annotations of a cluster secret arrive in the values that Helm got, each cluster its own',
      prove: async (topology) => {
        for (const name of [kept, tried]) {
          const annotations = topology.annotationsOf(name);
          const network = `projects/${annotations[projectId]}/global/networks/${annotations[vpcId]}`;
          await untilCloud(topology, name, 'projectId', annotations[projectId] ?? '');
          await untilCloud(topology, name, 'network', network);
          const labels = (await topology.installed(name, 'monitoring', 'prometheus-kube-prometheus-stack'))?.values.prometheus.prometheusSpec.externalLabels;
          if (labels?.cluster !== name) throw new Error(`the labels of ${name} are ${JSON.stringify(labels)}`);
        }
      },
    },
    {
      says: 'A changed annotation arrives, on that cluster and no other',
      prove: async (topology) => {
        const before = await cloudOf(topology, kept);
        await topology.annotate(tried, { [projectId]: 'another-project' });
        await untilCloud(topology, tried, 'projectId', 'another-project');
        const after = await cloudOf(topology, kept);
        if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error(`${kept} has ${JSON.stringify(after)}`);
        await restore(topology, tried);
      },
    },
  ],
};

/** All that YAML, Go templates and Helm mean something by. */
const hostileValue = 'a"b: {{ .Values }} {{`x`}} \\ # %\n- c: $d\' &e *f !g yes 010';

export const hostile: Step<First> = {
  name: 'hostile',
  title: 'an annotation full of what YAML, Go templates and Helm mean something by',
  claims: [
    {
      says: 'It arrives as it is, character for character',
      prove: async (topology) => {
        await topology.annotate(tried, { [projectId]: hostileValue });
        await untilCloud(topology, tried, 'projectId', hostileValue);
        await restore(topology, tried);
      },
    },
  ],
};

/** What stands on a cluster and in its Argo CD: none of it may move while the cluster's secret is wrong. */
const onCluster = (cluster: Cluster) => stateOf([cluster]);

/** For longer than Argo CD takes to look at everything: what is deleted in cascade goes late. */
async function staysAsItWas(topology: First): Promise<void> {
  const before = topology.recall(`${tried} before`);
  await holds(`all on ${tried} stays as it was`, 20, async () => wrongDifference(difference(before, await onCluster(topology.cluster(tried))), {}), 2000);
}

/** The root's Application of the cluster says what is missing, and the root has nothing to complain of. */
async function untilMissing(topology: First, annotation: string): Promise<void> {
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
const othersGoOn: Claim<First> = {
  says: 'Meanwhile the other cluster goes on: what changes in its secret arrives',
  prove: async (topology) => {
    await topology.annotate(kept, { [projectId]: 'meanwhile' });
    await untilCloud(topology, kept, 'projectId', 'meanwhile');
    await restore(topology, kept, 'alone');
  },
};

function comesBack(says: string): Claim<First> {
  return {
    says,
    prove: async (topology) => {
      await restore(topology, tried);
      assertDifference(difference(topology.recall(`${tried} before`), await onCluster(topology.cluster(tried))));
    },
  };
}

export const missing: Step<First> = {
  name: 'missing',
  title: 'a cluster secret loses an annotation that apps use',
  claims: [
    {
      says: "That cluster's Application names the annotation that is missing, and nothing on the cluster moves",
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        await topology.annotate(tried, { [vpcId]: null });
        await untilMissing(topology, vpcId);
        await staysAsItWas(topology);
      },
    },
    othersGoOn,
    comesBack('With the annotation all is as before, by uid'),
  ],
};

export const none: Step<First> = {
  name: 'none',
  title: 'a bare cluster secret: labels, and no annotation at all',
  claims: [
    {
      says: 'The root has no error; the Application of that cluster names what is missing, and nothing on the cluster moves',
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        const { metadata, ...rest } = await topology.registration(tried);
        const { annotations: _, ...bare } = metadata;
        await topology.infra.api.delete('secrets', secretName(tried), 'argocd');
        await until(`the root makes no Application of ${tried} any more`, 60, async () =>
          (await topology.argoCD(infraName).application(topology.rootApplication(tried))) ? 'it is there' : undefined,
        );
        // Not applied: `kubectl apply` would leave an annotation of its own.
        await topology.infra.api.create('secrets', 'argocd', { ...rest, metadata: bare });
        await untilMissing(topology, projectId);
        await staysAsItWas(topology);
      },
    },
    othersGoOn,
    comesBack('With its annotations the cluster is taken over again: all is as before, by uid'),
  ],
};

const label = 'gcp-hcp/cluster-type';

export const unlabel: Step<First> = {
  name: 'unlabel',
  title: 'a cluster secret loses the label that its root selects by',
  claims: [
    {
      says: 'The root lets the cluster go, and everything on it stays: Applications and workloads, by uid',
      prove: async (topology) => {
        topology.noted.set(`${tried} before`, await onCluster(topology.cluster(tried)));
        await topology.label(tried, { [label]: null });
        await until(`the root makes no Application of ${tried} any more`, 60, async () =>
          (await topology.argoCD(infraName).application(topology.rootApplication(tried))) ? 'it is there' : undefined,
        );
        await staysAsItWas(topology);
      },
    },
    comesBack('With the label the cluster is taken over again: all is as before, by uid'),
  ],
};
