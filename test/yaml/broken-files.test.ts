import fc from 'fast-check';
import { isError } from '../../layers/problem';
import { chartValues, deployed, type Files, layer, small, YamlFleets } from '../builders/yaml-fleets';

// Each run renders a fleet.
jest.setTimeout(60_000);

const fleets = new YamlFleets();

const files: Readonly<Record<string, string>> = {
  ...small,
  ...(deployed as Readonly<Record<string, string>>),
  'mc/web/values.yaml': chartValues(
    'env: "{{ .Values.cluster.environment }}"\nname: "{{`{{ .Values.cluster.name }}`}}"\nlist: [1, {a: "x"}]\nmap: &m {b: yes}\nalso: *m',
  ),
  'mc/web/metadata.yaml': 'name: web\ndescription: A site\nowners: [me]\n',
  'mc/web/int/override.yaml': layer('project: int\nsource:\n  helm:\n    valuesObject: {c: 1}'),
  'mc/web/int/patch-1.yaml': `metadata:\n  description: x\n${layer('source: {targetRevision: 2.0.0}')}`,
};

/** What may get into a file. */
const pieces = [
  ...['null', '~', '[]', '{}', '- x', ':', '"', "'", '|', '\n', '\t', '  ', '\r\n', '---\n', '# ', '? ', '\\', '\u0000', '%YAML 1.1\n---\n'],
  ...['&a ', '*a', '*m', '<<: *m', '<<: 1', '!!str ', '!x ', '010', 'yes', '12:30', '.nan', '12345678901234567890', '{a: b}', '[1, {a: null}]'],
  ...['{{', '}}', '`', '{{ .Values.cluster.region }}', '{{ .Values.x }}', '{{ .Values.applications }}', '{{ default }}', '{{ index .Values "a" 1 }}'],
  ...['__proto__: 1', 'constructor: 1', 'toString', 'valuesObject', 'applications: ', 'applicationsets: ', 'metadata: ', '\uE0F0', '\uD800'],
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 20 }),
  insert: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.string({ maxLength: 4 })),
});

const broken: fc.Arbitrary<Files> = fc.tuple(fc.constantFrom(...Object.keys(files)), fc.array(edit, { minLength: 1, maxLength: 3 })).map(([path, edits]) => {
  const text = edits.reduce((before, { at, cut, insert }) => {
    const from = Math.floor(at * before.length);
    return before.slice(0, from) + insert + before.slice(from + cut);
  }, files[path] ?? '');
  return { ...files, [path]: text };
});

test('whatever somebody does to a file, the fleet is rendered, or everything wrong with it has a file', () => {
  expect(fleets.told(files)).toEqual([]);
  fc.assert(
    fc.property(broken, (fleet) => {
      // What is no mistake of the user is thrown, and fails here.
      const { problems, output } = fleets.run(fleet);
      const errors = problems.filter(isError);
      expect(Object.keys(output).length > 0).toBe(errors.length === 0);
      expect(errors.filter(({ file }) => file === undefined)).toEqual([]);
      // No private character of a token is shown to anybody.
      expect(errors.map(({ message }) => message).join('')).not.toMatch(/\uE0F1/);
    }),
    { numRuns: 400 },
  );
});
