import { ApiObject } from 'cdk8s';
import { cluster, FleetError, type Problem, type TargetChart, unset } from '../../../constructs';
import type { ChartInput, ChartObjects, ChartRenderer } from '../../../layers/charts/chart-input';
import { areSameCharts, asConfigured } from '../../../layers/charts/opened-chart';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, apps, buildFleet, type ConfigContent, type Loose, problemsOf, templatesAt } from '../../builders/fleet-builder';

const repository = 'https://example.com/fleet.git';
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const kustomized = (kustomize: object, key?: 'source') => {
  const own = { repoURL: repository, path: 'apps/web', kustomize };
  return key === undefined ? own : { source: own };
};
const otherRevision = (what: string) => `'${what}' is read at 'v1', another revision than the fleet's ('HEAD'), and only what lies here can be rendered`;
const opened = (fields: object = {}) => application({ hydrate: true, ...fields });

/** What a chart gives: what it was told, as objects. */
function told(input: ChartInput): readonly Manifest[] {
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: input.releaseName }, spec: { told: input as never } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data: { alert: '{{ $labels.x }}', empty: null } },
  ];
}

interface Rendered {
  /** Files of a target by path. */
  at(path: string): Readonly<Record<string, Loose>>;
  /** What was asked for, each time. */
  readonly asked: readonly (readonly ChartInput[])[];
}

function rendered(config: ConfigContent, give: (input: ChartInput) => ChartObjects = (input) => ({ objects: told(input) })): Rendered {
  const fleet = buildFleet(config);
  const asked: (readonly ChartInput[])[] = [];
  fleet.chartRenderer = {
    ...knowsNothing,
    render(inputs) {
      asked.push(inputs);
      return inputs.map(give);
    },
  };
  const output = fleet.synth();
  return {
    asked,
    at: (path) => Object.fromEntries(output.folder('mgmt', path).files.flatMap((file) => ('document' in file ? [[file.path, file.document]] : []))),
  };
}

function renderedWarnings(config: ConfigContent): readonly Problem[] {
  const fleet = buildFleet(config);
  fleet.chartRenderer = { ...knowsNothing, render: (inputs) => inputs.map((input) => ({ objects: told(input) })) };
  return fleet.synth().warnings;
}

function problems(config: ConfigContent, give?: (input: ChartInput) => ChartObjects): readonly Problem[] {
  try {
    rendered(config, give);
    return [];
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

const web = (config: ConfigContent, path = 'integration/int-1/us') => rendered(config).at(path)['templates/web.yaml'];

test('an app that is opened points to its objects at its target; everything else of its Application is as before', () => {
  const fields = {
    labels: { team: 'a' },
    annotations: { note: 'x' },
    syncPolicy: { automated: { prune: true } },
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
    ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['/data'] }],
  };
  const [was, is] = [web(apps({ web: application(fields) })), web(apps({ web: opened(fields) }))];
  expect(is).toEqual({
    ...was,
    metadata: { ...was.metadata, annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.', note: 'x' } },
    spec: {
      ...was.spec,
      info: [{ name: 'chart', value: 'https://charts.example.com web 1.0.0' }],
      source: { repoURL: repository, targetRevision: 'HEAD', path: 'dist/mgmt/integration/int-1/us/manifests/web' },
    },
  });
  const files = rendered(apps({ web: opened(fields) })).at('production/prod-1/us');
  expect(Object.keys(files).sort()).toEqual([
    'Chart.yaml',
    'manifests/web/configmap-note.yaml',
    'manifests/web/deployment-web.yaml',
    'templates/web.yaml',
    'values.yaml',
  ]);
  // Argo CD applies them as they are: nothing is escaped, and nothing left out.
  expect(files['manifests/web/configmap-note.yaml']).toEqual(told({ releaseName: 'web' } as ChartInput)[1]);
});

test.each([
  ['/charts/web', '/charts/web;.'],
  ['/charts/web;/charts/lib', '/charts/web;/charts/lib;.'],
  ['/charts/web;.', '/charts/web;.'],
  ['', '.'],
  [unset, undefined],
])('whatever else an app says to be rendered anew for, it is for its objects, too: %j', (said, is) => {
  const key = 'argocd.argoproj.io/manifest-generate-paths';
  const annotations = { [key]: said, note: 'x' };
  const found = web(apps({ web: opened({ annotations }) }));
  expect(found.metadata.annotations).toEqual({ ...(is === undefined ? {} : { [key]: is }), note: 'x' });
  const inDefaults = {
    clusterTypes: { mgmt: { defaults: { applications: { annotations: { [key]: said } } }, apps: { web: opened() } } },
  } as ConfigContent;
  expect(web(inDefaults).metadata.annotations?.[key]).toBe(is);
  expect(web(apps({ web: application({ annotations: { [key]: '/charts/web' } }) })).metadata.annotations).toEqual({ [key]: '/charts/web' });
});

test('Helm is told what Argo CD tells it', () => {
  const helm = {
    releaseName: 'release',
    namespace: 'elsewhere',
    valuesObject: { replicas: 2, on: 'yes' },
    parameters: [{ name: 'a.b', value: '1', forceString: true }, { name: 'c' }],
    skipCrds: true,
    skipTests: true,
    kubeVersion: '1.30',
  };
  const [asked] = rendered(apps({ web: opened({ source: { ...source, helm }, kubernetes: '1.33', apiVersions: ['a/v1/B'] }) })).asked;
  expect(asked).toEqual([
    {
      id: { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' },
      releaseName: 'release',
      namespace: 'elsewhere',
      values: ['{"on":"yes","replicas":2}'],
      parameters: [
        { name: 'a.b', value: '1', forceString: true },
        { name: 'c', value: '', forceString: false },
      ],
      skipCrds: true,
      skipTests: true,
      skipSchemaValidation: false,
      kubernetes: '1.30',
      apiVersions: ['a/v1/B'],
    },
  ] satisfies readonly ChartInput[]);
  const [plain] = rendered(apps({ web: opened({ kubernetes: '1.33' }) })).asked;
  expect(plain).toMatchObject([{ releaseName: 'web', namespace: 'web', values: [], kubernetes: '1.33', apiVersions: [] }]);
  // A null drops a default of the chart: it travels as text, and arrives.
  const [withNull] = rendered(apps({ web: opened({ source: { ...source, helm: { valuesObject: { gone: null } } } }) })).asked;
  expect(withNull?.[0]?.values.map((text) => JSON.parse(text))).toEqual([{ gone: null }]);
});

test('the version of Kubernetes, and kinds that are there, are those of each node', () => {
  const fields = {
    kubernetes: '1.31',
    overrides: { 'production/prod-1': { kubernetes: '1.32', apiVersions: ['a/v1'] } },
    patches: { 'patch-001': { description: 'x', rolledOutTo: ['integration/int-1/eu'], change: { kubernetes: '1.33' } } },
  };
  const { at } = rendered(apps({ web: opened(fields) }));
  const toldAt = (path: string) => {
    const { kubernetes, apiVersions } = at(path)['manifests/web/deployment-web.yaml'].spec.told;
    return [kubernetes, apiVersions];
  };
  expect(['integration/int-1/us', 'integration/int-1/eu', 'production/prod-1/us'].map(toldAt)).toEqual([
    ['1.31', []],
    ['1.33', []],
    ['1.32', ['a/v1']],
  ]);
});

test('files of values count from the chart, the repository or the source that is named', () => {
  const files = { valueFiles: ['a.yaml', '/b.yaml', '$own/c/*.yaml', '../d.yaml'], ignoreMissingValueFiles: true };
  const helm = { ...files, fileParameters: [{ name: 'key', path: '/key.pem' }] };
  const sources = {
    folder: { repoURL: `${repository}/`, path: 'charts/web', helm },
    own: { repoURL: repository, targetRevision: 'HEAD', ref: 'own' },
    web: { ...source, helm },
  };
  const [asked] = rendered(apps({ web: opened({ source: unset, sources }) }), (input) => ({ objects: 'folder' in input.id ? told(input) : [] })).asked;
  const value = (path: string, of: string) => ({ path, of });
  const [ofRepository, ofChart] = ['repository', 'chart'].map((of) => ({
    valueFiles: [value('a.yaml', 'chart'), value('b.yaml', of), value('c/*.yaml', 'repository'), value('../d.yaml', 'chart')],
    ignoreMissingValueFiles: true,
    fileParameters: [{ name: 'key', file: value('key.pem', of) }],
  }));
  // What is there for its files alone has no objects.
  expect(asked).toHaveLength(2);
  expect(asked).toMatchObject([
    { id: { folder: 'charts/web' }, ...ofRepository },
    { id: { chart: 'web' }, ...ofChart },
  ]);
});

test('it is a layered field, and each distinct input is rendered once, all of them together', () => {
  const config = apps({
    web: application({
      overrides: {
        integration: { hydrate: true },
        'production/prod-1': { hydrate: true, source: { helm: { valuesObject: { replicas: 3 } } } },
      },
    }),
    api: application({ hydrate: () => false }),
  });
  const { asked, at } = rendered(config);
  expect(asked.map((inputs) => inputs.length)).toEqual([2]);
  expect(at('integration/int-1/eu')['manifests/web/deployment-web.yaml']).toEqual(at('integration/int-1/us')['manifests/web/deployment-web.yaml']);
  expect(at('production/prod-1/us')['manifests/web/deployment-web.yaml']).toMatchObject({ spec: { told: { values: ['{"replicas":3}'] } } });
  expect(Object.keys(at('integration/int-1/us')).filter((path) => path.includes('/api'))).toEqual(['templates/api.yaml']);
  // Where nothing is opened, nobody is asked.
  expect(rendered(apps({ web: application() })).asked).toEqual([]);
});

test('several charts of an app lie side by side', () => {
  const sources = { one: source, two: { ...source, chart: 'other', helm: { releaseName: 'other' } } };
  const give = (input: ChartInput): ChartObjects => ({ objects: told(input).slice(0, 1) });
  const { at } = rendered(apps({ web: opened({ source: unset, sources }) }), give);
  expect(Object.keys(at('production/prod-1/us'))).toEqual(expect.arrayContaining(['manifests/web/deployment-other.yaml', 'manifests/web/deployment-web.yaml']));
  expect(at('production/prod-1/us')['templates/web.yaml']).toMatchObject({ spec: { source: { path: 'dist/mgmt/production/prod-1/us/manifests/web' } } });
  const found = problems(apps({ web: opened({ source: unset, sources: { one: source, two: { ...source, targetRevision: '2.0.0' } } }) }), give);
  expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "duplicate-file: two objects are the Deployment of apps 'web': a cluster holds one, and 'manifests/web/deployment.apps-web-2.yaml' would be the other",
  ]);
  // What both give to the letter is one object.
  const same = (): ChartObjects => ({ objects: told({} as ChartInput).slice(1) });
  expect(Object.keys(rendered(apps({ web: opened({ source: unset, sources }) }), same).at('production/prod-1/us'))).toContain(
    'manifests/web/configmap-note.yaml',
  );
});

test('Kustomize is told what Argo CD tells it', () => {
  const kustomize = {
    namePrefix: 'a-',
    nameSuffix: '-z',
    images: ['web=example.com/web:2'],
    replicas: [
      { name: 'web', count: 2 },
      { name: 'db', count: '3' },
    ],
    commonLabels: { team: 'a', app: 'b' },
    forceCommonLabels: true,
    labelWithoutSelector: true,
    labelIncludeTemplates: true,
    commonAnnotations: { note: '$x' },
    forceCommonAnnotations: true,
    namespace: 'own',
    patches: [{ path: 'x.yaml' }],
    components: ['../parts/a'],
  };
  const [asked] = rendered(apps({ web: opened(kustomized(kustomize, 'source')) })).asked;
  expect(asked).toHaveLength(1);
  expect(asked?.[0]).toMatchObject({ id: { folder: 'apps/web' } });
  expect(asked?.[0]?.kustomize).toEqual({
    isSaid: true,
    edits: [
      ['set', 'nameprefix', '--', 'a-'],
      ['set', 'namesuffix', '--', '-z'],
      ['set', 'image', 'web=example.com/web:2'],
      ['set', 'replicas', 'web=2', 'db=3'],
      ['add', 'label', '--force', '--without-selector', '--include-templates', 'app:b', 'team:a'],
      ['add', 'annotation', '--force', 'note:$x'],
      ['set', 'namespace', '--', 'own'],
    ],
    patches: [{ path: 'x.yaml' }],
    components: ['../parts/a'],
  });
  // What says neither is what lies there.
  const [plain] = rendered(apps({ web: opened({ source: { repoURL: repository, path: 'apps/web' } }) })).asked;
  expect(plain?.[0]?.kustomize).toEqual({ edits: [], patches: [], components: [] });
  const [chart] = rendered(apps({ web: opened({ source: { repoURL: repository, path: 'apps/web', helm: { releaseName: 'x' } } }) })).asked;
  expect(chart?.[0]).not.toHaveProperty('kustomize');
});

test.each([
  ['the namespace of the app', 'web', true],
  ['another one', 'other', false],
])('an object that names %s, and one that names none, are one: %j, %j', (_, namespace, isOne) => {
  const map = (metadata: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata } }) as Manifest;
  const give = (): ChartObjects => ({ objects: [map({}), map({ namespace })] });
  // What the release is told is no word on where Argo CD puts an object.
  const found = problems(apps({ web: opened({ source: { ...source, helm: { namespace: 'other' } } }) }), give);
  expect(found.map(({ code, message }) => [code, message])).toEqual(
    isOne
      ? [['duplicate-file', "two objects are the ConfigMap 'a' in 'web': a cluster holds one, and 'manifests/web/configmap-web-a.yaml' would be the other"]]
      : [],
  );
});

const git = 'https://github.com/elsewhere/app';

test.each<readonly [what: string, fields: object, message: string, place: string]>([
  ['a plugin', { source: { ...source, plugin: { name: 'x' } } }, 'what a plugin makes is known to Argo CD alone', 'source.plugin'],
  ...[
    ['Kustomize elsewhere', { ...source, kustomize: {} }, 'Kustomize builds folders, and this is no folder of this repository', ''],
    ['a version of Kustomize', kustomized({ version: 'v4.0.0' }), "'version' is read by Argo CD alone", '.version'],
    [
      'components that may be missing',
      kustomized({ ignoreMissingComponents: true }),
      "'ignoreMissingComponents' is read by Argo CD alone",
      '.ignoreMissingComponents',
    ],
    [
      'a label of the cluster',
      kustomized({ commonLabels: { a: cluster.name } }),
      'a folder of Kustomize that is told what only the cluster knows cannot be opened',
      '.commonLabels',
    ],
    ['an image of Argo CD', kustomized({ images: ['a:$ARGOCD_APP_REVISION'] }), "what '$' stands for in 'images' is known to Argo CD alone", '.images'],
  ].map(([what, source, message, place]) => [what, { source }, message, `source.kustomize${place}`] as [string, object, string, string]),
  [
    'a folder in an image',
    { source: { repoURL: 'oci://ghcr.io/company/web', path: 'sub', targetRevision: '1.0.0' } },
    "'sub' is a folder in an image, and an image is opened as a whole",
    'source.path',
  ],
  [
    'an image by its digest',
    { source: { repoURL: 'oci://ghcr.io/company/web', path: '.', targetRevision: `sha256:${'a1'.repeat(32)}` } },
    "'sha256:a1a1a1a1a1a1…' is a digest, and charts are fetched by their versions",
    'source.targetRevision',
  ],
  ['another repository', { source: { repoURL: git, path: 'x' } }, 'a source in another repository cannot be opened', 'source'],
  ['another revision', { source: { repoURL: repository, path: 'charts/web', targetRevision: 'v1' } }, otherRevision('charts/web'), 'source.targetRevision'],
  ['another revision of a folder of Kustomize', { source: { ...kustomized({}), targetRevision: 'v1' } }, otherRevision('apps/web'), 'source.targetRevision'],
  [
    'a file of values at another revision',
    {
      source: unset,
      sources: { web: { ...source, helm: { valueFiles: ['$git/x.yaml'] } }, other: { repoURL: repository, ref: 'git', targetRevision: 'v1' } },
    },
    otherRevision('$git/x.yaml'),
    'sources.1.helm.valueFiles.0',
  ],
  [
    'a version of the cluster',
    { source: { ...source, targetRevision: cluster.label('v') } },
    "which chart it is must be known here: 'targetRevision' holds a token",
    'source.targetRevision',
  ],
  [
    'a variable of Argo CD in a parameter',
    { source: { ...source, helm: { parameters: [{ name: 'a', value: '$ARGOCD_APP_NAME' }] } } },
    "what '$' stands for in a parameter is known to Argo CD alone",
    'source.helm.parameters.0.value',
  ],
  [
    'a file of values of another repository',
    { source: unset, sources: { web: { ...source, helm: { valueFiles: ['$git/x.yaml'] } }, other: { repoURL: git, ref: 'git' } } },
    "'$git/x.yaml' is a file of another repository",
    'sources.1.helm.valueFiles.0',
  ],
  [
    'a file of values that the cluster knows',
    { source: { ...source, helm: { valueFiles: ['a.yaml', cluster.annotation('file')] } } },
    'which file it is must be known here: it holds a token',
    'source.helm.valueFiles.1',
  ],
  [
    'a file that is somewhere on the web',
    { source: { ...source, helm: { fileParameters: [{ name: 'a', path: 'https://example.com/x' }] } } },
    "'https://example.com/x' is an address, and no network is asked where a chart is opened",
    'source.helm.fileParameters.0.path',
  ],
  [
    'a variable of Argo CD',
    { source: { ...source, helm: { valueFiles: ['$ARGOCD_APP_NAME.yaml'] } } },
    "what '$' stands for in '$ARGOCD_APP_NAME.yaml' is known to Argo CD alone",
    'source.helm.valueFiles.0',
  ],
  ['no boolean', { hydrate: 'yes' }, "'hydrate' has the wrong type", 'hydrate'],
  ['no version', { kubernetes: 1.3 }, "'kubernetes' has the wrong type", 'kubernetes'],
  ['no list of kinds', { apiVersions: 'a/v1' }, "'apiVersions' has the wrong type", 'apiVersions'],
  ['workloads', { source: undefined, workloads: () => {} }, "the app's manifests are written by `workloads`: there is no chart to open", 'hydrate'],
])('what cannot be opened says so: %s', (_, fields, message, place) => {
  const found = problems(apps({ web: opened(fields) })).filter(
    ({ severity = 'error', code }) => severity === 'error' && !['workloads', 'token-not-injected'].includes(code),
  );
  expect(found.map((problem) => [problem.message, problem.place?.join('.'), problem.file])).toEqual([[message, place, 'config/mgmt/web.ts']]);
});

test('no object of a chart takes the place of another one, whatever they are called', () => {
  const role = (name: string): Manifest => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } });
  const hook = (of: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'test-', annotations: { of } } }) as unknown as Manifest;
  const objects = [role('system:a'), role('system_a'), role('system.a'), hook('one'), hook('two')];
  const files = rendered(apps({ web: opened() }), () => ({ objects })).at('production/prod-1/us');
  const own = Object.entries(files).filter(([path]) => path.startsWith('manifests/'));
  expect(own.map(([, document]) => document)).toEqual(objects);
  expect(own.map(([path]) => path.replace('manifests/web/', ''))).toEqual([
    'clusterrole.rbac.authorization.k8s.io-system_a.yaml',
    'clusterrole.rbac.authorization.k8s.io-system_a-2.yaml',
    'clusterrole-system.a.yaml',
    'job.batch-test-.yaml',
    'job.batch-test--2.yaml',
  ]);
});

test('no object has the file of another one, and each has one, on any system', () => {
  const role = (name: string): Manifest => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } });
  const [one, other] = ['a', 'b'].map((end) => `${'x'.repeat(251)}${end}`) as [string, string];
  const objects = [role('Web'), role('web'), role('WEB'), role(one), role(other)];
  const files = rendered(apps({ web: opened() }), () => ({ objects })).at('production/prod-1/us');
  const names = Object.keys(files)
    .filter((path) => path.startsWith('manifests/'))
    .map((path) => path.replace('manifests/web/clusterrole-', ''));
  expect(names).toHaveLength(objects.length);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(objects.length);
  expect(names.filter((name) => name.length < 30).sort()).toEqual([
    expect.stringMatching(/^WEB-[0-9a-f]{8}\.yaml$/),
    expect.stringMatching(/^Web-[0-9a-f]{8}\.yaml$/),
    'web.yaml',
  ]);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThan(220);
  const alone = rendered(apps({ web: opened() }), () => ({ objects: [role('Web')] })).at('production/prod-1/us');
  expect(alone['manifests/web/clusterrole-Web.yaml']).toBeDefined();
});

test('only an Application has charts that can be opened', () => {
  const set = {
    kind: 'ApplicationSet',
    hydrate: true,
    generators: [],
    template: { metadata: { name: 'x' }, spec: { project: 'x', source, destination: { server: 'x', namespace: 'x' } } },
  };
  expect(problems(apps({ set })).map(({ message }) => message)).toContain("ApplicationSet has no field 'hydrate'");
});

test('what a chart gives wrong is told once, with the app, the place and the targets', () => {
  const wrong: ChartObjects = { problems: [{ code: 'chart-render', message: 'Helm cannot render web 1.0.0', found: 'nil pointer' }] };
  const found = problems(apps({ web: opened() }), () => wrong);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ code: 'chart-render', message: 'Helm cannot render web 1.0.0', app: 'web', file: 'config/mgmt/web.ts', place: ['hydrate'] });
  expect(problems(apps({ web: opened() }), () => ({ objects: [] })).map(({ message }) => message)).toEqual(['the chart gives no object with these values']);
  // Where the configuration has a mistake of its own, no chart is rendered.
  const fleet = buildFleet(apps({ web: opened({ destinaton: {} }) }));
  fleet.chartRenderer = {
    ...knowsNothing,
    render: () => {
      throw new Error('asked');
    },
  };
  expect(() => fleet.synth()).toThrow(FleetError);
});

test('an object that two charts of an app give alike is written once, and told of where they differ', () => {
  const give = ({ id }: ChartInput): ChartObjects => {
    const data = { own: 'chart' in id ? id.chart : '' };
    const object = (kind: string, more: object): Manifest => ({ apiVersion: 'v1', kind, metadata: { name: 'a' }, ...more });
    return { objects: [object('ConfigMap', { data: { a: 'x' } }), object('Service', { spec: data })] };
  };
  const config = apps({ web: opened({ source: undefined, sources: { one: source, two: { ...source, chart: 'db' } } }) });
  const found = problems(config, give);
  expect(found.map(({ code, message }) => [code, message])).toEqual([['duplicate-file', expect.stringContaining('Service')]]);
  const same = rendered(config, (input) => give({ ...input, id: { folder: '' } })).at('production/prod-1/us');
  expect(Object.keys(same).filter((path) => path.startsWith('manifests/'))).toEqual(['manifests/web/configmap-a.yaml', 'manifests/web/service-a.yaml']);
});

test('a value that a chart does not take is told where a layer says it', () => {
  const finding = (value: readonly string[]) => ({ problems: [{ code: 'chart-render', message: 'x', value }] }) as ChartObjects;
  const config = apps({
    web: opened({
      source: { ...source, helm: { valuesObject: { size: 'x', list: [1] } } },
      overrides: { production: { source: { helm: { valuesObject: { size: 'y' } } } } },
    }),
  });
  const placesOf = (value: readonly string[]) => problems(config, () => finding(value)).map(({ place, target }) => [place?.join('.'), target]);
  expect(placesOf(['size'])).toEqual([
    ['overrides.production.source.helm.valuesObject.size', expect.stringContaining('production')],
    ['source.helm.valuesObject.size', expect.stringContaining('integration')],
  ]);
  // What stands in a list is told where the list is, and what nobody says at the app.
  expect(placesOf(['list', '0'])[0]?.[0]).toBe('source.helm.valuesObject.list');
  expect(placesOf(['other'])).toEqual([['hydrate', expect.anything()]]);
});

test('a value that a parameter or a file of values says is told there, as Helm has the last word of it', () => {
  const parameters = [
    { name: 'size', value: 'p' },
    { name: 'db\\.x.host', value: 'p' },
    { name: 'list[0]', value: 'p' },
    { name: 'part.a', value: 'p' },
  ];
  const config = apps({
    web: opened({
      source: { ...source, helm: { valuesObject: { size: 'x', own: { a: 1 } } } },
      overrides: { production: { source: { helm: { parameters } } } },
    }),
  });
  const finding = (value: readonly string[], saidBy?: string) => ({ problems: [{ code: 'chart-render', message: 'x', value, saidBy }] }) as ChartObjects;
  const placesOf = (value: readonly string[], saidBy?: string) =>
    problems(config, () => finding(value, saidBy))
      .filter(({ target, place }, _, all) => all.length === 1 || target?.includes('production') || place?.includes('production'))
      .map(({ file, place }) => [file, place?.join('.')]);
  const at = (place: string) => [['config/mgmt/web.ts', place]];
  const list = 'overrides.production.source.helm.parameters';
  expect(placesOf(['size'], 'values.yaml')).toEqual(at(`${list}.0`));
  expect(placesOf(['db.x', 'host', 'deeper'])).toEqual(at(`${list}.1`));
  expect(placesOf(['list', '0'])).toEqual(at(`${list}.2`));
  expect(placesOf(['part'])).toEqual(at(`${list}.3`));
  expect(placesOf(['own', 'a'], 'values.yaml')).toEqual(at('source.helm.valuesObject.own.a'));
  expect(placesOf(['own', 'b'], 'values.yaml')).toEqual([['values.yaml', 'own.b']]);
  expect(placesOf(['own', 'b'])).toEqual(at('source.helm.valuesObject.own'));
});

test('without anybody who renders charts, that is said', () => {
  expect(() => buildFleet(apps({ web: opened() })).synth()).toThrow('nobody opens charts here');
});

test('nothing secret comes from a chart into Git, unless somebody says that it is none', () => {
  const secret: Manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'admin' }, stringData: { password: 'hunter2' } };
  const give = (): ChartObjects => ({ objects: [secret] });
  const [found, ...more] = problems(apps({ web: opened() }), give);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ code: 'secret-value', app: 'web', place: ['hydrate'] });
  expect(found?.message).toMatch(/^Secret admin: /);
  expect(found?.hint).toContain('existingSecret');
  const allowed = rendered(apps({ web: opened({ notSecret: { 'Secret/admin.stringData.password': 'a test cluster' } }) }), give);
  expect(allowed.at('production/prod-1/us')['manifests/web/secret-admin.yaml']).toEqual(secret);
});

describe('what is opened is judged by what is deployed', () => {
  const project = (sourceRepos: readonly string[]) => ({
    kind: 'AppProject',
    description: 'Shop',
    sourceRepos,
    destinations: { own: { server: '*', namespace: 'web' } },
  });
  const found = (sourceRepos: readonly string[], fields: object = {}) =>
    problems(apps({ shop: project(sourceRepos), web: opened({ project: 'shop', ...fields }) }));

  test('its project has to allow the repository where its objects lie, and none where its charts do', () => {
    const refused = {
      code: 'project',
      message: "the project 'shop' does not allow the repository",
      found: "'https://example.com/fleet.git', where the app's objects lie",
      file: 'config/mgmt/web.ts',
      place: ['hydrate'],
    };
    expect(found([source.repoURL])).toMatchObject([refused]);
    expect(found([source.repoURL], { source: unset, sources: { web: source } })).toMatchObject([refused]);
    expect(found([repository])).toEqual([]);
    expect(found([source.repoURL], { silence: { 'project source.repoURL': 'another Argo CD' } })).toEqual([]);
  });

  test('its project has to allow its destination as before', () => {
    expect(found([repository], { destination: { server: 'https://kubernetes.default.svc', namespace: 'other' } })).toMatchObject([
      { code: 'project', place: ['destination', 'namespace'] },
    ]);
  });

  test('no version comes to all clusters at once, for Git holds the objects of one', () => {
    const ranged = { source: { ...source, targetRevision: '1.x' } };
    expect(problemsOf(apps({ web: application(ranged) }))).toMatchObject([{ code: 'floating-version' }]);
    expect(renderedWarnings(apps({ web: opened(ranged) }))).toEqual([]);
  });

  test('of a range it says which version that is, which is the one that people are told of', () => {
    const fleet = buildFleet(apps({ web: opened({ source: { ...source, targetRevision: '>=1 <2' } }) }));
    fleet.chartRenderer = { ...knowsNothing, versionOf: () => '1.4.2', render: (inputs) => inputs.map((input) => ({ objects: told(input) })) };
    const { spec } = templatesAt(fleet, 'mgmt', 'production/prod-1/us')['web'] as unknown as { spec: Readonly<Record<string, Plain>> };
    expect(spec['info']).toEqual([{ name: 'chart', value: 'https://charts.example.com web 1.4.2 (>=1 <2)' }]);
    expect(asConfigured(spec)).toMatchObject({ source: { ...source, targetRevision: '1.4.2' } });
    expect(areSameCharts(spec, { source: { ...source, targetRevision: '>=1 <2' } })).toBe(true);
    expect(areSameCharts(spec, { source: { ...source, targetRevision: '1.4.2' } })).toBe(false);
  });
});

describe('a folder of objects that is no chart', () => {
  const marker = '+argocd:skip-file-rendering';
  const map = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data }) as Manifest;
  const workloads = (data: object) => (chart: TargetChart) => {
    new ApiObject(chart, 'map', map(data) as never);
  };
  const ofWorkloads = (data: object, fields: object = {}) =>
    problems(apps({ web: { ...application({ source: undefined, ...fields }), workloads: workloads(data) } }));

  test('holds nothing that Argo CD passes over, for it would prune the object', () => {
    const found = problems(apps({ web: opened() }), () => ({ objects: [map({ 'a.yaml': `# ${marker}\na: 1\n` })] }));
    const expected = {
      code: 'skipped-file',
      message: `ConfigMap note: 'data.a.yaml' holds '${marker}': Argo CD would leave the whole object out, and prune it where it is`,
    };
    expect(found).toMatchObject([expected]);
    expect(ofWorkloads({ 'a.yaml': `# ${marker}\na: 1\n` })).toMatchObject([expected]);
    // Of a chart Helm reads every file.
    const told = { source: { ...source, helm: { valuesObject: { host: cluster.name } } } };
    const give = (input: ChartInput): ChartObjects => ({ objects: [map({ a: marker, host: JSON.parse(input.values[0] ?? '').host })] });
    expect(problems(apps({ web: opened(told) }), give).map(({ code }) => code)).not.toContain('skipped-file');
  });

  test('is no larger than what Argo CD reads of one, unless somebody says that it reads more', () => {
    const large = { a: 'x'.repeat(1_000_000) };
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...map(large), metadata: { name: `note-${index}` } }) as Manifest);
    const give = (count: number): ChartObjects => ({ objects: many(count) });
    expect(problems(apps({ web: opened() }), () => give(9))).toEqual([]);
    expect(problems(apps({ web: opened() }), () => give(12))).toMatchObject([
      { code: 'folder-size', expected: 'at most 10.0 MB in all', found: 'about 12.0 MB in 12 files', place: ['hydrate'] },
    ]);
    expect(problems(apps({ web: opened({ silence: { 'folder-size manifests': 'ours reads 50M' } }) }), () => give(12))).toEqual([]);
    const authored = (chart: TargetChart) => {
      for (const [index, one] of many(12).entries()) new ApiObject(chart, `map-${index}`, one as never);
    };
    expect(problems(apps({ web: { ...application({ source: undefined }), workloads: authored } }))).toMatchObject([
      { code: 'folder-size', place: ['workloads'] },
    ]);
  });

  test('holds no object that is larger than Kubernetes takes', () => {
    const given = (object: object) => problems(apps({ web: opened() }), () => ({ objects: [{ ...map({}), ...object } as Manifest] }));
    const text = (length: number) => 'x'.repeat(length);
    const packed = (length: number) => Buffer.alloc(length, 1).toString('base64');
    const tooLarge = { code: 'object-size', message: 'ConfigMap note: it is larger than Kubernetes takes' };
    expect(given({ data: { a: text(1_048_576) } })).toEqual([]);
    expect(given({ data: { a: text(1_048_000), b: text(577) } })).toMatchObject([
      { ...tooLarge, expected: 'at most 1048576 bytes of entries', found: '1048577', place: ['hydrate'] },
    ]);
    expect(given({ binaryData: { a: packed(1_048_000) } })).toEqual([]);
    expect(given({ binaryData: { a: packed(1_048_000) }, data: { b: text(1_000) } })).toMatchObject([tooLarge]);
    expect(ofWorkloads({ a: text(9_000_000) }).map(({ code, message }) => [code, message])).toContainEqual(Object.values(tooLarge));
    const spec = { list: Array.from({ length: 100_000 }, (_, index) => ({ number: index })) };
    const codes = (object: object) => given(object).map(({ code }) => code);
    // What Kubernetes knows itself it does not keep as JSON.
    expect(codes({ apiVersion: 'apps/v1', kind: 'Deployment', spec })).toEqual([]);
    expect(codes({ apiVersion: 'example.com/v1', kind: 'Thing', spec })).toEqual(['object-size']);
    expect(codes({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { text: text(1_572_865) } })).toEqual(['object-size']);
    // Of a list each object counts by itself.
    const items = ['a', 'b'].map((name) => ({ ...map({ a: text(1_000_000) }), metadata: { name } }));
    expect(codes({ apiVersion: 'v1', kind: 'List', items })).toEqual([]);
    expect(codes({ apiVersion: 'v1', kind: 'List', items: [map({ a: text(2_000_000) })] })).toEqual(['object-size']);
  });
});

describe('in the Argo CD of a control plane', () => {
  const inControlPlane = (fields: object): ConfigContent => ({
    clusterTypes: {
      infra: { apps: { root: { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: 'controlPlane' } } },
      mgmt: { apps: { web: opened({ destination: { namespace: 'web' }, ...fields }) } },
    },
  });
  const folder = { repoURL: repository, path: 'charts/web', targetRevision: 'HEAD' };
  const errorsOf = (fields: object) => problems(inControlPlane(fields)).filter(({ severity = 'error' }) => severity === 'error');

  test('the Application is called after its cluster and the release after the app', () => {
    const { asked, at } = rendered(inControlPlane({}));
    expect(asked[0]).toMatchObject([{ releaseName: 'web' }]);
    const { metadata, spec } = at('production/prod-1/us')['templates/web.yaml'];
    expect(metadata.name).toMatch(/^web-/);
    expect(spec.source).toEqual({ repoURL: repository, targetRevision: 'HEAD', path: 'dist/mgmt/production/prod-1/us/manifests/web' });
  });

  test('a release that is called after app and cluster is refused: its chart would call objects otherwise', () => {
    expect(errorsOf({ source: folder })).toMatchObject([
      { code: 'hydrate', place: ['source'], message: expect.stringContaining('called after app and cluster'), hint: expect.stringContaining('`helm: {}`') },
    ]);
    expect(errorsOf({ source: unset, sources: { api: folder, web: { ...source, helm: {} } } })).toMatchObject([
      { code: 'hydrate', place: ['sources', '0'], message: expect.stringContaining('called after app and cluster') },
    ]);
    expect(problems(inControlPlane({ source: folder })).map(({ code }) => code)).not.toContain('release-name');
    const [[asked] = []] = rendered(inControlPlane({ source: { ...folder, helm: {} } })).asked;
    expect(asked).toMatchObject({ id: { folder: 'charts/web' }, releaseName: 'web' });
    const [[named] = []] = rendered(inControlPlane({ source: { ...folder, helm: { releaseName: 'shop' } } })).asked;
    expect(named).toMatchObject({ releaseName: 'shop' });
    const [[built] = []] = rendered(inControlPlane({ source: { ...folder, kustomize: {} } })).asked;
    expect(built).toMatchObject({ kustomize: { isSaid: true } });
  });
});

describe('what charts ask of Kubernetes, and no layer says,', () => {
  type Asked = ReturnType<ChartRenderer['capabilitiesOf']>;
  const version = { of: 'version', file: 'templates/ingress.yaml', chart: 'web 1.0.0' } as const;
  const kinds = { ...version, of: 'kinds' } as const;
  const noticed = (config: ConfigContent, asked: Asked) => {
    const fleet = buildFleet(config);
    const seen: ChartInput[] = [];
    const capabilitiesOf = (input: ChartInput) => {
      seen.push(input);
      return asked;
    };
    fleet.chartRenderer = { ...knowsNothing, capabilitiesOf, render: (inputs) => inputs.map((input) => ({ objects: told(input) })) };
    return { notices: fleet.synth().warnings, seen };
  };

  test('is a notice, once for each app, whose charts are looked at until one asks', () => {
    const replicas = { replicas: ({ region }: { readonly region: string }) => region };
    const several = opened({ source: { ...source, helm: { valuesObject: replicas } } });
    const { notices, seen } = noticed(apps({ web: several, api: opened() }), [version]);
    expect(notices.map(({ code, severity, app, place, message }) => ({ code, severity, app, place, message }))).toEqual(
      ['api', 'web'].map((app) => ({
        code: 'chart-capabilities',
        severity: 'notice',
        app,
        place: ['hydrate'],
        message: "web 1.0.0 asks in 'templates/ingress.yaml' which version of Kubernetes there is, and no layer says it: another Helm may give other objects",
      })),
    );
    expect(seen).toHaveLength(2);
  });

  test.each<readonly [what: string, fields: object, asked: Asked, count: number]>([
    ['nothing', {}, [], 0],
    ['the version', { kubernetes: '1.33' }, [version, kinds], 0],
    ['the version in the source', { source: { ...source, helm: { kubeVersion: '1.33' } } }, [version], 0],
    ['kinds, where it asks for kinds', { apiVersions: ['a/v1'] }, [kinds], 0],
    ['kinds, where it asks for the version', { apiVersions: ['a/v1'] }, [kinds, version], 1],
    ['nothing, where it asks for kinds', {}, [kinds], 1],
  ])('is asked for, and the app says: %s', (_, fields, asked, count) => {
    expect(noticed(apps({ web: opened(fields) }), asked).notices).toHaveLength(count);
  });
});
