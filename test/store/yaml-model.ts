import fc from 'fast-check';
import { parse } from 'yaml';
import type { Plain } from '../../layers/layer';

export type PlainMap = { readonly [key: string]: Plain };

/** Strings that some YAML parser reads as something else when they are written bare. */
export const doubtful: readonly string[] = [
  ...['yes', 'Yes', 'YES', 'no', 'on', 'On', 'off', 'y', 'Y', 'n', 'N', 'true', 'True', 'false', 'FALSE'],
  ...['null', 'Null', '~', '', '=', '<<'],
  ...['0', '1', '-1', '+1', '010', '08', '0o17', '0O17', '0x1f', '0X1F', '-0x1', '+0x1', '0b1', '0B1', '1_000', '1,000', '_1', '-_1'],
  ...['.5', '5.', '1.5', '1e3', '1E3', '1e+3', '1.5e-3', '.5e3', '+.5', '1_000.5', '.inf', '-.Inf', '+.INF', '.nan', 'NaN', 'inf', 'Infinity', '-infinity'],
  ...['12:30', '1:30', '190:20:30', '-1:30', '1:30.5', '2026-01-01', '2026-1-1', '2026-01-01T00:00:00Z', '2026-01-01 10:00:00'],
];

/** Strings that need quotes for their place or their characters. */
export const delicate: readonly string[] = [
  ...[
    ' ',
    ' a',
    'a ',
    '\ta',
    'a\t',
    '- a',
    '-',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    ':a',
    '# a',
    'a #b',
    'a#b',
    '---',
    '...',
    '--- a',
    '%a',
    '@a',
    '`a',
    '!a',
    '&a',
  ],
  ...['*a', '|', '>', '[a', ']', '{a', '}', 'a, b', '{{.name}}', '"', "'", "it's", '"a"', '\\', '\\n', 'a\\', '!!str a', '1.18.2', 'v1', 'é', '😀', '\u00a0'],
];

/** Strings of several lines. */
export const lines: readonly string[] = [
  ...['\n', '\n\n', 'a\n', 'a\n\n', 'a\n\n\n', 'a\nb', 'a\nb\n', 'a\n\nb', '\na', '\n\na\n', ' a\nb', 'a\n b', '\n a\nb', 'a\n \nb', 'a\n ', 'a \nb', ' \n'],
  ...['# a\nb', 'a: b\nc: d\n', '- a\n- b', '---\na', 'a\tb\n', '{{ if .x }}\na\n{{ end }}\n', "'a'\n", '"a"\nb', 'yes\nno\n', 'a\r\nb', 'a\rb', 'a\n...\nb'],
];

const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.array(fc.constantFrom(' ', '\n', '\t', 'a', '1', ':', '-', '#', '"', "'", '{', '}', '|', '\\', 'é'), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.constantFrom(...doubtful, ...delicate, ...lines),
);

/** Any string that JSON knows, those that are hard to write in YAML more often. */
export const text = anyText.filter((value) => !/\p{Surrogate}/u.test(value));

/** Any key; `__proto__` never gets this far. */
export const key = text.filter((value) => value !== '__proto__');

const number = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -1, 0.1, 1.5e-7, 5e-324, 1e-7, Number.MAX_SAFE_INTEGER, 123456.789),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A number that configuration can hold: no integer beyond what is exact, and no negative zero. */
export const plainNumber = number.filter((value) => !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value)));

/** Documents of such strings, keys and numbers. */
export function documents(strings: fc.Arbitrary<string>, keys: fc.Arbitrary<string>, numbers: fc.Arbitrary<number>): fc.Arbitrary<PlainMap> {
  return fc.letrec<{ map: PlainMap; value: Plain }>((tie) => ({
    map: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    value: fc.oneof(
      { maxDepth: 4 },
      { weight: 3, arbitrary: strings },
      numbers,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('map'),
    ),
  })).map;
}

/** Whatever configuration can hold. */
export const anyDocument = documents(text, key, plainNumber);

/** A document as the readers of both YAML versions see it. */
export function readings(yaml: string): readonly unknown[] {
  return [parse(yaml, { version: '1.2' }), parse(yaml, { version: '1.1' })];
}

/** The same data on ordinary objects, as a parser makes them. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
