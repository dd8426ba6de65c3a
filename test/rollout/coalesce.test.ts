import { coalesce, inSequence } from '../../rollout/coalesce';
import { state } from './rollout-builder';

const everywhere = () => true;

describe('coalescing', () => {
  test('lists a sector instead of its regions', () => {
    expect(coalesce(state(['int/int-1/us', 'int/int-1/eu']), everywhere)).toEqual({
      paths: ['int/int-1'],
      coalesced: [{ path: 'int/int-1', from: ['int/int-1/us', 'int/int-1/eu'] }],
      apart: [],
    });
  });

  test('lists an environment instead of its sectors', () => {
    expect(coalesce(state(['int/int-1', 'int/int-2', 'prod/canary']), everywhere).paths).toEqual(['int', 'prod/canary']);
  });

  test('goes on from regions to the environment, and tells it as one', () => {
    expect(coalesce(state(['int/int-1', 'int/int-2/us']), everywhere)).toEqual({
      paths: ['int'],
      coalesced: [{ path: 'int', from: ['int/int-1', 'int/int-2/us'] }],
      apart: [],
    });
  });

  test('leaves a node alone that is covered in part', () => {
    expect(coalesce(state(['int/int-1/us', 'prod/canary']), everywhere)).toEqual({ paths: ['int/int-1/us', 'prod/canary'], coalesced: [], apart: [] });
  });

  test('looks at targets of the cluster type only', () => {
    expect(coalesce(state(['int/int-1/eu'], { rendered: ['int/int-1/eu', 'prod'] }), everywhere).paths).toEqual(['int']);
  });

  test('keeps the finer paths where a target would be rendered otherwise, and names it', () => {
    const isSame = (target: string, _: readonly string[], after: readonly string[]) => target !== 'int/int-1/eu' || !after.includes('int');
    expect(coalesce(state(['int/int-1/us', 'int/int-1/eu', 'int/int-2']), isSame)).toEqual({
      paths: ['int/int-1', 'int/int-2'],
      coalesced: [{ path: 'int/int-1', from: ['int/int-1/us', 'int/int-1/eu'] }],
      apart: [{ path: 'int', target: 'int/int-1/eu' }],
    });
  });

  test('goes on to the environment where regions have to stay', () => {
    const isSame = (_: string, __: readonly string[], after: readonly string[]) => !after.includes('int/int-1');
    const { paths, apart } = coalesce(state(['int/int-1/us', 'int/int-1/eu', 'int/int-2']), isSame);
    expect([paths, apart]).toEqual([['int'], [{ path: 'int/int-1', target: 'int/int-1/us' }]]);
  });

  test('keeps the finer paths where something else speaks against it', () => {
    expect(coalesce(state(['int/int-1', 'int/int-2']), everywhere, () => 'int/int-2/us')).toEqual({
      paths: ['int/int-1', 'int/int-2'],
      coalesced: [],
      apart: [{ path: 'int', target: 'int/int-2/us' }],
    });
  });

  test('compares with where the patch was, step by step', () => {
    const seen: (readonly string[])[] = [];
    coalesce(state(['int/int-1/us', 'int/int-1/eu', 'int/int-2']), (_, before, after) => {
      seen.push(before, after);
      return true;
    });
    expect(seen.slice(0, 2)).toEqual([
      ['int/int-1/us', 'int/int-1/eu', 'int/int-2'],
      ['int/int-1', 'int/int-2'],
    ]);
    expect(seen.slice(-2)).toEqual([['int/int-1', 'int/int-2'], ['int']]);
  });

  test('names a path once where the patch of an adopted fleet sits at it and below it', () => {
    expect(coalesce(state(['int', 'int/int-1', 'int/int-2/us']), everywhere)).toMatchObject({
      paths: ['int'],
      coalesced: [{ path: 'int', from: ['int/int-1', 'int/int-2/us'] }],
    });
    expect(coalesce(state(['int', 'int/int-1']), () => false).paths).toEqual(['int', 'int/int-1']);
  });

  test('does not change its input', () => {
    const before = Object.freeze(state(Object.freeze(['int/int-1', 'int/int-2']) as string[]));
    coalesce(before, everywhere);
    expect(before.paths).toEqual(['int/int-1', 'int/int-2']);
  });
});

describe('paths in sequence', () => {
  test('are in the order of the hierarchy', () => {
    expect(inSequence(['prod/main', 'int/int-2', 'prod/canary', 'int/int-1/us'], state([]))).toEqual(['int/int-1/us', 'int/int-2', 'prod/canary', 'prod/main']);
  });

  test('keep one without targets behind what stands above it', () => {
    const rendered = ['int', 'prod/canary'];
    expect(inSequence(['prod/main', 'int/int-2', 'int/int-1'], state([], { rendered }))).toEqual(['int/int-1', 'int/int-2', 'prod/main']);
  });
});
