import { schemaErrors } from '../../../store/hydrate/schema-errors';

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
  expect(schemaErrors(stderr, 'web').map(({ value, says }) => `${value.join(' ')}: ${says}`)).toEqual([
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
    { value: [], says: 'need is required' },
    { value: ['a', 'b'], says: 'Invalid type. Expected: integer, given: string' },
  ]);
});

test('what says something else lists nothing', () => {
  expect(schemaErrors("Error: template: x: - at 'y': z\n", 'web')).toEqual([]);
});
