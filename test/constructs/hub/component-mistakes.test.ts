import { cluster, unset } from '../../../constructs';
import {
  addons,
  argoCD,
  bootstrap,
  certManager,
  dns,
  externalSecrets,
  hub1,
  hubProblemsOf,
  releases,
  smallHubFleet,
  spoke1,
  spoke2,
  withAddons,
  withBootstrap,
  withComponent,
  withFleet,
  withHub,
  withReleases,
  withSpoke,
} from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

const component = 'config/addons/cert-manager.ts';
const releasesFile = 'config/addons/releases.ts';
const groupFile = 'config/addons/defaults.ts';
const bootstrapFile = 'config/bootstrap/defaults.ts';
const spoke = 'config/spokes/spoke-1.ts';
const template = '{{ .name }}';
const everywhere = { overrides: { '*': { enabled: true } } };

/** Fields of a component that no layer may set, each with a value that it could have. */
const fields = {
  repoURL: 'https://charts.example.com',
  chart: 'other',
  path: 'charts/other',
  alsoReads: ['bases/other'],
  version: '2.0.0',
  namespace: 'other',
  syncPolicy: { automated: { prune: true } },
  ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['/data'] }],
  extraSources: [{ repoURL: 'https://example.com/x.git', path: 'x', targetRevision: 'main' }],
  helm: { skipCrds: true },
};
/** What is the same for all members. */
const wholeFields = { project: 'other', selector: { matchLabels: { tier: 'gold' } }, applicationName: 'cm' };

const fieldMistakes: readonly Mistake[] = [
  [
    'a component that exports null',
    withAddons({ components: { ...addons.components, dns: null } }),
    { code: 'config-shape', file: 'config/addons/dns.ts', found: 'null' },
  ],
  ...['/bases', '../bases', 'a/../../b', 'bases;/etc'].map(
    (path): Mistake => [
      `what a path reads besides at '${path}'`,
      withComponent({ chart: undefined, path: 'web', alsoReads: ['bases/web', path] }),
      { code: 'invalid-field', file: component, at: 'alsoReads.1', found: `the string '${path}'` },
    ],
  ),
  [
    'a component that exports a function',
    withAddons({ components: { ...addons.components, dns: () => dns } }),
    { code: 'config-shape', file: 'config/addons/dns.ts', found: 'a function' },
  ],
  [
    'a component whose file cannot be loaded',
    { ...withAddons({ components: { dns } }), unloaded: ['addons/cert-manager'] },
    { code: 'config-throws', file: component },
  ],
  [
    'a component whose file cannot be loaded, and that members name',
    {
      ...withAddons({ components: { dns } }),
      ...withSpoke({ components: { 'cert-manager': { enabled: true } }, labels: { a: 'b' } }),
      unloaded: ['addons/cert-manager'],
    },
    { code: 'config-throws', file: component },
  ],
  [
    'an unknown key of a component',
    withComponent({ versoin: '1.0.0' }),
    { code: 'unknown-key', file: component, at: 'versoin', hint: "did you mean 'version'?" },
  ],
  [
    'a key that has to be there misspelt',
    withComponent({ repoURL: undefined, repoUrl: 'https://x' }),
    { code: 'unknown-key', file: component, hint: "did you mean 'repoURL'?" },
  ],
  ['the chart misspelt', withComponent({ chart: undefined, chrt: 'x' }), { code: 'unknown-key', file: component, hint: "did you mean 'chart'?" }],
  [
    'the namespace misspelt',
    withComponent({ namespace: undefined, namespce: 'x' }),
    { code: 'unknown-key', file: component, hint: "did you mean 'namespace'?" },
  ],
  [
    "a component's chart that is a function of the target",
    withComponent({ chart: () => 'x' }),
    { code: 'wrong-type', file: component, at: 'chart', found: 'a function' },
  ],
  ["a component's chart that is a list", withComponent({ chart: ['x'] }), { code: 'wrong-type', file: component, at: 'chart', found: 'a list' }],
  [
    'a version that is a number',
    withComponent({ version: 1.5 }),
    { code: 'wrong-type', file: component, at: 'version', expected: 'a string', found: 'the number 1.5' },
  ],
  ['an empty version', withComponent({ version: '' }), { code: 'invalid-field', file: component, at: 'version', message: "'version' is empty" }],
  ['an empty namespace', withComponent({ namespace: '' }), { code: 'invalid-field', file: component, at: 'namespace' }],
  [
    'a component with neither chart nor path',
    withComponent({ chart: undefined }),
    { code: 'component-source', file: component, at: '', app: 'cert-manager', found: 'neither' },
  ],
  [
    'a component with both chart and path',
    withComponent({ path: 'charts/x' }),
    { code: 'component-source', file: component, at: '', expected: "either 'chart' or 'path'", found: 'both' },
  ],
  [
    'a chart without repository',
    withComponent({ repoURL: undefined }),
    { code: 'missing-field', file: component, at: '', message: "the chart of 'cert-manager' needs 'repoURL'" },
  ],
  [
    'a component without namespace',
    withComponent({ namespace: undefined }),
    { code: 'missing-field', file: component, message: "'cert-manager' needs 'namespace'" },
  ],
  [
    'a namespace that Kubernetes refuses',
    withComponent({ namespace: 'Cert_Manager' }),
    { code: 'invalid-name', file: component, at: 'namespace', message: "'Cert_Manager' cannot be the namespace" },
  ],
  [
    'a path that is none of a repository',
    withComponent({ chart: undefined, path: '../x' }),
    { code: 'invalid-field', file: component, at: 'path', message: "'../x' is no folder of a repository" },
  ],
  [
    'a component without version anywhere',
    withAddons({ components: { dns: { ...dns, version: undefined } }, releases: { releases: { default: {}, next: {} } } }),
    { code: 'no-version', file: 'config/addons/dns.ts', message: "'dns' has no version", found: 'none in the releases default, next' },
  ],
  [
    'a component without version in one release',
    withReleases({ releases: { ...releases.releases, third: {} } }),
    { code: 'no-version', file: releasesFile, at: 'releases.third', app: 'cert-manager', message: "'cert-manager' has no version in the release 'third'" },
  ],
  [
    'an unknown field of the sync policy',
    withComponent({ syncPolicy: { automatd: {} } }),
    {
      code: 'unknown-field',
      file: component,
      at: 'syncPolicy.automatd',
      message: "Application has no field 'syncPolicy.automatd'",
      hint: "did you mean 'automated'?",
    },
  ],
  [
    'a wrong type in the sync policy',
    withComponent({ syncPolicy: { automated: { prune: 'yes' } } }),
    { code: 'invalid-field', file: component, at: 'syncPolicy.automated.prune', expected: 'a boolean', found: "the string 'yes'" },
  ],
  ['a sync policy that is a list', withComponent({ syncPolicy: [] }), { code: 'wrong-type', file: component, at: 'syncPolicy', found: 'a list' }],
  [
    'null in the sync policy',
    withComponent({ syncPolicy: { automated: null } }),
    { code: 'invalid-field', file: component, at: 'syncPolicy.automated', found: 'null' },
  ],
  [
    '`unset` in a field without layers',
    withComponent({ syncPolicy: { automated: unset } }),
    { code: 'not-plain-data', file: component, at: 'syncPolicy.automated', hint: 'leave the key out' },
  ],
  [
    'an ignored difference without kind',
    withComponent({ ignoreDifferences: [{ jsonPointers: ['/data'] }] }),
    { code: 'missing-field', file: component, at: 'ignoreDifferences.0.kind', message: "Application needs the field 'ignoreDifferences.0.kind'" },
  ],
  [
    'an unknown field of an ignored difference',
    withComponent({ ignoreDifferences: [{ kind: 'Secret', jsonPointer: ['/x'] }] }),
    { code: 'unknown-field', file: component, at: 'ignoreDifferences.0.jsonPointer', hint: "did you mean 'jsonPointers'?" },
  ],
  [
    'ignored differences that are a map',
    withComponent({ ignoreDifferences: {} }),
    { code: 'wrong-type', file: component, at: 'ignoreDifferences', expected: 'a list' },
  ],
  [
    'an unknown field of Helm',
    withComponent({ helm: { relaseName: 'x' } }),
    {
      code: 'unknown-field',
      file: component,
      at: 'helm.relaseName',
      message: "Application has no field 'helm.relaseName'",
      hint: "did you mean 'releaseName'?",
    },
  ],
  [
    'files of values that may be missing',
    withComponent({ helm: { ignoreMissingValueFiles: true } }),
    { code: 'component-field', file: component, at: 'helm.ignoreMissingValueFiles', hint: 'say `helm.valueFiles` in layers, where the files are' },
  ],
  [
    'a text of values beside a map of them',
    withComponent({ helm: { valuesObject: { a: 1 }, values: 'a: 2' } }),
    { code: 'values-twice', file: component, at: 'helm.values', message: "'values' has no effect beside 'valuesObject'" },
  ],
  [
    'a text of values beside values with tokens',
    withComponent({ values: { a: cluster.name }, helm: { values: 'a: 2' } }),
    { code: 'values-twice', file: component, at: 'helm.values', expected: 'the same as `helm.valuesObject`' },
  ],
  [
    'a file of values of a source that there is not',
    withComponent({ helm: { valueFiles: ['$value/x.yaml'] } }),
    { code: 'component-source', file: component, at: 'helm.valueFiles.0', hint: "did you mean 'values'?" },
  ],
  [
    'a file of values of a source that there is not, in a layer',
    withComponent({ overrides: { '*': { enabled: true }, shop: { helm: { valueFiles: ['$company/x.yaml'] } } } }),
    {
      code: 'component-source',
      file: component,
      at: 'overrides.shop.helm.valueFiles.0',
      message: "'$company/x.yaml' is of a source that there is not: '$company'",
    },
  ],
  [
    'a file of values that leads out of the chart',
    withComponent({ helm: { valueFiles: ['../x.yaml'] } }),
    { code: 'invalid-field', file: component, at: 'helm.valueFiles.0', message: "'../x.yaml' leads out of where it is read" },
  ],
  [
    'a file parameter that leads out of its source',
    withComponent({ helm: { fileParameters: [{ name: 'a', path: '$values/../x' }] } }),
    { code: 'invalid-field', file: component, at: 'helm.fileParameters.0.path' },
  ],
  ['files of values that are a text', withComponent({ helm: { valueFiles: 'x.yaml' } }), { code: 'invalid-field', file: component, at: 'helm.valueFiles' }],
  [
    'a template among values',
    withComponent({ helm: { valuesObject: { a: '{{ .name }}' } } }),
    { code: 'handwritten-expression', file: component, at: 'helm.valuesObject.a' },
  ],
  [
    'a further source that is text',
    withComponent({ extraSources: ['https://example.com'] }),
    { code: 'invalid-field', file: component, at: 'extraSources.0', found: "the string 'https://example.com'" },
  ],
  [
    'a further source without repository',
    withComponent({ extraSources: [{ path: 'x' }] }),
    { code: 'missing-field', file: component, at: 'extraSources.0.repoURL' },
  ],
  [
    'a further source of nothing',
    withComponent({ extraSources: [{ repoURL: 'https://example.com' }] }),
    { code: 'source-incomplete', file: component, at: 'extraSources.0' },
  ],
  [
    'a further source that is called as ours',
    withComponent({ extraSources: [{ repoURL: 'https://example.com', ref: 'values' }] }),
    { code: 'component-source', file: component, at: 'extraSources.0.ref' },
  ],
  [
    'a function of the target below a field',
    withComponent({ helm: { parameters: [{ name: 'a', value: () => 'x' }] } }),
    { code: 'component-field', file: component, at: 'helm.parameters.0.value' },
  ],
  [
    'a Date below a field',
    withComponent({ helm: { releaseName: new Date(0) } }),
    { code: 'not-plain-data', file: component, at: 'helm.releaseName', found: 'a Date' },
  ],
  [
    'a field that contains itself',
    withComponent({ helm: circular() }),
    { code: 'not-plain-data', file: component, at: 'helm.self', message: 'a value that contains itself' },
  ],
  [
    'a Kustomization of a chart',
    withComponent({ kustomize: { images: [] } }),
    { code: 'component-source', file: component, at: 'kustomize', message: "'kustomize' beside 'chart', of which Argo CD reads one alone" },
  ],
  [
    'a misspelt option of a Kustomization',
    withComponent({ chart: undefined, path: 'web', values: undefined, overrides: {}, kustomize: { image: [] } }),
    { code: 'unknown-field', file: component, at: 'kustomize.image' },
  ],
  ['a label of Applications that is none', withComponent({ labels: { 'a b': 'c' } }), { code: 'invalid-name', file: component, at: 'labels.a b' }],
  [
    "a label of Applications that is the fleet's own",
    withComponent({ overrides: { shop: { labels: { 'fleet/cluster': 'x' } } } }),
    { code: 'computed-label', file: component, at: 'overrides.shop.labels.fleet/cluster', expected: "a label that does not begin with 'fleet/'" },
  ],
  [
    'a misspelt field of a further source by name',
    withComponent({ extraSources: { rules: { repoURL: 'https://example.com/x.git', pth: 'x', targetRevision: 'v1' } } }),
    { code: 'unknown-field', file: component, at: 'extraSources.rules.pth' },
  ],
  [
    'further sources that are text',
    withComponent({ extraSources: 'x' }),
    { code: 'wrong-type', file: component, at: 'extraSources', expected: 'a list, or a map by name' },
  ],
  [
    'a misspelt field of the strategy',
    withComponent({ enabled: true, strategy: { typ: 'RollingSync' } }),
    { code: 'unknown-field', file: component, at: 'strategy.typ' },
  ],
  [
    'a patch of the destination of Applications',
    withComponent({ templatePatch: { spec: { destination: { namespace: 'x' } } } }),
    {
      code: 'component-field',
      file: component,
      at: 'templatePatch.spec.destination',
      message: "'spec.destination' is nothing that a patch of Applications may say",
    },
  ],
  ['a label of its own that is none', withComponent({ enableLabel: 'a b' }), { code: 'invalid-name', file: component, at: 'enableLabel' }],
  ['a project that is a map', withComponent({ project: {} }), { code: 'wrong-type', file: component, at: 'project' }],
  [
    'a component name that Kubernetes refuses',
    withAddons({ components: { ...addons.components, My_App: dns } }),
    { code: 'invalid-name', file: 'config/addons/My_App.ts', message: "'My_App' cannot name a component" },
  ],
  [
    'a component that is called like an Application of the fleet',
    withAddons({ components: { ...addons.components, fleet: dns } }),
    { code: 'invalid-name', file: 'config/addons/fleet.ts', expected: expect.stringContaining("the fleet's own") },
  ],
  [
    'an application name that Kubernetes refuses',
    withComponent({ applicationName: 'Cert Manager' }),
    { code: 'invalid-name', file: component, at: 'applicationName' },
  ],
  [
    "an application name that is the fleet's own",
    withComponent({ applicationName: 'fleet' }),
    { code: 'invalid-name', file: component, at: 'applicationName' },
  ],
  [
    'names that are too long together',
    {
      ...withAddons({ components: { ...addons.components, [`c${'x'.repeat(51)}`]: { ...dns, overrides: { '*': { enabled: true } } } } }),
      spokes: { 'spoke-1': spoke1, 'a-longer-name': { ...spoke1, secret: 'x' } },
    },
    {
      code: 'name-too-long',
      file: `config/addons/c${'x'.repeat(51)}.ts`,
      target: 'addons/shop/dev/a-longer-name',
      found: `c${'x'.repeat(51)}-a-longer-name has 66`,
      hint: expect.stringContaining('applicationName'),
    },
  ],
  [
    'one component in two groups',
    { groups: { addons, bootstrap, extra: { components: { dns } } } },
    { code: 'duplicate-name', file: 'config/extra/dns.ts', found: 'another one in config/addons/dns.ts' },
  ],
  [
    'two files of a component',
    withAddons({ components: { ...addons.components, 'team/dns': dns } }),
    { code: 'duplicate-name', file: 'config/addons/team/dns.ts', found: 'another one in config/addons/dns.ts' },
  ],
  [
    'two Applications of one name',
    {
      ...withAddons({ components: { ...addons.components, web: { ...dns, ...everywhere }, 'web-a': { ...dns, ...everywhere } } }),
      spokes: { 'a-b': { ...spoke1, secret: 'a-b' }, b: { ...spoke1, secret: 'b' } },
    },
    { code: 'duplicate-name', message: expect.stringContaining('web-a-b'), hint: expect.stringContaining('applicationName') },
  ],
  [
    'an Application that is called like the root of a spoke',
    {
      ...withAddons({ components: { ...addons.components, dns: { ...dns, ...everywhere, applicationName: 'fleet-a' } } }),
      spokes: { b: { ...spoke1, secret: 'b' }, 'a-b': { ...spoke2, secret: 'a-b' } },
    },
    { code: 'duplicate-name', file: 'config/addons/dns.ts', message: expect.stringContaining('fleet-a-b') },
  ],
  ...Object.keys(fields)
    .filter((key) => ['repoURL', 'chart', 'version', 'namespace', 'project', 'applicationName'].includes(key))
    .map((key): Mistake => [`a template in '${key}'`, withComponent({ [key]: template }), { code: 'handwritten-expression', file: component, at: key }]),
  ['a template in the path', withComponent({ chart: undefined, path: 'charts/{{ .name }}' }), { code: 'handwritten-expression', file: component, at: 'path' }],
  [
    'a template in the sync policy',
    withComponent({ syncPolicy: { syncOptions: [template] } }),
    {
      code: 'handwritten-expression',
      file: component,
      at: 'syncPolicy.syncOptions.0',
      message: "'{{ .name }}' holds a template, which Argo CD would evaluate",
    },
  ],
  [
    'a template in an ignored difference',
    withComponent({ ignoreDifferences: [{ kind: template }] }),
    { code: 'handwritten-expression', file: component, at: 'ignoreDifferences.0.kind' },
  ],
  [
    'a template in a further source',
    withComponent({ extraSources: [{ repoURL: 'https://example.com', path: template }] }),
    { code: 'handwritten-expression', file: component, at: 'extraSources.0.path' },
  ],
  [
    'a template in a parameter of Helm',
    withComponent({ helm: { parameters: [{ name: 'a', value: template }] } }),
    { code: 'handwritten-expression', file: component, at: 'helm.parameters.0.value' },
  ],
  [
    'a template in a key',
    withComponent({ extraSources: [{ repoURL: 'https://example.com', chart: 'x', targetRevision: '1', kustomize: { commonLabels: { [template]: 'x' } } }] }),
    { code: 'handwritten-expression', file: component, at: `extraSources.0.kustomize.commonLabels.${template}` },
  ],
  ['a token in a field', withComponent({ version: `v-${cluster.name}` }), { code: 'token-in-manifest', file: component, at: 'version' }],
  [
    'a token that no cluster secret has, in a field that may have others',
    withComponent({ namespace: `ns-${cluster.value('name')}` }),
    { code: 'token-not-injected', file: component, at: 'namespace', message: "nobody injects the token 'cluster.name' here" },
  ],
  [
    'a template beside a token',
    withComponent({ namespace: `{{ .name }}-${cluster.name}` }),
    { code: 'handwritten-expression', file: component, at: 'namespace' },
  ],
  [
    'a namespace that is none, whatever the token in it says',
    withComponent({ namespace: `A-${cluster.name}` }),
    { code: 'invalid-name', file: component, at: 'namespace' },
  ],
  [
    'a template in a pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': template } } } }),
    { code: 'handwritten-expression', file: releasesFile, at: 'releases.next.components.cert-manager' },
  ],
  [
    'a template in the version of a release',
    withReleases({ releases: { ...releases.releases, next: { version: template } } }),
    { code: 'handwritten-expression', file: releasesFile, at: 'releases.next.version' },
  ],
  [
    'a template in the defaults of a group',
    withAddons({ defaults: { namespace: template } }),
    { code: 'handwritten-expression', file: groupFile, at: 'namespace' },
  ],
];

const layerMistakes: readonly Mistake[] = [
  ...Object.entries(wholeFields).map(
    ([key, value]): Mistake => [
      `'${key}' per spoke`,
      withSpoke({ components: { 'cert-manager': { [key]: value } } }),
      {
        code: 'component-field',
        file: spoke,
        at: `components.cert-manager.${key}`,
        message: `'${key}' of 'cert-manager' is not layered`,
        hint: `'${key}' belongs to the component, and is the same for all members`,
        target: 'addons/shop/dev/spoke-1',
      },
    ],
  ),
  [
    'a version that is a number in an override',
    withComponent({ overrides: { shop: { version: 2 } } }),
    { code: 'wrong-type', file: component, at: 'overrides.shop.version', found: 'the number 2', targets: 2 },
  ],
  [
    'an empty version of a spoke',
    withSpoke({ components: { 'cert-manager': { version: '' } } }),
    { code: 'invalid-field', file: spoke, at: 'components.cert-manager.version', message: "'version' is empty" },
  ],
  [
    'a namespace that Kubernetes has not, in a patch that sits nowhere',
    withComponent({ patches: { p: { rolledOutTo: [], change: { namespace: 'X_y' } } } }),
    { code: 'invalid-name', file: component, at: 'patches.p.change.namespace' },
  ],
  [
    'a misspelt field below a field of a layer',
    withComponent({ overrides: { shop: { syncPolicy: { automated: { prun: true } } } } }),
    { code: 'unknown-field', file: component, at: 'overrides.shop.syncPolicy.automated.prun' },
  ],
  [
    'a template in a field of a layer',
    withSpoke({ components: { 'cert-manager': { namespace: '{{ .name }}' } } }),
    { code: 'handwritten-expression', file: spoke, at: 'components.cert-manager.namespace' },
  ],
  [
    'files of values that may be missing, in a layer',
    withSpoke({ components: { 'cert-manager': { helm: { ignoreMissingValueFiles: true } } } }),
    { code: 'component-field', file: spoke, at: 'components.cert-manager.helm.ignoreMissingValueFiles' },
  ],
  [
    'another chart and a path in two layers',
    withComponent({ overrides: { shop: { path: 'charts/web', chart: 'web' } } }),
    { code: 'component-source', message: "'cert-manager' needs a chart or a path", found: 'both' },
  ],
  [
    'a misspelt key of a layer',
    withSpoke({ components: { dns: { enabeld: true } } }),
    { code: 'unknown-key', file: spoke, at: 'components.dns.enabeld', hint: "did you mean 'enabled'?" },
  ],
  [
    "'enabled' that is text",
    withComponent({ enabled: 'yes', overrides: {} }),
    { code: 'wrong-type', file: component, at: 'enabled', expected: 'true or false', found: "the string 'yes'" },
  ],
  [
    "'uninstall' that is text",
    withComponent({ overrides: { '*': { enabled: true, uninstall: 'yes' } } }),
    { code: 'wrong-type', file: component, at: 'overrides.*.uninstall', expected: 'true or false', found: "the string 'yes'" },
  ],
  [
    "'enabled' that is null",
    withComponent({ overrides: { shop: { enabled: null } } }),
    { code: 'wrong-type', file: component, at: 'overrides.shop.enabled', found: 'null' },
  ],
  [
    "'enabled' from a function that gives text",
    withComponent({ enabled: () => 'no', overrides: {} }),
    { code: 'wrong-type', file: component, at: 'enabled', found: "the string 'no'" },
  ],
  [
    "'enabled' from a function that throws",
    withComponent({ enabled: () => fail('not here'), overrides: {} }),
    { code: 'layer-throws', file: component, at: 'enabled', message: expect.stringContaining('not here') },
  ],
  ['values that are a list', withComponent({ values: [] }), { code: 'wrong-type', file: component, at: 'values', expected: 'a map', found: 'a list' }],
  ['values that are null', withComponent({ values: null }), { code: 'wrong-type', file: component, at: 'values', found: 'null' }],
  [
    'values that are text in a layer',
    withComponent({ overrides: { shop: { values: 'a: 1' } } }),
    { code: 'wrong-type', file: component, at: 'overrides.shop.values' },
  ],
  [
    'a value that YAML cannot hold',
    withComponent({ values: { at: new Date(0) } }),
    { code: 'not-plain-data', file: component, at: 'values.at', found: 'a Date' },
  ],
  [
    'values from a function that gives a Date',
    withComponent({ values: { at: () => new Date(0) } }),
    { code: 'not-plain-data', file: component, at: 'values.at' },
  ],
  [
    'values from a function that throws',
    withComponent({
      values: {
        region: (target: { readonly annotations: { readonly [key: string]: string } }) =>
          target.annotations['region']?.length.toFixed(200) ?? fail('no region'),
      },
    }),
    { code: 'layer-throws', file: component, at: 'values.region', message: "the cluster has no annotation 'region'", targets: 3 },
  ],
  [
    'a token in a key of values',
    withComponent({ values: { [cluster.name]: 'x' } }),
    { code: 'token-in-manifest', file: component, hint: expect.stringContaining('function of the target') },
  ],
  [
    'a token in values of a patch that sits nowhere, and of which no cluster secret has the value',
    withComponent({ patches: { p: { rolledOutTo: [], change: { values: { name: cluster.value('x') } } } } }),
    { code: 'token-not-injected', file: component, at: 'patches.p.change.values.name', expected: expect.stringContaining('cluster.annotation') },
  ],
  [
    'values of what is no chart',
    withAddons({ components: { ...addons.components, crds: { path: 'crds', namespace: 'x', overrides: { shop: { values: { a: 1 } } } } } }),
    { code: 'unused-values', file: 'config/addons/crds.ts', at: 'overrides.shop.values', hint: expect.stringContaining('`values: {}`') },
  ],
  ['an override that is a list', withComponent({ overrides: { shop: [] } }), { code: 'wrong-type', file: component, at: 'overrides.shop', found: 'a list' }],
  [
    'an override from a function that gives text',
    withComponent({ overrides: { ...certManager.overrides, shop: () => 'x' } }),
    { code: 'wrong-type', file: component, at: 'overrides.shop', found: "the string 'x'" },
  ],
  ['overrides that are a list', withComponent({ overrides: [] }), { code: 'wrong-type', file: component, at: 'overrides', found: 'a list' }],
  [
    'an override at a path that does not exist',
    withComponent({ overrides: { 'shop/stage': {} } }),
    { code: 'unknown-path', file: component, at: 'overrides.shop/stage' },
  ],
  [
    'an override at a cluster that does not exist',
    withComponent({ overrides: { 'shop/dev/spoke-9': { enabled: true } } }),
    { code: 'unknown-path', file: component, hint: "did you mean 'shop/dev/spoke-1'?" },
  ],
  [
    'a patch at a path that does not exist',
    withComponent({ patches: { p: { rolledOutTo: ['shp'], change: { enabled: true } } } }),
    { code: 'unknown-path', file: component, at: 'patches.p.rolledOutTo.0', hint: "did you mean 'shop'?" },
  ],
  ['a patch without change', withComponent({ patches: { p: { rolledOutTo: [] } } }), { code: 'empty-patch', file: component, at: 'patches.p' }],
  [
    'a misspelt key of a patch',
    withComponent({ patches: { p: { rolledOutTo: [], change: { enabled: true }, rolloutTo: [] } } }),
    { code: 'unknown-key', file: component, at: 'patches.p.rolloutTo', hint: "did you mean 'rolledOutTo'?" },
  ],
];

const selectorMistakes: readonly Mistake[] = [
  ['a selector that is a list', withComponent({ selector: [] }), { code: 'wrong-type', file: component, at: 'selector' }],
  [
    'a misspelt key of a selector',
    withComponent({ selector: { matchLabel: {} } }),
    { code: 'unknown-key', file: component, at: 'selector.matchLabel', hint: "did you mean 'matchLabels'?" },
  ],
  [
    'labels of a selector that are a list',
    withComponent({ selector: { matchLabels: ['a'] } }),
    { code: 'wrong-type', file: component, at: 'selector.matchLabels' },
  ],
  [
    'a label of a selector that is true',
    withComponent({ selector: { matchLabels: { tier: true } } }),
    { code: 'wrong-type', file: component, at: 'selector.matchLabels.tier', expected: 'a string' },
  ],
  [
    'a label of a selector that no label can be',
    withComponent({ selector: { matchLabels: { tier: 'a b' } } }),
    { code: 'invalid-name', file: component, at: 'selector.matchLabels.tier' },
  ],
  [
    'a key of a selector that no label can have',
    withComponent({ selector: { matchLabels: { 'a b': 'c' } } }),
    { code: 'invalid-name', file: component, at: 'selector.matchLabels.a b' },
  ],
  [
    'expressions of a selector that are a map',
    withComponent({ selector: { matchExpressions: {} } }),
    { code: 'wrong-type', file: component, at: 'selector.matchExpressions' },
  ],
  [
    'an expression that is null',
    withComponent({ selector: { matchExpressions: [null] } }),
    { code: 'wrong-type', file: component, at: 'selector.matchExpressions.0', found: 'null' },
  ],
  [
    'an operator that does not exist',
    withComponent({ selector: { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] } }),
    { code: 'invalid-field', file: component, at: 'selector.matchExpressions.0.operator', hint: "did you mean 'In'?" },
  ],
  [
    'In without values',
    withComponent({ selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
    { code: 'invalid-field', file: component, at: 'selector.matchExpressions.0.values', found: 'none' },
  ],
  [
    'Exists with values',
    withComponent({ selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } }),
    { code: 'invalid-field', file: component, at: 'selector.matchExpressions.0.values', expected: 'none' },
  ],
  [
    'a selector by what enables a component',
    withComponent({ selector: { matchLabels: { enable_dns: 'true' } } }),
    { code: 'computed-label', file: component, at: 'selector.matchLabels.enable_dns', hint: expect.stringContaining('enabled: true') },
  ],
  [
    'a selector by a release',
    withComponent({ selector: { matchExpressions: [{ key: 'addonsRelease', operator: 'In', values: ['next'] }] } }),
    { code: 'computed-label', file: component, at: 'selector.matchExpressions.0.key' },
  ],
  [
    'a selector by who deploys',
    withComponent({ selector: { matchLabels: { use_remote_argo: 'true' } } }),
    { code: 'computed-label', file: component, at: 'selector.matchLabels.use_remote_argo', hint: expect.stringContaining('target.model') },
  ],
  [
    'a template in a selector',
    withComponent({ selector: { matchLabels: { tier: template } } }),
    { code: 'handwritten-expression', file: component, at: 'selector.matchLabels.tier' },
  ],
];

const releaseMistakes: readonly Mistake[] = [
  ['releases that export a list', withAddons({ releases: [] }), { code: 'config-shape', file: releasesFile, found: 'a list' }],
  ['releases that cannot be loaded', { ...withAddons({ releases: undefined }), unloaded: ['addons/releases'] }, { code: 'config-throws', file: releasesFile }],
  ['a file of releases without releases', withAddons({ releases: { release: 'default' } }), { code: 'missing-field', file: releasesFile, at: '' }],
  [
    "the key 'releases' misspelt",
    withAddons({ releases: { relases: releases.releases } }),
    { code: 'unknown-key', file: releasesFile, at: 'relases', hint: "did you mean 'releases'?" },
  ],
  ['no release at all', withReleases({ releases: {} }), { code: 'missing-field', file: releasesFile, at: 'releases', found: 'an empty map' }],
  ['releases that are null', withReleases({ releases: null }), { code: 'wrong-type', file: releasesFile, at: 'releases', found: 'null' }],
  [
    'a release that is text',
    withReleases({ releases: { ...releases.releases, default: '1.0.0' } }),
    { code: 'wrong-type', file: releasesFile, at: 'releases.default', found: "the string '1.0.0'" },
  ],
  [
    'a release whose name no label can have',
    withReleases({ releases: { ...releases.releases, 'a b': releases.releases.next } }),
    { code: 'invalid-name', file: releasesFile, at: 'releases.a b' },
  ],
  [
    'an unknown key of a release',
    withReleases({ releases: { ...releases.releases, next: { ...releases.releases.next, component: {} } } }),
    { code: 'unknown-key', file: releasesFile, at: 'releases.next.component', hint: "did you mean 'components'?" },
  ],
  [
    'a pin of a component that does not exist',
    withReleases({ releases: { ...releases.releases, next: { components: { ...releases.releases.next.components, 'cert-manger': '1.0.0' } } } }),
    { code: 'unknown-component', file: releasesFile, at: 'releases.next.components.cert-manger', hint: "did you mean 'cert-manager'?" },
  ],
  [
    'a pin that is misspelt, and missing under its own name',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manger': '1.1.0' } } } }),
    { code: 'unknown-component', file: releasesFile, at: 'releases.next.components.cert-manger', hint: "did you mean 'cert-manager'?" },
  ],
  [
    'one that is misspelt in every release',
    withReleases({ releases: { default: { components: { 'cert-manger': '1.1.0' } } } }),
    { code: 'unknown-component', file: releasesFile, at: 'releases.default.components.cert-manger', hint: "did you mean 'cert-manager'?" },
  ],
  [
    'a pin that is a number',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': 1.5 } } } }),
    { code: 'wrong-type', file: releasesFile, at: 'releases.next.components.cert-manager', expected: "a version as a string: '1.5'", found: 'the number 1.5' },
  ],
  [
    'a pin that is null',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': null } } } }),
    { code: 'wrong-type', file: releasesFile, at: 'releases.next.components.cert-manager', found: 'null' },
  ],
  [
    'an empty pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': '' } } } }),
    { code: 'invalid-field', file: releasesFile, at: 'releases.next.components.cert-manager' },
  ],
  [
    'an unknown key of a pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1.1.0', nmespace: 'x' } } } } }),
    { code: 'unknown-key', file: releasesFile, at: 'releases.next.components.cert-manager.nmespace', hint: "did you mean 'namespace'?" },
  ],
  [
    'layered fields in a pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1.1.0', enabled: true } } } } }),
    { code: 'unknown-key', file: releasesFile, at: 'releases.next.components.cert-manager.enabled' },
  ],
  [
    'both chart and path in a pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1.1.0', chart: 'a', path: 'b' } } } } }),
    { code: 'component-source', file: releasesFile, at: 'releases.next.components.cert-manager', found: 'both' },
  ],
  [
    'a wrong field in a pin',
    withReleases({ releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1.1.0', syncPolicy: { retries: 3 } } } } } }),
    { code: 'unknown-field', file: releasesFile, at: 'releases.next.components.cert-manager.syncPolicy.retries' },
  ],
  [
    'a wrong field in the defaults of a group',
    withAddons({ defaults: { syncPolicy: { retry: { limit: 'x' } } } }),
    { code: 'invalid-field', file: groupFile, at: 'syncPolicy.retry.limit', expected: 'a whole number' },
  ],
  [
    'a release that makes a chart of plain manifests',
    withAddons({
      releases: {
        releases: {
          default: { components: releases.releases.default.components },
          next: { components: { ...releases.releases.next.components, crds: { chart: 'crds', repoURL: 'https://charts.example.com', version: '1.0.0' } } },
        },
      },
      components: { ...addons.components, crds: { path: 'crds', namespace: 'x' } },
    }),
    { code: 'component-source', file: releasesFile, at: 'releases.next.components.crds.chart', hint: expect.stringContaining('`values: {}`') },
  ],
  [
    'the version of a release that no component has',
    withReleases({ releases: { ...releases.releases, next: { ...releases.releases.next, version: '1.0.0' } } }),
    { code: 'component-field', severity: 'warning', file: releasesFile, at: 'releases.next.version' },
  ],
  [
    'a release that is not defined',
    withReleases({ release: 'nxt' }),
    {
      code: 'unknown-release',
      file: releasesFile,
      at: 'release',
      message: "addons has no release 'nxt'",
      expected: 'one of default, next',
      hint: "did you mean 'next'?",
      target: 'addons/shop/dev/spoke-1',
      targets: 3,
    },
  ],
  [
    'a release that is not defined, at a spoke',
    withSpoke({ groups: { addons: { release: 'stable' } } }),
    { code: 'unknown-release', file: spoke, at: 'groups.addons.release', hint: 'known releases: default, next' },
  ],
  [
    'a release that is not defined, in a patch',
    withReleases({ patches: { p: { rolledOutTo: ['shop/dev'], change: { release: 'nxt' } } } }),
    { code: 'unknown-release', file: releasesFile, at: 'patches.p.change.release', target: 'addons/shop/dev/spoke-1' },
  ],
  [
    'a release that is not defined, in a patch that sits nowhere',
    withReleases({ patches: { p: { rolledOutTo: [], change: { release: 'nxt' } } } }),
    { code: 'unknown-release', file: releasesFile, at: 'patches.p.change.release', hint: "did you mean 'next'?" },
  ],
  [
    'a release that is not defined, from a function',
    withReleases({ release: () => 'nxt' }),
    { code: 'unknown-release', file: releasesFile, at: 'release', targets: 3 },
  ],
  ['a release that is a number', withReleases({ release: 1 }), { code: 'wrong-type', file: releasesFile, at: 'release', found: 'the number 1' }],
  [
    'a release that is unset',
    withReleases({ overrides: { shop: { release: unset } } }),
    { code: 'unknown-release', file: releasesFile, message: 'addons has no release at all here', targets: 2 },
  ],
  [
    "releases of which none is called 'default', and none is chosen",
    withReleases({ releases: { next: releases.releases.next } }),
    { code: 'unknown-release', file: releasesFile, message: 'addons has no release at all here', expected: 'one of next', targets: 3 },
  ],
  [
    'an unknown key of a layer of releases',
    withReleases({ overrides: { shop: { version: '1' } } }),
    { code: 'unknown-key', file: releasesFile, at: 'overrides.shop.version', expected: "'release'" },
  ],
  [
    'a second file of releases',
    withAddons({ components: { ...addons.components, 'team/releases': releases } }),
    { code: 'duplicate-name', file: 'config/addons/team/releases.ts' },
  ],
];

const groupMistakes: readonly Mistake[] = [
  [
    'a group whose name Kubernetes refuses',
    { groups: { Add_ons: addons, bootstrap }, spokes: { 'spoke-1': spoke1 } },
    { code: 'invalid-name', file: 'config/Add_ons' },
  ],
  [
    'a group without components',
    { groups: { ...smallHubFleet.groups, monitoring: { defaults: {}, components: {} } } },
    { code: 'empty-fleet', file: 'config/monitoring/defaults.ts', message: "the group 'monitoring' has no component" },
  ],
  ['defaults of a group that are null', withAddons({ defaults: null }), { code: 'config-shape', file: groupFile, found: 'null' }],
  [
    'an unknown key of a group',
    withAddons({ defaults: { namespac: 'x' } }),
    { code: 'unknown-key', file: groupFile, at: 'namespac', hint: "did you mean 'namespace'?" },
  ],
  ['a namespace of a group that Kubernetes refuses', withAddons({ defaults: { namespace: 'X' } }), { code: 'invalid-name', file: groupFile, at: 'namespace' }],
  [
    'defaults that cannot be loaded, and say the namespace',
    { groups: { addons: { ...addons, components: { dns: { ...dns, namespace: undefined } }, releases: undefined }, bootstrap }, unloaded: ['addons/defaults'] },
    { code: 'config-throws', file: groupFile },
  ],
  ['a bootstrap group that is `true`', withBootstrap({ defaults: { bootstrap: true } }), { code: 'wrong-type', file: bootstrapFile, at: 'bootstrap' }],
  [
    'a bootstrap group without External Secrets',
    withBootstrap({ defaults: { bootstrap: { argoCD: 'argo-cd' } } }),
    { code: 'missing-field', file: bootstrapFile, at: 'bootstrap', message: "the bootstrap group needs 'externalSecrets'" },
  ],
  [
    'a misspelt key of the bootstrap group',
    withBootstrap({ defaults: { bootstrap: { argoCd: 'argo-cd', externalSecrets: 'external-secrets' } } }),
    { code: 'unknown-key', file: bootstrapFile, at: 'bootstrap.argoCd', hint: "did you mean 'argoCD'?" },
  ],
  [
    'an Argo CD that is a number',
    withBootstrap({ defaults: { bootstrap: { argoCD: 5, externalSecrets: 'external-secrets' } } }),
    { code: 'wrong-type', file: bootstrapFile, at: 'bootstrap.argoCD' },
  ],
  [
    'an Argo CD that does not exist',
    withBootstrap({ defaults: { bootstrap: { argoCD: 'argocd', externalSecrets: 'external-secrets' } } }),
    { code: 'unknown-component', file: bootstrapFile, at: 'bootstrap.argoCD', hint: "did you mean 'argo-cd'?" },
  ],
  [
    'an Argo CD whose file cannot be loaded',
    { ...withBootstrap({ components: { 'external-secrets': externalSecrets } }), unloaded: ['bootstrap/argo-cd'] },
    { code: 'config-throws', file: 'config/bootstrap/argo-cd.ts' },
  ],
  [
    'bootstrap defaults that cannot be loaded',
    { ...withBootstrap({ defaults: undefined }), unloaded: ['bootstrap/defaults'] },
    { code: 'config-throws', file: bootstrapFile },
  ],
  [
    'two bootstrap groups',
    {
      groups: {
        ...smallHubFleet.groups,
        second: { defaults: { namespace: 'x', bootstrap: { argoCD: 'a', externalSecrets: 'b' } }, components: { a: dns, b: dns } },
      },
    },
    { code: 'bootstrap-group', file: 'config/second/defaults.ts', at: 'bootstrap', found: 'bootstrap and second' },
  ],
  [
    'a distributed spoke without bootstrap group',
    { groups: { addons } },
    { code: 'bootstrap-group', file: 'config/spokes/spoke-2.ts', expected: expect.stringContaining('defaults.ts') },
  ],
  [
    'a distributed spoke without Argo CD',
    { spokes: { 'spoke-1': spoke1, 'spoke-2': { ...spoke2, components: { 'argo-cd': { enabled: false } } } } },
    { code: 'bootstrap-group', file: 'config/spokes/spoke-2.ts', at: 'components.argo-cd.enabled', message: "a distributed spoke cannot do without 'argo-cd'" },
  ],
  [
    'a distributed spoke that a selector leaves out',
    withBootstrap({ components: { 'argo-cd': { ...argoCD, selector: { matchLabels: { environment: 'dev' } } }, 'external-secrets': externalSecrets } }),
    { code: 'bootstrap-group', file: 'config/bootstrap/argo-cd.ts', at: 'selector', found: 'a selector that leaves it out' },
  ],
  ...(['argo-cd', 'external-secrets'] as const).map(
    (name): Mistake => [
      `uninstalling ${name}`,
      withBootstrap({
        components: {
          ...bootstrap.components,
          [name]: { ...(name === 'argo-cd' ? argoCD : externalSecrets), patches: { p: { rolledOutTo: [], change: { uninstall: true } } } },
        },
      }),
      { code: 'bootstrap-group', file: `config/bootstrap/${name}.ts`, at: 'patches.p.change.uninstall', message: `'${name}' cannot be uninstalled` },
    ],
  ),
  [
    "'enabled' of Argo CD that is text",
    withBootstrap({ components: { 'argo-cd': { ...argoCD, enabled: 'yes' }, 'external-secrets': externalSecrets } }),
    { code: 'wrong-type', file: 'config/bootstrap/argo-cd.ts', at: 'enabled' },
  ],
  [
    'an Argo CD in another namespace',
    withBootstrap({ components: { 'argo-cd': { ...argoCD, namespace: 'argo' }, 'external-secrets': externalSecrets } }),
    { code: 'bootstrap-group', file: 'config/bootstrap/argo-cd.ts', at: 'namespace', expected: "the platform namespace, 'argocd'", found: "'argo'" },
  ],
  [
    'an Argo CD in another namespace by its group',
    withBootstrap({ defaults: { ...(bootstrap.defaults as object), namespace: 'platform' } }),
    { code: 'bootstrap-group', file: bootstrapFile, at: 'namespace' },
  ],
];

describe('a mistake in a field of a component is reported once, with its code and its place:', () => reportsEach(fieldMistakes));
describe('a mistake in a layer is reported once, with its code and its place:', () => reportsEach(layerMistakes));
describe('a mistake in a selector is reported once, with its code and its place:', () => reportsEach(selectorMistakes));
describe('a mistake in releases is reported once, with its code and its place:', () => reportsEach(releaseMistakes));
describe('a mistake in a group is reported once, with its code and its place:', () => reportsEach(groupMistakes));

describe('what is no mistake', () => {
  test('null in values, which is for Helm', () => {
    expect(hubProblemsOf(withComponent({ values: { webhook: { hostNetwork: null }, list: [null] } }))).toEqual([]);
  });

  test('a template in values, which is for the chart', () => {
    expect(hubProblemsOf(withComponent({ values: { message: '{{ .Release.Name }}' } }))).toEqual([]);
  });

  test('a selector by labels of its own, by tenant and by kind', () => {
    const selector = { matchLabels: { tenant: 'shop', fleet_member: 'spoke' }, matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] };
    expect(hubProblemsOf(withComponent({ selector }))).toEqual([]);
  });

  test('a release for a component whose own version wins nowhere', () => {
    const pinned = { default: { version: '0.9.0' }, next: { components: { 'cert-manager': '1.1.0', dns: '2.1.0' } } };
    expect(hubProblemsOf(withReleases({ releases: pinned }))).toEqual([]);
  });

  test("releases of which none is called 'default', where layers choose one for everybody", () => {
    const { next } = releases.releases;
    expect(hubProblemsOf(withReleases({ releases: { next }, overrides: { '*': { release: 'next' } } }))).toEqual([]);
  });

  test('field names as a fleet calls them: an own pattern of labels does not make every label a component', () => {
    const content = {
      ...withFleet({ labelNames: { enable: 'example.com/{component}' } }),
      ...withHub({ ...hub1, labels: { 'example.com/cost-center': '4711' } }),
    };
    expect(hubProblemsOf(content)).toEqual([]);
  });
});

function circular(): object {
  const helm: { self?: object } = {};
  helm.self = helm;
  return helm;
}

function fail(message: string): never {
  throw new Error(message);
}
