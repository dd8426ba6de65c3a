import { ApiObject } from 'cdk8s';
import { FleetError, type Problem, type TargetChart } from '../../../constructs';
import { problemsText } from '../../../layers/text/problem-text';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, apps, buildFleet, type ConfigContent } from '../../builders/fleet-builder';

type Fields = Readonly<Record<string, unknown>>;

const project = (fields: Fields = {}) => ({
  kind: 'AppProject',
  description: 'Shop',
  sourceRepos: ['*'],
  destinations: { own: { name: '*', server: '*', namespace: 'web' } },
  ...fields,
});
const opened = (fields: Fields = {}) => application({ project: 'shop', hydrate: true, ...fields });

const object = (apiVersion: string, kind: string, name: string, more: Fields = {}) => ({ apiVersion, kind, metadata: { name }, ...more });
const inNamespace = (namespace: string, kind = 'ConfigMap') => ({ apiVersion: 'v1', kind, metadata: { name: 'web', namespace } });
const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'web');
const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'web');
const deployment = object('apps/v1', 'Deployment', 'web');
const issuer = object('example.com/v1', 'Issuer', 'web');
const definition = (scope: string, name = 'issuers.example.com') =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', name, { spec: { group: 'example.com', names: { kind: 'Issuer' }, scope } });

function problemsOf(config: ConfigContent, objects: readonly object[] = []): readonly Problem[] {
  const fleet = buildFleet(config);
  fleet.chartRenderer = {
    ...knowsNothing,
    render: (inputs) => inputs.map(() => ({ objects: objects as never })),
  };
  try {
    return fleet.synth().warnings;
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

const found = (objects: readonly object[], fields: Fields = {}, app: Fields = {}) =>
  problemsOf(apps({ shop: project(fields), web: opened(app) }), objects).map((problem) => [problem.code, problem.found]);

const kinds = (...all: readonly string[]) => all.map((kind) => ({ group: '*', kind }));

test('objects that a project does not allow are one error for all targets, with both places and the way out', () => {
  const [problem, ...more] = problemsOf(apps({ shop: project(), web: opened() }), [deployment, binding, role]);
  expect(more).toEqual([]);
  expect(problem).toEqual({
    code: 'project',
    message: "the project 'shop' does not allow 2 objects of web",
    expected: 'what its `clusterResourceWhitelist` allows: nothing',
    found: "ClusterRole 'web', ClusterRoleBinding 'web'",
    hint:
      "allow `{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }`, `{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' }` in " +
      '`clusterResourceWhitelist` of config/mgmt/shop.ts, or have the chart leave them out; if it is meant so, say why in the file of the app: ' +
      "`silence: { 'project clusterResourceWhitelist': 'why' }`",
    app: 'web',
    file: 'config/mgmt/web.ts',
    place: ['hydrate'],
    target: 'mgmt/integration/int-1/us',
    targets: 3,
    see: { file: 'config/mgmt/shop.ts', place: ['kind'] },
  });
  const located = { ...(problem as Problem), see: { ...problem?.see, line: 4, column: 3 } };
  expect(problemsText([located])).toContain('\n  see      config/mgmt/shop.ts:4:3\n');
});

test('each cause is an error of its own: kinds in and without namespaces, and namespaces', () => {
  const fields = {
    namespaceResourceWhitelist: kinds('ConfigMap'),
    clusterResourceBlacklist: kinds('ClusterRole'),
    clusterResourceWhitelist: kinds('Cluster*'),
  };
  expect(found([deployment, role, binding, inNamespace('kube-system'), object('v1', 'Namespace', 'web')], fields).sort()).toEqual([
    ['project', "ClusterRole 'web'"],
    ['project', "ConfigMap 'web' in 'kube-system'"],
    ['project', "Deployment 'web'"],
    ['project', "Namespace 'web'"],
  ]);
});

test('what a project allows is none, be it in another namespace of its own', () => {
  const more = { other: { name: '*', server: '*', namespace: 'kube-*' } };
  const fields = { destinations: { own: { name: '*', server: '*', namespace: 'web' }, ...more }, clusterResourceWhitelist: kinds('*') };
  expect(found([deployment, role, binding, inNamespace('kube-system')], fields)).toEqual([]);
});

test('it is what the project says at the target', () => {
  const overrides = { production: { clusterResourceWhitelist: kinds('*') } };
  const [problem] = problemsOf(apps({ shop: project({ overrides }), web: opened() }), [role]);
  expect([problem?.target, problem?.targets]).toEqual(['mgmt/integration/int-1/us', 2]);
  const stricter = { clusterResourceWhitelist: kinds('*'), overrides: { production: { clusterResourceWhitelist: [] } } };
  const [other] = problemsOf(apps({ shop: project(stricter), web: opened() }), [role]);
  expect([other?.target, other?.see?.place]).toEqual(['mgmt/production/prod-1/us', ['overrides', 'production', 'clusterResourceWhitelist']]);
});

test('a kind that somebody made is judged where its definition is in sight, and not guessed at elsewhere', () => {
  const fields = { clusterResourceWhitelist: kinds('CustomResourceDefinition') };
  expect(found([issuer], fields)).toEqual([]);
  expect(found([issuer, definition('Cluster')], fields)).toEqual([['project', "Issuer 'web'"]]);
  expect(found([issuer, definition('Namespaced')], fields)).toEqual([]);
  expect(found([issuer, definition('Namespaced')], { ...fields, namespaceResourceBlacklist: kinds('Issuer') })).toEqual([['project', "Issuer 'web'"]]);
  expect(found([issuer, definition('Cluster'), definition('Namespaced', 'other')], fields)).toEqual([]);
});

test('what Argo CD passes over, or never syncs, is not asked for', () => {
  const annotated = (annotations: Fields) => ({ ...role, metadata: { name: 'web', annotations } });
  expect(found([deployment, object('certificates.k8s.io/v1', 'CertificateSigningRequest', 'web')])).toEqual([]);
  expect(found([annotated({ 'argocd.argoproj.io/hook': 'Skip' })])).toEqual([]);
  expect(found([annotated({ 'helm.sh/hook': 'post-delete' })])).toEqual([]);
  expect(found([annotated({ 'helm.sh/hook': 'crd-install' })])).toHaveLength(1);
  expect(found([annotated({ 'helm.sh/hook': 'pre-install,post-delete' })])).toHaveLength(1);
  expect(found([annotated({ 'argocd.argoproj.io/hook': 'Skip,Sync' })])).toHaveLength(1);
});

test('an app in a namespace that is not allowed is told of that, and of none of its objects', () => {
  expect(found([inNamespace('other'), deployment], {}, { destination: { server: 'https://kubernetes.default.svc', namespace: 'other' } })).toEqual([
    ['project', "'https://kubernetes.default.svc, namespace other'"],
  ]);
});

test('somebody says why it is meant so, and a project of somebody else is not known', () => {
  expect(found([role], {}, { silence: { 'project clusterResourceWhitelist': 'a global project allows it' } })).toEqual([
    ['silenced', 'a global project allows it'],
  ]);
  expect(problemsOf(apps({ shop: project(), web: opened({ project: 'theirs' }) }), [role])).toEqual([]);
  expect(problemsOf(apps({ shop: project(), web: opened({ project: 'shop', enabled: false }) }), [role])).toEqual([]);
});

test('a list of the project that is wrong itself decides nothing', () => {
  const problems = problemsOf(apps({ shop: project({ clusterResourceWhitelist: [{ group: '*', kind: 7 }] }), web: opened() }), [role]);
  expect(problems.map(({ code, app }) => [code, app])).toEqual([['invalid-field', 'shop']]);
});

test('workloads are judged alike, with what is in a `List`', () => {
  const list = { apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: [role, inNamespace('kube-system')] };
  const workloads = (chart: TargetChart) => {
    new ApiObject(chart, 'one', { ...binding });
    new ApiObject(chart, 'list', list);
  };
  const app = { project: 'shop', destination: { server: 'https://kubernetes.default.svc', namespace: 'web' }, workloads };
  expect(
    problemsOf(apps({ shop: project(), web: app })).map(({ code, found: what, hint }) => [code, what, hint?.includes('leave them out of `workloads`')]),
  ).toEqual([
    ['project', "ClusterRole 'web', ClusterRoleBinding 'web'", true],
    ['project', "ConfigMap 'web' in 'kube-system'", true],
  ]);
});
