import fc from 'fast-check';
import { Hierarchy, type HierarchyNode, isAtOrBelow } from '../../layers/hierarchy';
import { namesInOrder } from '../../layers/law/sequence';
import { areLooser, type Wave, waveEnds, wrongWaves } from '../../layers/law/waves';
import { rolloutNodes } from '../../layers/patch-state';

const orderOf = (...lists: readonly (readonly string[])[]) => namesInOrder(lists.map((names, index) => ({ of: `t${index}`, names })));

describe('names of several lists', () => {
  test('come in the order in which they appear, as far as that fits all lists', () => {
    expect(orderOf(['dev', 'prod'], ['dev', 'stage', 'prod']).names).toEqual(['dev', 'stage', 'prod']);
    expect(orderOf(['prod'], ['dev', 'prod'], ['dev', 'prod', 'after']).names).toEqual(['dev', 'prod', 'after']);
    expect(orderOf(['b'], ['a'], ['c', 'b']).names).toEqual(['a', 'c', 'b']);
    expect(orderOf()).toEqual({ names: [] });
  });

  test('that contradict each other have an order all the same, and who contradicts whom is told', () => {
    expect(orderOf(['dev', 'stage', 'prod'], ['prod', 'dev'])).toEqual({
      names: ['dev', 'stage', 'prod'],
      contradiction: [
        { before: 'dev', after: 'prod', of: 't0' },
        { before: 'prod', after: 'dev', of: 't1' },
      ],
    });
    expect(orderOf(['a', 'b'], ['b', 'c'], ['c', 'a']).contradiction).toEqual([
      { before: 'a', after: 'b', of: 't0' },
      { before: 'b', after: 'c', of: 't1' },
      { before: 'c', after: 'a', of: 't2' },
    ]);
  });

  test('have an order that fits every list, or a contradiction that goes round', () => {
    const lists = fc.array(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e']), { maxLength: 4 });
    fc.assert(
      fc.property(lists, (all) => {
        const { names, contradiction } = orderOf(...all);
        expect([...names].sort()).toEqual([...new Set(all.flat())].sort());
        const fits = all.every((list) => list.every((name, index) => index === 0 || names.indexOf(list[index - 1] as string) < names.indexOf(name)));
        expect(fits).toBe(contradiction === undefined);
        for (const [index, { before, after, of }] of (contradiction ?? []).entries()) {
          const list = all[Number(of.slice(1))] as readonly string[];
          expect(list.indexOf(before)).toBeLessThan(list.indexOf(after));
          expect(contradiction?.[(index + 1) % contradiction.length]?.before).toBe(after);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const node = (name: string, children: readonly HierarchyNode[] = [], more: Partial<HierarchyNode> = {}): HierarchyNode => ({ name, children, ...more });
const dimensions = ['tenant', 'environment', 'cluster'].map((singular) => ({ singular, plural: `${singular}s` }));
const tenants = [
  node('t1', [node('dev', [node('a'), node('b')]), node('prod', [node('c')], { waves: [1] })]),
  node('t2', [node('empty'), node('dev', [node('d')]), node('prod', [node('e')], { promotion: 'manual' })], { waves: ['50%'] }),
];

describe('a sequence by what is not outermost', () => {
  const fleet = new Hierarchy(dimensions, tenants, { first: 1, waves: ['rest'] });

  test('has all nodes of a name before those of the next, and what nothing lies in at the end', () => {
    expect(fleet.targets.map(({ path }) => path)).toEqual(['t1/dev/a', 't1/dev/b', 't2/dev/d', 't1/prod/c', 't2/prod/e']);
    expect(fleet.paths.filter((path) => path.split('/').length < 3)).toEqual(['t1', 't1/dev', 't2', 't2/dev', 't1/prod', 't2/prod', 't2/empty']);
    expect(new Hierarchy(dimensions, tenants).paths.slice(0, 4)).toEqual(['t1', 't1/dev', 't1/dev/a', 't1/dev/b']);
  });

  test('has ranks that ask for what one of their nodes asks, and these no more', () => {
    expect(fleet.ranks.map(({ path, promotion }) => [path, promotion])).toEqual([
      ['*/empty', 'automated'],
      ['*/dev', 'automated'],
      ['*/prod', 'manual'],
    ]);
    expect(fleet.gates).toEqual(['*/prod']);
    expect(new Hierarchy(dimensions, tenants).gates).toEqual(['t2/prod']);
    const { nodes, ranks } = rolloutNodes(fleet, ['t1/dev/a', 't2/prod/e']);
    expect(nodes.filter(({ promotion }) => promotion === 'manual')).toEqual([]);
    expect(ranks?.map(({ path, targets }) => [path, targets])).toEqual([
      ['*/dev', ['t1/dev/a']],
      ['*/prod', ['t2/prod/e']],
    ]);
  });

  test('has waves as they are said nearest', () => {
    expect(Object.fromEntries(fleet.nodes.map(({ path, waves }) => [path, waves]))).toMatchObject({
      t1: ['rest'],
      't1/dev/a': ['rest'],
      't1/prod': [1],
      't1/prod/c': [1],
      t2: ['50%'],
      't2/prod/e': ['50%'],
    });
  });
});

test('what lies in a rank has its name at its depth', () => {
  expect(['t1/dev', 't1/dev/a', '*/dev'].map((path) => isAtOrBelow(path, '*/dev'))).toEqual([true, true, true]);
  expect(['t1', 'dev', 't1/deva', 't1/prod/dev', '*', '*/prod'].map((path) => isAtOrBelow(path, '*/dev'))).toEqual([false, false, false, false, false, false]);
  expect(isAtOrBelow('*/dev', '*')).toBe(true);
});

describe('waves', () => {
  test('are a number, a share rounded up, and what is left', () => {
    expect(waveEnds([1, '10%', 'rest'], 25)).toEqual([1, 4, 25]);
    expect(waveEnds([1, '10%', 'rest'], 1)).toEqual([1]);
    expect(waveEnds([1, '10%'], 2)).toEqual([1, 2]);
    expect(waveEnds(['10%'], 10)).toEqual([1, 10]);
    expect(waveEnds(['0.1%', '33.3%'], 3)).toEqual([1, 2, 3]);
    expect(waveEnds(['100%', 1], 7)).toEqual([7]);
    expect(waveEnds([5, 5], 8)).toEqual([5, 8]);
  });

  test('end with all of the targets, and each has one more at least', () => {
    const wave = fc.oneof(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 100 }).map((share): Wave => `${share}%`),
    );
    fc.assert(
      fc.property(fc.array(wave, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.integer({ min: 1, max: 50 }), (some, hasRest, count) => {
        const waves: readonly Wave[] = hasRest ? [...some, 'rest'] : some;
        expect(wrongWaves(waves)).toBeUndefined();
        const ends = waveEnds(waves, count);
        expect(ends.at(-1)).toBe(count);
        expect(ends.every((end, index) => end > (ends[index - 1] ?? 0))).toBe(true);
        expect(waveEnds(some, count)).toEqual(ends);
      }),
    );
  });

  test('are looser where anything is entered together that was not', () => {
    expect(areLooser([1, 'rest'], [1, '10%', 'rest'])).toBe(true);
    expect(areLooser([1, '10%', 'rest'], [1, 'rest'])).toBe(false);
    expect(areLooser([1, 'rest'], [1])).toBe(false);
    expect(areLooser([2], [1])).toBe(true);
  });

  test.each([
    [{}, undefined, "'waves' has the wrong type", 'a map'],
    [[], undefined, "'waves' is empty", 'an empty list'],
    [[1, '110%'], 1, 'the wave 110% is more than the whole node', "the string '110%'"],
    [[0], 0, "there is no such wave in 'waves'", 'the number 0'],
    [[1, -1], 1, "there is no such wave in 'waves'", 'the number -1'],
    [[1.5], 0, "there is no such wave in 'waves'", 'the number 1.5'],
    [['0%'], 0, "there is no such wave in 'waves'", "the string '0%'"],
    [['10'], 0, "there is no such wave in 'waves'", "the string '10'"],
    [['most'], 0, "there is no such wave in 'waves'", "the string 'most'"],
    [[1, 'rest', 1], 2, "nothing is left behind the wave 'rest'", 'the number 1'],
  ])('%j are none', (written, index, message, found) => {
    expect(wrongWaves(written)).toEqual({ message, found, expected: expect.any(String), ...(index === undefined ? {} : { index }) });
  });
});
