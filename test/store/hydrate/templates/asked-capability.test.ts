import type { ChartSource } from '../../../../store/hydrate/chart-sources';
import { askedCapabilities } from '../../../../store/hydrate/templates/asked-capability';
import { packedChart } from '../../../builders/chart-builder';

function asked(files: Readonly<Record<string, string | Buffer>>) {
  const source: ChartSource = {
    shown: 'web 1.0.0',
    path: '/web',
    digest: '',
    files: () => new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
  };
  return askedCapabilities(source).map(({ of, file }) => `${of} ${file}`);
}

test.each<readonly [what: string, files: Readonly<Record<string, string | Buffer>>, found: readonly string[]]>([
  ['the version', { 'templates/x.yaml': 'a: {{ .Capabilities.KubeVersion.Minor }}' }, ['version templates/x.yaml']],
  ['the kinds', { 'templates/x.yaml': '{{ if $.Capabilities.APIVersions.Has "a/v1" }}' }, ['kinds templates/x.yaml']],
  ['all of it', { 'templates/_helpers.tpl': '{{- $known := .Capabilities -}}' }, ['version templates/_helpers.tpl']],
  [
    'both, by the first file of each',
    {
      'web/templates/a.yaml': '{{ .Capabilities.APIVersions }}{{ .Capabilities.HelmVersion }}',
      'web/templates/b.yaml': '{{ .Capabilities.KubeVersion }}{{ .Capabilities.APIVersions }}',
    },
    ['kinds web/templates/a.yaml', 'version web/templates/b.yaml'],
  ],
  [
    'in a packed chart in it',
    { 'charts/db.tgz': packedChart({ name: 'db', files: { 'templates/y.yaml': '{{ .Capabilities.KubeVersion }}' } }) },
    ['version charts/db.tgz/db/templates/y.yaml'],
  ],
  ['the version of Helm', { 'templates/x.yaml': '{{ .Capabilities.HelmVersion.Version }}' }, []],
  ['nothing: a comment, notes and what is no template', { 'templates/x.yaml': '{{/* .Capabilities */}} .Capabilities' }, []],
  ['nothing in notes, which are no objects', { 'templates/NOTES.txt': '{{ .Capabilities.KubeVersion }}', 'README.md': '{{ .Capabilities.KubeVersion }}' }, []],
])('templates ask for %s', (_, files, found) => {
  expect(asked(files)).toEqual(found);
});
