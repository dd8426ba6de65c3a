import fc from 'fast-check';
import { layerLabel, unset } from '../../layers/layer';
import type { Branch } from '../../layers/node';
import { collapser, PathSet } from '../../layers/path-set';
import { compare } from '../../layers/problem';
import { AppRecorder, baseLayer, fieldKeys, fieldText, RecordReader } from '../../layers/record';
import { Resolver } from '../../layers/resolver';
import { branchOf, layer, mergeAll, target } from '../builders/layers-builder';
import { layersOf, type PlacedFleet, placedFleets, valuesAt } from '../builders/record-builder';

const unsetByPatch = { kind: 'patch', name: 'patch-001', path: 'production' } as const;

function recordOf(targets: Readonly<Record<string, Branch>>, rendered = Object.keys(targets)) {
  const recorder = new AppRecorder();
  for (const [path, values] of Object.entries(targets)) recorder.add(path, values, rendered.includes(path));
  return recorder.record(collapser(Object.keys(targets)));
}

describe('a field as text', () => {
  test('quotes keys that hold what a path is made of, and no others', () => {
    expect(fieldText(['source', 'helm', 'valuesObject', 'replicaCount'])).toBe('source.helm.valuesObject.replicaCount');
    expect(fieldText(['annotations', 'argocd.argoproj.io/sync-wave'])).toBe("annotations.'argocd.argoproj.io/sync-wave'");
    expect(fieldText(['a', '', "it's", 'x y', '[0]', '#', 'k:v', '0', '*'])).toBe("a.''.'it''s'.'x y'.'[0]'.'#'.'k:v'.0.*");
  });

  test('reads back as its keys, whatever they are', () => {
    const piece = fc.constantFrom('.', "'", "''", ' ', '\n', '[', '#', ':', 'a', '', '\\', '"', '\u2028');
    const key = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (keys) => expect(fieldKeys(fieldText(keys))).toEqual(keys)));
  });

  test.each(["'a", "a.'b", "'a'b", "a'b", "'a''"])('is none where a quote has no end, or not at an end: %s', (text) => {
    expect(fieldKeys(text)).toBeUndefined();
  });
});

describe('targets as paths', () => {
  const all = ['a/x/1', 'a/x/2', 'a/y/1', 'b/x/1'];

  test.each([
    [[], []],
    [all, ['*']],
    [['a/x/2', 'a/x/1'], ['a/x']],
    [
      ['b/x/1', 'a/y/1'],
      ['a/y', 'b'],
    ],
    [
      ['b/x/1', 'a/x/1', 'a/x/1', 'elsewhere'],
      ['a/x/1', 'b'],
    ],
  ])('%j are %j', (selection, paths) => {
    expect(collapser(all)(selection)).toEqual(paths);
  });

  test('stand for what was selected and nothing else, in sequence, and none fewer would', () => {
    fc.assert(
      fc.property(
        placedFleets.chain(({ targets }) => fc.tuple(fc.constant(targets), fc.shuffledSubarray([...targets]))),
        ([targets, selection]) => {
          const paths = collapser(targets)(selection);
          const covered = (some: readonly string[]) => targets.filter((path) => new PathSet(some).covers(path));
          expect(covered(paths)).toEqual(targets.filter((path) => selection.includes(path)));
          // Each has targets of its own, and the path above each has a target that was not selected.
          for (const path of paths) {
            expect(covered([path]).length + covered(paths.filter((other) => other !== path)).length).toBe(selection.length);
            const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '*';
            if (path !== '*') expect(covered([above]).some((one) => !selection.includes(one))).toBe(true);
          }
          const first = (path: string) => targets.findIndex((one) => new PathSet([path]).covers(one));
          expect([...paths].sort((a, b) => first(a) - first(b))).toEqual(paths);
        },
      ),
    );
  });
});

describe('the record of an app', () => {
  const base = layer({ a: 1, map: { b: 1, c: 1 } });

  test('names the layers of what its base did not set, and the targets of each', () => {
    const production = mergeAll([base, layer({ map: { b: 2 }, 'x.y': 1 }, { kind: 'override', path: 'production' })]);
    const patched = mergeAll([base, layer({ map: { b: 3 } }, { kind: 'patch', name: 'patch-001', path: 'stage' })]);
    expect(recordOf({ 'stage/a': patched, 'stage/b': patched, 'production/a': production, 'other/a': branchOf(base) }, ['stage/a', 'stage/b'])).toEqual({
      rendered: ['stage'],
      layers: [
        { layer: 'override production', at: ['production'], fields: ["'x.y'", 'map.b'] },
        { layer: 'patch-001 stage', at: ['stage'], fields: ['map.b'] },
      ],
    });
  });

  test('of which every target has the same says so once', () => {
    const values = mergeAll([layer({ finalizers: [] }, { kind: 'defaults' }), base]);
    expect(recordOf({ 'a/x': values, 'b/x': values })).toEqual({ rendered: ['*'], layers: [{ layer: 'defaults', at: ['*'], fields: ['finalizers'] }] });
    expect(recordOf({ 'a/x': branchOf(base) })).toEqual({ rendered: ['*'], layers: [] });
  });

  test('says also who unset a key, and who made a map that is empty now', () => {
    const values = mergeAll([layer({ map: { b: 1 }, kept: 1 }), layer({ map: { b: unset }, made: {} }, unsetByPatch)]);
    expect(recordOf({ 'production/x': values }).layers).toEqual([{ layer: 'patch-001 production', at: ['*'], fields: ['made', 'map.b'] }]);
  });

  test('below another field says so of every field', () => {
    const recorder = new AppRecorder('values');
    recorder.add('a', mergeAll([layer({ 'x.y': { z: 1 } }, { kind: 'override', path: 'a' })]), true);
    expect(recorder.record(collapser(['a'])).layers).toEqual([{ layer: 'override a', at: ['*'], fields: ["values.'x.y'.z"] }]);
  });

  test('is the same in whatever order layers and targets were asked', () => {
    fc.assert(
      fc.property(placedFleets, fc.integer(), (fleet, seed) => {
        const record = recordedOf(fleet, fleet.targets).record;
        const shuffled = [...fleet.targets].sort((a, b) => compare(`${a.length * seed}${a}`, `${b.length * seed}${b}`)).reverse();
        expect(recordedOf(fleet, shuffled).record).toEqual(record);
      }),
    );
  });
});

/** @param order in which targets are asked */
function recordedOf(fleet: PlacedFleet, order: readonly string[]) {
  const resolver = new Resolver(layersOf(fleet));
  const recorder = new AppRecorder();
  for (const path of order) {
    const { values } = resolver.at(target(path));
    recorder.add(path, values, values.plain['enabled'] !== false);
  }
  return { resolver, record: recorder.record(collapser(fleet.targets)) };
}

describe('a reader of a record', () => {
  test('tells for every value of every target the layer that it comes from, and where the app is rendered', () => {
    let leaves = 0;
    fc.assert(
      fc.property(placedFleets, (fleet) => {
        const { resolver, record } = recordedOf(fleet, fleet.targets);
        const reader = new RecordReader(JSON.parse(JSON.stringify(record)));
        for (const path of fleet.targets) {
          const { values } = resolver.at(target(path));
          for (const { keys, source } of valuesAt(values)) {
            leaves += 1;
            expect({ path, keys, layer: reader.layerOf(fieldText(keys), path) }).toEqual({ path, keys, layer: layerLabel(source) });
          }
          expect(reader.isRendered(path)).toBe(values.plain['enabled'] !== false);
        }
      }),
    );
    expect(leaves).toBeGreaterThan(50);
  });

  test('knows every field that some layer beside the base sets', () => {
    fc.assert(
      fc.property(placedFleets, (fleet) => {
        const { resolver, record } = recordedOf(fleet, fleet.targets);
        const expected = fleet.targets.flatMap((path) => {
          const found = [...valuesAt(resolver.at(target(path)).values)].filter(({ source }) => source.kind !== baseLayer);
          return found.map(({ keys }) => fieldText(keys));
        });
        expect([...new RecordReader(record).fields].sort()).toEqual([...new Set(expected)].sort());
      }),
    );
  });

  test('tells targets apart at which another layer says anything', () => {
    fc.assert(
      fc.property(placedFleets, (fleet) => {
        const reader = new RecordReader(recordedOf(fleet, fleet.targets).record);
        const said = new Map<string, string>();
        for (const path of fleet.targets) {
          const layers = JSON.stringify([...reader.fields].map((field) => reader.layerOf(field, path)));
          expect(said.get(reader.alike(path)) ?? layers).toBe(layers);
          said.set(reader.alike(path), layers);
        }
      }),
    );
    const record = { rendered: ['*'], layers: [{ layer: 'override x', at: ['x'], fields: ['a'] }] };
    expect(['x/y', 'x/z', 'y'].map((path) => new RecordReader(record).alike(path))).toEqual(['0', '0', '']);
  });

  test('takes what nothing is known of for the base', () => {
    expect(new RecordReader({ rendered: [], layers: [] }).layerOf('a', 'x/y')).toBe(baseLayer);
    const reader = new RecordReader({ rendered: ['*'], layers: [{ layer: 'override x', at: ['x'], fields: ['a'] }] });
    expect(['x', 'x/y', 'xy', 'y'].map((path) => reader.layerOf('a', path))).toEqual(['override x', 'override x', baseLayer, baseLayer]);
  });
});
