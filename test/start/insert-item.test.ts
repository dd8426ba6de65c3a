import { FleetError } from '../../constructs';
import { insertItem } from '../../store/typescript/insert-item';
import { sourceOf } from '../../store/typescript/source-tree';
import { insertYamlItem } from '../../store/yaml/insert-yaml-item';

const place = ['environments', { name: 'a' }, 'sectors'] as const;

function typeScript(list: string, item: unknown, behind?: string): string {
  const open = "export default {\n  environments: [{ name: 'x' }, { name: 'a', sectors: ";
  const text = insertItem({ file: 'fleet.ts', text: `${open}${list} }],\n};\n` }, place, sourceOf(item), behind, 'by hand');
  return text.startsWith(open) ? text.slice(open.length, text.lastIndexOf(' }],\n};\n')) : text;
}

test.each([
  ["['b']", 'c', 'b', "['b', 'c']"],
  ["['b']", 'c', undefined, "['c', 'b']"],
  ["['b', 'd']", 'c', 'b', "['b', 'c', 'd']"],
  ['[]', 'c', undefined, "['c']"],
  ["[{ name: 'b' }]", { name: 'c', soak: '1h' }, 'b', "[{ name: 'b' }, { name: 'c', soak: '1h' }]"],
  ["[\n    'b', // mine\n    // about d\n    'd',\n  ]", 'c', 'b', "[\n    'b', // mine\n    'c',\n    // about d\n    'd',\n  ]"],
  ["[\n    // about b\n    'b'\n  ]", 'c', 'b', "[\n    // about b\n    'b',\n    'c'\n  ]"],
  ["[\n    // about b\n    'b',\n  ]", 'c', undefined, "[\n    'c',\n    // about b\n    'b',\n  ]"],
  ["[\n    'b', 'd',\n  ]", 'c', 'b', "[\n    'b', 'c', 'd',\n  ]"],
  ["[{\n    name: 'b',\n  }]", 'c', 'b', "[{\n    name: 'b',\n  }, 'c']"],
])('in TypeScript %p with %p behind %p is %p', (list, item, behind, made) => {
  expect(typeScript(list, item, behind)).toBe(made);
});

test('an item beside such as have several lines has several', () => {
  const text = "export default {\n  environments: [\n    {\n      name: 'a',\n      sectors: ['b'],\n    },\n  ],\n};\n";
  expect(insertItem({ file: 'fleet.ts', text }, ['environments'], sourceOf({ name: 'c', sectors: ['d'] }), 'a', '')).toBe(
    "export default {\n  environments: [\n    {\n      name: 'a',\n      sectors: ['b'],\n    },\n    {\n      name: 'c',\n      sectors: ['d'],\n    },\n  ],\n};\n",
  );
});

test('lines that end as on Windows end so afterwards', () => {
  const text = "export default {\r\n  environments: [\r\n    'a',\r\n  ],\r\n};\r\n";
  expect(insertItem({ file: 'fleet.ts', text }, ['environments'], sourceOf('b'), 'a', '')).toBe(
    "export default {\r\n  environments: [\r\n    'a',\r\n    'b',\r\n  ],\r\n};\r\n",
  );
});

test.each(['environments', 'others', '[...others]', "[...others, 'b']"])('in TypeScript %p is for a person to edit', (list) => {
  expect(() => typeScript(list, 'c', undefined)).toThrow(FleetError);
});

function yaml(list: string, item: unknown, behind?: string): string {
  const open = 'environments:\n  - name: a # mine\n    sectors:';
  const text = insertYamlItem({ file: 'config.yaml', text: `${open}${list}\n  - name: x\n` }, place, item, behind, 'by hand');
  return text.slice(open.length, text.lastIndexOf('\n  - name: x\n'));
}

test.each([
  [' [b]', 'c', 'b', ' [b, c]'],
  [' [b]', 'c', undefined, ' [c, b]'],
  [' [b, d] # mine', 'yes', 'b', " [b, 'yes', d] # mine"],
  ['\n      - b # mine\n      # about d\n      - d', 'c', 'b', '\n      - b # mine\n      - c\n      # about d\n      - d'],
  ['\n      # about b\n      - b', 'c', undefined, '\n      - c\n      # about b\n      - b'],
  ['\n    - b', 'c', 'b', '\n    - b\n    - c'],
  [
    '\n      - name: b\n        regions: [r]',
    { name: 'c', regions: ['r', 's'] },
    'b',
    '\n      - name: b\n        regions: [r]\n      - name: c\n        regions: [r, s]',
  ],
  [
    '\n      - b',
    { name: 'c', below: [{ name: 'd', regions: ['e'] }] },
    'b',
    '\n      - b\n      - name: c\n        below:\n          - name: d\n            regions: [e]',
  ],
])('in YAML %p with %p behind %p is %p', (list, item, behind, made) => {
  expect(yaml(list, item, behind)).toBe(made);
});

test.each([' *a', ' &a [b]\n    others: *a', ' []', ' text'])('in YAML %p is for a person to edit', (list) => {
  expect(() => insertYamlItem({ file: 'config.yaml', text: `x: &a [b]\nenvironments:\n  - name: a\n    sectors:${list}\n` }, place, 'c', 'b', '')).toThrow(
    FleetError,
  );
});
