import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { tryLoadData } from '../../store/code/load-data';
import { loadModule } from '../../store/code/load-module';

const folder = mkdtempSync(join(tmpdir(), 'fleet-data-'));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string): string {
  count += 1;
  const file = join(folder, `file-${count}.ts`);
  writeFileSync(file, text);
  return file;
}

test.each([
  ['with a type', "import type { SpokeConfig } from 'cdk8s-fleet';\n\nexport default {\n  hub: 'hub-1',\n  manages: ['a', 'b'],\n} satisfies SpokeConfig;\n"],
  ['without one', 'export default { a: 1, "b": -2.5, c: [true, false, null, undefined, {}], $d_1: "x" };'],
  ['with comments and escapes', "export default {\n  // it's fine { [ `\n  a: 'it\\'s \\u0041', /* ' */ b: \"\\n\",\n}\n"],
  ['with the names of values as keys', 'export default { true: 1, null: 2, undefined: 3, import: 4 };'],
  ['with what looks like code in strings', "export default { a: '{{ b }}', c: 'process.exit(1)', d: '`', e: ['x'] };"],
  ['with a key in brackets, which is a string like any other', "export default { ['a']: 1 };"],
])('plain data %s is what compiling it gives', (_, text) => {
  const file = write(text);
  const data = tryLoadData(file);
  expect(data).toBeDefined();
  expect(data?.default).toEqual(loadModule(file).default);
});

test.each([
  ['a function', 'export default { a: (target) => target.cluster };'],
  ['a call', 'export default { a: f() };'],
  ['a template', 'export default { a: `x` };'],
  ['a name', 'export default { a: unset };'],
  ['a shorthand', 'const a = 1; export default { a };'],
  ['a spread', 'export default { ...a };'],
  ['a computed key', "export default { [a]: 1, ['b' + 'c']: 2 };"],
  ['a getter', 'export default { get a() { return 1; } };'],
  ['a method', 'export default { a() { return 1; } };'],
  ['an operator', 'export default { a: 1 + 2 };'],
  ['another number', 'export default { a: 0x10, b: 1e3, c: 1n };'],
  ['a regular expression', 'export default { a: /x/ };'],
  ['an import of values', "import { unset } from 'cdk8s-fleet';\nexport default { a: 1 };"],
  ['another export', 'export default { a: 1 };\nexport const b = 2;'],
  ['two exports', 'export default { a: 1 };\nexport default { b: 1 };'],
  ['a cast', 'export default { a: 1 } as const;'],
  ['a declaration', "export default { a: 1 };\ndeclare module 'x' {}"],
  ['a list', 'export default [1];'],
  ['a mistake', 'export default { a: 1, , };'],
  ['an open string', "export default { a: 'x };"],
  ['something behind it', 'export default { a: 1 } satisfies X, f();'],
])('a file with %s is left to the compiler', (_, text) => {
  expect(tryLoadData(write(text))).toBeUndefined();
});

test('any data, written as JSON, is read as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const file = write(`export default ${JSON.stringify(data, null, 1)};\n`);
      const read = tryLoadData(file);
      // A number with an exponent is left to the compiler, and so is a key that sets the prototype.
      if (read) expect(JSON.stringify(read.default)).toBe(JSON.stringify(loadModule(file).default));
      else expect(JSON.stringify(data)).toMatch(/\de[+-]?\d/);
    }),
    { numRuns: 60 },
  );
});
