import fc from 'fast-check';
import { encodeToken } from '../../../layers/text/token';
import { evaluate } from '../../../store/expressions/evaluate';
import { ExpressionError } from '../../../store/expressions/expression-error';
import { parseTemplate } from '../../../store/expressions/parse';
import { complaint, evaluated, scopeOf, templates, token, values } from '../../builders/expression-builder';

function helmOnly(source: string, offset: number): string {
  return `\`${source}\` is known to Helm only, when the target is deployed @${offset}\nwrite what it is; as text for a chart: {{\`{{"{{"}} … {{"}}"}}\`}}`;
}

function strayEnd(offset: number): string {
  return `what follows the expression ends one that has not begun @${offset}\na literal ends at the first quotation mark of its kind`;
}

describe('what is known when the fleet is rendered', () => {
  test.each([
    ['dist/{{ .Values.cluster.environment }}/x', 'dist/stage/x'],
    ['{{.Values.cluster.sector}}-{{$.Values.cluster.region}}', 'stage-sector-1-us-east1'],
    ['{{ (.Values.image) }}', 'nginx:1.27.0'],
    ['{{ .Values.applications.web.source.targetRevision }}', 'v1.2.3'],
    ['{{ index .Values.applications.web "release-name" }}', 'web'],
    ['{{ index .Values "applications" "web" "source" "targetRevision" }}', 'v1.2.3'],
    ['{{ index .Values.zones 1 }}', 'b'],
    ['{{ index .Values "zones" 0 }}', 'a'],
    ['{{ "release-name" | index .Values.applications.web }}', 'web'],
    ['{{ .Values.replicas }} {{ .Values.million }} {{ .Values.ratio }} {{ .Values.enabled }} {{ .Values.disabled }}', '3 1e+06 0.25 true false'],
    ['{{ "a\\tb\\u00e9\\x41\\101" }}', 'a\tbéAA'],
    ['{{ `a\\t"b"` }}', 'a\\t"b"'],
    [
      '{{ 0x10 }} {{ 010 }} {{ 0o17 }} {{ 0b11 }} {{ 1_000 }} {{ -5 }} {{ +5 }} {{ -0 }} {{ .5 }} {{ 1.5e-7 }} {{ 1234567.5 }}',
      '16 8 15 3 1000 -5 5 0 0.5 1.5e-07 1.2345675e+06',
    ],
    ['{{ true }}{{ false }}', 'truefalse'],
    ['{{ "a }} b" }}', 'a }} b'],
    ['{{ `a }} b` }}', 'a }} b'],
    ['{{ .Values.cluster.environment | printf "%s }} %s" "x" }}', 'x }} stage'],
    ['{{\n  .Values.cluster.environment\n  | upper\n}}', 'STAGE'],
    ['{{ upper (lower (printf "%s" .Values.cluster.environment)) | trimSuffix "GE" }}', 'STA'],
  ])('%p is %p', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  test.each([
    [999_999, '999999'],
    [1_000_000, '1e+06'],
    [-1_000_000, '-1e+06'],
    [1_234_567, '1.234567e+06'],
    [123_456_789_012, '1.23456789012e+11'],
    [2 ** 53, '9.007199254740992e+15'],
    [2 ** 64, '1.8446744073709552e+19'],
    [Number('12345678901234567890'), '1.2345678901234567e+19'],
    [1e20, '1e+20'],
    [1e21, '1e+21'],
    [-12.5, '-12.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-1e-10, '-1e-10'],
    [1e100, '1e+100'],
  ])('the number %p of a file is text as Helm prints a float: %p', (n, expected) => {
    const scope = scopeOf({ n });
    const text = '{{ .Values.n }} {{ .Values.n | default 5 }} {{ .Values.n | quote }} {{ squote .Values.n }} {{ printf "%v" .Values.n }}';
    expect(evaluate(parseTemplate(text), scope)).toBe(`${expected} ${expected} "${expected}" '${expected}' ${expected}`);
  });

  test('a whole number in an expression is an integer, however large', () => {
    const text = '{{ 1000000 }} {{ -1_000_000 | quote }} {{ .Values.missing | default 1234567 }} {{ printf "%d %v %010d" 1000000 9007199254740991 -1000000 }}';
    expect(evaluated(text)).toBe('1000000 "-1000000" 1234567 1000000 9007199254740991 -001000000');
    expect(evaluated('{{ 0 | default "x" }}{{ -0 | default "x" }}{{ -0 }}')).toBe('xx0');
  });

  test('a whole number of a file counts characters and items', () => {
    const scope = scopeOf({ n: 1, list: ['a', 'b'] });
    expect(evaluate(parseTemplate('{{ trunc .Values.n "xyz" }}{{ index .Values.list .Values.n }}'), scope)).toBe('xb');
  });

  test('is not evaluated again in the same pass', () => {
    expect(evaluate(parseTemplate('{{ .Values.a }}{{ .Values.b }}'), scopeOf({ a: '{{ .Values.b }}', b: '{{' }))).toBe('{{ .Values.b }}{{');
  });

  test('loses the white space that trim markers take away', () => {
    expect(evaluated('a \n\t{{- .Values.replicas -}} \r\n b')).toBe('a3b');
    expect(evaluated('a {{- "x" }} {{ "y" -}} b')).toBe('ax yb');
    expect(evaluated('a {{-3}} b')).toBe('a -3 b');
    expect(evaluated('a {{- /* why */ -}} b {{/* }} .Values */}}c')).toBe('ab c');
    expect(evaluated(' {{- `  ` -}} ')).toBe('  ');
  });
});

describe('functions', () => {
  test.each([
    ['default "x" .Values.missing', 'x'],
    ['.Values.missing.too.deep | default "x"', 'x'],
    ['.Values.image.no.map | default "x"', 'x'],
    ['.Values.missing | default .Values.nothing | default "x"', 'x'],
    ['.Values.nothing | default "x"', 'x'],
    ['.Values.empty | default "x"', 'x'],
    ['.Values.zero | default "x"', 'x'],
    ['.Values.disabled | default "x"', 'x'],
    ['.Values.none | default "x"', 'x'],
    ['.Values.noItems | default "x"', 'x'],
    ['.Values.replicas | default "x"', '3'],
    ['.Values.missing | default 5', '5'],
    ['.Values.missing | default true', 'true'],
    ['index .Values.applications "api" | default "x"', 'x'],
    ['index .Values.applications .Values.cluster.region | default "x"', 'x'],
    ['quote .Values.image', '"nginx:1.27.0"'],
    ['quote "a\\"b\\\\\\n\\x00\\x7f\\u00a0\\u2028\\U000e0001é😀"', '"a\\"b\\\\\\n\\x00\\x7f\\u00a0\\u2028\\U000e0001é😀"'],
    ['quote 3 true 0.5', '"3" "true" "0.5"'],
    ['squote "it\'s" 3', "'it's' '3'"],
    ['upper "straße é ŉ"', 'STRAßE É ŉ'],
    ['lower "İ ΣΑΣ É"', 'i σασ é'],
    ['trim "\\u0085 \\t a b \\u00a0\\n"', 'a b'],
    ['trim "\\ufeffa"', '\ufeffa'],
    ['replace "." "-" "a.b.c"', 'a-b-c'],
    ['"a.b" | replace "." "$&"', 'a$&b'],
    ['replace "" "-" "aé"', '-a-é-'],
    ['trunc 5 "abcdefg"', 'abcde'],
    ['trunc -5 "abcdefg"', 'cdefg'],
    ['trunc 0 "abc"', ''],
    ['trunc 9 "abc"', 'abc'],
    ['trunc -9 "abc"', 'abc'],
    ['trunc 3 "aéb"', 'aé'],
    ['trimSuffix "-x" "a-x-x"', 'a-x'],
    ['trimSuffix "" "a"', 'a'],
    ['trimSuffix "b" "a"', 'a'],
    ['printf "%s-%v-%d-%q-%%" "a" true -3 "q\\""', 'a-true--3-"q\\""-%'],
    ['printf "%v %v" 0.5 3', '0.5 3'],
    ['printf "%5s|%-5s|%5d|%05d|%-05d|%5v|%5q"  "a" "b" 3 -4 4 true "q"', '    a|b    |    3|-0004|4    | true|  "q"'],
    ['printf "just text"', 'just text'],
  ])('%s is %p', (expression, expected) => {
    expect(evaluated(`{{ ${expression} }}`)).toBe(expected);
  });
});

describe('what only the cluster knows', () => {
  test.each([
    ['{{`{{ .Values.cluster.name }}`}}', token('name')],
    ['x-{{ `a-{{.Values.cluster.name}}-b-{{ $.Values.cluster.projectId }}` }}', `x-a-${token('name')}-b-${token('projectId')}`],
    ['{{ .Values.cluster.name }}', token('name')],
    ['a-{{- .Values.cluster.projectId -}} b', `a-${token('projectId')}b`],
    ['{{ `{{ .Values.cluster.name }}` | quote }}', `"${token('name')}"`],
    ['{{ squote `é"{{ .Values.cluster.name }}` }}', `'é"${token('name')}'`],
    ['{{ printf `%s-{{ .Values.cluster.name }}` .Values.cluster.region }}', `us-east1-${token('name')}`],
    ['{{ .Values.missing | default `{{ .Values.cluster.name }}` }}', token('name')],
    ['{{ `{{ .Values.cluster.name }}` | default "x" }}', token('name')],
    ['{{ .Values.cluster.name | default "x" }}', 'x'],
    ['{{ replace "." `{{ .Values.cluster.name }}` "a.b" }}', `a${token('name')}b`],
  ])('%s becomes a token', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  test('is known all the same where the values of the target say it', () => {
    expect(evaluated('{{ .Values.cluster.name }}', scopeOf({ cluster: { name: 'one' } }))).toBe('one');
  });

  test.each(['upper', 'lower', 'trim', 'trimSuffix "x"', 'trunc 3', 'replace "a" "b"', 'printf "%9s"'])('is not touched by %s', (name) => {
    expect(complaint(() => evaluated(`{{ \`{{ .Values.cluster.name }}\` | ${name} }}`))).toContain('only the cluster knows');
  });
});

describe('what was escaped is evaluated when the target is deployed', () => {
  test.each([
    ['{{`{{"{{"}} index .metadata.annotations "a/id" {{"}}"}}`}}', '{{ index .metadata.annotations "a/id" }}'],
    ['{{`{{`}} .Values.cluster.name {{`}}`}}', token('name')],
    ['{{ "{{ .Values.cluster.name }}" }}', token('name')],
    ['{{"{{"}} .Values.cluster.name {{"}}"}}', token('name')],
    ['{{`{{- .Values.cluster.name -}}`}} x', `${token('name')}x`],
    ['a {{`{{- /* why */ -}}`}} b', 'ab'],
    ['{{`{{ $.Values.project_id }}`}}', encodeToken({ key: 'project_id', isTopLevel: true })],
    ['{{`{{ index .Values "cluster" "name" }}`}}', token('name')],
    ['p-{{`{{ .Values.cluster.name | squote }}`}}-{{ .Values.cluster.region }}', `p-'${token('name')}'-us-east1`],
    ['{{`{{ printf "%s-%s" .Values.cluster.name "x" | squote }}`}}', `'${token('name')}-x'`],
    ['{{`{{ .Values.image | upper | trunc 5 }}`}}', 'NGINX'],
    ['{{`{{ .Values.nothing | default "x" }}{{ "" | default "y" }}`}}', 'xy'],
    ['{{ printf "{{ .Values.%s }}" "image" }}', 'nginx:1.27.0'],
    ['{{ printf "%s%s" "{{ .Values.clus" "ter.name }}" }}', token('name')],
    ['{{`{{ "{{ .Values.cluster.name }}" }}`}}', '{{ .Values.cluster.name }}'],
    ['{{`{{"{{`x`}}"}}`}}'.replace('{{`x`}}', '{{ .x }}'), '{{ .x }}'],
    ['{{ "{{ `{{ .Release.Name }}` }}" }}', '{{ .Release.Name }}'],
    ['{"a":{"b":"{{ .Values.cluster.region }}"}}', '{"a":{"b":"us-east1"}}'],
    ['{"a":{"b":`{{ .Values.cluster.region }}`}}', '{"a":{"b":`us-east1`}}'],
    ['{{ .Values.image }}}}', 'nginx:1.27.0}}'],
  ])('%s', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  test.each([
    ['{{`{{ .Release.Name }}`}}', helmOnly('.Release.Name', 6)],
    ['x {{ `{{ .Capabilities }}` }}', helmOnly('.Capabilities', 9)],
    [
      '{{`{{ .Values.cluster.name | upper }}`}}',
      '`upper`: expected text that is known when the fleet is rendered; found a value that only the cluster knows @6',
    ],
    [
      '{{`{{ .Values.cluster.name | default "x" }}`}}',
      '`.Values.cluster.name` is known by the cluster only, and so is whether the default is needed @6\nhave the ApplicationSet inject what the default is for',
    ],
    [
      '{{`{{ .Values.cluster.name | quote }}`}}',
      '`.Values.cluster.name` is known by the cluster only, and so is what must be escaped between quotation marks @6\nwrite the quotation marks around the expression',
    ],
    ['{{`{{ printf "%s %q" "a" .Values.cluster.name }}`}}', expect.stringContaining('what must be escaped between quotation marks @25')],
    [
      '{{`{{ .Values.imag }}`}}',
      "`.Values.imag` is neither known when the fleet is rendered nor injected by an ApplicationSet of the fleet @6\ndid you mean 'image'?",
    ],
    ['{{`{{ printf "%x" .Values.cluster.name }}`}}', expect.stringContaining('found %x @13')],
    ['{{`{{ .Values.cluster }}`}}', '`.Values.cluster` is neither known when the fleet is rendered nor injected by an ApplicationSet of the fleet @6'],
    ['{{`{{ .Values.cluster.name`}} }', '`{{` is not closed; expected `}}` @3\nbraces that are text are written {{"{{"}}'],
    ['{{"{{"}}', '`{{` is not closed; expected `}}` @3\nbraces that are text are written {{"{{"}}'],
    ['{{ `{{ .name }} {{ "unclosed` }}', 'a literal is not closed; expected another " @19'],
    ['{{`{{ if true }}a{{ end }}`}}', '`if` cannot be evaluated when the fleet is rendered; expected a value or a pipeline @6'],
    ['{{"{"}}{{`{{ .Values.cluster.name }}`}}', 'expected a value; found `{` @11'],
    [
      '{{"{"}}{{ printf `{{ .Values.cluster.name }}` }}',
      'Helm would read the brace as a part of the expression behind it, at deploy @3\nput something between them',
    ],
    ['{{`{{ end }}`}}', '`end` cannot be evaluated when the fleet is rendered; expected a value or a pipeline @6'],
    ['{{`{{ include "x" . }}`}}', expect.stringContaining('the function `include` cannot be evaluated when the fleet is rendered @6')],
    ['{{`{{ now }}`}}', expect.stringContaining('the function `now` cannot be evaluated when the fleet is rendered @6')],
    ['{{`{{}}`}}', 'expected a value; found the end of the expression @5'],
    ['{{`{{ .x \\ }}`}}', '`\\` is no part of an expression @9'],
    ['{{ `{{ index .x "a" }}` | quote }}', '`{{` is not closed; expected `}}` @3\nbraces that are text are written {{"{{"}}'],
    ['{{ "{{ .Values.image }}" | upper }}', expect.stringContaining('`upper`: expected text that is known when the fleet is rendered')],
  ])('%s cannot be', (text, expected) => {
    expect(complaint(() => evaluated(text))).toEqual(expected);
  });
});

test.each([
  '{{ if true }}a{{ end }}',
  '{{- with "x" }}a{{ else }}b{{ end }}',
  '{{ tpl "{{ .Values.cluster.region }}" . }}',
  '{{ lookup "v1" "Secret" .namespace "b" }}',
  '{{ .x | required "x" }}',
])('%s asks for no parameter of Argo CD: Helm would evaluate it, and we cannot', (text) => {
  expect(() => evaluate(parseTemplate(text), scopeOf(values, []))).toThrow(ExpressionError);
});

describe('what is for Argo CD', () => {
  test.each([
    '{{.name}}',
    '{{ .server }}',
    '{{ index .metadata.annotations "gcp-hcp/project-id" }}',
    '{{ index .metadata.annotations ".Values" }}',
    '{{ .name | upper }}',
    ' {{- range .items -}} ',
    '{{ end }}',
    '{{ include "x" . }}',
    "{{ default '.Values' .name }}",
    "{{ it's }} and {{ that's }}",
    '{{name}}-{{path.basename}}',
    '{{index}}',
    '{{ upper | lower }}',
    '{{ item.Values.x }}',
    '{{ $x.Values.y }}',
    '{{ (.x).Values }}',
    '{{ .Valuesx }}',
    '{{ .a.Values }}',
    '{{}}',
    '{{ . }}',
    '{{ .a | default `{{ .Values.cluster.name }}` }}',
    '{{ /* not a comment of Go */ }}',
    '{{{.x}}}',
    '}} {',
  ])('%s stays as it is written', (text) => {
    expect(evaluated(`a ${text} b`)).toBe(`a ${text} b`);
  });

  test('may be put together of literals', () => {
    expect(evaluated('{{"{{"}} .name {{"}}"}}')).toBe('{{ .name }}');
    expect(evaluated('{{ "{{" }} index .metadata.annotations "x" {{ `}}` }}')).toBe('{{ index .metadata.annotations "x" }}');
    expect(evaluated('{{ "{{ if .x }}" }}a{{`{{ else }}b{{ end }}`}}')).toBe('{{ if .x }}a{{ else }}b{{ end }}');
    expect(evaluated('{{`{{name}}-{{path.basename}}-{{path[0]}}`}}')).toBe('{{name}}-{{path.basename}}-{{path[0]}}');
  });

  test.each(['now | date "2006"', 'ternary "a" "b" true', 'eq "a" "a"', 'lookup "v1" "Secret" "a" "b"', 'cat "{{" ".Values.cluster.name }}"', '"a" | b64enc'])(
    'is nothing of literals and functions alone, which Helm evaluates: %s',
    (source) => {
      expect(complaint(() => evaluated(`{{ ${source} }}`))).toContain('cannot be evaluated when the fleet is rendered');
    },
  );

  test('may be printed', () => {
    expect(evaluated('{{ print "{{ .name }}" }}')).toBe('{{ .name }}');
    expect(evaluated('{{ print "{{" " .name }}" }}')).toBe('{{ .name }}');
    expect(evaluated('{{ "{{ .name }}" | print }}')).toBe('{{ .name }}');
  });

  test('does not trim what stands around it', () => {
    expect(evaluated('a {{- .name -}} {{- "b" }}')).toBe('a {{- .name -}}b');
  });
});

describe('an error says what is wrong, where, and what to do', () => {
  test.each([
    ['a {{ .Values.image', '`{{` is not closed; expected `}}` @2\nbraces that are text are written {{"{{"}}'],
    ['{{/* a */ }}', 'the comment is not closed; expected `*/}}` @0'],
    ['{{ "a }}', 'a literal is not closed; expected another " @3'],
    ['{{ `a }}', 'a literal is not closed; expected another ` @3'],
    ['{{ .Values }}', '`.Values` alone has no text; expected one of its keys @3\nwrite `.Values.cluster.KEY`, say'],
    ['{{ quote $.Values }}', '`.Values` alone has no text; expected one of its keys @9\nwrite `.Values.cluster.KEY`, say'],
    ['{{ .Values.image | uper }}', "the function `uper` cannot be evaluated when the fleet is rendered @19\ndid you mean 'upper'?"],
    [
      '{{ include "x" .Values.image }}',
      'the function `include` cannot be evaluated when the fleet is rendered @3\nknown functions: default, quote, squote, upper, lower, trim, trimSuffix, trunc, … (12 in all)',
    ],
    ['{{ if .Values.enabled }}x{{ end }}', '`if` cannot be evaluated when the fleet is rendered; expected a value or a pipeline @3'],
    ['{{- range .Values.zones }}', '`range` cannot be evaluated when the fleet is rendered; expected a value or a pipeline @4'],
    ['{{ with .Values.a }}', '`with` cannot be evaluated when the fleet is rendered; expected a value or a pipeline @3'],
    ['{{ $x := .Values.image }}', 'expected a value; found `$x` @3'],
    [
      '{{ .name | default .Values.image }}',
      'expected a value; found `.name` @3\n`.name` is for Argo CD: an expression is evaluated when the fleet is rendered or there, not both',
    ],
    ['{{ .Values.my-key }}', 'expected `|` or the end of the expression; found `-` @13\nkeys with other characters are read with `index .Values "a" "b-c"`'],
    ['{{ .Values.image .Values.zero }}', 'expected `|` or the end of the expression; found `.Values.zero` @17'],
    ['{{ "a" "b" }}', 'expected `|` or the end of the expression; found `"b"` @7'],
    ['{{ .Values.image | "b" }}', 'expected a function after `|`; found `"b"` @19'],
    ['{{ .Values.image | }}', 'expected a function after `|`; found the end of the expression @19'],
    ['{{ | upper "a" }}', 'expected a value; found `|` @3'],
    ['{{ (upper "a" }}', '`(` is not closed; expected `)` @3'],
    ['{{ upper "a") }}', 'expected the end of the expression; found `)` @12'],
    ['{{ upper("a") }}', 'expected a space; found `(` @8'],
    ['{{ quote "a""b" }}', 'expected a space; found `"b"` @12'],
    ['{{ default upper "a" }}', 'expected a value; found `upper` @11\na function with its arguments stands in parentheses'],
    ['{{ .Values.image | upper "a" }}', '`upper` takes other arguments: expected `upper TEXT`; found 2 of them @19'],
    ['{{ trunc "a" }}', '`trunc` takes other arguments: expected `trunc LENGTH TEXT`; found 1 of them @3'],
    ['{{ index .Values.zones }}', '`index` takes other arguments: expected `index VALUE KEY…`; found 1 of them @3'],
    ['{{ "\\d" }}', '"\\d" is not a literal of Go; expected the escapes of a Go string, and UTF-8 @3'],
    ['{{ "\\xff" }}', '"\\xff" is not a literal of Go; expected the escapes of a Go string, and UTF-8 @3'],
    ['{{ "\\ud800" }}', '"\\ud800" is not a literal of Go; expected the escapes of a Go string, and UTF-8 @3'],
    ['{{ 5s | quote }}', '5s cannot be read as a number; expected a whole number, or one with a fraction @3'],
    ['{{ 1e6 }}', '1e6 cannot be read as a number; expected a whole number, or one with a fraction @3'],
    ['{{ 9007199254740993 }}', '9007199254740993 cannot be read as a number; expected a whole number, or one with a fraction @3'],
    ['{{ .Release.Name }}', helmOnly('.Release.Name', 3)],
    ['a {{ printf "%s" $.Chart.Version }}', helmOnly('.Chart.Version', 18)],
    ['{{`{{ .name }}`}}`}}', strayEnd(0)],
    ['{{"{{"}} index .x "a" {{"}}"}}`}}', strayEnd(22)],
    ['{{"{{"}} .x {{"}}"}}"}}', strayEnd(12)],
    ['a `}} {{ .Values.image }}', strayEnd(2)],
  ])('%s cannot be read', (text, expected) => {
    expect(complaint(() => parseTemplate(text))).toBe(expected);
  });

  test.each([
    [
      '{{ .Values.cluster.nam }}',
      '`.Values.cluster.nam` is neither known when the fleet is rendered nor injected by a root ApplicationSet @3\nknown keys: environment, sector, region',
    ],
    [
      'a {{ .Values.cluster.enviroment }}',
      "`.Values.cluster.enviroment` is neither known when the fleet is rendered nor injected by a root ApplicationSet @5\ndid you mean 'environment'?",
    ],
    ['{{ .Values.imag }}', "`.Values.imag` has no value when the fleet is rendered @3\ndid you mean 'image'?"],
    ['{{ .Values.applications.web.sorce.x }}', "`.Values.applications.web.sorce.x` has no value when the fleet is rendered @3\ndid you mean 'source'?"],
    ['{{ .Values.nothing }}', '`.Values.nothing` has no value when the fleet is rendered @3'],
    ['{{ index .Values.applications "a/b" }}', '`index .Values "applications" "a/b"` has no value when the fleet is rendered @3\nknown keys: web'],
    ['{{ .Values.nothing | upper }}', '`.Values.nothing` has no value when the fleet is rendered @3'],
    ['{{ quote (default .Values.nothing .Values.empty) }}', '`.Values.nothing` has no value when the fleet is rendered @18'],
    [
      '{{ .Values.cluster.name | upper }}',
      '`.Values.cluster.name` is known by the cluster only; expected a value that is known when the fleet is rendered @3\n`{{ .Values.cluster.name }}` alone stays live',
    ],
    ['{{ index .Values.cluster "name" }}', '`.Values.cluster.name` is known by the cluster only'],
    [
      '{{ index .Values.applications .Values.cluster.region }}',
      '`index .Values.applications .Values.cluster.region` has no value @3\ngive it one with `default`',
    ],
    ['{{ .Values.applications }}', '`.Values.applications`: expected text, a number, true or false; found a map @3'],
    ['{{ .Values.missing | default .Values.zones }}', '`.Values.missing | default .Values.zones`: expected text, a number, true or false; found a list @3'],
    ['{{ .Values.zones | quote }}', '`quote`: expected text, a number, true or false; found a list @3'],
    ['{{ upper .Values.replicas }}', '`upper`: expected text; found the number 3 @9\nmake it text with `printf "%v"`'],
    ['{{ upper .Values.none }}', '`upper`: expected text; found a map @9'],
    ['{{ trunc "5" .Values.image }}', "`trunc`: expected a whole number; found the string '5' @9"],
    ['{{ trunc 0.5 .Values.image }}', '`trunc`: expected a whole number; found the number 0.5 @9'],
    ['{{ trunc 2 "aé" }}', "`trunc`: cutting 'aé' to 2 bytes would cut a character in two @9"],
    ['{{ index .Values.zones 2 }}', '`index`: the list has 2 items; found 2, the first is 0 @23'],
    ['{{ index .Values.zones -1 }}', '`index`: the list has 2 items; found -1, the first is 0 @23'],
    ['{{ index .Values.zones .Values.image }}', "`index`: expected the number of an item of a list; found the string 'nginx:1.27.0' @23"],
    ['{{ index .Values.applications 0 }}', '`index`: expected a key of a map; found the number 0 @30'],
    ['{{ index "abc" 0 }}', "`index`: expected a map or a list; found the string 'abc' @9"],
    ['{{ index .Values.applications .Values.image "x" }}', '`index`: expected a map or a list; found nothing @30'],
    ['{{ printf "%s" 3 }}', '`printf`: %s takes text @15\nuse %v'],
    ['{{ printf "%d" .Values.image }}', '`printf`: %d takes a whole number @15\nuse %v'],
    ['{{ printf "%d" .Values.replicas }}', '`printf`: %d takes no number of a file, which is a float to Helm @15\nuse %v'],
    ['{{ printf "%d" .Values.ratio }}', '`printf`: %d takes a whole number @15\nuse %v'],
    ['{{ index .Values.zones 1000000 }}', '`index`: the list has 2 items; found 1000000, the first is 0 @23'],
    ['{{ printf "%q" 3 }}', '`printf`: %q takes text @15'],
    ['{{ printf "%v" .Values.none }}', '`printf`: %v takes text, a number, true or false @15'],
    ['{{ printf "%x" 3 }}', '`printf`: expected the verbs %s, %v, %d, %q and %%, with a width at most; found %x @10'],
    ['{{ printf "%.2s" "abc" }}', '`printf`: expected the verbs %s, %v, %d, %q and %%, with a width at most; found %.2s @10'],
    ['{{ printf "%05s" "abc" }}', '`printf`: expected the verbs %s, %v, %d, %q and %%, with a width at most; found %05s @10'],
    ['{{ printf "100%" }}', '`printf`: expected the verbs %s, %v, %d, %q and %%, with a width at most; found % @10'],
    ['{{ printf "%s" }}', '`printf`: expected one value for each of the 1 verbs of the format; found 0 @10'],
    ['{{ printf "a" "b" }}', '`printf`: expected one value for each of the 0 verbs of the format; found 1 @10'],
    ['{{ printf 3 "b" }}', '`printf`: expected text; found the number 3 @10\nmake it text with `printf "%v"`'],
  ])('%s cannot be evaluated', (text, expected) => {
    expect(complaint(() => evaluated(text))).toContain(expected);
  });

  test('what is wrong in the expression of a value is wrong where the value is used', () => {
    const scope = scopeOf();
    const broken = {
      ...scope,
      value: () => {
        throw new ExpressionError('`.Values.b` refers to itself', 7, 'a hint');
      },
    };
    expect(complaint(() => evaluated('a {{ .Values.b }}', broken))).toBe('`.Values.b`: `.Values.b` refers to itself @5\na hint');
  });

  test('a scope need not know what is injected, nor its keys', () => {
    const scope = { value: () => undefined, token };
    expect(complaint(() => evaluated('{{ .Values.cluster.x }}', scope))).toBe(
      '`.Values.cluster.x` is neither known when the fleet is rendered nor injected by a root ApplicationSet @3',
    );
  });
});

describe('laws', () => {
  test('text without `{{` is what it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('{{'));
        expect(evaluated(text)).toBe(text);
      }),
    );
  });

  test('any text as a literal is itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('{{'));
        expect(evaluated(`{{ ${JSON.stringify(text).replaceAll('{', '\\x7b')} }}`)).toBe(text);
      }),
    );
  });

  test('whatever the text, an error is one of the author, and inside the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '`',
      '"',
      "'",
      '.Values',
      '.Values.cluster.environment',
      ' ',
      '-',
      '|',
      '(',
      ')',
      'quote',
      '$',
      '.',
      '1',
      '\\',
      '/*',
      '*/',
      '\n',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        try {
          evaluate(parseTemplate(text), scopeOf());
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          const { offset } = error as ExpressionError;
          expect(offset >= 0 && offset < text.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the same template says the same twice, and changes nothing', () => {
    const before = structuredClone(values);
    fc.assert(
      fc.property(templates, (text) => {
        expect(complaint(() => evaluated(text))).toBe(complaint(() => evaluated(text)));
      }),
    );
    expect(values).toEqual(before);
  });
});
