import { helmValuesIn } from '../../../cli/testing/helm-values';
import type { Application } from '../../../cli/testing/manifests';

function withSources(...helms: readonly object[]): Application {
  const sources = helms.map((helm) => ({ repoURL: 'https://charts.example.com', chart: 'x', helm }));
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'x' }, spec: { project: 'default', destination: {}, sources } };
}

test.each<[string, Application, object]>([
  ['of an object', withSources({ valuesObject: { a: 1 } }), { a: 1 }],
  ['of a text', withSources({ values: 'a: 1\nb: { c: "{{ .name }}" }\n' }), { a: 1, b: { c: '{{ .name }}' } }],
  ['of the object, which beats the text', withSources({ values: 'a: 1', valuesObject: { b: 2 } }), { b: 2 }],
  ['of several sources', withSources({ valuesObject: { a: 1, b: 1 } }, {}, { values: 'b: 2' }), { a: 1, b: 2 }],
  ['of a text that is no YAML yet: none', withSources({ values: '{{- if x }}\na: 1\n{{ end }}' }), {}],
  ['of a text with anchors', withSources({ values: 'a: &a { b: 1 }\nc: *a\nd: { <<: *a }\n' }), { a: { b: 1 }, c: { b: 1 }, d: { b: 1 } }],
  ['of a text with an alias of nothing: none', withSources({ values: 'host: *.example.com\n' }), {}],
  ['of a text that is no map: none', withSources({ values: 'words' }), {}],
  ['of no source at all', withSources(), {}],
])('values %s', (_, application, expected) => {
  expect(helmValuesIn(application)).toEqual(expected);
});
