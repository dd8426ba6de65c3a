import fc from 'fast-check';
import { unset } from '../../layers/layer';
import { type AppLayers, inNameOrder } from '../../layers/precedence';
import { Resolver } from '../../layers/resolver';
import { authored, canonical, layer, target } from '../builders/layers-builder';

type Seen = ReturnType<typeof target>;

function app(base: unknown, overrides: Readonly<Record<string, unknown>> = {}): AppLayers {
  return {
    everywhere: [layer(base)],
    overrides: new Map(Object.entries(overrides).map(([path, values]) => [path, layer(values, { kind: 'override', path })])),
    patches: [],
  };
}

const one = target('production/one/us-east1');
const two = target('production/two/us-east1');
const stage = target('stage/one/us-east1');

describe('an app at a target', () => {
  test('has the values of all its layers', () => {
    const resolver = new Resolver(app({ a: { b: 1, c: 1 }, d: 1 }, { production: { a: { c: 2 } }, 'production/one': { d: unset } }));
    expect(resolver.at(one).values.plain).toEqual({ a: { b: 1, c: 2 } });
    expect(resolver.at(two).values.plain).toEqual({ a: { b: 1, c: 2 }, d: 1 });
    expect(resolver.at(stage).values.plain).toEqual({ a: { b: 1, c: 1 }, d: 1 });
  });

  test('merges maps that functions return, deeply', () => {
    const base = { a: { fixed: 1, region: 'none' } };
    const resolver = new Resolver(app(base, { production: { a: (at: Seen) => ({ region: at.region }) }, stage: (at: Seen) => ({ a: { stage: at.sector } }) }));
    expect(resolver.at(one).values.plain).toEqual({ a: { fixed: 1, region: 'us-east1' } });
    expect(resolver.at(stage).values.plain).toEqual({ a: { fixed: 1, region: 'none', stage: 'one' } });
  });

  test('loses what a function unsets and keeps what it leaves undefined', () => {
    const overrides = { production: { a: (at: Seen) => (at.sector === 'one' ? unset : undefined) } };
    const resolver = new Resolver(app({ a: 1, b: 2 }, overrides));
    expect(resolver.at(one).values.plain).toEqual({ b: 2 });
    expect(resolver.at(two).values.plain).toEqual({ a: 1, b: 2 });
  });

  test('has the problems of the functions of its layers, and of no others', () => {
    const fails = () => {
      throw new Error('x');
    };
    const resolver = new Resolver(app({ a: 1 }, { production: { b: fails }, 'production/one': { c: fails, d: () => new Date(0) } }));
    expect(resolver.at(one).problems.map(({ code, place }) => [code, place])).toEqual([
      ['layer-throws', ['b']],
      ['layer-throws', ['c']],
      ['not-plain-data', ['d']],
    ]);
    expect(resolver.at(two).problems.map(({ code }) => code)).toEqual(['layer-throws']);
    expect(resolver.at(stage).problems).toEqual([]);
  });
});

describe('the same results', () => {
  test('give the same object at every target that they are equal for', () => {
    const resolver = new Resolver(app({ a: (at: Seen) => at.environment }, { 'production/two': { b: 1 } }));
    expect(resolver.at(target('production/one/us-west1'))).toBe(resolver.at(one));
    expect(resolver.at(two)).not.toBe(resolver.at(one));
    expect(resolver.at(stage)).not.toBe(resolver.at(one));
  });

  test('give the same object however often and in which order targets are asked', () => {
    const resolver = new Resolver(app({ a: (at: Seen) => at.region }, { production: { b: (at: Seen) => at.sector } }));
    const first = [one, two, stage].map((at) => resolver.at(at));
    const again = [stage, two, one].map((at) => resolver.at(at)).reverse();
    expect(again.every((resolved, index) => resolved === first[index])).toBe(true);
    expect(new Set(first).size).toBe(3);
  });

  test('are never shared by targets whose functions differ in one place only', () => {
    const resolver = new Resolver(app({ a: 'same', b: (at: Seen) => (at.sector === 'one' ? 1 : '1') }));
    expect(resolver.at(one).values.plain).toEqual({ a: 'same', b: 1 });
    expect(resolver.at(two).values.plain).toEqual({ a: 'same', b: '1' });
  });

  test('share branches that no layer touched', () => {
    const resolver = new Resolver(app({ big: { a: 1 }, small: { b: 1 } }, { production: { small: { b: (at: Seen) => at.sector } } }));
    expect(resolver.at(one).values.children['big']).toBe(resolver.at(two).values.children['big']);
    expect(resolver.at(one).values.children['big']).toBe(resolver.at(stage).values.children['big']);
    expect(resolver.at(one).values.plain['small']).toEqual({ b: 'one' });
  });
});

describe('beyond the number of results that are kept', () => {
  const sectors = Array.from({ length: 1300 }, (_, index) => `sector-${index}`);

  test('every target still gets its own values, also when asked again', () => {
    const resolver = new Resolver(app({ base: 1, a: (at: Seen) => at.sector }, { production: { b: (at: Seen) => [at.sector] } }));
    for (const sector of [...sectors, ...sectors]) {
      expect(resolver.at(target(`production/${sector}/us-east1`)).values.plain).toEqual({ base: 1, a: sector, b: [sector] });
    }
  });

  test('targets that follow each other still share a result, but where room had to be made', () => {
    const resolver = new Resolver(app({ a: (at: Seen) => at.sector }));
    const shared = sectors.filter((sector) => {
      const [east, west] = ['us-east1', 'us-west1'].map((region) => resolver.at(target(`production/${sector}/${region}`)));
      return east === west;
    });
    expect(shared.length).toBeGreaterThan(sectors.length * 0.99);
  });

  test('results that were given out before do not change', () => {
    const resolver = new Resolver(app({ a: (at: Seen) => at.sector }));
    const before = resolver.at(one);
    for (const sector of sectors) resolver.at(target(`production/${sector}/us-east1`));
    expect(before.values.plain).toEqual({ a: 'one' });
    expect(resolver.at(one).values.plain).toEqual({ a: 'one' });
  });
});

test('memoised or not, a target has the same values', () => {
  const paths = ['production', 'production/one', 'production/one/us-east1', 'stage', 'stage/one'];
  const targets = ['production/one/us-east1', 'production/one/us-west1', 'production/two/us-east1', 'stage/one/us-east1'].map(target);
  const change = fc.oneof(
    authored,
    authored.map((values) => () => values),
    fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.constant((at: Seen) => at.sector),
    ),
  );
  fc.assert(
    fc.property(
      change,
      fc.dictionary(fc.constantFrom(...paths), change),
      fc.dictionary(fc.constantFrom('p1', 'p2'), fc.tuple(fc.subarray(paths), change)),
      fc.array(fc.nat(3), { maxLength: 8 }),
      (base, overrides, patches, visits) => {
        const layers: AppLayers = {
          ...app(base, overrides),
          patches: inNameOrder(
            Object.entries(patches).map(([name, [at, values]]) => ({
              name,
              layers: new Map(at.map((path) => [path, layer(values, { kind: 'patch', name, path })])),
            })),
          ),
        };
        const shared = new Resolver(layers);
        for (const visit of visits) {
          const at = targets[visit] as Seen;
          expect(canonical(shared.at(at).values.plain)).toBe(canonical(new Resolver(layers).at(at).values.plain));
        }
      },
    ),
  );
});
