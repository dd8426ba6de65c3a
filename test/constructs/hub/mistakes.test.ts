import { Component, ComponentGroup, cluster, Environment, FleetError, HubFleet, Spoke, Tenant } from '../../../constructs';
import {
  addons,
  bootstrap,
  buildHubFleet,
  certManager,
  dns,
  fleetFile,
  hub1,
  hubProblemsOf,
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

const fleet = 'config/fleet.ts';
const spoke = 'config/spokes/spoke-1.ts';
const hub = 'config/hubs/hub-1.ts';
const [shop, platform] = fleetFile.tenants;

const { topology: _, ...withoutTopology } = fleetFile;

const fleetMistakes: readonly Mistake[] = [
  [
    'a topology that is misspelt',
    withFleet({ topology: 'hub-and-spokes' }),
    { code: 'config-shape', file: fleet, at: 'topology', found: "the string 'hub-and-spokes'", hint: "did you mean 'hub-and-spoke'?" },
  ],
  ['a topology that is no text', withFleet({ topology: true }), { code: 'config-shape', file: fleet, at: 'topology', found: 'the boolean true' }],
  [
    "the key 'topology' misspelt",
    { fleet: { ...withoutTopology, topolgy: 'hub-and-spoke' } },
    { code: 'unknown-key', file: fleet, at: 'topolgy', hint: "did you mean 'topology'?" },
  ],
  [
    'tenants in a fleet that does not say its topology',
    { fleet: withoutTopology },
    { code: 'missing-field', file: fleet, at: '', message: "a fleet of tenants needs 'topology'", expected: expect.stringContaining("'hub-and-spoke'") },
  ],
  [
    'a template in the platform namespace',
    { ...withFleet({ platformNamespace: '{{ .x }}' }), groups: { addons }, spokes: { 'spoke-1': spoke1 } },
    { code: 'handwritten-expression', file: fleet, at: 'platformNamespace' },
  ],
  ['an empty revision', withFleet({ revision: '' }), { code: 'invalid-field', file: fleet, at: 'revision' }],
  [
    'a key that has to be there misspelt',
    withFleet({ repository: undefined, repositry: 'https://example.com/fleet.git' }),
    { code: 'unknown-key', file: fleet, at: 'repositry', hint: "did you mean 'repository'?" },
  ],
  [
    'an unknown key of the fleet',
    withFleet({ platformNamspace: 'argocd' }),
    { code: 'unknown-key', file: fleet, at: 'platformNamspace', hint: "did you mean 'platformNamespace'?" },
  ],
  ['dimensions of a fleet whose dimensions are given', withFleet({ dimensions: ['tenants'] }), { code: 'unknown-key', file: fleet, at: 'dimensions' }],
  ['a fleet without repository', withFleet({ repository: undefined }), { code: 'missing-field', file: fleet, at: '' }],
  ['an empty repository', withFleet({ repository: '' }), { code: 'missing-field', file: fleet, at: 'repository' }],
  ['a template in the repository', withFleet({ repository: 'https://{{ .host }}/fleet' }), { code: 'handwritten-expression', file: fleet, at: 'repository' }],
  ['a token in the revision', withFleet({ revision: cluster.name }), { code: 'token-in-manifest', file: fleet, at: 'revision' }],
  [
    'a password in the repository',
    withFleet({ repository: 'https://git:hunter22@example.com/fleet' }),
    { code: 'secret-value', file: fleet, at: 'repository' },
  ],
  ['a number as revision', withFleet({ revision: 5 }), { code: 'wrong-type', file: fleet, at: 'revision', expected: 'a string', found: 'the number 5' }],
  ['an output path outside of the repository', withFleet({ path: '../dist' }), { code: 'invalid-name', file: fleet, at: 'path' }],
  [
    'a platform namespace that Kubernetes refuses',
    withFleet({ platformNamespace: 'Argo_CD' }),
    { code: 'invalid-name', file: fleet, at: 'platformNamespace', message: "'Argo_CD' cannot be the namespace" },
  ],
  [
    'a promotion level that is no dimension',
    withFleet({ promotionLevel: 'enviroment' }),
    { code: 'invalid-dimension', file: fleet, at: 'promotionLevel', hint: "did you mean 'environment'?" },
  ],
  ['a fleet without tenants', withFleet({ tenants: undefined }), { code: 'empty-hierarchy', file: fleet, at: '', message: 'the fleet has no tenants' }],
  ['an empty list of tenants', { ...withFleet({ tenants: [] }), hubs: {}, spokes: {} }, { code: 'empty-hierarchy', file: fleet, at: 'tenants' }],
  ['tenants that are a map', withFleet({ tenants: { shop: {} } }), { code: 'wrong-type', file: fleet, at: 'tenants', expected: 'a list', found: 'a map' }],
  ['tenants that are null', withFleet({ tenants: null }), { code: 'wrong-type', file: fleet, at: 'tenants', found: 'null' }],
  ['a tenant that is a number', withFleet({ tenants: [shop, 5] }), { code: 'config-shape', file: fleet, at: 'tenants.1', found: 'the number 5' }],
  [
    'a tenant without name',
    withFleet({ tenants: [shop, { nam: 'platform', environments: ['prod'] }] }),
    { code: 'config-shape', file: fleet, at: 'tenants.1', found: 'a map without a name' },
  ],
  [
    'an unknown key of a tenant',
    withFleet({ tenants: [{ ...shop, enviroments: [] }, platform] }),
    { code: 'unknown-key', file: fleet, at: 'tenants.0.enviroments', hint: "did you mean 'environments'?" },
  ],
  [
    'clusters listed in fleet.ts',
    withFleet({ tenants: [shop, { name: 'platform', environments: [{ name: 'prod', clusters: ['hub-1'] }] }] }),
    { code: 'unknown-key', file: fleet, at: 'tenants.1.environments.0.clusters' },
  ],
  [
    'environments that are text',
    withFleet({ tenants: [shop, { name: 'platform', environments: 'prod' }] }),
    { code: 'config-shape', file: fleet, at: 'tenants.1.environments', expected: 'a list', found: "the string 'prod'" },
  ],
  [
    'environments that are null',
    withFleet({ tenants: [shop, { name: 'platform', environments: null }] }),
    { code: 'config-shape', file: fleet, found: 'null' },
  ],
  ['a tenant that stands there twice', withFleet({ tenants: [shop, platform, shop] }), { code: 'duplicate-name', file: fleet, at: 'tenants.2' }],
  [
    'two tenants that are one folder where file names ignore case',
    withFleet({ tenants: [shop, platform, 'Shop'] }),
    { code: 'duplicate-name', file: fleet, at: 'tenants.2' },
  ],
  [
    'an environment that stands there twice',
    withFleet({ tenants: [{ name: 'shop', environments: ['dev', 'prod', 'dev'] }, platform] }),
    { code: 'duplicate-name', file: fleet, at: 'tenants.0.environments.2' },
  ],
  [
    'a tenant whose name no label can have',
    withFleet({ tenants: [shop, platform, 'a b'] }),
    { code: 'invalid-name', file: fleet, at: 'tenants.2', message: "'a b' cannot name a tenant" },
  ],
  [
    'an environment whose name no label can have',
    withFleet({ tenants: [shop, platform, { name: 'x', environments: ['-'] }] }),
    { code: 'invalid-name', file: fleet, at: 'tenants.2.environments.0', message: "'-' cannot name an environment" },
  ],
  [
    'a gate that does not exist',
    withFleet({ tenants: [shop, { name: 'platform', environments: [{ name: 'prod', promotion: 'manuel' }] }] }),
    { code: 'wrong-type', file: fleet, at: 'tenants.1.environments.0.promotion', expected: "'manual' or 'automated'" },
  ],
  [
    'an approver of a tenant who is nobody',
    withFleet({ tenants: [{ ...shop, approvers: [''] }, platform] }),
    { code: 'invalid-field', file: fleet, at: 'tenants.0.approvers.0' },
  ],
  [
    'approvers of an environment that are no texts',
    withFleet({ tenants: [shop, { name: 'platform', environments: [{ name: 'prod', approvers: [7] }] }] }),
    { code: 'wrong-type', file: fleet, at: 'tenants.1.environments.0.approvers', found: 'a list with the number 7 in it' },
  ],
  [
    'a budget of a dimension that hubs do not have',
    withFleet({ tenants: [{ ...shop, budget: { regions: 1 } }, platform] }),
    {
      code: 'invalid-dimension',
      file: fleet,
      at: 'tenants.0.budget.regions',
      message: "the budget of 'shop' counts 'regions', which is no dimension",
      expected: "'environments' or 'clusters' or 'targets'",
    },
  ],
  [
    'a freeze of an environment without a reason',
    withFleet({ tenants: [shop, { name: 'platform', environments: [{ name: 'prod', freeze: { until: '2026-12-31' } }] }] }),
    { code: 'missing-field', file: fleet, at: 'tenants.1.environments.0.freeze', message: "the freeze of 'prod' needs 'reason'" },
  ],
  [
    'environments that have no common order, where they go first',
    withFleet({
      sequence: 'environments',
      tenants: [shop, platform, { name: 'other', environments: ['test', 'prod', 'dev'] }],
    }),
    {
      code: 'invalid-dimension',
      file: fleet,
      at: 'sequence',
      message: "no order of environments fits all of the fleet: 'dev' comes before 'prod' at shop, and 'prod' comes before 'dev' at other",
      expected: 'environments in the same order wherever they are written, where the sequence is by environments',
      hint: 'turn one of them around, or leave `sequence` out: tenant by tenant each has an order of its own',
    },
  ],
  [
    'a sequence that is misspelt',
    withFleet({ sequence: 'environment' }),
    {
      code: 'wrong-type',
      file: fleet,
      at: 'sequence',
      message: 'the sequence cannot be read',
      expected: "'tenants' or 'environments'",
      found: "the string 'environment'",
      hint: "did you mean 'environments'?",
    },
  ],
  [
    'a wave of more than the node',
    withFleet({ tenants: [shop, { name: 'platform', environments: [{ name: 'prod', waves: [1, '110%'] }] }] }),
    {
      code: 'invalid-field',
      file: fleet,
      at: 'tenants.1.environments.0.waves.1',
      message: 'the wave 110% is more than the whole node',
      expected: "a whole number of 1 or more, a share from '1%' to '100%', or 'rest'",
      found: "the string '110%'",
    },
  ],
  [
    'waves behind the rest',
    withFleet({ waves: ['rest', 1] }),
    {
      code: 'invalid-field',
      file: fleet,
      at: 'waves.1',
      message: "nothing is left behind the wave 'rest'",
      expected: "'rest' at the end",
      found: 'the number 1',
    },
  ],
  ['label names that are a list', withFleet({ labelNames: ['tenant'] }), { code: 'wrong-type', file: fleet, at: 'labelNames', expected: 'a map' }],
  ['a label name that is null', withFleet({ labelNames: { tenant: null } }), { code: 'wrong-type', file: fleet, at: 'labelNames.tenant', found: 'null' }],
  [
    'an unknown label name',
    withFleet({ labelNames: { tenent: 'team' } }),
    { code: 'unknown-key', file: fleet, at: 'labelNames.tenent', hint: "did you mean 'tenant'?" },
  ],
  [
    'a label name that Kubernetes refuses',
    withFleet({ labelNames: { tenant: 'my tenant' } }),
    { code: 'invalid-name', file: fleet, at: 'labelNames.tenant', message: "'my tenant' cannot be the name of a label" },
  ],
  [
    'a pattern of labels without the name in it',
    withFleet({ labelNames: { enable: 'enabled' } }),
    { code: 'invalid-name', file: fleet, at: 'labelNames.enable', expected: expect.stringContaining('{component}') },
  ],
  [
    'two labels of one name',
    withFleet({ labelNames: { tenant: 'team', environment: 'team' } }),
    { code: 'computed-label', file: fleet, at: 'labelNames.environment', found: 'its tenant, and its environment' },
  ],
  [
    'the label that makes a secret a cluster of Argo CD',
    withFleet({ labelNames: { member: 'argocd.argoproj.io/secret-type' } }),
    { code: 'computed-label', file: fleet, at: 'labelNames.member' },
  ],
  [
    'a component whose label says who deploys a group',
    withAddons({ components: { ...addons.components, 'remote-addons': dns } }),
    {
      code: 'computed-label',
      file: 'config/addons/remote-addons.ts',
      message: "the label 'enable_remote_addons' has two meanings",
      found: 'who deploys addons, and whether it gets remote-addons',
    },
  ],
  [
    'a label that is too long with the name of a component in it',
    withFleet({ labelNames: { enable: `${'x'.repeat(55)}_{component}` } }),
    { code: 'name-too-long', file: fleet, at: 'labelNames.enable', expected: expect.stringContaining('63'), found: '72' },
  ],
  [
    'a group whose name makes a label too long',
    { groups: { bootstrap, [`g${'x'.repeat(50)}`]: addons }, spokes: { 'spoke-1': spoke1 } },
    { code: 'name-too-long', file: `config/g${'x'.repeat(50)}`, found: '65' },
  ],
  ['what is no secret, as a list', withFleet({ notSecret: ['a.token'] }), { code: 'wrong-type', file: fleet, at: 'notSecret' }],
  [
    'what is no secret, with a reason that is true',
    withFleet({ notSecret: { 'a.token': true } }),
    { code: 'wrong-type', file: fleet, at: 'notSecret.a.token' },
  ],
  ['what is no secret, without a reason', withFleet({ notSecret: { 'a.token': ' ' } }), { code: 'missing-field', file: fleet, at: 'notSecret.a.token' }],
];

const memberMistakes: readonly Mistake[] = [
  ['a fleet without a hub', { hubs: {} }, { code: 'unknown-hub', file: fleet, message: 'the fleet has no hub' }],
  [
    'a fleet without a hub where an environment cannot be read',
    { hubs: {}, ...withFleet({ tenants: [{ name: 'shop', environments: ['dev', { name: 'prod', promotoin: 'manual' }] }] }) },
    { code: 'unknown-key', file: fleet, at: 'tenants.0.environments.1.promotoin', hint: "did you mean 'promotion'?" },
  ],
  ['a fleet without any cluster', { hubs: {}, spokes: {} }, { code: 'unknown-hub', file: fleet, message: 'the fleet has no hub' }],
  [
    'a fleet without groups',
    { groups: {}, spokes: { 'spoke-1': spoke1 } },
    { code: 'empty-fleet', file: fleet, message: 'the fleet has no group of components' },
  ],
  [
    'a spoke that exports null',
    { spokes: { 'spoke-1': null } },
    { code: 'config-shape', file: spoke, found: 'null', expected: expect.stringContaining('tenant') },
  ],
  ['a spoke that exports a list', { spokes: { 'spoke-1': [] } }, { code: 'config-shape', file: spoke, found: 'a list' }],
  ['a spoke that exports a function', { spokes: { 'spoke-1': () => spoke1 } }, { code: 'config-shape', file: spoke, found: 'a function' }],
  ['a hub that exports a number', { hubs: { 'hub-1': 5 } }, { code: 'config-shape', file: hub, found: 'the number 5' }],
  ['a hub whose file cannot be loaded', { hubs: {}, unloaded: ['hubs/hub-1'] }, { code: 'config-throws', file: hub }],
  [
    'a spoke whose file cannot be loaded, and that layers name',
    {
      spokes: {},
      unloaded: ['spokes/spoke-1'],
      ...withComponent({
        overrides: { 'shop/dev/spoke-1': { enabled: true } },
        patches: { p: { rolledOutTo: ['shop/dev/spoke-1'], change: { enabled: true } } },
      }),
    },
    { code: 'config-throws', file: spoke },
  ],
  ['the secret of a spoke misspelt', withSpoke({ secret: undefined, sercet: 'x' }), { code: 'unknown-key', file: spoke, hint: "did you mean 'secret'?" }],
  ['the hub of a spoke misspelt', withSpoke({ hub: undefined, hubs: 'hub-1' }), { code: 'unknown-key', file: spoke, hint: "did you mean 'hub'?" }],
  ['an unknown key of a spoke', withSpoke({ enviroment: 'dev' }), { code: 'unknown-key', file: spoke, at: 'enviroment', hint: "did you mean 'environment'?" }],
  [
    'a misspelt key instead of one that has to be there',
    { spokes: { 'spoke-1': { hub: 'hub-1', tennant: 'shop', environment: 'dev', secret: 'x' } } },
    { code: 'unknown-key', file: spoke, at: 'tennant', hint: "did you mean 'tenant'?" },
  ],
  ['a spoke without tenant', withSpoke({ tenant: undefined }), { code: 'missing-field', file: spoke, message: "the cluster 'spoke-1' needs 'tenant'" }],
  [
    'a spoke without environment',
    withSpoke({ environment: undefined }),
    { code: 'missing-field', file: spoke, message: "the cluster 'spoke-1' needs 'environment'" },
  ],
  ['a tenant that is a list', withSpoke({ tenant: ['shop'] }), { code: 'wrong-type', file: spoke, at: 'tenant', found: 'a list' }],
  ['a tenant that does not exist', withSpoke({ tenant: 'shp' }), { code: 'unknown-path', file: spoke, at: 'tenant', hint: "did you mean 'shop'?" }],
  [
    'an environment that the tenant does not have',
    withSpoke({ environment: 'stage' }),
    { code: 'unknown-path', file: spoke, at: 'environment', message: "the tenant 'shop' has no environment 'stage'", hint: 'known environments: dev, prod' },
  ],
  [
    'an environment of a tenant that has none',
    { ...withFleet({ tenants: [...fleetFile.tenants, 'empty'] }), ...withSpoke({ tenant: 'empty' }) },
    { code: 'unknown-path', file: spoke, at: 'environment', message: "the tenant 'empty' has no environment 'dev'" },
  ],
  [
    'a spoke without secret',
    withSpoke({ secret: undefined }),
    { code: 'missing-field', file: spoke, at: 'secret', message: "the cluster 'spoke-1' has no secret" },
  ],
  ['a spoke with an empty secret', withSpoke({ secret: ' ' }), { code: 'missing-field', file: spoke, at: 'secret' }],
  [
    'a secret that is a list',
    withSpoke({ secret: ['x'] }),
    { code: 'wrong-type', file: spoke, at: 'secret', expected: expect.stringContaining('name or ARN'), found: 'a list' },
  ],
  [
    'a misspelt secret in a map',
    withSpoke({ secret: { sercet: 'x' } }),
    { code: 'unknown-key', file: spoke, at: 'secret.sercet', hint: "did you mean 'secret'?" },
  ],
  ['an empty secret in a map', withSpoke({ secret: { secret: ' ' } }), { code: 'invalid-field', file: spoke, at: 'secret.secret' }],
  ['a secret that is null', withSpoke({ secret: null }), { code: 'wrong-type', file: spoke, at: 'secret', found: 'null' }],
  ['a hub without secret', withHub({ secret: undefined }), { code: 'missing-field', file: hub, at: 'secret' }],
  ['a token in the name of a secret', withSpoke({ secret: `fleet/${cluster.name}` }), { code: 'token-in-manifest', file: spoke, at: 'secret' }],
  ['the secret itself instead of its name', withSpoke({ secret: 'AKIAQWERTYUIOPASDFGH' }), { code: 'secret-value', file: spoke, at: 'secret' }],
  [
    'two clusters with one secret',
    { spokes: { 'spoke-1': spoke1, 'spoke-2': { ...spoke2, secret: 'fleet/spoke-1' } } },
    {
      code: 'duplicate-secret',
      file: 'config/spokes/spoke-2.ts',
      at: 'secret',
      message: "the clusters 'spoke-1' and 'spoke-2' have one secret",
      found: "'fleet/spoke-1' in both",
    },
  ],
  [
    'a spoke without hub',
    withSpoke({ hub: undefined }),
    { code: 'missing-field', file: spoke, at: 'hub', message: "the spoke 'spoke-1' names no hub", hint: 'known hubs: hub-1' },
  ],
  ['a hub that is null', withSpoke({ hub: null }), { code: 'wrong-type', file: spoke, at: 'hub', found: 'null' }],
  [
    'a hub that does not exist',
    withSpoke({ hub: 'hub1' }),
    { code: 'unknown-hub', file: spoke, at: 'hub', message: "'hub1' is no hub of the fleet", hint: "did you mean 'hub-1'?" },
  ],
  ['a spoke as the hub of another', withSpoke({ hub: 'spoke-2' }), { code: 'unknown-hub', file: spoke, at: 'hub', found: 'a spoke of that name' }],
  [
    'a hub with a model',
    withHub({ model: 'distributed' }),
    { code: 'unknown-key', file: hub, at: 'model', message: "'model' is no setting of a hub", hint: 'a hub deploys to itself' },
  ],
  ['a hub that manages groups', withHub({ manages: ['addons'] }), { code: 'unknown-key', file: hub, at: 'manages' }],
  [
    'a spoke in the folder of hubs',
    withHub({ hub: 'hub-2' }),
    { code: 'unknown-key', file: hub, at: 'hub', hint: expect.stringContaining('the folder spokes') },
  ],
  [
    'a hub and a spoke of one name',
    { spokes: { ...smallHubFleet.spokes, 'hub-1': { ...spoke1, secret: 'other' } } },
    { code: 'duplicate-name', file: 'config/spokes/hub-1.ts', message: "two clusters are called 'hub-1'", found: 'another one in config/hubs/hub-1.ts' },
  ],
  [
    'two spokes of one name in two folders',
    { spokes: { ...smallHubFleet.spokes, 'team-b/spoke-1': { ...spoke1, tenant: 'platform', environment: 'prod', secret: 'other' } } },
    { code: 'duplicate-name', file: 'config/spokes/team-b/spoke-1.ts', found: 'another one in config/spokes/spoke-1.ts' },
  ],
  [
    'a cluster name with a dot',
    { spokes: { 'spoke.1': spoke1 } },
    { code: 'invalid-name', file: 'config/spokes/spoke.1.ts', message: "'spoke.1' cannot name a cluster", expected: expect.stringContaining('lower-case') },
  ],
  ['a cluster name in upper case', { spokes: { Spoke: spoke1 } }, { code: 'invalid-name', file: 'config/spokes/Spoke.ts' }],
  ['a cluster name with a blank', { spokes: { 'spoke 1': spoke1 } }, { code: 'invalid-name', file: 'config/spokes/spoke 1.ts' }],
  [
    'a cluster name that is too long',
    { spokes: { [`s${'x'.repeat(53)}`]: spoke1 }, groups: { bootstrap } },
    { code: 'invalid-name', expected: expect.stringContaining('at most 53') },
  ],
  ['a cluster name that every object has', { spokes: { constructor: spoke1 } }, { code: 'invalid-name', file: 'config/spokes/constructor.ts' }],
  [
    'the name that Argo CD gives its own cluster',
    { spokes: { 'in-cluster': spoke1 } },
    { code: 'invalid-name', file: 'config/spokes/in-cluster.ts', expected: expect.stringContaining('Argo CD') },
  ],
  [
    'a component in the folder of spokes',
    { spokes: { dns } },
    { code: 'config-misplaced', file: 'config/spokes/dns.ts', message: "'dns' is a component, and no spoke" },
  ],
  [
    'a cluster in the folder of a group',
    withAddons({ components: { ...addons.components, 'spoke-3': spoke2 } }),
    { code: 'config-misplaced', file: 'config/addons/spoke-3.ts', message: "'spoke-3' is a cluster, and no component of addons" },
  ],
  [
    'the folder of spokes misspelt',
    { spokes: {}, groups: { ...smallHubFleet.groups, spoke: { components: { 'spoke-1': spoke1, 'spoke-2': spoke2 } } } },
    { code: 'config-misplaced', file: 'config/spoke', hint: "did you mean 'spokes'?" },
  ],
  [
    'the folder of hubs misspelt',
    { hubs: {}, groups: { ...smallHubFleet.groups, hub: { components: { 'hub-1': hub1 } } } },
    { code: 'config-misplaced', file: 'config/hub', hint: "did you mean 'hubs'?" },
  ],
  [
    'the folder of member settings misspelt',
    { members: {}, groups: { ...smallHubFleet.groups, member: { components: { settings: {} } } } },
    { code: 'config-misplaced', file: 'config/member', hint: "did you mean 'members'?" },
  ],
  ['a group of a spoke that is null', withSpoke({ groups: { addons: null } }), { code: 'wrong-type', file: spoke, at: 'groups.addons', found: 'null' }],
  [
    'groups of a spoke that are a list',
    withSpoke({ groups: ['addons'] }),
    { code: 'wrong-type', file: spoke, at: 'groups', expected: 'a map', found: 'a list' },
  ],
  [
    'a group of a spoke that does not exist',
    withSpoke({ groups: { addon: { release: 'next' } } }),
    { code: 'unknown-group', file: spoke, at: 'groups.addon', message: "'addon' is no group of the fleet", hint: "did you mean 'addons'?" },
  ],
  [
    'an unknown key of a group of a spoke',
    withSpoke({ groups: { addons: { relase: 'next' } } }),
    { code: 'unknown-key', file: spoke, at: 'groups.addons.relase', hint: "did you mean 'release'?" },
  ],
  ['components of a spoke that are a list', withSpoke({ components: ['dns'] }), { code: 'wrong-type', file: spoke, at: 'components', expected: 'a map' }],
  [
    'a component of a spoke that is true',
    withSpoke({ components: { dns: true } }),
    { code: 'wrong-type', file: spoke, at: 'components.dns', found: 'the boolean true' },
  ],
  [
    'a component that is enabled and that no group defines',
    withSpoke({ components: { 'cert-manger': { enabled: true } } }),
    {
      code: 'unknown-component',
      file: spoke,
      at: 'components.cert-manger',
      message: "'cert-manger' is no component of the fleet",
      expected: 'a component that a group defines',
      hint: "did you mean 'cert-manager'?",
    },
  ],
  [
    'the layer of a component in the file of the spoke and at its path',
    { ...withSpoke({ components: { 'cert-manager': { enabled: true } } }), ...withComponent({ overrides: { 'shop/dev/spoke-1': { enabled: true } } }) },
    {
      code: 'duplicate-name',
      file: spoke,
      at: 'components.cert-manager',
      message: "the layer of 'spoke-1' stands in two files",
      found: 'overrides.shop/dev/spoke-1 in config/addons/cert-manager.ts, too',
    },
  ],
  [
    'the release of a group in the file of the spoke and at its path',
    { ...withSpoke({ groups: { addons: { release: 'next' } } }), ...withReleases({ overrides: { 'shop/dev/spoke-1': { release: 'next' } } }) },
    { code: 'duplicate-name', file: spoke, at: 'groups.addons', found: 'overrides.shop/dev/spoke-1 in config/addons/releases.ts, too' },
  ],
  [
    'settings in the file of the spoke and at its path',
    { ...withSpoke({ labels: { a: 'b' } }), ...withSettings({ overrides: { 'shop/dev/spoke-1': { labels: { a: 'c' } } } }) },
    { code: 'duplicate-name', file: spoke, at: '', found: 'overrides.shop/dev/spoke-1 in config/members/settings.ts, too' },
  ],
];

describe('a mistake in fleet.ts is reported once, with its code and its place:', () => reportsEach(fleetMistakes));

describe('a mistake in hubs and spokes is reported once, with its code and its place:', () => reportsEach(memberMistakes));

test('a fleet.ts that says nothing, beside hubs and spokes, lacks what it has to say', () => {
  const found = hubProblemsOf({ fleet: {} }).map(({ file, message }) => `${file}: ${message}`);
  expect(found).toEqual([
    'config/fleet.ts: the fleet has no tenants',
    "config/fleet.ts: a fleet of tenants needs 'topology'",
    "config/fleet.ts: the fleet needs 'repository'",
  ]);
});

test('a fleet that is written in code has its mistakes at its constructs', () => {
  const built = new HubFleet({ repository: 'https://example.com/fleet.git' });
  const environment = new Environment(new Tenant(built, 'shop'), 'dev');
  new Spoke(environment, 'Spoke', { hub: 'hub-1', secret: 'x' });
  new Component(new ComponentGroup(built, 'addons'), 'dns', { chart: 'dns', repoURL: 'https://charts.example.com', version: '1.0.0' });
  const found = () => built.synth();
  expect(found).toThrow(FleetError);
  expect(found).toThrow(/shop\/dev\/Spoke: invalid-name/);
  expect(found).toThrow(/addons\/dns: missing-field: 'dns' needs 'namespace'/);
  expect(found).toThrow(/unknown-hub: the fleet has no hub/);
});

test('a release that nobody has is worth a notice', () => {
  expect(buildHubFleet().synth().warnings).toMatchObject([{ code: 'release-unused', severity: 'notice', place: ['releases', 'next'] }]);
});

describe('what is no mistake', () => {
  test('a small fleet', () => {
    expect(hubProblemsOf({})).toEqual([]);
  });

  test('a hub alone, which manages itself', () => {
    expect(hubProblemsOf({ spokes: {} })).toEqual([]);
  });

  test('tenants without environments, environments without clusters, and layers for them', () => {
    const tenants = [...fleetFile.tenants, 'new', { name: 'other' }, { name: 'third', environments: [] }, { name: 'fourth', environments: ['dev'] }];
    const overrides = { ...certManager.overrides, new: { enabled: true }, 'fourth/dev': { values: { replicas: 3 } } };
    expect(hubProblemsOf({ ...withFleet({ tenants }), ...withComponent({ overrides }) })).toEqual([]);
  });

  test('a group without defaults and releases', () => {
    expect(hubProblemsOf({ groups: { bootstrap, extra: { components: { dns } } }, spokes: { 'spoke-1': spoke1 } })).toEqual([]);
  });

  test('no member settings, where files of members say all', () => {
    const secretStore = { existing: { name: 'vault', kind: 'ClusterSecretStore' } };
    const content = { members: {}, hubs: { 'hub-1': { ...hub1, secretStore } }, spokes: { 'spoke-1': spoke1, 'spoke-2': { ...spoke2, secretStore } } };
    expect(hubProblemsOf(content)).toEqual([]);
  });
});
