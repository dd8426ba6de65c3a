import fc from 'fast-check';
import { parse } from 'yaml';
import { texts } from '../../../store/output/output-folder';
import { addons, buildHubFleet, certManager, type HubContent, withAddons, withComponent } from '../../builders/hub-builder';

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are read here
type Loose = any;

/** What a hub is given, by path. */
function rendered(content: HubContent): ReadonlyMap<string, Loose> {
  return new Map([...texts(buildHubFleet(content).synth())].filter(({ path }) => path.startsWith('hubs/')).map(({ path, text }) => [path, parse(text)]));
}

function setOf(content: HubContent): Loose {
  return rendered(content).get('hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml').spec;
}

const annotation = 'argocd.argoproj.io/manifest-generate-paths';
const values = '/dist/{{ index (get .metadata "labels" | default dict) "fleet_member" | default "" }}s/{{ .name }}/values/addons/cert-manager.yaml';
const pathsOf = (content: HubContent): unknown => setOf(content).template.metadata.annotations?.[annotation];
const release = (pin: unknown) => ({ releases: { default: { components: { 'cert-manager': '1.0.0' } }, next: { components: { 'cert-manager': pin } } } });
const inGit = { repoURL: 'https://example.com/charts.git', chart: undefined, path: 'charts/web' };
const plain = { ...inGit, values: undefined, path: 'web' };

test.each<readonly [string, HubContent, string | undefined]>([
  ['a chart of a chart repository', withComponent({}), undefined],
  ['a chart of a chart repository that is said to read nothing else', withComponent({ alsoReads: [] }), undefined],
  ['a chart of a folder, which may depend on another one', withComponent(inGit), undefined],
  ['a chart of a folder that reads nothing else', withComponent({ ...inGit, alsoReads: [] }), `${values};/charts/web`],
  ['a chart of a folder that depends on another one', withComponent({ ...inGit, alsoReads: ['charts/lib'] }), `${values};/charts/web;/charts/lib`],
  ['a folder, which may be a Kustomization', withComponent(plain), undefined],
  ['a Kustomization with its base', withComponent({ ...plain, alsoReads: ['bases/web'] }), '/web;/bases/web'],
  ['an image', withComponent({ ...plain, repoURL: 'oci://registry.example.com/web', alsoReads: [] }), undefined],
  [
    'a folder beside another source',
    withComponent({ ...plain, alsoReads: [], extraSources: [{ repoURL: 'https://example.com/x.git', path: 'x', targetRevision: 'main' }] }),
    undefined,
  ],
  [
    'a folder that a release takes from a chart repository',
    withAddons({
      releases: release({ chart: 'cert-manager', repoURL: 'https://charts.jetstack.io', version: '2.0.0' }),
      components: { ...addons.components, 'cert-manager': { ...certManager, ...inGit, alsoReads: [] } },
    }),
    undefined,
  ],
  [
    'folders that differ between releases',
    withAddons({
      releases: release({ path: 'charts/next', version: 'v2', alsoReads: ['charts/lib'] }),
      components: { ...addons.components, 'cert-manager': { ...certManager, ...inGit, alsoReads: [] } },
    }),
    `${values};/charts/web;/charts/next;/charts/lib`,
  ],
])('%s: the paths whose commits render it anew are said only where all of them are known', (_, content, expected) => {
  expect(pathsOf(content)).toBe(expected);
});

const patience = { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: -1, refresh: true };

test('a component is synchronised until it succeeds, as roots are, unless it says otherwise', () => {
  expect(setOf({}).template.spec.syncPolicy.retry).toEqual(patience);
  expect(rendered({}).get('hubs/hub-1/bootstrap/root.yaml').spec.syncPolicy.retry).toEqual(patience);
  fc.assert(
    fc.property(
      fc.option(fc.record({ limit: fc.integer({ min: -1, max: 9 }) }), { nil: undefined }),
      fc.option(fc.record({ prune: fc.boolean() }), { nil: undefined }),
      fc.constantFrom('component', 'group', 'release'),
      (retry, automated, place) => {
        const syncPolicy = { ...(automated ? { automated } : {}), ...(retry ? { retry } : {}), syncOptions: ['CreateNamespace=true'] };
        const content =
          place === 'component'
            ? withComponent({ syncPolicy })
            : withAddons(
                place === 'group'
                  ? { defaults: { syncPolicy } }
                  : { releases: { releases: { default: { components: { 'cert-manager': { version: '1.0.0', syncPolicy } } } } } },
              );
        const expected = automated && !retry ? { ...syncPolicy, retry: patience } : syncPolicy;
        expect(setOf(content).template.spec.syncPolicy).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
});

test('whatever applies ExternalSecrets looks away from what only some versions of External Secrets default', () => {
  const files = rendered({});
  const roots = [files.get('hubs/hub-1/bootstrap/root.yaml').spec, files.get('hubs/hub-1/argocd/applicationsets/fleet-spokes.yaml').spec.template.spec];
  for (const { ignoreDifferences, syncPolicy } of roots) {
    expect(ignoreDifferences).toEqual([
      {
        group: 'external-secrets.io',
        kind: 'ExternalSecret',
        jqPathExpressions: [
          '.spec.data[]?.remoteRef?.nullBytePolicy',
          '.spec.dataFrom[]?.extract?.nullBytePolicy',
          '.spec.target?.template?.templateFrom[]?.valuesDecodingStrategy',
        ],
      },
    ]);
    // With it Argo CD would take whole lists from the cluster, and never apply a changed key.
    expect(syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
  }
});
