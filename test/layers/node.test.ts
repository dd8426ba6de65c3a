import { unset } from '../../layers/layer';
import { deepestNode, isUnset, leaves, plainOf, sayingNode, tryChild, tryFindNode } from '../../layers/node';
import { branchOf, layerIn } from '../builders/layers-builder';

const root = branchOf(layerIn('base.ts', { source: { helm: { values: { b: [1], a: null } } }, empty: {}, gone: unset, '10': 'ten', '9': 'nine' }));

describe('a branch', () => {
  test('lists the keys that are set, in code-unit order', () => {
    expect(root.keys).toEqual(['10', '9', 'empty', 'source']);
  });

  test('gives the same plain object every time', () => {
    expect(root.plain).toBe(root.plain);
    expect(root.plain).toEqual({ source: { helm: { values: { b: [1], a: null } } }, empty: {}, '10': 'ten', '9': 'nine' });
  });

  test('keeps the mark of a key that is unset, and shows it to nobody', () => {
    expect(isUnset(root.children['gone'])).toBe(true);
    expect(isUnset(root.children['empty'])).toBe(false);
    expect(isUnset(undefined)).toBe(false);
    expect(tryChild(root, 'gone')).toBeUndefined();
  });
});

describe('a node at a path', () => {
  test('is found where every step of the path is set', () => {
    const node = tryFindNode(root, ['source', 'helm', 'values', 'a']);
    expect(node && plainOf(node)).toBeNull();
    expect(tryFindNode(root, [])).toBe(root);
  });

  test.each([[['source', 'chart']], [['gone']], [['source', 'helm', 'values', 'b', '0']], [['toString']], [['10', 'length']]])('is not found at %p', (path) => {
    expect(tryFindNode(root, path)).toBeUndefined();
  });

  test('or the deepest one on the way to it', () => {
    expect(deepestNode(root, ['source', 'helm', 'parameters', 'x'])).toEqual({ node: tryFindNode(root, ['source', 'helm']), depth: 2 });
    expect(deepestNode(root, ['gone', 'x'])).toEqual({ node: root, depth: 0 });
  });
});

describe('leaves', () => {
  test('are scalars, lists and empty maps with their paths, in key order, without what is unset', () => {
    const found = [...leaves(root)].map(({ path, node }) => [path.join('.'), plainOf(node)]);
    expect(found).toEqual([
      ['10', 'ten'],
      ['9', 'nine'],
      ['empty', {}],
      ['source.helm.values.a', null],
      ['source.helm.values.b', [1]],
    ]);
  });

  test('of a map with nothing but unset keys are that map', () => {
    const gone = branchOf(layerIn('base.ts', { map: { a: unset } }));
    expect([...leaves(gone)].map(({ path, node }) => [path, plainOf(node)])).toEqual([[['map'], {}]]);
  });
});

describe('what says a field of a manifest', () => {
  const said = (...keys: readonly string[]) => sayingNode(root, keys)?.keys;

  test('is its value, or what stands in its way', () => {
    expect(said('source', 'helm', 'values', 'b')).toEqual(['source', 'helm', 'values', 'b']);
    expect(said('source', 'helm', 'values', 'b', '0', 'x')).toEqual(['source', 'helm', 'values', 'b']);
    expect(said('gone', 'x')).toEqual(['gone']);
    expect(said('empty')).toEqual(['empty']);
    expect(said('empty', 'x')).toEqual(['empty']);
    expect([said('missing'), said('toString')]).toEqual([undefined, undefined]);
  });

  test('is found by name or place where a map is rendered as a list', () => {
    const project = branchOf(layerIn('base.ts', { destinations: { own: { name: '*', namespace: 'web' }, other: { server: 'https://x' } } }));
    expect(sayingNode(project, ['destinations', '*', 'namespace'])?.keys).toEqual(['destinations', 'own', 'namespace']);
    expect(sayingNode(project, ['destinations', '0', 'server'])?.keys).toEqual(['destinations', 'other', 'server']);
    expect(sayingNode(project, ['destinations', '2', 'server'])).toBeUndefined();
  });

  test('is none of another name, or at another place, where a map stays one', () => {
    const values = branchOf(layerIn('base.ts', { source: { helm: { valuesObject: { a: 1, b: { name: 'c' }, sources: { d: 2 } } } } }));
    const asked = ['0', '1', 'c'].map((key) => [key]).concat([['sources', '0']]);
    expect(asked.map((keys) => sayingNode(values, ['source', 'helm', 'valuesObject', ...keys]))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
