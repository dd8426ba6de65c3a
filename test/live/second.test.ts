import { documented, withFields } from './steps/second/plan';

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

test('a command of a document is read over the ends of its lines', () => {
  const text = '1. Do this:\n\n   ```console\n   $ cd here\n   $ helm install a a --repo b \\\n       --namespace c | kubectl apply -f -\n   done\n   ```\n';
  expect(documented(text, 'helm install')).toEqual(['helm install a a --repo b --namespace c | kubectl apply -f -']);
  expect(documented(text, 'helm template')).toEqual([]);
});
