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

test('where the same layer says something else, nobody recorded why', () => {
  expect(compareStates(stateOf(fleet('1', '1'), record({})), stateOf(fleet('2', '2'), record({}))).changes).toMatchObject([{ cause: { now: [], before: [] } }]);
});
