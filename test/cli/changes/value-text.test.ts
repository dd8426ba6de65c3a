import fc from 'fast-check';
import { changeLines, valueText } from '../../../cli/print/changes/value-text';

test('a text stands as it is, unless it could be something else', () => {
  const values = [
    'v1.2.3',
    '1.11.0',
    '1.1',
    '010',
    '0x10',
    '1e3',
    'true',
    'null',
    '~',
    '',
    ' a',
    'a: b',
    "it's",
    '"a"',
    '[a]',
    '{a}',
    'a\nb',
    '\u001b[31m',
    '\u202e',
    'ü→',
  ];
  expect(values.map((value) => `${JSON.stringify(value)} ${valueText(value)}`)).toMatchInlineSnapshot(`
   [
     ""v1.2.3" v1.2.3",
     ""1.11.0" 1.11.0",
     ""1.1" "1.1"",
     ""010" "010"",
     ""0x10" "0x10"",
     ""1e3" "1e3"",
     ""true" "true"",
     ""null" "null"",
     ""~" "~"",
     """ """,
     "" a" " a"",
     ""a: b" a: b",
     ""it's" it's",
     ""\\"a\\"" "\\"a\\""",
     ""[a]" "[a]"",
     ""{a}" "{a}"",
     ""a\\nb" "a\\nb"",
     ""\\u001b[31m" "\\u001b[31m"",
     ""‮" "\\u202e"",
     ""ü→" ü→",
   ]
  `);
});

test('other values stand as JSON, and what is not set is told', () => {
  expect([1, true, null, [], {}, ['a', 1], { a: ['\u001b'] }, undefined].map((value) => valueText(value as string))).toMatchInlineSnapshot(`
   [
     "1",
     "true",
     "null",
     "[]",
     "{}",
     "["a",1]",
     "{"a":["\\u001b"]}",
     "(not set)",
   ]
  `);
});

test('two values stand on one line where they fit', () => {
  expect(changeLines('v1', 'v2')).toEqual({ line: ['v1', 'v2'] });
  expect(changeLines('a'.repeat(40), 'b'.repeat(40), 80)).toMatchInlineSnapshot(`
   {
     "lines": [
       "- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       "+ bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
     ],
   }
  `);
});

test('of a long text the lines that change, with those around them', () => {
  const text = Array.from({ length: 40 }, (_, index) => `line ${index} of a text`);
  expect(changeLines(text.join('\n'), text.map((line, index) => (index === 20 ? 'another' : line)).join('\n'))).toMatchInlineSnapshot(`
   {
     "lines": [
       "  …",
       "  line 19 of a text",
       "- line 20 of a text",
       "+ another",
       "  line 21 of a text",
       "  …",
     ],
   }
  `);
  expect(changeLines(`${text.join('\n')}\n`, undefined)).toMatchInlineSnapshot(`
   {
     "lines": [
       "- line 0 of a text",
       "- line 1 of a text",
       "- line 2 of a text",
       "- line 3 of a text",
       "- line 4 of a text",
       "- line 5 of a text",
       "- line 6 of a text",
       "- line 7 of a text",
       "- line 8 of a text",
       "- line 9 of a text",
       "- line 10 of a text",
       "- line 11 of a text",
       "- line 12 of a text",
       "- line 13 of a text",
       "- line 14 of a text",
       "- line 15 of a text",
       "- line 16 of a text",
       "- line 17 of a text",
       "- line 18 of a text",
       "- line 19 of a text",
       "- line 20 of a text",
       "- line 21 of a text",
       "- line 22 of a text",
       "- line 23 of a text",
       "  … 16 more lines (--format json has them all)",
     ],
   }
  `);
});

test('a change of the end of a text alone is seen', () => {
  const text = Array.from({ length: 9 }, (_, index) => `line ${index} of a text`).join('\n');
  expect(changeLines(text, `${text}\n`)).toMatchInlineSnapshot(`
   {
     "lines": [
       "  …",
       "+ (a line break at the end)",
     ],
   }
  `);
});

test('no value sends a control to a terminal, and no line is a wall', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 600 }), (before, after) => {
      const change = changeLines(before as string, after);
      const lines = 'line' in change ? [...change.line] : [...change.lines];
      expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line) || line.length > 500)).toEqual([]);
      expect(lines.length).toBeLessThanOrEqual(25);
    }),
  );
});
