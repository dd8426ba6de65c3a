import fc from 'fast-check';
import { Document, parse } from 'yaml';
import type { Plain } from '../../../layers/layer';
import { recordFolder } from '../../../layers/record';
import { encodeToken } from '../../../layers/text/token';
import { fileText } from '../../../store/output/output-text';
import { readRendered } from '../../../store/yaml/read-rendered';
import { toHelmTemplate, toYaml } from '../../../store/yaml/yaml-text';
import { ofSlow } from '../../runs';
import { laws } from '../state/law-model';
import { anyDocument, documents, key, type PlainMap, plainNumber, text } from '../yaml-model';

const token = encodeToken({ key: 'name', origin: 'name' });
const strings = fc.oneof(
  text,
  fc
    .array(fc.constantFrom('{', '{{', '}}', '{{.name}}', '`', '"', "'", '\\', '\n', ' ', 'a', ':', '#', token), { maxLength: 8 })
    .map((parts) => parts.join('')),
);
const keys = fc.oneof(key, fc.constantFrom('{{.name}}', `k-${token}`, '1', '010', '- a', '? b', 'a: b', '#c', "it's", '"q"', '__proto__', 'a #b', '[x]', '*y'));
const hostile: fc.Arbitrary<PlainMap> = documents(strings, keys, plainNumber);

/** What a reader answers: a value, or that it is no YAML. */
function answer(read: () => unknown): { readonly value?: unknown; readonly isRefused?: true } {
  try {
    return { value: read() };
  } catch {
    return { isRefused: true };
  }
}

function expectAsParsed(yaml: string): void {
  expect(answer(() => readRendered(yaml))).toEqual(answer(() => parse(yaml, { maxAliasCount: 100 })));
}

test('whatever is written reads as the yaml library reads it', () => {
  fc.assert(
    fc.property(hostile, (document) => {
      for (const yaml of [toYaml(document), toHelmTemplate(document)]) expect(readRendered(yaml)).toEqual(parse(yaml));
    }),
    { numRuns: ofSlow(8000) },
  );
});

test('records read as the yaml library reads them', () => {
  const texts = fc.array(strings, { maxLength: 3 });
  const patches = fc.array(fc.record({ patch: strings, at: texts }), { maxLength: 2 });
  const record = fc.record({ patches, rendered: texts, layers: fc.array(fc.record({ layer: strings, at: texts, fields: texts }), { maxLength: 3 }) });
  const fleet = fc.record({
    topology: fc.constantFrom('dimensions' as const, 'hub-and-spoke' as const),
    dimensions: texts,
    sequence: texts,
    law: laws(strings),
  });
  fc.assert(
    fc.property(record, fleet, (ofApp, ofFleet) => {
      for (const yaml of [
        fileText({ kind: 'record', path: `${recordFolder}/a/b.yaml`, record: ofApp }),
        fileText({ kind: 'fleet-record', path: `${recordFolder}/fleet.yaml`, record: ofFleet }),
      ]) {
        expect(readRendered(yaml)).toEqual(parse(yaml));
      }
    }),
    { numRuns: ofSlow(2000) },
  );
});

test('what others write reads as the yaml library reads it, or is refused as there', () => {
  const options = fc.record({
    indent: fc.constantFrom(1, 2, 3, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    simpleKeys: fc.constant(false),
    directives: fc.boolean(),
    singleQuote: fc.constantFrom(true, false, null),
    blockQuote: fc.constantFrom(true, false, 'folded' as const, 'literal' as const),
    nullStr: fc.constantFrom('null', '~', ''),
  });
  fc.assert(
    fc.property(hostile, options, fc.boolean(), (document, { directives, ...given }, hasLineBreaksOfWindows) => {
      const yaml = new Document(document, { aliasDuplicateObjects: true }).toString({ ...given, ...(directives ? { directives } : {}) });
      expectAsParsed(hasLineBreaksOfWindows ? yaml.replace(/\n/g, '\r\n') : yaml);
    }),
    { numRuns: ofSlow(4000) },
  );
});

test('a text that somebody edited reads as the yaml library reads it, or is refused as there', () => {
  const piece = fc.constantFrom(
    ...[
      '\n',
      '\r\n',
      '\t',
      ' ',
      '  ',
      '# x',
      ' # x\n',
      '---\n',
      '...\n',
      '- ',
      '-',
      ': ',
      ':',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '!t ',
      '|',
      '>-',
      '|2\n',
    ],
    ...[
      '"',
      "'",
      '\\',
      '<<: *a\n',
      'a: b\n',
      '  a: b\n',
      '- a: 1\n',
      '%YAML 1.1\n',
      '\ufeff',
      'null',
      '~',
      '{}',
      '[]',
      '[a, b]',
      '- - 1\n',
      '{{',
      '\u0085',
      '\u2028',
    ],
  );
  const edit = fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.boolean(), piece);
  fc.assert(
    fc.property(fc.oneof(hostile, anyDocument), fc.array(edit, { minLength: 1, maxLength: 3 }), (document, edits) => {
      let yaml = toYaml(document);
      for (const [at, length, isCut, added] of edits) {
        const place = at % (yaml.length + 1);
        yaml = yaml.slice(0, place) + added + yaml.slice(place + (isCut ? length : 0));
      }
      expectAsParsed(yaml);
    }),
    { numRuns: ofSlow(20_000) },
  );
});

const written: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a comment', '# only\n'],
  ['an empty map behind comments', '# a\n{}\n'],
  ['an empty map and more', '{}\na: 1\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a document that ends', 'a: 1\n...\n'],
  ['an anchor', 'a: &x 1\nb: *x\n'],
  ['a merge', 'a: &x\n  b: 1\nc:\n  <<: *x\n'],
  ['flow', 'a: { b: [1, 2] }\n'],
  ['a comment in the middle', 'a:\n  # why\n  b: 1 # here\n'],
  ['a comment behind a text', 'a: b # c\n'],
  ['a text on two lines', 'a: b\n  c\n'],
  ['quotes on two lines', "a: 'b\n  c'\n"],
  ['line breaks of Windows', 'a: 1\r\nb:\r\n  - x\r\n'],
  ['tabs', 'a:\n\tb: 1\n'],
  ['a list at the depth of its key', 'a:\n- 1\n- 2\nb: 3\n'],
  ['a block of nothing that keeps lines', 'a: |+\nb: |+\n# c\n\n'],
  ['a key twice', 'a: 1\na: 2\n'],
  ['a byte order mark', '\ufeffa: 1\n'],
  ['no line break at the end', 'a: |\n  b'],
  ['a conflict', '<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n'],
];

test.each(written)('%s reads as the yaml library reads it', (_, yaml) => {
  expectAsParsed(yaml);
});

test('the key of every prototype is a key like any other', () => {
  const read = readRendered('__proto__: 1\n') as { readonly [key: string]: Plain };
  expect(Object.keys(read)).toEqual(['__proto__']);
});
