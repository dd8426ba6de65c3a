import { compareStates } from '../../changes/compare-states';
import type { Content } from '../../changes/state';
import type { AppRecord } from '../../layers/record';
import { application, type Manifests, stateOf } from '../builders/state-builder';

const targets = ['mgmt/stage/one/eu', 'mgmt/stage/one/us'];

/** An opened app whose object says one thing at each target. */
function fleet(...said: readonly string[]): Manifests {
  return Object.fromEntries(
    targets.flatMap((target, index): readonly (readonly [string, Content])[] => [
      [`${target}/templates/web.yaml`, application({ source: { path: `dist/${target}/manifests/web` } })],
      [`${target}/manifests/web/configmap-web.yaml`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { a: said[index] ?? '' } }],
    ]),
  );
}

/** @param layers by their names: where they win, and in what */
function record(layers: Readonly<Record<string, readonly [at: string, ...fields: readonly string[]]>>): { readonly 'mgmt/web': AppRecord } {
  const recorded = Object.entries(layers).map(([layer, [at, ...fields]]) => ({ layer, at: [at], fields }));
  return { 'mgmt/web': { rendered: ['stage'], layers: recorded } };
}

const [version, value] = ['source.targetRevision', 'source.helm.valuesObject.a'];

test('an object of an opened chart changes because of the layer that says something new to the chart, its version first', () => {
  const [before, after] = [
    stateOf(fleet('1', '1'), record({})),
    stateOf(fleet('2', '1'), record({ 'patch-001 stage/one/eu': ['stage/one/eu', value, version] })),
  ];
  const { changes, moved } = compareStates(before, after);
  expect(changes).toMatchObject([
    { field: 'data.a', targets: ['stage/one/eu'], cause: { now: ['patch-001 stage/one/eu'], before: ['base'], of: { app: 'web', field: version } } },
  ]);
  // Both fields are other ones now: nothing moved.
  expect(moved).toEqual({ values: 0, apps: 0 });
});

test('what moves to another layer where its objects stay the same says the same', () => {
  const [before, after] = [fleet('1', '1'), fleet('1', '1')].map((files, index) =>
    stateOf(files, record(index === 0 ? {} : { 'override stage': ['stage', version] })),
  );
  expect(compareStates(before as never, after as never)).toMatchObject({ changes: [], moved: { values: 2, apps: 1 } });
});

/** What its chart is told at a place, beside the layers of {@link record}. */
function told(layers: Parameters<typeof record>[0], ...values: readonly (readonly [at: string, ...values: readonly string[]])[]) {
  const { 'mgmt/web': app } = record(layers);
  return { 'mgmt/web': { ...app, told: values.map(([at, ...digests]) => ({ at: [at], values: digests })) } };
}

const override = { 'override stage/one/us': ['stage/one/us', value] } as const;

test('where the same layer says something else, it is that of the values that are other ones', () => {
  const [before, after] = [
    stateOf(fleet('1', '1'), told(override, ['*', `${version} 1`], ['stage/one/eu', `${value} 1`], ['stage/one/us', `${value} 2`])),
    stateOf(fleet('2', '3'), told(override, ['*', `${version} 2`, 'kubernetes 1'], ['stage/one/eu', `${value} 1`], ['stage/one/us', `${value} 3`])),
  ];
  expect(compareStates(before, after).changes).toMatchObject([
    {
      targets: ['stage/one/eu'],
      cause: { now: ['base'], before: ['base'], of: { clusterType: 'mgmt', app: 'web', field: version } },
    },
    {
      targets: ['stage/one/us'],
      cause: {
        now: ['base', 'override stage/one/us'],
        before: ['base', 'override stage/one/us'],
        of: { field: version },
        besides: [{ field: 'kubernetes' }, { field: value }],
      },
    },
  ]);
});

test('an object that comes or goes says whose values it comes from; a value that is gone says nothing any more', () => {
  const more = Object.fromEntries(
    targets.map((target) => [`${target}/manifests/web/job-web.yaml`, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'web' } }]),
  );
  const [few, many] = [
    stateOf(fleet('1', '1'), told({}, ['*', `${version} 1`])),
    stateOf({ ...fleet('1', '1'), ...more }, told({ defaults: ['*', value] }, ['*', `${version} 1`, `${value} 1`])),
  ];
  expect(compareStates(few, many).changes).toMatchObject([{ kind: 'object-added', cause: { now: ['defaults'], before: [], of: { field: value } } }]);
  expect(compareStates(many, few).changes).toMatchObject([{ kind: 'object-removed', cause: { now: [], before: ['defaults'], of: { field: value } } }]);
});

test('where a chart is told the same, no layer says what it makes of it now', () => {
  const [before, after] = [fleet('1', '1'), fleet('2', '2')].map((files) => stateOf(files, told({}, ['*', `${version} 1`])));
  expect(compareStates(before as never, after as never).changes).toMatchObject([{ cause: { now: [], before: [] } }]);
});

test('of an app that is not opened its own manifest says what its chart is told', () => {
  const closed = (a: string, path = 'charts/web') =>
    Object.fromEntries(
      Object.entries(fleet(a, '1')).map(([file, content]) => [
        file,
        file.includes('/templates/') ? application({ source: { path, helm: { valuesObject: file.includes('/eu/') ? { a } : {} } } }) : content,
      ]),
    );
  const layers = record({ 'override stage/one/eu': ['stage/one/eu', value] });
  const { changes } = compareStates(stateOf(closed('1'), layers), stateOf(closed('2'), layers));
  expect(changes).toMatchObject([
    { field: value, cause: { now: ['override stage/one/eu'] } },
    { object: 'manifests/configmap-web', field: 'data.a', cause: { now: ['override stage/one/eu'], of: { field: value } } },
  ]);
});

test('where the same layer says something else, and nobody recorded what, nobody knows why', () => {
  expect(compareStates(stateOf(fleet('1', '1'), record({})), stateOf(fleet('2', '2'), record({}))).changes).toMatchObject([{ cause: { now: [], before: [] } }]);
});
