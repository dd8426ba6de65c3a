import fc from 'fast-check';
import { isError } from '../../../layers/problem';
import { hostileValues, nowhereData } from '../../builders/hostile-values';
import { bootstrap, certManager, dns, fleetFile, type HubContent, hub1, hubProblemsOf, releases, settings, spoke1, spoke2 } from '../../builders/hub-builder';

type Tree = { readonly [key: string]: unknown };

/** A fleet that says everything there is to say. */
const everything = {
  fleet: {
    ...fleetFile,
    revision: 'main',
    path: 'dist',
    labelPrefix: 'fleet',
    argoCD: '3.6',
    promotionLevel: 'environment',
    platformNamespace: 'argocd',
    labelNames: { tenant: 'team', enable: 'enable_{component}' },
    notSecret: { 'cert-manager.values.token': 'the name of a file' },
  },
  hubs: { 'hub-1': { ...hub1, labels: { tier: 'gold' }, annotations: { region: 'x' }, components: { dns: { enabled: true, values: { a: { b: 1 } } } } } },
  spokes: {
    'spoke-1': { ...spoke1, groups: { addons: { release: 'next' } } },
    'spoke-2': {
      ...spoke2,
      labels: { tier: 'gold' },
      secretStore: { aws: { region: 'us-east-1', role: 'arn:aws:iam::1:role/x' } },
      components: { 'cert-manager': { enabled: true, values: { list: [1, { b: 2 }] } } },
    },
  },
  members: {
    settings: {
      ...settings,
      description: 'x',
      owners: ['team@example.com'],
      labels: { stage: 'x' },
      repositories: {
        company: { url: 'https://example.com', scope: 'repository', project: 'p', githubApp: { secret: 's', enterpriseUrl: 'https://ghe.example.com' } },
        charts: { url: 'example.com', ecr: { region: 'us-east-1', role: 'arn', serviceAccount: 's' } },
      },
      overrides: { '*': { labels: { z: 'y' } }, shop: { annotations: { x: 'y' } } },
      patches: { p: { description: 'x', rolledOutTo: ['shop/dev'], change: { labels: { q: 'r' } } } },
    },
  },
  groups: {
    addons: {
      defaults: { description: 'x', owners: ['x'], namespace: 'ns', repoURL: 'https://charts.example.com', syncPolicy: { automated: { prune: true } } },
      releases: {
        release: 'default',
        overrides: { shop: { release: 'next' } },
        patches: { p: { rolledOutTo: ['shop/dev'], change: { release: 'next' } } },
        releases: {
          ...releases.releases,
          next: {
            description: 'x',
            components: {
              'cert-manager': { version: '1', namespace: 'cm', helm: { skipCrds: true }, ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['/data'] }] },
              dns: '2.1.0',
            },
          },
        },
      },
      components: {
        dns,
        'cert-manager': {
          ...certManager,
          project: 'default',
          applicationName: 'cm',
          selector: { matchLabels: { tier: 'gold' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }] },
          syncPolicy: { automated: { prune: true }, retry: { limit: 3 } },
          extraSources: [{ repoURL: 'https://example.com', path: 'y' }],
          helm: { releaseName: 'x', parameters: [{ name: 'a', value: 'b' }] },
          notSecret: { 'values.password': 'the name of a file' },
          notTemplate: { 'values.region': 'a chart fills it in' },
          patches: { p: { rolledOutTo: ['shop'], change: { enabled: true, values: { a: 1, token: 'x', password: 'x', region: '{{ .name }}' } } } },
        },
      },
    },
    bootstrap,
  },
};

/** How many keys lead to what a file exports. */
function depthOfFile([top, , third]: readonly string[]): number {
  if (top === 'groups') return third === 'components' ? 4 : 3;
  return top === 'fleet' ? 1 : 2;
}

/** Every place in what files export, as keys from the top of the fleet. */
function* places(value: unknown, above: readonly string[] = []): Generator<readonly string[]> {
  if (above.length >= depthOfFile(above)) yield above;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* places(item, [...above, key]);
}

function withValue(tree: unknown, [key, ...below]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) return tree.map((item, index) => (String(index) === key ? withValue(item, below, value) : item));
  return { ...(tree as Tree), [key]: withValue((tree as Tree)[key], below, value) };
}

test('the fleet that says everything has no mistake', () => {
  expect(hubProblemsOf(everything)).toEqual([]);
});

test('whatever stands anywhere in the configuration, it is a mistake in a file or none: never a bug', () => {
  const all = [...places(everything)];
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...Object.keys(hostileValues)), (place, value) => {
      const problems = hubProblemsOf(withValue(everything, place, hostileValues[value]) as HubContent);
      for (const problem of problems) expect(problem).toMatchObject({ file: expect.stringMatching(/^config\//), message: expect.stringMatching(/\S/) });
    }),
    { numRuns: 400 },
  );
});

test('what is data nowhere is a mistake wherever it stands', () => {
  const all = [...places(everything)];
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...nowhereData), (place, value) => {
      const problems = hubProblemsOf(withValue(everything, place, hostileValues[value]) as HubContent);
      expect([place, value, problems.filter(isError)]).toEqual([place, value, expect.arrayContaining([expect.anything()])]);
    }),
    { numRuns: 300 },
  );
});

test('whatever the files export as a whole, it is a mistake in that file', () => {
  for (const place of places(everything)) {
    if (place.length > depthOfFile(place) || place[0] === 'fleet') continue;
    for (const value of [null, 5, 'garbage', [], () => ({})]) {
      const problems = hubProblemsOf(withValue(everything, place, value) as HubContent);
      expect(problems).toMatchObject([{ code: 'config-shape', message: 'the default export cannot be read' }]);
    }
  }
});
