import fc from 'fast-check';
import { freezeData, freezeExports, freezeOwnExports } from '../../../store/code/freeze';

function isDeeplyFrozen(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));
}

test('any plain data is frozen to the ground, and says what it said', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const before = JSON.stringify(value);
      freezeData(value);
      expect(isDeeplyFrozen(value)).toBe(true);
      expect(JSON.stringify(value)).toBe(before);
    }),
  );
});

test('functions, instances, Maps, Dates and typed arrays stay what they are', () => {
  class Thing {
    field = { inner: 1 };
  }
  const data = { fn: Object.assign(() => 1, { state: 1 }), thing: new Thing(), map: new Map(), date: new Date(0), bytes: new Uint8Array(2), regexp: /a/g };
  freezeData(data);
  expect(Object.isFrozen(data)).toBe(true);
  for (const value of Object.values(data)) expect(Object.isFrozen(value)).toBe(false);
  expect(Object.isFrozen(data.thing.field)).toBe(false);
});

test('circles, shared parts, holes, deep nesting, getters that throw and proxies that resist break nothing', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = [circle];
  let deep: unknown[] = [];
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  const getter = {
    get now(): number {
      throw new Error('asked');
    },
    fine: { a: 1 },
  };
  const proxy = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('asked');
      },
    },
  );
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  freezeData({ circle, deep, getter, proxy, revoked: revoked.proxy, hole: Object.assign([1], { 2: 2 }) });
  expect(Object.isFrozen(circle['self'])).toBe(true);
  expect(Object.isFrozen(deep[0])).toBe(true);
  expect(Object.isFrozen(getter.fine)).toBe(true);
});

test('what a module exports is frozen whether its exports are getters or not', () => {
  const data = { a: [1] };
  freezeExports(Object.defineProperty({ __esModule: true }, 'default', { get: () => data, enumerable: true }));
  expect(isDeeplyFrozen(data)).toBe(true);
  const plain = { a: { b: 1 } };
  freezeExports(plain);
  expect(isDeeplyFrozen(plain)).toBe(true);
  const beside = { b: 1 };
  const late = Object.defineProperty({ __esModule: true, beside }, 'default', {
    get: () => {
      throw new ReferenceError('not yet');
    },
    enumerable: true,
  });
  freezeExports(late);
  expect(isDeeplyFrozen(beside)).toBe(true);
});

test('of this package, classes are frozen with their prototypes', () => {
  class Thing {
    static setting = 1;
    method(): void {}
  }
  freezeOwnExports({ Thing, data: { a: 1 } });
  expect(() => {
    Thing.setting = 2;
  }).toThrow(TypeError);
  expect(() => {
    Thing.prototype.method = () => {};
  }).toThrow(TypeError);
  expect(new Thing()).toBeInstanceOf(Thing);
});
