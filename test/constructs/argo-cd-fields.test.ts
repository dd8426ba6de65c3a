import { ApiObject, JsonPatch } from 'cdk8s';
import { type Problem, type TargetChart, unset } from '../../constructs';
import { application, apps, buildFleet, type Loose, manifestAt, problemsOf, templatesAt } from '../builders/fleet-builder';
import { certManager, hubProblemsOf, addons as smallAddons, smallHubFleet } from '../builders/hub-builder';

const us = 'integration/int-1/us';
const source = { repoURL: 'https://example.com/web', path: 'web' };
const server = 'https://kubernetes.default.svc';

type Fields = { readonly [key: string]: unknown };

/** Where a part of the spec of Applications is said, and how it is told of. */
interface Place {
  readonly problems: (part: Fields) => readonly Problem[];
  /** Before the keys of the part. */
  readonly at: string;
  /** Otherwise than in a layer, and why. */
  readonly codes?: { readonly [code: string]: string | undefined };
}

const template = (part: Fields = {}) => ({ metadata: {}, spec: { project: '', destination: {}, ...part } });
const set = (fields: Fields) => problemsOf(apps({ set: { kind: 'ApplicationSet', generators: [], template: template({ source }), ...fields } }));
const customized = (customize: (chart: TargetChart) => void) => problemsOf(apps({ web: application() }, { customize }));
const own = (chart: TargetChart, part: Fields) =>
  new ApiObject(chart, 'own', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'own' }, spec: { ...application(), ...part } });
const generator = (part: Fields) => ({ clusters: { template: template(part) } });

const places: Readonly<Record<string, Place>> = {
  'the base': { problems: (part) => problemsOf(apps({ web: application(part) })), at: '' },
  'the defaults': { problems: (part) => problemsOf(apps({ web: application() }, { applications: part })), at: 'applications.' },
  'an override': { problems: (part) => problemsOf(apps({ web: application({ overrides: { integration: part } }) })), at: 'overrides.integration.' },
  'a patch': {
    problems: (change) => problemsOf(apps({ web: application({ patches: { p1: { rolledOutTo: ['integration'], change } } }) })),
    at: 'patches.p1.change.',
  },
  'a function of the target': {
    problems: (part) => problemsOf(apps({ web: application({ overrides: { integration: () => part } }) })),
    at: 'overrides.integration.',
  },
  'the template of an ApplicationSet': { problems: (part) => set({ template: template({ source, ...part }) }), at: 'template.spec.' },
  'the template of a generator': { problems: (part) => set({ generators: [generator(part)] }), at: 'generators.0.clusters.template.spec.' },
  'the template of `matrix`': {
    problems: (part) => set({ generators: [{ matrix: { generators: [], template: template(part) } }] }),
    at: 'generators.0.matrix.template.spec.',
  },
  'the template of a generator below `matrix`': {
    problems: (part) => set({ generators: [{ matrix: { generators: [generator(part)] } }] }),
    at: 'generators.0.matrix.generators.0.clusters.template.spec.',
  },
  'the template of a generator below `merge` below `matrix`': {
    problems: (part) => set({ generators: [{ matrix: { generators: [{ merge: { mergeKeys: [], generators: [generator(part)] } }] } }] }),
    at: 'generators.0.matrix.generators.0.merge.generators.0.clusters.template.spec.',
  },
  'a JSON patch': {
    problems: (part) =>
      customized((chart) => chart.findApp('web').addJsonPatch(...Object.entries(part).map(([key, value]) => JsonPatch.add(`/spec/${key}`, value)))),
    at: 'spec.',
  },
  'an Application of their own': {
    problems: (part) => customized((chart) => own(chart, part)),
    at: 'mgmt/own.spec.',
    // cdk8s leaves it out, which is what it means to Kubernetes.
    codes: { 'null-value': undefined },
  },
  'an Application in `workloads`': {
    problems: (part) => problemsOf(apps({ web: { project: 'default', destination: { server }, workloads: (chart: TargetChart) => own(chart, part) } })),
    at: 'workloads.spec.',
    codes: { 'null-value': undefined },
  },
  'a component of a hub': {
    problems: (part) =>
      hubProblemsOf({
        ...smallHubFleet,
        groups: { ...smallHubFleet.groups, addons: { ...smallAddons, components: { 'cert-manager': { ...certManager, ...part } } } },
      }),
    at: '',
    // A field without layers has nothing to unset.
    codes: { 'null-value': 'invalid-field' },
  },
};

/** What is wrong with a spec wherever it stands: the part, the code, and the keys to it. */
const mistakes: readonly (readonly [string, Fields, string, string])[] = [
  ['a misspelt field', { syncPolicy: { automatd: { prune: true } } }, 'unknown-field', 'syncPolicy.automatd'],
  ['a misspelt field in a list', { ignoreDifferences: [{ kind: 'x', jsonPointer: ['/a'] }] }, 'unknown-field', 'ignoreDifferences.0.jsonPointer'],
  ['a field that is missing', { ignoreDifferences: [{ group: 'x' }] }, 'missing-field', 'ignoreDifferences.0.kind'],
  ['a wrong type', { syncPolicy: { syncOptions: 'CreateNamespace=true' } }, 'invalid-field', 'syncPolicy.syncOptions'],
  ['a wrong type in a list', { syncPolicy: { syncOptions: [true] } }, 'invalid-field', 'syncPolicy.syncOptions.0'],
  ['null', { syncPolicy: { syncOptions: null } }, 'null-value', 'syncPolicy.syncOptions'],
];

describe.each(Object.entries(places))('in %s', (_, { problems, at, codes = {} }) => {
  test.each(mistakes)('%s is told of, and where', (_name, part, code, keys) => {
    const expected = code in codes ? codes[code] : code;
    const found = problems(part).filter(({ severity }) => severity === undefined);
    expect(found.map((problem) => [problem.code, problem.place?.join('.')])).toEqual(expected === undefined ? [] : [[expected, at + keys]]);
  });
});

describe('a null among the values of a chart is rendered as text', () => {
  const values = { a: 1, b: null, c: [null] };
  const said = { source: { ...source, helm: { valuesObject: values } } };
  const isText = (spec: Loose) => {
    expect(spec.source.helm.valuesObject).toBeUndefined();
    expect(JSON.parse(spec.source.helm.values)).toEqual(values);
  };
  const customizedAt = (customize: (chart: TargetChart) => void) => templatesAt(buildFleet(apps({ web: application() }, { customize })), 'mgmt', us) as Loose;

  test('by a JSON patch of an app', () => {
    isText(
      customizedAt((chart) =>
        chart
          .findApp('web')
          .addJsonPatch(JsonPatch.add('/spec/source/helm', { valuesObject: { a: 1, c: [null] } }), JsonPatch.add('/spec/source/helm/valuesObject/b', null)),
      ).web.spec,
    );
  });

  test('in an Application of their own', () => {
    isText(customizedAt((chart) => own(chart, said))['application-own'].spec);
  });

  test('in the template of a generator, wherever that stands', () => {
    const config = (generators: readonly unknown[]) => apps({ set: { kind: 'ApplicationSet', generators, template: template({ source }) } });
    isText(manifestAt(config([generator(said)]), 'set', us).spec.generators[0].clusters.template.spec);
    const below = { matrix: { generators: [{ merge: { mergeKeys: [], generators: [generator(said)] } }], template: template(said) } };
    const [{ matrix }] = manifestAt(config([below]), 'set', us).spec.generators;
    isText(matrix.template.spec);
    isText(matrix.generators[0].merge.generators[0].clusters.template.spec);
  });
});

test('sources by name are a list in the template of a generator too', () => {
  const sources = { b: { repoURL: 'y', ref: 'values' }, a: { ...source, helm: { valuesObject: { x: null } } } };
  const config = (generators: readonly unknown[]) => apps({ set: { kind: 'ApplicationSet', generators, template: template({ source }) } });
  const expected = [
    { helm: { values: '{\n  "x": null\n}\n' }, name: 'a', path: 'web', repoURL: source.repoURL },
    { name: 'b', ref: 'values', repoURL: 'y' },
  ];
  expect(manifestAt(config([generator({ sources })]), 'set', us).spec.generators[0].clusters.template.spec.sources).toEqual(expected);
  const nested = manifestAt(config([{ merge: { mergeKeys: ['a'], generators: [generator({ sources })] } }]), 'set', us);
  expect(nested.spec.generators[0].merge.generators[0].clusters.template.spec.sources).toEqual(expected);
  const wrong = problemsOf(config([generator({ sources: { a: { repoURL: 'x', hlm: {} } } })]));
  expect(wrong).toEqual([
    expect.objectContaining({ code: 'unknown-field', place: 'generators.0.clusters.template.spec.sources.a.hlm'.split('.'), hint: "did you mean 'helm'?" }),
  ]);
});

describe('what a generator holds', () => {
  test.each([
    [
      'below `matrix`',
      [{ matrix: { generators: [{ clusters: { selectr: {} } }] } }],
      'generators.0.matrix.generators.0.clusters.selectr',
      "did you mean 'selector'?",
    ],
    ['below `merge`', [{ merge: { mergeKeys: [], generators: [{ gti: {} }] } }], 'generators.0.merge.generators.0.gti', "did you mean 'git'?"],
    [
      'below `merge` below `matrix`',
      [{ matrix: { generators: [{ merge: { mergeKeys: [], generators: [{ list: { element: [] } }] } }] } }],
      'generators.0.matrix.generators.0.merge.generators.0.list.element',
      "did you mean 'elements'?",
    ],
    [
      'in a third combination',
      [{ matrix: { generators: [{ matrix: { generators: [{ matrix: { generators: [] } }] } }] } }],
      'generators.0.matrix.generators.0.matrix.generators.0.matrix',
      undefined,
    ],
    [
      'in the template of a combination in another',
      [{ matrix: { generators: [{ matrix: { generators: [], template: template() } }] } }],
      'generators.0.matrix.generators.0.matrix.template',
      undefined,
    ],
  ])('is known %s', (_, generators, place, hint) => {
    const problems = set({ generators });
    expect(problems).toEqual([expect.objectContaining({ code: 'unknown-field', place: place.split('.') })]);
    if (hint) expect(problems[0]?.hint).toBe(hint);
  });

  test('may be a combination of combinations of plain generators', () => {
    const plain = [{ clusters: {} }, { git: { repoURL: 'x', revision: 'y', files: [{ path: 'z' }] }, selector: { matchLabels: { a: 'b' } } }];
    expect(set({ generators: [{ merge: { mergeKeys: ['a'], generators: [{ matrix: { generators: plain } }, ...plain] } }] })).toEqual([]);
  });
});

describe('a field that says nothing is read as Argo CD reads it', () => {
  const spec = (fields: Fields) => manifestAt(apps({ web: application(fields) }), 'web', us).spec;

  test.each([
    ['an empty name beside a server', { destination: { name: '', server } }, { destination: { server } }],
    ['an empty server beside a name', { destination: { name: 'x', server: '' } }, { destination: { name: 'x' } }],
    ['an empty namespace', { destination: { server, namespace: '' } }, { destination: { server } }],
    ['no sources beside a source', { sources: [] }, { sources: undefined }],
    ['no source beside sources', { source: null, sources: [source] }, { source: undefined, sources: [source] }],
    ['syncing that is off', { syncPolicy: { automated: null, syncOptions: ['Prune=false'] } }, { syncPolicy: { syncOptions: ['Prune=false'] } }],
    ['all of a sync policy', { syncPolicy: { automated: null, retry: null, managedNamespaceMetadata: null } }, { syncPolicy: {} }],
    ['tools of a source', { source: { ...source, helm: null, kustomize: null, directory: null, plugin: null } }, { source }],
    [
      'tools of a source in a list',
      {
        source: unset,
        sources: [
          { ...source, helm: null },
          { ref: 'values', repoURL: 'x' },
        ],
      },
      { sources: [source, { ref: 'values', repoURL: 'x' }] },
    ],
    ['tools of a source by name', { source: unset, sources: { a: { ...source, directory: null } } }, { sources: [{ ...source, name: 'a' }] }],
    [
      'empty text beside values',
      { source: { ...source, helm: { values: '', valuesObject: { a: 1 } } } },
      { source: { ...source, helm: { valuesObject: { a: 1 } } } },
    ],
    ['no values beside text', { source: { ...source, helm: { values: 'a: 1', valuesObject: null } } }, { source: { ...source, helm: { values: 'a: 1' } } }],
  ])('%s', (_, fields, expected) => {
    // A chart without a namespace is a warning.
    expect(problemsOf(apps({ web: application(fields) })).filter(({ code }) => code !== 'no-namespace')).toEqual([]);
    const rendered = spec(fields);
    for (const [key, value] of Object.entries(expected)) expect(rendered[key]).toEqual(value);
    // The interface writes it into Applications that nobody made of layers, too.
    const patched = customized((chart) =>
      chart
        .findApp('web')
        .addJsonPatch(
          ...Object.entries(fields).map(([key, value]) =>
            value === unset ? JsonPatch.remove(`/spec/${key}`) : JsonPatch.add(`/spec/${key}`, JSON.parse(JSON.stringify(value))),
          ),
        ),
    );
    expect(patched.filter(({ code }) => code !== 'no-namespace')).toEqual([]);
  });

  test('what was no mistake before stays as it is written', () => {
    const fields = {
      info: [],
      ignoreDifferences: [],
      syncPolicy: {},
      project: '',
      source: { ...source, chart: '', targetRevision: '', helm: { valueFiles: [], parameters: [], values: '', releaseName: '' } },
      revisionHistoryLimit: 0,
    };
    expect(problemsOf(apps({ web: application(fields) }))).toEqual([]);
    expect(spec(fields)).toMatchObject(fields);
  });

  test.each(['.', 'apps/../charts', './web', 'a..b'])('a path may be %s, which stays in its repository', (path) => {
    expect(problemsOf(apps({ web: application({ source: { repoURL: 'https://example.com', path } }) }))).toEqual([]);
  });

  test.each([
    ['neither name nor server', { destination: { name: '', server: '' } }, 'destination'],
    ['a name alone, and an empty one', { destination: { name: '', namespace: 'x' } }, 'destination'],
    ['no sources at all', { source: unset, sources: [] }, 'no-source'],
    ['an empty path', { source: { repoURL: 'x', path: '' } }, 'source-incomplete'],
    ['a chart without a version', { source: { repoURL: 'x', chart: 'y', targetRevision: '' } }, 'source-incomplete'],
    ['a whole policy that is null', { syncPolicy: null }, 'null-value'],
  ])('and where nothing is left, that is told: %s', (_, fields, code) => {
    expect(problemsOf(apps({ web: application(fields) }))).toEqual([expect.objectContaining({ code })]);
  });
});

test('what a function says in the second pass only is a mistake in the second pass', () => {
  let calls = 0;
  const values = { x: () => (calls >= 0 ? 1 : Number.NaN) };
  const output = buildFleet(apps({ web: application({ source: { ...source, helm: { valuesObject: values } } }) })).synth();
  calls = -1;
  expect(() => output.folder('mgmt', us)).toThrow('impure-function');
  expect(() => [...output]).toThrow('impure-function');
});
