import { runInNewContext } from 'node:vm';
import { unset } from '../../layers/layer';
import { describe as described, isMap } from '../../layers/plain-data';
import { canonical, deepFreeze, layer, target } from '../builders/layers-builder';

const eastern = target('production/prod-canary/us-east1');
const western = target('production/prod-canary/us-west1');

type Seen = ReturnType<typeof target>;

/** Codes with their places, as `code at place`. */
function found(values: unknown, at = eastern): readonly string[] {
  const compiled = layer(values, { place: ['base'] });
  return [...compiled.problems, ...compiled.at(at).problems].map(({ code, place }) => `${code} at ${place?.join('.')}`);
}

function valuesAt(values: unknown, at = eastern): unknown {
  return layer(values).at(at).values.plain;
}

class Special {
  readonly field = 1;
}

const unwritable: readonly (readonly [string, unknown])[] = [
  ['a Date', new Date(0)],
  ['a Map', new Map([['a', 1]])],
  ['a Set', new Set([1])],
  ['a RegExp', /a/],
  ['an instance of a class', new Special()],
  ['an Error', new Error('x')],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['a bigint', 5n],
  ['a symbol', Symbol('x')],
  ['an integer beyond 2^53', 2 ** 53],
  ['an integer of another magnitude', 1e21],
  ['half of a character', 'x\ud800'],
];

describe('what no manifest can hold', () => {
  test.each(unwritable)('%s is refused as a value', (_, value) => {
    expect(found({ a: { b: value, fine: 1 } })).toEqual(['not-plain-data at base.a.b']);
  });

  test.each(unwritable)('%s is refused in a list', (_, value) => {
    expect(found({ a: [1, { b: value }] })).toEqual(['not-plain-data at base.a.1.b']);
  });

  test.each(unwritable)('%s is refused as the result of a function', (_, value) => {
    expect(found({ a: () => value })).toEqual(['not-plain-data at base.a']);
  });

  test('everything is found at once, with the file', () => {
    const { problems } = layer({ a: new Date(0), b: { c: Number.NaN }, d: [5n] }, { file: 'config/app.ts' });
    expect(problems.map(({ file, place }) => [file, place?.join('.')])).toEqual([
      ['config/app.ts', 'a'],
      ['config/app.ts', 'b.c'],
      ['config/app.ts', 'd.0'],
    ]);
  });

  test('a map that contains itself is refused', () => {
    const map: Record<string, unknown> = { fine: 1 };
    map['self'] = { map };
    expect(found({ a: map })).toEqual(['not-plain-data at base.a.self.map']);
  });

  test('a map in a list that contains itself is refused', () => {
    const map: Record<string, unknown> = {};
    map['self'] = map;
    expect(found({ a: [map] })).toEqual(['not-plain-data at base.a.0.self']);
  });

  test('a list that contains itself is refused', () => {
    const list: unknown[] = [1];
    list.push(list);
    expect(found({ a: list })).toEqual(['not-plain-data at base.a.1']);
  });

  test('a value that contains itself is refused as the result of a function', () => {
    const map: Record<string, unknown> = {};
    map['self'] = map;
    expect(found({ a: () => map })).toEqual(['not-plain-data at base.a.self']);
  });

  test('the same object twice, side by side, is fine', () => {
    const shared = { list: [1], map: {} };
    expect(found({ a: shared, b: [shared, shared] })).toEqual([]);
  });

  test("the own key '__proto__' is refused in a map", () => {
    const values = JSON.parse('{"a": {"__proto__": {"polluted": true}, "b": 1}}');
    expect(found(values)).toEqual(['not-plain-data at base.a']);
    expect(canonical(valuesAt(values))).toBe(canonical({ a: { b: 1 } }));
    expect({}).not.toHaveProperty('polluted');
  });

  test('a key that is longer than YAML lets a key be is refused, in a map and inside a list', () => {
    const long = 'k'.repeat(501);
    expect(found({ a: { 'x\udc00': 1 }, b: [{ 'x\ud800y': 1 }] })).toEqual(['not-plain-data at base.a', 'not-plain-data at base.b.0']);
    expect(found({ a: { [long]: 1, ['k'.repeat(500)]: 2 }, b: [{ [long]: 1 }] })).toEqual(['not-plain-data at base.a', 'not-plain-data at base.b.0']);
  });

  test("the own key '__proto__' is refused inside a list", () => {
    expect(found(JSON.parse('{"a": [{"__proto__": {"polluted": true}, "b": 1}]}'))).toEqual(['not-plain-data at base.a.0']);
  });

  test('a hole in a list is refused: it would vanish from the manifest', () => {
    const list = [1, 2, 3];
    delete list[1];
    expect(found({ a: list })).toEqual(['not-plain-data at base.a.1']);
  });

  test('undefined in a list is refused', () => {
    expect(found({ a: [1, undefined] })).toEqual(['not-plain-data at base.a.1']);
  });

  test('unset inside a list is refused: a list is replaced whole', () => {
    expect(found({ a: [unset, { b: unset }] })).toEqual(['not-plain-data at base.a.0', 'not-plain-data at base.a.1.b']);
  });

  test.each([['text'], [3], [null], [[1]], [undefined], [unset], [new Special()]])('a layer that is %p is refused', (values) => {
    expect(found(values)).toEqual(['wrong-type at base']);
  });
});

describe('what a manifest can hold', () => {
  test('survives as it is', () => {
    const values = {
      text: '',
      yes: 'yes',
      zero: 0,
      negative: -1.5,
      largest: Number.MAX_SAFE_INTEGER,
      no: false,
      nothing: null,
      list: [[], {}, [null]],
      map: {},
    };
    expect(found(values)).toEqual([]);
    expect(valuesAt(values)).toEqual(values);
  });

  test('includes maps without prototype and maps of another realm', () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    const foreign = runInNewContext('({ b: { c: [1] } })');
    expect(found({ bare, foreign })).toEqual([]);
    expect(canonical(valuesAt({ bare, foreign }))).toBe(canonical({ bare: { a: 1 }, foreign: { b: { c: [1] } } }));
  });

  test('is never written to', () => {
    const values = deepFreeze({ a: { b: [1, { c: 2 }], f: (at: Seen) => at.region }, d: unset });
    expect(valuesAt(values)).toEqual({ a: { b: [1, { c: 2 }], f: 'us-east1' } });
  });
});

describe('a function of the target', () => {
  test('is a value', () => {
    const values = { a: { region: (at: Seen) => at.region, fixed: 1 } };
    expect(valuesAt(values)).toEqual({ a: { region: 'us-east1', fixed: 1 } });
    expect(valuesAt(values, western)).toEqual({ a: { region: 'us-west1', fixed: 1 } });
  });

  test('may stand inside a list, in a list of lists and in a map of a list', () => {
    const values = { a: ['x', (at: Seen) => at.region, [(at: Seen) => at.sector], { b: (at: Seen) => at.environment }] };
    expect(valuesAt(values)).toEqual({ a: ['x', 'us-east1', ['prod-canary'], { b: 'production' }] });
  });

  test('may be the whole layer', () => {
    expect(valuesAt((at: Seen) => ({ a: { [at.region]: 1 } }))).toEqual({ a: { 'us-east1': 1 } });
  });

  test('may return a map, a list, null or unset', () => {
    const values = { map: () => ({ a: { b: 1 } }), list: () => [1, { a: 2 }], nothing: () => null, gone: () => unset };
    expect(valuesAt(values)).toEqual({ map: { a: { b: 1 } }, list: [1, { a: 2 }], nothing: null });
    expect(found(values)).toEqual([]);
  });

  test('that returns unset leaves the mark that removes a broader value, anywhere but in a list', () => {
    const { children } = layer({ a: () => unset, b: () => ({ c: unset }) }).at(eastern).values;
    expect(canonical(children['a'])).toContain('unset');
    expect(valuesAt({ b: () => ({ c: unset, d: 1 }) })).toEqual({ b: { d: 1 } });
  });

  test('that returns undefined sets nothing', () => {
    expect(valuesAt({ a: () => undefined, b: 1 })).toEqual({ b: 1 });
    expect(layer({ a: () => undefined }).at(eastern).values.children).not.toHaveProperty('a');
    expect(valuesAt(() => undefined)).toEqual({});
    expect(found(() => undefined)).toEqual([]);
  });

  test('that throws is reported with place, target and message, and sets nothing', () => {
    const fails = () => {
      throw new Error('no such region');
    };
    const compiled = layer({ a: { b: fails }, c: 1 }, { file: 'app.ts', place: ['base'] });
    const { problems, values } = compiled.at(eastern);
    expect(problems).toMatchObject([{ code: 'layer-throws', file: 'app.ts', place: ['base', 'a', 'b'], target: eastern.path }]);
    expect(problems[0]?.message).toContain('no such region');
    expect(values.plain).toEqual({ a: {}, c: 1 });
  });

  test.each([['a string'], [undefined], [null], [{ code: 1 }]])('may throw anything, even %p', (thrown) => {
    const fails = () => {
      throw thrown;
    };
    expect(found({ a: fails })).toEqual(['layer-throws at base.a']);
    expect(found({ a: [fails] })).toEqual(['layer-throws at base.a']);
    expect(found(fails)).toEqual(['layer-throws at base']);
  });

  test('that throws at one target does not trouble another', () => {
    const compiled = layer({
      a: (at: Seen) => {
        if (at.region === 'us-west1') throw new Error('x');
        return at.region;
      },
    });
    expect(compiled.at(western).problems).toHaveLength(1);
    expect(compiled.at(eastern).problems).toEqual([]);
    expect(compiled.at(eastern).values.plain).toEqual({ a: 'us-east1' });
  });

  test('may not return a function, at any depth', () => {
    expect(found({ a: () => () => 1 })).toEqual(['not-plain-data at base.a']);
    expect(found({ a: () => ({ b: () => 1 }) })).toEqual(['not-plain-data at base.a.b']);
    expect(found({ a: () => [() => 1] })).toEqual(['not-plain-data at base.a']);
    expect(found({ a: [() => () => 1] })).toEqual(['not-plain-data at base.a']);
    expect(found(() => () => ({}))).toEqual(['not-plain-data at base', 'wrong-type at base']);
  });

  test.each([['text'], [3], [null], [[1]], [unset]])('of the whole layer that returns %p is refused', (result) => {
    expect(found(() => result)).toEqual(['wrong-type at base']);
  });

  test('receives the target itself', () => {
    const seen: unknown[] = [];
    layer({ a: (at: Seen) => seen.push(at) }).at(eastern);
    expect(seen).toEqual([eastern]);
    expect(seen[0]).toBe(eastern);
  });
});

describe('a layer at a target', () => {
  test('without functions is the same at every target', () => {
    const compiled = layer({ a: 1 });
    expect(compiled.at(western)).toBe(compiled.at(eastern));
  });

  test('with the same results is the same object, with others another', () => {
    const compiled = layer({ a: (at: Seen) => at.sector, b: [(at: Seen) => at.environment] });
    const other = compiled.at(target('production/prod-sector-1/us-east1'));
    expect(compiled.at(western)).toBe(compiled.at(eastern));
    expect(other).not.toBe(compiled.at(eastern));
    expect(other.key).not.toBe(compiled.at(eastern).key);
  });

  test('shares every map that no function stands in', () => {
    const compiled = layer({ fixed: { a: { b: 1 } }, open: { region: (at: Seen) => at.region, fixed: { c: 1 } } });
    const [here, there] = [compiled.at(eastern).values, compiled.at(western).values];
    expect(here).not.toBe(there);
    expect(here.children['fixed']).toBe(there.children['fixed']);
    expect(here.plain['open']).toEqual({ region: 'us-east1', fixed: { c: 1 } });
  });

  /** Results of two targets that JSON cannot tell apart; the second is no plain data. */
  test.each<readonly [string, unknown, unknown]>([
    ['null and NaN', null, Number.NaN],
    ['null and Infinity', null, Number.POSITIVE_INFINITY],
    ['a string and a Date', new Date(0).toISOString(), new Date(0)],
    ['a map and a Map', {}, new Map()],
    ['a map and a map that holds a function', {}, { f: () => 1 }],
    ['a string and a bigint', '5n', 5n],
    ['a list with null and one with undefined', [null], [undefined]],
  ])('is not taken for another: %s', (_, good, bad) => {
    const values = { a: (at: Seen) => (at === eastern ? good : bad) };
    const goodFirst = layer(values);
    expect(goodFirst.at(eastern).problems).toEqual([]);
    expect(goodFirst.at(western).problems.map(({ code }) => code)).toEqual(['not-plain-data']);
    const badFirst = layer(values);
    badFirst.at(western);
    expect(badFirst.at(eastern).problems).toEqual([]);
  });

  test('is not taken for another: unset and the text that stands for it in keys', () => {
    const compiled = layer({ a: (at: Seen) => (at === eastern ? unset : '\u0002unset') });
    expect(compiled.at(eastern).values.plain).toEqual({});
    expect(compiled.at(western).values.plain).toEqual({ a: '\u0002unset' });
  });

  test('is not taken for another: two functions whose results change places', () => {
    const compiled = layer({ a: (at: Seen) => (at === eastern ? 'x' : 'y'), b: (at: Seen) => (at === eastern ? 'y' : 'x') });
    expect(compiled.at(eastern).values.plain).toEqual({ a: 'x', b: 'y' });
    expect(compiled.at(western).values.plain).toEqual({ a: 'y', b: 'x' });
  });

  test('stays right beyond the number of results that are kept', () => {
    const compiled = layer({ a: (at: Seen) => at.region });
    for (const round of [1, 2]) {
      for (let index = 0; index < 700; index++) {
        const region = `region-${index}`;
        expect([round, compiled.at(target(`e/s/${region}`)).values.plain]).toEqual([round, { a: region }]);
      }
    }
  });
});

describe('emptiness', () => {
  test('is known without asking a target', () => {
    expect(layer({}).isEmpty).toBe(true);
    expect(layer({ a: undefined }).isEmpty).toBe(true);
    expect(layer({ a: unset }).isEmpty).toBe(false);
    expect(layer({ a: {} }).isEmpty).toBe(false);
    expect(layer({ a: () => undefined }).isEmpty).toBe(false);
    expect(layer(() => ({})).isEmpty).toBe(false);
  });
});

describe('naming a value for a message', () => {
  test.each<readonly [unknown, string]>([
    [null, 'null'],
    [undefined, 'nothing'],
    [[], 'a list'],
    [{}, 'a map'],
    ['x', "the string 'x'"],
    [3, 'the number 3'],
    [true, 'the boolean true'],
    [new Date(0), 'a Date'],
    [new Special(), 'a Special'],
    [() => 1, 'a function'],
  ])('%p is %s', (value, text) => {
    expect(described(value)).toBe(text);
  });

  test('shortens a long string', () => {
    expect(described('x'.repeat(500)).length).toBeLessThan(80);
  });

  test('only plain objects are maps', () => {
    expect([{}, Object.create(null), runInNewContext('({})')].every(isMap)).toBe(true);
    expect([null, [], 'x', new Map(), new Date(0), new Special(), Object.create({}), () => 1].some(isMap)).toBe(false);
  });
});
