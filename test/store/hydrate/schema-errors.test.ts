import type { TreeChart } from '../../../store/hydrate/chart-tree';
import { schemaErrors as errorsIn } from '../../../store/hydrate/schema-errors';

/** Charts, by the keys under which their values stand. */
const tree = (...paths: readonly string[]): readonly TreeChart[] => ['', ...paths].map((path) => ({ keys: path.split('.').filter(Boolean), files: new Map() }));
const schemaErrors = (stderr: string, name: string, charts = tree('db')) => errorsIn(stderr, charts, name);

const head = "Error: values don't meet the specifications of the schema(s) in the following chart(s):\n";

test('what Helm lists is told value by value, the most exact line of each', () => {
  const stderr = `${head}web:
- at '': missing property 'need'
- at '/a': validation failed
  - at '/a/b~0~1c': got number, want string
  - at '/a/list/0': got number, want string
  - at '/a': additional properties 'yy', 'zz' not allowed
- at '/e': value must be 'x'
db:
- at '/size': got string, want integer
`;
  expect(schemaErrors(stderr, 'web').map(({ value, says }) => `${value?.join(' ')}: ${says}`)).toEqual([
    ": missing property 'need'",
    'a b~/c: got number, want string',
    'a list 0: got number, want string',
    'a yy: it knows no such value',
    'a zz: it knows no such value',
    "e: value must be 'x'",
    'db size: got string, want integer',
  ]);
});

test('as Helm before 3.18 said it', () => {
  const stderr = `${head}web:\n- (root): need is required\n- a.b: Invalid type. Expected: integer, given: string\n`;
  expect(schemaErrors(stderr, 'web')).toEqual([
    { value: [], shown: 'these values', says: 'need is required' },
    { value: ['a', 'b'], shown: "the value 'a.b'", says: 'Invalid type. Expected: integer, given: string' },
  ]);
});

test('what says something else lists nothing', () => {
  expect(schemaErrors("Error: template: x: - at 'y': z\n", 'web')).toEqual([]);
});

test('a chart in a chart is found under the keys of those above, and where several are called so, only its name is said', () => {
  const stderr = `${head}cache:\n- at '/size': got string, want integer\n- at '': missing property 'need'\n`;
  expect(schemaErrors(stderr, 'web', tree('db', 'db.cache'))).toEqual([
    { value: ['db', 'cache', 'size'], shown: "the value 'db.cache.size'", says: 'got string, want integer' },
    { value: ['db', 'cache'], shown: "the value 'db.cache'", says: "missing property 'need'" },
  ]);
  const unknown = [
    { shown: "the value 'size' of 'cache'", says: 'got string, want integer' },
    { shown: "these values of 'cache'", says: "missing property 'need'" },
  ];
  expect(schemaErrors(stderr, 'web', tree('db', 'db.cache', 'api', 'api.cache'))).toEqual(unknown);
  expect(schemaErrors(stderr, 'cache', tree('db', 'db.cache'))).toEqual(unknown);
  expect(schemaErrors(stderr, 'web', tree('db'))).toEqual(unknown);
});

test('names are read as Go writes them', () => {
  const stderr = `${head}web:\n- at '/it\\'s/a"b\\\\c\\u2028': got null, want string\n- at '': additional properties 'o\\'k', 'a: b' not allowed\n`;
  expect(schemaErrors(stderr, 'web').map(({ value }) => value)).toEqual([["it's", 'a"b\\c\u2028'], ["o'k"], ['a: b']]);
});

test('of a key whose name is wrong nobody says where it stands', () => {
  const stderr = `${head}web:
- at '/random': invalid propertyName 'Up'
  - at '': 'allOf' failed
    - at '': 'Up' does not match pattern '^[a-z]+$'
- at '/e': value must be 'x'
`;
  expect(schemaErrors(stderr, 'web')).toEqual([
    { shown: "the key 'Up'", says: "'Up' does not match pattern '^[a-z]+$'" },
    { value: ['e'], shown: "the value 'e'", says: "value must be 'x'" },
  ]);
});
