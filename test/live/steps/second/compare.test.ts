import type { KubernetesObject, Resource } from '../../kubernetes-api';
import { differences } from './compare';
import type { Member, Second } from './second';

const labels = { tenant: 'a' };
const member: Member = {
  name: 'hub-1',
  kind: 'hub',
  secret: 'fleet/hub-1',
  labels,
  components: [{ name: 'dns', group: 'addons', release: 'default', version: '1.0.0', deployedBy: 'hub-1' }],
};
const spoke: Member = { ...member, name: 'spoke-1', kind: 'spoke', hub: 'hub-1', model: 'centralized', components: [] };
const synced = { sync: { status: 'Synced', revision: 'abc' }, health: { status: 'Healthy' } };
const root: KubernetesObject = { metadata: { name: 'fleet' }, spec: {}, status: synced };
const source = {
  chart: 'dns',
  targetRevision: '1.0.0',
  helm: { releaseName: 'dns', valueFiles: ['$values/examples/hub-spoke/dist/hubs/hub-1/values/addons/dns.yaml'] },
};
const dns: KubernetesObject = {
  metadata: { name: 'dns-hub-1', labels: { 'fleet/cluster': 'hub-1', 'fleet/component': 'dns', 'fleet/release': 'default' } },
  spec: { sources: [source, { ref: 'values' }], destination: { name: 'hub-1', namespace: 'dns' } },
  status: synced,
};
const secretOf = (name: string): KubernetesObject => ({
  metadata: { name: `cluster-${name}`, labels: { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' } },
});
const installed: KubernetesObject = { metadata: { name: 'dns-dns' }, data: { chart: 'dns 1.0.0', values: '{"replicas":1,"of":"the chart"}' } };

type Content = Partial<Record<Resource, readonly KubernetesObject[]>>;
const asItShould: Content = { applications: [root, dns], secrets: [secretOf('hub-1'), secretOf('spoke-1')], configmaps: [installed] };

/** Two clusters that hold what is given. */
function said(hub: Content, other: Content = {}): Promise<readonly string[]> {
  const cluster = (name: string, content: Content) => ({
    name,
    api: {
      list: async (resource: Resource) => content[resource] ?? [],
      get: async (resource: Resource, wanted: string) => content[resource]?.find(({ metadata }) => metadata.name === wanted),
    },
  });
  const clusters = [cluster('hub-1', hub), cluster('spoke-1', other)];
  const topology = {
    clusters,
    cluster: (name: string) => clusters.find((candidate) => candidate.name === name),
    members: async () => [member, spoke],
    head: async () => 'abc',
    rendered: async () => 'replicas: 1\n',
  };
  return differences(topology as unknown as Second);
}

test('clusters that hold what the fleet says do not differ', async () => {
  expect(await said(asItShould)).toEqual([]);
});

test('a component from two Argo CDs, from none, or from the wrong one differs', async () => {
  expect(await said(asItShould, { applications: [dns] })).toEqual(['hub-1/dns comes from hub-1 and spoke-1, and should from hub-1']);
  expect(await said({ ...asItShould, applications: [root] })).toEqual(['hub-1/dns comes from nowhere, and should from hub-1']);
  expect(await said({ ...asItShould, applications: [root] }, { applications: [dns] })).toEqual(['hub-1/dns comes from spoke-1, and should from hub-1']);
});

test('what nobody asked for differs: a component, a root, a cluster', async () => {
  const foreign = { ...dns, metadata: { ...dns.metadata, labels: { ...dns.metadata.labels, 'fleet/cluster': 'spoke-1' } } };
  expect(await said({ ...asItShould, applications: [root, dns, foreign] })).toEqual(['spoke-1/dns should come from nowhere, and does from hub-1']);
  expect(await said(asItShould, { applications: [root] })).toEqual(['spoke-1 has the roots fleet, and should have none']);
  expect(await said({ ...asItShould, secrets: [secretOf('hub-1')] })).toEqual(['hub-1 knows cluster-hub-1, and should know cluster-hub-1, cluster-spoke-1']);
});

test('another version, destination, finalizer, chart, value or commit differs', async () => {
  const changed = (change: Partial<KubernetesObject>) => said({ ...asItShould, applications: [root, { ...dns, ...change } as KubernetesObject] });
  const version = { ...dns.spec, sources: [{ ...source, targetRevision: '2.0.0' }] };
  expect(await changed({ spec: version })).toEqual(['hub-1/dns has the version "2.0.0", and should have "1.0.0"']);
  const destination = { ...dns.spec, destination: { name: 'spoke-1', namespace: 'dns' } };
  expect(await changed({ spec: destination })).toEqual(['hub-1/dns has the destination "spoke-1", and should have "hub-1"']);
  expect(await changed({ metadata: { ...dns.metadata, finalizers: ['x'] } })).toEqual(['hub-1/dns has the finalizers ["x"], and should have undefined']);
  const other = { ...installed, data: { chart: 'dns 1.0.0', values: '{"replicas":2}' } };
  expect(await said({ ...asItShould, configmaps: [other] })).toEqual(['hub-1/dns was installed with {"replicas":2}, and Git has {"replicas":1}']);
  const late = { ...root, status: { ...synced, sync: { status: 'Synced', revision: 'old' } } };
  expect(await said({ ...asItShould, applications: [late, dns] })).toEqual(['hub-1 has fleet at old']);
});
