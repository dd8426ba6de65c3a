import { typeScriptContent } from '../../../store/history/typescript-content';

const place = ['patches', 'patch-001'];

/** The content of a patch in files by their names; `app.ts` holds it. */
function contentOf(files: Readonly<Record<string, string>>) {
  return typeScriptContent((path) => files[path.replace('/config/mc/', '')], '/config/mc/app.ts', place);
}

/** A file with a patch. @param patch what stands in it @param above what stands above the export */
function app(patch: string, above = ''): string {
  return `${above}\nexport default { source: { targetRevision: 'v1' }, patches: { 'patch-001': { rolledOutTo: ['int'], ${patch} } } };\n`;
}

const base = app("change: { source: { targetRevision: 'v2', helm: { valuesObject: { a: 1, b: ['x'] } } } }");

test.each([
  ['quotes, commas and lines', app('change: {\n source: { "targetRevision": "v2", helm: { valuesObject: { "a": 1, b: ["x",], }, }, },\n}')],
  ['comments', app("/* why */ change: { source: { targetRevision: 'v2', /* b */ helm: { valuesObject: { a: 1, b: ['x'] } } } } // c\n")],
  ['the order of keys', app("change: { source: { helm: { valuesObject: { b: ['x'], a: 1 } }, targetRevision: 'v2' } }")],
  ['types', app("change: ({ source: { targetRevision: 'v2' as const, helm: { valuesObject: { a: 1, b: ['x'] } } } } satisfies object)")],
  ['the way in which a number is written', app("change: { source: { targetRevision: 'v2', helm: { valuesObject: { a: 0x1, b: ['x'] } } } }")],
  ['a description', app("description: 'new', change: { source: { targetRevision: 'v2', helm: { valuesObject: { a: 1, b: ['x'] } } } }")],
  ['where it sits', base.replace("['int']", "['int', 'prod']")],
  ['the base', base.replace("'v1'", "'v9'")],
  ['another patch', base.replace('patches: {', "patches: { 'patch-000': { rolledOutTo: [], change: { a: 1 } },")],
  ['what stands above it, which it does not use', `import { a } from './a';\nconst source = a;\n${base}`],
])('is the same, whatever is said of %s', (_, text) => {
  expect(contentOf({ 'app.ts': text })?.text).toBe(contentOf({ 'app.ts': base })?.text);
});

test.each([
  ['a value', base.replace("'v2'", "'v3'")],
  ['a value in depth', base.replace("['x']", "['y']")],
  ['a list', base.replace("['x']", "['x', 'x']")],
  ['a kind', base.replace('a: 1', "a: '1'")],
  ['a key', base.replace('a: 1', 'c: 1')],
  ['one key more', base.replace('a: 1', 'a: 1, c: 1')],
  ['one key less', base.replace('a: 1, ', '')],
  ['a function of the target', base.replace('a: 1', 'a: (target) => target.region')],
  ['a name', base.replace('a: 1', 'a: one')],
])('is another one with %s', (_, text) => {
  expect(contentOf({ 'app.ts': text })?.text).not.toBe(contentOf({ 'app.ts': base })?.text);
});

describe('what a patch takes from elsewhere belongs to it:', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, boolean])[] = [
    [
      'a constant',
      { 'app.ts': app('change: { v: version }', "const version = 'v2';") },
      { 'app.ts': app('change: { v: version }', "const version = 'v3';") },
      false,
    ],
    ['a constant in other words', { 'app.ts': app('change: { v }', "const v = 'v2';") }, { 'app.ts': app('change: { v }', '// why\nconst v = "v2"') }, true],
    [
      'a constant of a constant',
      { 'app.ts': app('change: { v }', 'const w = 1; const v = w;') },
      { 'app.ts': app('change: { v }', 'const w = 2; const v = w;') },
      false,
    ],
    [
      'a constant that is taken apart',
      { 'app.ts': app('change: { v }', 'const { v } = { v: 1 };') },
      { 'app.ts': app('change: { v }', 'const { v } = { v: 2 };') },
      false,
    ],
    [
      'a function of the file',
      { 'app.ts': app('change: f()', 'function f() { return { v: 1 }; }') },
      { 'app.ts': app('change: f()', 'function f() { return { v: 2 }; }') },
      false,
    ],
    ['what a statement does to it', { 'app.ts': app('change: v', 'const v = {}; v.a = 1;') }, { 'app.ts': app('change: v', 'const v = {}; v.a = 2;') }, false],
    ['what is spread', { 'app.ts': app('change: { ...v }', 'const v = { a: 1 };') }, { 'app.ts': app('change: { ...v }', 'const v = { a: 2 };') }, false],
    [
      'another constant',
      { 'app.ts': app('change: { v }', 'const v = 1; const other = 1;') },
      { 'app.ts': app('change: { v }', 'const v = 1; const other = 2;') },
      true,
    ],
    ['a key of that name', { 'app.ts': app('change: { v: 1 }', 'const v = 1;') }, { 'app.ts': app('change: { v: 1 }', 'const v = 2;') }, true],
    ...(['./shared', './shared.ts', './shared.js', './shared/index'] as const).map((name) => {
      const file = name === './shared/index' ? 'shared/index.ts' : 'shared.ts';
      const text = app('change: { v }', `import { v } from '${name}';`);
      return [`an import of ${name}`, { 'app.ts': text, [file]: 'export const v = 1;' }, { 'app.ts': text, [file]: 'export const v = 2;' }, false] as const;
    }),
    ['an import of an import', ...importing("export { v } from './inner';", 'inner.ts'), false],
    ['a call of require in an import', ...importing("const { v } = require('./inner'); export { v };", 'inner.ts'), false],
    ['JSON', ...importing("import data from './data.json';\nexport const v = data;", 'data.json'), false],
    ['an import that it does not use', ...unused(), true],
  ];

  test.each(cases)('%s', (_, before, after, isSame) => {
    const [one, other] = [contentOf(before)?.text, contentOf(after)?.text];
    expect([one === undefined, other === undefined, one === other]).toEqual([false, false, isSame]);
  });

  test('the files are named, so that their commits are looked at', () => {
    const [files] = importing("export { v } from './inner';", 'inner.ts');
    expect(contentOf(files)?.files).toEqual(['/config/mc/shared.ts', '/config/mc/inner.ts']);
  });

  test('packages belong to none', () => {
    const text = app('change: { v: cluster.name }', "import { cluster } from 'cdk8s-fleet';");
    expect(contentOf({ 'app.ts': text })).toMatchObject({ files: [] });
  });
});

test.each([
  ['no file', {}],
  ['no patch of that name', { 'app.ts': 'export default { patches: {} };' }],
  ['a patch that is made elsewhere', { 'app.ts': "import { p } from './p';\nexport default { patches: { 'patch-001': p } };" }],
  ['what may be replaced', { 'app.ts': "const more = {};\nexport default { patches: { 'patch-001': { change: {} }, ...more } };" }],
  ['an import that is not there', { 'app.ts': app('change: { v }', "import { v } from './nowhere';") }],
  ['no code', { 'app.ts': 'export default {' }],
])('is unknown where there is %s', (_, files) => {
  expect(contentOf(files)?.text).toBeUndefined();
});

function importing(shared: string, inner: string): readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>] {
  const text = app('change: { v }', "import { v } from './shared';");
  const files = { 'app.ts': text, 'shared.ts': shared };
  return [
    { ...files, [inner]: '{ "a": 1 }' },
    { ...files, [inner]: '{ "a": 2 }' },
  ];
}

function unused(): readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>] {
  const text = app('change: { v: 1 }', "import { v as other } from './shared';");
  return [
    { 'app.ts': text, 'shared.ts': '1' },
    { 'app.ts': text, 'shared.ts': '2' },
  ];
}
