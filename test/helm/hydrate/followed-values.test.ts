import { cluster } from '../../../constructs';
import { StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { tokensInJson } from '../../../layers/text/token';
import type { HelmRenderer } from '../../../store/hydrate/helm-renderer';
import { followedText } from '../../../store/hydrate/templates/followed-text';
import { HydrateRepository, inFolder, problemsOf } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm } from '../helm';

jest.setTimeout(600_000);

const [one, two] = [cluster.annotation('example.com/one'), cluster.annotation('example.com/two')].map(String) as [string, string];

const values = {
  one,
  other: 'fixed',
  list: [one, 'x'],
  map: { a: one, b: 'x' },
  keyed: { [one]: 'x', www: 'y' },
  alone: { [one]: 'x' },
  sizes: { prod: '3' },
  re: '^eu-[0-9]+$',
  tpl: 'x{{ .Values.one }}',
  hidden: '{{ .Values.one | urlParse | toJson }}',
};

/** What a function may make something else of, and which one it is. */
const misled: readonly (readonly [line: string, name: string])[] = [
  // What stands in a structured text.
  ['x: {{ (urlParse .Values.one).host | quote }}', 'urlParse'],
  ['x: {{ (fromJson .Values.one).x | quote }}', 'fromJson'],
  ['x: {{ .Values.one | fromYaml | toJson }}', 'fromYaml'],
  ['x: {{ fromYaml (printf "a: %s" .Values.one) | toJson }}', 'fromYaml'],
  ['x: {{ fromYaml (printf "a: |\\n  %s" .Values.one) | toJson }}', 'fromYaml'],
  ['x: {{ fromYaml (printf "a: \'%s\'" .Values.one) | toJson }}', 'fromYaml'],
  ['x: {{ fromYaml (printf "b: c # %s" .Values.one) | toJson }}', 'fromYaml'],
  ['x: {{ fromYamlArray .Values.one | first | quote }}', 'fromYamlArray'],
  ['x: {{ b64dec .Values.one | contains "prod" }}', 'b64dec'],
  ['{{- if isAbs .Values.one }}\nx: y\n{{- end }}', 'isAbs'],
  ['{{- if semverCompare ">=1.2.0" .Values.one }}\nx: y\n{{- end }}', 'semverCompare'],
  // Thresholds, lengths, and several questions.
  ['x: {{ ge (int64 .Values.one) 8589934592 }}', 'int64'],
  ['{{- if and (gt (int .Values.one) 1) (lt (int .Values.one) 100) }}\nx: y\n{{- end }}', 'int'],
  ['x: {{ lt (float64 .Values.one) 0.0 }}', 'float64'],
  ['x: {{ max .Values.one 3 }}', 'max'],
  ['x: {{ and (gt (len .Values.one) 12) (lt (len .Values.one) 200) }}', 'len'],
  ['x: {{ and (hasPrefix "eu" .Values.one) (hasSuffix "9" .Values.one) }}', 'hasPrefix'],
  ['x: {{ gt .Values.one "m" }}', 'gt'],
  // Keys, files, patterns.
  ['x: {{ pick (dict "prod" "c") .Values.one | toJson }}', 'pick'],
  ['x: {{ omit .Values.sizes .Values.one | toJson }}', 'omit'],
  ['x: {{ dict .Values.one "t" | merge (dict "prod" "c") | toJson }}', 'dict'],
  ['x: {{ dig .Values.one "none" .Values.sizes }}', 'dig'],
  ['x: {{ merge .Values.keyed .Values.sizes | toJson }}', 'merge'],
  ['x: {{ .Capabilities.APIVersions.Has .Values.one }}', 'Has'],
  ['x: {{ .Files.Get (printf "%s.txt" .Values.one) | quote }}', 'Get'],
  ['x: {{ regexMatch .Values.re .Values.one }}', 'regexMatch'],
  ['x: {{ regexReplaceAll "[^\\\\x00-\\\\x7F]" .Values.one "" | quote }}', 'regexReplaceAll'],
  ['x: {{ regexMatch .Values.one "x" }}', 'regexMatch'],
  // Spaces, and the order of things.
  ['x: {{ .Values.one | nospace | quote }}', 'nospace'],
  ['x: {{ wrap 20 .Values.one | quote }}', 'wrap'],
  ['x: {{ list "www" .Values.one | sortAlpha | first | quote }}', 'sortAlpha'],
  ['x: {{ list "www" .Values.one | uniq | toJson }}', 'uniq'],
  ['x: {{ range $k, $v := .Values.keyed }}{{ $k }};{{ end }}', 'range'],
  ['x: {{ keys .Values.keyed | sortAlpha | toJson }}', 'sortAlpha'],
  ['x: {{ printf "%5s" .Values.one }}', 'printf'],
  ['x: {{ printf .Values.one "x" }}', 'printf'],
  ['x: {{ js .Values.one | quote }}', 'js'],
  // However it goes there.
  ['{{- $a := .Values.one }}{{- $b := $a | quote }}\nx: {{ $b | b64enc }}', 'b64enc'],
  ['{{- $a := "" }}{{- if true }}{{- $a = .Values.one }}{{- end }}\nx: {{ upper $a }}', 'upper'],
  ['{{- with .Values.map }}\nx: {{ upper .a }}\n{{- end }}', 'upper'],
  ['{{- with $a := .Values.one }}\nx: {{ upper $a }}\n{{- end }}', 'upper'],
  ['{{- range .Values.list }}\n{{ upper . }}: x\n{{- end }}', 'upper'],
  ['{{- range $i, $e := .Values.list }}\nx{{ $i }}: {{ $e | upper | lower }}\n{{- end }}', 'upper'],
  ['{{- if false }}{{- else if eq .Values.one "x" }}\nx: y\n{{- end }}', 'eq'],
  ['x: {{ include "web.upper" . }}', 'upper'],
  ['x: {{ include "web.upper" (dict "Values" (dict "one" (printf "%s-x" .Values.one))) }}', 'upper'],
  ['x: {{ include "web.one" . | sha256sum }}', 'sha256sum'],
  ['x: {{ include (printf "web.%s" .Values.one) . }}', 'include'],
  ['x: {{ template "web.upper" . }}', 'upper'],
  ['x: {{ block "own" .Values.one }}{{ upper . }}{{ end }}', 'upper'],
  ['x: {{ tpl "{{ upper .Values.one }}" . }}', 'upper'],
  ['x: {{ tpl .Values.tpl . | upper }}', 'upper'],
  ['x: {{ tpl .Values.hidden . }}', 'urlParse'],
  ['x: {{ tpl (.Files.Get "conf/a.txt") . }}', 'upper'],
  ['x: {{ tpl (printf "{{ len `%s` }}" .Values.one) . }}', 'tpl'],
  ['x: {{ tpl (printf "{{ .Values.one | %s }}" "upper") . }}', 'what is not understood'],
  ['x: {{ (dict "a" (list .Values.one)).a | toJson | sha256sum }}', 'sha256sum'],
  ['x: {{ .Values | toYaml | sha256sum }}', 'sha256sum'],
  ['x: {{ upper (\n  .Values.one\n) }}', 'upper'],
  ['x: {{ ternary "a" (upper .Values.one) true }}', 'upper'],
  ['x: {{ .Values.one | default "x" | trunc 63 | trimSuffix "-" }}', 'trunc'],
];

/** What keeps it. */
const keeping: readonly string[] = [
  'x: {{ .Values.one }}{{ .Values.one | quote }}{{ squote .Values.one }}',
  'x: {{ toYaml .Values.map | nindent 2 }}',
  'x: {{ printf "%s-%v-%q-%d%%" .Values.one .Values.other .Values.one 1 | quote }}',
  'x: {{ .Values.one | default "x" | required "say it" | toString | trimSuffix "\\n" | indent 2 }}',
  'x: {{ if and .Values.one (ne .Values.one "") (not (eq "" .Values.one)) (not (empty .Values.one)) }}y{{ end }}',
  'x: {{ tpl .Values.tpl . | quote }}',
  'x: {{ if contains "{{" (toJson .Values.map) }}{{ tpl (toYaml .Values.map) . }}{{ end }}',
  'x: {{ include "web.one" . | trim | fromYaml | toJson }}',
  'x: {{ (.Values.map | toJson | fromJson).a }}',
  'x: {{ mergeOverwrite (dict) .Values.map (dict "c" 1) | toYaml | nindent 2 }}',
  'x: {{ (merge (dict "Values" (dict "one" "x")) .).Values.other }}',
  'x: {{ len .Values.list }}{{ first .Values.list }}{{ join "," .Values.list }}{{ concat .Values.list (list 1) | toJson }}',
  'x: {{ hasKey .Values.map "a" }}{{ get .Values.map "a" }}{{ index .Values.map "a" }}{{ dig "map" "a" .Values.one .Values.AsMap }}',
  'x: {{ kindIs "string" .Values.one }}{{ typeOf .Values.one }}{{ ternary .Values.one "y" (eq .Values.other "fixed") }}',
  'x: {{ upper .Values.other }}{{ .Values.other | trunc 3 | b64enc }}{{ len .Values.other }}{{ int "3" | add 1 }}',
  '{{- range $k, $v := .Values.map }}\n{{ $k | upper }}: {{ $v }}\n{{- end }}{{ range $k, $v := .Values.alone }}{{ $k }}{{ end }}',
  '{{- range $p, $_ := .Files.Glob "conf/*" }}\n{{ base $p }}: x\n{{- end }}',
  'x: {{ "X" | replace "X" .Values.one }}{{ regexReplaceAllLiteral "X" "aXa" .Values.one }}',
  'x: {{ lookup "v1" "Secret" .Values.one "x" | toJson | quote }}\ny: {{ cat .Values.one "x" }}{{ .Values.nothing | default "x" | upper }}',
  'x: {{ $a := set (dict) "a" .Values.one }}{{ $a.a | quote }}{{ $_ := unset $a "a" }}\ny: {{ .Values.nothing | default dict | keys | sortAlpha }}',
  'x: "{{ `{{ .Values.one | upper }}` }}{{- /* {{ upper .Values.one }} */ -}} {{ "{{" }}"',
  '{{- if false }}\nx: {{ upper .Values.one }}\n{{- end }}',
  '{{- $p := "(" }}\nx: {{ $p }}{{ \'a\' }}{{ 1.5e3 }}{{ default "x" nil }}{{ -1 }}{{ .Values.map.a }}{{ $.Values.one }}',
];

const helpers = `{{- define "web.upper" -}}
{{ upper .Values.one }}
{{- end -}}
{{- define "web.one" }}
one: {{ .Values.one | quote }}
{{- end }}
`;

describeWithHelm('values that are followed through the templates of a chart, with the real Helm', () => {
  let repository: HydrateRepository;
  let renderer: HelmRenderer;
  const render = (inputs: readonly ChartInput[]) => renderer.render(inputs);

  beforeEach(() => {
    repository = new HydrateRepository();
    renderer = repository.renderer();
  });
  afterEach(() => repository.remove());

  function chart(name: string, line: string): StandIns {
    const text = `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n${line}\n`;
    repository.chart(
      name,
      { 'x.yaml': text, '_helpers.tpl': helpers, 'NOTES.txt': '{{ upper .Values.one }}' },
      { 'conf/a.txt': '{{ upper .Values.one }}', 'conf/b.txt': '{{ whatever }' },
    );
    // A value that stands in what all templates are given is given whatever they all are.
    const told = Object.entries(values).filter(([key]) => !/^(keyed|alone)$/.test(key) || line.includes(`.${key}`));
    return new StandIns(inFolder(name, { values: [tokensInJson(JSON.stringify(Object.fromEntries(told)))] }), () => []);
  }

  /** What is said of each chart where its value is followed, and of nothing else. */
  function followed(lines: readonly string[]): readonly ChartObjects[] {
    return render(lines.map((line, index) => chart(`c${index}`, line).inputs.at(-1) as ChartInput));
  }

  test('a function that may make something else of it is named, with its place', () => {
    const found = followed(misled.map(([line]) => line));
    const said = found.map((one) => problemsOf(one) as readonly { readonly message: string; readonly found: string }[]);
    expect(misled.map(([line], index) => [line, ...(said[index] ?? []).map(({ message }) => message)])).toEqual(
      misled.map(([line, name]) => [line, /^range$|^what/.test(name) ? `${name} is given it` : `\`${name}\` is given it`]),
    );
    expect(said[0]).toEqual([{ code: 'chart-token', message: '`urlParse` is given it', found: 'in templates/x.yaml:5' }]);
  });

  test('what prints it, hands it on or asks whether it is there keeps it', () => {
    const found = followed(keeping);
    expect(keeping.map((line, index) => [line, found[index]])).toEqual(keeping.map((line) => [line, { objects: [] }]));
  });

  test('templates that follow a value give the same as without', () => {
    const lines = keeping.filter((line) => !line.includes('{{ `{{'));
    const inputs = lines.map((line, index) => chart(`c${index}`, line).inputs[0] as ChartInput);
    const given = render(inputs);
    expect(given.flatMap(problemsOf)).toEqual([]);
    const following = inputs.map((input, index) => {
      for (const name of ['x.yaml', '_helpers.tpl']) {
        const shown = `charts/c${index}/templates/${name}`;
        repository.write({ [shown.replace('/c', '/f')]: followedText({ text: repository.read(shown), shown, isTemplate: true }) });
      }
      repository.write(Object.fromEntries(['conf/a.txt', 'conf/b.txt'].map((name) => [`charts/f${index}/${name}`, '{{ upper .Values.one }}'])));
      repository.write({ [`charts/f${index}/Chart.yaml`]: repository.read(`charts/c${index}/Chart.yaml`) });
      return { ...input, id: { folder: `charts/f${index}` } };
    });
    expect(repository.read('charts/f0/templates/_helpers.tpl')).toContain('required');
    expect(lines.map((line, index) => [line, render(following)[index]])).toEqual(lines.map((line, index) => [line, given[index]]));
  });

  test('each value that is misled is told, with the function and the place', () => {
    const standIns = new StandIns(
      inFolder('web', {
        values: [tokensInJson(JSON.stringify({ one, two, three: two }))],
        parameters: [{ name: 'four', value: `x${one}`, forceString: false }],
      }),
      () => [],
    );
    const body = 'x: {{ .Values.one }}\ny: {{ if isAbs .Values.three }}a{{ else }}b{{ end }}';
    repository.chart('web', { 'x.yaml': `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n${body}\n` });
    expect(standIns.read(render(standIns.inputs), render)).toEqual({
      problems: [
        {
          code: 'chart-token',
          message: "{{ .Values.cluster.two }} (the value 'two', the value 'three') of the chart in 'charts/web' cannot be filled in later: `isAbs` is given it",
          found: 'in templates/x.yaml:6',
          expected: 'that a value that only the cluster knows reaches objects as it is',
          hint: 'what a chart encodes, cuts, measures or asks must be known here: say it for each target, or leave `hydrate` out there',
        },
      ],
    });
  });
});
