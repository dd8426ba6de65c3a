import fc from 'fast-check';
import { Document } from 'yaml';
import { parseGoYaml, readGoYaml } from '../../../store/hydrate/go-yaml';
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
])('%s is %j to Go', (source, value) => {
  expect(readGoYaml(`a: ${source}\n`)).toEqual({ a: value });
});

test('keys become texts after they are read', () => {
  expect(readGoYaml('on: 1\n010: 2\n"on": 3\n1.5: 4\n')).toEqual({ true: 1, '8': 2, on: 3, '1.5': 4 });
});

test('anchors and merge keys are resolved', () => {
  expect(readGoYaml('a: &a {x: 1, y1: 2}\nb: {<<: *a, x: 3}\nc: *a\n')).toEqual({ a: { x: 1, y1: 2 }, b: { x: 3, y1: 2 }, c: { x: 1, y1: 2 } });
});

test('a document of nothing is null', () => {
  expect(readGoYaml('---\n# Source: web/templates/x.yaml\n')).toBeNull();
});

test.each([
  ['a: 1\na: 2\n', "the key 'a' stands twice at line 2"],
  ['~: 1\n', 'a key is null, a map or a list'],
  ['? [a]\n: 1\n', 'a key is null, a map or a list'],
  ['a: .inf\n', 'JSON has no number .inf'],
  ['a: 9007199254740993\n', 'the number 9007199254740993 is too large to be kept exactly'],
  ['a: [\n', 'Flow sequence in block collection must be sufficiently indented'],
  ['a: *b\n', 'Unresolved alias'],
])('%j is refused', (text, message) => {
  expect(() => readGoYaml(text)).toThrow(message);
});

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
