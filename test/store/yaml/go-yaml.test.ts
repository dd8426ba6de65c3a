import fc from 'fast-check';
import { Document } from 'yaml';
import { parseGoYaml, readGoYaml } from '../../../store/yaml/go-yaml';
import { ofSlow } from '../../runs';
import { anyDocument } from '../yaml-model';

test.each([
  ['on', true],
  ['y', true],
  ['No', false],
  ['~', null],
  ['', null],
  ['0o17', 15],
  ['010', 8],
  ['08', 8],
  ['-0x1F', -31],
  ['0b11', 3],
  ['1_000', 1000],
  ['1e3', 1000],
  ['1.', 1],
  ['.5', 0.5],
  ['+12', 12],
  ['12:30', '12:30'],
  ['2001-01-01', '2001-01-01'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['oN', 'oN'],
  ['1e', '1e'],
  ['._5', '._5'],
  ['"on"', 'on'],
  ["'010'", '010'],
  ['!!str 010', '010'],
  ['!!float 5', 5],
  ['!!float "1e3"', 1000],
  ['!!int "010"', 8],
  ['!!int "0x10"', 16],
  ['!!bool "yes"', true],
  ['!!null ""', null],
  ['!!binary aGVsbG8=', 'hello'],
  ['!!timestamp 2001-01-01', '2001-01-01'],
  ['!!timestamp "2001-12-14 21:59:43.1"', '2001-12-14 21:59:43.1'],
  ['!!set {a, b: 1}', { a: null, b: 1 }],
  ['!!omap [{a: 1}]', [{ a: 1 }]],
  ['!!map 5', '5'],
  ['! 5', '5'],
  ['!own 5', '5'],
  ['!own {b: 010}', { b: 8 }],
])('%s is %j to Go', (source, value) => {
  expect(readGoYaml(`a: ${source}\n`)).toEqual({ a: value });
});

test('keys become texts after they are read', () => {
  expect(readGoYaml('on: 1\n010: 2\n"on": 3\n1.5: 4\n')).toEqual({ true: 1, '8': 2, on: 3, '1.5': 4 });
});

test.each([
  ['1234567.0', '1.234567e+06'],
  ['1e6', '1e+06'],
  ['1e5', '100000'],
  ['1_000.50', '1000.5'],
  ['3.14159265358979', '3.1415927'],
  ['0.00001234', '1.234e-05'],
  ['16777217.0', '1.6777216e+07'],
  ['-2.5e10', '-2.5e+10'],
  ['-0.0', '-0'],
  ['1e-50', '0'],
  ['-1e40', '-.inf'],
  ['1_000_000', '1000000'],
  ['16777217.0', '1.6777216e+07'],
  ['0.1', '0.1'],
  ['1e-5', '1e-05'],
  ['277032.125', '277032.12'],
  ['-2424876.25', '-2.4248762e+06'],
])('the key %s is %j, as Go writes a short float', (source, key) => {
  expect(Object.keys(readGoYaml(`${source}: x\n`) as object)).toEqual([key]);
});

test('an anchor may be said again, and counts from there', () => {
  expect(readGoYaml('a: &x {i: &y 1}\nb: &y 2\nc: *x\nd: *y\n')).toEqual({ a: { i: 1 }, b: 2, c: { i: 1 }, d: 2 });
});

test('what is merged beats what stands above it, and of several maps the first one wins', () => {
  expect(readGoYaml('a: &a {x: 1}\nb: {x: 3, <<: *a}\nc: {<<: [*a, {x: 5, z: 6}]}\nd: {"<<": 1}\n')).toEqual({
    a: { x: 1 },
    b: { x: 1 },
    c: { x: 1, z: 6 },
    d: { '<<': 1 },
  });
});

test.each([
  ['a: &a {p: 1}\nc:\n  p: 0\n  <<: *a\n', { p: 1 }],
  ['a: &a {p: 1}\nc: {<<: *a, p: 0}\n', { p: 0 }],
  ['a: &a {p: 1}\nb: &b {p: 2, q: 3}\nc:\n  <<: [*a, *b]\n  r: 4\n', { p: 1, q: 3, r: 4 }],
  ['a: &a {p: 1}\nb: &b {<<: *a, q: 3}\nc: {<<: *b}\n', { p: 1, q: 3 }],
  ['a: &a {p: {x: 1}}\nc: {<<: *a, p: {z: 2}}\n', { p: { z: 2 } }],
  ['a: &a {p: &x 1}\nx: &x 2\nc: {<<: *a, q: *x}\n', { p: 1, q: 2 }],
  ['a: &a {p: 1}\nc: {"<<": *a}\n', { '<<': { p: 1 } }],
  ['k: &k p\nc: {*k : 1}\n', { p: 1 }],
])('what is merged stands where it is merged: %j', (text, c) => {
  expect(readGoYaml(text)).toMatchObject({ c });
});

test('a block that ends with the text has no more line breaks than stand there', () => {
  expect(readGoYaml('a: |\n  b')).toEqual({ a: 'b' });
  expect(readGoYaml('a: |\n  b\n')).toEqual({ a: 'b\n' });
});

test('anchors and merge keys are resolved', () => {
  expect(readGoYaml('a: &a {x: 1, y1: 2}\nb: {<<: *a, x: 3}\nc: *a\n')).toEqual({ a: { x: 1, y1: 2 }, b: { x: 3, y1: 2 }, c: { x: 1, y1: 2 } });
});

test('of equal keys the last one wins, wherever they stand', () => {
  expect(readGoYaml('a: 1\nb: {x: 1, x: 2}\na: {c: 3}\n')).toEqual({ a: { c: 3 }, b: { x: 2 } });
  expect(readGoYaml('a:\n  b: 1\n  c: 2\n  b: 3\n')).toEqual({ a: { b: 3, c: 2 } });
});

test('a document of nothing is null', () => {
  expect(readGoYaml('---\n# Source: web/templates/x.yaml\n')).toBeNull();
});

test.each([
  ['~: 1\n', 'a key is null, a map or a list'],
  ['? [a]\n: 1\n', 'a key is null, a map or a list'],
  ['a: .inf\n', 'JSON has no number .inf'],
  ['a: 9007199254740993\n', 'the number 9007199254740993 is too large to be kept exactly'],
  ['a: [\n', 'Flow sequence in block collection must be sufficiently indented'],
  ['a: *b\n', "there is no anchor 'b' above"],
  ['a: &b {c: *b}\n', "the anchor 'b' holds itself"],
  ['a: !!int 1.5\n', "'1.5' is no !!int"],
  ['a: !!bool 1\n', "'1' is no !!bool"],
  ['a: !!null x\n', "'x' is no !!null"],
  ['a: !!float\n', "'' is no !!float"],
  ['a: !!timestamp 2001-02-30\n', "'2001-02-30' is no !!timestamp"],
  ['a: !!binary a\n', "'a' is no !!binary"],
  ['a: !!binary /w==\n', "the !!binary '/w==' is no text, and JSON holds nothing else"],
  ['true: 1\n"true": 2\n', "the key 'true' stands there as a text and as something else"],
  ['<<: 1\n', '`<<` merges what is no map'],
  ['<< : 1\n', '`<<` merges what is no map'],
  ['a: [:b]\n', "':b' stands between braces without quotation marks"],
  ['a: "\\ud83d\\ude00"\n', 'YAML has no escape \\ud83d'],
  ['a: "\\/"\n', 'YAML has no escape \\/'],
  ['a: b\u0085c\n', 'the character U+0085 stands in it'],
  ['a: "\u0007"\n', 'the character U+0007 stands in it'],
  ['a: b\rc\n', 'the character U+000D stands in it'],
  ['a: &a {<<: *a}\n', "the anchor 'a' holds itself"],
  ['a: "x\u2028y"\n', 'the character U+2028 stands in it'],
  [laughs('[', ']'), 'there are too many aliases'],
  [laughs('{<<: [', ']}'), 'there are too many aliases'],
  [`a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]\n`, 'there are too many aliases'],
])('%j is refused', (text, message) => {
  expect(() => readGoYaml(text)).toThrow(message);
});

/** Each line ten times the one before. */
function laughs(before: string, after: string): string {
  const lines = Array.from({ length: 12 }, (_, index) => `l${index + 1}: &l${index + 1} ${before}${Array(10).fill(`*l${index}`).join(', ')}${after}\n`);
  return `l0: &l0 {a: 1}\n${lines.join('')}`;
}

const blockStyle = fc.record({
  indentSeq: fc.boolean(),
  indent: fc.constantFrom(2, 4),
  singleQuote: fc.boolean(),
  blockQuote: fc.constantFrom(true, false, 'literal' as const),
  nullStr: fc.constantFrom('null', '~', ''),
});
const between = fc.constantFrom('', '', '', '\n', '# why\n', '      # why\n', '  \n', '\n\n');

test('what is plain block style reads as all of YAML does', () => {
  fc.assert(
    fc.property(anyDocument, blockStyle, fc.array(between, { minLength: 1, maxLength: 7 }), (document, options, added) => {
      const lines = new Document(document).toString({ lineWidth: 0, ...options }).split(/(?<=\n)/);
      const text = lines.map((line, index) => (added[index % added.length] ?? '') + line).join('');
      expect(answer(() => readGoYaml(text))).toEqual(answer(() => parseGoYaml(text)));
    }),
    { numRuns: ofSlow(4000) },
  );
});

function answer(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return 'refused';
  }
}
