import { parseDocument } from 'yaml';
import { FleetError } from '../../../layers/problem';
import { setYaml } from '../../../store/yaml/set-yaml';
import { yamlLeavesAt } from '../../../store/yaml/yaml-leaves';
import type { YamlText } from '../../../store/yaml/yaml-value';

const file = 'config/mc/app/values.yaml';

function parsed(text: string): unknown {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
}

function problemOf(run: () => unknown): object {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems[0] as object;
    throw error;
  }
  return {};
}

/** A value as it is written behind `key`, at the top of a file. */
function value(written: string): YamlText {
  const [leaf] = yamlLeavesAt({ file, text: `top:\n  key:${written}\n` }, ['top'], '');
  if (!leaf) throw new Error('there is no value');
  return leaf[1];
}

const set = (text: string, place: string, written: string) => setYaml({ file, text }, place.split('.'), value(written), 'do it');

const block = '\n    - 1\n    - 2';

describe('setYaml', () => {
  test.each<[string, string, string, string, string]>([
    ['a value', 'a: 1\nb: 2\n', 'a', ' 3', 'a: 3\nb: 2\n'],
    ['the quotes with it', 'a: "1"  # why\n', 'a', " 'x'", "a: 'x'  # why\n"],
    ['the last line, which has no line break', 'a: 1', 'a', ' 2', 'a: 2'],
    ['a value behind blank space', 'a:   1\n', 'a', ' 2', 'a:   2\n'],
    ['a value below its key', 'a:\n  text\nb: 1\n', 'a', ' 2', 'a: 2\nb: 1\n'],
    ['a value below a comment', 'a: # one\n  # two\n  text # three\nb: 1\n', 'a', ' 2', 'a: 2 # one\n  # two # three\nb: 1\n'],
    ['no value', 'a:\nb: 1\n', 'a', ' 2', 'a: 2\nb: 1\n'],
    ['no value with a comment', 'a: # why\nb: 1\n', 'a', ' 2', 'a: 2 # why\nb: 1\n'],
    ['null', 'a: ~ # why\n', 'a', ' 2', 'a: 2 # why\n'],
    ['a list below its key', 'a:\n  - 1 # one\n  - 2 # two\n# three\nb: 1\n', 'a', ' 3', 'a: 3 # two\n# three\nb: 1\n'],
    ['a list beside its key', 'a:\n- 1\n-\nb: 1\n', 'a', ' 3', 'a: 3\nb: 1\n'],
    ['a list for a value', 'x:\n  a: 1 # why\n  b: 2\n', 'x.a', block, 'x:\n  a: # why\n    - 1\n    - 2\n  b: 2\n'],
    ['a list for a list', 'x:\n  a: # why\n  - 5\n  b: 2\n', 'x.a', block, 'x:\n  a: # why\n    - 1\n    - 2\n  b: 2\n'],
    ['a block scalar for a value', 'x:\n  a: 1 # why\n  b: 2\n', 'x.a', ' |\n    one\n\n      two', 'x:\n  # why\n  a: |\n    one\n\n      two\n  b: 2\n'],
    ['a value for a block scalar', 'a: |- # why\n  one\n  two\n\nb: 2\n', 'a', ' 1', 'a: 1 # why\n\nb: 2\n'],
    ['a text of several lines', 'a:\n  b: {}\n', 'a.b', ' one\n    two', 'a:\n  b: one\n    two\n'],
    ['an empty value', 'a: 1\n', 'a', '', 'a: null\n'],
    ['a key that needs quotes', '"a.b/c": 1\nd: 1\n', 'd', ' 2', '"a.b/c": 1\nd: 2\n'],
    ['a value between braces', 'x: { a: 1, b: 2 } # why\n', 'x.a', ' 3', 'x: { a: 3, b: 2 } # why\n'],
    ['a list between braces', 'x: {a: 1, b: 2}\n', 'x.a', block, 'x: {a: [1, 2], b: 2}\n'],
    ['a text that means something between braces', 'x: { a: 1 }\n', 'x.a', ' one, [two]', 'x: { a: "one, [two]" }\n'],
    ['a block scalar between braces', 'x: { a: 1 }\n', 'x.a', ' |\n    one', 'x: { a: "one\\n" }\n'],
    ['an empty map, which changes no map', 'x: { a: 1 }\n', 'x', ' {}', 'x: { a: 1 }\n'],
    ['a value whose anchor nobody uses', 'a: &x 1\n', 'a', ' 2', 'a: 2\n'],
    ['a value with a tag', 'a: !!str 1 # why\n', 'a', ' 2', 'a: 2 # why\n'],
  ])('replaces %s', (_, text, place, written, expected) => {
    const made = set(text, place, written);
    expect(made).toBe(expected);
    parsed(made);
  });

  test.each<[string, string, string, string, string]>([
    ['a new key', 'a: 1\n', 'b', ' 2', 'a: 1\nb: 2\n'],
    ['one without a line break at the end', 'a: 1', 'b', ' 2', 'a: 1\nb: 2'],
    ['one in front of a comment', 'x:\n  a: 1 # one\n  # two\n# three\ny: 1\n', 'x.b', ' 2', 'x:\n  a: 1 # one\n  b: 2\n  # two\n# three\ny: 1\n'],
    ['one behind a list', 'x:\n  a:\n    - 1 # one\n# two\n', 'x.b', ' 2', 'x:\n  a:\n    - 1 # one\n  b: 2\n# two\n'],
    ['one behind a list without values', 'x:\n  a:\n  -\n  - # one\n', 'x.b', ' 2', 'x:\n  a:\n  -\n  - # one\n  b: 2\n'],
    ['one behind a key without value', 'x:\n  a: # one\ny: 1\n', 'x.b', ' 2', 'x:\n  a: # one\n  b: 2\ny: 1\n'],
    ['one behind a block scalar', 'x:\n  a: |+\n    one\n\ny: 1\n', 'x.b', ' 2', 'x:\n  a: |+\n    one\n\n  b: 2\ny: 1\n'],
    ['one behind a map', 'x:\n  a:\n    c: 1\ny: 1\n', 'x.b', ' 2', 'x:\n  a:\n    c: 1\n  b: 2\ny: 1\n'],
    ['several levels', 'x:\n  a: 1\n', 'x.b.c.d', ' 2', 'x:\n  a: 1\n  b:\n    c:\n      d: 2\n'],
    ['several levels in a file that indents by four', 'x:\n    a: 1\n', 'x.b.c', ' 2', 'x:\n    a: 1\n    b:\n        c: 2\n'],
    ['a list', 'x:\n  a: 1\n', 'x.b', block, 'x:\n  a: 1\n  b:\n    - 1\n    - 2\n'],
    ['one in an empty map', 'x:\n  a: {} # why\n', 'x.a.b', ' 2', 'x:\n  a: # why\n    b: 2\n'],
    ['one below an empty key', 'x:\n  a: # why\ny: 1\n', 'x.a.b', ' 2', 'x:\n  a: # why\n    b: 2\ny: 1\n'],
    ['one between braces', 'x: { a: 1 }\n', 'x.b', ' 2', 'x: { a: 1, b: 2 }\n'],
    ['one behind a comma', 'x: {\n  a: 1, # one\n}\n', 'x.b', ' 2', 'x: {\n  a: 1, b: 2, # one\n}\n'],
    ['several levels between braces', 'x: {a: 1}\n', 'x.b.c', ' 2', 'x: {a: 1, b: { c: 2 }}\n'],
    ['one in an empty map between braces', 'x: {a: {}}\n', 'x.a.b', ' 2', 'x: {a: { b: 2 }}\n'],
    ['one in an empty file', '{}\n', 'a', ' 2', '{ a: 2 }\n'],
    ['one in front of the end of a document', '---\na: 1\n...\n', 'b', ' 2', '---\na: 1\nb: 2\n...\n'],
    ['keys that would mean something else', 'x: {}\n', 'x.no', ' 2', 'x:\n  "no": 2\n'],
  ])('inserts %s', (_, text, place, written, expected) => {
    const made = set(text, place, written);
    expect(made).toBe(expected);
    parsed(made);
  });

  test('quotes keys with dots and slashes only where they need it', () => {
    const made = setYaml({ file, text: 'x:\n  a: 1\n' }, ['x', 'app.kubernetes.io/name', '1: 2'], value(' y'), '');
    expect(made).toBe('x:\n  a: 1\n  app.kubernetes.io/name:\n    "1: 2": y\n');
  });

  test('keeps line breaks of Windows, and a byte order mark', () => {
    expect(set('\ufeffx:\r\n  a: 1\r\n', 'x.b', block)).toBe('\ufeffx:\r\n  a: 1\r\n  b:\r\n    - 1\r\n    - 2\r\n');
  });

  test.each<[string, string, string, object]>([
    ['an alias', 'a: &x 1\nb: *x\n', 'b', { message: 'an alias cannot be edited: others may use its anchor', line: 2, column: 4 }],
    ['what an alias uses', 'a: &x 1\nb: *x\n', 'a', { message: "'a' has an anchor that is used elsewhere", line: 1 }],
    ['what an alias uses below', 'a: &x\n  c: 1\nb: *x\n', 'a.c', { message: "'a' has the anchor '&x', which is used elsewhere", line: 2, column: 3 }],
    ['a list that holds what an alias uses', 'a:\n  - &x 1\nb: *x\n', 'a', { line: 2 }],
    ['what is below an alias', 'a: &x\n  c: 1\nb: *x\n', 'b.c', { message: "'b' is an alias and cannot be edited", line: 3 }],
    ['what may come from a merge key', 'a: &x\n  c: 1\nb:\n  <<: *x\n  d: 1\n', 'b.c', { message: 'a map with a merge key cannot be edited', line: 4 }],
    ['what is below a list', 'a: [1]\n', 'a.b', { message: "'a' is no map and cannot be edited", line: 1, column: 4 }],
    ['a key of its own line', '? a\n: 1\n', 'a', { message: "'a' is written in a way that cannot be edited", line: 1, column: 3 }],
    ['a key without a colon', 'x: { a, b: 1 }\n', 'x.a', { line: 1, column: 6 }],
    ['a file that is no map', '# nothing\n', 'a', { message: 'the file is no map and cannot be edited', line: 1 }],
    ['a file that does not parse', 'a: {\n', 'a', { line: 2 }],
  ])('refuses %s', (_, text, place, expected) => {
    expect(problemOf(() => set(text, place, ' 2'))).toMatchObject({
      code: 'cannot-edit',
      file,
      hint: 'do it',
      ...(/parse/.test(_) ? { hint: expect.any(String) } : {}),
      ...expected,
    });
  });

  test('edits what stands beside a merge key', () => {
    expect(set('a: &x\n  c: 1\nb:\n  <<: *x\n  d: 1\n', 'b.d', ' 2')).toBe('a: &x\n  c: 1\nb:\n  <<: *x\n  d: 2\n');
  });
});

describe('yamlLeavesAt', () => {
  const leaves = (text: string) => yamlLeavesAt({ file, text }, ['a'], 'do it').map(([path, { text: own }]) => [path.join(' '), own]);

  test('takes a change apart, whatever its values are', () => {
    expect(leaves('a:\n  b: "x" # why\n  c.d/e: [1, {f: 2}]\n  g: {}\n  h:\n  i:\n    j: |\n      one\n      two\n    k:\n    - 1\n    - 2 # last\n')).toEqual([
      ['b', '"x"'],
      ['c.d/e', '[1, {f: 2}]'],
      ['g', '{}'],
      ['h', 'null'],
      ['i j', '|\n      one\n      two'],
      ['i k', '- 1\n    - 2 # last'],
    ]);
  });

  test('finds nothing in an empty change, nor where there is none', () => {
    expect([leaves('a:\n'), leaves('a: {}\n'), leaves('b: 1\n')]).toEqual([[], [], []]);
  });

  test.each([
    ['an alias', 'b: &x 1\na:\n  c: *x\n', { message: 'an alias cannot be moved', line: 3, column: 6 }],
    ['an alias in a list', 'b: &x 1\na:\n  c: [*x]\n', { line: 3, column: 7 }],
    ['an anchor', 'a:\n  c: &x 1\n', { message: 'an anchor cannot be moved', line: 2 }],
    ['a merge key', 'b: &x {c: 1}\na:\n  <<: *x\n', { message: 'a merge key cannot be moved', line: 3 }],
    ['an alias of all', 'b: &x {c: 1}\na: *x\n', { line: 2 }],
    ['a value that is no map', 'a: 1\n', { message: 'the change is no map', line: 1 }],
  ])('refuses %s', (_, text, expected) => {
    expect(problemOf(() => leaves(text))).toMatchObject({ code: 'cannot-edit', file, hint: 'do it', ...expected });
  });
});
