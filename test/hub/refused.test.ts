import { certManager, hubProblemsOf, releases, spoke1, spoke2, withAddons, withComponent } from '../builders/hub-builder';

/** What Argo CD would refuse is refused before it is rendered. */

function found(content: Parameters<typeof hubProblemsOf>[0]) {
  return hubProblemsOf(content).map(({ code, file, place, target, targets }) => ({
    code,
    file,
    place: place?.join('.'),
    ...(target === undefined ? {} : { target, targets }),
  }));
}

const own = { repoURL: undefined, chart: undefined, path: 'charts/cert-manager' };

test.each(['https://example.com/fleet.git', 'https://example.com/Fleet', undefined])(
  'a chart of the repository of the fleet, %s, is one commit with its values',
  (repoURL) => {
    const pinned = { code: 'component-source', file: 'config/addons/releases.ts' };
    expect(found(withComponent({ ...own, repoURL }))).toEqual([
      { ...pinned, place: 'releases.default.components.cert-manager' },
      { ...pinned, place: 'releases.next.components.cert-manager' },
    ]);
  },
);

test('a version that all releases have of the component is one mistake', () => {
  const components = { 'cert-manager': { ...certManager, ...own, version: 'v1' } };
  expect(found(withAddons({ releases: { releases: { default: {}, next: {} } }, components }))).toEqual([
    { code: 'component-source', file: 'config/addons/cert-manager.ts', place: 'version' },
  ]);
});

test.each([
  ['at the revision of the fleet', { ...own, version: 'HEAD' }],
  ['without a version', own],
  ['of another repository', { ...own, repoURL: 'https://example.com/charts.git', version: 'v1' }],
  ['that is no chart, and so has no values', { ...own, values: undefined, overrides: {}, version: 'v1' }],
])('a path %s is fine', (_, fields) => {
  const components = { 'cert-manager': { ...certManager, ...fields } };
  expect(found(withAddons({ releases: { releases: { default: {} } }, components }))).toEqual([]);
});

test('a component whose Applications would be called as the root of a spoke is refused', () => {
  const content = { ...withComponent({ applicationName: 'fleet-a' }), spokes: { 'a-b': spoke2, b: spoke1 } };
  expect(found(content)).toEqual([{ code: 'duplicate-name', file: 'config/addons/cert-manager.ts', place: '', target: 'addons/shop/dev/b', targets: 1 }]);
});

test('two components that call their Applications the same are one mistake, at however many members', () => {
  const twin = { ...certManager, applicationName: 'cert-manager', version: '1.0.0' };
  expect(found(withAddons({ releases, components: { 'cert-manager': certManager, twin } }))).toEqual([
    { code: 'duplicate-name', file: 'config/addons/twin.ts', place: '', target: expect.stringMatching(/^addons\//), targets: 3 },
  ]);
});
