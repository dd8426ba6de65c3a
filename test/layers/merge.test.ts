import fc from 'fast-check';
import { unset } from '../../layers/layer';
import { merge } from '../../layers/merge';
import { Branch, Leaf, leaves, plainOf, tryFindNode } from '../../layers/node';
import {
  agreeing,
  authored,
  authoredAt,
  branchOf,
  canonical,
  deepFreeze,
  isMapValue,
  layerIn,
  leafPaths,
  mergeAll,
  provenance,
} from '../builders/layers-builder';

/** The merge law a second time, in as few words as possible. */
function oracle(broad: Readonly<Record<string, unknown>>, narrow: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged: Record<string, unknown> = Object.assign(Object.create(null), broad);
  for (const [key, value] of Object.entries(narrow)) {
    const below = merged[key];
    if (value === unset) delete merged[key];
    else merged[key] = isMapValue(value) ? oracle(isMapValue(below) ? below : {}, value) : value;
  }
  return merged;
}

function merged(...layers: readonly unknown[]): Branch {
  return mergeAll(layers.map((values, index) => layerIn(`${index}.ts`, values)));
}

/** The file that set a value, and the files and values of what it hid. */
function story(root: Branch, ...path: readonly string[]) {
  const node = tryFindNode(root, path);
  return { file: node?.source.file, hid: node?.hid.map(({ source, value }) => [source.file, value]) };
}

describe('the merge law', () => {
  test('maps merge deeply', () => {
    expect(merged({ a: { b: { c: 1 } } }, { a: { b: { d: 2 }, e: 3 } }).plain).toEqual({ a: { b: { c: 1, d: 2 }, e: 3 } });
  });

  test('a list is replaced whole, by a shorter and by an empty one', () => {
    expect(merged({ a: [1, 2, 3] }, { a: [4] }).plain).toEqual({ a: [4] });
    expect(merged({ a: [1, 2, 3] }, { a: [] }).plain).toEqual({ a: [] });
  });

  test('maps inside lists are not merged', () => {
    expect(merged({ a: [{ name: 'x', value: 1 }] }, { a: [{ name: 'x' }] }).plain).toEqual({ a: [{ name: 'x' }] });
  });

  test('a scalar is replaced, by a falsy one too', () => {
    expect(merged({ a: 1, b: true, c: 'x' }, { a: 0, b: false, c: '' }).plain).toEqual({ a: 0, b: false, c: '' });
  });

  test('null is a value', () => {
    expect(merged({ a: { b: 1 } }, { a: null }).plain).toEqual({ a: null });
    expect(merged({ a: null }, { a: { b: 1 } }).plain).toEqual({ a: { b: 1 } });
  });

  test('unset removes a key, and a map as a whole', () => {
    expect(merged({ a: 1, b: { c: 2 }, d: 3 }, { a: unset, b: unset }).plain).toEqual({ d: 3 });
  });

  test('unset stays where it is, so that only a narrower layer brings the key back', () => {
    expect(merged({ a: { b: 1, c: 2 } }, { a: unset }, { a: { d: 3 } }).plain).toEqual({ a: { d: 3 } });
    expect(merged({ a: unset }, { b: 1 }).plain).toEqual({ b: 1 });
  });

  test('undefined sets nothing', () => {
    expect(merged({ a: 1, b: { c: 2 } }, { a: undefined, b: { c: undefined } }).plain).toEqual({ a: 1, b: { c: 2 } });
  });

  test('an empty map over a map changes nothing, over a scalar it replaces it', () => {
    expect(merged({ a: { b: 1 }, c: 2 }, { a: {}, c: {} }).plain).toEqual({ a: { b: 1 }, c: {} });
  });

  test.each(['toString', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', '__defineGetter__', '0', '42', '', 'length'])(
    'the key %p is a key like any other',
    (key) => {
      const root = merged({ map: { [key]: { broad: 1 } } }, { map: { [key]: { narrow: 2 } } });
      expect(canonical(root.plain)).toBe(canonical({ map: { [key]: { broad: 1, narrow: 2 } } }));
      expect(canonical(merged({ [key]: 1 }, { other: 2 }).plain)).toBe(canonical({ [key]: 1, other: 2 }));
      expect(tryFindNode(merged({}), [key])).toBeUndefined();
    },
  );

  test('random layers merge as a plain recursive merge says', () => {
    fc.assert(
      fc.property(fc.array(authored, { maxLength: 5 }), (layers) => {
        expect(canonical(merged(...layers).plain)).toBe(canonical(layers.reduce(oracle, {})));
      }),
      { numRuns: 500 },
    );
  });

  test('an empty layer, wherever it stands, changes neither values nor provenance', () => {
    fc.assert(
      fc.property(fc.array(authored, { minLength: 1, maxLength: 3 }), fc.nat(3), (layers, at) => {
        const files = layers.map((values, index) => layerIn(`${index}.ts`, values));
        const withEmpty = [...files.slice(0, at), layerIn('empty.ts', {}), ...files.slice(at)];
        expect(provenance(mergeAll(withEmpty))).toEqual(provenance(mergeAll(files)));
      }),
    );
  });

  test('merging with an empty layer gives the very same branch', () => {
    const root = merged({ a: { b: 1 } });
    expect(merge(root, branchOf(layerIn('empty.ts', {})))).toBe(root);
  });

  test('merging is associative, provenance included, where layers agree on what is a map', () => {
    fc.assert(
      fc.property(agreeing, agreeing, agreeing, (a, b, c) => {
        const [broad, middle, narrow] = [a, b, c].map((values, index) => branchOf(layerIn(`${index}.ts`, values))) as [Branch, Branch, Branch];
        const left = merge(merge(broad, middle), narrow);
        const right = merge(broad, merge(middle, narrow));
        expect(canonical(right.plain)).toBe(canonical(left.plain));
        expect(provenance(right)).toEqual(provenance(left));
      }),
      { numRuns: 300 },
    );
  });

  test('a scalar between two maps cuts the first one off: layers are folded from the broadest on', () => {
    expect(merged({ a: { b: 1 } }, { a: 'scalar' }, { a: { c: 2 } }).plain).toEqual({ a: { c: 2 } });
  });
});

describe('inputs', () => {
  test('are never written to, however deep', () => {
    fc.assert(
      fc.property(fc.array(authored, { minLength: 2, maxLength: 4 }), (layers) => {
        const before = layers.map(canonical);
        const together = canonical(merged(...layers).plain);
        layers.forEach(deepFreeze);
        expect(canonical(merged(...layers).plain)).toBe(together);
        expect(layers.map(canonical)).toEqual(before);
      }),
    );
  });

  test('are never written to when they are branches that other targets share', () => {
    const base = branchOf(layerIn('base.ts', { a: { b: 1, c: [1] }, d: 2 }));
    const narrow = branchOf(layerIn('narrow.ts', { a: { b: 9, e: 3 } }));
    const before = [provenance(base), provenance(narrow)];
    merge(base, narrow);
    expect([provenance(base), provenance(narrow)]).toEqual(before);
  });

  test('cannot be changed through the result: its lists and maps are frozen copies', () => {
    const list = [{ name: 'x' }];
    const { plain } = merged({ list, map: { a: 1 } });
    list[0] = { name: 'changed' };
    expect(plain).toEqual({ list: [{ name: 'x' }], map: { a: 1 } });
    expect([plain, plain['list'], plain['map'], (plain['list'] as unknown[])[0]].every(Object.isFrozen)).toBe(true);
  });
});

describe('sharing', () => {
  test('a branch that only one side sets is that very branch', () => {
    const base = branchOf(layerIn('base.ts', { helm: { deep: { a: 1 } }, source: { url: 'x' } }));
    const narrow = branchOf(layerIn('narrow.ts', { source: { revision: 'y' }, sync: { auto: true } }));
    const root = merge(base, narrow);
    expect(root.children['helm']).toBe(base.children['helm']);
    expect(root.children['sync']).toBe(narrow.children['sync']);
    expect(root.children['source']).not.toBe(base.children['source']);
    expect((root.children['source'] as Branch).children['url']).toBe((base.children['source'] as Branch).children['url']);
  });

  test('so the plain data of an untouched branch is the same object at every target', () => {
    const base = branchOf(layerIn('base.ts', { helm: { deep: { a: 1 } }, source: { url: 'x' } }));
    const here = merge(base, branchOf(layerIn('a.ts', { source: { url: 'a' } })));
    const there = merge(base, branchOf(layerIn('b.ts', { source: { url: 'b' } })));
    expect(here.plain['helm']).toBe(there.plain['helm']);
  });
});

describe('provenance', () => {
  test('a leaf names the layer that set it and all that it hid, the nearest first', () => {
    const root = merged({ a: { b: 1, c: 'kept' } }, { a: { b: 2 } }, { a: { b: 3 } });
    expect(story(root, 'a', 'b')).toEqual({
      file: '2.ts',
      hid: [
        ['1.ts', 2],
        ['0.ts', 1],
      ],
    });
    expect(story(root, 'a', 'c')).toEqual({ file: '0.ts', hid: [] });
  });

  test('an equal value hides too: whoever removes the narrower layer must know', () => {
    expect(story(merged({ a: 1 }, { a: 1 }), 'a')).toEqual({ file: '1.ts', hid: [['0.ts', 1]] });
  });

  test('a list names the layer that set it as a whole', () => {
    expect(story(merged({ a: [1] }, { a: [2, 3] }), 'a')).toEqual({ file: '1.ts', hid: [['0.ts', [1]]] });
  });

  test('a scalar over a map hid the map', () => {
    expect(story(merged({ a: { b: 1 } }, { a: 2 }), 'a')).toEqual({ file: '1.ts', hid: [['0.ts', { b: 1 }]] });
  });

  test('a map over a scalar hid the scalar, and its children hid nothing', () => {
    const root = merged({ a: 1 }, { a: { b: 2 } });
    expect(story(root, 'a')).toEqual({ file: '1.ts', hid: [['0.ts', 1]] });
    expect(story(root, 'a', 'b')).toEqual({ file: '1.ts', hid: [] });
  });

  test('what a map hid is remembered when narrower layers add to the map', () => {
    const root = merged({ a: 1 }, { a: { b: 2 } }, { a: { c: 3 } });
    expect(story(root, 'a')).toEqual({ file: '1.ts', hid: [['0.ts', 1]] });
    expect(story(root, 'a', 'c')).toEqual({ file: '2.ts', hid: [] });
  });

  test('an unset key remembers what it removed, and what sets it again hid the unset', () => {
    const removed = merged({ a: 1 }, { a: unset }).children['a'];
    expect(removed?.source.file).toBe('1.ts');
    expect(removed?.hid.map(({ source, value }) => [source.file, value])).toEqual([['0.ts', 1]]);
    expect(story(merged({ a: 1 }, { a: unset }, { a: 2 }), 'a').hid).toEqual([
      ['1.ts', unset],
      ['0.ts', 1],
    ]);
  });

  test('every leaf names a layer that really says so at that path', () => {
    fc.assert(
      fc.property(fc.array(authored, { minLength: 1, maxLength: 5 }), (layers) => {
        for (const { path, node } of leafPaths(merged(...layers))) {
          const by = authoredAt(layers[Number.parseInt(node.source.file ?? '', 10)], path);
          expect([path, by.found, canonical(by.value)]).toEqual([path, true, canonical((node as Leaf).value)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('everything that a leaf hid is named with the layer that really says so', () => {
    fc.assert(
      fc.property(fc.array(authored, { minLength: 2, maxLength: 5 }), (layers) => {
        for (const { path, node } of leafPaths(merged(...layers))) {
          for (const { source, value } of node.hid) {
            const by = authoredAt(layers[Number.parseInt(source.file ?? '', 10)], path);
            // A map that several layers made is named after the first of them.
            if (isMapValue(value)) expect(isMapValue(by.value)).toBe(true);
            else expect([path, canonical(by.value)]).toEqual([path, canonical(value)]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a leaf hid exactly the broader layers that set the same path, none left out', () => {
    fc.assert(
      fc.property(fc.array(agreeing, { minLength: 2, maxLength: 5 }), (layers) => {
        for (const { path, node } of leafPaths(merged(...layers))) {
          const setters = layers.flatMap((values, index) => (authoredAt(values, path).found ? [`${index}.ts`] : [])).reverse();
          expect([node.source.file, ...node.hid.map(({ source }) => source.file)]).toEqual(setters);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the leaves of the result are the leaves of its plain data', () => {
    fc.assert(
      fc.property(fc.array(authored, { maxLength: 4 }), (layers) => {
        const root = merged(...layers);
        for (const { path, node } of leaves(root)) {
          if (path.length === 0) continue;
          expect(canonical(authoredAt(root.plain, path).value)).toBe(canonical(plainOf(node)));
        }
      }),
    );
  });

  test('a leaf is a leaf and a map is a branch', () => {
    const root = merged({ list: [1], map: {}, text: 'x' });
    expect([root.children['list'], root.children['text']].every((node) => node instanceof Leaf)).toBe(true);
    expect(root.children['map']).toBeInstanceOf(Branch);
  });
});
