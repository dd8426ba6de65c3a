import { componentKeys, type KnownKeys, topKeys } from '../../../store/wrapper/known-keys';
import { longTest } from '../../long-test';
import { comparedAfter, edited, type Files, layout, read, unsaidIn, unsaidOf, written } from './edited-layout';

const bootstrap = 'addons/bootstrap/addons.yaml';

/** The layout with more in the values of the wrapper. */
function saying(said: object): Files {
  return {
    [bootstrap]: `${layout[bootstrap]}${Object.entries(said)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
      .join('')}`,
  };
}

const dns = (said: object) => saying({ 'external-dns': said });
const inSet = (from: string, to: string) => edited('fleet/bootstrap/addons.yaml', from, to);
const more = (said: object) => saying({ 'cert-manager': { additionalResources: { path: 'charts/a', helm: { releaseName: 'a' }, ...said } } });

/** For each key of a component a layout that says it. */
const components: { readonly [key: string]: Files } = {
  enabled: dns({ enabled: false }),
  chartName: dns({ chartName: 'other' }),
  chartRepository: dns({ chartRepository: 'https://charts.company.example' }),
  chartNamespace: dns({ chartNamespace: 'other' }),
  path: dns({ path: 'charts/other' }),
  type: dns({ type: 'manifest' }),
  defaultVersion: dns({ defaultVersion: '2.0.0' }),
  namespace: dns({ namespace: 'other' }),
  releaseName: dns({ releaseName: 'other' }),
  selector: dns({ selector: { matchLabels: { tenant: 'tenant1' } } }),
  selectorMatchLabels: dns({ selectorMatchLabels: { environment: 'prod' } }),
  environments: dns({ environments: [{ selector: { tenant: 'tenant1' }, chartVersion: '2.0.0' }] }),
  'environments.selector': dns({ environments: [{ selector: { tenant: 'tenant2' }, chartVersion: '2.0.0' }] }),
  'environments.chartVersion': dns({ environments: [{ selector: { tenant: 'tenant1' }, chartVersion: '3.0.0' }] }),
  valuesObject: dns({ valuesObject: { a: 1 } }),
  valuesFileName: dns({ valuesFileName: 'other.yaml' }),
  syncPolicy: dns({ syncPolicy: { automated: { prune: true } } }),
  ignoreDifferences: dns({ ignoreDifferences: [{ kind: 'Service', jsonPointers: ['/spec'] }] }),
  labelsApp: dns({ labelsApp: { a: 'b' } }),
  annotationsApp: dns({ annotationsApp: { a: 'b' } }),
  enableAckPodIdentity: dns({ enableAckPodIdentity: true }),
  strategy: dns({ strategy: { type: 'AllAtOnce' } }),
  preservedFields: dns({ preservedFields: { annotations: ['a'] } }),
  ignoreApplicationDifferences: dns({ ignoreApplicationDifferences: [{ jsonPointers: ['/spec'] }] }),
  additionalResources: more({}),
  'additionalResources.path': more({ path: 'charts/b' }),
  'additionalResources.type': more({ type: 'b' }),
  'additionalResources.chart': more({ path: undefined, chart: 'b' }),
  'additionalResources.repoURL': more({ path: undefined, chart: 'b', repoURL: 'https://charts.company.example' }),
  'additionalResources.chartVersion': more({ path: undefined, chart: 'b', repoURL: 'https://charts.company.example', chartVersion: '1.0.0' }),
  'additionalResources.helm': more({ helm: undefined }),
  'additionalResources.helm.releaseName': more({ helm: { releaseName: 'b' } }),
  'additionalResources.helm.valuesObject': more({ helm: { releaseName: 'a', valuesObject: { a: 1 } } }),
  syncPolicyAppSet: dns({ syncPolicyAppSet: { applicationsSync: 'create-only' } }),
  annotationsAppSet: dns({ annotationsAppSet: { a: 'b' } }),
  labelsAppSet: dns({ labelsAppSet: { a: 'b' } }),
  templatePatch: dns({ templatePatch: 'spec: {}' }),
};

/** For each key at the top. */
const tops: { readonly [key: string]: Files } = {
  repoURLGit: saying({ repoURLGit: 'https://github.com/company/mirror' }),
  repoURLGitRevision: saying({ repoURLGitRevision: 'v2' }),
  repoURLGitBasePath: saying({ repoURLGitBasePath: 'elsewhere' }),
  valueFiles: saying({ valueFiles: ['defaults'] }),
  valuesFilePrefix: saying({ useValuesFilePrefix: true, valuesFilePrefix: 'tenants' }),
  useValuesFilePrefix: saying({ useValuesFilePrefix: true, valuesFilePrefix: 'tenants/tenant1' }),
  useSelectors: inSet('useSelectors: "true"', 'useSelectors: "false"'),
  useVersionSelectors: inSet('useVersionSelectors: "true"', 'useVersionSelectors: "false"'),
  globalSelectors: inSet('enable_remote_addons: "false"', 'enable_remote_addons: "true"'),
  syncPolicy: saying({ syncPolicy: { automated: { prune: true } } }),
  ackPodIdentity: saying({ ackPodIdentity: { path: 'charts/a' } }),
  'ackPodIdentity.path': saying({ ackPodIdentity: { path: 'charts/b' } }),
  argoProjectName: saying({ argoProjectName: 'addons' }),
  applicationSetGroup: inSet("applicationSetGroup: '{{", "applicationSetGroup: 'more-{{"),
  releaseType: inSet("releaseType: '{{", "releaseType: 'v{{"),
  releases: inSet("Release: '{{", "Release: 'v{{"),
  mergeValues: inSet('use: true', 'use: false'),
  syncPolicyAppSet: saying({ syncPolicyAppSet: { preserveResourcesOnDeletion: false } }),
  goTemplateOptions: saying({ goTemplateOptions: ['missingkey=zero'] }),
  namespace: saying({ namespace: 'other' }),
  groupVersion: saying({ groupVersion: '2' }),
};

describe("every key of the wrapper's values that is known", () => {
  test.each<[string, KnownKeys, object]>([
    ['of a component', componentKeys, components],
    ['at the top', topKeys, tops],
  ])('is said here: %s', (_, known, said) => {
    expect(Object.keys(said).sort()).toEqual(Object.keys(known).sort());
  });

  longTest('is carried over, or listed', () => {
    const outcome = (files: Files) => {
      const { config, unsaid, unused } = read(files);
      return JSON.stringify([config.files, unsaid.map(({ place, text, reason }) => [place, text, reason]), unused]);
    };
    const known = new Map([[outcome({}), 'nothing']]);
    for (const [key, files] of [...Object.entries(components), ...Object.entries(tops).map(([key, files]) => [`top ${key}`, files] as const)]) {
      const found = outcome(files);
      // Nothing says the same as another one, or as a layout without it.
      expect([key, known.get(found)]).toEqual([key, undefined]);
      known.set(found, key);
    }
  });

  test('and what two of them deploy to one cluster is said once, and listed', () => {
    const reading = read(inSet('useVersionSelectors: "true"', 'useVersionSelectors: "false"'));
    expect(unsaidOf(reading)[0]).toMatch(
      /^charts\/.*addons\.yaml:1 \| clusters get it twice: of 'default' in the Argo CD of hub-1 and of 'release1' in the Argo CD of hub-1, which is left out$/,
    );
  });

  test.each<[string, Files, readonly string[]]>([
    [
      'a policy of ApplicationSets that is another one',
      dns({ syncPolicyAppSet: { applicationsSync: 'create-only' } }),
      [
        `${bootstrap}:3 | the \`syncPolicy\` of ApplicationSets is one for all here: Applications come, change and go, and what they deployed stays, but for \`uninstall: true\``,
      ],
    ],
    ['a policy of ApplicationSets that is the same', dns({ syncPolicyAppSet: { preserveResourcesOnDeletion: true } }), []],
    [
      'a patch of templates',
      dns({ templatePatch: 'spec: {}' }),
      [`${bootstrap}:3 | a \`templatePatch\` is a text there and data here: say it in the component`],
    ],
    [
      'a key within one that is known',
      more({ manifestPath: 'a' }),
      [`${bootstrap}:3 | 'additionalResources.manifestPath' of a component is not known: what the chart makes of it is not carried over`],
    ],
    ...(
      [
        ['additionalResources', [{ path: 'charts/a' }], 'a map'],
        ['valuesObject', 'a: 1', 'a map'],
        ['selector', ['a'], 'a map'],
        ['labelsApp', { a: ['b'] }, 'a map of texts'],
        ['environments', { a: { chartVersion: '1.0.0' } }, 'a list of maps'],
        ['ignoreDifferences', { kind: 'Service' }, 'a list'],
        ['namespace', ['a'], 'a text'],
      ] as const
    ).map(([key, value, shape]): [string, Files, readonly string[]] => [
      `a key that is something else: ${key}`,
      dns({ [key]: value }),
      [`${bootstrap}:3 | '${key}' of a component has to be ${shape}: nothing is made of what stands there`],
    ]),
    [
      'files of values that are something else',
      saying({ valueFiles: 'defaults' }),
      [`${bootstrap}:3 | 'valueFiles' of the wrapper's values has to be a list: nothing is made of what stands there`],
    ],
    [
      'what is installed beside it from nowhere',
      saying({ metrics_server: { additionalResources: { type: 'a' } } }),
      [`${bootstrap}:3 | it has neither \`path\` nor \`chart\`: nothing is made of it`],
    ],
    ['the namespace of Argo CD', saying({ namespace: 'argocd', goTemplateOptions: ['missingkey=error'] }), []],
    ['another namespace', saying({ namespace: 'other' }), [`${bootstrap}:3 | ApplicationSets lie in the namespace of Argo CD here: 'argocd'`]],
    ['other options of templates', saying({ goTemplateOptions: [] }), [`${bootstrap}:3 | \`goTemplateOptions\` are \`missingkey=error\` here`]],
  ])('with its file and line: %s', (_, files, expected) => {
    expect(unsaidIn(files)).toEqual(expected);
  });
});

test('a selector that is no selector is listed where it stands, and nobody gets the component', () => {
  const reading = read(dns({ selector: { matchExpressions: { key: 'a' } } }));
  expect(unsaidOf(reading)).toContain(`${bootstrap}:3 | \`matchExpressions\` of a selector are no list of maps`);
  expect(reading.unused).toEqual(['addons/external-dns']);
});

test('what a component says of its ApplicationSet is carried over, and compared', () => {
  const reading = read(
    dns({
      strategy: { type: 'RollingSync', rollingSync: { steps: [{ matchExpressions: [{ key: 'company.example/tier', operator: 'In', values: ['network'] }] }] } },
      preservedFields: { annotations: ['company.example/contact'] },
      ignoreApplicationDifferences: [{ jsonPointers: ['/spec/source/targetRevision'] }],
    }),
  );
  expect(unsaidOf(reading)).toEqual([]);
  const text = written(reading, 'addons/external-dns.ts');
  expect(text).toContain("preservedFields: { annotations: ['company.example/contact'] }");
  expect(text).toContain("ignoreApplicationDifferences: [{ jsonPointers: ['/spec/source/targetRevision'] }]");
  expect(comparedAfter(reading).differing).toEqual([]);
  const { differing } = comparedAfter(reading, { 'addons/external-dns.ts': (one) => one.replace("operator: 'In'", "operator: 'NotIn'") });
  expect(differing.map(({ cluster, field, place }) => [cluster, field, place.join('.')])).toContainEqual([
    'tenant1-dev-1',
    'strategy',
    'external-dns.strategy',
  ]);
});

test('null in values of the wrapper says nothing: filling in the template of an ApplicationSet loses it', () => {
  const without = read(saying({ metrics_server: { valuesObject: { more: { on: true } }, syncPolicy: { syncOptions: ['A=b'] } } }));
  const reading = read(
    saying({ metrics_server: { valuesObject: { replicas: null, more: { on: true, off: null } }, syncPolicy: { automated: null, syncOptions: ['A=b'] } } }),
  );
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'addons/metrics-server.ts')).toBe(written(without, 'addons/metrics-server.ts'));
  expect(comparedAfter(reading).differing).toEqual([]);
});

test('a template in a key is what Git knows of each cluster, or listed', () => {
  const reading = read(saying({ metrics_server: { valuesObject: { '{{ .name }}-nodes': 1, '{{ .server }}-nodes': 2 } } }));
  expect(unsaidOf(reading)).toEqual([
    `${bootstrap}:3 | {{ .server }}-nodes | the key is left out: Git cannot tell what it comes to, and no cluster fills in keys`,
  ]);
  const text = written(reading, 'addons/metrics-server.ts');
  expect(text).toContain("'tenant2-prod-1-nodes': 1");
  expect(text).not.toContain('{{');
  const { differing } = comparedAfter(reading);
  expect(differing).toEqual([]);
});

describe('a template in a field that is fixed here', () => {
  const metrics = (said: object) => saying({ metrics_server: said });

  test('is what Git knows of each cluster', () => {
    const reading = read(
      metrics({
        chartRepository: 'https://charts.{{ .metadata.labels.tenant }}.example',
        releaseName: '{{ .name | trunc 12 }}',
        labelsApp: { tenant: '{{ .metadata.labels.tenant }}' },
        annotationsApp: { contact: 'team-{{ .metadata.labels.tenant }}' },
        syncPolicy: { managedNamespaceMetadata: { labels: { tier: '{{ default "low" (index .metadata.labels "environment") }}' } } },
      }),
    );
    expect(unsaidOf(reading)).toEqual([]);
    const text = written(reading, 'addons/metrics-server.ts');
    expect(text.replace(/\s+/g, ' ')).toContain(
      "helm: { releaseName: 'tenant2-prod' }, labels: { tenant: 'tenant2' }, annotations: { contact: 'team-tenant2' }",
    );
    expect(text).not.toContain('cluster.');
    expect(comparedAfter(reading).differing).toEqual([]);
  });

  test('is left out, and listed, where only the live cluster knows it', () => {
    const reading = read(
      metrics({
        labelsApp: { region: '{{ .server }}', a: 'b' },
        annotationsApp: { region: '{{ .metadata.annotations.nowhere }}', a: 'b' },
        syncPolicy: { syncOptions: ['A={{ .server }}', 'CreateNamespace=true'] },
        releaseName: '{{ .server }}',
        ignoreDifferences: [{ kind: 'Service', name: '{{ .server }}', jsonPointers: ['/a'] }],
        preservedFields: { labels: ['a', '{{ .server }}'] },
      }),
    );
    const reason = 'it is left out: Git cannot tell what it comes to, and no cluster fills in this field';
    const texts = ['', 'A=', '', '', '{{ .metadata.annotations.nowhere }}', ''].map((text) => (text.includes('{') ? text : `${text}{{ .server }}`));
    expect(unsaidOf(reading)).toEqual(texts.map((text) => `${bootstrap}:3 | ${text} | ${reason}`));
    const text = written(reading, 'addons/metrics-server.ts');
    expect(text).not.toContain('cluster.');
    expect(text).toContain("labels: { a: 'b' },\n  annotations: { a: 'b' }");
    expect(comparedAfter(reading).differing).toEqual([]);
  });
});
