import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { Manifest } from '../../../layers/output';
import { fillTokens, mapStrings } from '../../../layers/text/token';
import type { HelmRenderer } from '../../../store/hydrate/helm-renderer';
import { toHelmTemplate } from '../../../store/yaml/yaml-text';
import { HydrateRepository, inputOf, problemsOf } from '../../store/hydrate/hydrate-builder';
import { describeWithHelm } from '../helm';

jest.setTimeout(600_000);

const tokens = [cluster.name, cluster.annotation('example.com/role'), cluster.label('team')].map(String);

/** What a cluster may say: names, addresses, and whatever a text may hold. */
const live = fc.constantFrom('prod-eu-1', 'arn:aws:iam::123456789012:role/web.Reader', 'x', 'a b', '', 'v-'.repeat(40));

const safe = [
  'plain: {{ .Values.one }}',
  'quoted: {{ .Values.one | quote }}',
  'list: {{ toYaml .Values.list | nindent 2 }}',
  'all: {{ .Values | toJson }}',
  'text: "{{ .Values.one }}-{{ .Values.two }}"',
  '{{ .Values.two | quote }}: key',
  'namespace: {{ .Release.Namespace }}',
  'image: "repo/{{ .Values.one }}:{{ .Values.two }}"',
  '{{- range .Values.list }}\n{{ printf "item-%s" . | quote }}: {{ . | quote }}\n{{- end }}',
  '{{- if .Values.one }}\nhas: true\n{{- end }}',
  'other: {{ .Values.other | default "none" | quote }}',
  // What a chart asks of something else is told to everything.
  'mode: {{ eq (.Values.mode | default "x") "prod" }}',
  'name: {{ .Release.Name | replace "_" "-" | trimSuffix "/" | quote }}',
  'odd: {{ has .Release.Name (list "~" "80" "true" ": " "- x" "a: b" "a #b" "\\"" "1e3" "{x") }}',
];
const unsafe = [
  'encoded: {{ .Values.one | b64enc }}',
  'cut: {{ .Values.one | trunc 63 | quote }}',
  'far: {{ .Values.one | trunc 250 | quote }}',
  'small: {{ .Values.two | lower | quote }}',
  'hash: {{ .Values.one | sha256sum }}',
  'length: {{ len .Values.two }}',
  'number: {{ .Values.one | int }}',
  'titled: {{ .Values.two | title | quote }}',
  'sorted: {{ sortAlpha (list .Values.one .Values.two) | first | quote }}',
  '{{- if gt (len .Values.one) 10 }}\nlong: true\n{{- end }}',
  'is: {{ eq .Values.one .Values.known }}',
  'is: {{ eq .Values.one .Release.Name }}',
  'is: {{ eq .Values.one .Values.two }}',
  '{{- if not (regexMatch "^(dev|stage)-[a-z]+$" .Values.one) }}\nother: true\n{{- end }}',
  'dashed: {{ regexReplaceAll "[^a-z0-9]+" .Values.one "-" | quote }}',
  '{{- $wanted := "prod.example.com" }}\nis: {{ .Values.one | eq $wanted }}',
  'is: {{ printf "https://%s" .Values.one | contains "internal" }}',
  'is: {{ tpl "{{ eq .Values.one `prod` }}" . }}',
  '{{- if eq .Values.url "https://prod/api" }}\nprod: true\n{{- end }}',
  '{{- if eq .Values.one "forbidden" }}{{ fail "not there" }}{{ end }}',
  'size: {{ index .Values.sizes .Values.one | default "1" | quote }}',
  'size: {{ get (dict "prod" "3" "dev" "1") .Values.one | default "1" | quote }}',
  '{{- range $k, $v := .Values.sizes }}{{ if eq $k $.Values.one }}\nsize: {{ $v | quote }}{{ end }}{{ end }}',
  'file: {{ .Files.Get (printf "envs/%s.txt" .Values.one) | quote }}',
  '{{- if and (eq .Values.one "prod") (eq .Values.two "eu-west-1") }}\nsize: big\n{{- end }}',
  '{{- if eq .Values.one "prod" }}{{ if hasPrefix "eu" .Values.two }}\nsize: big\n{{- end }}{{ end }}',
  '{{- if eq (printf "%s-%s" .Values.one .Values.two) "prod-eu" }}\nsize: big\n{{- end }}',
  'is: {{ eq (int .Values.one) 443 }}',
  'is: {{ eq (len .Values.one) 12 }}',
  'is: {{ regexMatch "^[0-9]{12}$" .Values.one }}',
  'is: {{ regexMatch "^(eu|us)-(west|east)-[0-9]$" .Values.one }}',
  'is: {{ has .Values.one (splitList "," "prod,live") }}',
  'is: {{ eq .Values.one (default "prod" .Values.nothing) }}',
];

/** What charts ask of texts, with a text of the chart's own. */
const asking: readonly ((text: string) => string)[] = [
  (text) => `is: {{ eq .Values.one ${text} }}`,
  (text) => `is: {{ ${text} | ne .Values.one }}`,
  (text) => `is: {{ has .Values.one (list "some" ${text}) }}`,
  (text) => `{{- if and .Values.other (hasPrefix ${text} .Values.one) }}\nhas: true\n{{- end }}`,
  (text) => `is: {{ .Values.one | hasSuffix ${text} }}`,
  (text) => `is: {{ contains ${text} .Values.one }}`,
  (text) => `cut: {{ .Values.one | trimSuffix ${text} | quote }}`,
  (text) => `cut: {{ .Values.one | trimPrefix ${text} | quote }}`,
  (text) => `cut: {{ trimAll ${text} .Values.one | quote }}`,
  (text) => `other: {{ .Values.one | replace ${text} "-#-" | quote }}`,
  (text) => `part: {{ (split ${text} .Values.one)._0 | quote }}`,
  (text) => `part: {{ splitList ${text} .Values.one | last | quote }}`,
];

describeWithHelm('charts that are told what only the cluster knows, with the real Helm', () => {
  let repository: HydrateRepository;
  let renderer: HelmRenderer;
  const render = (inputs: readonly ChartInput[]) => renderer.render(inputs);

  function begin(): void {
    repository = new HydrateRepository();
    renderer = repository.renderer();
  }

  beforeEach(begin);
  afterEach(() => repository.remove());

  function opened(input: ChartInput): ChartObjects {
    const standIns = new StandIns(input, (one) => renderer.asked(one));
    return standIns.read(render(standIns.inputs), render);
  }

  function chart(lines: readonly string[]): void {
    const body = lines.join('\n');
    const text = `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n  namespace: {{ .Release.Namespace }}\n${body}\n`;
    repository.chart('web', { 'x.yaml': text }, { 'envs/prod.txt': 'three' });
  }

  const told = fc.constantFrom(...tokens, `https://${tokens[0]}.example.com`, `${tokens[1]}/${tokens[2]}`, 'fixed');
  const given = fc.record({ one: told, two: told, list: fc.array(told, { maxLength: 3 }) });

  test('what is filled into the objects is what the chart makes of what is filled into its values', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...safe), { minLength: 1, maxLength: 6 }),
        given,
        fc.constantFrom('shop', tokens[0] ?? ''),
        fc.array(live, { minLength: 3, maxLength: 3 }),
        (lines, values, namespace, says) => {
          // A text that Kubernetes takes for no name of a namespace is none here either; and nothing is filled in for nothing.
          const value = ({ key }: { readonly key: string }) => says[['name', 'role', 'team'].indexOf(key)] || 'team-a';
          repository.remove();
          begin();
          chart(lines);
          const input = inputOf({ values: [JSON.stringify(values)], namespace });
          const objects = opened(input);
          expect(problemsOf(objects)).toEqual([]);
          const written = (objects as { readonly objects: readonly Manifest[] }).objects.map((object, index) => [`t${index}.yaml`, toHelmTemplate(object)]);
          repository.chart('filled', Object.fromEntries(written));
          const known = Object.fromEntries(['name', 'role', 'team'].map((key) => [key, value({ key })]));
          const filledIn = (text: string) => fillTokens(text, value);
          const asIs = inputOf(mapStrings({ values: input.values, namespace }, filledIn));
          const [filled, expected] = render([inputOf({ id: { folder: 'charts/filled' }, values: [JSON.stringify({ cluster: known })] }), asIs]);
          expect(filled).toEqual(expected);
        },
      ),
      { numRuns: 10 },
    );
  });

  const values = { one: tokens[0], two: `${tokens[1]}`, other: tokens[2], known: 'eu-west-1', sizes: { prod: '3', dev: '1' }, url: `https://${tokens[0]}/api` };

  /** What is told is what is asked for: each text more is a rendering more. */
  function refused(line: string): readonly unknown[] {
    const lines = [line, 'all: {{ .Values.one | quote }}'];
    chart(lines);
    const told = Object.fromEntries(Object.entries(values).filter(([key]) => lines.join('').includes(`.${key}`)));
    return problemsOf(opened(inputOf({ values: [JSON.stringify(told)] })));
  }

  test.each(unsafe)('%s is refused', (line) => {
    const found = refused(line);
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(found.map(() => expect.objectContaining({ code: 'chart-token', message: expect.stringMatching(/\(the values? '(one|two|url)'/) })));
  });

  test('a text for which a chart asks is found, whatever it is and whoever asks', () => {
    const texts = fc.oneof(
      fc.constantFrom('/', '_', '-', '.', ',', '@', 'prod', '80', 'true', 'a/b', '.local'),
      fc.stringMatching(/^[a-z0-9]([-_a-z0-9.]{0,20}[a-z0-9])?$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...asking), texts, fc.boolean(), (line, text, isRaw) => {
        repository.remove();
        begin();
        expect(refused(line(isRaw ? `\`${text}\`` : JSON.stringify(text)))).toEqual([expect.objectContaining({ code: 'chart-token' })]);
      }),
      { numRuns: 12 },
    );
  });

  test('what a chart was asked with is said', () => {
    expect(refused('is: {{ eq .Values.one "prod.example.com" }}')).toEqual([expect.objectContaining({ found: "is, with 'prod.example.com' in its place" })]);
  });

  test('what is no scalar without quotation marks is no answer where a chart writes it so', () => {
    const odd = '{{ has .Values.known (list "a #b" "- x" "[x" "x: y" "*x") }}';
    expect(refused(`plain: {{ .Values.one }}\nodd: ${odd}`)).toEqual([]);
    expect(refused(`plain: {{ .Values.one }}\nodd: ${odd.replace('known', 'one')}`)).toEqual([
      expect.objectContaining({ found: expect.stringMatching(/^odd/) }),
    ]);
  });

  test('what a chart asks of other values is no matter', () => {
    const lines = [
      '{{- if eq .Values.known "prod" }}\nis: true\n{{- end }}',
      'name: {{ contains "web" .Release.Name }}',
      'short: {{ .Values.known | trunc 3 }}',
      'size: {{ index .Values.sizes (default "dev" .Values.size) | quote }}',
    ];
    expect(refused(lines.join('\n'))).toEqual([]);
  });
});
