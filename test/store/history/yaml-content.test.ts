import { yamlContent } from '../../../store/history/yaml-content';

/** The content of `patch-001` at `int/a/us`, of a component's files. */
function contentOf(files: Readonly<Record<string, string>>): string | undefined {
  return yamlContent((path) => files[path], Object.keys(files), 'patch-001', 'int/a/us');
}

const plain = 'applications:\n  app:\n    source:\n      targetRevision: v2\n      n: 1\n';
const living = "applications:\n  app:\n    source:\n      targetRevision: '{{ .Values.version }}'\n";

test.each([
  ['formatting and comments', { 'int/patch-001.yaml': "# why\napplications: { app: { source: { n: 1, targetRevision: 'v2' } } }\n" }],
  ['a description', { 'int/patch-001.yaml': `metadata:\n  description: x\n${plain}` }],
  ['where it sits', { 'int/a/patch-001.yaml': plain }],
  ['copies beside the way', { 'int/patch-001.yaml': plain, 'int/b/patch-001.yaml': 'applications: {}', 'prod/patch-001.yaml': '{}' }],
  ['other layers and the base', { 'int/patch-001.yaml': plain, 'values.yaml': 'version: 3', 'int/override.yaml': 'a: 1', 'int/patch-0010.yaml': 'b: 1' }],
])('is the same, whatever is said of %s', (_, files) => {
  expect(contentOf(files)).toBe(contentOf({ 'int/patch-001.yaml': plain }));
});

test.each([
  ['a value', plain.replace('v2', 'v3')],
  ['a kind', plain.replace('n: 1', "n: '1'")],
  ['a key', plain.replace('n: 1', 'm: 1')],
  ['another thing that metadata say', `metadata: { owner: x }\n${plain}`],
  ['what cannot be read', `${plain}\t:`],
])('is another one with %s', (_, text) => {
  expect(contentOf({ 'int/patch-001.yaml': text })).not.toBe(contentOf({ 'int/patch-001.yaml': plain }));
});

test.each([
  ['the values', { 'values.yaml': 'version: 2\napplications: {}' }, { 'values.yaml': 'version: 3\napplications: {}' }, false],
  ['the defaults', { '../defaults.yaml': 'version: 2' }, { '../defaults.yaml': 'version: 3' }, false],
  ['an override on the way', { 'int/override.yaml': 'version: 2' }, { 'int/override.yaml': 'version: 3' }, false],
  ['another patch on the way', { 'int/a/patch-002.yaml': 'version: 2' }, { 'int/a/patch-002.yaml': 'version: 3' }, false],
  ['an override elsewhere', { 'prod/override.yaml': 'version: 2' }, { 'prod/override.yaml': 'version: 3' }, true],
  ['the sections', { 'values.yaml': 'applications: { a: 1 }' }, { 'values.yaml': 'applications: { a: 2 }' }, true],
])('of an expression, what it may ask for belongs to it: %s', (_, before, after, isSame) => {
  const [one, other] = [before, after].map((files) => contentOf({ 'int/patch-001.yaml': living, ...files }));
  expect([one === undefined, one === other]).toEqual([false, isSame]);
});

test('is none where the patch is not', () => {
  expect([contentOf({}), contentOf({ 'values.yaml': '', 'int/b/patch-001.yaml': plain })]).toEqual([undefined, undefined]);
});
