function deep(levels: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 'innermost';
  for (let level = 0; level < levels; level++) value = around(value);
  return value;
}

function fails(): never {
  throw new Error('thrown');
}

const circular: { self?: unknown } = {};
circular.self = circular;
const circularList: unknown[] = [];
circularList.push(circularList);
const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** An instance of a class, with a getter that throws. */
class Thing {
  readonly field = 1;
  get broken(): never {
    return fails();
  }
}

/** Whatever code can leave where configuration is expected, by what it is. */
export const hostileValues: Readonly<Record<string, unknown>> = {
  null: null,
  undefined: undefined,
  'a boolean': true,
  'a number': 5,
  'no number': Number.NaN,
  'a number without end': Number.POSITIVE_INFINITY,
  'a big integer': 5n,
  'a symbol': Symbol('x'),
  'an empty text': '',
  'a text': 'garbage',
  'a text with a template': '{{ .x }}',
  'a text with U+0000': 'dist\u0000x',
  'a text of two lines': 'a\nb',
  'half a character': '\ud800',
  'a long text': 'x'.repeat(5000),
  'a text without end': 'x'.repeat(20_000_000),
  'the name of a prototype': '__proto__',
  'the name of a function of every object': 'constructor',
  'a path that leads out': '../..',
  'an empty list': [],
  'a list of null': [null],
  'a list with a hole': Object.assign(['a'], { 2: 'b' }),
  'a list of functions': [() => 1],
  'a list of symbols': [Symbol('x')],
  'a list without end': Object.assign([], { length: 4_000_000_000 }),
  'an empty map': {},
  'a map of null': { x: null },
  'a map of undefined': { x: undefined },
  'a map with an empty key': { '': 1 },
  'a map with the keys of every object': { constructor: 1, toString: 2, hasOwnProperty: 3 },
  'a map with the key __proto__': JSON.parse('{ "__proto__": { "a": 1 } }'),
  'a map without a prototype': Object.assign(Object.create(null), { a: 1 }),
  'a map that contains itself': circular,
  'a list that contains itself': circularList,
  'lists in one another': deep(10_000, (inner) => [inner]),
  'maps in one another': deep(10_000, (inner) => ({ a: inner })),
  'as many maps in one another as there may be': deep(150, (inner) => ({ a: inner })),
  'a list that doubles': deep(26, (inner) => [inner, inner]),
  'a Date': new Date(0),
  'a Date that is none': new Date(Number.NaN),
  'a Map': new Map([['a', 1]]),
  'a Set': new Set([1]),
  'a RegExp': /x/,
  'an Error': new Error('x'),
  bytes: Buffer.from('x'),
  'a boxed text': Object('x'),
  'a class': Thing,
  'an instance': new Thing(),
  'an instance that does not tell of what': Object.create(Object.create({}, { constructor: { get: fails } })),
  'a promise': Promise.resolve(1),
  'a getter': Object.defineProperty({}, 'a', { get: () => 1, enumerable: true }),
  'a getter that throws': Object.defineProperty({ fine: 1 }, 'a', { get: fails, enumerable: true }),
  'a getter called name that throws': Object.defineProperty({}, 'name', { get: fails, enumerable: true }),
  'methods of every object that throw': { toString: fails, valueOf: fails, toJSON: fails },
  'a proxy': new Proxy({ a: 1 }, {}),
  'a proxy that is revoked': revoked.proxy,
  'a proxy that shows no value': new Proxy({ a: 1 }, { get: fails }),
  'a proxy that shows no keys': new Proxy({ a: 1 }, { ownKeys: fails }),
  'a proxy that answers no question': new Proxy({ a: 1 }, { has: fails, getOwnPropertyDescriptor: fails }),
  'a proxy that does not tell of what': new Proxy({}, { getPrototypeOf: fails }),
  'a list behind a proxy': new Proxy(['a'], { get: fails }),
  'a function': () => 5,
  'a function of null': () => null,
  'a function of a map': () => ({ a: { b: null } }),
  'a function of a function': () => () => 1,
  'a function of a promise': async () => 1,
  'a function of lists in one another': () => deep(10_000, (inner) => [inner]),
  'a function of a proxy': () => new Proxy({ a: 1 }, { get: fails }),
  'a function of a getter that throws': () => Object.defineProperty({}, 'a', { get: fails, enumerable: true }),
  'a function that throws': fails,
  'a function that throws a text': () => {
    throw 'thrown';
  },
  'a function that throws null': () => {
    throw null;
  },
  'a function that throws a proxy': () => {
    throw new Proxy({}, { getPrototypeOf: fails, get: fails });
  },
  'a function without end': function again(): unknown {
    return again();
  },
};

/** Those that are data nowhere, and whose functions give none: wherever one stands, something has to be said about it. */
export const nowhereData: readonly string[] = [
  'no number',
  'a number without end',
  'a big integer',
  'a symbol',
  'a list of symbols',
  'a Date',
  'a Map',
  'a Set',
  'a RegExp',
  'an Error',
  'bytes',
  'a boxed text',
  'a class',
  'an instance',
  'a promise',
  'a function of a promise',
  'a map that contains itself',
  'maps in one another',
  'a proxy that is revoked',
  'a getter that throws',
  'a function that throws',
];
