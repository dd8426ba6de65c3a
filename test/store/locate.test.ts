import { chdir, cwd } from 'node:process';
import type { Problem } from '../../layers/problem';
import { locate } from '../../store/read/locate';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** A problem at a place, dot by dot. */
function problemAt(place: string, fields: Partial<Problem> = {}): Problem {
  return { code: 'unknown-field', message: 'x', file: 'app.ts', place: place === '' ? [] : place.split('.'), ...fields };
}

/** Where a place is found in a source text: the text that begins there, up to the end of the line. */
function found(source: string, place: string): string | undefined {
  const folder = folders.make({ 'app.ts': source });
  const [problem] = locate([problemAt(place, { file: `${folder}/app.ts` })]);
  if (problem?.line === undefined || problem.column === undefined) return undefined;
  return source.split('\n')[problem.line - 1]?.slice(problem.column - 1);
}

const literal = `{
  description: 'x',
  source: {
    helm: { parameters: [{ name: 'a' }, { name: 'b', value: 1 }] },
    'quoted-key': true, 42: 'number',
  },
}`;

describe('a place is found', () => {
  test.each([
    ['a literal', `export default ${literal};`],
    ['satisfies', `import type { A } from 'x';\nexport default ${literal} satisfies A;`],
    ['as const', `export default ${literal} as const;`],
    ['as const satisfies', `export default (${literal} as const) satisfies A<'x'>;`],
    ['a define call', `export default defineFleet(${literal});`],
    ['a define call with types', `export default defineFleet<F>(${literal} satisfies F);`],
    ['a constant of the file', `const app = ${literal};\nexport default app;`],
    [
      'a constant of the file through a call',
      `const app = defineFleet(${literal} as const);\nexport default app;\ndeclare module 'x' { interface R { a: typeof app } }`,
    ],
    ['an exported constant', `export const app: A = ${literal};\nexport default app satisfies A;`],
    ['a constant that is exported under another name', `const app = ${literal};\nexport { app as default };`],
    ['an arrow function', `export default (target: Target) => (${literal});`],
  ])('through %s', (_, source) => {
    expect(found(source, 'description')).toBe("description: 'x',");
    expect(found(source, 'source.helm.parameters.1.value')).toMatch(/^value: 1 \}\] \},$/);
    expect(found(source, 'source.helm.parameters.1')).toMatch(/^\{ name: 'b', value: 1 \}/);
    expect(found(source, 'source.quoted-key')).toMatch(/^'quoted-key': true/);
    expect(found(source, 'source.42')).toMatch(/^42: 'number'/);
  });

  test('in the last of two members of one name, which wins', () => {
    expect(found('export default { a: { b: 1 }, a: { b: 2, c: 3 } };', 'a.b')).toBe('b: 2, c: 3 } };');
  });

  test('below a function of the target, and below a constant in the middle', () => {
    const source = `
const values = { replicas: 3 };
export default {
  overrides: { 'production/prod-canary': (target) => ({ helm: { values, more: values } }) },
  patches: { 'patch-001': { rolledOutTo: ['stage', 'prodution'] } },
};`;
    expect(found(source, 'overrides.production/prod-canary.helm.values')).toBe('values, more: values } }) },');
    expect(found(source, 'overrides.production/prod-canary.helm.values.replicas')).toBe('replicas: 3 };');
    expect(found(source, 'overrides.production/prod-canary.helm.more.replicas')).toBe('replicas: 3 };');
    expect(found(source, 'patches.patch-001.rolledOutTo.1')).toBe("'prodution'] } },");
  });

  test('as far as it is written down, where the rest is computed', () => {
    const source = `export default {
  base: 1,
  overrides: { ...shared, production: { [key]: 1, source: compute() } },
  method(target) { return { deep: 1 }; },
};`;
    expect(found(source, 'overrides.production.source.helm')).toBe('source: compute() } },');
    expect(found(source, 'overrides.stage.source')).toBe('overrides: { ...shared, production: { [key]: 1, source: compute() } },');
    expect(found(source, 'method.deep')).toBe('method(target) { return { deep: 1 }; },');
    expect(found(source, 'base.deeper')).toBe('base: 1,');
  });

  test('not at a computed key that only looks alike', () => {
    expect(found(`export default { base: 1, outer: { [key]: 1 } };`, 'outer.key')).toBe('outer: { [key]: 1 } };');
  });

  test('in a file with a mistake that does not hide its shape', () => {
    expect(found(`const a = 1; const a = 2;\nexport default { base: { x: 1 } };`, 'base.x')).toBe('x: 1 } };');
  });
});

describe('a place is not found', () => {
  test.each([
    ['in a file without a default export', 'export const app = { base: 1 };'],
    ['in a file that imports what it exports', "import { app } from './x';\nexport default app;"],
    ['in a file that is no TypeScript', 'export default {{{'],
    ['where the first key is computed', 'export default { ...base };'],
    ['in a constant that stands for itself', 'const a = b; const b = a; export default a;'],
  ])('%s', (_, source) => {
    expect(found(source, 'base')).toBeUndefined();
  });

  test('and the problem stays as it is', () => {
    const problems = [
      problemAt('base', { file: undefined }),
      problemAt('', { file: '/nowhere/app.ts' }),
      problemAt('base', { file: '/nowhere/app.ts' }),
      problemAt('base', { file: '/nowhere/folder' }),
      problemAt('base', { line: 3 }),
    ];
    const located = locate(problems);
    expect(located.every((problem, index) => problem === problems[index])).toBe(true);
  });
});

describe('in YAML', () => {
  const yaml = `applications:
  web:
    source: &source
      helm:
        valuesObject: {a: [1, {b: "x {{ .Values.ab }} {{ .Values.a }}"}], 8080: c, "quo.ted": d}
    other: *source
    additionalLabels: {team: x}
    "{{ .Values.key }}": 1
    text: |
      one
      {{ .Values.two }}
    empty:
`;

  /** Where a place is found: `line:column`, and the place in the file's own words. */
  function foundIn(source: string, place: readonly string[], text?: string): readonly (string | undefined)[] {
    const folder = folders.make({ 'values.yaml': source });
    const [problem] = locate([{ ...problemAt('', { file: `${folder}/values.yaml`, found: text }), place }]);
    return [problem?.line === undefined ? undefined : `${problem.line}:${problem.column}`, problem?.place?.join('.')];
  }

  test.each([
    ['applications.web', '2:3'],
    ['applications.web.source.helm.valuesObject.a', '5:24'],
    ['applications.web.source.helm.valuesObject.a.1', '5:31'],
    ['applications.web.source.helm.valuesObject.a.1.b', '5:32'],
    ['applications.web.source.helm.valuesObject.8080', '5:75'],
    ['applications.web.other.helm.valuesObject', '5:9'],
    ['applications.web.empty', '12:5'],
  ])('a place is that of its key: %s', (place, position) => {
    expect(foundIn(yaml, place.split('.'))).toEqual([position, place]);
  });

  test('a place is found as far as it is written down', () => {
    expect(foundIn(yaml, ['applications', 'web', 'source', 'helm', 'nothing', 'below'])).toEqual(['4:7', 'applications.web.source.helm.nothing.below']);
    expect(foundIn(yaml, ['nothing'])).toEqual([undefined, 'nothing']);
    expect(foundIn(yaml, ['applications', 'web', 'empty', 'x'])[0]).toBe('12:5');
  });

  test('a key may have dots', () => {
    expect(foundIn(yaml, ['applications', 'web', 'source', 'helm', 'valuesObject', 'quo.ted'])[0]).toBe('5:84');
  });

  test('labels and annotations have the names that they have in the file', () => {
    expect(foundIn(yaml, ['applications', 'web', 'labels', 'team'])).toEqual(['7:24', 'applications.web.additionalLabels.team']);
    expect(foundIn('a: {annotations: {x: 1}}', ['a', 'annotations', 'x'])).toEqual(['1:19', 'a.annotations.x']);
  });

  test('what was found is found in the text, whole words only', () => {
    const place = ['applications', 'web', 'source', 'helm', 'valuesObject', 'a'];
    expect(foundIn(yaml, [...place, '1', 'b'], '.Values.ab')[0]).toBe('5:41');
    expect(foundIn(yaml, [...place, '1', 'b'], '.Values.a')[0]).toBe('5:58');
    // In a list, which is replaced whole.
    expect(foundIn(yaml, place, '.Values.a')[0]).toBe('5:58');
    expect(foundIn(yaml, ['applications', 'web', 'text'], '.Values.two')[0]).toBe('11:10');
    expect(foundIn(yaml, ['applications', 'web'], '.Values.key')[0]).toBe('8:9');
    expect(foundIn(yaml, ['applications', 'web', 'text'], 'not there')[0]).toBe('9:5');
  });

  test('a byte order mark is no column', () => {
    expect(foundIn('\uFEFFa: {b: 1}', ['a', 'b'])[0]).toBe('1:5');
  });

  test('a place is not found in a file that is not there or says something else, and the problem stays as it is', () => {
    const problems = [problemAt('base', { file: '/nowhere/values.yaml' }), problemAt('base', { file: `${folders.make({ 'a.yaml': '[1' })}/a.yaml` })];
    expect(locate(problems)).toEqual(problems);
  });
});

test('files are found from the working directory, and other fields stay', () => {
  const home = cwd();
  chdir(folders.make({ 'config/app.ts': '\nexport default { base: 1 };' }));
  try {
    const problem = problemAt('base', { file: 'config/app.ts', hint: 'h', target: 't' });
    expect(locate([problem, problemAt('base', { file: 'config/other.ts' })])).toEqual([
      { ...problem, line: 2, column: 18 },
      problemAt('base', { file: 'config/other.ts' }),
    ]);
  } finally {
    chdir(home);
  }
});

test('the other place that a problem is about is found, too', () => {
  const folder = folders.make({ 'app.ts': 'export default {\n  a: 1,\n};\n', 'project.ts': 'export default {\n  b: 1,\n  c: 2,\n};\n' });
  const [problem] = locate([problemAt('a', { file: `${folder}/app.ts`, see: { file: `${folder}/project.ts`, place: ['c'] } })]);
  expect(problem).toMatchObject({ line: 2, see: { line: 3, column: 3 } });
});
