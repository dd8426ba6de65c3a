import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../../store/yaml-text';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    '010',
    '12:30',
    '0o17',
    '1e3',
    '0X1F',
    '~',
    '',
    ' a',
    'a ',
    '- a',
    'a: b',
    '# a',
    'a #b',
    '{{.name}}',
    "it's",
    'line\nline\n',
    '\n a\nb',
    'a\n\n\n',
    '1.18.2',
    'v1',
    '2020-01-01',
    '1_000',
    '=',
    '<<',
    '.5',
    '0b1',
    '+1',
    '\ta',
    'a\tb\n',
  ),
);
const key = text.filter((k) => k !== '__proto__' && k.length < 200);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  ),
})).any;

test('x', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 5 }), (doc) => {
      const out = toYaml(doc as never);
      expect(parse(out)).toEqual(JSON.parse(JSON.stringify(doc)));
      expect(parse(out, { version: '1.1' })).toEqual(JSON.parse(JSON.stringify(doc)));
    }),
    { numRuns: 3000 },
  );
});
