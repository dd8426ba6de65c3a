import { addons, certManager, type HubContent, hubProblemsOf, releases, spoke1, withAddons } from '../../builders/hub-builder';

interface Patch {
  readonly name?: string;
  readonly at?: readonly string[];
  readonly change?: object;
}

/** A patch of `cert-manager`, and one that moves its group to the release `next`, where it is 1.1.0 with a value of its own. */
function patched(component: Patch, release: Patch = {}, more: { readonly component?: object; readonly releases?: object } = {}): HubContent {
  const patchOf = ({ name = 'patch-001', at = ['shop'], change }: Patch) => ({ [name]: { rolledOutTo: at, change } });
  return withAddons({
    components: {
      ...addons.components,
      'cert-manager': { ...certManager, ...more.component, patches: patchOf({ change: { version: '1.0.5' }, ...component }) },
    },
    releases: {
      releases: { ...releases.releases, next: { components: { 'cert-manager': { version: '1.1.0', values: { replicas: 2 } } } } },
      ...more.releases,
      patches: patchOf({ name: 'patch-002', change: { release: 'next' }, ...release }),
    },
  });
}

test('a patch of a component that holds back what a newer patch of the releases brings is told, with both and the place', () => {
  expect(hubProblemsOf(patched({}))).toEqual([
    {
      code: 'rollout-inversion',
      severity: 'warning',
      message: "the older patch 'patch-001' of cert-manager wins over 'patch-002' of the releases in version",
      app: 'cert-manager',
      file: 'config/addons/cert-manager.ts',
      place: ['patches', 'patch-001'],
      target: 'addons/shop/dev/spoke-1',
      targets: 2,
      found: "1.0.5 of 'patch-001', not 1.1.0 of 'patch-002'",
      hint: "take it back, or let it reach the base first: `fleet rollback addons cert-manager patch-001 --everywhere`; where it is the newer one, give it a name that comes after 'patch-002'",
    },
  ]);
});

test.each<[string, HubContent]>([
  ['in values that the release says', patched({ change: { values: { replicas: 1 } } })],
  ['in a map that holds one of them', patched({ change: () => ({ values: { replicas: 1 } }) })],
  ['where both have one name, and the version of the component is earlier', patched({ name: 'patch-002' })],
  ['with a name of its own, and an earlier version', patched({ name: 'zz-top' })],
  ['where both have one name, and no version tells', patched({ name: 'patch-002', change: { values: { replicas: 1 } } })],
  ['from a broader path', patched({ at: ['shop', 'platform'] }, { at: ['shop/dev'] })],
  ['from a more specific one', patched({ at: ['shop/dev/spoke-1'] })],
])('so is one that does %s', (_, content) => {
  expect(hubProblemsOf(content)).toEqual([expect.objectContaining({ code: 'rollout-inversion', severity: 'warning', app: 'cert-manager' })]);
});

test.each<[string, HubContent]>([
  ['is the newer one', patched({ name: 'patch-003' })],
  ['has a name of its own and a later version', patched({ name: 'hotfix-1', change: { version: '1.1.1' } })],
  ['has a name of its own, and no version tells', patched({ name: 'cve-7', change: { values: { replicas: 1 } } })],
  ['has the same name and a later version', patched({ name: 'patch-002', change: { version: '1.1.1' } })],
  ['says the same as the release', patched({ change: { version: '1.1.0', values: { replicas: 2 } } })],
  ['says something else', patched({ change: { values: { crds: { enabled: false } } } })],
  ['sits somewhere else', patched({ at: ['platform'] })],
  ['sits nowhere', patched({ at: [] })],
  ['waits for a release that sits nowhere', patched({}, { at: [] })],
  ['is of a component that is not deployed there', patched({}, {}, { component: { overrides: { '*': { enabled: false } } } })],
  [
    'is beside a release that another layer chooses',
    patched({}, {}, { releases: { overrides: { 'shop/dev/spoke-1': { release: 'default' }, 'shop/prod/spoke-2': { release: 'default' } } } }),
  ],
  [
    'says what its release leaves as it was',
    patched({}, { change: { release: 'same' } }, { releases: { releases: { ...releases.releases, same: { components: { 'cert-manager': '1.0.0' } } } } }),
  ],
])('none is told of one that %s', (_, content) => {
  expect(hubProblemsOf(content).filter(({ code }) => code === 'rollout-inversion')).toEqual([]);
});

test('what a cluster does not get of the release is not held back there', () => {
  const content = patched({}, {}, {});
  const problems = hubProblemsOf({ ...content, spokes: { 'spoke-1': { ...spoke1, groups: { addons: { release: 'default' } } } } });
  expect(problems.filter(({ code }) => code === 'rollout-inversion')).toEqual([]);
});

test('nor does one hold back anything that another patch of the component overrules', () => {
  const patches = Object.fromEntries(['1.0.5', '1.2.0'].map((version, index) => [`patch-00${2 * index + 1}`, { rolledOutTo: ['shop'], change: { version } }]));
  const content = patched({});
  const { components, ...group } = content.groups?.['addons'] ?? addons;
  const both = { ...content, groups: { ...content.groups, addons: { ...group, components: { ...components, 'cert-manager': { ...certManager, patches } } } } };
  expect(hubProblemsOf(both).filter(({ code }) => code === 'rollout-inversion')).toEqual([]);
});
