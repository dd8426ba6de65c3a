import fc from 'fast-check';
import type { FleetOutput } from '../../../constructs';
import { appRecord } from '../../../store/state/git-state';
import { recordedLaw } from '../../../store/state/recorded-law';
import { application, apps, buildFleet } from '../../builders/fleet-builder';
import { addons, bootstrap, buildHubFleet, certManager, releases } from '../../builders/hub-builder';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { CommittedOutput } from './state-law';

const folders = new TemporaryFolders();
const hour = 3_600_000;

const freeze = { reason: 'year end', until: '2026-12-31' };
const ofRegions = buildFleet({
  fleet: {
    repository: 'https://example.com/fleet.git',
    promotionLevel: 'region',
    dimensions: ['environments', { plural: 'countries', singular: 'country' }, 'regions'],
    environments: [
      { name: 'dev', promotion: 'automated', soak: '0s', approvers: [], countries: [{ name: 'fr', soak: '1d12h', regions: ['a', 'b'] }] },
      {
        name: 'prod',
        promotion: 'manual',
        budget: { targets: 5, countries: 1 },
        countries: [
          {
            name: 'fr',
            approvers: ['@company/sre'],
            regions: [
              { name: 'a', freeze },
              { name: 'b', freeze: 'why' },
            ],
          },
        ],
      },
    ],
  },
  ...apps({
    web: application({
      patches: {
        late: { rolledOutTo: [], change: { project: 'x' } },
        // It comes after what wins over it everywhere, and is recorded all the same.
        'a-patch': { rolledOutTo: ['prod/fr/a', 'dev'], change: { source: { targetRevision: '1.1.0' } } },
        override: { rolledOutTo: ['dev/fr'], change: { source: { targetRevision: '1.1.0' } } },
      },
    }),
    plain: application(),
    'two/both': {
      apps: { one: application(), other: application() },
      patches: { shared: { rolledOutTo: ['dev'], change: { one: { project: 'x' } } } },
    },
  }),
});

const patch = (at: string, change: object) => ({ 'patch-001': { rolledOutTo: [at], change } });
const ofHubs = buildHubFleet({
  fleet: {
    topology: 'hub-and-spoke',
    repository: 'https://example.com/fleet.git',
    tenants: [
      { name: 'shop', budget: { clusters: 2, environments: 1 }, environments: ['dev', { name: 'prod', promotion: 'manual', soak: '7d' }] },
      { name: 'platform', freeze: 'why', environments: ['prod'] },
    ],
  },
  members: { settings: { secretStore: { aws: { region: 'eu-west-1' } }, patches: patch('platform', { annotations: { a: 'b' } }) } },
  groups: {
    addons: {
      ...addons,
      components: { ...addons.components, 'cert-manager': { ...certManager, patches: patch('shop/dev', { values: { x: 1 } }) } },
      releases: { ...releases, patches: patch('shop', { release: 'next' }) },
    },
    bootstrap,
  },
});

/** The law and the places of patches that Git recorded of a fleet, which are those of the configuration. */
function recordedOf(output: FleetOutput, ...patches: readonly string[]) {
  const [recorded, rendered] = new CommittedOutput(folders.make()).states(output).map(({ fleet, records }) => ({
    law: fleet.law,
    patches: records
      .flatMap(({ clusterType, app, read }) =>
        patches.flatMap((one) => {
          const at = read().patchAt?.(one);
          return at === undefined ? [] : [`${clusterType}/${app} ${one}: ${at.join(', ')}`];
        }),
      )
      .sort(),
  }));
  expect(recorded).toEqual(rendered);
  return recorded;
}

test('the law of a fleet of regions is recorded, and where its patches sit', () => {
  expect(recordedOf(ofRegions.synth(), 'a-patch', 'late', 'patch override', 'override', 'shared')).toEqual({
    law: {
      level: 'region',
      nodes: [
        { path: 'dev/fr', soak: 36 * hour },
        { path: 'prod', promotion: 'manual', budget: { targets: 5, country: 1 } },
        { path: 'prod/fr', approvers: ['@company/sre'] },
        { path: 'prod/fr/a', freeze: { ...freeze, ends: Date.parse('2026-12-31T23:59:59.999Z') } },
        { path: 'prod/fr/b', freeze: { reason: 'why' } },
      ],
      exemptions: [],
    },
    patches: ['mgmt/one shared: dev', 'mgmt/other shared: dev', 'mgmt/web a-patch: dev, prod/fr/a', 'mgmt/web late: ', 'mgmt/web patch override: dev/fr'],
  });
});

test('the law of a fleet of hubs is recorded, and where patches of components, releases and settings sit', () => {
  expect(recordedOf(ofHubs.synth(), 'patch-001')).toEqual({
    law: {
      nodes: [
        { path: 'shop', budget: { cluster: 2, environment: 1 } },
        { path: 'shop/prod', promotion: 'manual', soak: 7 * 24 * hour },
        { path: 'platform', freeze: { reason: 'why' } },
      ],
      exemptions: [],
    },
    patches: ['addons/cert-manager patch-001: shop/dev', 'addons/releases patch-001: shop', 'members/settings patch-001: platform'],
  });
});

const exemption = { rule: 'removal', app: '*', path: '*', reason: 'x', owner: 'y', until: '2026-12-31' };

test.each([
  ['nothing', undefined, undefined],
  ['a text', 'x', undefined],
  ['a list', [{ path: 'a' }], undefined],
  ['an empty map', {}, { nodes: [], exemptions: [] }],
  ['lists that are none', { level: 7, nodes: 'x', exemptions: { a: 1 } }, { nodes: [], exemptions: [] }],
  ['nodes that are none', { nodes: [null, 7, [], { promotion: 'manual' }, { path: 7 }, { path: 'a' }] }, { nodes: [{ path: 'a' }], exemptions: [] }],
  [
    'what a node cannot say',
    { nodes: [{ path: 'a', promotion: 'manuel', soak: '1 day', approvers: ['@a', 7, null], freeze: 'x', budget: { targets: 0, sector: 1.5, region: 2 } }] },
    { nodes: [{ path: 'a', approvers: ['@a'], budget: { region: 2 } }], exemptions: [] },
  ],
  [
    'an end of a freeze that nobody can read, which binds',
    {
      nodes: [
        { path: 'a', freeze: { reason: 'x', until: 'soon' } },
        { path: 'b', freeze: { reason: 'x', until: 7 } },
      ],
    },
    {
      nodes: [
        { path: 'a', freeze: { reason: 'x', until: 'soon' } },
        { path: 'b', freeze: { reason: 'x' } },
      ],
      exemptions: [],
    },
  ],
  [
    'exemptions that are not whole',
    { exemptions: [{ ...exemption, until: undefined }, { ...exemption, until: 'soon' }, { ...exemption, rule: 7 }, exemption, 'x'] },
    { nodes: [], exemptions: [exemption] },
  ],
])('of %s as the law as much is read as there is', (_, written, law) => {
  expect(recordedLaw(written)).toEqual(law);
});

test('whatever stands there, reading it is no mistake', () => {
  const any = fc.anything();
  const node = fc.record({ path: fc.oneof(any, fc.constant('a')), promotion: any, soak: any, approvers: any, freeze: any, budget: any }, { requiredKeys: [] });
  const law = fc.record({ level: any, nodes: fc.oneof(any, fc.array(fc.oneof(any, node))), exemptions: any }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(any, law), (written) => {
      recordedLaw(written);
    }),
  );
});

test('patches that a record does not say whole sit nowhere', () => {
  const record = (patches: unknown) => appRecord({ rendered: [], layers: [], patches } as never);
  expect(record(undefined)).toEqual({ rendered: [], layers: [] });
  expect(record('x')).toEqual({ rendered: [], layers: [] });
  expect(record([null, 7, { at: ['a'] }, { patch: 'x', at: ['a', 7] }, { patch: 'y' }]).patches).toEqual([
    { patch: 'x', at: ['a'] },
    { patch: 'y', at: [] },
  ]);
});
