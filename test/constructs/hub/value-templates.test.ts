import fc from 'fast-check';
import { templatesIn } from '../../../constructs/argocd/templates-in-values';
import type { Plain } from '../../../layers/layer';
import { buildHubFleet, hubProblemsOf, withComponent, withSpoke } from '../../builders/hub-builder';

const file = 'config/addons/cert-manager.ts';
const paths = (value: Plain) => templatesIn(value).map(({ path, isCertain }) => `${path.join('.')}${isCertain ? '' : '?'}`);

const templates = [
  '{{.name}}',
  '{{ .name }}',
  '{{- .name -}}',
  'x-{{ .nameNormalized }}-y',
  '{{ .server }}',
  '{{ .project }}',
  '{{ .name | upper }}',
  '{{ printf "%s-x" .name }}',
  '{{ $.name }}',
  '{{.metadata.labels.tier}}',
  '{{ .metadata.annotations.tier | default "x" }}',
  '{{ index .metadata.annotations "example.com/x" }}',
  '{{ index .metadata.labels `x` }}',
  '{{ index (get .metadata "annotations" | default dict) "x" | default "" }}',
  '{{ .values.version }}',
  '{{metadata.labels.tier}}',
  '{{ metadata.annotations.example.com/x }}',
];

test.each(templates)('%s is a template of an ApplicationSet, wherever it stands', (text) => {
  expect(paths({ a: { b: text } })).toEqual(['a.b']);
  expect(paths({ list: ['x', text] })).toEqual(['list.1']);
  expect(paths({ [text]: 1 })).toEqual([text]);
  expect(paths({ file: `a: 1\nb: "${text.replaceAll('"', "'")}"\n` })).toHaveLength(/"/.test(text) ? paths({ x: text.replaceAll('"', "'") }).length : 1);
});

test.each(['{{name}}', '{{ server }}', '{{nameNormalized}}'])('%s may be one, and may be a legend', (text) => {
  expect(paths({ a: text })).toEqual(['a?']);
  expect(paths({ 'dashboard.json': `{"legendFormat": "${text}"}` })).toEqual([]);
});

test.each<readonly [string, Plain]>([
  ['alerts of Prometheus', '{{ $labels.instance }} of {{ $labels.name }}: {{ $value | humanize }}'],
  ['legends of Grafana', '{{pod}} {{ instance }}'],
  ['templates of Alertmanager', '{{ template "slack.title" . }} {{ .CommonLabels.name }}'],
  ['blocks with a context of their own', '{{ range .Alerts }}{{ .name }} {{ .server }}{{ end }}'],
  ['templates of Helm', '{{ .Release.Name }}-{{ include "x.name" . }} {{ .Values.name }} {{ .Chart.Name }}'],
  ['templates of External Secrets', '{{ .password }} {{ .username }}'],
  ['notifications of Argo CD', 'Application {{.app.metadata.name}} {{ .app.metadata.labels.tier }} {{.context.argocdUrl}}'],
  ['what Loki formats', '{job="x"} | json | line_format "{{.name}}"'],
  ['what kubectl prints', "kubectl get ns -o go-template='{{ .metadata.labels.tier }}'"],
  ['parameters of workflows', '{{workflow.name}} {{inputs.parameters.name}}'],
  ['policies of Kyverno', '{{request.object.metadata.name}}'],
  ['other fields', '{{ .names }} {{ .name.first }} {{ .Name }} {{ .metadata.name }}'],
  ['an ExternalSecret', { kind: 'ExternalSecret', spec: { target: { template: { data: { server: '{{ .server }}', name: '{{ .name }}' } } } } }],
  ['the template of a secret without its kind', { dataFrom: [], template: { data: { url: 'https://{{ .server }}' } } }],
  [
    'an ApplicationSet in the values of a chart',
    { applicationsets: { web: { generators: [{ clusters: {} }], template: { metadata: { name: 'web-{{.name}}' } } } } },
  ],
  ['an ApplicationSet by its kind', [{ kind: 'ApplicationSet', spec: { x: '{{name}}' } }]],
])('%s: none', (_, value) => {
  expect(paths({ value })).toEqual([]);
});

test('a template in values is an error that names the field, and the way to say it', () => {
  const [problem, ...others] = hubProblemsOf(withComponent({ values: { settings: { clusterName: '{{.name}}' } } }));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'handwritten-expression',
    file,
    place: ['values', 'settings', 'clusterName'],
    app: 'cert-manager',
    message: expect.stringContaining("'values.settings.clusterName'"),
    expected: 'a function of the target: `(target) => target.cluster`',
    found: '{{.name}}',
  });
});

test.each([
  ['{{ index .metadata.annotations "example.com/x" }}', "(target) => target.annotations['example.com/x']"],
  ['{{ .metadata.labels.tier }}', "(target) => target.labels['tier']"],
  ['{{ index (get .metadata "labels" | default dict) "tier" | default "" }}', "(target) => target.labels['tier']"],
])('%s is said by a function of the target', (text, instead) => {
  const [problem] = hubProblemsOf(withComponent({ values: { x: text } }));
  const [, part, key] = /target\.(annotation|label)s\[(.*)\]/.exec(instead) ?? [];
  const live = part === undefined ? '' : `; where Git does not know it, the token \`cluster.${part}(${key})\``;
  expect(problem?.expected).toBe(`a function of the target: \`${instead}\`${live}`);
});

test.each<readonly [string, Parameters<typeof hubProblemsOf>[0], string, string]>([
  ['an override', withComponent({ overrides: { '*': { enabled: true }, shop: { values: { x: '{{.name}}' } } } }), file, 'overrides.shop.values.x'],
  [
    'a patch that sits nowhere',
    withComponent({ patches: { p: { rolledOutTo: [], change: { values: { x: '{{.name}}' } } } } }),
    file,
    'patches.p.change.values.x',
  ],
  ['a function of the target', withComponent({ values: { x: () => '{{.name}}' } }), file, 'values.x'],
  [
    'the file of a cluster',
    withSpoke({ components: { 'cert-manager': { values: { x: '{{.name}}' } } } }),
    'config/spokes/spoke-1.ts',
    'components.cert-manager.values.x',
  ],
  ['a list', withComponent({ values: { x: ['a', '{{.name}}'] } }), file, 'values.x.1'],
  ['a key', withComponent({ values: { x: { '{{.name}}': 1 } } }), file, 'values.x.{{.name}}'],
])('it is found in %s', (_, content, where, at) => {
  const found = hubProblemsOf(content);
  expect(found.map((problem) => [problem.code, problem.file, problem.place?.join('.')])).toEqual([['handwritten-expression', where, at]]);
});

test('a warning stops nothing', () => {
  const content = withComponent({ values: { legend: '{{name}}' } });
  expect(hubProblemsOf(content)).toMatchObject([{ code: 'handwritten-expression', severity: 'warning' }]);
  expect(buildHubFleet(content).synth().targets).toBe(3);
});

test('what somebody else fills in is said to be none, with a reason that is told', () => {
  const content = withComponent({ values: { x: '{{.name}}' }, notTemplate: { 'values.x': 'the chart makes an ApplicationSet of it' } });
  expect(hubProblemsOf(content)).toEqual([]);
  expect(buildHubFleet(content).synth().warnings).toContainEqual(
    expect.objectContaining({ code: 'silenced', severity: 'notice', file, found: 'the chart makes an ApplicationSet of it' }),
  );
});

test('what silences nothing is a warning, and a reason is needed', () => {
  expect(hubProblemsOf(withComponent({ notTemplate: { 'values.x': 'gone' } }))).toMatchObject([
    { code: 'silence-unused', severity: 'warning', file, place: ['notTemplate', 'values.x'] },
  ]);
  expect(hubProblemsOf(withComponent({ values: { x: '{{.name}}' }, notTemplate: { 'values.x': '' } })).map(({ code }) => code)).toContain('missing-field');
});

test('values that only look like other templates pass as they are, whatever they are put together of', () => {
  const names = fc.constantFrom('Values.x', 'Release.Name', '$labels.name', 'password', 'Alerts', 'app.metadata.name', 'names', 'Name');
  const text = fc
    .array(
      fc.oneof(
        names.map((name) => `{{ ${name.startsWith('$') ? '' : '.'}${name} }}`),
        fc.constantFrom('a', ' ', '-', '\n'),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join(''));
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(text, fc.array(text))), (value) => expect(paths(value as Plain)).toEqual([])));
});
