import { conflictsOf, type PatchFields } from '../../rollout/conflicts';
import { state } from './rollout-builder';

function patch(name: string, paths: readonly string[], ...fields: readonly string[]): PatchFields {
  return { state: state(paths, { patch: name }), fields: fields.map((field) => field.split('.')) };
}

describe('a conflict', () => {
  test('is a field that two patches set for common targets, with both of them', () => {
    expect(conflictsOf([patch('patch-001', ['int', 'prod/canary'], 'a.b', 'c'), patch('patch-002', ['int/int-1'], 'a.b', 'd')])).toEqual([
      { field: 'a.b', older: 'patch-001', newer: 'patch-002', targets: ['int/int-1/us', 'int/int-1/eu'], inverted: [] },
    ]);
  });

  test('names the targets at which the older one wins', () => {
    expect(conflictsOf([patch('patch-001', ['int/int-1/us', 'int/int-2'], 'a'), patch('patch-002', ['int/int-1', 'int/int-2'], 'a')])).toEqual([
      { field: 'a', older: 'patch-001', newer: 'patch-002', targets: ['int/int-1/us', 'int/int-2/us'], inverted: ['int/int-1/us'] },
    ]);
  });

  test('is a field below one that the other sets', () => {
    expect(conflictsOf([patch('a', ['int'], 'x.y'), patch('b', ['int'], 'x')]).map(({ field }) => field)).toEqual(['x.y']);
  });

  test('is found in every pair and every field', () => {
    const all = [patch('a', ['int'], 'x', 'y'), patch('b', ['int'], 'y', 'x'), patch('c', ['int'], 'y')];
    expect(conflictsOf(all).map(({ older, newer, field }) => `${older} ${newer} ${field}`)).toEqual(['a b x', 'a b y', 'a c y', 'b c y']);
  });

  test('is none without a common target, or without a common field', () => {
    expect(conflictsOf([patch('a', ['int'], 'x'), patch('b', ['prod'], 'x')])).toEqual([]);
    expect(conflictsOf([patch('a', ['int'], 'x'), patch('b', ['int'], 'xy', 'y.x')])).toEqual([]);
  });
});
