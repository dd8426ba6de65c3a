import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { tarOf } from '../../../builders/chart-builder';
import { breakingLines, chartLines, writingLines } from './lines';

/** A file of `templates/`. */
interface RandomTemplate {
  readonly lines: readonly string[];
  readonly kind: string;
  readonly namespace: string;
  readonly annotations: readonly string[];
  /** What the file is: one object, one between others of nothing, or several. */
  readonly form: 'plain' | 'separated' | 'several' | 'conditional' | 'list' | 'listOfNone' | 'windows' | 'json' | 'commented' | 'generated' | 'alike';
}

/** A chart in a chart. */
export interface RandomDependency {
  readonly chart: RandomChart;
  readonly isPacked: boolean;
  /** Helm takes what lies there, whether the chart says so or not. */
  readonly isDeclared: boolean;
  readonly alias?: string;
  readonly isTwice: boolean;
  readonly switchedBy: 'nothing' | 'condition' | 'tags' | 'both';
  readonly isOn: boolean;
  readonly imports: 'nothing' | 'exports' | 'values';
}

export interface RandomChart {
  readonly name: string;
  readonly isOld: boolean;
  readonly templates: readonly RandomTemplate[];
  readonly dependencies: readonly RandomDependency[];
  readonly usesLibrary: boolean;
  readonly hasCrds: boolean;
  readonly hasNotes: boolean;
  readonly hasSchema: boolean;
  readonly ignores: readonly string[];
}

type Files = Readonly<Record<string, string | Buffer>>;

const annotation = fc.constantFrom(
  'helm.sh/hook: pre-install',
  'helm.sh/hook: post-install,post-upgrade',
  'helm.sh/hook: test',
  'helm.sh/hook-weight: "-5"',
  'helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded',
  'helm.sh/resource-policy: keep',
  'argocd.argoproj.io/sync-wave: "3"',
  'example.com/one: {{ .Values.one | quote }}',
);

const template: fc.Arbitrary<RandomTemplate> = fc.record({
  lines: fc.uniqueArray(
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...chartLines) },
      { weight: 9, arbitrary: fc.constantFrom(...writingLines) },
      { weight: 1, arbitrary: fc.constantFrom(...breakingLines) },
    ),
    { maxLength: 5 },
  ),
  kind: fc.constantFrom('v1/Service', 'apps/v1/Deployment', 'v1/ConfigMap', 'rbac.authorization.k8s.io/v1/ClusterRole', 'v1/Namespace', 'example.com/v1/Thing'),
  namespace: fc.constantFrom('', '', '{{ .Release.Namespace }}', 'kube-system', '{{ .Values.global.namespace | default .Release.Namespace }}'),
  annotations: fc.uniqueArray(annotation, { maxLength: 3, selector: (line) => line.split(':')[0] }),
  form: fc.constantFrom(
    'plain',
    'plain',
    'plain',
    'separated',
    'several',
    'conditional',
    'list',
    'listOfNone',
    'windows',
    'json',
    'commented',
    'generated',
    'alike',
  ),
});

function chartOf(name: string, below: fc.Arbitrary<readonly RandomDependency[]>): fc.Arbitrary<RandomChart> {
  return fc.record({
    name: fc.constant(name),
    isOld: fc.constantFrom(false, false, false, true),
    templates: fc.array(template, { minLength: 1, maxLength: 3 }),
    dependencies: below,
    usesLibrary: fc.boolean(),
    hasCrds: fc.boolean(),
    hasNotes: fc.boolean(),
    hasSchema: fc.boolean(),
    ignores: fc.uniqueArray(fc.constantFrom('*.md', 'files/b.bin', 'ci/', 't1.yaml', 'templates/t2.yaml', '*.tgz', '!files/a.txt', '/files/t.tpl', '# said'), {
      maxLength: 2,
    }),
  });
}

function dependencyOf(chart: fc.Arbitrary<RandomChart>): fc.Arbitrary<RandomDependency> {
  return fc.record(
    {
      chart,
      isPacked: fc.boolean(),
      isDeclared: fc.constantFrom(true, true, true, false),
      alias: fc.constantFrom('cache', 'second'),
      isTwice: fc.boolean(),
      switchedBy: fc.constantFrom('nothing', 'condition', 'tags', 'both'),
      isOn: fc.constantFrom(true, true, false),
      imports: fc.constantFrom('nothing', 'exports', 'values'),
    },
    { requiredKeys: ['chart', 'isPacked', 'isDeclared', 'isTwice', 'switchedBy', 'isOn', 'imports'] },
  );
}

const none = fc.constant([]);
const leaf = fc.array(dependencyOf(chartOf('disk', none)), { maxLength: 1 });

/** A chart as it may come from anywhere, with charts in it, and charts in these. */
export const randomChart: fc.Arbitrary<RandomChart> = chartOf(
  'web',
  fc
    .tuple(fc.array(dependencyOf(chartOf('db', leaf)), { maxLength: 1 }), fc.array(dependencyOf(chartOf('queue', none)), { maxLength: 1 }))
    .map(([one, other]) => [...one, ...other.map(({ alias, ...rest }) => rest)]),
);

/** What values of a chart stand under in those of the chart in which it lies, and under which name it is called. */
export function namesOf({ chart, alias, isTwice, isDeclared }: RandomDependency): readonly string[] {
  if (!isDeclared || alias === undefined) return [chart.name];
  return isTwice ? [chart.name, alias] : [alias];
}

/** Where charts read their values, from the top: `[]`, `['db']`, `['db', 'disk']`. */
export function valuePlaces({ dependencies }: RandomChart): readonly (readonly string[])[] {
  return [[], ...dependencies.flatMap((one) => namesOf(one).flatMap((name) => valuePlaces(one.chart).map((place) => [name, ...place])))];
}

/** Whether some template does not keep what the cluster says. */
export function isBreaking({ templates, dependencies }: RandomChart): boolean {
  return templates.some(({ lines }) => lines.some((line) => breakingLines.includes(line))) || dependencies.some(({ chart }) => isBreaking(chart));
}

const library: Files = {
  'Chart.yaml': 'apiVersion: v2\nname: common\ntype: library\nversion: 2.0.0\n',
  'templates/_labels.tpl': '{{- define "common.labels" -}}\nteam: {{ .Values.two | quote }}\nchart: {{ .Chart.Name }}\n{{- end -}}\n',
  'values.yaml': 'exports:\n  defaults:\n    fromLibrary: true\n',
};

/** The files of a chart, by paths from its folder. */
export function filesOf(chart: RandomChart, id = chart.name): Files {
  const { name, isOld, templates, dependencies, usesLibrary, hasCrds, hasNotes, hasSchema, ignores } = chart;
  const declared = [
    ...dependencies.flatMap((one) => (one.isDeclared ? namesOf(one).map((as) => dependencyText(one, as)) : [])),
    ...(usesLibrary ? ['- name: common\n  version: 2.x\n  repository: file://../common\n  import-values: [defaults]\n'] : []),
  ];
  const needs = declared.length > 0 ? `dependencies:\n${declared.join('')}` : '';
  const own: Files = {
    'Chart.yaml': `# said so\napiVersion: ${isOld ? 'v1' : 'v2'}\nname: ${name}\nversion: 1.0.0${id === name ? '' : '+build.1'}\nappVersion: "1.10"\nkubeVersion: ">=1.20-0"\n${isOld ? '' : needs}`,
    ...(isOld && needs !== '' ? { 'requirements.yaml': needs } : {}),
    'values.yaml': valuesText(name),
    ...(hasSchema ? { 'values.schema.json': schema } : {}),
    ...(ignores.length > 0 ? { '.helmignore': `${ignores.join('\n')}\n` } : {}),
    'README.md': '# Read {{ me }}\n',
    'files/a.txt': 'first\n{{ second }}\n\nlast',
    'files/b.bin': Buffer.from([0, 1, 0xfe, 0xff, 10]),
    'files/t.tpl': '{{ .Values.one }} of {{ .Release.Name }}',
    'ci/values.yaml': 'one: ci\n',
    'templates/_defined.tpl': defined.replaceAll('NAME', name),
    ...Object.fromEntries(
      templates.map((one, index) => [`templates/t${index}.${one.form === 'json' ? 'json' : 'yaml'}`, templateText(one, chart, `${id}-${index}`)]),
    ),
    ...(hasNotes ? { 'templates/NOTES.txt': 'Thank you, {{ .Release.Name }}: {{ .Values.one }}\nkind: None\n' } : {}),
    ...(hasCrds ? { 'crds/a.yaml': crds(id), 'crds/more/b.yaml': crd(`${id}c`), 'crds/README.md': 'none' } : {}),
  };
  const charts = [
    ...dependencies.map((one) => ({ isPacked: one.isPacked, name: one.chart.name, files: filesOf(one.chart, `${id}-${one.chart.name}`) })),
    ...(usesLibrary ? [{ isPacked: false, name: 'common', files: library }] : []),
  ];
  const below = charts.flatMap(({ isPacked, name: as, files }): readonly (readonly [string, string | Buffer])[] =>
    isPacked ? [[`charts/${as}-1.0.0.tgz`, packed(as, files)]] : Object.entries(files).map(([path, content]) => [`charts/${as}/${path}`, content] as const),
  );
  return { ...own, ...Object.fromEntries(below) };
}

export function packed(name: string, files: Files): Buffer {
  return gzipSync(tarOf(Object.entries(files).map(([path, content]) => ({ path: `${name}/${path}`, content }))));
}

function dependencyText({ chart, switchedBy, imports }: RandomDependency, as: string): string {
  return [
    `- name: ${chart.name}\n  version: ">=1.0.0-0"\n  repository: https://charts.example.com\n`,
    as === chart.name ? '' : `  alias: ${as}\n`,
    switchedBy === 'condition' || switchedBy === 'both' ? `  condition: ${as}.enabled,global.${as}.enabled\n` : '',
    switchedBy === 'tags' || switchedBy === 'both' ? `  tags: [backend, ${as}]\n` : '',
    imports === 'exports' ? '  import-values: [data]\n' : '',
    imports === 'values' ? '  import-values:\n    - {child: map, parent: fromChild}\n    - {child: nested, parent: nested}\n' : '',
  ].join('');
}

const defined = `{{- /* Names. */}}
{{- define "NAME.name" -}}
{{- printf "%s-%s" .Release.Name .Values.two -}}
{{- end -}}
{{- define "NAME.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name | quote }}
one: {{ .Values.one | quote }}
{{- end }}
`;

function valuesText(name: string): string {
  return `# What ${name} says itself.
one: ${name}-one
two: "${name} two" # and why
known: prod
flag: true
replicas: 1
list: [x, y]
map:
  a: 1
  b: two
nested: {a: n, b: [m]}
tplText: '{{ .Release.Name }}-{{ .Values.one }}'
text: plain
param: p
nothing: gone
global: {region: nowhere}
base: &base {x: 1}
derived: {<<: *base, y: 2}
dotted.key: v
exports: {data: {imported: from-${name}}}
`;
}

const schema = JSON.stringify({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: { one: { type: ['string', 'number', 'boolean'] }, known: { $ref: '#/definitions/known' }, list: { type: 'array' } },
  definitions: { known: { not: { enum: ['forbidden'] } } },
});

function crd(name: string): string {
  const text = `group: example.com, names: {kind: Thing${name.replaceAll('-', '')}, plural: ${name}s}, scope: Namespaced`;
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}s.example.com\nspec: {${text}, description: "{{ not a template }}"}\n`;
}

function crds(id: string): string {
  return `# Two of them.\n---\n${crd(`${id}a`)}---\n${crd(`${id}b`)}---\n`;
}

/** Another one at each place of a chart: one may lie in another under two names. */
const place = '{{ .Template.BasePath | sha256sum | trunc 8 }}';

function templateText({ lines, kind, namespace, annotations, form }: RandomTemplate, { name, usesLibrary }: RandomChart, id: string): string {
  const object = (suffix: string, body: readonly string[]) => {
    const at = kind.lastIndexOf('/');
    const named = `{{ .Release.Name }}-${place}-${id}${suffix}`;
    const metadata = [
      `  name: ${kind.endsWith('ClusterRole') ? `system:${named}` : named}`,
      ...(namespace === '' || /ClusterRole|Namespace/.test(kind) ? [] : [`  namespace: ${namespace}`]),
      ...(usesLibrary ? ['  labels: {{- include "common.labels" . | nindent 4 }}'] : []),
      ...(annotations.length > 0 ? ['  annotations:', ...annotations.map((line) => `    ${line}`)] : []),
    ];
    return `apiVersion: ${kind.slice(0, at)}\nkind: ${kind.slice(at + 1)}\nmetadata:\n${[...metadata, ...body].join('\n')}\n`.replaceAll('NAME', name);
  };
  const all = object('', lines);
  const small = (suffix: string) => `{apiVersion: example.com/v1, kind: Item, metadata: {name: ${place}-${id}${suffix}}, one: {{ .Values.one | quote }}}`;
  switch (form) {
    case 'separated':
      return `---\n# nothing\n---\n${all}\n---\n---   \n# {{ .Values.one }}\n`;
    case 'several':
      return `${all}--- # the other\n${object('-b', ['two: {{ .Values.two | quote }}'])}\n---\n${small('-c')}\n`;
    case 'conditional':
      return `{{- if .Values.flag }}\n${all}{{- else }}\n${object('-no', [])}{{- end }}\n`;
    case 'list':
      return `apiVersion: v1\nkind: List\nitems:\n- ${small('-l')}\n- ${small('-m')}\n---\n${all}`;
    case 'listOfNone':
      return `apiVersion: v1\nkind: ConfigMapList\nitems: []\n---\n${all}`;
    case 'windows':
      return all.replaceAll('\n', '\r\n');
    case 'json':
      return `{"apiVersion": "example.com/v1", "kind": "Json", "metadata": {"name": "${place}-${id}-j"}, "one": {{ .Values.one | toJson }}, "map": {{ toJson .Values.map }}}`;
    case 'commented':
      return `{{- /*\nCopyright {{ x\n*/ -}}\n{{- $top := . }}\n\n# Said at the top\n${all}# and at the end\n`;
    case 'generated':
      return `apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: ${place}-${id}-\n  annotations:\n    helm.sh/hook: post-install\none: {{ .Values.one | quote }}\n---\n${all}`;
    case 'alike':
      return `${small('-a')}\n---\n${small('-A')}\n---\n${small(`-${'long'.repeat(55)}`)}\n---\n${small(':a/b')}\n`;
    default:
      return all;
  }
}
