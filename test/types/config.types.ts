/**
 * What the compiler refuses in configuration, and what it lets pass. `tsc` is the test: where it finds no error behind
 * `@ts-expect-error`, that itself is one. Paths are those of the example fleet, which registers itself.
 */
import {
  argoCD,
  type ClusterTypeConfig,
  cluster,
  command,
  type DimensionPath,
  defineApps,
  defineExemptions,
  defineFleet,
  defineRule,
  defineRules,
  type FleetAppConfig,
  type PathsOf,
  prometheus,
  type Target,
  unset,
} from 'cdk8s-fleet';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_ extends true>(): void {}

const base = { project: 'default', source: { repoURL: 'https://example.com', path: 'x' }, destination: { name: cluster.name } } as const;

// Everything a layer may say compiles.
export const good = {
  ...base,
  kind: 'Application',
  description: 'fine',
  owners: ['team'],
  notSecret: { 'source.helm.valuesObject.a.token': 'the name of a file' },
  labels: { region: (target) => target.region },
  annotations: { 'example.com/project': cluster.annotation('example.com/project') },
  source: {
    repoURL: 'https://example.com',
    chart: 'x',
    targetRevision: (target) => (target.environment === 'production' ? '1' : '2'),
    helm: { valuesObject: { a: { b: [1, 'c', { d: null }] }, e: (target) => ({ f: target.sector }), g: unset, [`${cluster.name}-x`]: true } },
  },
  overrides: {
    production: { source: unset, sources: { main: { repoURL: 'x', path: 'y' } } },
    'production/prod-canary/us-east1': (target) => ({ labels: { path: target.path } }),
  },
  syncPolicy: { automated: { prune: (target) => target.environment === 'production', selfHeal: true } },
  patches: { 'patch-001': { rolledOutTo: ['integration'], change: { enabled: true, syncPolicy: { automated: unset } } } },
} satisfies FleetAppConfig;

export const set = {
  kind: 'ApplicationSet',
  generators: [{ clusters: { selector: { matchLabels: { a: (target) => target.region } } } }],
  template: { metadata: { name: '{{.name}}' }, spec: { project: 'default', destination: {} } },
} satisfies FleetAppConfig;

export const generators = {
  kind: 'ApplicationSet',
  generators: [
    {
      matrix: {
        generators: [
          { clusters: { selector: { matchLabels: { a: (target) => target.region } } } },
          { merge: { mergeKeys: ['a'], generators: [{ list: { elements: [{ a: 1 }] } }, { git: { repoURL: 'x', revision: 'y' }, selector: {} }] } },
        ],
        template: { metadata: {}, spec: { project: '', destination: {}, sources: { main: { repoURL: 'x', path: 'y' } } } },
      },
    },
    {
      clusters: {
        template: { metadata: { name: 'x' }, spec: { project: '', destination: {}, source: { repoURL: 'x', helm: { valuesObject: { a: null } } } } },
      },
    },
  ],
  template: { metadata: {}, spec: { project: 'default', destination: {}, sources: { main: { repoURL: 'x' } } } },
} satisfies FleetAppConfig;

/** What a generator says stands at the top level, below `matrix` or `merge`, or once more below. */
const set1 = { ...set, template: generators.template } as const;
// @ts-expect-error a misspelt field of a generator
export const set2 = { ...set1, generators: [{ clusters: { selectr: {} } }] } satisfies FleetAppConfig;
// @ts-expect-error a misspelt field of a generator below `matrix`
export const set3 = { ...set1, generators: [{ matrix: { generators: [{ clusters: { selectr: {} } }] } }] } satisfies FleetAppConfig;
export const set4 = {
  ...set1,
  // @ts-expect-error a misspelt field of a generator below a `merge` in a `matrix`
  generators: [{ matrix: { generators: [{ merge: { mergeKeys: [], generators: [{ clusters: { selectr: {} } }] } }] } }],
} satisfies FleetAppConfig;
export const set5 = {
  ...set1,
  // @ts-expect-error a third combination of generators
  generators: [{ matrix: { generators: [{ merge: { mergeKeys: [], generators: [{ matrix: { generators: [] } }] } }] } }],
} satisfies FleetAppConfig;
// @ts-expect-error a template of a combination in a combination
export const set6 = { ...set1, generators: [{ matrix: { generators: [{ matrix: { generators: [], template: set.template } }] } }] } satisfies FleetAppConfig;
export const set7 = {
  ...set1,
  // @ts-expect-error a misspelt field of a generator's template
  generators: [{ clusters: { template: { metadata: {}, spec: { project: '', destination: {}, syncPolcy: {} } } } }],
} satisfies FleetAppConfig;
// @ts-expect-error a generator's template without a spec
export const set8 = { ...set1, generators: [{ clusters: { template: { metadata: {} } } }] } satisfies FleetAppConfig;

export const defaults = { paths: ['production/prod-canary'], applications: { namespace: 'argocd' } } satisfies ClusterTypeConfig;

holds<Equal<Target['environment'], 'integration' | 'stage' | 'production'>>();
holds<Equal<Target['region'], 'us-central1' | 'europe-west1' | 'us-east1' | 'ap-east1' | 'europe-east1'>>();
holds<
  Equal<
    Extract<DimensionPath, `stage${string}`>,
    | 'stage'
    | 'stage/stage-sector-1'
    | 'stage/stage-sector-1/us-east1'
    | 'stage/stage-sector-1/europe-west1'
    | 'stage/stage-sector-2'
    | 'stage/stage-sector-2/ap-east1'
  >
>();

// A dimension path that does not exist.
export const path = {
  ...base,
  overrides: {
    // @ts-expect-error
    'production/prod-canry': { enabled: false },
  },
} satisfies FleetAppConfig;
export const rolledOut = {
  ...base,
  // @ts-expect-error
  patches: { p: { rolledOutTo: ['integration/int-sector-3'], change: { enabled: true } } },
} satisfies FleetAppConfig;
// @ts-expect-error
export const paths = { paths: ['prod'] } satisfies ClusterTypeConfig;

// A misspelt Argo CD field, at any depth and in any layer.
export const field = {
  ...base,
  // @ts-expect-error
  syncPolcy: {},
} satisfies FleetAppConfig;
export const renamed = {
  ...base,
  // @ts-expect-error
  source: { repoUrl: 'https://example.com', path: 'x' },
} satisfies FleetAppConfig;
export const deep = {
  ...base,
  // @ts-expect-error
  overrides: { production: { syncPolicy: { automated: { selfheal: true } } } },
} satisfies FleetAppConfig;
export const inPatch = {
  ...base,
  // @ts-expect-error
  patches: { p: { rolledOutTo: [], change: { source: { targetRevison: 'v2' } } } },
} satisfies FleetAppConfig;

// A wrong type, also where a function of the target gives it.
export const type = {
  ...base,
  // @ts-expect-error
  revisionHistoryLimit: 'ten',
} satisfies FleetAppConfig;
export const fromFunction = {
  ...base,
  // @ts-expect-error
  revisionHistoryLimit: (target) => target.region,
} satisfies FleetAppConfig;
export const noDimension = {
  ...base,
  // @ts-expect-error
  labels: { x: (target) => target.tenant },
} satisfies FleetAppConfig;
export const listItem = {
  ...base,
  // @ts-expect-error
  ignoreDifferences: [{ jsonPointers: ['/x'] }],
} satisfies FleetAppConfig;

// A patch without its places; a field of the other kind.
export const noPlaces = {
  ...base,
  // @ts-expect-error
  patches: { p: { change: { enabled: true } } },
} satisfies FleetAppConfig;
export const otherKind = {
  kind: 'ApplicationSet',
  // @ts-expect-error
  destination: { name: 'x' },
} satisfies FleetAppConfig;

// Several apps in a file: their layers go by their names.
export const several = defineApps({
  apps: { api: base, jobs: { kind: 'ApplicationSet', generators: [] } },
  overrides: { production: { api: { labels: { a: 'b' } }, jobs: { goTemplate: true } } },
  patches: { p: { rolledOutTo: ['stage'], change: { api: { source: { targetRevision: 'v2' } } } } },
});
defineApps({
  apps: { api: base },
  // @ts-expect-error
  overrides: { production: { apl: { labels: { a: 'b' } } } },
});
defineApps({
  apps: { api: base },
  // @ts-expect-error
  overrides: { production: { api: { goTemplate: true } } },
});

// The fleet itself.
const twoLevels = defineFleet({
  repository: 'x',
  dimensions: ['stages', 'clusters'],
  stages: [{ name: 'dev', clusters: ['a', { name: 'b', promotion: 'manual' }] }],
});
holds<Equal<PathsOf<typeof twoLevels>, 'dev' | 'dev/a' | 'dev/b'>>();
const irregular = defineFleet({ repository: 'x', dimensions: [{ plural: 'premises', singular: 'premise' }], premises: ['a'] });
holds<Equal<PathsOf<typeof irregular>, 'a'>>();
defineFleet({
  repository: 'x',
  // @ts-expect-error
  environments: [{ name: 'e', promtion: 'manual', sectors: [{ name: 's', regions: ['r'] }] }],
});
defineFleet({
  repository: 'x',
  // @ts-expect-error
  environments: [{ name: 'e', promotion: 'manuel', sectors: [{ name: 's', regions: ['r'] }] }],
});
defineFleet({
  repository: 'x',
  // @ts-expect-error
  environments: [{ name: 'e', sectors: ['s'] }],
});
defineFleet({
  repository: 'x',
  environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }],
  // @ts-expect-error
  revison: 'main',
});
// @ts-expect-error
defineFleet({ environments: [] });

// @ts-expect-error what is no secret needs a reason
export const withoutReason = { ...base, notSecret: ['source.helm.valuesObject.a.token'] } satisfies FleetAppConfig;

defineFleet({
  repository: 'https://example.com',
  environments: [
    {
      name: 'e',
      freeze: { reason: 'x', until: '2026-12-31' },
      budget: { targets: 5 },
      waves: [1, '10%', 'rest'],
      evidence: [
        argoCD({ server: ({ region }) => `https://argocd.${region}.example.com`, tokenEnv: 'ARGOCD_TOKEN' }),
        prometheus({ url: 'https://p', query: ({ app, at }) => `${app} ${at.path}`, holds: (value) => value < 1 }),
        command('true', { timeout: '1m' }),
        async ({ at }) => ({ is: 'bad', why: at.path }),
      ],
      sectors: [{ name: 's', freeze: 'y', regions: ['r', { name: 'q', freeze: 'z' }] }],
    },
    // @ts-expect-error no answer
    { name: 'h', evidence: [() => true], sectors: [{ name: 's', regions: ['r'] }] },
    // @ts-expect-error no share
    { name: 'g', waves: ['a tenth'], sectors: [{ name: 's', regions: ['r'] }] },
    // @ts-expect-error nobody would know why
    { name: 'f', freeze: { until: '2026-12-31' }, sectors: [{ name: 's', regions: ['r'] }] },
  ],
});

// @ts-expect-error nobody would know what is good
prometheus({ url: 'https://p', query: 'up' });
// @ts-expect-error a token stands in no fleet
argoCD({ server: 'https://a', token: 'x' });

const exempt = { rule: 'soak', app: 'management-cluster/cert-manager', reason: 'x', owner: '@company/sre', until: '2026-12-31' } as const;

export const exemptions = defineExemptions([
  { ...exempt, path: 'production/prod-canary' },
  { ...exempt, app: '*', path: '*' },
  // @ts-expect-error no path of the fleet
  { ...exempt, path: 'production/prod-canry' },
  // @ts-expect-error an app is named with its cluster type
  { ...exempt, app: 'cert-manager', path: '*' },
  // @ts-expect-error it would hold for ever
  { rule: 'soak', app: '*', path: '*', reason: 'x', owner: '@company/sre' },
  // @ts-expect-error no such key
  { ...exempt, path: '*', untill: '2026-12-31' },
]);

export const ownRules = defineRules([
  defineRule({
    id: 'cpu-limit',
    what: 'x',
    why: 'y',
    wayOut: 'z',
    *judge({ fields, apps, targets, commits }) {
      for (const { after, at, clusterType, app, target } of fields) {
        if (at.environment === 'production' && Number(after) > 8)
          yield { message: `${commits[0]?.author.email}`, app: `${clusterType}/${app}`, targets: [target] };
      }
      if (apps.some(({ kind }) => kind === 'goes') || targets.length > 3) yield { message: 'x', severity: 'warning' };
    },
  }),
  // @ts-expect-error nobody would know what to do
  defineRule({ id: 'x', what: 'x', why: 'y', *judge() {} }),
  // @ts-expect-error a finding says something
  defineRule({ id: 'x', what: 'x', why: 'y', wayOut: 'z', judge: () => [{ path: 'production' }] }),
]);
