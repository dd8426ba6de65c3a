import fc from 'fast-check';
import { marksAt, marksOf } from '../../../changes/objects/marks';
import type { Content } from '../../../changes/state';
import type { Plain } from '../../../layers/layer';

type Map_ = { readonly [key: string]: Plain };

/** @param fields beside its name */
function object(apiVersion: string, kind: string, fields: Map_ = {}, metadata: Map_ = {}): Content {
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, ...fields };
}

const apps = (kind: string, spec: Map_, metadata: Map_ = {}) => object('apps/v1', kind, { spec }, metadata);
const texts = (before: Content | undefined, after: Content | undefined) => marksOf(before, after).map(({ kind, text }) => `${kind}: ${text}`);
const fields = (before: Content, after: Content) => marksOf(before, after).map(({ kind, field }) => `${kind} ${field}`);

const selector = (app: string) => ({ matchLabels: { app } });
const claims = (size: string, more: Map_ = {}) => [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: size } }, ...more } }];
const storage = (fields_: Map_) => object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'a', ...fields_ });
const service = (spec: Map_) => object('v1', 'Service', { spec });
const claim = (spec: Map_) => object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'fast', ...spec } });
const sealed = (kind: string, data: Map_, isImmutable = true) => object('v1', kind, { data, ...(isImmutable ? { immutable: true } : {}) });
const binding = (kind: string, role: string) => object('rbac.authorization.k8s.io/v1', kind, { roleRef: { kind: 'ClusterRole', name: role } });
const definition = (scope: string) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { scope, names: { kind: 'A', shortNames: [scope] } } });

const sized = (size: string) => claim({ resources: { requests: { storage: size } } });
const pod = (spec: Map_) => object('v1', 'Pod', { spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec } });
const balanced = (spec: Map_) => service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', ...spec });
const devices = (name: string) => object('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: { spec: { devices: { requests: [{ name }] } } } });
const versions = (...names: string[]) => object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { versions: names.map((name) => ({ name })) } });

describe('a field that Kubernetes does not let change', () => {
  test.each<readonly [what: string, before: Content, after: Content, field: string]>([
    ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map(
      (kind) => [`the selector of a ${kind}`, apps(kind, { selector: selector('a') }), apps(kind, { selector: selector('b') }), 'spec.selector'] as const,
    ),
    [
      'claims',
      apps('StatefulSet', { volumeClaimTemplates: claims('1Gi') }),
      apps('StatefulSet', { volumeClaimTemplates: claims('2Gi') }),
      'spec.volumeClaimTemplates',
    ],
    ['the name of a service', apps('StatefulSet', { serviceName: 'a' }), apps('StatefulSet', { serviceName: 'b' }), 'spec.serviceName'],
    ['the order of pods', apps('StatefulSet', {}), apps('StatefulSet', { podManagementPolicy: 'Parallel' }), 'spec.podManagementPolicy'],
    ['an address', service({ clusterIP: '10.0.0.1' }), service({ clusterIP: '10.0.0.2' }), 'spec.clusterIP'],
    ['an address where one was given', service({}), service({ clusterIP: 'None' }), 'spec.clusterIP'],
    ['the class of a claim', claim({}), claim({ storageClassName: 'slow' }), 'spec.storageClassName'],
    [
      'the pods of a job',
      object('batch/v1', 'Job', { spec: { template: { a: 1 } } }),
      object('batch/v1', 'Job', { spec: { template: { a: 2 } } }),
      'spec.template',
    ],
    ['the provisioner of a class', storage({}), storage({ provisioner: 'b' }), 'provisioner'],
    ['the parameters of a class', storage({ parameters: { a: '1' } }), storage({}), 'parameters'],
    ['the role that is bound', binding('RoleBinding', 'a'), binding('RoleBinding', 'b'), 'roleRef'],
    ['what is sealed', sealed('ConfigMap', { a: '1' }), sealed('ConfigMap', { a: '2' }), 'data'],
    ['a sealed secret', sealed('Secret', { a: '1' }), sealed('Secret', { a: '2' }), 'data'],
    ['the seal', sealed('ConfigMap', { a: '1' }), sealed('ConfigMap', { a: '1' }, false), 'immutable'],
    ['the type of a secret', object('v1', 'Secret'), object('v1', 'Secret', { type: 'kubernetes.io/tls' }), 'type'],
    ['a port of health checks', balanced({ healthCheckNodePort: 31000 }), balanced({ healthCheckNodePort: 31001 }), 'spec.healthCheckNodePort'],
    ['such a port where one was given', balanced({}), balanced({ healthCheckNodePort: 31001 }), 'spec.healthCheckNodePort'],
    ['what a claim of devices asks for', devices('a'), devices('b'), 'spec'],
    ['a command of a Pod', pod({}), pod({ containers: [{ name: 'a', image: 'a:1', args: ['x'] }] }), 'spec.containers'],
    ['the node of a Pod', pod({}), pod({ nodeSelector: { zone: 'a' } }), 'spec.nodeSelector'],
    ['a toleration that a Pod loses', pod({ tolerations: [{ key: 'a' }] }), pod({ tolerations: [{ key: 'b' }] }), 'spec.tolerations'],
    ['the scope of a kind', definition('Cluster'), definition('Namespaced'), 'spec.scope'],
  ])('%s', (_, before, after, field) => {
    expect(fields(before, after)).toEqual([`immutable ${field}`]);
    expect(marksOf(before, after)[0]?.text).toBe(`${field} of a ${after.kind} cannot change: Kubernetes refuses it until somebody deletes the object`);
  });

  test.each<readonly [what: string, before: Content, after: Content]>([
    ['what may change', apps('Deployment', { replicas: 1, selector: selector('a') }), apps('Deployment', { replicas: 2, selector: selector('a') })],
    ['what a StatefulSet may change', apps('StatefulSet', { replicas: 1, minReadySeconds: 1 }), apps('StatefulSet', { template: {}, ordinals: { start: 1 } })],
    ['a default that is said', apps('StatefulSet', {}), apps('StatefulSet', { podManagementPolicy: 'OrderedReady' })],
    [
      'a default inside of claims',
      apps('StatefulSet', { volumeClaimTemplates: claims('1Gi') }),
      apps('StatefulSet', { volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claims('1Gi', { volumeMode: 'Filesystem' })[0] }] }),
    ],
    ['what a claim asks for', claim({ resources: { requests: { storage: '1Gi' } } }), claim({ resources: { requests: { storage: '2Gi' } } })],
    ['what a claim says otherwise', sized('1Gi'), sized('1024Mi')],
    ['a claim that grows', sized('1500Mi'), sized('2G')],
    ['a size that is none', sized('1Gi'), sized('{{ .Values.cluster.size }}')],
    ['the image of a Pod', pod({}), pod({ containers: [{ name: 'a', image: 'a:2' }] })],
    ['what a Pod tolerates beside', pod({ tolerations: [{ key: 'a' }] }), pod({ tolerations: [{ key: 'a', tolerationSeconds: 5 }, { key: 'b' }] })],
    ['how long a Pod may run', pod({}), pod({ activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 30 })],
    ['where a Pod goes that waits', pod({ schedulingGates: [{ name: 'a' }] }), pod({ nodeSelector: { zone: 'a' } })],
    [
      'a port that is not needed any more',
      balanced({ healthCheckNodePort: 31000 }),
      balanced({ healthCheckNodePort: 31001, externalTrafficPolicy: 'Cluster' }),
    ],
    ['a version that comes', versions('v1'), versions('v1', 'v2')],
    ['an address that is left out', service({ clusterIP: '10.0.0.1' }), service({})],
    ['what becomes a name alone', service({ clusterIP: '10.0.0.1' }), service({ type: 'ExternalName', externalName: 'a' })],
    ['what is not sealed', sealed('ConfigMap', { a: '1' }, false), sealed('ConfigMap', { a: '2' })],
    [
      'another group of that kind',
      object('serving.knative.dev/v1', 'Service', { spec: { clusterIP: 'a' } }),
      object('serving.knative.dev/v1', 'Service', { spec: { clusterIP: 'b' } }),
    ],
    ['a newer version of the group', object('policy/v1beta1', 'PodDisruptionBudget'), object('policy/v1', 'PodDisruptionBudget')],
    [
      'a job that each sync makes anew',
      object('batch/v1', 'Job', { spec: { template: { a: 1 } } }, { annotations: { 'helm.sh/hook': 'test' } }),
      object('batch/v1', 'Job', { spec: { template: { a: 2 } } }, { annotations: { 'helm.sh/hook': 'test' } }),
    ],
  ])('is not %s', (_, before, after) => {
    expect(marksOf(before, after)).toEqual([]);
  });

  test('is one that may change one way: a claim that shrinks, a definition that loses a version', () => {
    expect(texts(sized('2Gi'), sized('2G'))).toEqual([
      'immutable: spec.resources.requests.storage of a PersistentVolumeClaim: it shrinks from 2Gi to 2G, and a claim only grows',
    ]);
    expect(fields(sized('1Ti'), sized('1e9'))).toEqual(['immutable spec.resources.requests.storage']);
    expect(texts(versions('v1alpha1', 'v1beta1', 'v1'), versions('v1'))).toEqual([
      'immutable: spec.versions of a CustomResourceDefinition: without v1alpha1 and v1beta1 Kubernetes refuses it as long as `status.storedVersions` names that version',
    ]);
  });

  test('of an object that Argo CD may make anew says so', () => {
    const forced = { annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true,Force=true' } };
    expect(texts(apps('Deployment', { selector: selector('a') }), apps('Deployment', { selector: selector('b') }, forced))).toEqual([
      'immutable: spec.selector of a Deployment cannot change: Argo CD deletes the object and makes it anew (`Force=true`)',
    ]);
  });

  test('is marked where it is shown, above it and below', () => {
    const marks = marksOf(apps('Deployment', { selector: selector('a') }), apps('Deployment', { selector: selector('b') }));
    expect(
      ['spec.selector.matchLabels.app', 'spec.selector', 'spec', 'spec.selectors', 'metadata.labels.a'].map((field) => marksAt(marks, field).length),
    ).toEqual([1, 1, 1, 0, 0]);
  });
});

const kept = (persistentVolumeClaimRetentionPolicy: Map_, replicas?: number) => ({
  persistentVolumeClaimRetentionPolicy,
  ...(replicas === undefined ? {} : { replicas }),
});

describe('what goes with an object', () => {
  test.each([
    ['Namespace', 'everything that is in it'],
    ['PersistentVolumeClaim', 'the volume, as its reclaim policy says'],
    ['CustomResourceDefinition', 'every object of its kind, whoever made it'],
    ['StatefulSet', 'its pods; the claims of its volumes stay, or go, as its `persistentVolumeClaimRetentionPolicy` says'],
  ])('that is a %s', (kind, goes) => {
    expect(texts(object('v1', kind), undefined)).toEqual([`removal: with it goes ${goes}`]);
    expect(texts(undefined, object('v1', kind))).toEqual([]);
    expect(texts(object('v1', kind, {}, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }), undefined)).toEqual([]);
  });

  test('is gone, too, where another one comes in its place: one of another namespace, name or group', () => {
    const at = (metadata: Map_, apiVersion = 'v1') => object(apiVersion, 'PersistentVolumeClaim', {}, metadata);
    expect(fields(at({ namespace: 'a' }), at({ namespace: 'b' }))).toEqual(['removal metadata.namespace']);
    expect(fields(at({}), at({ name: 'other' }))).toEqual(['removal metadata.name']);
    expect(fields(at({}), at({}, 'other.example.com/v1'))).toEqual(['removal apiVersion']);
    expect(fields(at({}), object('v1', 'ConfigMap'))).toEqual(['removal kind']);
  });

  test('that deploys others goes with them, where Argo CD takes them away', () => {
    const deploying = (kind: string, metadata: Map_ = {}, spec: Map_ = {}) => object('argoproj.io/v1alpha1', kind, { spec }, metadata);
    const finalizers = ['resources-finalizer.argocd.argoproj.io/background'];
    expect(texts(deploying('Application', { finalizers }), undefined)).toEqual(['removal: with it goes everything that it deployed']);
    expect(texts(deploying('Application'), undefined)).toEqual([]);
    expect(texts(deploying('ApplicationSet'), undefined)).toEqual(['removal: with it goes the Applications that it made, and everything that they deployed']);
    expect(texts(deploying('ApplicationSet', {}, { syncPolicy: { preserveResourcesOnDeletion: true } }), undefined)).toEqual([]);
    expect(texts(object('app.k8s.io/v1beta1', 'Application', {}, { finalizers }), undefined)).toEqual([]);
  });

  test.each<readonly [what: string, before: Map_, after: Map_, field: string | undefined]>([
    ['fewer pods, whose claims go with them', kept({}, 3), kept({ whenScaled: 'Delete' }, 2), 'spec.replicas'],
    ['fewer pods than one', kept({ whenScaled: 'Delete' }), kept({ whenScaled: 'Delete' }, 0), 'spec.replicas'],
    ['more pods', kept({ whenScaled: 'Delete' }, 2), kept({ whenScaled: 'Delete' }, 3), undefined],
    ['fewer pods, whose claims stay', kept({}, 3), kept({ whenScaled: 'Retain' }, 2), undefined],
    ['claims that are to go', kept({}), kept({ whenDeleted: 'Delete' }), 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted'],
    ['claims that went already', kept({ whenDeleted: 'Delete' }), kept({ whenDeleted: 'Delete' }), undefined],
  ])('of a StatefulSet: %s', (_, before, after, field) => {
    const found = marksOf(apps('StatefulSet', before), apps('StatefulSet', after)).filter((mark) => field === undefined || mark.field === field);
    expect(found.map(({ kind, isEmptied }) => [kind, isEmptied])).toEqual(field === undefined ? [] : [['removal', true]]);
  });

  describe('that stays, where Argo CD deletes it to make it anew', () => {
    const at = (annotations: Map_, kind = 'PersistentVolumeClaim') => object('v1', kind, {}, { annotations });
    const options = (text: string) => ({ 'argocd.argoproj.io/sync-options': text });
    const goes = 'with it goes the volume, as its reclaim policy says';

    test.each<readonly [what: string, annotations: Map_, why: string]>([
      ['a hook of Argo CD', { 'argocd.argoproj.io/hook': 'PreSync' }, 'it becomes a hook, and Argo CD deletes it'],
      ['a hook of Helm, though nothing prunes it', { 'helm.sh/hook': 'pre-upgrade', ...options('Prune=false') }, 'it becomes a hook, and Argo CD deletes it'],
      ['a hook that never runs', { 'argocd.argoproj.io/hook': 'Skip' }, 'it becomes a hook, and Argo CD deletes it'],
      ['force', options('Prune=false, Force=true'), 'with `Force=true` Argo CD may delete it'],
      ['replacement', options('Replace=true'), 'with `Replace=true` Argo CD may delete it'],
    ])('%s', (_, annotations, why) => {
      expect(marksOf(at({}), at(annotations)).filter(({ kind }) => kind === 'removal')).toEqual([
        { kind: 'removal', field: `metadata.annotations.'${Object.keys(annotations)[0]}'`, isAnew: true, text: `${why}: ${goes}` },
      ]);
    });

    test('is none that did so before, that comes, or that holds nothing', () => {
      const [hook, forced] = [{ 'argocd.argoproj.io/hook': 'Sync' }, options('Force=true')];
      const removals = (before: Content | undefined, after: Content) => marksOf(before, after).filter(({ kind }) => kind === 'removal');
      expect(removals(at(hook), at({ ...hook, a: 'b' }))).toEqual([]);
      expect(removals(at(hook), at(forced))).toEqual([]);
      expect(removals(at(forced), at({ ...forced, a: 'b' }))).toEqual([]);
      expect(removals(at(forced), at({}))).toEqual([]);
      expect(removals(undefined, at(hook))).toEqual([]);
      expect(removals(at({}, 'ConfigMap'), at(hook, 'ConfigMap'))).toEqual([]);
    });
  });

  test('is nothing of a Deployment', () => {
    expect(texts(apps('Deployment', {}), undefined)).toEqual([]);
  });
});

const rbac = 'rbac.authorization.k8s.io/v1';
const rule = (verbs: readonly string[], resources: readonly string[], more: Map_ = {}) => ({ apiGroups: [''], verbs, resources, ...more });
const role = (...rules: readonly Map_[]) => object(rbac, 'ClusterRole', { rules });
const person = (name: string) => ({ kind: 'ServiceAccount', namespace: 'shop', name });
const bound = (...names: readonly string[]) =>
  object(rbac, 'ClusterRoleBinding', { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects: names.map(person) });
const aggregated = (label: string) => object(rbac, 'ClusterRole', { rules: [] }, { labels: { [`rbac.authorization.k8s.io/${label}`]: 'true' } });

const own = { metadata: { name: 'web', namespace: 'kube-system' } };
const group = (name: string) => ({ kind: 'Group', name: `system:${name}` });
const given = (...who: readonly (string | Map_)[]) =>
  object(rbac, 'RoleBinding', {
    roleRef: { kind: 'ClusterRole', name: 'admin' },
    subjects: who.map((one) => (typeof one === 'string' ? person(one) : one)),
  });
const roleIn = object(rbac, 'Role', { rules: [rule(['get'], ['secrets'])] });
const webhook = (asked: Map_ = {}, more: Map_ = {}) =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [
      {
        name: 'w.example.com',
        clientConfig: { caBundle: JSON.stringify(asked), service: { namespace: 'shop', name: 'w' } },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], ...asked }],
        ...more,
      },
    ],
  });
const project = (more: Map_ = {}) =>
  object('argoproj.io/v1alpha1', 'AppProject', {
    spec: { sourceRepos: ['https://example.com'], destinations: [{ server: 'https://one', namespace: 'shop' }], ...more },
  });
const constraints = (more: Map_) => object('security.openshift.io/v1', 'SecurityContextConstraints', more);

describe('a permission in the whole cluster', () => {
  test.each<readonly [what: string, before: Content | undefined, after: Content, says: string]>([
    ['a verb', role(rule(['get'], ['pods'])), role(rule(['get', 'list'], ['pods'])), 'list pods'],
    ['a kind', role(rule(['get'], ['pods'])), role(rule(['get'], ['pods']), rule(['get'], ['secrets'])), 'get secrets'],
    ['a group', role(rule(['get'], ['pods'])), role(rule(['get'], ['pods']), { apiGroups: ['apps'], verbs: ['get'], resources: ['pods'] }), 'get pods.apps'],
    ['all for one', role(rule(['get'], ['secrets'], { resourceNames: ['a'] })), role(rule(['get'], ['secrets'])), 'get secrets'],
    ['one by name', role(), role(rule(['get'], ['secrets'], { resourceNames: ['a'] })), "get secrets 'a'"],
    ['everything', role(rule(['*'], ['pods'])), role(rule(['*'], ['*'])), '* *'],
    ['a URL', role({ verbs: ['get'], nonResourceURLs: ['/healthz/*'] }), role({ verbs: ['get'], nonResourceURLs: ['/metrics'] }), 'get /metrics'],
    ['a role that comes', undefined, role(rule(['get'], ['pods'])), 'get pods'],
    ['a binding that comes', undefined, bound('a'), 'ServiceAccount shop/a gets view'],
    ['a subject', bound('a'), bound('a', 'b'), 'ServiceAccount shop/b gets view'],
    ['rules for another role', aggregated('x'), aggregated('aggregate-to-admin'), "its rules go to 'admin'"],
    [
      'rules of other roles',
      role(),
      object(rbac, 'ClusterRole', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } }),
      'the rules of all roles with {"matchLabels":{"a":"b"}}',
    ],
    ['a subject everywhere, in a namespace', given('a'), given('a', group('authenticated')), 'Group system:authenticated gets admin in its namespace'],
    ["a subject in the cluster's own namespace", undefined, { ...given('a'), ...own }, 'ServiceAccount shop/a gets admin in kube-system'],
    ["a role in the cluster's own namespace", undefined, { ...roleIn, ...own }, 'get secrets in kube-system'],
    ['a webhook', undefined, webhook(), 'Service shop/w sees CREATE pods'],
    ['another thing that it is asked about', webhook(), webhook({ resources: ['pods', 'pods/exec'] }), 'Service shop/w sees CREATE pods/exec'],
    ['parts of all things', webhook({ resources: ['*'] }), webhook({ resources: ['*/*'] }), 'Service shop/w sees CREATE */*'],
    ['all namespaces', webhook({}, { namespaceSelector: { matchLabels: { a: 'b' } } }), webhook(), 'Service shop/w sees CREATE pods'],
    ['whoever is asked', webhook(), webhook({}, { clientConfig: { url: 'https://x.example.com' } }), 'https://x.example.com sees CREATE pods'],
    ['a project that deploys from anywhere', project(), project({ sourceRepos: ['*'] }), "the project 'web' deploys from *"],
    [
      'a project that deploys elsewhere',
      project(),
      project({ destinations: [{ server: '*', namespace: 'shop' }] }),
      "the project 'web' deploys to 'shop' of *",
    ],
    [
      'a project of kinds of the whole cluster',
      project(),
      project({ clusterResourceWhitelist: [{ group: '*', kind: '*' }] }),
      "the project 'web' deploys *.* of the whole cluster",
    ],
    [
      'a project that refuses less',
      project({ namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }] }),
      project({ namespaceResourceBlacklist: [] }),
      "the project 'web' deploys *.*",
    ],
    ['constraints for one more', constraints({ users: ['a'] }), constraints({ users: ['a', 'b'] }), "b may use the constraints 'web'"],
    [
      'constraints that let pods do more',
      constraints({}),
      constraints({ allowPrivilegedContainer: true }),
      "pods with the constraints 'web' may have allowPrivilegedContainer",
    ],
  ])('is new: %s', (_, before, after, says) => {
    expect(texts(before, after)).toEqual([`permission: new in the whole cluster: ${says}`]);
  });

  test.each<readonly [what: string, before: Content | undefined, after: Content | undefined]>([
    ['rules in another order', role(rule(['get', 'list'], ['pods'])), role(rule(['list'], ['pods']), rule(['get'], ['pods']))],
    ['less of them', role(rule(['*'], ['*'])), role(rule(['get'], ['pods']))],
    ['what a wider one covers', role(rule(['get'], ['*/log'])), role(rule(['get'], ['pods/log']))],
    ['a URL below another', role({ verbs: ['*'], nonResourceURLs: ['/healthz/*'] }), role({ verbs: ['get'], nonResourceURLs: ['/healthz/etcd'] })],
    ['a role that goes', role(rule(['get'], ['pods'])), undefined],
    ['one in a namespace', undefined, object(rbac, 'Role', { rules: [rule(['*'], ['*'])] })],
    ['a binding in a namespace', undefined, object(rbac, 'RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'admin' }, subjects: [person('a')] })],
    ['a role that others get in a namespace', given('a'), given('a', 'b')],
    ['a webhook that is asked about less', webhook(), webhook({}, { objectSelector: { matchLabels: { a: 'b' } } })],
    ['a webhook that is known by another certificate', webhook({ operations: ['*'] }), webhook({ operations: ['CREATE'] })],
    ['a project that permits less', project({ sourceRepos: ['*'] }), project({ sourceRepos: ['https://other.example.com'] })],
    ['a project that refuses more', project(), project({ namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }] })],
  ])('is not new: %s', (_, before, after) => {
    expect(texts(before, after)).toEqual([]);
  });

  test('of many the first are told', () => {
    const verbs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    expect(texts(undefined, role(rule(verbs, ['x'])))).toEqual(['permission: new in the whole cluster: a x, b x, c x, d x, e x, f x and 2 more']);
  });

  // A law: what is permitted already is never new, in whatever rules it stands.
  test('is never one that stood there in other rules', () => {
    const word = fc.constantFrom('*', 'a', 'b', 'c');
    const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
    const rules = fc.array(fc.record({ apiGroups: words, verbs: words, resources: words }), { maxLength: 4 });
    fc.assert(
      fc.property(rules, (all) => {
        const apart = all.flatMap(({ apiGroups, verbs, resources }) => verbs.map((verb) => ({ apiGroups, verbs: [verb], resources })));
        expect(marksOf(role(...all), role(...apart))).toEqual([]);
        expect(marksOf(role(...apart), role(...all))).toEqual([]);
      }),
    );
  });
});

describe('a hook', () => {
  const job = (annotations: Map_, image = 'a') => object('batch/v1', 'Job', { spec: { template: { image } } }, { annotations });

  test.each([
    [{ 'argocd.argoproj.io/hook': 'PreSync' }, 'PreSync'],
    [{ 'argocd.argoproj.io/hook': 'Sync,PostSync' }, 'PostSync and Sync'],
    [{ 'helm.sh/hook': 'pre-install,pre-upgrade' }, 'PreSync'],
    [{ 'helm.sh/hook': 'post-upgrade' }, 'PostSync'],
  ])('runs again: %j', (annotations, hooks) => {
    expect(texts(job(annotations), job(annotations, 'b'))).toEqual([`hook: runs again at the next sync: a ${hooks} hook`]);
    expect(texts(undefined, job(annotations))).toEqual([`hook: runs at the next sync: a ${hooks} hook`]);
    expect(texts(job(annotations), undefined)).toEqual([]);
  });

  test.each([
    [{ 'helm.sh/hook': 'test' }],
    [{ 'argocd.argoproj.io/hook': 'Skip' }],
    [{ 'argocd.argoproj.io/hook': 'PostDelete', 'helm.sh/hook': 'pre-install' }],
  ])('does not: %j', (annotations) => {
    expect(texts(job(annotations), job(annotations, 'b'))).toEqual([]);
  });
});

describe('an object that names no namespace', () => {
  const claimIn = (namespace?: string) => object('v1', 'PersistentVolumeClaim', {}, namespace === undefined ? {} : { namespace });
  const kinds = (before: Content, after: Content, had: string, have: string) =>
    marksOf(before, after, [had, have]).map(({ kind, field }) => `${kind} ${field}`);

  test('lies where its Application deploys to, each time that it is asked', () => {
    const [none, shop] = [claimIn(), claimIn('shop')];
    const other = ['removal metadata.namespace'];
    for (let time = 0; time < 2; time += 1) {
      expect(kinds(none, shop, 'shop', 'shop')).toEqual([]);
      expect(kinds(shop, none, 'shop', 'shop')).toEqual([]);
      expect(kinds(none, shop, 'other', 'other')).toEqual(other);
      expect(kinds(shop, none, 'shop', 'other')).toEqual(other);
    }
  });

  test('moves with its Application, which is said of that', () => {
    expect(kinds(claimIn(), object('v1', 'PersistentVolumeClaim', { a: 1 }), 'shop', 'other')).toEqual([]);
  });
});
