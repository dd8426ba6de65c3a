import fc from 'fast-check';
import { maxDepth, readContent } from '../../layers/compile/read-content';
import { deepFreeze } from '../builders/layers-builder';

/** What is wrong with a value, as `code at place`. */
function faults(value: unknown): readonly string[] {
  return readContent(value).faults.map(({ code, path }) => `${code} at ${path.join('.')}`);
}

function nested(levels: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = around(value);
  return value;
}

test('plain data is read as it is, its input is not touched, and the copy is frozen', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = readContent(deepFreeze(value));
      expect(read).toEqual({ value, faults: [] });
      expect(typeof read.value !== 'object' || Object.isFrozen(read.value)).toBe(true);
    }),
  );
});

test('what was read is not read again', () => {
  const { value } = readContent({ a: [1] });
  expect(readContent(value).value).toBe(value);
  expect(readContent([value]).value).toEqual([value]);
});

test('objects that are shared stay shared, and functions and instances stay what they are', () => {
  const shared = { a: 1 };
  const [fn, date] = [() => 1, new Date(0)];
  const { value } = readContent({ b: shared, c: [shared], fn, date }) as { value: { b: object; c: object[]; fn: unknown; date: unknown } };
  expect(value.c[0]).toBe(value.b);
  expect([value.fn, value.date]).toEqual([fn, date]);
});

test('a getter is asked once, and a hole is nothing', () => {
  let asked = 0;
  const { value } = readContent({
    get a() {
      asked += 1;
      return [asked];
    },
    list: Object.assign(['x'], { 2: 'z' }),
  });
  expect([value, JSON.stringify(value), asked]).toEqual([{ a: [1], list: ['x', undefined, 'z'] }, '{"a":[1],"list":["x",null,"z"]}', 1]);
});

test.each<readonly [string, unknown, readonly string[]]>([
  [
    'a getter that throws',
    {
      a: [
        {
          fine: 1,
          get b() {
            throw new Error('x');
          },
        },
      ],
    },
    ['config-throws at a.0.b'],
  ],
  [
    'a proxy that throws',
    {
      a: new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('x');
          },
        },
      ),
    },
    ['config-throws at a'],
  ],
  ['a text without end', { a: ['x'.repeat(17_000_000)] }, ['not-plain-data at a.0']],
  ['a list without end', { a: Object.assign([], { length: 4_000_000_000 }) }, ['not-plain-data at a']],
])('%s is a fault with its place', (_, value, expected) => {
  expect(faults(value)).toEqual(expected);
});

test('maps and lists may nest so deep and no deeper, wherever a shared one stands', () => {
  for (const around of [(inner: unknown) => [inner], (inner: unknown) => ({ a: inner })]) {
    expect(faults(nested(maxDepth, around))).toEqual([]);
    expect(faults(nested(maxDepth + 1, around))).toHaveLength(1);
    expect(faults(nested(100_000, around))).toHaveLength(1);
    const half = nested(maxDepth / 2 + 1, around);
    expect(faults([half, nested(maxDepth / 2 + 1, around)])).toEqual([]);
    expect(faults({ half, below: JSON.parse(JSON.stringify(nested(maxDepth / 2, around)), (_, item) => (item === 1 ? half : item)) })).toHaveLength(1);
  }
});

test('a list that doubles again and again is refused where it becomes too much, in no time', () => {
  expect(faults(nested(18, (inner) => [inner, inner]))).toEqual([]);
  expect(faults({ a: nested(26, (inner) => [inner, inner]) })).toHaveLength(1);
  expect(faults({ a: nested(150, (inner) => ({ b: inner, c: inner })) })).toHaveLength(1);
  const long = 'x'.repeat(100_000);
  expect(faults({ a: Array.from({ length: 1000 }, () => long) })).toEqual(['not-plain-data at a']);
});
