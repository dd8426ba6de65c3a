import { groupKindOf, identityOf } from '../../../layers/charts/object-identity';

const object = (apiVersion: string, kind: string, metadata: object = {}) => ({ apiVersion, kind, metadata: { name: 'a', ...metadata } });

test('an object is the same in each version of its group, and another one by kind, group, namespace and name', () => {
  expect(identityOf(object('apps/v1', 'Deployment'))).toBe(identityOf(object('apps/v1beta1', 'Deployment')));
  const others = [
    object('v1', 'A'),
    object('g/v1', 'A'),
    object('v1', 'B'),
    object('v1', 'A', { namespace: 'x' }),
    object('v1', 'A', { namespace: 'y' }),
    object('v1', 'A', { name: 'b' }),
  ];
  expect(new Set(others.map((one) => identityOf(one))).size).toBe(others.length);
  expect([groupKindOf(object('apps/v1', 'Deployment')), groupKindOf(object('v1', 'Secret')), groupKindOf({})]).toEqual(['Deployment.apps', 'Secret', '']);
});

test.each([[{}], [{ kind: 'A' }], [{ kind: 'A', metadata: 'x' }], [{ kind: 'A', metadata: { generateName: 'a-' } }], [{ metadata: { name: 'a' } }]])(
  '%j is none that is known',
  (some) => expect(identityOf(some)).toBeUndefined(),
);

test('one without a namespace lies where it ends up', () => {
  for (const metadata of [{}, { namespace: '' }, { namespace: null }])
    expect(identityOf(object('v1', 'A', metadata), 'shop')).toBe(identityOf(object('v1', 'A', { namespace: 'shop' })));
  expect(identityOf(object('v1', 'A', { namespace: 'x' }), 'shop')).not.toBe(identityOf(object('v1', 'A'), 'shop'));
});

test.each([
  ['v1', 'Namespace'],
  ['v1', 'PersistentVolume'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['storage.k8s.io/v1', 'CSIDriver'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding'],
  ['apiregistration.k8s.io/v1', 'APIService'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass'],
])('of %s a %s lies in no namespace', (apiVersion, kind) => {
  expect(identityOf(object(apiVersion, kind, { namespace: 'x' }), 'shop')).toBe(identityOf(object(apiVersion, kind)));
});

test.each([
  ['v1', 'PersistentVolumeClaim'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity'],
  ['cluster.x-k8s.io/v1beta1', 'ClusterClass'],
  ['addons.cluster.x-k8s.io/v1beta1', 'ClusterResourceSet'],
  ['postgresql.cnpg.io/v1', 'Cluster'],
])('of %s a %s does', (apiVersion, kind) => {
  expect(identityOf(object(apiVersion, kind, { namespace: 'x' }))).not.toBe(identityOf(object(apiVersion, kind)));
});
