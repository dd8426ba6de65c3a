import { FleetError } from '../../../layers/problem';
import { leavesAt } from '../../../store/typescript/code-leaves';
import { removeEntry } from '../../../store/typescript/remove-entry';
import { literalList, setList } from '../../../store/typescript/set-list';
import { setValue } from '../../../store/typescript/set-value';

const file = 'config/mc/app.ts';
const rolledOutTo = ['patches', 'patch-001', 'rolledOutTo'];

/** What a file exports, once its types are gone. */
function evaluated(text: string): unknown {
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const module = { exports: {} as { default?: unknown } };
  const provided = (name: string) => (name === 'cdk8s-fleet' ? { defineApps: (apps: unknown) => apps, unset: 'unset', cluster: { name: 'token' } } : {});
  new Function('module', 'exports', 'require', transformSync(text, { loader: 'ts', format: 'cjs' }).code)(module, module.exports, provided);
  return module.exports.default;
}

/** The lines that an edit takes out, and those that it puts in. */
function changed(before: string, after: string): { readonly out: readonly string[]; readonly in: readonly string[] } {
  const [old, made] = [before.split('\n'), after.split('\n')];
  const same = old.findIndex((line, index) => line !== made[index]);
  const start = same < 0 ? old.length : same;
  let end = 0;
  while (end < Math.min(old.length, made.length) - start && old[old.length - 1 - end] === made[made.length - 1 - end]) end += 1;
  return { out: old.slice(start, old.length - end), in: made.slice(start, made.length - end) };
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

/** A file whose patch sits at these paths. */
const app = (list: string, { open = 'export default {', close = '} satisfies FleetAppConfig;' } = {}) =>
  [open, '  // The patches', '  patches: {', "    'patch-001': {", `      rolledOutTo: ${list}, // why`, '      change: {},', '    },', '  },', close, ''].join(
    '\n',
  );

const wrappers: Readonly<Record<string, Parameters<typeof app>[1]>> = {
  satisfies: {},
  as: { close: '} as const;' },
  'as and satisfies': { close: '} as const satisfies object;' },
  nothing: { close: '};' },
  'a constant': { open: 'const app = {', close: '} satisfies object;\nexport default app;' },
  'an exported constant': { open: 'export const app: object = {', close: '};\nexport { app as default };' },
  'a define call': { open: "import { defineApps } from 'cdk8s-fleet';\nexport default defineApps({", close: '});' },
  'a define call on a constant': { open: "import { defineApps } from 'cdk8s-fleet';\nconst apps = defineApps({", close: '});\nexport default apps;' },
  parentheses: { open: 'export default ({', close: '});' },
};

describe('setList', () => {
  test.each(Object.keys(wrappers))('edits one line of what is exported with %s', (name) => {
    const before = app("['a']", wrappers[name]);
    const after = setList({ file, text: before }, rolledOutTo, ['a', 'b/c'], '');
    expect(changed(before, after)).toEqual({ out: ["      rolledOutTo: ['a'], // why"], in: ["      rolledOutTo: ['a', 'b/c'], // why"] });
    expect(evaluated(after)).toEqual({ patches: { 'patch-001': { rolledOutTo: ['a', 'b/c'], change: {} } } });
  });

  test.each([
    ['double quotes', '["a"]', ['a', 'b'], '["a", "b"]'],
    ['a trailing comma', "['a',]", ['a', 'b'], "['a', 'b']"],
    ['nothing in it', '[]', ['a'], "['a']"],
    ['what goes', "['a', 'b']", ['b'], "['b']"],
    ['everything that goes', "['a', 'b']", [], '[]'],
    ['another order', "['b', 'a']", ['a', 'b'], "['a', 'b']"],
    ['as const', "['a'] as const", ['a', 'b'], "['a', 'b'] as const"],
    ['a comment', "['a' /* first */, 'b']", ['a', 'b', 'c'], "['a' /* first */, 'b', 'c']"],
    ['a comment about what goes', "['a', /* second */ 'b']", ['a'], "['a' /* second */ ]"],
    ['a comment alone', '[/* none yet */]', ['a'], "['a'/* none yet */]"],
  ])('of a list with %s', (_, list, values, expected) => {
    const after = setList({ file, text: app(list) }, rolledOutTo, values, '');
    expect(changed(app(list), after)).toEqual({ out: [`      rolledOutTo: ${list}, // why`], in: [`      rolledOutTo: ${expected}, // why`] });
    expect(evaluated(after)).toMatchObject({ patches: { 'patch-001': { rolledOutTo: values } } });
  });

  const spread = ['[', '        // The first', "        'a', // since May", "        'b',", '        // The last', '      ]'].join('\n');

  test.each([
    ['one that comes last', ['a', 'b', 'c'], { out: [], in: ["        'c',"] }],
    ['one that comes first', ['0', 'a', 'b'], { out: [], in: ["        '0',"] }],
    ['one in the middle', ['a', 'aa', 'b'], { out: [], in: ["        'aa',"] }],
    ['one that goes, with the comment behind it', ['b'], { out: ["        'a', // since May"], in: [] }],
    ['one for another', ['a', 'c'], { out: ["        'b',"], in: ["        'c',"] }],
  ])('of a list of lines: %s', (_, values, expected) => {
    const after = setList({ file, text: app(spread) }, rolledOutTo, values, '');
    expect(changed(app(spread), after)).toEqual(expected);
    expect(evaluated(after)).toMatchObject({ patches: { 'patch-001': { rolledOutTo: values } } });
  });

  test('keeps the order of a list with comments, which means nothing', () => {
    const after = setList({ file, text: app(spread) }, rolledOutTo, ['b', 'c', 'a'], '');
    expect(literalList({ file, text: after }, rolledOutTo)).toEqual(['a', 'b', 'c']);
    expect(after).toContain('// since May');
  });

  test('keeps every comment of a list whose items share lines', () => {
    const list = "[\n        'a', 'b', // two\n        /* three */ 'c', // and\n        'd' ]";
    const after = setList({ file, text: app(list) }, rolledOutTo, ['b', 'c', 'e'], '');
    expect(evaluated(after)).toMatchObject({ patches: { 'patch-001': { rolledOutTo: ['b', 'c', 'e'] } } });
    for (const comment of ['// two', '/* three */', '// and', '// why']) expect(after).toContain(comment);
  });

  test('spreads a list out that has become too long, and brings it back', () => {
    const long = Array.from({ length: 6 }, (_, index) => `environment-${index}/sector-with-a-name`);
    const before = app("['a']");
    const after = setList({ file, text: before }, rolledOutTo, long, '');
    expect(changed(before, after).in).toEqual(['      rolledOutTo: [', ...long.map((path) => `        '${path}',`), '      ], // why']);
    expect(setList({ file, text: after }, rolledOutTo, ['a'], '')).toBe(before);
  });

  test('leaves a list spread out that its author spread out', () => {
    const before = app("[\n        'a',\n        'b'\n      ]");
    const after = setList({ file, text: before }, rolledOutTo, ['a', 'b', 'c'], '');
    expect(changed(before, after)).toEqual({ out: ["        'b'"], in: ["        'b',", "        'c'"] });
  });

  test('opens an object that stands on the line, where the line would become too long', () => {
    const text = `export default {\n  patches: { 'patch-001': { rolledOutTo: ['a'], change: { source: { targetRevision: 'v1' } } } },\n};\n`;
    const long = ['integration/int-sector-1', 'integration/int-sector-2', 'stage/stage-sector-1'];
    expect(setList({ file, text }, rolledOutTo, long, '')).toBe(
      `export default {\n  patches: {\n    'patch-001': {\n      rolledOutTo: [${long.map((path) => `'${path}'`).join(', ')}],\n      change: { source: { targetRevision: 'v1' } },\n    },\n  },\n};\n`,
    );
  });

  test('opens what it makes on the way to a value, where that is too long for a line', () => {
    const value = `'${'x'.repeat(150)}'`;
    const text = `export default {\n  a: {\n    b: 1, // why\n  },\n};\n`;
    const opened = `      d: [\n        ${value},\n        ${value},\n      ],\n`;
    expect(setValue({ file, text }, ['a', 'c', 'd'], `[${value}, ${value}]`, '')).toBe(
      `export default {\n  a: {\n    b: 1, // why\n    c: {\n${opened}    },\n  },\n};\n`,
    );
  });

  test('keeps line breaks of Windows, and tabs', () => {
    const text = app("[\n\t\t\t'a', // why\n\t\t]").replaceAll('\n', '\r\n');
    const after = setList({ file, text }, rolledOutTo, ['a', 'b'], '');
    expect(after).toBe(text.replace("'a', // why\r\n", "'a', // why\r\n\t\t\t'b',\r\n"));
  });

  test.each([
    ['a name', 'paths', 5, 20],
    ['a call', 'pathsOf(1)', 5, 20],
    ['a spread', "['a', ...more]", 5, 26],
    ['a template', '[`a`]', 5, 21],
    ['a hole', "['a', , 'b']", 5, 20],
  ])('refuses %s, and says what to do', (_, list, line, column) => {
    expect(problemOf(() => setList({ file, text: app(list) }, rolledOutTo, ['a'], 'write it'))).toMatchObject({
      code: 'cannot-edit',
      message: "'patches.patch-001.rolledOutTo' is not a list of strings written out",
      file,
      line,
      column,
      hint: 'write it',
    });
  });

  test.each([
    ['a spread behind it', "{ patches: { 'patch-001': { rolledOutTo: [] } }, ...more }"],
    ['a spread instead of it', '{ ...more }'],
    ['a computed key', "{ patches: { [name]: { rolledOutTo: ['a'] } } }"],
    ['a patch by its name', "{ patches: { 'patch-001': securityUpdate } }"],
    ['shorthand', "{ patches: { 'patch-001': { rolledOutTo } } }"],
    ['a method', "{ patches: { 'patch-001': { rolledOutTo() {} } } }"],
    ['a call', 'make()'],
  ])('refuses %s', (_, exported) => {
    expect(problemOf(() => setList({ file, text: `export default ${exported};` }, rolledOutTo, ['a'], 'write it'))).toMatchObject({
      code: 'cannot-edit',
      line: 1,
    });
  });

  test('refuses a file without a default export, and one that does not parse', () => {
    expect(problemOf(() => setList({ file, text: 'export const a = 1;' }, rolledOutTo, [], ''))).toMatchObject({ code: 'cannot-edit', line: 1, column: 1 });
    expect(problemOf(() => setList({ file, text: 'export default {\n  a: [\n' }, rolledOutTo, [], ''))).toMatchObject({ code: 'cannot-edit', line: 3 });
  });

  test('reads what it wrote, and nothing that is no list', () => {
    expect(literalList({ file, text: app('[\'a\', "b"]') }, rolledOutTo)).toEqual(['a', 'b']);
    expect(literalList({ file, text: app('paths') }, rolledOutTo)).toBeUndefined();
    expect(literalList({ file, text: 'export default {' }, rolledOutTo)).toBeUndefined();
  });
});

describe('setValue', () => {
  const text = `import { unset } from 'cdk8s-fleet';

const version = 'v1';

export default {
  // The chart
  source: {
    chart: 'cert-manager', // ours
    targetRevision: 'v1.18.2', /* tried
      out */
    helm: { valuesObject: { crds: { enabled: true } } },
    path: undefined,
  } satisfies object,
  destination: { namespace: 'a' /* why */ },
  labels: {
    // none yet
  },
  annotations: {},
  name: version,
  text: \`\${version}-1\`,
  list: ['a'] as const,
  region: (target: { region: string }) => target.region,
  gone: unset,
  method() {},
};
`;

  const set = (place: readonly string[], code: string) => setValue({ file, text }, place, code, 'do it');

  test.each<[string, readonly string[], string, object]>([
    ['a value', ['source', 'targetRevision'], "'v2'", { out: ["    targetRevision: 'v1.18.2', /* tried"], in: ["    targetRevision: 'v2', /* tried"] }],
    ['a list with its type', ['list'], "['b']", { out: ["  list: ['a'] as const,"], in: ["  list: ['b'] as const,"] }],
    ['a function', ['region'], "'x'", { out: ['  region: (target: { region: string }) => target.region,'], in: ["  region: 'x',"] }],
    ['a name that is nobody’s', ['gone'], '1', { out: ['  gone: unset,'], in: ['  gone: 1,'] }],
    ['a function for a value', ['list'], '(target) => target.region', { out: ["  list: ['a'] as const,"], in: ['  list: (target) => target.region,'] }],
    ['another value of an object', ['source', 'repoURL'], "'x'", { out: [], in: ["    repoURL: 'x',"] }],
    [
      'a value deep down',
      ['source', 'helm', 'valuesObject', 'a', 'b'],
      '1',
      {
        out: ['    helm: { valuesObject: { crds: { enabled: true } } },'],
        in: ['    helm: { valuesObject: { crds: { enabled: true }, a: { b: 1 } } },'],
      },
    ],
    [
      'one beside a comment',
      ['destination', 'server'],
      "'x'",
      {
        out: ["  destination: { namespace: 'a' /* why */ },"],
        in: ["  destination: { namespace: 'a', server: 'x' /* why */ },"],
      },
    ],
    ['one in an object with a comment only', ['labels', 'a-b'], "'x'", { out: [], in: ["    'a-b': 'x',"] }],
    ['one in an empty object', ['annotations', 'a'], "'x'", { out: ['  annotations: {},'], in: ["  annotations: { a: 'x' },"] }],
    [
      'code of several lines',
      ['annotations', 'a'],
      "{\n  b: 'x',\n}",
      { out: ['  annotations: {},'], in: ['  annotations: {', '    a: {', "      b: 'x',", '    },', '  },'] },
    ],
    [
      'code of several lines deep down',
      ['source', 'helm', 'a'],
      "[\n  'x',\n]",
      {
        out: ['    helm: { valuesObject: { crds: { enabled: true } } },'],
        in: ['    helm: {', '      valuesObject: { crds: { enabled: true } },', '      a: [', "        'x',", '      ],', '    },'],
      },
    ],
    ['nothing of a map by an empty one', ['source', 'helm'], '{}', { out: [], in: [] }],
  ])('sets %s', (_, place, code, expected) => {
    expect(changed(text, set(place, code))).toEqual(expected);
  });

  test('puts a last property in front of a comment behind it, and never into one', () => {
    const open = 'export default {\n  a: 1, /* one\n  and more */ // b\n  // end\n};\n';
    expect(setValue({ file, text: open }, ['b'], '2', '')).toBe('export default {\n  a: 1, /* one\n  and more */ // b\n  b: 2,\n  // end\n};\n');
    const bare = 'export default {\n  a: 1 // one\n};\n';
    expect(setValue({ file, text: bare }, ['b'], '2', '')).toBe('export default {\n  a: 1, // one\n  b: 2\n};\n');
    const tight = 'export default {\n  a: 1 };\n';
    expect(evaluated(setValue({ file, text: tight }, ['b'], '2', ''))).toEqual({ a: 1, b: 2 });
    const line = 'export default { a: 1 // one\n};\n';
    expect(evaluated(setValue({ file, text: line }, ['b'], '2', ''))).toEqual({ a: 1, b: 2 });
  });

  test('leaves the text of template literals alone', () => {
    const code = '{\n  script: `a\n  b`,\n}';
    const after = setValue({ file, text: 'export default {\n  x: {\n    a: 1,\n  },\n};\n' }, ['x', 'y'], code, '');
    expect(evaluated(after)).toEqual({ x: { a: 1, y: { script: 'a\n  b' } } });
    expect(after).toContain('    y: {\n      script: `a\n  b`,\n    },\n');
  });

  test('indents with tabs where the file does', () => {
    const tabs = 'export default {\n\ta: {\n\t\tb: 1,\n\t},\n};\n';
    expect(setValue({ file, text: tabs }, ['a', 'c'], '{\n  d: 1,\n}', '').replace('\t\t  d', '\t\t\td')).toBe(
      tabs.replace('b: 1,\n', 'b: 1,\n\t\tc: {\n\t\t\td: 1,\n\t\t},\n'),
    );
  });

  test.each<[string, readonly string[], string, object]>([
    ['a name', ['name'], "'x'", { message: "'name' is an expression and cannot be edited", line: 19, column: 9 }],
    ['a template of a name', ['text'], "'x'", { line: 20, column: 9 }],
    ['what is below a value', ['list', 'a'], '1', { message: "'list' is no object literal and cannot be edited", line: 21 }],
    ['what is below a function', ['region', 'a'], '1', { line: 22 }],
    ['a method', ['method'], '1', { message: "'method' is a method and cannot be edited", line: 24, column: 3 }],
    ['a function for a map', ['source', 'helm'], '(target) => ({})', { line: 11 }],
  ])('refuses to set %s', (_, place, code, expected) => {
    expect(problemOf(() => set(place, code))).toMatchObject({ code: 'cannot-edit', file, hint: 'do it', ...expected });
  });

  test.each(['...others', '[name]: 1'])('refuses what %s behind it may say otherwise', (member) => {
    const unsure = `const name = 'b', others = {};\nexport default { a: 1, ${member} };\n`;
    expect(problemOf(() => setValue({ file, text: unsure }, ['a'], '2', ''))).toMatchObject({ code: 'cannot-edit', line: 2, column: 24 });
    expect(problemOf(() => setValue({ file, text: unsure }, ['b'], '2', ''))).toMatchObject({ code: 'cannot-edit' });
  });

  test.each(['...others', '[name]: 1'])('sets what stands behind %s', (member) => {
    const sure = `const name = 'a', others = {};\nexport default { ${member}, a: 1 };\n`;
    expect(evaluated(setValue({ file, text: sure }, ['a'], '2', ''))).toEqual({ a: 2 });
  });
});

describe('leavesAt', () => {
  const leaves = (change: string) => leavesAt({ file, text: `const v = 'v2';\nexport default {\n  change: ${change},\n};\n` }, ['change'], 'do it');

  test('takes a change apart, whatever its values are', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    expect(leaves("{ a: { b: 'x', 'c.d/e': [1, { f: 2 }] }, g: (t) => `${t.region}`, h: {}, i: unset, v, ['j']: v } satisfies object")).toEqual([
      [['a', 'b'], "'x'"],
      [['a', 'c.d/e'], '[1, { f: 2 }]'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
      [['g'], '(t) => `${t.region}`'],
      [['h'], '{}'],
      [['i'], 'unset'],
      [['v'], 'v'],
      [['j'], 'v'],
    ]);
  });

  test('goes into maps that say what they are', () => {
    expect(leaves("{ a: { b: 'x' as const } satisfies object }")).toEqual([[['a', 'b'], "'x'"]]);
  });

  test('gives code as if it were not indented', () => {
    expect(leaves('{\n    a: [\n      1,\n    ],\n  }')).toEqual([[['a'], '[\n  1,\n]']]);
  });

  test('finds nothing in an empty change, nor where there is none', () => {
    expect(leaves('{}')).toEqual([]);
    expect(leavesAt({ file, text: 'export default {};' }, ['change'], '')).toEqual([]);
  });

  test.each([
    ['a function', '(target) => ({})', 3, 11],
    ['a name', 'v', 3, 11],
    ['a spread', '{ a: 1, ...v }', 3, 11],
    ['a computed key', '{ [v]: 1 }', 3, 11],
    ['a method', '{ a() {} }', 3, 13],
  ])('cannot take %s apart', (_, change, line, column) => {
    expect(problemOf(() => leaves(change))).toMatchObject({ code: 'cannot-edit', file, line, column, hint: 'do it' });
  });
});

describe('removeEntry', () => {
  const patches = (...lines: string[]) => ['export default {', '  a: 1,', '  patches: {', ...lines, '  },', '};', ''].join('\n');

  test('removes an entry with the comments about it, and leaves those about others', () => {
    const text = patches(
      "    'p-1': 1, // the first",
      '',
      '    // Section',
      '',
      '    // the second',
      "    'p-2': {",
      '      x: 1,',
      '    }, // so',
      '',
      '    // the third',
      "    'p-3': 3,",
    );
    const after = removeEntry({ file, text }, ['patches', 'p-2'], '');
    expect(after).toBe(patches("    'p-1': 1, // the first", '', '    // Section', '', '    // the third', "    'p-3': 3,"));
  });

  test('removes what only held it', () => {
    expect(removeEntry({ file, text: patches("    'p-1': 1,") }, ['patches', 'p-1'], '')).toBe('export default {\n  a: 1,\n};\n');
  });

  test('leaves an object in which somebody wrote something else', () => {
    const text = patches("    'p-1': 1,", '', '    // Add new ones below.');
    expect(removeEntry({ file, text }, ['patches', 'p-1'], '')).toBe(patches('    // Add new ones below.'));
  });

  test.each([
    ['the first of a line', '{ a: 1, b: 2 }', 'a', '{ b: 2 }'],
    ['the last of a line', '{ a: 1, b: 2 }', 'b', '{ a: 1 }'],
    ['the last before a comma', '{ a: 1, b: 2, }', 'b', '{ a: 1, }'],
    ['one among comments', '{ a: 1 /* a */, /* b */ b: 2 }', 'b', '{ a: 1 /* a */ }'],
    ['one beside another on its line', '{\n  a: 1, b: 2,\n}', 'a', '{\n  b: 2,\n}'],
    ['the last on the line of the brace', '{\n  a: 1,\n  b: 2 }', 'b', '{\n  a: 1 }'],
    ['one whose comment goes on', '{\n  a: 1, /* a\n  b */\n  b: 2,\n}', 'a', '{\n  b: 2,\n}'],
  ])('removes %s', (_, before, key, expected) => {
    const after = removeEntry({ file, text: `export default ${before};\n` }, [key], '');
    expect(after).toBe(`export default ${expected};\n`);
    expect(evaluated(after)).toBeDefined();
  });

  test('refuses what is not written out', () => {
    const text = "const patches = {};\nexport default {\n  patches: { ...patches, 'p-1': 1 },\n};\n";
    expect(problemOf(() => removeEntry({ file, text }, ['patches', 'p-2'], 'do it'))).toMatchObject({ code: 'cannot-edit', line: 3, hint: 'do it' });
    expect(evaluated(removeEntry({ file, text }, ['patches', 'p-1'], ''))).toEqual({ patches: {} });
  });
});

describe('removeEntry takes an item out of a list', () => {
  const fleet = (regions: string, sectors = "{ name: 'a', regions: ['x'] },") =>
    `export default {\n  sectors: [\n    // The first\n    ${sectors}\n    { name: 'b', regions: [${regions}] },\n  ],\n};\n`;

  test.each([
    ['the first', ['sectors', '1', 'regions', '0'], fleet("'us', 'eu'"), fleet("'eu'")],
    ['the last', ['sectors', '1', 'regions', '1'], fleet("'us', 'eu'"), fleet("'us'")],
    [
      'one of several lines, with the comment above it',
      ['sectors', '0'],
      fleet("'us'"),
      "export default {\n  sectors: [\n    { name: 'b', regions: ['us'] },\n  ],\n};\n",
    ],
  ])('%s', (_, place, before, after) => {
    expect(removeEntry({ file, text: before }, place, '')).toBe(after);
  });

  test('of a list that comes from elsewhere it does not', () => {
    const text = 'const all = [];\nexport default { sectors: [...all, 1] };\n';
    expect(problemOf(() => removeEntry({ file, text }, ['sectors', '1'], 'by hand'))).toMatchObject({ code: 'cannot-edit', hint: 'by hand' });
  });
});
