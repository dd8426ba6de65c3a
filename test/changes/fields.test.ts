import { fieldsOf } from '../../changes/fields';
import type { Content } from '../../changes/state';
import { application } from '../builders/state-builder';

const said = (content: Content, above: readonly string[] = []) => [...fieldsOf(content, above)].map(([field, value]) => `${field} = ${JSON.stringify(value)}`);

test("fields of Argo CD's own objects stand where configuration has them", () => {
  const content = {
    ...application({
      project: 'default',
      source: {
        chart: 'web',
        helm: { valuesObject: { 'a.b/c': 1, empty: {}, none: [] } },
      },
    }),
    metadata: { name: 'web', labels: { 'team.x/y': 'z' }, finalizers: ['one'] },
  };
  expect(said(content)).toMatchInlineSnapshot(`
   [
     "apiVersion = "argoproj.io/v1alpha1"",
     "kind = "Application"",
     "metadata.name = "web"",
     "finalizers = ["one"]",
     "labels.'team.x/y' = "z"",
     "project = "default"",
     "source.chart = "web"",
     "source.helm.valuesObject.'a.b/c' = 1",
     "source.helm.valuesObject.empty = {}",
     "source.helm.valuesObject.none = []",
   ]
  `);
});

test('items of a list of maps that each have a name of their own are known by it, and their order is a field', () => {
  expect(
    said({
      named: [
        { name: 'a', value: 1 },
        { name: 'b', value: 2 },
      ],

      single: [{ name: 'a' }],
      twice: [
        { name: 'a', value: 1 },
        { name: 'a', value: 2 },
      ],

      unnamed: [{ group: 'x' }, { group: 'y' }],
      digits: [{ name: '0', value: 1 }],
      mixed: [{ name: 'a' }, 'text'],
      scalars: ['x', 'y'],
    }),
  ).toMatchInlineSnapshot(`
   [
     "named.a.value = 1",
     "named.b.value = 2",
     "named.(order) = ["a","b"]",
     "single.a = {}",
     "twice.0.name = "a"",
     "twice.0.value = 1",
     "twice.1.name = "a"",
     "twice.1.value = 2",
     "unnamed.0.group = "x"",
     "unnamed.1.group = "y"",
     "digits.0.name = "0"",
     "digits.0.value = 1",
     "mixed = [{"name":"a"},"text"]",
     "scalars = ["x","y"]",
   ]
  `);
});

test('of any other object every field stands where it is', () => {
  expect(
    said({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', labels: { a: 'b' } },
      data: { 'a b': "it's", text: 'one\ntwo\n' },
    }),
  ).toMatchInlineSnapshot(`
   [
     "apiVersion = "v1"",
     "kind = "ConfigMap"",
     "metadata.name = "x"",
     "metadata.labels.a = "b"",
     "data.'a b' = "it's"",
     "data.text = "one\\ntwo\\n"",
   ]
  `);
});

test('values of a chart stand below what they are', () => {
  expect(said({ replicas: 1, image: { tag: '1' } }, ['values'])).toMatchInlineSnapshot(`
   [
     "values.replicas = 1",
     "values.image.tag = "1"",
   ]
  `);
});
