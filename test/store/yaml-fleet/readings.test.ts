import { parse } from 'yaml';
import { readingOf } from '../../../store/yaml-fleet/readings';
import { chartValues, YamlFleets } from '../../builders/yaml-fleets';

const fleets = new YamlFleets();

function reading(source: string): ReturnType<typeof readingOf> {
  return readingOf(source, parse(source));
}

/** What PyYAML 6 makes of plain scalars that YAML 1.2 reads the same. */
const alike: readonly (readonly [string, unknown])[] = [
  ['0', 0],
  ['00', 0],
  ['07', 7],
  ['12', 12],
  ['-12', -12],
  ['+12', 12],
  ['0x1F', 31],
  ['1.0', 1],
  ['1.10', 1.1],
  ['1.', 1],
  ['.5', 0.5],
  ['0.0', 0],
  ['1.0e+3', 1000],
  ['1.5E-3', 0.0015],
  ['.5e+3', 500],
  ['1.e+3', 1000],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.INF', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  ['true', true],
  ['True', true],
  ['FALSE', false],
  ['~', null],
  ['null', null],
  ['NULL', null],
  ['tRUE', 'tRUE'],
  ['nULL', 'nULL'],
  ['yEs', 'yEs'],
  ['1.2.3', '1.2.3'],
  ['v1.10', 'v1.10'],
  ['1,000', '1,000'],
  ['_1', '_1'],
  ['._5', '._5'],
  ['12e', '12e'],
  ['0x', '0x'],
  ['0X1F', '0X1F'],
  ['0O17', '0O17'],
  ['0b2', '0b2'],
  ['1_0e+3', '1_0e+3'],
  ['-.nan', '-.nan'],
  ['1:60', '1:60'],
  ['12:345', '12:345'],
  ['08:30', '08:30'],
  ['00:00', '00:00'],
  ['2024-1-1', '2024-1-1'],
  ['2024-01-01 01:02', '2024-01-01 01:02'],
  ['١٢', '١٢'],
];

const boolean: readonly (readonly [string, boolean])[] = [
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((source) => [source, true] as const),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF'].map((source) => [source, false] as const),
];

/** What PyYAML 6 makes of the others, what YAML 1.2 does, and how to write what is no text. */
const doubtful: readonly { readonly source: string; readonly in11: string; readonly in12: string; readonly plain?: string }[] = (
  [
    ['010', 'the number 8', 'the number 10', '8 or 10'],
    ['-010', 'the number -8', 'the number -10', '-8 or -10'],
    ['0777', 'the number 511', 'the number 777', '511 or 777'],
    ['08', "the string '08'", 'the number 8', '8'],
    ['0_7', 'the number 7', "the string '0_7'", '7'],
    ['0o17', "the string '0o17'", 'the number 15', '15'],
    ['-0x1F', 'the number -31', "the string '-0x1F'", '-31'],
    ['0b11', 'the number 3', "the string '0b11'", '3'],
    ['1_000', 'the number 1000', "the string '1_000'", '1000'],
    ['1_0.5', 'the number 10.5', "the string '1_0.5'", '10.5'],
    ['+.5', "the string '+.5'", 'the number 0.5', '0.5'],
    ['1e3', "the string '1e3'", 'the number 1000', '1000'],
    ['1e+3', "the string '1e+3'", 'the number 1000', '1000'],
    ['1.0e3', "the string '1.0e3'", 'the number 1000', '1000'],
    ['1e400', "the string '1e400'", 'the number Infinity'],
    ['12:30', 'the number 750', "the string '12:30'", '750'],
    ['-1:30', 'the number -90', "the string '-1:30'", '-90'],
    ['190:20:30', 'the number 685230', "the string '190:20:30'", '685230'],
    ['190:20:30.15', 'the number 685230.15', "the string '190:20:30.15'", '685230.15'],
    ['0:00:01.', 'the number 1', "the string '0:00:01.'", '1'],
    ['2024-01-01', 'a date', "the string '2024-01-01'"],
    ['2024-01-01T00:00:00Z', 'a date', "the string '2024-01-01T00:00:00Z'"],
    ['2001-12-14 21:59:43.10 -5', 'a date', "the string '2001-12-14 21:59:43.10 -5'"],
    ['=', 'a special value', "the string '='"],
    // The types of YAML 1.1 have booleans here, PyYAML does not.
    ['y', 'the boolean true', "the string 'y'", 'true'],
    ['Y', 'the boolean true', "the string 'Y'", 'true'],
    ['n', 'the boolean false', "the string 'n'", 'false'],
    ['N', 'the boolean false', "the string 'N'", 'false'],
  ] as readonly (readonly [string, string, string, string?])[]
).map(([source, in11, in12, plain]) => ({ source, in11, in12, plain }));

test.each(alike)('YAML 1.1 and 1.2 read alike: %s', (source, value) => {
  expect(parse(source)).toEqual(value);
  expect(reading(source)).toEqual({});
});

test.each(boolean)('YAML 1.1 has a boolean: %s', (source, value) => {
  expect(reading(source)).toEqual({ boolean: value });
});

test.each(doubtful)('YAML 1.1 and 1.2 read differently: $source', ({ source, in11, in12, plain }) => {
  expect(reading(source)).toEqual({ doubt: { in11, in12, ...(plain === undefined ? {} : { plain }) } });
});

test('is the same the second time, and for more scalars than are remembered', () => {
  for (let at = 0; at < 10_050; at += 1) expect(readingOf(`text ${at}`, `text ${at}`)).toEqual({});
  expect(reading('010')).toEqual(reading('010'));
});

describe('in a fleet', () => {
  test('plain booleans read as they did, wherever they stand', () => {
    expect(fleets.values('a: yes\nb: No\nc: ON\nd: [off, {e: on}]\nf: &f yes\ng: *f')).toEqual({
      a: true,
      b: false,
      c: true,
      d: [false, { e: true }],
      f: true,
      g: true,
    });
    const automated = fleets.manifest({ 'mc/web/int/override.yaml': 'applications: {web: {syncPolicy: {automated: {prune: no, selfHeal: on}}}}' });
    expect(automated.spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
  });

  test.each(['010', '12:30', '0o17', '1e3', '2024-01-01', 'y'])('any other difference is an error that shows both readings: %s', (source) => {
    const { doubt } = reading(source);
    expect(fleets.problem({ 'mc/web/values.yaml': chartValues(`ok: 1\na: ${source}`) })).toMatchObject({
      code: 'yaml-reading',
      message: `'${source}' reads differently in YAML 1.1 and 1.2`,
      file: 'mc/web/values.yaml',
      line: 10,
      column: 14,
      found: `${doubt?.in11} in YAML 1.1, ${doubt?.in12} in YAML 1.2`,
      hint: expect.stringContaining(`write '${source}' with quotes`),
    });
  });

  test('the hint tells both ways out', () => {
    const hint = (source: string) => fleets.problem({ 'mc/web/values.yaml': chartValues(`a: ${source}`) }).hint;
    expect(hint('010')).toBe("write '010' with quotes for the text, or 8 or 10 without");
    expect(hint('2024-01-01')).toBe("write '2024-01-01' with quotes for the text");
  });

  test.each(['config.yaml', 'mc/defaults.yaml', 'mc/web/metadata.yaml', 'mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml'])('so it is in %s', (file) => {
    expect(fleets.told({ [file]: 'a: 010\n' })).toContain(`error yaml-reading ${file}:1:4`);
  });

  test('every one of them is told of', () => {
    const told = fleets.told({ 'mc/web/values.yaml': chartValues('a: 010\nb: [1e3, {c: 12:30}]\nd: 0o17') });
    expect([...told].sort()).toEqual([
      'error yaml-reading mc/web/values.yaml:10:15',
      'error yaml-reading mc/web/values.yaml:10:24',
      'error yaml-reading mc/web/values.yaml:11:14',
      'error yaml-reading mc/web/values.yaml:9:14',
    ]);
  });

  test('a tag says what a text is, and does not help a number', () => {
    expect(fleets.values('a: !!str 010\nb: !!str yes\nc: !!int "3"')).toEqual({ a: '010', b: 'yes', c: 3 });
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a: !!int 010') })).toEqual(['error yaml-reading mc/web/values.yaml:9:20']);
  });

  test('what is quoted is text, and arrives as such in the manifest', () => {
    const sources = [...[...alike, ...boolean].map(([source]) => source), ...doubtful.map(({ source }) => source)];
    const quoted = sources.map((source, index) => `k${index}: ${index % 2 === 0 ? `"${source}"` : `'${source}'`}`).join('\n');
    expect(fleets.values(quoted)).toEqual(Object.fromEntries(sources.map((source, index) => [`k${index}`, source])));
  });

  test('texts of several lines, keys with dots and slashes, unicode and long numbers arrive as they are', () => {
    const block = [
      'literal: |',
      '  one',
      '    two',
      '',
      '  three',
      'kept: |+',
      '  end',
      '',
      'folded: >-',
      '  one',
      '  two',
      'quoted: "line\\nbreak\\ttab \\u00e9 \\x41"',
      'example.com/key.with-dots: 1',
      '"": empty key',
      'ключ: значение 🚀',
      'number: "12345678901234567890"',
      'space: "  x "',
      'hash: "# no comment"',
      "single: 'it''s'",
    ].join('\n');
    expect(fleets.values(block)).toEqual({
      literal: 'one\n  two\n\nthree\n',
      kept: 'end\n\n',
      folded: 'one two',
      quoted: 'line\nbreak\ttab é A',
      'example.com/key.with-dots': 1,
      '': 'empty key',
      ключ: 'значение 🚀',
      number: '12345678901234567890',
      space: '  x ',
      hash: '# no comment',
      single: "it's",
    });
  });

  test('numbers that a program cannot keep are an error', () => {
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a: 12345678901234567890\nb: .inf\nc: .nan') })).toEqual([
      'error not-plain-data mc/web/values.yaml:9:14',
    ]);
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('b: .inf\nc: .nan') })).toEqual([
      'error not-plain-data mc/web/values.yaml:9:11',
      'error not-plain-data mc/web/values.yaml:10:11',
    ]);
  });
});
