import { fitsGoPattern } from '../../../constructs/argocd/projects/go-pattern';
import { type AskedObject, ObjectPermissions } from '../../../constructs/argocd/projects/object-permissions';
import type { Manifest } from '../../../layers/output';

type Item = readonly [group: string, kind: string, name?: string];
type Items = readonly Item[] | null;

/** What Argo CD answered: its own `IsGroupKindNamePermitted`, of version 3.6.1, was asked once; of 40,000 answers these are some. */
const answers = require('./object-answers.json') as readonly (readonly [
  scope: AskedObject['scope'],
  allowed: Items,
  denied: Items,
  object: readonly [group: string, kind: string, name: string],
  isAllowed: boolean,
])[];

const anywhere = [{ name: '*', namespace: '*' }];

function permissions(spec: object, destination: object = { name: 'c', namespace: 'own' }): ObjectPermissions {
  const project = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'x' }, spec: { destinations: anywhere, ...spec } };
  return new ObjectPermissions(project as unknown as Manifest, destination as never);
}

const items = (of: Items) => of?.map(([group, kind, name]) => ({ group, kind, ...(name === undefined ? {} : { name }) }));

test('an object is allowed where Argo CD allows it', () => {
  expect(answers.length).toBeGreaterThan(200);
  for (const [scope, allowed, denied, [group, kind, name], isAllowed] of answers) {
    const lists = scope === 'Cluster' ? ['clusterResourceWhitelist', 'clusterResourceBlacklist'] : ['namespaceResourceWhitelist', 'namespaceResourceBlacklist'];
    const spec = Object.fromEntries([allowed, denied].flatMap((list, index) => (list === null ? [] : [[lists[index], items(list)]])));
    const refusal = permissions(spec).refusal({ scope, group, kind, name, namespace: '' });
    expect({ spec, group, kind, name, isAllowed: refusal === undefined }).toEqual({ spec, group, kind, name, isAllowed });
  }
});

const role: AskedObject = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'web', namespace: '', scope: 'Cluster' };
const map: AskedObject = { group: '', kind: 'ConfigMap', name: 'web', namespace: '', scope: 'Namespaced' };

test('a project that says nothing allows all kinds in namespaces, and none without', () => {
  expect(permissions({}).refusal(role)).toBe('clusterResourceWhitelist');
  expect(permissions({}).refusal(map)).toBeUndefined();
  expect(permissions({ namespaceResourceWhitelist: [] }).refusal(map)).toBe('namespaceResourceWhitelist');
  const all = { clusterResourceWhitelist: [{ group: '*', kind: '*' }] };
  expect(permissions(all).refusal(role)).toBeUndefined();
  expect(permissions({ ...all, clusterResourceBlacklist: [{ group: 'rbac.*', kind: 'Cluster*' }] }).refusal(role)).toBe('clusterResourceBlacklist');
});

test('the namespace of each object has to be one of the destinations', () => {
  const destinations = [
    { name: '*', namespace: 'own' },
    { name: '*', namespace: 'team-*' },
  ];
  const inNamespace = (namespace: string, to?: object) => permissions({ destinations }, to).refusal({ ...map, namespace });
  expect(['', 'own', 'team-a'].map((namespace) => inNamespace(namespace))).toEqual([undefined, undefined, undefined]);
  expect(inNamespace('kube-system')).toBe('destinations');
  expect(permissions({ destinations, clusterResourceWhitelist: [{ group: '*', kind: '*' }] }).refusal({ ...role, namespace: 'kube-system' })).toBeUndefined();
  // Where the Application itself goes is its own mistake.
  expect(inNamespace('elsewhere', { name: 'c', namespace: 'elsewhere' })).toBeUndefined();
  const other = [{ name: 'other', namespace: '*' }];
  expect(permissions({ destinations: other }).refusal({ ...map, namespace: 'kube-system' })).toBeUndefined();
});

test('what only the cluster knows may be allowed', () => {
  const live = '{{ .Values.cluster.name }}';
  expect(permissions({ clusterResourceWhitelist: [{ group: '*', kind: 'ClusterRole', name: live }] }).refusal(role)).toBeUndefined();
  expect(permissions({ clusterResourceWhitelist: [{ group: '*', kind: 'ClusterRole', name: 'a*' }] }).refusal({ ...role, name: live })).toBeUndefined();
  expect(permissions({ namespaceResourceBlacklist: [{ group: live, kind: '*' }] }).refusal(map)).toBeUndefined();
  expect(permissions({ destinations: [{ name: '*', namespace: 'own' }] }).refusal({ ...map, namespace: live })).toBeUndefined();
  // Whatever the group is.
  expect(permissions({ clusterResourceWhitelist: [{ group: live, kind: 'Namespace' }] }).refusal(role)).toBe('clusterResourceWhitelist');
});

test('a pattern of many stars takes no time', () => {
  expect(fitsGoPattern(`${'*a'.repeat(100)}b`, 'a'.repeat(250))).toBe(false);
  expect(fitsGoPattern('*', 'a/b')).toBe(false);
});
