import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartValues, layer, outcome, small, YamlFleets } from '../../builders/yaml-fleets';
import { isLongForm, partly, runs } from '../../runs';

// Some of these read files that are long, or deep.
jest.setTimeout(60_000);

const fleets = new YamlFleets();
const values = small['mc/web/values.yaml'];

/** Every kind of file of a fleet. */
const kinds = ['config.yaml', 'mc/defaults.yaml', 'mc/web/values.yaml', 'mc/web/metadata.yaml', 'mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml'];

test('the small fleet of these tests has nothing wrong with it', () => {
  expect(fleets.told()).toEqual([]);
});

describe('a file that is not YAML', () => {
  test.each([
    ['a bracket that is not closed', 'applications:\n  web: {a: b\n  other: c\n', 'mc/web/values.yaml:3:3', 'not YAML'],
    ['a value in the wrong place', 'applications:\n  web: a: b\n', 'mc/web/values.yaml:2:8', 'not YAML'],
    ['a tab that indents', 'applications:\n\tweb: x\n', 'mc/web/values.yaml:2:1', 'a tab cannot indent'],
    ['a tab behind spaces', 'applications:\n  web:\n  \tproject: x\n', 'mc/web/values.yaml:3:3', 'a tab cannot indent'],
    ['a key that stands there twice', `${values}    project: a\n    project: b\n`, 'mc/web/values.yaml:10:5', "'project' stands in its map twice"],
    ['two documents', `${values}---\n${values}`, 'mc/web/values.yaml:9:1', 'more than one document'],
    ['a second document with nothing in it', `${values}---\n`, 'mc/web/values.yaml:9:1', 'more than one document'],
    ['an alias without an anchor', 'applications:\n  web: *base\n', 'mc/web/values.yaml:2:8', "no anchor '&base'"],
    ['an alias inside of what it stands for', 'applications: &all\n  web: *all\n', 'mc/web/values.yaml:2:8', "the alias '*all' stands inside"],
    ['a merge of what is no map', 'base: &b [1]\napplications:\n  web:\n    <<: *b\n', 'mc/web/values.yaml:4:5', 'merges maps only'],
    ['a tag of a program', 'applications:\n  web: !vault secret\n', 'mc/web/values.yaml:2:8', 'the tag cannot be used'],
  ])('is told of with file, line and column: %s', (_, text, place, message) => {
    const { problems, told } = fleets.run({ 'mc/web/values.yaml': text });
    expect(told[0]).toBe(`error yaml-syntax ${place}`);
    expect(problems[0]?.message).toContain(message);
    expect(problems.every(({ code }) => code === 'yaml-syntax')).toBe(true);
  });

  test.each(kinds)('is told of whatever it is for: %s', (file) => {
    expect(fleets.told({ [file]: 'a: b\nc: {d\n' })[0]).toBe(`error yaml-syntax ${file}:3:1`);
  });

  test('does not hide the mistakes of other files', () => {
    const told = fleets.told({ 'mc/web/values.yaml': 'a: [', 'mc/api/values.yaml': 'b: {', 'mc/web/int/override.yaml': '\tx', 'mc/web/prod/patch-1.yaml': '' });
    expect(told.map((line) => line.replace(/:.*/, ''))).toEqual([
      'error yaml-syntax mc/api/values.yaml',
      'error yaml-syntax mc/web/int/override.yaml',
      'error file-empty mc/web/prod/patch-1.yaml',
      'error yaml-syntax mc/web/values.yaml',
    ]);
  });

  test('is told of at each of its copies', () => {
    const broken = `${layer('project: x')}\tx\n`;
    const told = fleets.told({ 'mc/web/int/patch-1.yaml': broken, 'mc/web/prod/p1/patch-1.yaml': broken });
    expect(told).toContain('error yaml-syntax mc/web/int/patch-1.yaml:4:1');
    expect(told).toContain('error yaml-syntax mc/web/prod/p1/patch-1.yaml:4:1');
  });
});

describe('an empty file', () => {
  test.each(
    kinds.flatMap((file) => [
      [file, 'nothing', ''],
      [file, 'a comment', '# later\n'],
      [file, 'the start of a document', '---\n'],
      [file, 'null', 'null\n'],
    ]),
  )('is an error: %s with %s in it', (file, _, text) => {
    const problem = fleets.run({ [file]: text }).problems.find(({ code }) => code === 'file-empty');
    expect(problem).toMatchObject({ file, message: 'the file is empty', expected: expect.stringContaining('`') });
  });

  test.each([
    ['text', 'just words\n', "the string 'just words'"],
    ['a list', '- a\n- b\n', 'a list'],
  ])('is something else than a file with %s in it', (_, text, found) => {
    expect(fleets.problem({ 'mc/web/values.yaml': text })).toMatchObject({
      code: 'config-shape',
      file: 'mc/web/values.yaml',
      line: 1,
      expected: 'a map',
      found,
    });
  });
});

describe('a file that would take all the time or memory there is', () => {
  const names = Array.from({ length: 26 }, (_, index) => `n${index}`);
  const chain = (link: (name: string, above: string) => string) =>
    `top: &top {x: 1}\n${names.map((name, index) => link(name, names[index - 1] ?? 'top')).join('\n')}\n`;

  const greedy: readonly (readonly [string, string])[] = [
    ['lists of aliases', chain((name, above) => `${name}: &${name} [${Array(9).fill(`*${above}`).join(', ')}]`)],
    ['maps of aliases', chain((name, above) => `${name}: &${name} {a: *${above}, b: *${above}}`)],
    ['many aliases of a long list', `a: &a [${Array(20_000).fill(1).join(', ')}]\nb: [${Array(900).fill('*a').join(', ')}]\n`],
    ['many aliases of a long text', `a: &a ${'x'.repeat(1_000_000)}\nb: [${Array(900).fill('*a').join(', ')}]\n`],
    ['keys of a map that many aliases stand for', `a: &a {${names.map((name) => `${name}: 1`).join(', ')}}\nb: [${Array(10_000).fill('*a').join(', ')}]\n`],
    [
      'merges one upon the other',
      `m0: &m0 {k0: 1}\n${Array.from({ length: 1_000 }, (_, at) => `m${at + 1}: &m${at + 1} {<<: *m${at}, k${at + 1}: 1}\n`).join('')}`,
    ],
    ['merges of merges', chain((name, above) => `${name}: &${name} {<<: [*${above}, *${above}], ${name}: 1}`)],
  ];

  test.each(partly(greedy, 4))('is refused: %s', (_, text) => {
    // Otherwise it would take longer than any test may.
    const problem = fleets.problem({ 'mc/web/values.yaml': text });
    expect(problem).toMatchObject({ code: 'yaml-syntax', file: 'mc/web/values.yaml', message: expect.stringContaining('aliases'), line: expect.any(Number) });
  });

  test('is none that says a thing often, as long as it is little', () => {
    const count = isLongForm ? 5_000 : 1_000;
    expect(fleets.values(`a: &a {x: 1}\nb: [${Array(count).fill('*a').join(', ')}]`).b).toHaveLength(count);
  });

  test.each([
    ['brackets', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['a few hundred brackets', `a: ${'['.repeat(300)}${']'.repeat(300)}\n`],
  ])('is refused where it nests too deeply: %s', (_, text) => {
    expect(fleets.problem({ 'mc/web/values.yaml': text })).toMatchObject({ code: 'yaml-syntax', message: 'the file nests too deeply' });
  });

  test('is none that is merely long', () => {
    const length = Math.min(20_000, runs(20_000));
    const many = Array.from({ length }, (_, index) => `k${index}: v${index}`);
    expect(Object.keys(fleets.values(many.join('\n')))).toHaveLength(length);
  });
});

describe('a text', () => {
  const expected = { a: 'x\ny\n', b: 'é' };
  const text = chartValues('a: |\n  x\n  y\nb: é');

  test('may have the line ends of Windows', () => {
    expect(fleets.manifest({ 'mc/web/values.yaml': text.replaceAll('\n', '\r\n') }).spec.source.helm.valuesObject).toEqual(expected);
    const broken = `${text}    syncPolcy: {}\n`.replaceAll('\n', '\r\n');
    expect(fleets.told({ 'mc/web/values.yaml': broken })).toEqual(['error unknown-field mc/web/values.yaml:15:5']);
  });

  test('may begin with a byte order mark, and columns do not count it', () => {
    const marked = Object.fromEntries(Object.entries(small).map(([path, content]) => [path, `\uFEFF${content}`]));
    expect(fleets.told(marked)).toEqual([]);
    expect(fleets.told({ ...marked, 'mc/web/values.yaml': `\uFEFFapplications: {web: {source: {repoURL: x, path: z}, syncPolcy: {}}}` })).toEqual([
      'error unknown-field mc/web/values.yaml:1:53',
    ]);
  });

  test.each([
    ['Latin-1', Buffer.from(text, 'latin1'), { line: 12, column: 14 }],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), { found: 'UTF-16' }],
    ['UTF-16, the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), { found: 'UTF-16' }],
  ])('is UTF-8, and nothing is read that is %s', (_, bytes, rest) => {
    const folder = fleets.make();
    writeFileSync(join(folder, 'mc/web/values.yaml'), bytes);
    expect(outcome(folder).problems).toMatchObject([{ code: 'yaml-syntax', message: 'the file is not UTF-8', file: 'mc/web/values.yaml', ...rest }]);
  });
});

describe('a key', () => {
  test.each(['1.10', '.5', '010', '0x10', '1e3', 'null', '~', 'true', 'yes', 'on', 'n', '2024-01-01', '12345678901234567890'])(
    'that YAML takes for something else than text is an error: %s',
    (key) => {
      const problem = fleets.problem({ 'mc/web/values.yaml': chartValues(`${key}: x`) });
      expect(problem).toMatchObject({ code: 'yaml-key', file: 'mc/web/values.yaml', line: 9, column: 11, hint: `write '${key}' with quotes` });
    },
  );

  test.each([
    ['a list', '? [a]\n: x'],
    ['a map', '? {a: b}\n: x'],
  ])('that is %s is an error', (found, block) => {
    expect(fleets.problem({ 'mc/web/values.yaml': chartValues(block) })).toMatchObject({ code: 'yaml-key', line: 9, found });
  });

  test('that is an alias counts as what it stands for', () => {
    expect(fleets.values('a: &x key\n*x : value')).toEqual({ a: 'key', key: 'value' });
    for (const value of ['yes', '1.10', 'null', '{b: c}']) {
      expect(fleets.told({ 'mc/web/values.yaml': chartValues(`a: &x ${value}\n*x : value`) })).toEqual(['error yaml-key mc/web/values.yaml:10:11']);
    }
  });

  test('that is a whole number is the text that it is written as', () => {
    expect(fleets.values('8080: a\n-1: b\n0: c')).toEqual({ '8080': 'a', '-1': 'b', '0': 'c' });
  });

  test.each([
    ['as a number and as text', '8080: a\n"8080": b', 10],
    ['by an alias', 'a: &x k\nk: 1\n*x : 2', 11],
    ['in a map on one line', 'a: {b: 1, b: 2}', 9],
  ])('stands in its map once, however it is written: %s', (_, block, line) => {
    expect(fleets.problem({ 'mc/web/values.yaml': chartValues(block) })).toMatchObject({
      code: 'yaml-syntax',
      line,
      message: expect.stringContaining('twice'),
    });
  });

  test('may be in several maps', () => {
    expect(fleets.values('a: {x: 1}\nb: [{x: 1}, {x: 2}]')).toEqual({ a: { x: 1 }, b: [{ x: 1 }, { x: 2 }] });
  });
});

test('anchors, aliases and merge keys work, and what a map says itself wins', () => {
  const block = 'base: &base {a: 1, c: {d: 2}}\none: {<<: *base, a: 2}\nmany:\n  <<: [*base, {z: 1}]\nagain: *base\ntext: {"<<": 1}';
  expect(fleets.values(block)).toEqual({
    base: { a: 1, c: { d: 2 } },
    one: { a: 2, c: { d: 2 } },
    many: { a: 1, c: { d: 2 }, z: 1 },
    again: { a: 1, c: { d: 2 } },
    text: { '<<': 1 },
  });
});
