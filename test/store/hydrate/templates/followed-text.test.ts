import { followedFiles, followedInput, followedProblems } from '../../../../store/hydrate/templates/followed-chart';
import { followedText } from '../../../../store/hydrate/templates/followed-text';
import { inputOf } from '../hydrate-builder';

const begin = '{{ $cdk8sFleetGiven := dict }}';

function followed(text: string, isTemplate = true): string {
  const made = followedText({ text, shown: 'x.yaml', isTemplate });
  return isTemplate && made.startsWith(begin) ? made.slice(begin.length) : made;
}

/** What is asked of a thing, in a template. */
function asked(given: string, name: string, line = 1): string {
  const kept = '$cdk8sFleetGiven';
  const holds = `regexMatch \`qy[a-z][a-z]follow\` (toJson (get (set ${kept} \`v\` ${given}) \`v\`))`;
  return `(index (list (required \`cdk8s-fleet follows a value to ${name} in x.yaml:${line};\` (ternary \`\` \`x\` (${holds}))) ${kept}.v) 1)`;
}

test.each([
  '{{ .Values.a | quote }}',
  '{{- if and .Values.a (not .b) -}}x{{ else if $c.d }}{{ else }}{{ end }}',
  '{{/* {{ upper .a }} */}}{{- /* x */ -}}',
  '{{ printf "%s-%d" .a 1 }}{{ include "x" (dict "a" .a "b" (list 1 .c)) | nindent 4 }}',
  '{{ eq .a "" }}{{ contains "{{" .a }}{{ upper "x" }}{{ $a := 1 }}{{ $a = .b }}{{ break }}{{ end }}',
  'no template { { } }',
])('%s is left as it is', (text) => expect(followed(text)).toBe(text));

test.each([
  ['{{ upper .a }}', `{{  upper ${asked('.a', 'upper')} }}`],
  ['{{- .a | trunc 3 | quote -}}', `{{-  quote (trunc 3 ${asked('(.a)', 'trunc')}) -}}`],
  ['\n\n{{ if eq .a "x" }}', `\n\n{{ if eq ${asked('.a', 'eq', 3)} "x" }}`],
  ['{{ $x := (upper .a).b }}', `{{  $x := (upper ${asked('.a', 'upper')}).b }}`],
  ['{{ .Files.Get .a }}', `{{  .Files.Get ${asked('.a', 'Get')} }}`],
  ['{{- define "x" -}}\n{{ end }}', `{{- define "x" -}}${begin.replace(' }}', ' -}}')}\n{{ end }}`],
  ['{{ template "x" (upper .a) }}', `{{ template "x" (upper ${asked('.a', 'upper')}) }}`],
])('%s is asked', (text, expected) => expect(followed(text)).toBe(expected));

test('a map is asked whether one of several keys is a value that is followed', () => {
  expect(followed('{{ range $k, $v := .a }}')).toMatch(
    /^\{\{ range \$k, \$v := \(index .*kindIs `map` .*\(\.a\).*gt \(len .* in x\.yaml|^\{\{ range \$k, \$v := /,
  );
  expect(followed('{{ range $k, $v := .a }}')).toContain('(kindIs `map` (get (set $cdk8sFleetGiven `v` (.a)) `v`))');
});

test('texts of YAML are asked as well, in whatever quotation marks they stand', () => {
  const made = followed('a: "{{ eq .b \\"x\\" }}"\nb: {{ open\nc: "{{ .a | upper }}"', false);
  expect(made).toMatch(/^a: "\{\{ {2}eq \(index \(list \(required .*\(toJson \.b\).* \.b\) 1\) \\"x\\" \}\}"\nb: \{\{ open\nc: "\{\{ {2}upper \(index /);
  expect(made.replaceAll('\\"x\\"', '').match(/["'\\]|: | #/g)).toEqual([': ', '"', '"', ': ', ': ', '"', '"']);
});

test('a text of a template that may become one is asked', () => {
  expect(followed('{{ tpl "{{ upper .a }}" . }}')).toContain('{{  tpl "{{  upper (index (list (required `cdk8s-fleet follows a value to upper in x.yaml:1;`');
});

test('whatever a file is written in, its templates are asked', () => {
  const files = new Map([['templates/x.yaml', Buffer.from('# \u00e4: {{ upper .a }}', 'latin1')]]);
  const made = followedFiles({ shown: 'web', path: '/web', digest: '', files: () => files }).get('templates/x.yaml') as Buffer;
  expect(made.toString('latin1')).toContain('# \u00e4: {{  upper (index');
  expect(followed('\ufeff{{ upper .a }}')).toBe(followed('{{ upper .a }}'));
  expect(followed('{{ if.a }}{{ if"x" | upper }}')).toMatch(/^\{\{ if\.a \}\}\{\{ if upper /);
});

test('what is not understood fails where it runs', () => {
  const fails = '{{ fail `cdk8s-fleet follows a value to what is not understood in x.yaml:1;` }}';
  expect(followed('{{ .a ) }}')).toBe(`${fails}{{ .a ) }}`);
  expect(followed('"{{ .a | %s }}"', false)).toBe(`"${fails}{{ .a | %s }}"`);
});

test('a hostile text takes no time, and no space', () => {
  for (const text of ['{{ ( ', '{{ eq "a" ', '{{ "', '{{ .a ) }}', '{{ a }} "', "{{ '"]) expect(followed(text.repeat(20_000)).length).toBeLessThan(1e7);
  for (const isTemplate of [true, false]) expect(followed(`{{ .a${' | upper'.repeat(2000)} }}`, isTemplate).length).toBeLessThan(1e6);
  expect(followed(`{{ ${'('.repeat(10_000)}`).length).toBeLessThan(1e5);
});

test('the files of a chart, and of packed ones in it, are asked, but for what is printed for people', () => {
  const texts = {
    'web/Chart.yaml': 'name: web',
    'web/templates/x.yaml': '{{ upper .a }}',
    'web/templates/NOTES.txt': '{{ upper .a }}',
    'web/.helmignore': 'x',
  };
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  const made = followedFiles({ shown: 'web', path: '/web-1.0.0.tgz', digest: '', files: () => files });
  expect([...made.keys()]).toEqual(['web/Chart.yaml', 'web/templates/x.yaml']);
  expect(String(made.get('web/templates/x.yaml'))).toContain('to upper in templates/x.yaml:1;');
});

test('so are values and parameters', () => {
  const input = inputOf({
    values: ['{"a":"{{ upper .b }}","c":1}', 'd: "{{ upper .b }}"'],
    parameters: [{ name: 'e', value: '{{ upper .b }}', forceString: true }],
  });
  const { values, parameters } = followedInput(input);
  expect(JSON.parse(values[0] as string)).toEqual({ a: expect.stringContaining('to upper in the values:1;'), c: 1 });
  expect(values[1]).toContain('to upper in the values:1;');
  expect(parameters).toEqual([{ name: 'e', value: expect.stringContaining('to upper in the parameters:1;'), forceString: true }]);
});

test('what Helm says of it is read', () => {
  const problem = (found: string) => [{ code: 'chart-render' as const, message: 'Helm cannot render web', found }];
  const said = 'execution error at (web/templates/x.yaml:1:9): cdk8s-fleet follows a value to upper in templates/x.yaml:1;';
  expect(followedProblems(problem(said))).toEqual([{ code: 'chart-token', message: '`upper` is given it', found: 'in templates/x.yaml:1' }]);
  expect(followedProblems(problem('YAML parse error on web/templates/x.yaml: …'))).toBeUndefined();
  expect(followedProblems(problem('execution error at …'))).toEqual(problem('execution error at …'));
});
