import fc from 'fast-check';
import { cluster } from '../../../constructs';
import { StandIns } from '../../../constructs/synthesis/hydration/stand-ins';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { Manifest } from '../../../layers/output';
import { fillTokens, mapStrings } from '../../../layers/text/token';
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
];
const unsafe = [
  'encoded: {{ .Values.one | b64enc }}',
  'cut: {{ .Values.one | trunc 63 | quote }}',
  'small: {{ .Values.two | lower | quote }}',
  'hash: {{ .Values.one | sha256sum }}',
  'length: {{ len .Values.two }}',
  'number: {{ .Values.one | int }}',
  'first: {{ splitList "." .Values.one | first | quote }}',
  'trimmed: {{ .Values.one | trimSuffix "Z" | quote }}',
  'dashed: {{ .Values.one | replace "." "-" | quote }}',
  'is: {{ hasPrefix "qz" .Values.one }}',
  'titled: {{ .Values.two | title | quote }}',
  'sorted: {{ sortAlpha (list .Values.one .Values.two) | first | quote }}',
  '{{- if gt (len .Values.one) 10 }}\nlong: true\n{{- end }}',
];

describeWithHelm('charts that are told what only the cluster knows, with the real Helm', () => {
  let repository: HydrateRepository;
  const render = (inputs: readonly ChartInput[]) => repository.renderer().render(inputs);

  beforeEach(() => {
    repository = new HydrateRepository();
  });
  afterEach(() => repository.remove());

  function opened(input: ChartInput): ChartObjects {
    const standIns = new StandIns(input);
    return standIns.read(render(standIns.inputs), render);
  }

  function chart(lines: readonly string[]): void {
    const body = lines.join('\n');
    repository.chart('web', { 'x.yaml': `apiVersion: v1\nkind: X\nmetadata:\n  name: a\n  namespace: {{ .Release.Namespace }}\n${body}\n` });
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
          repository = new HydrateRepository();
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
      { numRuns: 15 },
    );
  });

  test.each(unsafe)('%s is refused', (line) => {
    chart([line, 'plain: {{ .Values.other }}']);
    const found = problemsOf(opened(inputOf({ values: [JSON.stringify({ one: tokens[0], two: `${tokens[1]}`, other: tokens[2] })] })));
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(found.map(() => expect.objectContaining({ code: 'chart-token', message: expect.stringMatching(/\(the value '(one|two)'/) })));
  });
});
