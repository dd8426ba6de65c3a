import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { escaped, propertyKey, stringLiteral } from '../../../store/typescript/literal-text';
import { commentLines, moduleText, sourceText } from '../../../store/typescript/source-text';
import type { Entry, Item, ListSource, MapSource, Source } from '../../../store/typescript/source-tree';

type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

const code = (text: string): Source => ({ kind: 'code', text });
const list = (...items: readonly Item[]): ListSource => ({ kind: 'list', items });
const map = (...entries: readonly Entry[]): MapSource => ({ kind: 'map', entries });

/** Data as a tree, without comments. */
function data(value: Data): Source {
  if (Array.isArray(value)) return list(...value.map((item) => ({ value: data(item) })));
  if (typeof value !== 'object' || value === null) return { kind: 'value', value: value as string | number | boolean | null };
  return map(...Object.entries(value).map(([key, item]) => ({ key, value: data(item) })));
}

/** Data as a tree whose maps have one entry a line. */
function expanded(value: { readonly [key: string]: Data }): Source {
  return { ...(data(value) as MapSource), expanded: true };
}

const root = join(__dirname, '../../..');

/** What Biome makes of a text with the configuration of this repository; its linter has to be silent. */
function biome(text: string): string {
  const options = ['check', '--write', '--error-on-warnings', '--stdin-file-path=config/source.ts', '--files-max-size=100000000', '--max-diagnostics=5'];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), options, {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (status !== 0) throw new Error(`biome check failed:\n${stderr}`);
  return stdout;
}

/** All trees in one file, so that Biome starts once. */
function together(trees: readonly Source[]): string {
  return trees
    .map((body, index) => moduleText({ open: `export const ${'v'.repeat(1 + (index % 4))}${index} = `, body, close: index % 2 ? ' satisfies object;' : ';' }))
    .join('');
}

/** What code gives when it runs. A function counts as its text, however that is broken into lines. */
function evaluate(text: string): unknown {
  return withoutFunctions(new Function('unset', 'target', `return (${text}\n)`)('unset', { region: 'us-east1' }));
}

function withoutFunctions(value: unknown): unknown {
  if (typeof value === 'function') return String(value).replace(/=>\s+/, '=> ');
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutFunctions(item)]));
}

function dataOf(source: Source): unknown {
  if (source.kind === 'code') return evaluate(source.text);
  if (source.kind === 'value') return source.value;
  if (source.kind === 'list') return source.items.map((item) => dataOf(item.value));
  return Object.fromEntries(source.entries.map((entry) => [entry.key, dataOf(entry.value)]));
}

const wide = (length: number) => 'x'.repeat(length);
const numbers = (count: number, value = 1_000_000_000) => Array<number>(count).fill(value);
const flag: Data = { a: 1, b: 2 };

/** A map in a map in a map, so deep that the last ones begin behind the limit. */
function deep(name: string, levels: number, inside: Source): Source {
  return levels === 0 ? inside : map({ key: name, value: deep(name, levels - 1, inside) });
}

const shapes: readonly Source[] = [
  map({ key: `a${wide(152)}`, value: data('a\nb\nc') }, { key: `a${wide(158)}`, value: data('a\nb\nc') }),
  ...['a', 'abcd', 'abcde'].flatMap((name) => [data({}), data([1]), data('text')].map((inside) => deep(name, 95, inside))),
  map(),
  list(),
  expanded({}),
  expanded({ a: { b: [] }, c: {} }),
  data({ a: 1, 'b-c': "it's", __dirname: null, 1: 'one', ünü: true, class: 'word', '': '', '1e3': 1, 'a"b\'c': 1 }),
  map({ key: '__proto__', value: data({ a: 1 }) }),
  data([[1], [2]]),
  data([
    [1, 2],
    [3, 4],
  ]),
  data([flag, flag]),
  data([flag]),
  data([flag, {}]),
  data([flag, { a: 1 }]),
  data([flag, [1, 2]]),
  data({ a: { b: [flag, flag] } }),
  data({ script: `#!/bin/sh\nset -e\necho "$HOME" \`pwd\` \\ \${x}\n`, list: ['a\nb\nc', 1], short: 'a\nb\n' }),
  map({ key: 'behind', value: data({ text: 'a\n  b\nc' }), after: 'why' }, { key: 'text', value: data('a\n\n\nb'), after: 'so' }),
  list({ value: expanded({ a: 1 }) }, { value: data(1) }),
  list({ value: expanded({ a: 1, b: 2 }) }, { value: data({ a: 1, b: 2 }) }),
  data({ list: numbers(40), negative: [...numbers(20), -1, 1.5], mixed: [...numbers(20), null], one: [1] }),
  data([0, -0, 1e21, 1.5e-7, -1e300, 123456789012345680000, 0.1, Number.MAX_SAFE_INTEGER, 5e-324, 1.7976931348623157e308]),
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => data({ value, list: [value, 1] })),
  // A string that is too long stays behind a key of up to four columns, and moves below a longer one.
  ...['a', 'aaaa', 'aaaaa', '-a', 'a-b', '__proto__', '日本', '日本a'].map((key) => map({ key, value: data(wide(170)) })),
  map({ key: 'target', value: code(`(target) => \`${wide(150)}\${target.region}\``) }, { key: 'template', value: code(`\`${wide(170)}\${target.region}\``) }),
  list({ value: code(`(target) => \`${wide(150)}\${target.region}\``) }, { value: code('(target) => target.region') }),
  data({
    cjk: ['日'.repeat(40), '本'.repeat(35)],
    emoji: ['😀'.repeat(40), '👩‍👩‍👧'.repeat(10), 'é'.repeat(90)],
    half: ['ｱ'.repeat(90), 'e\u0301'.repeat(50)],
  }),
];

const onLines = [code(`\`a\n  \${target.region}\nb\n\``), code(`(target) => \`a\n  \${target.region}\nb\n\``), data('a\nb\nc')];

const linesOfText: readonly Source[] = onLines.flatMap((source) => [
  map({ key: 'a', value: source }, { key: 'longer', value: source, after: 'why' }),
  map({ key: 'a', value: map({ key: 'b', value: source }) }),
  list({ value: source }, { value: data(1) }, { value: map({ key: 'a', value: data(1) }, { key: 'longer', value: source }) }),
]);

/** Lines of all lengths around the limit. */
const edges: readonly Source[] = Array.from({ length: 40 }, (_, index) => 125 + index).flatMap((length) => [
  data({ key: wide(length) }),
  data({ key: { k: 1, text: wide(length - 12) } }),
  data({ key: [wide(length - 6), 1] }),
  data([wide(length - 40), { a: ['日本', 2] }]),
  data({ list: [...numbers(12), 10 ** (length - 120)], deep: { list: [...numbers(13), length, ...numbers(length % 14, length)] } }),
  map({ key: 'target', value: code(`(target) => \`${wide(length - 20)}\``) }),
  map({ key: 'target', value: code(`\`${wide(length)}\``) }),
  ...[12, -12, true, null, 'a', {}, [], { a: 1 }, [1, 2], ['a'], [flag, flag]].map((value) => data({ k: 1, [`k${wide(length - 2)}`]: value as Data })),
  map({ key: `k${wide(length - 2)}`, value: expanded({ a: 1 }) }),
]);

const comments: readonly Source[] = [
  map(
    { key: 'a', value: data(1), before: ['first', '', '  indented  ', 'of\nlines'], after: 'behind' },
    { key: 'b', value: data({ c: 1 }), after: 'of\nlines' },
  ),
  map({ key: 'a', value: map({ key: 'b', value: data([]), before: ['why'] }) }, { key: 'c', value: data({ d: wide(150) }), after: wide(150) }),
  map({ key: 'a', value: list({ value: data(1), before: [''] }), after: '' }),
  list({ value: data(flag), before: ['a'], after: 'b' }, { value: data(flag) }),
  list({ value: data({ a: 1 }), after: 'b' }, { value: data([]), after: 'c' }),
  list(...numbers(30).map((value, index) => ({ value: data(value), before: index % 13 === 3 ? ['why', 'so'] : [] }))),
  list(...numbers(30).map((value, index) => ({ value: data(value), ...(index === 12 && { after: 'behind' }) }))),
  list(...numbers(6).map((value, index) => ({ value: data(value), before: index % 2 ? [] : [wide(153 + index), 'so'] }))),
  list({ value: data(1) }, { value: data(2), after: 'behind the last' }),
  list({ value: data(1), after: 'behind the first' }, { value: data(2) }),
  list({ value: data(1), before: ['the only one'] }),
  { ...map({ key: 'a', value: data(1) }), end: ['at the end', 'of a map'] },
  map({ key: 'a', value: { ...map(), end: ['nothing else'] } }, { key: 'b', value: { ...list(), end: ['nothing else'] } }),
  map({ key: 'a', value: { ...list({ value: data('b') }), end: ['at the end'] } }),
  { ...list(...numbers(30).map((value) => ({ value: data(value) }))), end: ['at the end'] },
  { ...list({ value: data(flag) }, { value: data(flag) }), end: ['at the end'] },
  map({ key: 'long', value: data(wide(170)), before: ['why'], after: 'behind' }, { key: 'target', value: code(`(target) => '${wide(150)}'`), after: 'behind' }),
];

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc
    .array(fc.constantFrom("'", '"', '`', '\\', '\n', '\r\n', '\t', '\0', '\u2028', '\u202e', '\ud800', '*/', '//', `\${a}`, 'é', '日', '😀', '7', ' '), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc.tuple(fc.integer({ min: 20, max: 175 }), fc.constantFrom('x', "'", 'é', '日')).map(([length, unit]) => wide(length) + unit),
);

const scalar: fc.Arbitrary<Source> = fc
  .oneof({ weight: 4, arbitrary: text }, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null))
  .map(data);

const expression: fc.Arbitrary<Source> = fc
  .constantFrom(
    'unset',
    '(target) => target.region',
    `\`\${target.region}-a\``,
    `(target) => \`${wide(120)}\${target.region}\``,
    `\`${wide(140)}\${target.region}\``,
  )
  .map(code);

const comment = fc.record({ before: fc.array(text, { maxLength: 2 }), after: text }, { requiredKeys: [] });
const remarks = fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, comment);
const key = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-zA-Z_$][\w$]{0,12}$/) },
  text,
  fc.constantFrom('__proto__', 'constructor', '0', '01', 'a-b', 'é'),
);

const { tree } = fc.letrec<{ tree: Source }>((tie) => {
  const value = fc.oneof({ maxDepth: 5, depthSize: 'large' }, { weight: 3, arbitrary: scalar }, expression, { weight: 4, arbitrary: tie('tree') });
  const entry = fc
    .tuple(key, value, remarks)
    // An arrow function behind a key that nearly fills the line is broken in its parameters, which is not imitated.
    .filter(([name, item]) => item.kind !== 'code' || name.length < 80)
    .map(([name, item, remark]): Entry => ({ key: name, value: item, ...remark }));
  const entries = fc.uniqueArray(entry, { maxLength: 6, selector: ({ key: name }) => name });
  const items = (item: fc.Arbitrary<Source>) =>
    fc.array(
      fc.tuple(item, remarks).map(([each, remark]): Item => ({ value: each, ...remark })),
      { maxLength: 6 },
    );
  const end = fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.array(text, { minLength: 1, maxLength: 2 }));
  const numeric = fc.array(fc.tuple(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), remarks), { maxLength: 30 });
  const maps = fc.record({ entries, expanded: fc.boolean(), end }).map((parts): Source => ({ kind: 'map', ...parts }));
  return {
    tree: fc.oneof(
      { weight: 4, arbitrary: maps },
      { weight: 2, arbitrary: fc.tuple(items(value), end).map(([each, last]) => ({ ...list(...each), end: last })) },
      items(maps).map((each) => list(...each)),
      numeric.map((each) => list(...each.map(([item, remark]) => ({ value: data(item), ...remark })))),
    ),
  };
});

const random = fc.sample(tree, { numRuns: 600, seed: 20260101 });

describe('Biome leaves as it is', () => {
  test.each([
    ['every shape of maps, lists and values', shapes],
    ['texts of several lines', linesOfText],
    ['lines of all lengths around the limit', edges],
    ['comments', comments],
    ['what chance brings', random],
  ])('%s', (_, trees) => {
    const written = together(trees);
    expect(biome(written)).toBe(written);
  });

  test('a whole file, linted and its imports sorted', () => {
    const written = moduleText({
      imports: ["import { cluster, type FleetAppConfig } from 'cdk8s-fleet';"],
      before: ['Written once.', 'biome-ignore lint: no'],
      open: 'export default ',
      body: map(
        { key: 'shell', value: data(`echo \${HOME} \`a\` \\ \u0007 \u00a0`) },
        { key: 'name', value: code('cluster.name'), after: '@ts-ignore' },
        { key: '__proto__', value: data([1, 2 ** 70, 1e21]) },
      ),
      close: ' satisfies FleetAppConfig;',
      rest: ['declare global {}'],
    });
    expect(biome(written)).toBe(written);
  });
});

describe('the source', () => {
  test('gives the value back when it runs', () => {
    for (const source of [...shapes, ...edges, ...comments, ...random]) expect(evaluate(sourceText(source))).toEqual(dataOf(source));
  });

  test('of any string and any key gives it back when it runs, on one line that shows what it holds', () => {
    const check = (value: string) => {
      for (const written of [stringLiteral(value), propertyKey(value), escaped(value, '`')]) expect(written).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(evaluate(stringLiteral(value))).toBe(value);
      expect(evaluate(`\`${escaped(value, '`')}\${target.region}\``)).toBe(`${value}us-east1`);
      expect(evaluate(sourceText(map({ key: value, value: data(1) })))).toEqual(Object.fromEntries([[value, 1]]));
    };
    fc.assert(fc.property(text, check), { numRuns: 3000 });
  });

  test('is the same number', () => {
    const check = (value: number) => expect(evaluate(sourceText(data(value)))).toBe(value);
    fc.assert(fc.property(fc.double(), check), { numRuns: 3000, examples: [[-0], [Number.NaN]] });
  });
});

describe('a string', () => {
  test.each([
    ['a', "'a'"],
    ["it's", `"it's"`],
    [`it's "a"`, `'it\\'s "a"'`],
    [`"it's"'`, `'"it\\'s"\\''`],
    ['a\\b`c`', "'a\\\\b`c`'"],
    ['a\n\tb\r\0', "'a\\n\\tb\\r\\u0000'"],
    ['\ud83d', "'\\ud83d'"],
    ['\u2028\u202e\u00a0\u{e0001}', "'\\u2028\\u202e\\u00a0\\u{e0001}'"],
    ['日本 é 😀 👩‍👩‍👧', "'日本 é 😀 👩‍👩‍👧'"],
  ])('%j is written as %s', (value, written) => {
    expect(stringLiteral(value)).toBe(written);
  });

  test('that a reader would take for a template literal is one, its placeholders escaped', () => {
    expect(sourceText(data(`'\${HOME}' \`$PATH`))).toBe(`\`'\\\${HOME}' \\\`$PATH\``);
  });
});

describe('a comment', () => {
  test('ends where its line ends, whatever it says', () => {
    expect(commentLines(['a\nb\r\nc\u2028d\u2029e\rf', '*/ \u0000\ud800 ', '', '@ts-ignore'], '  ')).toEqual([
      ...['  // a', '  // b', '  // c', '  // d', '  // e', '  // f', '  // */ \\u0000\\ud800', '  //', '  // # @ts-ignore'],
    ]);
    const behind = sourceText(map({ key: 'a', value: data(1), after: 'b\n};\u2028c\td' }));
    expect(behind).toBe('{\n  a: 1, // b }; c d\n}');
  });
});

describe('a file', () => {
  test('has its imports, the comments, the value and the rest', () => {
    const body = expanded({ name: 'a', list: [flag, flag] });
    expect(
      moduleText({
        imports: ["import { a } from 'b';"],
        before: ['Why.'],
        open: 'const fleet = defineFleet(',
        body,
        close: ');',
        rest: ['export default fleet;'],
      }),
    ).toBe(`import { a } from 'b';

// Why.
const fleet = defineFleet({
  name: 'a',
  list: [
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ],
});

export default fleet;
`);
  });

  test('of a value alone is one statement', () => {
    expect(moduleText({ open: 'export default ', body: data({ a: [] }), close: ';' })).toBe('export default { a: [] };\n');
  });
});
