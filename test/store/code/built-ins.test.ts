import { changedBuiltIn } from '../../../store/code/built-ins';

type Changeable = Record<string, unknown>;

test('the language as it is has nothing changed', () => {
  expect(changedBuiltIn()).toBeUndefined();
});

test.each<readonly [string, () => void]>([
  ['Array.prototype.map', () => Object.assign(Array.prototype, { map: () => [] })],
  ['String.prototype.replace', () => Object.assign(String.prototype, { replace: () => '' })],
  ['JSON.stringify', () => Object.assign(JSON, { stringify: () => '{}' })],
  ['Object.entries', () => Object.assign(Object, { entries: () => [] })],
  ['Map.prototype.get', () => Object.assign(Map.prototype, { get: () => 1 })],
  ['Function.prototype.call', () => Object.assign(Function.prototype, { call: () => undefined })],
  ['Array.prototype.Symbol(Symbol.iterator)', () => Object.assign(Array.prototype, { [Symbol.iterator]: function* () {} })],
  ['the iterator of lists.next', () => Object.assign(Object.getPrototypeOf([].values()), { next: () => ({ done: true }) })],
  ['the iterator of Maps.next', () => Object.assign(Object.getPrototypeOf(new Map().keys()), { next: () => ({ done: true }) })],
  ['Math.max', () => Object.assign(Math, { max: () => 0 })],
  ['String.fromCharCode', () => Object.assign(String, { fromCharCode: () => 'x' })],
  ['Buffer.from', () => Object.assign(Buffer, { from: () => Buffer.alloc(0) })],
  ['Promise.prototype.catch', () => Object.assign(Promise.prototype, { catch: () => undefined })],
  ['JSON', () => Object.assign(globalThis, { JSON: {} })],
  ['Object.prototype.enabled', () => Object.assign(Object.prototype, { enabled: false })],
  ['Object.prototype.hidden', () => Object.defineProperty(Object.prototype, 'hidden', { value: 1, configurable: true })],
  ['Array.prototype.last', () => Object.assign(Array.prototype, { last: () => 1 })],
])('a change of %s is found, and put back', (name, change) => {
  change();
  expect(changedBuiltIn()).toBe(name);
  expect(changedBuiltIn()).toBeUndefined();
  expect([1].map((item) => item + 1)).toEqual([2]);
  expect(({} as Changeable)['enabled']).toBeUndefined();
});

test('what a library adds to lists without having it enumerated is left alone', () => {
  Object.defineProperty(Array.prototype, 'polyfill', { value: () => 1, configurable: true, enumerable: false, writable: true });
  expect(changedBuiltIn()).toBeUndefined();
  Reflect.deleteProperty(Array.prototype, 'polyfill');
});
