import { JsonPatch } from 'cdk8s';
import type { TargetChart } from '../../../constructs';
import { application, apps, problemsOf } from '../../builders/fleet-builder';
import { hubProblemsOf, withAddons, withComponent, withReleases } from '../../builders/hub-builder';

const file = 'config/mgmt/web.ts';

describe('`oci://` beside `chart`', () => {
  const source = { repoURL: 'oci://ghcr.io/company/charts/', chart: 'web', targetRevision: '1.0.0' };
  const expected = {
    code: 'oci-chart',
    expected: "repoURL: 'ghcr.io/company/charts', chart: 'web'",
    hint: expect.stringContaining("`repoURL: 'oci://ghcr.io/company/charts/web', path: '.'`"),
  };
  const set = (fields: object) => ({
    kind: 'ApplicationSet',
    generators: [{ list: { elements: [{ a: 'b' }] } }],
    template: { metadata: { name: 'x' }, spec: { project: 'p', destination: { name: 'x' }, source: { ...source, repoURL: 'ghcr.io/company/charts' } } },
    ...fields,
  });
  const template = { metadata: { name: 'x' }, spec: { project: 'p', destination: { name: 'x' }, source } };

  test.each<readonly [string, object, string]>([
    ['a source', application({ source }), 'source.repoURL'],
    ['one of several', application({ source: undefined, sources: [{ repoURL: 'https://example.com', path: 'x' }, source] }), 'sources.1.repoURL'],
    ['one of several by name', application({ source: undefined, sources: { web: source } }), 'sources.web.repoURL'],
    ['an override', application({ overrides: { production: { source } } }), 'overrides.production.source.repoURL'],
    ['capital letters', application({ source: { ...source, repoURL: 'OCI://ghcr.io/company/charts' } }), 'source.repoURL'],
    ['the template of an ApplicationSet', set({ template }), 'template.spec.source.repoURL'],
    ['the template of a generator', set({ generators: [{ clusters: { template } }] }), 'generators.0.clusters.template.spec.source.repoURL'],
  ])('is refused in %s, with the right spelling', (_, app, at) => {
    const found = problemsOf(apps({ web: app }));
    expect(found.map(({ place, ...problem }) => ({ ...problem, at: place?.join('.') }))).toContainEqual(expect.objectContaining({ ...expected, file, at }));
  });

  test('is refused in what code makes of a chart', () => {
    const customize = (chart: TargetChart) => chart.findApp('web').addJsonPatch(JsonPatch.replace('/spec/source/repoURL', source.repoURL));
    expect(problemsOf(apps({ web: application() }, { customize }))).toContainEqual(expect.objectContaining(expected));
  });

  const component = 'config/addons/cert-manager.ts';
  test.each<readonly [string, Parameters<typeof hubProblemsOf>[0], string, string]>([
    ['a component', withComponent({ repoURL: 'oci://quay.io/jetstack', chart: 'cert-manager' }), component, 'repoURL'],
    [
      'a release',
      withReleases({ releases: { default: { components: { 'cert-manager': { version: '1', repoURL: 'oci://quay.io/jetstack' } } } } }),
      'config/addons/releases.ts',
      'releases.default.components.cert-manager.repoURL',
    ],
    ['a further source', withComponent({ extraSources: [source] }), component, 'extraSources.0.repoURL'],
    [
      'a group',
      withAddons({ defaults: { repoURL: 'oci://quay.io/x' }, components: { dns: { chart: 'dns', version: '1', namespace: 'dns' } }, releases: undefined }),
      'config/addons/defaults.ts',
      'repoURL',
    ],
  ])('is refused in a hub fleet: %s', (_, content, where, at) => {
    const found = hubProblemsOf(content).filter(({ code }) => code === 'oci-chart');
    expect(found.map((problem) => [problem.file, problem.place?.join('.')])).toEqual([[where, at]]);
  });

  test.each([
    ['a chart in a registry', { ...source, repoURL: 'ghcr.io/company/charts' }],
    ['an image', { repoURL: 'oci://ghcr.io/company/charts/web', path: '.', targetRevision: '1.0.0' }],
    ['an image with no chart, as Argo CD writes it out', { repoURL: 'oci://ghcr.io/company/web', chart: '', path: '.', targetRevision: '1.0.0' }],
    ['an image without path', { repoURL: 'oci://ghcr.io/company/web', targetRevision: '1.0.0' }],
  ])('%s is none', (_, fine) => {
    expect(problemsOf(apps({ web: application({ source: fine }) }))).toEqual([]);
  });
});

describe('expressions by which one cluster secret stops all', () => {
  const safe = '{{ index (get .metadata "annotations" | default dict) "a/id" | default "" }}';
  const set = (text: string, fields: object = {}) => ({
    kind: 'ApplicationSet',
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ clusters: { selector: { matchLabels: { tier: 'gold' } } } }],
    template: { metadata: { name: 'x-{{.name}}', annotations: { note: text } }, spec: { project: 'p', destination: { name: '{{.name}}' } } },
    ...fields,
  });
  const merge = { merge: { mergeKeys: ['name'], generators: [{ clusters: {} }, { list: { elements: [{ name: 'a' }] } }] } };

  test.each<readonly [name: string, text: string, fields: object]>([
    ['an annotation', '{{ index .metadata.annotations "a/id" }}', {}],
    ['a field of annotations', 'is {{ .metadata.annotations.id | default "x" }}', {}],
    ['a label that nobody selects by', '{{ .metadata.labels.zone }}', {}],
    ['labels that nobody selects by', '{{ index .metadata.labels "zone" }}', { generators: [{ clusters: {} }] }],
    ['annotations that are indexed, whatever the option', '{{ index .metadata.annotations "a/id" }}', { goTemplateOptions: ['missingkey=zero'] }],
    ['annotations that are indexed from above', '{{ index .metadata "annotations" "a/id" }}', { goTemplateOptions: ['missingkey=zero'] }],
    ['a look that is an error itself', '{{ if .metadata.annotations }}{{ .metadata.annotations.id }}{{ end }}', {}],
    ['a question for a key of what may not be there', '{{ hasKey .metadata.annotations "a/id" }}', {}],
    ['annotations of a cluster generator inside of another one', '{{ index .metadata.annotations "a/id" }}', { generators: [merge] }],
  ])('are noticed: %s', (_, text, fields) => {
    const [found, ...others] = problemsOf(apps({ web: set(text, fields) }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'cluster-secret', severity: 'notice', file, place: ['template', 'metadata', 'annotations', 'note'] });
  });

  test('are noticed in what a root injects by hand, with the spelling that is right', () => {
    const root = { kind: 'RootApplicationSet', clusterType: 'mgmt', inject: { id: '{{ index .metadata.annotations "a/id" }}' } };
    const [found, ...others] = problemsOf(apps({ root, web: application() }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'cluster-secret', severity: 'notice', hint: expect.stringContaining(safe) });
  });

  test.each<readonly [name: string, text: string, fields: object]>([
    ['the safe spelling', safe, {}],
    ['a label that the selector asks for', '{{ .metadata.labels.tier }} {{ index .metadata.labels "zone" }}', {}],
    ['what looks before it asks', '{{ if hasKey .metadata "annotations" }}{{ index .metadata.annotations "a/id" }}{{ end }}', {}],
    ['what gets before it asks', '{{ with get .metadata "annotations" }}{{ index . "a/id" }}{{ end }}', {}],
    ['a look, with another option', '{{ if .metadata.annotations }}{{ .metadata.annotations.id }}{{ end }}', { goTemplateOptions: ['missingkey=zero'] }],
    ['a field, with another option', '{{ .metadata.annotations.id }}', { goTemplateOptions: ['missingkey=zero'] }],
    ['no cluster generator', '{{ .metadata.annotations.id }}', { generators: [{ list: { elements: [{ metadata: {} }] } }] }],
    ['the annotations of something else', '{{ .app.metadata.annotations.id }}', {}],
  ])('are none: %s', (_, text, fields) => {
    expect(problemsOf(apps({ web: set(text, fields) }))).toEqual([]);
  });
});
