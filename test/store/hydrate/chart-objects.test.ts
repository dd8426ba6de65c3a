import { maxObjects, ObjectReader } from '../../../store/hydrate/chart-objects';
import { longTest } from '../../long-test';
import { printed, problemsOf } from './hydrate-builder';

const read = (text: string) => new ObjectReader().read(text, 'web 1.0.0');
const namesOf = (text: string) => {
  const found = read(text);
  return 'objects' in found ? found.objects.map(({ metadata }) => metadata.name) : found.problems;
};

test('objects come in the order in which they are printed, hooks among them', () => {
  const hook = printed('c', '  annotations: {helm.sh/hook: test}\n');
  expect(namesOf(`${printed('b')}${printed('a')}---\n# Source: web/templates/empty.yaml\n---\nnull\n${hook}`)).toEqual(['b', 'a', 'c']);
});

test('objects that are equal in all are one', () => {
  expect(namesOf(printed('a') + printed('b') + printed('a').replace('/templates/', '/crds/'))).toEqual(['a', 'b']);
  // However they are written.
  expect(namesOf('{apiVersion: v1, kind: X, metadata: {name: a}}\n---\nmetadata:\n  name: a\nkind: X\napiVersion: v1\n')).toEqual(['a']);
});

test('whatever has a list of items is taken apart, as Argo CD does', () => {
  const item = (name: string) => `{apiVersion: v1, kind: X, metadata: {name: ${name}}}`;
  expect(namesOf(`apiVersion: v1\nkind: List\nitems: [${item('a')}, ${item('b')}]\n`)).toEqual(['a', 'b']);
  expect(namesOf('apiVersion: v1\nkind: ConfigMapList\nitems:\n')).toEqual([]);
  expect(namesOf('apiVersion: v1\nkind: ConfigMapList\nitems: []\n')).toEqual([]);
  expect(namesOf(`${printed('a', 'items:\nspec: {}\n')}`)).toEqual(['a']);
});

test('a hook whose runs are objects of their own has no name', () => {
  const hook = (annotation: string) => `apiVersion: v1\nkind: Job\nmetadata:\n  generateName: a-\n  annotations: {${annotation}: x}\n`;
  expect(namesOf(`${hook('helm.sh/hook')}---\n${hook('argocd.argoproj.io/hook')}`)).toEqual([undefined, undefined]);
  expect(namesOf(hook('other'))).toMatchObject([{ message: 'there is a Job without a name in what web 1.0.0 gives' }]);
});

test('the same name is no other object in another namespace, group or kind', () => {
  const object = (apiVersion: string, kind: string, namespace: string) =>
    `---\n{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a, namespace: ${namespace}}}\n`;
  const distinct = [object('v1', 'A', 'x'), object('g/v1', 'A', 'x'), object('v1', 'B', 'x'), object('v1', 'A', 'y')];
  expect(namesOf(distinct.join(''))).toEqual(['a', 'a', 'a', 'a']);
  expect(namesOf(object('g/v1', 'A', 'x') + object('g/v2', 'A', 'x'))).toHaveLength(1);
});

test('what stands there twice to the letter is one object, as Argo CD has it', () => {
  expect(namesOf(printed('a') + printed('b') + printed('a').replace('/a.yaml', '/c.yaml'))).toEqual(['a', 'b']);
});

test('of a file with several documents Helm says once where they come from', () => {
  const definition = (text: string) => `---\napiVersion: v1\nkind: X\nmetadata: {name: a}\ndata: ${text}\n`;
  const [problem] = problemsOf(read(`---\n# Source: web/crds/x.yaml\n# why\n${definition('1')}${definition('2')}`));
  expect(problem).toMatchObject({ message: "X 'a' stands there twice, and differs in 'data' in what web 1.0.0 gives", found: 'web/crds/x.yaml' });
});

test.each([
  ['kind: X\nmetadata: {name: a}\n', { message: 'there is a X without an apiVersion in what web 1.0.0 gives' }],
  ['# Source: web/templates/x.yaml\napiVersion: v1\n', { message: 'there is an object without a kind in what web 1.0.0 gives', found: 'web/templates/x.yaml' }],
  ['apiVersion: v1\nkind: X\n', { message: 'there is a X without a name in what web 1.0.0 gives' }],
  ['apiVersion: v1\nkind: X\nmetadata: {name: 010}\n', { message: 'there is a X whose name is no text in what web 1.0.0 gives', expected: "'8'" }],
  ['- a\n', { message: 'there is a document that is no object in what web 1.0.0 gives' }],
  ['--- b: 1\n', { message: 'there is a document that cannot be read in what web 1.0.0 gives', found: 'something stands behind `---`' }],
  [
    '# Source: web/crds/x.yaml\na: 9223372036854775807\n',
    {
      found: 'web/crds/x.yaml: the number 9223372036854775807 is too large to be kept exactly at line 2, column 4',
      hint: 'with other values the chart may write it otherwise; or leave `hydrate` out there: Argo CD renders it then',
    },
  ],
  [
    printed('a') + printed('a', 'data: {b: x}\nmore: 1\n').replace('/a.yaml', '/b.yaml'),
    {
      message: "ConfigMap 'a' stands there twice, and differs in 'data' and 1 more in what web 1.0.0 gives",
      found: 'web/templates/a.yaml and web/templates/b.yaml',
      hint: expect.stringContaining('have a value of the chart leave one of them out, or leave `hydrate` out there'),
    },
  ],
  [
    printed('a').replace('/templates/', '/crds/') + printed('a', 'data: {b: x}\n'),
    {
      found: 'web/crds/a.yaml and web/templates/a.yaml',
      hint: expect.stringContaining('`skipCrds: true` leaves that of `crds/` out'),
    },
  ],
])('%j is told of', (text, problem) => {
  const problems = problemsOf(read(text));
  expect(problems[0]).toMatchObject({ code: 'chart-render', ...problem });
});

test('all that is wrong is told of, up to a limit', () => {
  expect(problemsOf(read('kind: X\n---\nkind: Y\n'))).toHaveLength(2);
  expect(problemsOf(read('---\nkind: X\n'.repeat(50)))).toHaveLength(10);
});

longTest('there is a limit to objects', () => {
  const item = (index: number) => `{"apiVersion":"v1","kind":"X","metadata":{"name":"a${index}"}}`;
  const list = (count: number) => `apiVersion: v1\nkind: List\nitems: [${Array.from({ length: count }, (_, index) => item(index)).join(',')}]\n`;
  expect(problemsOf(read(list(maxObjects + 1)))).toEqual([
    { code: 'chart-render', message: 'there are too many objects in what web 1.0.0 gives', expected: 'at most 5000', found: '5001' },
  ]);
});
