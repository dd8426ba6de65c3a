import fc from 'fast-check';
import { parse } from 'yaml';
import { cluster } from '../../../constructs';
import { texts } from '../../../store/output/output-folder';
import { addons, bootstrap, buildHubFleet, certManager, type HubContent, hubProblemsOf, withAddons, withComponent } from '../../builders/hub-builder';

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;

/** What a hub is given, by path. */
function rendered(content: HubContent): ReadonlyMap<string, Loose> {
  return new Map([...texts(buildHubFleet(content).synth())].filter(({ path }) => path.startsWith('hubs/')).map(({ path, text }) => [path, parse(text)]));
}

function setOf(content: HubContent): Loose {
  return rendered(content).get('hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml').spec;
}

const annotation = 'argocd.argoproj.io/manifest-generate-paths';
const values = '/dist/{{ index (get .metadata "labels" | default dict) "fleet_member" | default "" }}s/{{ .name }}/values/addons/cert-manager.yaml';
const pathsOf = (content: HubContent): unknown => setOf(content).template.metadata.annotations?.[annotation];
const release = (pin: unknown) => ({ releases: { default: { components: { 'cert-manager': '1.0.0' } }, next: { components: { 'cert-manager': pin } } } });
const inGit = { repoURL: 'https://example.com/charts.git', chart: undefined, path: 'charts/web' };
const plain = { ...inGit, values: undefined, path: 'web' };

test.each<readonly [string, HubContent, string | undefined]>([
  ['a chart of a chart repository', withComponent({}), undefined],
  ['a chart of a chart repository that is said to read nothing else', withComponent({ alsoReads: [] }), undefined],
  ['a chart of a folder, which may depend on another one', withComponent(inGit), undefined],
  ['a chart of a folder that reads nothing else', withComponent({ ...inGit, alsoReads: [] }), `${values};/charts/web`],
  ['a chart of a folder that depends on another one', withComponent({ ...inGit, alsoReads: ['charts/lib'] }), `${values};/charts/web;/charts/lib`],
  ['a folder, which may be a Kustomization', withComponent(plain), undefined],
  ['a Kustomization with its base', withComponent({ ...plain, alsoReads: ['bases/web'] }), '/web;/bases/web'],
  ['an image', withComponent({ ...plain, repoURL: 'oci://registry.example.com/web', alsoReads: [] }), undefined],
  [
    'a folder beside another source',
    withComponent({ ...plain, alsoReads: [], extraSources: [{ repoURL: 'https://example.com/x.git', path: 'x', targetRevision: 'main' }] }),
    undefined,
  ],
  [
    'a folder that a release takes from a chart repository',
    withAddons({
      releases: release({ chart: 'cert-manager', repoURL: 'https://charts.jetstack.io', version: '2.0.0' }),
      components: { ...addons.components, 'cert-manager': { ...certManager, ...inGit, alsoReads: [] } },
    }),
    undefined,
  ],
  [
    'folders that differ between releases',
    withAddons({
      releases: release({ path: 'charts/next', version: 'v2', alsoReads: ['charts/lib'] }),
      components: { ...addons.components, 'cert-manager': { ...certManager, ...inGit, alsoReads: [] } },
    }),
    `${values};/charts/web;/charts/next;/charts/lib`,
  ],
])('%s: the paths whose commits render it anew are said only where all of them are known', (_, content, expected) => {
  expect(pathsOf(content)).toBe(expected);
});

const patience = { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: -1, refresh: true };

test('a component is synchronised until it succeeds, as roots are, unless it says otherwise', () => {
  expect(setOf({}).template.spec.syncPolicy.retry).toEqual(patience);
  expect(rendered({}).get('hubs/hub-1/bootstrap/root.yaml').spec.syncPolicy.retry).toEqual(patience);
  fc.assert(
    fc.property(
      fc.option(fc.record({ limit: fc.integer({ min: -1, max: 9 }) }), { nil: undefined }),
      fc.option(fc.record({ prune: fc.boolean() }), { nil: undefined }),
      fc.constantFrom('component', 'group', 'release'),
      (retry, automated, place) => {
        const syncPolicy = { ...(automated ? { automated } : {}), ...(retry ? { retry } : {}), syncOptions: ['CreateNamespace=true'] };
        const content =
          place === 'component'
            ? withComponent({ syncPolicy })
            : withAddons(
                place === 'group'
                  ? { defaults: { syncPolicy } }
                  : { releases: { releases: { default: { components: { 'cert-manager': { version: '1.0.0', syncPolicy } } } } } },
              );
        const expected = automated && !retry ? { ...syncPolicy, retry: patience } : syncPolicy;
        expect(setOf(content).template.spec.syncPolicy).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
});

test('whatever applies ExternalSecrets looks away from what only some versions of External Secrets default', () => {
  const files = rendered({});
  const roots = [files.get('hubs/hub-1/bootstrap/root.yaml').spec, files.get('hubs/hub-1/argocd/applicationsets/fleet-spokes.yaml').spec.template.spec];
  for (const { ignoreDifferences, syncPolicy } of roots) {
    expect(ignoreDifferences).toEqual([
      {
        group: 'external-secrets.io',
        kind: 'ExternalSecret',
        jqPathExpressions: [
          '.spec.data[]?.remoteRef?.nullBytePolicy',
          '.spec.dataFrom[]?.extract?.nullBytePolicy',
          '.spec.target?.template?.templateFrom[]?.valuesDecodingStrategy',
        ],
      },
    ]);
    // With it Argo CD would take whole lists from the cluster, and never apply a changed key.
    expect(syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
  }
});

test('clusters for which layers say fields are told apart by their names, in every release', () => {
  const { generators, template } = setOf(withComponent({ enabled: true, overrides: { 'shop/dev': { namespace: 'dev', version: '9.0.0' } } }));
  const told = generators.map(({ clusters }: Loose) => [
    clusters.values,
    clusters.selector.matchExpressions.slice(1),
    clusters.template?.spec.destination.namespace,
  ]);
  const dev = [{ key: 'cluster_name', operator: 'In', values: ['spoke-1'] }];
  const others = [
    { key: 'cluster_name', operator: 'Exists' },
    { key: 'cluster_name', operator: 'NotIn', values: ['spoke-1'] },
  ];
  expect(told).toEqual([
    [{ release: 'default', version: '1.0.0' }, others, 'cert-manager'],
    [{ release: 'default', version: '9.0.0' }, dev, 'dev'],
    [{ release: 'next', version: '1.1.0' }, others, 'cert-manager'],
    [{ release: 'next', version: '9.0.0' }, dev, 'dev'],
  ]);
  expect(template.spec.destination).toEqual({});
});

test('a layer of fields that all clusters of an Argo CD have needs no names', () => {
  const { generators, template } = setOf(withComponent({ enabled: true, overrides: { '*': { syncPolicy: { automated: { prune: false } } } } }));
  expect(generators).toHaveLength(2);
  expect(JSON.stringify(generators)).not.toContain('cluster_name');
  // A part of the policy: the rest is what the component has without the layer.
  const { automated, ...rest } = template.spec.syncPolicy;
  expect(automated).toEqual({ prune: false, selfHeal: true });
  expect(rest).toEqual({ retry: expect.objectContaining({ limit: -1 }), syncOptions: ['CreateNamespace=true'] });
});

describe('a component says whatever an Application or its ApplicationSet can', () => {
  const sourcesOf = (content: HubContent): Loose => setOf(content).template.spec.sources;

  test('further sources by name, of which layers say a part', () => {
    const dashboards = { repoURL: 'https://example.com/x.git', path: 'dashboards', targetRevision: 'main' };
    const extraSources = { rules: { ...dashboards, path: 'rules' }, dashboards };
    const [, , ...own] = sourcesOf(withComponent({ extraSources }));
    expect(own).toEqual([
      { ...dashboards, name: 'dashboards' },
      { ...dashboards, name: 'rules', path: 'rules' },
    ]);
    const layer = { extraSources: { rules: { targetRevision: 'v2', helm: { valuesObject: { level: 'high' } } } } };
    const { generators } = setOf(withComponent({ enabled: true, extraSources, overrides: { 'shop/dev': layer } }));
    const dev = generators.find(({ clusters }: Loose) =>
      clusters.selector.matchExpressions.some(({ operator, values }: Loose) => operator === 'In' && values.includes('spoke-1')),
    );
    expect(dev.clusters.template.spec.sources.slice(2)).toEqual([
      { ...dashboards, name: 'dashboards' },
      { ...dashboards, name: 'rules', path: 'rules', targetRevision: 'v2', helm: { valuesObject: { level: 'high' } } },
    ]);
  });

  test.each([
    ['kustomize', { images: ['web=web:2'] }],
    ['directory', { recurse: true, include: '*.yaml' }],
  ])('how %s reads a path, and another way at a path of the fleet', (option, value) => {
    const content = withComponent({ ...plain, enabled: true, [option]: value, overrides: { 'shop/dev': { path: 'web/dev' } } });
    const { generators } = setOf(content);
    const read = generators.map(({ clusters }: Loose) => [clusters.template.spec.source.path, clusters.template.spec.source[option]]);
    expect(read).toEqual(['web', 'web/dev', 'web', 'web/dev'].map((path) => [path, value]));
  });

  test('labels and annotations of Applications, of the group, of the component and of layers', () => {
    const { template } = setOf(
      withAddons({ defaults: { labels: { team: 'a', cost: '1' } }, components: { 'cert-manager': { ...certManager, labels: { team: 'b' } } } }),
    );
    expect(template.metadata.labels).toMatchObject({ team: 'b', cost: '1', 'fleet/component': 'cert-manager' });
    const { generators, template: common } = setOf(
      withComponent({ enabled: true, annotations: { all: 'x' }, overrides: { 'shop/dev': { annotations: { dev: 'y' } } } }),
    );
    expect(generators.map(({ clusters }: Loose) => clusters.template.metadata.annotations)).toEqual([
      { all: 'x' },
      { all: 'x', dev: 'y' },
      { all: 'x' },
      { all: 'x', dev: 'y' },
    ]);
    expect(common.metadata.annotations).toBeUndefined();
  });

  test('the order in which its Applications change, and what others may change in them', () => {
    const said = {
      strategy: {
        type: 'RollingSync',
        rollingSync: { steps: [{ matchExpressions: [{ key: 'fleet/cluster', operator: 'In', values: ['spoke-1'] }], maxUpdate: 1 }] },
      },
      preservedFields: { annotations: ['example.com/owner'] },
      ignoreApplicationDifferences: [{ jsonPointers: ['/spec/syncPolicy'] }],
    };
    expect(setOf(withComponent(said))).toMatchObject(said);
  });

  test('a patch of its Applications, which reaches them as it is written', () => {
    const { templatePatch } = setOf(withComponent({ templatePatch: { metadata: { annotations: { note: 'a "b" {c}' } }, spec: { revisionHistoryLimit: 3 } } }));
    expect(JSON.parse(templatePatch)).toEqual({ metadata: { annotations: { note: 'a "b" {c}' } }, spec: { revisionHistoryLimit: 3 } });
  });

  test('a patch of its Applications that is the same in whatever order it is written', () => {
    const [one, other] = [
      { metadata: { labels: { a: 'x', b: 'y' } }, spec: { info: [{ name: 'n', value: 'v' }], revisionHistoryLimit: 3 } },
      { spec: { revisionHistoryLimit: 3, info: [{ value: 'v', name: 'n' }] }, metadata: { labels: { b: 'y', a: 'x' } } },
    ].map((templatePatch) => setOf(withComponent({ templatePatch })).templatePatch);
    expect(other).toBe(one);
  });

  test('values of its group, which are those of charts and of nothing else in it', () => {
    const crds = { path: 'crds', namespace: 'x', enabled: true };
    const content = withAddons({ defaults: { values: { a: 1 } }, components: { ...addons.components, crds } });
    expect(hubProblemsOf(content)).toEqual([]);
    expect(hubProblemsOf(withAddons({ defaults: { values: { a: 1 } }, releases: undefined, components: { crds } }))).toMatchObject([
      { code: 'unused-values', file: 'config/addons/defaults.ts', place: ['values'], message: expect.stringContaining("'crds' is no chart") },
    ]);
  });

  test('values of all components of its group, below its own', () => {
    const files = new Map(
      [
        ...texts(
          buildHubFleet(
            withAddons({
              defaults: { values: { a: 1, b: 1 } },
              components: { 'cert-manager': { ...certManager, enabled: true, values: { b: 2 }, overrides: {} } },
            }),
          ).synth(),
        ),
      ].map(({ path, text }) => [path, text]),
    );
    expect(parse(files.get('hubs/hub-1/values/addons/cert-manager.yaml') as string)).toEqual({ a: 1, b: 2 });
  });

  test('a label of its own', () => {
    const content = withComponent({ enabled: true, enableLabel: 'example.com/certs' });
    expect(setOf(content).generators[0].clusters.selector.matchLabels).toMatchObject({ 'example.com/certs': 'true' });
    const { labels } = rendered(content).get('hubs/hub-1/argocd/members/hub-1.yaml').spec.target.template.metadata;
    expect(labels['example.com/certs']).toBe('true');
    expect(labels['enable_cert_manager']).toBeUndefined();
  });
});

describe('files and texts of values', () => {
  const helmOf = (fields: object) => setOf(withComponent({ enabled: true, ...fields })).template.spec.sources[0].helm;
  const own = expect.stringMatching(/^\$values\/dist\/.*cert-manager\.yaml$/);

  test("those of the chart and of others come before the component's own, in their order", () => {
    const valueFiles = ['values-eu.yaml', '$values/shared/eu.yaml', 'https://example.com/x.yaml'];
    expect(helmOf({ helm: { valueFiles } }).valueFiles).toEqual([...valueFiles, own]);
  });

  test("a component's map is beside its files, and over values that only the cluster knows", () => {
    expect(helmOf({ helm: { valuesObject: { a: 1 } } })).toEqual({ releaseName: 'cert-manager', valueFiles: [own], valuesObject: { a: 1 } });
    const live = { values: { name: cluster.name, map: { a: cluster.name, b: cluster.name } } };
    const { valuesObject } = helmOf({ ...live, helm: { valuesObject: { map: { a: 'fixed' }, other: cluster.name } } });
    expect(valuesObject).toEqual({ name: '{{.name}}', map: { a: 'fixed', b: '{{.name}}' }, other: '{{.name}}' });
  });

  test('layers say a part of the map, and a text whole', () => {
    const { generators } = setOf(
      withComponent({ enabled: true, helm: { valuesObject: { a: 1, b: 1 } }, overrides: { 'shop/dev': { helm: { valuesObject: { b: 2 } } } } }),
    );
    const told = generators.slice(0, 2).map(({ clusters }: Loose) => clusters.template.spec.sources[0].helm.valuesObject);
    expect(told).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ]);
    expect(helmOf({ helm: { values: 'a: 1\n' } }).values).toBe('a: 1\n');
  });

  test('commits to files that a chart is given concern it', () => {
    const chart = {
      path: 'charts/own',
      namespace: 'p',
      enabled: true,
      values: {},
      alsoReads: [],
      helm: { valueFiles: ['../shared.yaml', '$values/eu.yaml', '/top.yaml'] },
    };
    const set = rendered({ groups: { addons: { components: { chart } }, bootstrap } }).get('hubs/hub-1/argocd/applicationsets/addons/chart.yaml');
    const paths = set.spec.template.metadata.annotations['argocd.argoproj.io/manifest-generate-paths'];
    expect(paths.split(';').slice(1)).toEqual(['/charts/own', '/charts/shared.yaml', '/eu.yaml', '/top.yaml']);
  });
});
