import { applicationSetTemplates, externalSecretTemplates } from '../../../store/wrapper/charts/known-templates';
import { strangeLines as strangeIn } from '../../../store/wrapper/charts/template-keys';
import { documentsIn } from '../../../store/wrapper/charts/template-lines';
import { edited, type Files, layout, unsaidIn } from './edited-layout';

const template = 'charts/application-sets/templates/application-sets.yaml';

function strangeLines(text: string, keys = applicationSetTemplates) {
  return strangeIn(documentsIn(new Map([['template.yaml', text]])), keys, 'the chart');
}

/** The template with lines after one that is there. */
function following(line: RegExp, text: string) {
  return edited(template, line, (layout[template]?.match(line)?.[0] ?? '') + text);
}

describe('what the templates of the wrapper say beside what is read of them', () => {
  test('is nothing in the layout that has each feature', () => {
    expect(strangeLines(layout[template] as string)).toEqual([]);
  });

  test('is listed with its file and line', () => {
    expect(unsaidIn(following(/\n {6}annotations: .*\n/, '      finalizers:\n        - resources-finalizer.argocd.argoproj.io\n'))).toEqual([
      `${template}:62 | finalizers: | 'template.metadata.finalizers' of the templates is not known: it is not carried over`,
    ]);
  });

  const isFixed = 'the templates say it whatever the values are: it is not carried over';

  test.each<[string, ReturnType<typeof edited>, string, string]>([
    [
      'a key of the ApplicationSet',
      following(/\n {2}goTemplate: true\n/, '  applyNestedSelectors: true\n'),
      'applyNestedSelectors: true',
      "'applyNestedSelectors' of the templates is not known: it is not carried over",
    ],
    ['a source', following(/\n {10}ref: values\n/, '        - repoURL: https://charts.company.example\n'), 'repoURL: https://charts.company.example', isFixed],
    [
      'an option of a source',
      following(/\n {12}ignoreMissingValueFiles: true\n/, '            skipCrds: {{ $it.skipCrds }}\n'),
      'skipCrds: {{ $it.skipCrds }}',
      "'template.spec.sources.helm.skipCrds' of the templates is not known: it is not carried over",
    ],
    ['a project', edited(template, /project: .*\n/, 'project: platform\n'), 'project: platform', isFixed],
    [
      'a default',
      edited(template, /\n {6}syncPolicy: .*\n/, '\n      syncPolicy:\n        automated:\n          prune: true\n'),
      'automated:',
      "the templates say it of 'template.spec.syncPolicy' whatever the values are: it is not carried over",
    ],
    [
      'a label',
      edited(template, /\n {6}labels: .*\n/, '\n      labels:\n        {{- toYaml $it.labelsApp | nindent 8 }}\n        "company.example/by": wrapper\n'),
      'company.example/by: wrapper',
      "the templates say it of 'template.metadata.labels' whatever the values are: it is not carried over",
    ],
  ])('like this: %s', (_, files, text, reason) => {
    expect(strangeLines(files[template] as string).map((one) => [one.text, one.reason])).toEqual([[text, reason]]);
  });

  test('is not what comments and actions over several lines say', () => {
    const text = 'kind: ApplicationSet\nspec:\n  {{- /*\n  a: b\n  */ -}}\n  {{- $x := list\n    "a"\n    "spec: b"\n  -}}\n  b: c\n';
    expect(strangeLines(text).map(({ line }) => line)).toEqual([10]);
  });

  test('is listed where it stands, if it is included from another file', () => {
    const text = layout[template] as string;
    const [from, to] = [text.indexOf('  template:\n'), text.indexOf('{{- end }}\n{{- end }}\n{{- end }}\n{{- define')];
    const body = text.slice(from, to).replace(/project: .*\n/, 'project: platform\n');
    const helper = 'charts/application-sets/templates/_applications.tpl';
    const files = {
      [template]: `${text.slice(0, from)}{{ include "applications" (dict "all" $all "it" $it) }}\n${text.slice(to)}`,
      [helper]: `{{- define "applications" -}}\n{{- if .all }}\n${body}{{- end }}\n{{- end }}\n`,
    };
    expect(unsaidIn(files)).toEqual([`${helper}:9 | project: platform | ${isFixed}`]);
    expect(unsaidIn({ ...files, [helper]: undefined })).toEqual([
      `${template}:57 | {{ include "applications" (dict "all" $all "it" $it) }} | what it includes is not in the chart: what that says is not carried over`,
    ]);
  });

  test.each<[string, Files, string]>([
    [
      'another kind',
      { 'charts/application-sets/templates/more/project.yaml': '# ours\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: addons}\n' },
      'charts/application-sets/templates/more/project.yaml:3 | kind: AppProject | the wrapper chart makes this, too: it is not carried over, make a component of it',
    ],
    [
      'another kind in a file of ApplicationSets',
      { [template]: `${layout[template]}---\nkind: ConfigMap\ndata: {}\n` },
      `${template}:132 | kind: ConfigMap | the wrapper chart makes this, too: it is not carried over, make a component of it`,
    ],
    [
      'what Helm makes a manifest of as a whole',
      { 'charts/application-sets/templates/all.yaml': '{{ tpl (.Files.Get "all.yaml") . }}\n' },
      'charts/application-sets/templates/all.yaml:1 | {{ tpl (.Files.Get "all.yaml") . }} | nothing says of what kind it is: the wrapper chart makes more than is carried over',
    ],
    [
      'values that are more than those of a component',
      edited(template, 'valuesObject: {{ toJson . }}', 'valuesObject: {{ toJson (merge (dict "global" (dict "tier" "gold")) .) }}'),
      `${template}:97 | valuesObject: {{ toJson (merge (dict "global" (dict "tier" "gold")) .) }} | the templates make more of 'template.spec.sources.helm.valuesObject' than the values say: it is not carried over`,
    ],
    [
      'a label that an action adds',
      edited(template, 'labels: {{ toJson (default dict $it.labelsApp) }}', 'labels: {{ toJson (merge (dict "component" $name) $it.labelsApp) }}'),
      `${template}:60 | labels: {{ toJson (merge (dict "component" $name) $it.labelsApp) }} | the templates make more of 'template.metadata.labels' than the values say: it is not carried over`,
    ],
    [
      'values of its own',
      edited(template, 'valuesObject: {{ toJson . }}', 'valuesObject:\n              {{- toYaml . | nindent 14 }}\n              tier: gold'),
      `${template}:99 | tier: gold | the templates say it of 'template.spec.sources.helm.valuesObject' whatever the values are: it is not carried over`,
    ],
    [
      'keys that an action prints',
      edited(template, '      project: {{', '      {{- toYaml $it.more | nindent 6 }}\n      project: {{'),
      `${template}:63 | {{- toYaml $it.more | nindent 6 }} | what it comes to is not known: it is not carried over`,
    ],
    [
      'another chart that it depends on',
      edited('charts/application-sets/Chart.yaml', /$/, 'dependencies:\n  - name: more\n'),
      'charts/application-sets/Chart.yaml:4 | the wrapper chart depends on others: what these make is not carried over',
    ],
  ])('is listed: %s', (_, files, expected) => {
    expect(unsaidIn(files)).toEqual([expected]);
  });
});

describe('what the chart of cluster secrets says', () => {
  const secret = 'charts/fleet-secret/templates/external-secret.yaml';
  const isFixed = 'the templates say it whatever the values are: it is not carried over';

  test.each<[string, string, string]>([
    ['refreshInterval: 1h', 'refreshInterval: 5m', `refreshInterval: 5m | ${isFixed}`],
    [
      '      data:\n',
      '      data:\n        project: payments\n',
      "project: payments | 'target.template.data.project' of the templates is not known: it is not carried over",
    ],
    [
      '{{ `{{ .config }}` }}',
      '{"awsAuthConfig": {"clusterName": "a"}}',
      'config: | | it is the key of that name in the entry here: where the entry calls it otherwise, say `registration: { keys }`',
    ],
    [
      'secret-type: cluster\n',
      'secret-type: cluster\n          tier: gold\n',
      "tier: gold | the templates say it of 'target.template.metadata.labels' whatever the values are: it is not carried over",
    ],
  ])('is listed: in the place of %j', (from, to, expected) => {
    const files = edited(secret, from, to);
    expect(strangeLines(files[secret] as string, externalSecretTemplates).map(({ text, reason }) => `${text} | ${reason}`)).toEqual([expected]);
    expect(unsaidIn(files)).toHaveLength(1);
  });
});
