import { defaultDimensions, Hierarchy, type HierarchyNode, isAtOrBelow } from '../../layers/hierarchy';

/** A node with its children: `node('a', 'b', node('c'))`. */
function node(name: string, ...children: readonly (HierarchyNode | string)[]): HierarchyNode {
  return { name, children: children.map((child) => (typeof child === 'string' ? node(child) : child)) };
}

const fleet = new Hierarchy(defaultDimensions, [
  node('production', node('z-first', 'us-east1', 'europe-west1'), node('a-second', 'us-east1')),
  node('integration', node('empty-sector'), node('int-sector-1', 'us-central1')),
]);

describe('a hierarchy', () => {
  test('lists every node depth-first, in the order in which nodes are written', () => {
    expect(fleet.paths).toEqual([
      'production',
      'production/z-first',
      'production/z-first/us-east1',
      'production/z-first/europe-west1',
      'production/a-second',
      'production/a-second/us-east1',
      'integration',
      'integration/empty-sector',
      'integration/int-sector-1',
      'integration/int-sector-1/us-central1',
    ]);
  });

  test('has a target for every complete path, and for no other', () => {
    expect(fleet.targets.map(({ names }) => names)).toEqual([
      ['production', 'z-first', 'us-east1'],
      ['production', 'z-first', 'europe-west1'],
      ['production', 'a-second', 'us-east1'],
      ['integration', 'int-sector-1', 'us-central1'],
    ]);
  });

  test('knows the node at a path', () => {
    expect(fleet.has('production/z-first')).toBe(true);
    expect(fleet.has('integration/empty-sector')).toBe(true);
    expect(['', 'production/', 'z-first', 'production/z-first/us-central1', 'toString'].some((path) => fleet.has(path))).toBe(false);
  });

  test('has as many dimensions as it is told', () => {
    const flat = new Hierarchy([{ plural: 'sites', singular: 'site' }], [node('berlin'), node('paris')]);
    expect(flat.targets.map(({ path }) => path)).toEqual(['berlin', 'paris']);
  });

  test('without nodes is empty', () => {
    const none = new Hierarchy(defaultDimensions, []);
    expect([none.paths, none.targets]).toEqual([[], []]);
  });
});

describe('paths', () => {
  test.each([
    ['a/b', 'a/b', true],
    ['a/b/c', 'a/b', true],
    ['a/b/c', 'a', true],
    ['a', 'a/b', false],
    ['a/bc', 'a/b', false],
    ['ab', 'a', false],
  ])('%p is at or below %p: %p', (path, other, expected) => {
    expect(isAtOrBelow(path, other)).toBe(expected);
  });
});
