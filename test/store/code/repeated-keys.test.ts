import fc from 'fast-check';
import { mayRepeatKeys } from '../../../store/typescript/key-scan';
import { repeatedKeys } from '../../../store/typescript/repeated-keys';

/** What stands twice, as `key at line:column of the first and of the second`. */
function found(text: string, file = 'a.ts'): readonly string[] {
  return repeatedKeys(text, file).map(({ key, first, second }) => `${key} at ${first.line}:${first.column + 1} and ${second.line}:${second.column + 1}`);
}

test('both places of a key that stands twice are told', () => {
  const text = `export default {
  patches: {
    'patch-003': { rolledOutTo: ['e'], change: {} },
    'patch-003': { rolledOutTo: ['f'], change: {} },
  },
};
`;
  expect(found(text)).toEqual(['patch-003 at 3:5 and 4:5']);
});

test.each([
  ['as a name and as a string', "export default { a: 1, 'a': 2 };"],
  ['in brackets', "export default { a: 1, ['a']: 2 };"],
  ['as a template', 'export default { a: 1, [`a`]: 2 };'],
  ['as a constant of the file', "const key = 'a';\nexport default { a: 1, [key]: 2 };"],
  ['as numbers that are equal', 'export default { 1: 1, 0x1: 2, "1": 3 };'],
  ['with an escape', "export default { 'a': 1, '\\x61': 2 };"],
  ['as a shorthand', 'const a = 1;\nexport default { a, b: 2, a: 3 };'],
  ['as a method', 'export default { a() {}, a: 3 };'],
  ['as a method of any kind', 'export default { a: 3, async *a() {} };'],
  ['as a getter beside a value', 'export default { get a() { return 1; }, a: 3 };'],
  ['as two getters', 'export default { get a() { return 1; }, get a() { return 2; } };'],
  ['deep in a call', "export default defineFleet({ a: [{ b: f({ c: 1, d: 2, 'c': 3 }) }] });"],
  ['in a function of the target', 'export default { a: (target) => ({ b: 1, c: target.region, b: 2 }) };'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
  ['in a template literal', 'export default { a: `x ${f({ b: 1, b: 2 })} y` };'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
  ['behind a template literal with braces', 'export default { a: `}{ ${b} {`, c: 1, c: 2 };'],
  ['behind a regular expression with a quote', 'export default { a: /[\'"{]/, c: 1, c: 2 };'],
  ['around a spread', 'export default { a: 1, ...b, a: 2 };'],
  ['behind a comment', 'export default { a: 1, // a: {\n /* b: */ a: 2 };'],
  ['called get', 'export default { get: 1, set: 2, get: 3 };'],
  ['beyond ASCII', 'export default { größe: 1, größe: 2 };'],
  ['in a constant that others import', 'export const shared = { a: { b: 1, b: 2 } };'],
])('a key that stands twice is found %s', (_, text) => {
  expect(repeatedKeys(text, 'a.ts').length).toBeGreaterThan(0);
});

test.each([
  ['of objects side by side', 'export default { a: { c: 1 }, b: { c: 2 }, d: [{ c: 1 }, { c: 2 }] };'],
  ['of an object and one in it', 'export default { a: { a: { a: 1 } } };'],
  ['of a getter and its setter', 'export default { get a() { return 1; }, set a(value) {} };'],
  ['of types', 'interface A { a: 1; b: 2 }\ntype B = { a: 1, b: { a: 2 } };\nexport default {} as A & B;'],
  ['in strings, comments and templates', 'export default { a: "{ b: 1, b: 2 }", c: `{ b: 1, b: 2 }` /* { b: 1, b: 2 } */ };'],
  ['of computed names that nobody knows here', 'export default { [a]: 1, [b]: 2, [a]: 3 };'],
  ['of parameters and variables', 'const { a, b } = c;\nexport default { a, b, d: ({ a, b }) => { let x = a, y = b; return [a, b, a ? b : a]; } };'],
  ['that differ in case', 'export default { a: 1, A: 2 };'],
])('keys %s are fine', (_, text) => {
  expect(repeatedKeys(text, 'a.ts')).toEqual([]);
});

test('a JSON file that is imported is looked at too', () => {
  expect(found('{ "a": 1,\n  "a": 2 }', 'a.json')).toEqual(['a at 1:3 and 2:3']);
});

test('a file without a suspicion is not parsed', () => {
  expect(mayRepeatKeys("import { x } from 'y';\nexport default { a: { b: 1 }, c: [{ b: 1 }, { b: 2 }], d: (t) => ({ b: t ? 1 : 2 }) };")).toBe(false);
});

test('text that is no TypeScript is left to whoever compiles it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'{}[]():,`$\'"/a1 \n') })), (text) => repeatedKeys(text, 'a.ts').length >= 0),
  );
});

/** Ways to write a key. */
const spellings: readonly ((key: string) => string)[] = [
  (key) => JSON.stringify(key),
  (key) => `'${key}'`,
  (key) => `['${key}']`,
  (key) => `[\`${key}\`]`,
  (key) => (/^[a-z]+$/.test(key) ? key : `'${key}'`),
];
type Entry = readonly [key: string, spelling: number, value: Value];
type Value = string | readonly Entry[];

const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    fc.constantFrom('1', "'x'", '`a ${b} c`', '[{ a: 1 }, { a: 2 }]', '(t) => ({ a: t })', 'f(1, 2)'),
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'get', 'patch-003', 'x y', '7'), fc.nat(spellings.length - 1), tie('value')), { maxLength: 4 }),
  ),
})).value;

function written(value: Value): string {
  if (typeof value === 'string') return value;
  return `{ ${value.map(([key, spelling, inner]) => `${spellings[spelling]?.(key)}: ${written(inner)}`).join(',\n')} }`;
}

function repeats(value: Value): number {
  if (typeof value === 'string') return 0;
  return value.length - new Set(value.map(([key]) => key)).size + value.reduce((sum, [, , inner]) => sum + repeats(inner), 0);
}

test('in any object, as many keys are found as were written once too often', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = `export default ${written(value)};`;
      expect(repeatedKeys(text, 'a.ts')).toHaveLength(repeats(value));
    }),
    { numRuns: 300 },
  );
});
