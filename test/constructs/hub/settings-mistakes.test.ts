import { cluster, unset } from '../../../constructs';
import {
  addons,
  buildHubFleet,
  certManager,
  hub1,
  hubProblemsOf,
  releases,
  settings,
  smallHubFleet,
  spoke1,
  spoke2,
  withAddons,
  withComponent,
  withFleet,
  withHub,
  withReleases,
  withSettings,
  withSpoke,
} from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

const file = 'config/members/settings.ts';
const spoke = 'config/spokes/spoke-1.ts';
const component = 'config/addons/cert-manager.ts';
const githubToken = `ghp_${'aB3dE5gH7j'.repeat(4)}`;

function withRepository(config: unknown) {
  return withSettings({ repositories: { company: config } });
}

function withStore(secretStore: unknown) {
  return withSettings({ secretStore });
}

const settingsMistakes: readonly Mistake[] = [
  ['settings that are a list', { members: { settings: [] } }, { code: 'config-shape', file, found: 'a list' }],
  ['settings that cannot be loaded', { members: {}, unloaded: ['members/settings'] }, { code: 'config-throws', file }],
  [
    'settings in a file of another name',
    { members: { setings: settings } },
    { code: 'config-misplaced', file: 'config/members/setings.ts', hint: "did you mean 'settings'? rename it" },
  ],
  ['two files of settings', { members: { settings, 'team/settings': settings } }, { code: 'config-misplaced', file: 'config/members/team/settings.ts' }],
  [
    'a cluster beside the settings',
    { members: { settings, 'spoke-3': spoke1 } },
    { code: 'config-misplaced', file: 'config/members/spoke-3.ts', expected: expect.stringContaining('clusters are files in hubs and spokes') },
  ],
  ['an unknown setting', withSettings({ label: {} }), { code: 'unknown-key', file, at: 'label', hint: "did you mean 'labels'?" }],
  [
    'an unknown setting in an override',
    withSettings({ overrides: { shop: { secretstore: {} } } }),
    { code: 'unknown-key', file, at: 'overrides.shop.secretstore', hint: "did you mean 'secretStore'?", targets: 2 },
  ],
  [
    'an unknown setting in a patch that sits nowhere',
    withSettings({ patches: { p: { rolledOutTo: [], change: { label: { a: 'b' } } } } }),
    { code: 'unknown-key', file, at: 'patches.p.change.label' },
  ],
  [
    'settings from a function that throws',
    withSettings({ overrides: { shop: () => fail('nowhere') } }),
    { code: 'layer-throws', file, at: 'overrides.shop', message: expect.stringContaining('nowhere'), targets: 2 },
  ],
  [
    'settings from a function that gives a number',
    withSettings({ overrides: { shop: () => 5 } }),
    { code: 'wrong-type', file, at: 'overrides.shop', found: 'the number 5' },
  ],
  ['labels that are a list', withSpoke({ labels: ['a'] }), { code: 'wrong-type', file: spoke, at: 'labels', expected: 'a map of strings', found: 'a list' }],
  ['labels that are null', withSpoke({ labels: null }), { code: 'wrong-type', file: spoke, at: 'labels', found: 'null' }],
  [
    'a number as the value of a label',
    withSpoke({ labels: { 'cost-center': 4711 } }),
    { code: 'wrong-type', file: spoke, at: 'labels.cost-center', expected: "a string: '4711'", found: 'the number 4711' },
  ],
  ['null as the value of a label', withSpoke({ labels: { tier: null } }), { code: 'wrong-type', file: spoke, at: 'labels.tier', found: 'null' }],
  [
    'a label that Kubernetes refuses',
    withSpoke({ labels: { tier: 'very high' } }),
    { code: 'invalid-name', file: spoke, at: 'labels.tier', message: "'very high' cannot be the value of a label" },
  ],
  [
    'a value of a label that is too long',
    withSpoke({ labels: { tier: 'x'.repeat(64) } }),
    { code: 'invalid-name', file: spoke, at: 'labels.tier', expected: expect.stringContaining('63') },
  ],
  [
    'a key of a label that Kubernetes refuses',
    withSpoke({ labels: { 'my tier': 'x' } }),
    { code: 'invalid-name', file: spoke, at: 'labels.my tier', message: "'my tier' cannot be the key of a label" },
  ],
  [
    'a label that Kubernetes refuses, in a patch that sits nowhere',
    withSettings({ patches: { p: { rolledOutTo: [], change: { labels: { tier: 'a b' } } } } }),
    { code: 'invalid-name', file, at: 'patches.p.change.labels.tier' },
  ],
  [
    'a label from a function that throws',
    withSettings({ labels: { tier: () => fail('no tier') } }),
    { code: 'layer-throws', file, at: 'labels.tier', targets: 3 },
  ],
  ['a label from a function that gives a Date', withSettings({ labels: { tier: () => new Date(0) } }), { code: 'not-plain-data', file, at: 'labels.tier' }],
  [
    'a template in a label',
    withSpoke({ labels: { tier: '{{ .x }}' } }),
    { code: 'handwritten-expression', file: spoke, at: 'labels.tier', message: 'a template in the settings of a member' },
  ],
  [
    'a token in a label',
    withSpoke({ labels: { name: cluster.name } }),
    { code: 'token-in-manifest', file: spoke, at: 'labels.name', hint: expect.stringContaining('target.cluster') },
  ],
  ['annotations that are text', withSpoke({ annotations: 'a=b' }), { code: 'wrong-type', file: spoke, at: 'annotations' }],
  ['true as an annotation', withSpoke({ annotations: { a: true } }), { code: 'wrong-type', file: spoke, at: 'annotations.a', expected: "a string: 'true'" }],
  [
    'a key of an annotation that Kubernetes refuses',
    withSpoke({ annotations: { 'a/b/c': 'x' } }),
    { code: 'invalid-name', file: spoke, at: 'annotations.a/b/c', message: "'a/b/c' cannot be the key of an annotation" },
  ],
  [
    'a label that is computed from the folder',
    withSpoke({ labels: { fleet_member: 'hub' } }),
    { code: 'computed-label', file: spoke, at: 'labels.fleet_member', hint: 'it follows from the folder of the file: hubs or spokes' },
  ],
  [
    'a label that is computed from the tenant',
    withSpoke({ labels: { tenant: 'x' } }),
    { code: 'computed-label', file: spoke, at: 'labels.tenant', hint: 'write `tenant`' },
  ],
  [
    'a label that is computed from the model',
    withSpoke({ labels: { use_remote_argo: 'true' } }),
    { code: 'computed-label', file: spoke, at: 'labels.use_remote_argo', hint: expect.stringContaining("`model: 'distributed'`") },
  ],
  [
    'a label that is computed from what a spoke manages',
    withSpoke({ labels: { enable_remote_addons: 'true' } }),
    { code: 'computed-label', file: spoke, hint: "write `manages: ['addons']`" },
  ],
  [
    'a label that is computed from a release',
    withSpoke({ labels: { addonsRelease: 'next' } }),
    { code: 'computed-label', file: spoke, hint: expect.stringContaining("`groups: { addons: { release: '…' } }`") },
  ],
  [
    'a label that is computed from a component',
    withSpoke({ labels: { enable_cert_manager: 'true' } }),
    { code: 'computed-label', file: spoke, hint: expect.stringContaining("`components: { 'cert-manager': { enabled: true } }`") },
  ],
  ['a label that makes a secret a cluster', withSpoke({ labels: { 'argocd.argoproj.io/secret-type': 'cluster' } }), { code: 'computed-label', file: spoke }],
  [
    'a label that enables a component that no group defines',
    withSpoke({ labels: { enable_cert_manger: 'true' } }),
    { code: 'unknown-component', file: spoke, at: 'labels.enable_cert_manger', hint: "did you mean 'cert_manager'?" },
  ],
  [
    'a model that does not exist',
    withSpoke({ model: 'distibuted' }),
    { code: 'wrong-type', file: spoke, at: 'model', expected: "'centralized' or 'distributed'", hint: "did you mean 'distributed'?" },
  ],
  ['a model that is null', withSpoke({ model: null }), { code: 'wrong-type', file: spoke, at: 'model', found: 'null' }],
  ['a model from a function that gives true', withSettings({ model: () => true }), { code: 'wrong-type', file, at: 'model', found: 'the boolean true' }],
  [
    'both models at once',
    withSpoke({ manages: ['addons'] }),
    {
      code: 'model-conflict',
      file: spoke,
      at: 'manages',
      message: 'a centralized spoke manages addons itself',
      expected: expect.stringContaining('one of both models'),
      target: 'members/shop/dev/spoke-1',
    },
  ],
  [
    'both models at once, for many',
    { ...withSettings({ manages: ['addons'] }), spokes: { a: { ...spoke1, secret: 'a' }, b: { ...spoke1, secret: 'b' } } },
    { code: 'model-conflict', file, at: 'manages', targets: 2 },
  ],
  [
    'what a spoke manages, as text',
    withSpoke({ model: 'distributed', manages: 'addons' }),
    { code: 'wrong-type', file: spoke, at: 'manages', expected: 'a list of groups' },
  ],
  [
    'what a spoke manages, with a number',
    withSpoke({ model: 'distributed', manages: ['addons', 5] }),
    { code: 'wrong-type', file: spoke, at: 'manages.1', found: 'a list with the number 5 in it' },
  ],
  [
    'a group to manage that does not exist',
    withSpoke({ model: 'distributed', manages: ['addon'] }),
    { code: 'unknown-group', file: spoke, at: 'manages.0', message: "'addon' is no group of the fleet", hint: "did you mean 'addons'?" },
  ],
  [
    'the bootstrap group to manage',
    withSpoke({ model: 'distributed', manages: ['bootstrap'] }),
    { code: 'unknown-group', file: spoke, at: 'manages.0', hint: 'the hub deploys the bootstrap group, always' },
  ],
];

const repositoryMistakes: readonly Mistake[] = [
  [
    'repositories that are a list',
    withSettings({ repositories: [] }),
    { code: 'wrong-type', file, at: 'repositories', expected: 'a map of credentials by name' },
  ],
  ['a repository that is text', withRepository('https://example.com'), { code: 'wrong-type', file, at: 'repositories.company' }],
  [
    'a repository whose name is no name',
    withSettings({ repositories: { 'My Repo': { url: 'https://example.com', https: { secret: 'x' } } } }),
    { code: 'invalid-name', file, at: 'repositories.My Repo' },
  ],
  ['a repository without url', withRepository({ https: { secret: 'x' } }), { code: 'missing-field', file, at: 'repositories.company.url' }],
  [
    'a url that is a number',
    withRepository({ url: 5, https: { secret: 'x' } }),
    { code: 'wrong-type', file, at: 'repositories.company.url', found: 'the number 5' },
  ],
  [
    'a misspelt key of a repository',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, scpe: 'repository' }),
    { code: 'unknown-key', file, at: 'repositories.company.scpe', hint: "did you mean 'scope'?" },
  ],
  [
    'a misspelt way',
    withRepository({ url: 'https://example.com', githubapp: { secret: 'x' } }),
    { code: 'unknown-key', file, at: 'repositories.company.githubapp', hint: "did you mean 'githubApp'?" },
  ],
  [
    'a scope that does not exist',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, scope: 'template' }),
    { code: 'wrong-type', file, at: 'repositories.company.scope', expected: "'repository' or 'credential-template'" },
  ],
  [
    'a project that is a number',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, project: 5 }),
    { code: 'wrong-type', file, at: 'repositories.company.project' },
  ],
  ['a repository without any way', withRepository({ url: 'https://example.com' }), { code: 'wrong-type', file, at: 'repositories.company', found: 'none' }],
  [
    'a repository with two ways',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, ssh: { secret: 'y' } }),
    { code: 'wrong-type', file, at: 'repositories.company', found: 'https and ssh' },
  ],
  [
    'a way that is text',
    withRepository({ url: 'https://example.com', https: 'x' }),
    { code: 'wrong-type', file, at: 'repositories.company.https', expected: '{ secret }' },
  ],
  ['a way without secret', withRepository({ url: 'https://example.com', ssh: {} }), { code: 'missing-field', file, at: 'repositories.company.ssh.secret' }],
  [
    'a misspelt key of a way',
    withRepository({ url: 'https://example.com', ssh: { sercet: 'x' } }),
    { code: 'unknown-key', file, at: 'repositories.company.ssh.sercet', hint: "did you mean 'secret'?" },
  ],
  [
    'an enterprise URL that is a number',
    withRepository({ url: 'https://example.com', githubApp: { secret: 'x', enterpriseUrl: 5 } }),
    { code: 'wrong-type', file, at: 'repositories.company.githubApp.enterpriseUrl' },
  ],
  [
    'a misspelt enterprise URL',
    withRepository({ url: 'https://example.com', githubApp: { secret: 'x', enterpriseURL: 'https://x' } }),
    { code: 'unknown-key', file, hint: "did you mean 'enterpriseUrl'?" },
  ],
  [
    'a registry without region',
    withRepository({ url: 'x.dkr.ecr.eu-west-1.amazonaws.com', ecr: { role: 'arn' } }),
    { code: 'missing-field', file, at: 'repositories.company.ecr.region', expected: 'a region of AWS' },
  ],
  [
    'a misspelt type of a repository',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, type: 'hlem' }),
    { code: 'wrong-type', file, at: 'repositories.company.type', expected: "'git', 'helm' or 'oci'", hint: "did you mean 'helm'?" },
  ],
  ...[5, true, ['git'], {}].map(
    (type): Mistake => [
      `the type ${JSON.stringify(type)}`,
      withRepository({ url: 'https://example.com', https: { secret: 'x' }, type }),
      { code: 'wrong-type', file, at: 'repositories.company.type' },
    ],
  ),
  [
    'an empty type',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, type: '' }),
    { code: 'invalid-field', file, at: 'repositories.company.type' },
  ],
  ...['true', 1, 'yes', [], {}].map(
    (insecure): Mistake => [
      `insecure: ${JSON.stringify(insecure)}`,
      withRepository({ url: 'https://example.com', https: { secret: 'x' }, insecure }),
      { code: 'wrong-type', file, at: 'repositories.company.insecure', expected: 'true or false' },
    ],
  ),
  [
    'a credential template that is insecure, which Argo CD does not read',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, scope: 'credential-template', insecure: true }),
    { code: 'invalid-field', file, at: 'repositories.company.insecure' },
  ],
  ...['proxy.example.com:3128', 'ftp://proxy', 'http://', 'http:///x', 'on'].map(
    (proxy): Mistake => [
      `the proxy ${proxy}`,
      withRepository({ url: 'https://example.com', https: { secret: 'x' }, proxy }),
      { code: 'invalid-field', file, at: 'repositories.company.proxy' },
    ],
  ),
  [
    'a proxy that is a number',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, proxy: 3128 }),
    { code: 'wrong-type', file, at: 'repositories.company.proxy' },
  ],
  [
    'a proxy with a password',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, proxy: 'http://fleet:hunter22@proxy.example.com:3128' }),
    { code: 'secret-value', file, at: 'repositories.company.proxy' },
  ],
  [
    'charts by an SSH key',
    withRepository({ url: 'https://example.com', ssh: { secret: 'x' }, type: 'helm' }),
    { code: 'invalid-field', file, at: 'repositories.company.type', expected: "'git'", found: "'helm'" },
  ],
  [
    'a Git repository in a registry of AWS',
    withRepository({ url: 'x.dkr.ecr.eu-west-1.amazonaws.com', ecr: { region: 'eu-west-1' }, type: 'git' }),
    { code: 'invalid-field', file, at: 'repositories.company.type', expected: "'helm' or 'oci'" },
  ],
  [
    'images at the URL of a chart repository',
    withRepository({ url: 'https://example.com', https: { secret: 'x' }, type: 'oci' }),
    { code: 'invalid-field', file, at: 'repositories.company.url' },
  ],
  [
    'a Git repository at the URL of a registry',
    withRepository({ url: 'oci://example.com/x', https: { secret: 'x' }, type: 'git' }),
    { code: 'invalid-field', file, at: 'repositories.company.type', expected: "'helm' for charts, 'oci' for images" },
  ],
  [
    'a type that contradicts its use',
    withRepository({ url: 'https://charts.jetstack.io/', https: { secret: 'x' }, type: 'git' }),
    { code: 'invalid-field', file, at: 'repositories.company.type', found: "'git'", hint: 'leave `type` out: it follows from the use' },
  ],
];

const storeMistakes: readonly Mistake[] = [
  [
    'no secret store at all',
    { members: { settings: {} } },
    { code: 'secret-store', file, message: 'a cluster with an Argo CD has no secret store', targets: 2 },
  ],
  [
    'a secret store from a function that throws',
    withStore(() => fail('no store')),
    { code: 'layer-throws', file, at: 'secretStore', message: expect.stringContaining('no store'), targets: 3 },
  ],
  [
    'a region from a function that throws',
    withStore({ aws: { region: () => fail('no region') } }),
    { code: 'layer-throws', file, at: 'secretStore.aws.region' },
  ],
  ['a template in a secret store', withStore({ aws: { region: '{{ .region }}' } }), { code: 'handwritten-expression', file, at: 'secretStore.aws.region' }],
  [
    'a service account that Kubernetes refuses',
    withStore({ aws: { region: 'eu-west-1', serviceAccount: 'Fleet' } }),
    { code: 'invalid-field', file, at: 'secretStore.aws.serviceAccount', found: "the string 'Fleet'", targets: 3 },
  ],
  [
    'a store that is there, whose name Kubernetes refuses',
    withStore({ existing: { name: 'My Vault', kind: 'SecretStore' } }),
    { code: 'invalid-field', file, at: 'secretStore.existing.name' },
  ],
  ['a secret store that is text', withStore('aws'), { code: 'wrong-type', file, at: 'secretStore', found: "the string 'aws'" }],
  ['a secret store that is null', withStore(null), { code: 'wrong-type', file, at: 'secretStore', found: 'null' }],
  ['an empty secret store', withStore({}), { code: 'secret-store', file, at: 'secretStore', found: 'an empty map' }],
  [
    'a misspelt kind of secret store',
    withStore({ asw: { region: 'eu-west-1' } }),
    { code: 'unknown-key', file, at: 'secretStore.asw', hint: "did you mean 'aws'?" },
  ],
  [
    'a secret store of two layers that is two',
    withHub({ secretStore: { existing: { name: 'x', kind: 'SecretStore' } } }),
    { code: 'secret-store', at: 'secretStore', found: 'aws and existing', hint: expect.stringContaining('unset') },
  ],
  ['a store in AWS that is null', withStore({ aws: null }), { code: 'wrong-type', file, at: 'secretStore.aws', found: 'null' }],
  ['a store in AWS without region', withStore({ aws: {} }), { code: 'missing-field', file, at: 'secretStore.aws.region' }],
  ['a region that is a list', withStore({ aws: { region: ['eu-west-1'] } }), { code: 'wrong-type', file, at: 'secretStore.aws.region' }],
  [
    'a misspelt key of a store in AWS',
    withStore({ aws: { region: 'eu-west-1', serviceaccount: 'x' } }),
    { code: 'unknown-key', file, at: 'secretStore.aws.serviceaccount', hint: "did you mean 'serviceAccount'?" },
  ],
  [
    'a store that is there, without kind',
    withStore({ existing: { name: 'vault' } }),
    { code: 'missing-field', file, at: 'secretStore.existing.kind', expected: 'SecretStore or ClusterSecretStore' },
  ],
  [
    'a store that is there, of a kind that is not',
    withStore({ existing: { name: 'vault', kind: 'ClusterStore' } }),
    { code: 'invalid-field', file, at: 'secretStore.existing.kind', expected: 'SecretStore or ClusterSecretStore' },
  ],
  ['a provider that is text', withStore({ provider: 'vault' }), { code: 'wrong-type', file, at: 'secretStore.provider' }],
  [
    'a wrong field of a provider',
    withStore({ provider: { vault: { server: 5, auth: {} } } }),
    { code: 'invalid-field', file, at: 'secretStore.provider.vault.server', expected: 'a string', found: 'the number 5' },
  ],
  [
    'two providers',
    withStore({ provider: { gcpsm: { projectID: 'x' }, aws: { service: 'SecretsManager', region: 'x' } } }),
    { code: 'secret-store', file, at: 'secretStore.provider', found: 'aws and gcpsm' },
  ],
  [
    'a wrong store of a spoke that has no need of one',
    withSpoke({ secretStore: { aws: { region: 5 } } }),
    { code: 'wrong-type', file: spoke, at: 'secretStore.aws.region' },
  ],
];

const secretMistakes: readonly Mistake[] = [
  [
    'a secret in values',
    withComponent({ values: { adminPassword: 'hunter22' } }),
    {
      code: 'secret-value',
      file: component,
      at: 'values.adminPassword',
      message: "'values.adminPassword' looks like a secret: a password, by its name",
      hint: expect.stringContaining("`notSecret: { 'cert-manager.values.adminPassword': 'why' }`"),
    },
  ],
  ['a secret in an argument', withComponent({ values: { args: ['--password=hunter22'] } }), { code: 'secret-value', file: component, at: 'values.args.0' }],
  ['a secret in a text', withComponent({ values: { config: 'adminPassword: hunter22' } }), { code: 'secret-value', file: component, at: 'values.config' }],
  [
    'a Secret among values',
    withComponent({ values: { extraObjects: [{ kind: 'Secret', stringData: { any: 'thing' } }] } }),
    { code: 'secret-value', file: component, at: 'values.extraObjects.0.stringData.any' },
  ],
  [
    'what silences nothing in the fleet',
    withFleet({ notSecret: { 'cert-manager.values.gone': 'why' } }),
    { code: 'silence-unused', severity: 'warning', file: 'config/fleet.ts', at: 'notSecret.cert-manager.values.gone' },
  ],
  [
    'what silences nothing in a component',
    withComponent({ notSecret: { 'values.gone': 'why' } }),
    { code: 'silence-unused', severity: 'warning', file: component, at: 'notSecret.values.gone' },
  ],
  [
    'a reason that is missing in a component',
    withComponent({ values: { token: 'hunter22' }, notSecret: { 'values.token': ' ' } }),
    { code: 'missing-field', file: component, at: 'notSecret.values.token' },
  ],
  [
    'a secret in a list of values',
    withComponent({ values: { env: [{ name: 'API_KEY', value: 'abc123def456' }] } }),
    { code: 'secret-value', file: component, at: 'values.env.0.value' },
  ],
  [
    'a secret from a function of the target',
    withComponent({ values: { key: () => githubToken } }),
    { code: 'secret-value', file: component, at: 'values.key', target: 'addons/shop/dev/spoke-1' },
  ],
  [
    'a secret in an override',
    withComponent({ overrides: { ...certManager.overrides, shop: { values: { key: githubToken } } } }),
    { code: 'secret-value', file: component, at: 'overrides.shop.values.key' },
  ],
  [
    'a secret in a patch that sits nowhere',
    withComponent({ patches: { p: { rolledOutTo: [], change: { values: { key: githubToken } } } } }),
    { code: 'secret-value', file: component, at: 'patches.p.change.values.key' },
  ],
  [
    'a secret in the layer of a spoke',
    withSpoke({ components: { 'cert-manager': { values: { key: githubToken } } } }),
    { code: 'secret-value', file: spoke, at: 'components.cert-manager.values.key' },
  ],
  ['a secret in an annotation', withSpoke({ annotations: { token: 'abc123def456' } }), { code: 'secret-value', file: spoke, at: 'annotations.token' }],
  [
    'a secret in settings',
    withSettings({ repositories: { company: { url: 'https://git:hunter22@example.com', https: { secret: 'x' } } } }),
    { code: 'secret-value', file, at: 'repositories.company.url' },
  ],
  [
    'a secret in a parameter of Helm',
    withComponent({ helm: { parameters: [{ name: 'adminPassword', value: 'hunter22' }] } }),
    { code: 'secret-value', file: component, at: 'helm.parameters.0.value' },
  ],
  [
    'a secret in the repository of a component',
    withComponent({ repoURL: 'https://git:hunter22@example.com' }),
    { code: 'secret-value', file: component, at: 'repoURL' },
  ],
  [
    'a secret in the repository of a group',
    withAddons({ defaults: { repoURL: 'https://git:hunter22@example.com' } }),
    { code: 'secret-value', file: 'config/addons/defaults.ts', at: 'repoURL' },
  ],
  [
    'a secret in a pin',
    withReleases({
      releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1', repoURL: 'https://git:hunter22@example.com' } } } },
    }),
    { code: 'secret-value', file: 'config/addons/releases.ts', at: 'releases.next.components.cert-manager.repoURL' },
  ],
  [
    'the private key itself instead of the name of its secret',
    withHub({ secret: '-----BEGIN RSA PRIVATE KEY-----' }),
    { code: 'secret-value', file: 'config/hubs/hub-1.ts', at: 'secret', message: expect.stringContaining('a private key') },
  ],
];

describe('a mistake in settings is reported once, with its code and its place:', () => reportsEach(settingsMistakes));
describe('a mistake in credentials is reported once, with its code and its place:', () => reportsEach(repositoryMistakes));
describe('a mistake in a secret store is reported once, with its code and its place:', () => reportsEach(storeMistakes));
describe('what looks like a secret is reported once, with its code and its place:', () => reportsEach(secretMistakes));

describe('what is no mistake', () => {
  test('a value that fleet.ts says is no secret', () => {
    const content = {
      ...withFleet({
        notSecret: { 'cert-manager.values.grafana.adminPassword': 'the name of a file' },
      }),
      ...withComponent({ values: { grafana: { adminPassword: 'hunter22' } } }),
    };
    expect(hubProblemsOf(content)).toEqual([]);
  });

  test('the repository of the fleet itself, by the path that the message prints', () => {
    const repository = 'https://k3y4u8s2m1p0@git.example.com/fleet.git';
    const silenced = (notSecret: object) => hubProblemsOf(withFleet({ repository, notSecret })).filter(({ place }) => place?.[0] === 'repository');
    expect(silenced({})).toEqual([
      expect.objectContaining({ code: 'secret-value', hint: expect.stringContaining("in fleet.ts: `notSecret: { 'repository': 'why' }`") }),
    ]);
    expect(silenced({ repository: 'the name of a user' })).toEqual([]);
  });

  test('a value that its component says is no secret, and why is told', () => {
    const content = withComponent({ values: { grafana: { adminPassword: 'hunter22' } }, notSecret: { 'values.grafana.adminPassword': 'the name of a file' } });
    expect(hubProblemsOf(content)).toEqual([]);
    const silenced = { code: 'silenced', severity: 'notice', file: component, place: ['values', 'grafana', 'adminPassword'], found: 'the name of a file' };
    expect(buildHubFleet(content).synth().warnings).toContainEqual(expect.objectContaining(silenced));
  });

  test('a value of that name elsewhere is one all the same', () => {
    const content = {
      ...withFleet({
        notSecret: { 'cert-manager.values.grafana.adminPassword': 'the name of a file' },
      }),
      ...withComponent({ values: { adminPassword: 'hunter22' } }),
    };
    expect(hubProblemsOf(content)).toMatchObject([{ code: 'secret-value', place: ['values', 'adminPassword'] }]);
  });

  test('names of secrets and references to them', () => {
    const values = {
      existingSecret: 'smtp-password',
      auth: { passwordSecretRef: { name: 'x', key: 'password' } },
    };
    expect(
      hubProblemsOf({
        ...withComponent({ values }),
        ...withSpoke({
          secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:fleet/password',
        }),
      }),
    ).toEqual([]);
  });

  test('a template in an annotation, which is for others to evaluate', () => {
    expect(hubProblemsOf(withSpoke({ annotations: { 'example.com/name': '{{ .name }}' } }))).toEqual([]);
  });

  test('a template in the provider of a secret store, which evaluates it', () => {
    const webhook = { url: 'https://vault.example.com/{{ .remoteRef.key }}', result: { jsonPath: '$.data' } };
    expect(hubProblemsOf(withStore({ provider: { webhook } }))).toEqual([]);
  });

  test('a secret store that a member says otherwise, with `unset` for the broader one', () => {
    const store = {
      aws: unset,
      existing: { name: 'vault', kind: 'ClusterSecretStore' },
    };
    expect(hubProblemsOf(withHub({ secretStore: store }))).toEqual([]);
  });

  test('parts of settings in several layers, which are complete together', () => {
    const repositories = {
      company: {
        url: 'https://github.com/company',
        githubApp: { secret: 'x' },
      },
    };
    const overrides = {
      shop: {
        repositories: { company: { githubApp: { secret: 'y' } } },
        secretStore: { aws: { role: 'arn:aws:iam::1:role/fleet' } },
      },
    };
    expect(hubProblemsOf(withSettings({ repositories, overrides }))).toEqual([]);
  });

  test('a layer for many that says what is said of spokes, at a hub', () => {
    const content = {
      ...withSettings({ model: 'distributed', manages: ['addons'] }),
      hubs: { 'hub-1': hub1 },
      spokes: { 'spoke-2': spoke2 },
    };
    expect(hubProblemsOf(content)).toEqual([]);
  });
});

test('all mistakes of a fleet are reported together, sorted by file and place, each once', () => {
  const content = {
    ...withFleet({ labelPrefx: 'x' }),
    hubs: { 'hub-1': { ...hub1, model: 'distributed', secret: '' } },
    spokes: {
      ...smallHubFleet.spokes,
      'spoke-2': { ...spoke2, secret: 'fleet/spoke-1', model: undefined },
      'spoke-3': {
        ...spoke1,
        secret: undefined,
        labels: { tier: 'a b', enable_dns: 'true' },
        components: {
          nothing: { enabled: true },
          'cert-manager': { project: 'x' },
        },
      },
      [`spoke-${'4'.repeat(9)}`]: { ...spoke1, secret: 'z' },
      'spoke-4': { ...spoke1, secret: 'x', tenant: 'nobody' },
      'hub-1': { ...spoke1, secret: 'y' },
    },
    groups: {
      ...smallHubFleet.groups,
      addons: {
        ...addons,
        components: {
          ...addons.components,
          'cert-manager': {
            ...certManager,
            syncPolicy: { automated: { prun: true } },
            values: { apiKey: 'abc123def456' },
            project: '{{ .name }}',
          },
          [`c${'x'.repeat(52)}`]: {
            path: 'x',
            namespace: 'x',
            overrides: { '*': { enabled: true } },
          },
        },
        releases: {
          ...releases,
          patches: {
            p: { rolledOutTo: ['shop/dev'], change: { release: 'nxt' } },
          },
        },
      },
    },
  };
  const found = hubProblemsOf(content).map((problem) => `${problem.file} ${problem.place?.join('.')} ${problem.code}`);
  expect(found).toEqual([
    'config/addons/cert-manager.ts project handwritten-expression',
    'config/addons/cert-manager.ts syncPolicy.automated.prun unknown-field',
    'config/addons/cert-manager.ts values.apiKey secret-value',
    `config/addons/c${'x'.repeat(52)}.ts  name-too-long`,
    'config/addons/releases.ts patches.p.change.release unknown-release',
    'config/fleet.ts labelPrefx unknown-key',
    'config/hubs/hub-1.ts model unknown-key',
    'config/hubs/hub-1.ts secret missing-field',
    'config/spokes/hub-1.ts  duplicate-name',
    'config/spokes/spoke-2.ts manages model-conflict',
    'config/spokes/spoke-2.ts secret duplicate-secret',
    'config/spokes/spoke-3.ts components.cert-manager.project component-field',
    'config/spokes/spoke-3.ts components.nothing unknown-component',
    'config/spokes/spoke-3.ts labels.enable_dns computed-label',
    'config/spokes/spoke-3.ts labels.tier invalid-name',
    'config/spokes/spoke-3.ts secret missing-field',
    'config/spokes/spoke-4.ts tenant unknown-path',
  ]);
});

function fail(message: string): never {
  throw new Error(message);
}
