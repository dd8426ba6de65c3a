import { documented, readEdit, withFields } from './plan';

const spoke = `export default {
  hub: 'hub-1',
  model: 'distributed',
  manages: ['addons', 'resources'],
} satisfies SpokeConfig;
`;

test('what a plan says is written replaces the field, or adds it', () => {
  expect(withFields(spoke, "write `manages: ['addons']`")).toBe(spoke.replace("['addons', 'resources']", "['addons']"));
  const centralized = spoke.replace(/ {2}(?:model|manages).*\n/g, '');
  expect(withFields(centralized, "write `model: 'distributed'` and `manages: []`")).toBe(spoke.replace("['addons', 'resources']", '[]'));
  expect(() => withFields(spoke, 'remove it')).toThrow('this edit is not known: remove it');
});

test('an edit of a plan is a file, perhaps a line, and what to write', () => {
  expect(readEdit("a/b.ts: write `model: 'centralized'` and `manages: []`")).toEqual({
    file: 'a/b.ts',
    what: "write `model: 'centralized'` and `manages: []`",
  });
  expect(readEdit('a/b.ts:12: remove what names it')).toEqual({ file: 'a/b.ts', line: '12', what: 'remove what names it' });
  expect(() => readEdit('something else')).toThrow('this edit is not known: something else');
});

test('a command of a document is read over the ends of its lines', () => {
  const text = '1. Do this:\n\n   ```console\n   $ cd here\n   $ helm install a a --repo b \\\n       --namespace c | kubectl apply -f -\n   done\n   ```\n';
  expect(documented(text, 'helm install')).toEqual(['helm install a a --repo b --namespace c | kubectl apply -f -']);
  expect(documented(text, 'helm template')).toEqual([]);
});
