import { type ClusterSecret, interpret, merged, patched } from './argo-cd';
import { filledIn, parametersOf } from './go-template';

/** The interpreter that other tests rely on does what Argo CD does, and stops where it does not know what that is. */

const secret = { argoCD: 'h', name: 's', isLocal: false, labels: { kind: 'spoke' }, annotations: {} } satisfies ClusterSecret;

test('a template of a generator wins where it says something; what is empty in it comes from the common one', () => {
  const own = { metadata: {}, spec: { project: '', list: [1], empty: [], automated: { prune: false }, count: 0 } };
  const common = { metadata: { name: 'x' }, spec: { project: 'default', list: [2, 3], empty: [4], automated: { prune: true, selfHeal: true }, count: 5 } };
  expect(merged(own, common)).toEqual({
    metadata: { name: 'x' },
    spec: { project: 'default', list: [1], empty: [4], automated: { prune: true, selfHeal: true }, count: 5 },
  });
});

test('a patch of a template is merged into Applications: maps key by key, lists whole, finalizers added up, and never the project', () => {
  const application = {
    metadata: { name: 'x', annotations: { a: '1', b: '2' }, finalizers: ['own'] },
    spec: { project: 'default', syncPolicy: { automated: { prune: true }, syncOptions: ['A=true'] }, info: [{ name: 'a', value: 'b' }] },
  };
  const patch = {
    metadata: { annotations: { b: null, c: '3' }, finalizers: ['more', 'own'] },
    spec: { project: 'other', syncPolicy: { syncOptions: ['B=true'] } },
  };
  expect(patched(application, JSON.stringify(patch))).toEqual({
    metadata: { name: 'x', annotations: { a: '1', c: '3' }, finalizers: ['own', 'more'] },
    spec: { project: 'default', syncPolicy: { automated: { prune: true }, syncOptions: ['B=true'] }, info: [{ name: 'a', value: 'b' }] },
  });
  expect(patched(application, undefined)).toBe(application);
  expect(() => patched(application, '{"spec": {"$patch": "replace"}}')).toThrow('a patch with $patch');
});

test('expressions are those that the fleet uses, in keys and in texts', () => {
  const parameters = parametersOf({ ...secret, values: { version: '1.0.0' } });
  expect(filledIn({ '{{ .name }}': ['{{.values.version}} {{ index .metadata.labels "kind" }}s'], flag: true }, parameters)).toEqual({
    s: ['1.0.0 spokes'],
    flag: true,
  });
  for (const unknown of ['{{ .values.release }}', '{{ .name | upper }}', '{{ index .metadata.annotations "kind" }}', '{{ range .x }}', '{{ .name "x" }}']) {
    expect(() => filledIn(unknown, parameters)).toThrow(/not known|missingkey/);
  }
});

test.each([
  // As Go's own text/template answered, with sprig 3.3 and `missingkey=error`.
  ['{{ index .metadata.labels "none" }}', ''],
  ['{{ index .metadata.annotations "none" }}', 'at <.metadata.annotations>: map has no entry for key "annotations"'],
  ['{{ .metadata.labels.none }}', 'at <.metadata.labels.none>: map has no entry for key "none"'],
  ['{{ get .metadata.labels "kind" }}', 'wrong type for value; expected map[string]interface {}'],
  ['{{ index (get .metadata "labels" | default dict) "kind" | default "" }}', 'spoke'],
  ['{{ index (get .metadata "labels" | default dict) "none" | default "" }}', ''],
  ['{{ index (get .metadata "annotations" | default dict) "none" | default "" }}', ''],
  ['{{ index (get .metadata "annotations" | default dict) "none" }}', '<no value>'],
  ['{{ index (get .metadata "annotations") "none" }}', 'error calling index'],
])('%s gives %j', (expression, given) => {
  const outcome = () => filledIn(expression, parametersOf(secret));
  if (/no entry|wrong type|error/.test(given)) expect(outcome).toThrow(given);
  else expect(outcome()).toBe(given);
});

/** A hub with one spoke, and ApplicationSets of these generators. */
function hub(generators: object, template: object = { metadata: { name: 'web-{{ .name }}' }, spec: { destination: { name: '{{ .name }}' }, source: {} } }) {
  const root = {
    kind: 'Application',
    metadata: { name: 'fleet', namespace: 'argocd' },
    spec: { destination: { server: 'https://kubernetes.default.svc' }, source: { path: 'dist/hubs/h/argocd', directory: { recurse: true } } },
  };
  const registration = (name: string, server: string, labels: object) => ({
    kind: 'ExternalSecret',
    metadata: { name: `cluster-${name}`, namespace: 'argocd' },
    spec: { target: { template: { metadata: { labels: { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' } }, data: { name, server } } } },
  });
  const set = {
    kind: 'ApplicationSet',
    metadata: { name: 'web', namespace: 'argocd' },
    spec: { generators, goTemplate: true, goTemplateOptions: ['missingkey=error'], template },
  };
  const files = {
    'dist/hubs/h/bootstrap/root.yaml': root,
    'dist/hubs/h/argocd/members/h.yaml': registration('h', 'https://kubernetes.default.svc', { kind: 'hub' }),
    'dist/hubs/h/argocd/members/s.yaml': registration('s', '{{ .server }}', { kind: 'spoke', tier: 'gold' }),
    'dist/hubs/h/argocd/web.yaml': set,
    // Nothing points here.
    'dist/hubs/h/elsewhere/web.yaml': { ...set, metadata: { name: 'unseen', namespace: 'argocd' } },
  };
  return interpret(new Map(Object.entries(files).map(([path, manifest]) => [path, JSON.stringify(manifest)]))).applications.map(({ name }) => name);
}

const clusters = (selector: object) => ({ clusters: { selector } });

test.each([
  [{ matchLabels: { kind: 'hub' } }, ['web-h']],
  [{ matchLabels: { kind: 'hub', tier: 'gold' } }, []],
  [{ matchExpressions: [{ key: 'kind', operator: 'In', values: ['hub', 'spoke'] }] }, ['web-h', 'web-s']],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }] }, ['web-s']],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] }, ['web-h']],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ['web-s']],
  [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, ['web-h']],
])('the selector %j selects as Kubernetes does', (selector, names) => {
  expect(hub([clusters(selector)])).toEqual(names);
});

test.each([
  ['two Applications of one name', [clusters({ matchLabels: { kind: 'hub' } }), clusters({ matchLabels: { kind: 'hub' } })], 'two Applications called web-h'],
  ['another generator', [{ list: { elements: [] } }], 'a generator that is not known: list'],
  ['no selector', [clusters({})], 'selects every cluster'],
  ['another operator', [clusters({ matchExpressions: [{ key: 'kind', operator: 'Gt', values: ['1'] }] })], 'no operator Gt'],
])('%s is an error', (_, generators, message) => {
  expect(() => hub(generators)).toThrow(message);
});

test('an Application to a cluster that is not registered is an error', () => {
  const template = { metadata: { name: 'web-{{ .name }}' }, spec: { destination: { name: 'nowhere' }, source: {} } };
  expect(() => hub([clusters({ matchLabels: { kind: 'hub' } })], template)).toThrow('a cluster that h does not know');
});
