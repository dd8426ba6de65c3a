import { ToldRecorder } from '../../layers/charts/told-values';
import type { Branch } from '../../layers/node';
import { collapser } from '../../layers/path-set';
import { type AppRecord, RecordReader } from '../../layers/record';
import { appRecordText } from '../../store/output/record-text';
import { appRecord } from '../../store/state/git-state';
import { readRendered } from '../../store/yaml/read-rendered';
import { branchOf, layer } from '../builders/layers-builder';

const targets = ['int/eu', 'int/us', 'prod/us'];

const said = (valuesObject: object, more: object = {}) => branchOf(layer({ project: 'p', source: { helm: { valuesObject } }, ...more }));

/** What is recorded where an app says something at each target. */
function recordOf(...values: readonly Branch[]): AppRecord {
  const recorder = new ToldRecorder();
  for (const [index, one] of values.entries()) recorder.add(targets[index] as string, one);
  return { rendered: ['*'], layers: [], ...recorder.record(collapser(targets)) };
}

const told = (values: Branch) => new RecordReader(recordOf(values)).told(targets[0] as string);

test('what charts are told is recorded by its field, in as few places as can be, and nothing of what it says', () => {
  const all = said({ a: 'secret', list: [1, { b: 2 }] }, { kubernetes: '1.33' });
  const record = recordOf(all, all, said({ a: 'other', list: [1, { b: 2 }] }, { kubernetes: '1.33' }));
  expect(record.told?.map(({ at, values }) => [at, values.map((value) => value.split(' ')[0])])).toEqual([
    [['*'], ['kubernetes', 'source.helm.valuesObject.list']],
    [['int'], ['source.helm.valuesObject.a']],
    [['prod'], ['source.helm.valuesObject.a']],
  ]);
  expect(JSON.stringify(record)).not.toMatch(/secret|other/);
});

test('another value is another one, whichever kind it is of, and the order of keys is none', () => {
  const values = ['1', 1, true, 'true', null, {}, [], [1], [{ a: 1, b: 2 }], ''];
  const digests = values.map((a) => told(said({ a }))?.get('source.helm.valuesObject.a'));
  expect(new Set(digests).size).toBe(values.length);
  expect(told(said({ a: [{ b: 2, a: 1 }] }))?.get('source.helm.valuesObject.a')).toBe(digests[8]);
});

test('it reads as it was written, and where nobody recorded it nothing is known', () => {
  const record = recordOf(said({ 'a.b c': '1' }), said({ 'a.b c': '2' }), said({ 'a.b c': '1', d: 1 }));
  const text = appRecordText('apps/web.yaml', record);
  expect(appRecord(readRendered(text) as never)).toEqual(record);
  const reader = new RecordReader(record);
  const [one, other, last] = targets.map((target) => reader.told(target));
  expect([...(one?.keys() ?? [])]).toEqual(["source.helm.valuesObject.'a.b c'"]);
  expect(one).not.toEqual(other);
  expect([...(last ?? [])].slice(0, 1)).toEqual([...(one ?? [])]);
  expect(new RecordReader({ rendered: ['*'], layers: [] }).told('int/eu')).toBeUndefined();
  expect(appRecord({ rendered: [], layers: [], told: [null, { at: 1 }] } as never).told).toEqual([
    { at: [], values: [] },
    { at: [], values: [] },
  ]);
});
