import { compareStates } from '../../changes/compare-states';
import { application, stateOf } from '../builders/state-builder';

const manifests = (version: string) => ({
  'mgmt/stage/one/eu/templates/web.yaml': application({
    source: { targetRevision: version, chart: 'web' },
  }),
  'mgmt/stage/one/us/templates/web.yaml': application({
    source: { targetRevision: version, chart: 'web' },
  }),
});
const fields = ['source.targetRevision'];
const record = (layer: string, ...at: readonly string[]) => ({
  'mgmt/web': { rendered: ['*'], layers: [{ layer, at, fields }] },
});

test('values that come from another layer and say the same are counted, target by target', () => {
  const before = stateOf(manifests('1'), record('patch-001 stage', 'stage'));
  expect(compareStates(before, stateOf(manifests('1'), { 'mgmt/web': { rendered: ['*'], layers: [] } }))).toMatchObject({
    changes: [],
    moved: { values: 2, apps: 1 },
  });
  expect(compareStates(before, stateOf(manifests('1'), record('override stage', 'stage/one/eu')))).toMatchObject({ moved: { values: 2, apps: 1 } });
});

test('one that says something else is a change, and not counted', () => {
  const before = stateOf(manifests('1'), record('patch-001 stage', 'stage'));
  const { changes, moved } = compareStates(before, stateOf(manifests('2'), record('override stage', 'stage')));
  expect(moved).toEqual({ values: 0, apps: 0 });
  expect(changes).toMatchInlineSnapshot(`
   [
     {
       "after": "2",
       "app": "web",
       "before": "1",
       "cause": {
         "before": [
           "patch-001 stage",
         ],
         "now": [
           "override stage",
         ],
       },
       "clusterType": "mgmt",
       "field": "source.targetRevision",
       "kind": "field",
       "paths": [
         "*",
       ],
       "targets": [
         "stage/one/eu",
         "stage/one/us",
       ],
     },
   ]
  `);
});

test('what is not looked at is not counted, be it moved or another value, nor is what came', () => {
  const before = stateOf(manifests('1'), record('patch-001 stage', 'stage'));
  const moved = record('override stage', 'stage');
  expect(compareStates(before, stateOf(manifests('1'), moved), (_, target) => target === 'stage/one/eu').moved).toEqual({ values: 1, apps: 1 });
  expect(compareStates(before, stateOf(manifests('2'), moved), (_, target) => target === 'prod/one/eu').moved).toEqual({ values: 0, apps: 0 });
  const wider = { ...manifests('1'), 'mgmt/stage/one/asia/templates/web.yaml': application({ source: { targetRevision: '1', chart: 'web' } }) };
  expect(compareStates(before, stateOf(wider, moved))).toMatchObject({ changes: [{ kind: 'target-added' }], moved: { values: 2, apps: 1 } });
});

test('where nobody recorded layers, none moved', () => {
  expect(compareStates(stateOf(manifests('1')), stateOf(manifests('1'), record('override stage', 'stage'))).moved).toEqual({ values: 0, apps: 0 });
});
