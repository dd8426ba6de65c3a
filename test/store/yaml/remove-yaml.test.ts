import { parse } from 'yaml';
import type { FleetError } from '../../../layers/problem';
import { removeYaml } from '../../../store/yaml/remove-yaml';

const removed = (text: string, ...place: readonly string[]) => removeYaml({ file: 'config/x.yaml', text }, place, 'by hand');

const hierarchy = `# The fleet
environments:
  - name: int
    sectors:
      # The first
      - name: a
        regions: [us, eu] # both
      - name: b
        regions:
          - us
          # The other
          - eu
  - name: prod
    sectors: [{ name: c, regions: [us] }, { name: d, regions: [us] }]
`;

test.each<readonly [string, readonly string[], string]>([
  ['the first item between brackets', ['environments', '0', 'sectors', '0', 'regions', '0'], hierarchy.replace('[us, eu]', '[eu]')],
  ['the last item between brackets', ['environments', '0', 'sectors', '0', 'regions', '1'], hierarchy.replace('[us, eu]', '[us]')],
  [
    'an item on a line, with the comment above it',
    ['environments', '0', 'sectors', '1', 'regions', '1'],
    hierarchy.replace('          # The other\n          - eu\n', ''),
  ],
  ['an item of several lines', ['environments', '0', 'sectors', '0'], hierarchy.replace(/ {6}# The first\n {6}- name: a\n.*\n/, '')],
  ['a map between braces', ['environments', '1', 'sectors', '0'], hierarchy.replace('{ name: c, regions: [us] }, ', '')],
  ['the only item, with its list', ['environments', '1', 'sectors', '0', 'regions', '0'], hierarchy.replace('{ name: c, regions: [us] }', '{ name: c }')],
  ['all of an environment', ['environments', '1'], hierarchy.replace(/ {2}- name: prod\n.*\n/, '')],
])('takes out %s, and nothing else', (_, place, expected) => {
  const text = removed(hierarchy, ...place);
  expect(text).toBe(expected);
  parse(text);
});

test('a key goes with its lines, and a map that is left without any too', () => {
  const text = 'metadata: { a: 1 }\napplications:\n  # One\n  one:\n    x: 1\n  two: { x: 2 }\n';
  expect(removed(text, 'applications', 'one')).toBe('metadata: { a: 1 }\napplications:\n  two: { x: 2 }\n');
  expect(removed('applications:\n  one:\n    x: 1\nother: 1\n', 'applications', 'one')).toBe('other: 1\n');
  expect(removed('applications:\n  one:\n    x: 1\n', 'applications', 'one', 'x')).toBe('');
  expect(removed(text.replaceAll('\n', '\r\n'), 'applications', 'two')).toBe('metadata: { a: 1 }\r\napplications:\r\n  # One\r\n  one:\r\n    x: 1\r\n');
});

test.each([
  ['what is not there', 'a: 1\nb: 2\n', ['c'], 'is not written out here'],
  ['what others use', 'a: &x { y: 1 }\nb: *x\n', ['a'], 'others use it'],
  ['an alias', 'a: &x { y: 1 }\nb: *x\n', ['b'], 'others use it'],
  ['what comes from a merge', 'z: &x { y: 1 }\na: { <<: *x, b: 1 }\n', ['a', 'b'], 'is not written out here'],
  ['what begins on the line of a dash', '- a: 1\n  b: 2\n- c: 1\n', ['0', 'a'], 'written in a way that cannot be edited'],
])('refuses to take out %s', (_, text, place, message) => {
  let problem: unknown;
  try {
    removed(text, ...place);
  } catch (error) {
    problem = (error as FleetError).problems[0];
  }
  expect(problem).toMatchObject({ code: 'cannot-edit', message: expect.stringContaining(message), hint: 'by hand' });
});
