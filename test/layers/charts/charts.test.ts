import fc from 'fast-check';
import { chartIdOf, compareVersions, isExact } from '../../../layers/charts/chart-id';
import { uniteShapes, uniteVersions } from '../../../layers/charts/unite-shapes';
import { unknownValues } from '../../../layers/charts/unknown-values';
import { anything, scalarShape, type ValueShape } from '../../../layers/charts/value-shape';
import type { Plain } from '../../../layers/layer';

const own = 'https://github.com/company/fleet.git';

test.each<readonly [string, Parameters<typeof chartIdOf>[0], ReturnType<typeof chartIdOf>]>([
  [
    'a chart repository',
    { repoURL: 'https://charts.example.com/', chart: 'web', version: '1.0.0' },
    { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0' },
  ],
  [
    'a registry',
    { repoURL: 'registry.example.com/charts', chart: 'web', version: '1.0.0' },
    { chart: 'web', repository: 'oci://registry.example.com/charts', version: '1.0.0' },
  ],
  [
    'an image',
    { repoURL: 'oci://registry.example.com/charts/web', path: '.', version: '1.0.0' },
    { chart: 'web', repository: 'oci://registry.example.com/charts', version: '1.0.0' },
  ],
  ['a folder of an image', { repoURL: 'oci://registry.example.com/charts/web', path: './sub/', version: '1.0.0' }, undefined],
  ['an image by its digest', { repoURL: 'oci://registry.example.com/charts/web', path: '.', version: `sha256:${'0'.repeat(64)}` }, undefined],
  ['no version', { repoURL: 'https://charts.example.com', chart: 'web' }, { chart: 'web', repository: 'https://charts.example.com', version: '*' }],
  ['a folder of the own repository', { repoURL: 'https://github.com/Company/fleet/', path: './charts//web/', version: 'HEAD' }, { folder: 'charts/web' }],
  ['a folder of the own repository that says no revision', { repoURL: own, path: 'charts/web' }, { folder: 'charts/web' }],
  ['a folder of the own repository at another revision', { repoURL: own, path: 'charts/web', version: 'v1' }, undefined],
  ['a folder that leads out', { repoURL: own, path: 'charts/../../x' }, undefined],
  ['another repository', { repoURL: 'https://github.com/company/other', path: 'charts/web' }, undefined],
  ['a template', { repoURL: 'https://charts.example.com', chart: 'web', version: '{{ .version }}' }, undefined],
  ['nothing', {}, undefined],
])('%s is a chart, or none', (_, fields, expected) => {
  expect(chartIdOf(fields, { repository: own, revision: 'HEAD' })).toEqual(expected);
});

test('versions have the order of Semantic Versioning', () => {
  const ordered = ['v0.9.0', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', 'v1.2.0', '1.10.0'];
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (shuffled) => {
      expect([...shuffled].sort(compareVersions)).toEqual(ordered);
    }),
    { numRuns: 50 },
  );
  expect(['1.2.3', 'v1.2.3-rc.1+x', '1.2', '1', '^1.2.3', '*', '1.x', 'latest', '>=1.0.0'].filter(isExact)).toEqual(['1.2.3', 'v1.2.3-rc.1+x']);
});

const shapes = fc.letrec<{ shape: ValueShape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    fc.constant(anything),
    fc.constantFrom(scalarShape('string'), scalarShape('number', 'boolean')),
    fc.record({ scalars: fc.constant([]), items: tie('shape') }),
    fc.record(
      {
        scalars: fc.constant([]),
        keys: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), tie('shape')), { selector: ([key]) => key }).map((keys) => new Map(keys)),
        rest: tie('shape'),
      },
      { requiredKeys: ['scalars', 'keys'] },
    ),
  ),
})).shape;
const values = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('x', 1, true, null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value')),
  ),
})).value;

test('what one of several versions knows, all of them together know', () => {
  fc.assert(
    fc.property(fc.array(shapes, { minLength: 1, maxLength: 3 }), values, (all, value) => {
      const versions = all.map((shape, index) => ({ version: `${index}`, shape }));
      for (const united of [uniteVersions(versions), uniteShapes(all)]) {
        const unknown = unknownValues(value, united).map(({ path }) => path.join('.'));
        for (const shape of all) {
          const own = unknownValues(value, shape).map(({ path }) => path.join('.'));
          // What is unknown to all together is unknown to each, there or above.
          expect(unknown.filter((path) => !own.some((one) => path === one || path.startsWith(`${one}.`)) && knowsMaps(shape, path.split('.')))).toEqual([]);
        }
      }
    }),
    { numRuns: 500 },
  );
});

/** Whether a shape has a map, or a list, wherever a path leads: what is no map says nothing of keys. */
function knowsMaps(shape: ValueShape, path: readonly string[]): boolean {
  let at: ValueShape | undefined = shape;
  for (const key of path) {
    if (!at || at.isAny || (/^\d+$/.test(key) ? !at.items : !at.keys)) return false;
    at = /^\d+$/.test(key) ? at.items : (at.keys?.get(key) ?? at.rest);
  }
  return true;
}

test('a key says which versions know it, where not all do', () => {
  const version = (name: string, ...keys: readonly string[]) => ({
    version: name,
    shape: { scalars: [], keys: new Map(keys.map((key) => [key, scalarShape('string')])) },
  });
  const { keys } = uniteVersions([version('1', 'a', 'b'), version('2', 'a', 'c'), version('3', 'a', 'c')]);
  expect([...(keys ?? [])].map(([key, { only }]) => [key, only])).toEqual([
    ['a', undefined],
    ['b', ['1']],
    ['c', ['2', '3']],
  ]);
});

test('shapes that share parts many times over are united in no time', () => {
  const chain = (leaf: ValueShape) => {
    let shape = leaf;
    for (let depth = 0; depth < 60; depth += 1)
      shape = {
        scalars: [],
        keys: new Map([
          ['a', shape],
          ['b', shape],
        ]),
      };
    return shape;
  };
  const began = performance.now();
  uniteVersions([
    { version: '1', shape: chain(scalarShape('string')) },
    { version: '2', shape: chain(scalarShape('number')) },
  ]);
  expect(performance.now() - began).toBeLessThan(5_000);
});
