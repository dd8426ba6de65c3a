/**
 * What the compiler refuses in the configuration of hubs and spokes, and what it lets pass. `tsc` is the test: where it finds no
 * error behind `@ts-expect-error`, that itself is one. Paths are those of the example of hubs and spokes, which registers itself.
 */
import {
  type ComponentConfig,
  type DimensionName,
  type DimensionPath,
  defineHubFleet,
  type GroupConfig,
  type HubConfig,
  type MemberSettingsConfig,
  type ReleasesConfig,
  type SpokeConfig,
  type Target,
  type TenantName,
  unset,
} from 'cdk8s-fleet';

type Source = Extract<NonNullable<ComponentConfig['extraSources']>, readonly unknown[]>[number];
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_ extends true>(): void {}

holds<Equal<TenantName, 'tenant1' | 'tenant2' | 'platform'>>();
holds<Equal<DimensionName, 'tenant' | 'environment' | 'cluster'>>();
holds<Equal<Extract<DimensionPath, `platform${string}`>, 'platform' | 'platform/prod' | `platform/prod/${string}`>>();
holds<Equal<Target['tenant'], TenantName>>();
holds<Equal<Target['environment'], 'dev' | 'prod'>>();
holds<Equal<Target['cluster'], string>>();
holds<Equal<Target['model'], 'centralized' | 'distributed'>>();
holds<Equal<Target['annotations'], { readonly [annotation: string]: string }>>();

// Everything a layer may say compiles.
export const component = {
  repoURL: 'https://charts.example.com',
  chart: 'x',
  version: '1.0.0',
  namespace: 'x',
  selector: { matchLabels: { team: 'shop' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }] },
  syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
  ignoreDifferences: [{ kind: 'Deployment', group: 'apps', jsonPointers: ['/spec/replicas'] }],
  extraSources: [{ repoURL: 'https://example.com', path: 'extra' }],
  helm: { releaseName: 'x', skipCrds: true },
  enabled: (target) => target.kind === 'spoke' && target.model === 'centralized',
  values: { cluster: (target) => target.cluster, region: (target) => target.annotations['company.example/region'], a: { b: unset } },
  overrides: {
    '*': { enabled: true },
    tenant1: { values: (target) => ({ owner: target.tenant }) },
    'tenant1/prod': { values: { replicas: 3 } },
    'tenant2/prod/tenant2-prod-workload1': { enabled: false },
  },
  patches: { 'patch-001': { rolledOutTo: ['tenant1/dev'], change: { values: { replicas: 4 } } } },
} satisfies ComponentConfig;

export const spoke = {
  hub: 'hub-1',
  tenant: 'tenant1',
  environment: 'dev',
  secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x',
  model: 'distributed',
  manages: ['addons'],
  labels: { tier: 'gold' },
  annotations: { 'company.example/region': 'eu-west-1' },
  repositories: { company: unset, own: { url: 'https://github.com/tenant1', ssh: { secret: 'tenant1/git' } } },
  secretStore: { aws: unset, provider: { vault: { server: 'https://vault.example.com', path: 'secret', version: 'v2' } } },
  groups: { addons: { release: 'release1' } },
  components: { 'cert-manager': { enabled: false }, 'external-dns': { values: { policy: 'sync' } } },
} satisfies SpokeConfig;

export const releases = {
  releases: { default: { version: 'v1.0.0', components: { x: '1.2.3', y: { version: '1.0.0', chart: 'y2', namespace: 'other' } } } },
  release: 'default',
  patches: { 'patch-001': { rolledOutTo: ['tenant1'], change: { release: 'default' } } },
} satisfies ReleasesConfig;

export const settings = {
  labels: { environment: (target) => target.environment },
  secretStore: { existing: { name: 'company', kind: 'ClusterSecretStore' } },
  overrides: { tenant2: { model: 'distributed', manages: ['addons'] } },
} satisfies MemberSettingsConfig;

// Layers set values and whatever a release may say, and nothing that is the same for all clusters.
export const layers = {
  overrides: { tenant1: { version: '2.0.0', syncPolicy: { automated: { prune: false } }, extraSources: { rules: { targetRevision: 'v2' } } } },
  patches: { 'patch-001': { rolledOutTo: [], change: { namespace: (target) => target.tenant } } },
} satisfies ComponentConfig;

export const wrongLayers = {
  // @ts-expect-error a project is no layer
  overrides: { tenant1: { project: 'other' } },
  // @ts-expect-error nor is a label of its own
  patches: { 'patch-001': { rolledOutTo: [], change: { enableLabel: 'other' } } },
} satisfies ComponentConfig;

export const wrongSpoke = {
  hub: 'hub-1',
  // @ts-expect-error no such tenant
  tenant: 'tenant7',
  environment: 'dev',
  secret: 'x',
  // @ts-expect-error no such model
  model: 'decentralized',
  // @ts-expect-error a selector belongs to the component
  components: { 'cert-manager': { selector: {} } },
} satisfies SpokeConfig;

// @ts-expect-error a spoke has a secret
export const withoutSecret = { hub: 'hub-1', tenant: 'tenant1', environment: 'dev' } satisfies SpokeConfig;

// @ts-expect-error a hub deploys to itself
export const wrongHub = { tenant: 'tenant1', environment: 'dev', secret: 'x', model: 'distributed' } satisfies HubConfig;

export const wrongPaths = {
  chart: 'x',
  // @ts-expect-error no such tenant
  overrides: { tenant7: { enabled: true } },
  // @ts-expect-error no such environment
  patches: { 'patch-001': { rolledOutTo: ['tenant1/stage'], change: { enabled: true } } },
} satisfies ComponentConfig;

// What Helm can be told is said once more for components: a values file that may be missing is one that nobody looks for.
type Helm = NonNullable<Source['helm']>;
type Own = NonNullable<ComponentConfig['helm']>;
holds<Equal<Omit<Own, 'valuesObject'>, Omit<Helm, 'ignoreMissingValueFiles' | 'valuesObject'>>>();

// @ts-expect-error a file of values is there
export const wrongHelm = { chart: 'x', helm: { ignoreMissingValueFiles: true } } satisfies ComponentConfig;

// @ts-expect-error a misspelt field of Argo CD
export const wrongPolicy = { syncPolicy: { automatd: {} } } satisfies GroupConfig;

export const typedRepositories = {
  repositories: { charts: { url: 'ghcr.io/company', type: 'helm', insecure: true, proxy: 'http://proxy:3128', https: { secret: 'x' } } },
} satisfies MemberSettingsConfig;

export const namedKeys = {
  repositories: {
    git: {
      url: 'https://git.example.com',
      https: {
        secret: 'team/git',
        store: 'eu',
        holds: ['user', 'token'],
        keys: { username: 'user', password: { secret: 'git-token', decodingStrategy: 'Base64' } },
      },
      clientCertificate: { secret: (target) => `${target.tenant}/cert`, property: 'argocd', version: '3' },
    },
    azure: { url: 'company.azurecr.io/charts', azureWorkloadIdentity: true },
  },
  registration: { store: 'eu', keys: { server: 'endpoint', config: unset }, annotationsFrom: { 'example.com/vpc': 'vpc_id' }, labelsFrom: { account: unset } },
  secretStores: { eu: { aws: { region: 'eu-central-1' } }, vault: unset },
} satisfies MemberSettingsConfig;

export const elsewhere = {
  hub: 'hub-1',
  tenant: 'tenant1',
  environment: 'dev',
  secret: { secret: 'fleet/x', store: 'eu', version: '2' },
} satisfies SpokeConfig;

// @ts-expect-error a key that a user has not
export const wrongKey = { repositories: { x: { https: { secret: 'x', keys: { user: 'name' } } } } } satisfies MemberSettingsConfig;

// @ts-expect-error which entry a cluster has is said in its file
export const wrongRegistration = { registration: { secret: 'x' } } satisfies MemberSettingsConfig;

// @ts-expect-error a type that does not exist
export const wrongType = { repositories: { x: { url: 'https://x', type: 'hlem', https: { secret: 'x' } } } } satisfies MemberSettingsConfig;

// @ts-expect-error a misspelt way to prove who one is; a layer may say any part of one, so what is missing is found at synth
export const wrongRepository = { repositories: { x: { url: 'https://x', htpps: { secret: 'x' } } } } satisfies MemberSettingsConfig;

defineHubFleet({
  topology: 'hub-and-spoke',
  repository: 'https://example.com',
  tenants: [
    {
      name: 'a',
      environments: [
        'dev',
        {
          name: 'prod',
          promotion: 'manual',
          soak: '24h',
          approvers: ['@company/sre'],
          freeze: 'why',
          budget: { clusters: 1 },
          waves: [1, 'rest'],
          evidence: [(at) => ({ is: 'good', since: new Date(at.soak) })],
        },
      ],
    },
    // @ts-expect-error clusters are files
    { name: 'b', environments: [{ name: 'dev', clusters: ['x'] }] },
  ],
});

defineHubFleet({ topology: 'hub-and-spoke', repository: 'https://example.com', sequence: 'environments', waves: ['50%'], tenants: [] });

defineHubFleet({ topology: 'hub-and-spoke', repository: 'https://example.com', annotations: 'git', tenants: [] });

// @ts-expect-error annotations come from Git, or from anywhere
defineHubFleet({ topology: 'hub-and-spoke', repository: 'https://example.com', annotations: 'terraform', tenants: [] });

// @ts-expect-error no dimension that can go first
defineHubFleet({ topology: 'hub-and-spoke', repository: 'https://example.com', sequence: 'clusters', tenants: [] });

defineHubFleet({
  topology: 'hub-and-spoke',
  repository: 'https://example.com',
  // @ts-expect-error the label of a component has its name in it, and this is a misspelt key
  labelNames: { enabled: 'enable_{component}' },
  tenants: [],
});

export const silences = {
  chart: 'x',
  notSecret: { 'values.token': 'the name of a file' },
  notTemplate: { 'values.name': 'the chart fills it in' },
} satisfies ComponentConfig;
