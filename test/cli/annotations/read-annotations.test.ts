import { annotationsIn } from '../../../cli/read/annotations/read-annotations';
import { FleetError, type Problem } from '../../../constructs';

function problemsOf(text: string, output?: string): readonly Problem[] {
  try {
    annotationsIn('tf.json', text, output);
    return [];
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

const output = (value: unknown, sensitive = false) => ({ sensitive, type: 'x', value });
const read = (text: string, name?: string) => [...annotationsIn('tf.json', text, name).clusters].map(([cluster, said]) => [cluster, Object.fromEntries(said)]);

test('a file is a map of clusters, or outputs of Terraform with one', () => {
  const said = { a: { text: 'x', number: 111122223333, half: 0.5, no: false, none: null }, b: {} };
  const wanted = [
    ['a', { text: 'x', number: '111122223333', half: '0.5', no: 'false', none: undefined }],
    ['b', {}],
  ];
  expect(read(`\uFEFF${JSON.stringify(said)}`)).toEqual(wanted);
  expect(read(JSON.stringify({ clusters: output(said), secret: output('x', true) }))).toEqual(wanted);
  expect(read(JSON.stringify({ annotations: output(said), other: output([]) }))).toEqual(wanted);
  expect(read(JSON.stringify({ clusters: output({}), own: output(said) }), 'own')).toEqual(wanted);
  // A cluster may be called as an output is, and an annotation `value`.
  expect(read(JSON.stringify({ clusters: { value: 'x', sensitive: 'no' } }))).toEqual([['clusters', { value: 'x', sensitive: 'no' }]]);
  expect(read('{}')).toEqual([]);
});

test.each<[string, unknown, string | undefined, readonly Partial<Problem>[]]>([
  [
    'values that are no text, all of them',
    { a: { list: ['x'], deep: {} }, b: 'x' },
    undefined,
    [
      {
        code: 'wrong-type',
        file: 'tf.json',
        place: ['a', 'list'],
        message: "the annotation 'list' of 'a' is no text",
        expected: 'a text, a number or a boolean',
        found: 'a list',
        hint: 'make a text of it where it is written: `join(",", …)` or `jsonencode(…)`',
      },
      { place: ['a', 'deep'], found: 'a map' },
      { place: ['b'], message: "what is said of 'b' has the wrong type", expected: 'a map of annotations', found: "the string 'x'" },
    ],
  ],
  [
    'a number of which JSON keeps no digits',
    { clusters: output({ a: { many: 2 ** 60 } }) },
    undefined,
    [{ place: ['clusters', 'value', 'a', 'many'], hint: 'it has more digits than JSON keeps: write it as a text, with `tostring(…)`' }],
  ],
  [
    'a sensitive output',
    { clusters: output({ a: { x: 'y' } }, true) },
    undefined,
    [{ code: 'secret-value', place: ['clusters', 'sensitive'], message: "the output 'clusters' is sensitive, and what is imported stands in Git" }],
  ],
  ['an output that is not there', { clusters: output({}) }, 'cluster', [{ message: "there is no output 'cluster'", hint: "did you mean 'clusters'?" }]],
  ['an output of another form', { clusters: output('x') }, undefined, [{ message: "the output 'clusters' has the wrong type", found: "the string 'x'" }]],
  [
    'outputs of which none is meant',
    { a: output({}), b: output({}) },
    undefined,
    [{ message: "there is no output 'clusters' or 'annotations'", hint: 'name one with --output: a, b' }],
  ],
  [
    'two of which either may be meant',
    { annotations: output({}), clusters: output({}) },
    undefined,
    [{ message: 'which output: clusters or annotations?', hint: 'name one with --output' }],
  ],
  ['an output where there are none', { a: {} }, 'x', [{ message: 'there are no outputs in the file', hint: 'leave --output out' }]],
  ['a list', [], undefined, [{ code: 'wrong-type', message: 'the file of annotations has the wrong type', found: 'a list' }]],
])('%s', (_, content, name, problems) => {
  expect(problemsOf(JSON.stringify(content), name)).toEqual(problems.map((problem) => expect.objectContaining(problem)));
});

test('what is no JSON is told with what it should be', () => {
  expect(problemsOf('{')).toEqual([
    {
      code: 'config-shape',
      message: 'the file of annotations is no JSON',
      file: 'tf.json',
      place: [],
      expected: '{ cluster: { annotation: text } }, or what `terraform output -json` prints with an output like that',
    },
  ]);
});
