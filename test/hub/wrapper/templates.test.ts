import { strangeLines } from '../../../store/wrapper/template-keys';
import { edited, layout, unsaidIn } from './edited-layout';

const template = 'charts/application-sets/templates/application-sets.yaml';

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
    const text = 'spec:\n  {{- /*\n  a: b\n  */ -}}\n  {{- $x := list\n    "a"\n    "spec: b"\n  -}}\n  b: c\n';
    expect(strangeLines(text).map(({ line }) => line)).toEqual([9]);
  });
});
