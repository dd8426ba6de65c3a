import * as fc from 'fast-check';
import { addToJson, replaceInJson } from '../../store/text/json-text';

test('a member is added behind the last one, indented as the others are', () => {
  expect(addToJson('{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b"\n\t}\n}\n', ['scripts'], { c: 'd' })).toBe(
    '{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b",\n\t\t"c": "d"\n\t}\n}\n',
  );
});

test('an object that is not there is made', () => {
  expect(addToJson('{\n    "name": "x"\n}', ['scripts'], { c: 'd' })).toBe('{\n    "name": "x",\n    "scripts": {\n        "c": "d"\n    }\n}');
});

test('an empty object is opened', () => {
  expect(addToJson('{\n  "scripts": {}\n}\n', ['scripts'], { c: 'd' })).toBe('{\n  "scripts": {\n    "c": "d"\n  }\n}\n');
});

test('lines that end as on Windows end so afterwards', () => {
  expect(addToJson('{\r\n  "a": 1\r\n}\r\n', [], { b: { c: 2 } })).toBe('{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 2\r\n  }\r\n}\r\n');
});

test('what stands on one line stays there', () => {
  expect(addToJson('{"a":{"b":1}}', ['a'], { c: [2] })).toBe('{"a":{"b":1, "c": [2]}}');
});

test('braces, quotes and backslashes in strings are no structure', () => {
  const text = '{\n  "a": "}\\"{",\n  "b": ["]", { "c": "\\\\" }]\n}\n';
  expect(addToJson(text, [], { d: 1 })).toBe('{\n  "a": "}\\"{",\n  "b": ["]", { "c": "\\\\" }],\n  "d": 1\n}\n');
});

test('a string takes the place of another', () => {
  expect(replaceInJson('{ "scripts": { "test": "old", "b": "c" } }', ['scripts', 'test'], 'new')).toBe('{ "scripts": { "test": "new", "b": "c" } }');
});

test('whatever the text, it says the same afterwards and what was added', () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>, { maxKeys: 5 });
  const step = fc.constantFrom(undefined, 2, 4, '\t');
  fc.assert(
    fc.property(json, step, fc.string(), fc.string(), (content, indent, key, value) => {
      const { [key]: _, ...rest } = content;
      const text = JSON.stringify(rest, null, indent);
      const added = addToJson(text, [], { [key]: value });
      expect(JSON.parse(added)).toEqual(JSON.parse(JSON.stringify({ ...rest, [key]: value })));
      const last = text.trimEnd().slice(0, -1).trimEnd();
      if (last !== '{') expect(added.startsWith(last)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
