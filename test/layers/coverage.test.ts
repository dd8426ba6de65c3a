import fc from 'fast-check';
import { Coverage, commonFields, fieldsAmong, fieldsOf } from '../../layers/coverage';
import { unset } from '../../layers/layer';
import { branchOf, layer, target } from '../builders/layers-builder';

const targets = ['int/a/us', 'int/a/eu', 'int/b/us', 'prod/a/us', 'prod/b/us'];

function coverage(...paths: readonly string[]): Coverage {
  return new Coverage(paths, targets);
}

describe('what a patch covers', () => {
  test('is every target at or below its paths, in sequence', () => {
    expect(coverage('prod/a', 'int/a/eu', 'int/b').covered).toEqual(['int/a/eu', 'int/b/us', 'prod/a/us']);
    expect(coverage().covered).toEqual([]);
  });

  test('is nothing below a path whose name only begins alike', () => {
    expect(new Coverage(['int/a', 'pro'], ['int/a-2/us', 'int/a/us', 'prod/a/us']).covered).toEqual(['int/a/us']);
  });

  test('is told by its most specific path', () => {
    const nested = coverage('int', 'int/a', 'int/a/us');
    expect([...targets.slice(0, 4), 'int'].map((path) => nested.placeAt(path))).toEqual(['int/a/us', 'int/a', 'int', undefined, 'int']);
  });

  test('may be asked of a path that is no target', () => {
    expect([coverage('int').covers('int/new/us'), coverage('int').covers('prod')]).toEqual([true, false]);
  });
});

describe('gaps', () => {
  test('are the targets before the furthest that are not covered', () => {
    expect(coverage('int/a/us', 'prod/a').gaps).toEqual(['int/a/eu', 'int/b/us']);
    expect(coverage('prod/b').gaps).toEqual(['int/a/us', 'int/a/eu', 'int/b/us', 'prod/a/us']);
  });

  test('are none where the patch covers the first targets, all or nothing', () => {
    expect([coverage('int/a').gaps, coverage('int', 'prod').gaps, coverage().gaps]).toEqual([[], [], []]);
  });

  test('and what is covered make a beginning of the sequence', () => {
    const chosen = fc.subarray(['int', 'int/a', ...targets, 'prod', 'prod/b']);
    fc.assert(
      fc.property(chosen, (paths) => {
        const { covered, gaps } = coverage(...paths);
        const all = [...covered, ...gaps].sort((a, b) => targets.indexOf(a) - targets.indexOf(b));
        expect(all).toEqual(targets.slice(0, all.length));
        expect(gaps).not.toContain(all[all.length - 1]);
      }),
    );
  });
});

describe('an inversion', () => {
  test('is where the older patch sits at a more specific path', () => {
    expect(coverage('int/a', 'prod/a/us', 'prod/b').inversions(coverage('int', 'prod/a'))).toEqual(['int/a/us', 'int/a/eu', 'prod/a/us']);
  });

  test('is none at the same path, at a broader one, or where only one of them is', () => {
    expect(coverage('int', 'prod/a').inversions(coverage('int', 'prod/a/us'))).toEqual([]);
    expect(coverage('int/a/us').inversions(coverage('prod'))).toEqual([]);
    expect(coverage('int/a').inversions(coverage())).toEqual([]);
  });

  test('is told by the most specific path of each', () => {
    expect(coverage('int', 'int/a/us').inversions(coverage('int', 'int/a'))).toEqual(['int/a/us']);
  });
});

describe('the fields of a layer', () => {
  test('are the keys down to every scalar, list and empty map, and to what it unsets', () => {
    const values = { source: { targetRevision: '1', helm: { parameters: [{ name: 'a' }], valuesObject: {} } }, syncPolicy: unset, labels: { team: null } };
    expect(fieldsOf(branchOf(layer(values))).map((field) => field.join('.'))).toEqual([
      'labels.team',
      'source.helm.parameters',
      'source.helm.valuesObject',
      'source.targetRevision',
      'syncPolicy',
    ]);
  });

  test('of an empty layer are none', () => {
    expect(fieldsOf(branchOf(layer({})))).toEqual([]);
  });

  test('are those of all targets where a function sets more at one than at another', () => {
    const values = ({ sector }: { readonly sector: string }) => (sector === 'b' ? { b: 1, both: 1 } : { a: 1, both: 1 });
    expect(fieldsAmong(layer(values), targets.map(target))).toEqual([['a'], ['both'], ['b']]);
    expect(fieldsAmong(layer(values), [])).toEqual([]);
  });
});

describe('common fields', () => {
  test('are equal, or one is below the other', () => {
    const first = [['a', 'b'], ['c'], ['d', 'e', 'f'], ['g']];
    expect(commonFields(first, [['a', 'b'], ['c', 'x'], ['d']])).toEqual([['a', 'b'], ['c'], ['d', 'e', 'f']]);
  });

  test('are none where names only begin alike, or a key holds a dot', () => {
    expect(commonFields([['ab'], ['a.b']], [['a'], ['a', 'b']])).toEqual([]);
  });
});
