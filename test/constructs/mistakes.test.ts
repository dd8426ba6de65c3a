import { cluster, unset } from '../../constructs';
import { application, apps, type ConfigContent, manifestAt, problemsOf, smallFleet } from '../builders/fleet-builder';

const [integration, production] = smallFleet.environments;

function withPatch(patch: unknown): ConfigContent {
  return apps({ web: application({ patches: { 'patch-001': patch } }) });
}

function withEnvironments(...environments: unknown[]): ConfigContent {
  return { fleet: { ...smallFleet, environments } };
}

interface Expected {
  readonly code: string;
  readonly file?: string;
  readonly place?: readonly string[];
  readonly message?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  readonly app?: string;
  readonly target?: string;
  readonly severity?: 'warning';
}

const web = 'config/mgmt/web.ts';
const change = { source: { targetRevision: '2.0.0' } };

/** A mistake, the configuration that makes it, and what is reported: exactly this, and nothing besides. */
const mistakes: readonly (readonly [string, ConfigContent, Expected])[] = [
  [
    'a dimension path of an override that does not exist',
    apps({ web: application({ overrides: { 'production/prod-2': change } }) }),
    { code: 'unknown-path', file: web, place: ['overrides', 'production/prod-2'], hint: "did you mean 'production/prod-1'?" },
  ],
  [
    'a dimension path of a patch that does not exist',
    withPatch({ rolledOutTo: ['integraton'], change }),
    { code: 'unknown-path', file: web, place: ['patches', 'patch-001', 'rolledOutTo', '0'], hint: "did you mean 'integration'?" },
  ],
  [
    'a path of a cluster type that does not exist',
    apps({ web: application() }, { paths: ['integration', 'stage'] }),
    { code: 'unknown-path', file: 'config/mgmt/defaults.ts', place: ['paths', '1'] },
  ],
  [
    'a path that is named twice',
    withPatch({ rolledOutTo: ['integration', 'integration'], change }),
    { code: 'path-repeated', file: web, place: ['patches', 'patch-001', 'rolledOutTo', '1'] },
  ],
  [
    'a path together with its parent',
    withPatch({ rolledOutTo: ['integration/int-1/us', 'integration'], change }),
    { code: 'path-covered', file: web, place: ['patches', 'patch-001', 'rolledOutTo', '0'] },
  ],
  ['an app name that Kubernetes refuses', apps({ Web_App: application() }), { code: 'invalid-name', file: 'config/mgmt/Web_App.ts', app: 'Web_App' }],
  [
    "an app name with '..'",
    apps({ pair: { apps: { '..': application() } } }),
    { code: 'invalid-name', file: 'config/mgmt/pair.ts', place: ['apps', '..'], app: '..' },
  ],
  [
    "a node name with '/'",
    withEnvironments(integration, { name: 'a/b', sectors: [{ name: 's', regions: ['r'] }] }),
    { code: 'invalid-name', file: 'config/fleet.ts', place: ['environments', '1'] },
  ],
  [
    "a node name with '..'",
    withEnvironments(integration, { name: 'a', sectors: [{ name: '..', regions: ['r'] }] }),
    { code: 'invalid-name', file: 'config/fleet.ts', place: ['environments', '1', 'sectors', '0'] },
  ],
  ['a cluster type that Kubernetes refuses', { clusterTypes: { Mgmt: { apps: { web: application() } } } }, { code: 'invalid-name', file: 'config/Mgmt' }],
  [
    'a patch name with a slash',
    apps({ web: application({ patches: { 'a/b': { rolledOutTo: ['integration'], change } } }) }),
    { code: 'invalid-name', file: web },
  ],
  ['a label prefix that Kubernetes refuses', { fleet: { ...smallFleet, labelPrefix: 'My Fleet' } }, { code: 'invalid-name', place: ['labelPrefix'] }],
  ['an output path outside of the repository', { fleet: { ...smallFleet, path: '../dist' } }, { code: 'invalid-name', place: ['path'] }],
  ['the same node twice', withEnvironments(integration, integration), { code: 'duplicate-name', file: 'config/fleet.ts', place: ['environments', '1'] }],
  [
    'two nodes that are one folder where file names ignore case',
    withEnvironments(integration, { name: 'Integration', sectors: [{ name: 's', regions: ['r'] }] }),
    { code: 'duplicate-name', file: 'config/fleet.ts', place: ['environments', '1'] },
  ],
  [
    'the same app in two folders',
    apps({ 'team-a/web': application(), 'team-b/web': application() }),
    { code: 'duplicate-name', file: 'config/mgmt/team-b/web.ts', app: 'web', found: 'another one in config/mgmt/team-a/web.ts' },
  ],
  [
    'the same app in a file of its own and in one with several',
    apps({ pair: { apps: { web: application() } }, web: application() }),
    { code: 'duplicate-name', file: web, app: 'web', found: 'another one in config/mgmt/pair.ts' },
  ],
  [
    'an empty hierarchy',
    withEnvironments(),
    { code: 'empty-hierarchy', file: 'config/fleet.ts', expected: 'at least one complete path: environment/sector/region' },
  ],
  [
    'a node without targets',
    withEnvironments(integration, { name: 'production', sectors: [{ name: 'prod-1', regions: [] }] }),
    { code: 'empty-hierarchy', file: 'config/fleet.ts', place: ['environments', '1', 'sectors', '0'] },
  ],
  [
    'a plain name where more levels follow',
    withEnvironments(integration, 'production'),
    { code: 'empty-hierarchy', file: 'config/fleet.ts', place: ['environments', '1'] },
  ],
  ['a fleet without cluster types', { clusterTypes: {} }, { code: 'empty-fleet', file: 'config/fleet.ts' }],
  ['a cluster type without apps', apps({}), { code: 'empty-fleet', file: 'config/mgmt' }],
  ['an app with no source', apps({ web: application({ source: undefined }) }), { code: 'no-source', file: web, app: 'web' }],
  [
    'an app with both source and sources',
    apps({ web: application({ overrides: { production: { sources: [{ repoURL: 'https://example.com', path: 'x' }] } } }) }),
    { code: 'source-and-sources', file: web, place: ['source'], target: 'mgmt/production/prod-1/us' },
  ],
  [
    'sources by name over a list',
    apps({
      web: application({
        source: undefined,
        sources: [{ repoURL: 'https://example.com', path: 'x' }],
        overrides: { production: { sources: { main: { targetRevision: 'v2' } } } },
      }),
    }),
    { code: 'named-sources', file: web, place: ['overrides', 'production', 'sources'] },
  ],
  [
    'a source that says what repository but not what in it',
    apps({ web: application({ source: { repoURL: 'https://example.com' } }) }),
    { code: 'source-incomplete', file: web, place: ['source'] },
  ],
  ...['/etc', '..', 'apps/../../etc', './../x'].map(
    (path) =>
      [
        `a path that leads out of its repository: ${path}`,
        apps({ web: application({ source: { repoURL: 'https://example.com', path } }) }),
        { code: 'invalid-field', file: web, place: ['source', 'path'], message: `'${path}' is no folder of a repository` },
      ] as const,
  ),
  [
    'a chart without a version',
    apps({ web: application({ source: { repoURL: 'https://example.com', chart: 'web' } }) }),
    { code: 'source-incomplete', file: web, place: ['source'] },
  ],
  [
    'a destination with both name and server',
    apps({ web: application({ overrides: { integration: { destination: { name: 'x' } } } }) }),
    { code: 'destination', file: web, place: ['destination'], found: 'both' },
  ],
  ['a destination with neither name nor server', apps({ web: application({ destination: { namespace: 'x' } }) }), { code: 'destination', found: 'neither' }],
  ['an app with no destination', apps({ web: application({ destination: undefined }) }), { code: 'missing-field', file: web, place: ['destination'] }],
  [
    'an unknown field',
    apps({ web: application({ syncPolcy: {} }) }),
    { code: 'unknown-field', file: web, place: ['syncPolcy'], hint: "did you mean 'syncPolicy'?" },
  ],
  [
    'a field as cdk8s import would have renamed it',
    apps({ web: application({ overrides: { production: { source: { repoUrl: 'https://example.com' } } } }) }),
    {
      code: 'unknown-field',
      file: web,
      place: ['overrides', 'production', 'source', 'repoUrl'],
      message: "Application has no field 'source.repoUrl'",
      hint: "did you mean 'repoURL'?",
      target: 'mgmt/production/prod-1/us',
    },
  ],
  [
    'a field of the wrong type, set by the defaults',
    apps({ web: application() }, { applications: { revisionHistoryLimit: 'ten' } }),
    {
      code: 'invalid-field',
      file: 'config/mgmt/defaults.ts',
      place: ['applications', 'revisionHistoryLimit'],
      expected: 'a whole number',
      found: "the string 'ten'",
    },
  ],
  [
    'an unknown field of a source that is written by name',
    apps({ web: application({ source: undefined, sources: { main: { repoURL: 'https://example.com', path: 'x', chrt: 'y' } } }) }),
    { code: 'unknown-field', file: web, place: ['sources', 'main', 'chrt'], hint: "did you mean 'chart'?" },
  ],
  [
    'an unknown field of an ApplicationSet',
    apps({
      set: {
        kind: 'ApplicationSet',
        generators: [{ clustrs: {} }],
        template: { metadata: { name: '{{.name}}' }, spec: { project: 'default', destination: {} } },
      },
    }),
    { code: 'unknown-field', file: 'config/mgmt/set.ts', place: ['generators', '0', 'clustrs'], hint: "did you mean 'clusters'?" },
  ],
  [
    'null where Helm is not meant',
    apps({ web: application({ syncPolicy: null }) }),
    {
      code: 'null-value',
      file: web,
      place: ['syncPolicy'],
      hint: 'to remove what a broader layer sets, write `unset`; null means something inside `helm.valuesObject` only',
    },
  ],
  [
    'values beside valuesObject',
    apps({ web: application({ source: { repoURL: 'https://example.com', path: 'x', helm: { values: 'a: 1', valuesObject: { a: 1 } } } }) }),
    { code: 'values-twice', file: web, place: ['source', 'helm', 'values'] },
  ],
  [
    'a value that throws',
    apps({
      web: application({
        overrides: {
          integration: () => {
            throw new Error('no such region');
          },
        },
      }),
    }),
    {
      code: 'layer-throws',
      file: web,
      place: ['overrides', 'integration'],
      message: 'a function of the target threw: no such region',
      target: 'mgmt/integration/int-1/us',
    },
  ],
  [
    'a layer that is no map',
    apps({ web: application({ overrides: { integration: 'v2' } }) }),
    { code: 'wrong-type', file: web, place: ['overrides', 'integration'] },
  ],
  [
    'a date in the values',
    apps({ web: application({ info: [{ name: 'since', value: new Date(0) }] }) }),
    { code: 'not-plain-data', file: web, place: ['info', '0', 'value'] },
  ],
  [
    'values where Helm does not get them',
    apps({ web: application({ values: { replicas: 3 } }) }),
    { code: 'unused-values', file: web, place: ['values'], hint: 'did you mean `source.helm.valuesObject`?' },
  ],
  [
    'values beside valuesObject in a list of sources',
    apps({ web: application({ source: undefined, sources: [{ repoURL: 'x', path: 'y', helm: { values: 'a: 1', valuesObject: { a: null } } }] }) }),
    { code: 'values-twice', file: web, place: ['sources', '0', 'helm', 'values'] },
  ],
  ['a namespace that Kubernetes refuses', apps({ web: application({ namespace: 'Bad_NS' }) }), { code: 'invalid-name', file: web, place: ['namespace'] }],
  ['a label that Kubernetes refuses', apps({ web: application({ labels: { 'a b': 'x' } }) }), { code: 'invalid-name', file: web, place: ['labels', 'a b'] }],
  [
    'a label value that Kubernetes refuses',
    apps({ web: application({ labels: { a: 'x'.repeat(64) } }) }),
    { code: 'invalid-name', file: web, place: ['labels', 'a'] },
  ],
  [
    'an annotation that Kubernetes refuses',
    apps({ web: application({ annotations: { 'bad key!': 'x' } }) }),
    { code: 'invalid-name', file: web, place: ['annotations', 'bad key!'] },
  ],
  [
    'an empty name of a node',
    withEnvironments(integration, { name: '', sectors: [] }),
    { code: 'invalid-name', file: 'config/fleet.ts', place: ['environments', '1'] },
  ],
  [
    'an empty name of a region',
    withEnvironments({ name: 'e', sectors: [{ name: 's', regions: ['r', ''] }] }),
    { code: 'invalid-name', place: ['environments', '0', 'sectors', '0', 'regions', '1'] },
  ],
  [
    'a name that every JavaScript object has',
    withEnvironments({ name: 'e', sectors: [{ name: 's', regions: ['r', 'constructor'] }] }),
    { code: 'invalid-name', place: ['environments', '0', 'sectors', '0', 'regions', '1'] },
  ],
  ['an app that is called like that', apps({ constructor: application(), web: application() }), { code: 'invalid-name', file: 'config/mgmt/constructor.ts' }],
  ['an empty name of one of several apps', apps({ pair: { apps: { '': application(), web: application() } } }), { code: 'invalid-name', place: ['apps', ''] }],
  ['a setting of the fleet of the wrong type', { fleet: { ...smallFleet, revision: 5 } }, { code: 'wrong-type', file: 'config/fleet.ts', place: ['revision'] }],
  [
    'a cluster type that is rendered nowhere',
    apps({ web: application() }, { paths: [] }),
    { code: 'empty-hierarchy', file: 'config/mgmt/defaults.ts', place: ['paths'] },
  ],
  [
    'an injected value that is no expression',
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt', inject: { 'bad key': 'x' } }, web: application() }),
    { code: 'wrong-type', file: 'config/mgmt/root.ts', place: ['inject', 'bad key'] },
  ],
  [
    'a patch with nothing but empty maps in it',
    withPatch({ rolledOutTo: ['integration'], change: { source: { helm: {} } } }),
    { code: 'empty-patch', file: web, place: ['patches', 'patch-001', 'change'] },
  ],
  [
    'a workload with a name that Kubernetes refuses',
    apps({
      web: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc' },
        workloads: (chart: never) => {
          const { ApiObject } = require('cdk8s');
          new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'A/../../x', metadata: { name: 'Bad_NAME' } });
        },
      },
    }),
    { code: 'invalid-name', file: web, place: ['workloads'] },
  ],
  ['an empty patch', withPatch({ rolledOutTo: ['integration'], change: {} }), { code: 'empty-patch', file: web, place: ['patches', 'patch-001', 'change'] }],
  ['a patch without a change', withPatch({ rolledOutTo: ['integration'] }), { code: 'empty-patch', file: web, place: ['patches', 'patch-001'] }],
  ['a patch without places', withPatch({ change }), { code: 'missing-field', file: web, place: ['patches', 'patch-001'] }],
  [
    'a misspelt key of a patch',
    withPatch({ rolledOutTo: ['integration'], change, descripton: 'x' }),
    { code: 'unknown-key', file: web, place: ['patches', 'patch-001', 'descripton'], hint: "did you mean 'description'?" },
  ],
  [
    'a misspelt key of the fleet',
    { fleet: { ...smallFleet, revison: 'main' } },
    { code: 'unknown-key', file: 'config/fleet.ts', place: ['revison'], hint: "did you mean 'revision'?" },
  ],
  [
    'a misspelt gate',
    withEnvironments({ ...production, promotion: 'manuel' }),
    { code: 'wrong-type', file: 'config/fleet.ts', place: ['environments', '0', 'promotion'], expected: "'manual' or 'automated'" },
  ],
  [
    'approvers that are one text',
    withEnvironments({ ...production, approvers: '@company/sre' }),
    { code: 'wrong-type', file: 'config/fleet.ts', place: ['environments', '0', 'approvers'], expected: 'a list of strings' },
  ],
  [
    'an approver who is nobody',
    withEnvironments({ ...production, approvers: ['@company/sre', ' '] }),
    { code: 'invalid-field', file: 'config/fleet.ts', place: ['environments', '0', 'approvers', '1'] },
  ],
  [
    'misspelt approvers',
    withEnvironments({ ...production, aprovers: [] }),
    { code: 'unknown-key', file: 'config/fleet.ts', place: ['environments', '0', 'aprovers'], hint: "did you mean 'approvers'?" },
  ],
  [
    'a budget that is a number',
    withEnvironments({ ...production, budget: 5 }),
    {
      code: 'wrong-type',
      file: 'config/fleet.ts',
      place: ['environments', '0', 'budget'],
      expected: 'a map of whole numbers, such as { targets: 5 }',
      found: 'the number 5',
    },
  ],
  [
    'a budget of nothing',
    withEnvironments({ ...production, budget: { sectors: 0 } }),
    { code: 'wrong-type', file: 'config/fleet.ts', place: ['environments', '0', 'budget', 'sectors'], expected: 'a whole number of 1 or more' },
  ],
  [
    'a budget of a misspelt dimension',
    withEnvironments({ ...production, budget: { sector: 1 } }),
    {
      code: 'invalid-dimension',
      file: 'config/fleet.ts',
      place: ['environments', '0', 'budget', 'sector'],
      message: "the budget of 'production' counts 'sector', which is no dimension",
      expected: "'sectors' or 'regions' or 'targets'",
      hint: "did you mean 'sectors'?",
    },
  ],
  [
    'a budget of a dimension that is not below it',
    withEnvironments({ name: 'production', sectors: [{ name: 'canary', budget: { regions: 1, environments: 1 }, regions: ['us'] }] }),
    {
      code: 'invalid-dimension',
      file: 'config/fleet.ts',
      place: ['environments', '0', 'sectors', '0', 'budget', 'environments'],
      message: "the budget of 'production/canary' counts 'environments', which are not below it",
      expected: "'regions' or 'targets'",
    },
  ],
  [
    'a wave of nothing',
    withEnvironments({ ...production, waves: [0, 'rest'] }),
    {
      code: 'invalid-field',
      file: 'config/fleet.ts',
      place: ['environments', '0', 'waves', '0'],
      message: "there is no such wave in 'waves'",
      expected: "a whole number of 1 or more, a share from '1%' to '100%', or 'rest'",
      found: 'the number 0',
    },
  ],
  [
    'a freeze without a word',
    withEnvironments({ ...production, freeze: ' ' }),
    { code: 'invalid-field', file: 'config/fleet.ts', place: ['environments', '0', 'freeze'], expected: 'why nothing is promoted into it' },
  ],
  [
    'a freeze that is none',
    withEnvironments({ ...production, freeze: true }),
    { code: 'wrong-type', file: 'config/fleet.ts', place: ['environments', '0', 'freeze'], expected: 'a reason, or { reason, until }' },
  ],
  [
    'a freeze without a reason',
    withEnvironments({ ...production, freeze: { until: '2026-12-31' } }),
    { code: 'missing-field', file: 'config/fleet.ts', place: ['environments', '0', 'freeze'], message: "the freeze of 'production' needs 'reason'" },
  ],
  [
    'a freeze until a day that there is not',
    withEnvironments({ ...production, freeze: { reason: 'x', until: '2026-02-30' } }),
    { code: 'wrong-type', file: 'config/fleet.ts', place: ['environments', '0', 'freeze', 'until'], message: 'the end of the freeze cannot be read' },
  ],
  [
    'a misspelt key of a freeze',
    withEnvironments({ ...production, freeze: { reason: 'x', untill: '2026-12-31' } }),
    { code: 'unknown-key', file: 'config/fleet.ts', place: ['environments', '0', 'freeze', 'untill'], hint: "did you mean 'until'?" },
  ],
  [
    'a misspelt key of a node',
    withEnvironments({ ...production, promtion: 'manual' }),
    { code: 'unknown-key', file: 'config/fleet.ts', place: ['environments', '0', 'promtion'], hint: "did you mean 'promotion'?" },
  ],
  ['a fleet without a repository', { fleet: { environments: smallFleet.environments } }, { code: 'missing-field', file: 'config/fleet.ts' }],
  ['a fleet file that exports something else', { fleet: 'fleet' }, { code: 'config-shape', file: 'config/fleet.ts', found: "the string 'fleet'" }],
  ['an app file that exports something else', apps({ web: () => application() }), { code: 'config-shape', file: web, found: 'a function' }],
  [
    'an app of an unknown kind',
    apps({ web: application({ kind: 'Aplication' }) }),
    { code: 'config-shape', file: web, place: ['kind'], hint: "did you mean 'Application'?" },
  ],
  [
    'an enabled that is no boolean',
    apps({ web: application({ enabled: 'yes' }) }),
    { code: 'wrong-type', file: web, place: ['enabled'], found: "the string 'yes'" },
  ],
  [
    'a layer of several apps that names none of them',
    apps({ pair: { apps: { web: application() }, overrides: { production: { wbe: change } } } }),
    { code: 'unknown-app', file: 'config/mgmt/pair.ts', place: ['overrides', 'production', 'wbe'], hint: "did you mean 'web'?" },
  ],
  [
    'overrides inside one of several apps',
    apps({ pair: { apps: { web: application({ overrides: { production: change } }) } } }),
    { code: 'unknown-key', file: 'config/mgmt/pair.ts', place: ['apps', 'web', 'overrides'] },
  ],
  [
    'a root for a cluster type that does not exist',
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgnt' }, web: application() }),
    { code: 'unknown-cluster-type', file: 'config/mgmt/root.ts', place: ['clusterType'], hint: "did you mean 'mgmt'?" },
  ],
  [
    'two roots of one cluster type',
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt' }, 'root-2': { kind: 'RootApplicationSet', clusterType: 'mgmt' } }),
    { code: 'duplicate-root', file: 'config/mgmt/root.ts', found: "'root-2' deploys it too" },
  ],
  [
    'a root that does not say what it deploys',
    apps({ root: { kind: 'RootApplicationSet' }, web: application() }),
    { code: 'missing-field', file: 'config/mgmt/root.ts' },
  ],
  [
    'a token that nobody injects, because there is no root',
    apps({ web: application({ destination: { name: cluster.name, namespace: 'web' } }) }),
    {
      code: 'token-not-injected',
      file: web,
      app: 'web',
      target: 'mgmt/integration/int-1/us',
      message: 'the token cluster.name is used, but nobody injects it',
    },
  ],
  [
    'a token that the root does not inject',
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt' }, web: application({ info: [{ name: 'vpc', value: cluster.value('vpcId') }] }) }),
    { code: 'token-not-injected', file: web, app: 'web', message: 'the token cluster.vpcId is used, but nobody injects it' },
  ],
  [
    'two annotations that want to be one value',
    apps({
      root: { kind: 'RootApplicationSet', clusterType: 'mgmt' },
      web: application({ info: [{ name: cluster.annotation('a/id'), value: cluster.annotation('b/id') }] }),
    }),
    { code: 'token-conflict', file: web, app: 'web' },
  ],
  [
    'a token that a string function cut',
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt' }, web: application({ info: [{ name: 'x', value: cluster.name.slice(0, 4) }] }) }),
    { code: 'token-broken', file: web, place: ['info'] },
  ],
  [
    'a token in a manifest that is applied as it is',
    apps({
      root: { kind: 'RootApplicationSet', clusterType: 'mgmt' },
      web: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc' },
        workloads: (chart: never) => {
          const { ConfigMap } = require('cdk8s-plus-27');
          new ConfigMap(chart, 'map', { data: { cluster: cluster.name } });
        },
      },
    }),
    { code: 'token-in-manifest', file: web, app: 'web', place: ['workloads'] },
  ],
  [
    'workloads that throw',
    apps({
      web: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc' },
        workloads: () => {
          throw new Error('boom');
        },
      },
    }),
    { code: 'workloads', file: web, place: ['workloads'], message: 'code of the configuration threw: boom' },
  ],
  [
    'workloads that declare nothing',
    apps({ web: { project: 'default', destination: { server: 'https://kubernetes.default.svc' }, workloads: () => {} } }),
    { code: 'workloads', file: web, place: ['workloads'] },
  ],
  [
    'an expression written by hand where a token was meant',
    apps({ web: application({ destination: { name: '{{ .Values.cluster.name }}', namespace: 'web' } }) }),
    { code: 'handwritten-expression', severity: 'warning', file: web, place: ['destination', 'name'] },
  ],
  [
    'a layer where the cluster type is not rendered',
    apps({ web: application({ overrides: { production: change } }) }, { paths: ['integration'] }),
    { code: 'path-without-target', severity: 'warning', file: web, place: ['overrides', 'production'] },
  ],
  [
    'dimensions that cannot be used',
    { fleet: { repository: 'https://example.com/fleet.git', dimensions: ['paths'], paths: ['a'] } },
    { code: 'invalid-dimension', file: 'config/fleet.ts', place: ['dimensions'] },
  ],
];

describe('each mistake is reported once, with its code and its place', () => {
  test.each(mistakes)('%s', (_, config, expected) => {
    const problems = problemsOf(config);
    expect(problems).toEqual([expect.objectContaining(expected)]);
    expect(problems[0]?.severity).toBe(expected.severity);
  });
});

test('a small fleet without mistakes has no problem', () => {
  expect(problemsOf({})).toEqual([]);
});

test('all mistakes of a fleet are reported together, sorted by file and place', () => {
  const config: ConfigContent = {
    fleet: { ...smallFleet, revison: 'main' },
    clusterTypes: {
      mgmt: {
        defaults: { applications: { projekt: 'x' } },
        apps: {
          web: application({ source: { repoUrl: 'x' }, overrides: { prod: {} }, patches: { p: { rolledOutTo: ['integration'], change: {} } } }),
          UPPER: application(),
        },
      },
    },
  };
  const found = problemsOf(config).map(({ code, file, place }) => `${file} ${place?.join('.')} ${code}`);
  expect(found).toEqual([
    'config/fleet.ts revison unknown-key',
    'config/mgmt/UPPER.ts  invalid-name',
    'config/mgmt/defaults.ts applications.projekt unknown-field',
    'config/mgmt/web.ts overrides.prod unknown-path',
    'config/mgmt/web.ts patches.p.change empty-patch',
    'config/mgmt/web.ts source source-incomplete',
    'config/mgmt/web.ts source.repoURL missing-field',
    'config/mgmt/web.ts source.repoUrl unknown-field',
  ]);
});

test('a mistake that many targets share is one problem that counts them', () => {
  const [problem, ...others] = problemsOf(apps({ web: application({ sorce: {} }) }));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'unknown-field', target: 'mgmt/integration/int-1/us', targets: 3 });
});

test('a disabled app is not checked, and where it is enabled it is', () => {
  const broken = { enabled: false, source: undefined, overrides: { production: { enabled: true } } };
  expect(problemsOf(apps({ web: application({ ...broken, overrides: {} }) }))).toEqual([]);
  expect(problemsOf(apps({ web: application(broken) }))).toMatchObject([{ code: 'no-source', target: 'mgmt/production/prod-1/us' }]);
});

test('unset takes away the source that sources would stand beside', () => {
  const sources = [{ repoURL: 'https://example.com', path: 'x' }];
  const config = apps({ web: application({ overrides: { production: { source: unset, sources } } }) });
  expect(problemsOf(config)).toEqual([]);
  const { spec } = manifestAt(config, 'web', 'production/prod-1/us');
  expect([spec.source, spec.sources]).toEqual([undefined, sources]);
});
