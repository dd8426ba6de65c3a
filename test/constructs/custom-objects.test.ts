import { ApiObject, JsonPatch } from 'cdk8s';
import type { Problem, TargetChart } from '../../constructs';
import { application, apps, problemsOf } from '../builders/fleet-builder';

type Fields = Readonly<Record<string, unknown>>;

function customized(customize: (chart: TargetChart) => void): readonly Problem[] {
  return problemsOf(apps({ web: application() }, { customize }));
}

function inWorkloads(workloads: (chart: TargetChart) => void): readonly Problem[] {
  return problemsOf(apps({ web: { project: 'default', destination: { server: 'x' }, workloads } }));
}

function free(chart: TargetChart, fields: Fields = {}): ApiObject {
  return new ApiObject(chart, 'free', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'free' }, ...fields } as never);
}

const said = (problems: readonly Problem[]) => [...new Set(problems.map(({ code, place = [] }) => `${code} ${place.join('.')}`))];

const nobody = [
  ['kind', undefined],
  ['kind', 5],
  ['kind', ''],
  ['apiVersion', null],
  ['apiVersion', ['v1']],
  ['metadata', 'x'],
  ['metadata/name', 5],
  ['metadata/name', null],
] as const;

describe('an object that does not say what it is', () => {
  test.each(nobody)('is refused: %s is %p', (path, value) => {
    const patch = value === undefined ? JsonPatch.remove(`/${path}`) : JsonPatch.replace(`/${path}`, value);
    const at = path.replace('/', '.');
    expect(said(customized((chart) => free(chart).addJsonPatch(patch)))).toEqual([`invalid-field customize.${at}`]);
    expect(said(customized((chart) => chart.findApp('web').addJsonPatch(patch)))).toEqual([`invalid-field customize.${at}`]);
    expect(said(inWorkloads((chart) => free(chart).addJsonPatch(patch)))).toEqual([`invalid-field workloads.${at}`]);
  });

  test('is refused where its code never says it', () => {
    expect(said(customized((chart) => free(chart, { kind: undefined })))).toEqual(['invalid-field customize.kind']);
    expect(said(customized((chart) => free(chart, { metadata: { name: 5 } })))).toEqual(['invalid-field customize.metadata.name']);
  });
});

test.each([
  ['labels', 5],
  ['labels', true],
  ['annotations', 5],
  ['annotations', { a: 'b' }],
])('%s of %p are no text', (part, value) => {
  expect(said(customized((chart) => free(chart, { metadata: { name: 'free', [part]: { a: value } } })))).toEqual([
    `invalid-field mgmt/free.metadata.${part}.a`,
  ]);
  expect(said(inWorkloads((chart) => free(chart, { metadata: { name: 'free', [part]: { a: value } } })))).toEqual([
    `invalid-field workloads.metadata.${part}.a`,
  ]);
});

test.each([
  ['labels', 'x'],
  ['annotations', ['a']],
])('%s of %p are no map', (part, value) => {
  const patch = JsonPatch.add(`/metadata/${part}`, value);
  expect(said(customized((chart) => free(chart).addJsonPatch(patch)))).toEqual([`invalid-field mgmt/free.metadata.${part}`]);
});

describe('two objects of one name', () => {
  const application2 = (fields: Fields = {}) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec: application(), ...fields });

  test('are refused where one of them is an app', () => {
    expect(said(customized((chart) => free(chart, application2({ metadata: { name: 'web' } }))))).toEqual(['duplicate-file ']);
  });

  test('are refused among the workloads of one app, and are two objects in those of two', () => {
    const workloads = (count: number) => (chart: TargetChart) => {
      for (let at = 0; at < count; at++) new ApiObject(chart, `x${at}`, { apiVersion: `v${at}`, kind: 'ConfigMap', metadata: { name: 'x' } });
    };
    const app = (count: number) => ({ project: 'default', destination: { server: 'x' }, workloads: workloads(count) });
    expect(said(problemsOf(apps({ web: app(2) })))).toEqual(['duplicate-file ']);
    expect(problemsOf(apps({ web: app(1), api: app(1) }))).toEqual([]);
  });

  test('are one where one of them names the namespace that the other ends up in', () => {
    const app = (namespace: string) => ({
      project: 'default',
      destination: { server: 'x', namespace: 'shop' },
      workloads: (chart: TargetChart) => {
        new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
        new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace } });
      },
    });
    expect(said(problemsOf(apps({ web: app('shop') })))).toEqual(['duplicate-file ']);
    expect(problemsOf(apps({ web: app('other') }))).toEqual([]);
  });

  test('are two objects in two namespaces, and of two kinds', () => {
    expect(customized((chart) => free(chart, application2({ metadata: { name: 'web', namespace: 'other' } })))).toEqual([]);
    expect(customized((chart) => free(chart, { metadata: { name: 'web' } }))).toEqual([]);
  });
});

describe('the objects of a List', () => {
  const list = (...items: readonly unknown[]) => ({ kind: 'List', items });
  const app = (spec: Fields) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'listed' }, spec });

  test('are looked at like any other', () => {
    const bad = app({ ...application(), sorce: {}, source: { repoURL: 'x', path: 'y', helm: { valuesObject: { a: null } } } });
    expect(said(customized((chart) => free(chart, list({}, bad))))).toEqual([
      'unknown-field mgmt/free.items.1.spec.sorce',
      'null-value mgmt/free.items.1.spec.source.helm.valuesObject.a',
    ]);
    expect(said(inWorkloads((chart) => free(chart, list(bad))))).toContain('unknown-field workloads.items.0.spec.sorce');
    const inner = { apiVersion: 'v1', metadata: {}, ...list(bad) };
    expect(said(customized((chart) => free(chart, list(inner))))).toContain('unknown-field mgmt/free.items.0.items.0.spec.sorce');
  });

  test('are told of once', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', labels: { a: 5 } }, stringData: { a: 'hunter2' } };
    const found = said(customized((chart) => free(chart, list(secret))));
    expect([...found].sort()).toEqual(['invalid-field mgmt/free.items.0.metadata.labels.a', 'secret-value mgmt/free.items.0.stringData.a']);
  });

  test('may be anything that is right', () => {
    expect(customized((chart) => free(chart, list(app(application()), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })))).toEqual([]);
  });
});

describe('what JSON patches and keys of code of users may not be', () => {
  test('a value that contains itself', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const [problem] = customized((chart) => chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/source/helm', { valuesObject: circle })));
    expect(problem).toMatchObject({ code: 'config-throws', message: expect.stringContaining("a patch of '/spec/source/helm': a value that contains itself") });
  });

  test('a symbol, which would be left out in silence', () => {
    const values = { [Symbol('x')]: 1, y: 2 };
    const source = { repoURL: 'https://example.com/web', path: 'web', helm: { valuesObject: values } };
    expect(said(problemsOf(apps({ web: application({ source }) })))).toEqual(['not-plain-data source.helm.valuesObject.Symbol(x)']);
    expect(said(problemsOf(apps({ web: application({ source: { ...source, helm: { valuesObject: () => values } } }) })))).toContain(
      'not-plain-data source.helm.valuesObject.Symbol(x)',
    );
    expect(said(customized((chart) => free(chart, { data: values })))).toEqual(['not-plain-data mgmt/free.data.Symbol(x)']);
    expect(said(inWorkloads((chart) => free(chart, { data: values })))).toEqual(['not-plain-data workloads.data.Symbol(x)']);
  });
});

describe('a manifest that was copied from a cluster', () => {
  const metadata = {
    name: 'free',
    uid: 'x',
    resourceVersion: '5',
    generation: 1,
    creationTimestamp: '2024-01-01T00:00:00Z',
    managedFields: [{ manager: 'x' }],
  };

  test('is told what to leave out', () => {
    const copied = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata, spec: application(), status: {}, operation: {} };
    const problems = [...problemsOf(apps({ web: copied })), ...customized((chart) => free(chart, copied))].filter(({ code }) => code === 'unknown-field');
    expect(problems).toHaveLength(5 + 7);
    for (const { hint } of problems) expect(hint).toMatch(/leave it out|beside the fields of the spec|the fields of the spec themselves/);
  });

  test('is a warning in what is no Application', () => {
    const problems = customized((chart) => free(chart, { metadata }));
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
    expect(said(problems)).toEqual(['managedFields', 'resourceVersion', 'uid'].map((key) => `unknown-field mgmt/free.metadata.${key}`));
  });
});

describe('code that gives two answers for one target', () => {
  const data = (chart: TargetChart, value: unknown) => void free(chart, { data: { a: String(value) } });

  /** Code by what is told of it. */
  const codes: readonly (readonly [string, () => (chart: TargetChart) => void, string])[] = [
    ['randomness', () => (chart) => data(chart, Math.random()), "another ConfigMap 'free' the second time"],
    [
      'a counter',
      () => {
        let calls = 0;
        return (chart) => data(chart, ++calls);
      },
      "another ConfigMap 'free' the second time",
    ],
    [
      'something that is declared at first alone',
      () => {
        let calls = 0;
        return (chart) => {
          new ApiObject(chart, 'always', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'always' } });
          if (++calls < 4) free(chart);
        };
      },
      "ConfigMap 'free' at first alone",
    ],
    [
      'something that is declared later',
      () => {
        let calls = 0;
        return (chart) => {
          new ApiObject(chart, 'always', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'always' } });
          if (++calls > 3) free(chart);
        };
      },
      "ConfigMap 'free' the second time alone",
    ],
    [
      'an error at some time',
      () => {
        let calls = 0;
        return (chart) => {
          if (++calls > 3) throw new Error('enough');
          free(chart);
        };
      },
      'objects at first, then it threw "enough"',
    ],
  ];

  test.each(codes)('is refused: %s', (_, make, found) => {
    for (const [problems, place] of [
      [customized(make()), 'customize'],
      [inWorkloads(make()), 'workloads'],
    ] as const) {
      const told = problems.filter(({ code }) => code === 'impure-function');
      expect(told).not.toEqual([]);
      for (const problem of told) expect(problem).toMatchObject({ found, place: [place] });
      expect(problems).toEqual(told);
    }
  });

  test('an app that is patched in another way each time is refused, and code that asks nothing else than the target is not', () => {
    const patch = (value: () => unknown) => customized((chart) => chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/revisionHistoryLimit', value())));
    let calls = 0;
    expect(said(patch(() => ++calls))).toEqual(['impure-function customize']);
    expect(patch(() => 3)).toEqual([]);
    expect(customized((chart) => data(chart, chart.target.path))).toEqual([]);
    expect(inWorkloads((chart) => data(chart, 'x'))).toEqual([]);
  });
});
