import { cluster } from '../../../../constructs';
import type { ChartInput } from '../../../../layers/charts/chart-input';
import { askedTexts } from '../../../../store/hydrate/templates/asked-texts';
import { samplesOf } from '../../../../store/hydrate/templates/pattern-samples';
import { inputOf } from '../hydrate-builder';

function askedIn(text: string, input: ChartInput = inputOf(), others: Readonly<Record<string, string>> = {}): readonly string[] {
  const files = new Map(Object.entries({ 'templates/x.yaml': text, ...others }).map(([path, content]) => [path, Buffer.from(content)]));
  const groups = askedTexts({ shown: 'web', path: '/web', digest: '', files: () => files }, input, { values: [], parameters: [] });
  return [...new Set(groups.flat())];
}

test.each<[string, readonly string[]]>([
  ['{{ if eq .Values.a "prod" }}', ['prod']],
  ['{{if eq .Values.a "prod"}}', ['prod']],
  ['{{- else if (ne .Values.a `x y`) -}}', ['x y', 'x', 'y']],
  ['{{ if and (eq .a "p") (has .b (list "q" "r")) }}', ['p', 'q', 'r']],
  ['{{ $x := "prod" }}', ['prod']],
  ['{{ "prod" | eq .Values.a }}', ['prod']],
  ['{{ eq ("prod") .Values.a }}', ['prod']],
  ['{{ hasPrefix "/" .a }}', ['/x']],
  ['{{ .a | trimSuffix "/" }}', ['x/']],
  ['{{ .a | replace "_" "-" }}', ['x_x', 'x-x']],
  ['{{ .a | replace "\\t" "" }}', ['x\tx', 'xx']],
  ['{{ tpl "{{ eq .a `prod` }}" . }}', ['prod']],
  ['{{ regexMatch "^(dev|prod-[0-9]+)$" .a }}', ['dev', 'prod-0']],
  // What only names, formats or says something else asks nothing.
  ['{{ include "web.name" . }}{{ printf "%s-x" .a }}{{ .a | default "x" }}{{ required "say it" .a }}{{ index .a "key" }}', []],
  ['{{ "{{" }} $labels.pod {{ `{{ x }}` }}', []],
  ['{{ .Files.Get "x.txt" }}{{ $.Capabilities.APIVersions.Has "v1" }}', []],
  ['{{/* eq .a "x" */}} eq .a "y"', []],
  ['{{ gt .b 1 }}{{ .a | default "u" }}{{ index .Values.a 0 }}', []],
  // A count, and a length.
  ['{{ eq (len .a) 3 }}{{ eq (int .b) 443 }}', ['3', 'xxx', '443']],
  // Parts of a list in a text.
  ['{{ has .a (splitList "," "p,q") }}', ['x,x', 'p,q', 'p', 'q']],
])('%s asks for %j', (text, expected) => expect(askedIn(text)).toEqual(expected));

test('where values are compared with each other, every text that is told is asked for; with the name of the release, that', () => {
  const input = inputOf({
    values: [JSON.stringify({ a: String(cluster.name), b: { c: ['eu-west-1', 3] } })],
    parameters: [{ name: 'd', value: 'x', forceString: true }],
  });
  const defaults = { 'web/values.yaml': 'e: default\nf: {}\n' };
  expect(askedIn('{{ eq .Values.a .Values.b }}', input, defaults)).toEqual(['d', 'x', 'a', 'b', 'c', 'eu-west-1', 'e', 'default', 'f', 'same']);
  expect(askedIn('{{ eq .Values.a (default "u" .Values.b) }}', input, defaults)).toEqual([
    'u',
    'd',
    'x',
    'a',
    'b',
    'c',
    'eu-west-1',
    'e',
    'default',
    'f',
    'same',
  ]);
  // A value that says which key of a map is meant, or which file.
  expect(askedIn('{{ get (dict "p" 1) .Values.a }}', inputOf({ values: [] }), defaults)).toEqual(['p', 'e', 'default', 'f']);
  expect(askedIn('{{ .Values.a | index .Values.b }}', inputOf({ values: [] }), defaults)).toEqual(['e', 'default', 'f']);
  expect(askedIn('{{ .Files.Get (printf "envs/%s.txt" .Values.a) }}', inputOf(), { 'envs/prod.txt': '' })).toEqual(['envs', 'prod', 'txt']);
  expect(askedIn('{{ contains $name .Release.Name }}', input, defaults)).toEqual(['web', 'shop']);
});

test('values may be templates, and ask as well', () => expect(askedIn('', inputOf({ values: ['a: "{{ eq .b `prod` }}"'] }))).toEqual(['prod']));

test.each<[string, readonly string[]]>([
  ['^prod-', ['prod-']],
  ['a\\.b|c+', ['a.b', 'c']],
  ['[^a-z0-9]', ['~']],
  ['[[:digit:]]x?\\d{2,3}', ['1x11']],
  ['(?i)^v(?P<n>[0-9]+)$', ['v0']],
  ['^[0-9]{12}$', ['000000000000']],
  ['^(eu|us)-(west|east)-[0-9]$', ['eu-west-0', 'eu-east-0', 'us-west-0', 'us-east-0']],
  ['^arn:aws:iam::[0-9]{3}:role/.+$', ['arn:aws:iam::000:role/x']],
])('%s is fit by %j', (pattern, expected) => expect(samplesOf(pattern)).toEqual(expected));

test('a pattern that stands for very long texts is fit by none of them', () => {
  const nested = (depth: number): string => (depth === 0 ? 'a' : `(${nested(depth - 1)}{100})`);
  expect(samplesOf(`${nested(5)}{9}`).map(({ length }) => length)).toEqual([500]);
  expect(askedIn(`{{ regexMatch "${nested(5)}{9}" .Values.a }}`)).toEqual([]);
});

test('a hostile template takes no time', () => {
  for (const text of ['{{ ( ', '{{ eq "a" ', '{{ "', '{{ regexMatch "[']) expect(askedIn(text.repeat(100_000)).length).toBeLessThan(10);
});
