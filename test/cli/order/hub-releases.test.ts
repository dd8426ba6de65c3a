import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();

/** The example with a patch of the releases at the first environment, and none of any component. */
async function started() {
  const workspace = await startedHub();
  known(workspace);
  return workspace;
}

const component = 'config/addons/cert-manager.ts';
const releases = 'config/addons/releases.ts';
const approve = ['tenant1/prod', 'tenant2/prod', 'platform/prod'].flatMap((path) => ['--approve', path]);

test('a patch of a component is behind those of the releases of its group, and the other way around', async () => {
  const workspace = await started();
  const begun = await workspace.serve('new', 'patch', 'addons', 'cert-manager', '--set', 'version=v1.30.0');
  expect([begun.status, begun.stdout]).toEqual([0, expect.stringContaining('patch-002 of cert-manager in addons')]);
  // The newer one wins where both are, and the older one goes on before it.
  const { status, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', ...approve);
  expect([status, stderr]).toEqual([0, '']);
  expect((await workspace.serve('check')).stderr).not.toContain('rollout-inversion');
});

test('a release does not go past a patch of a component that is older, and holds back what it brings', async () => {
  const workspace = await started();
  const release = /\n {2}patches: \{[\s\S]*?\n {2}\},\n/.exec(workspace.read(releases))?.[0] ?? '';
  workspace.edit(releases, (text) => text.replace(release, '\n'));
  const begun = await workspace.serve('new', 'patch', 'addons', 'cert-manager', '--set', 'version=v1.0.0', '--downgrade');
  expect([begun.status, begun.stderr]).toEqual([0, '']);
  const before = workspace.everything();
  const held = "the older 'patch-001' of cert-manager would win over 'patch-002' of the releases in version, at tenant1/dev/";
  const refused = await workspace.serve('new', 'patch', 'addons', 'releases', '--set', 'release=release1');
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(held)]);
  expect(refused.stderr).toContain('`fleet rollback addons cert-manager patch-001 --everywhere`');
  expect(workspace.everything()).toEqual(before);
  // By hand it can be written all the same: then it is told, and does not go on.
  workspace.edit(releases, (text) => text.replace('\n} satisfies', `${release.replace(/patch-001/, 'patch-002')}} satisfies`));
  const checked = await workspace.serve('check');
  expect(checked.stderr).toContain('warning rollout-inversion config/addons/cert-manager.ts');
  const promoted = await workspace.serve('promote', 'addons', 'releases', 'patch-002', ...approve);
  expect([promoted.status, promoted.stderr]).toEqual([
    1,
    expect.stringContaining("the older 'patch-001' of cert-manager wins over 'patch-002' of the releases"),
  ]);
  // Nor does the older one come where the release is already.
  workspace.edit(component, (text) => text.replace(/rolledOutTo: \[[^\]]*\]/, 'rolledOutTo: []'));
  expect((await workspace.serve('promote', 'addons', 'releases', 'patch-002', ...approve)).status).toBe(0);
  const entering = await workspace.serve('promote', 'addons', 'cert-manager', 'patch-001', '--hotfix', 'tenant1/dev', '--downgrade');
  expect([entering.status, entering.stderr]).toEqual([1, expect.stringContaining(held)]);
});

test('a release is taken back, whatever comes to light below it; and a component is mended beside it under a name of its own', async () => {
  const workspace = await started();
  const mended = await workspace.serve('new', 'patch', 'addons', 'cert-manager', '--set', 'version=v1.19.5', '--name', 'hotfix-1', '--dry-run');
  expect([mended.status, mended.stderr]).toEqual([0, '']);
  const newer =
    "    release2: { components: { 'metrics-server': '3.13.0', 'external-dns': '1.19.0', 'aws-load-balancer-controller': '1.14.1', 'cert-manager': 'v1.20.0' } },\n";
  workspace.edit(releases, (text) =>
    text
      .replace(/(?=\n {2}\},\n {2}release: 'default')/, `\n${newer.trimEnd()}`)
      .replace("'patch-001': {", "'patch-003': { description: 'C', rolledOutTo: ['tenant1/dev'], change: { release: 'release2' } },\n    'patch-002': {"),
  );
  workspace.edit(component, (text) =>
    text.replace('\n} satisfies', "\n  patches: { 'patch-001': { rolledOutTo: ['tenant1/dev'], change: { version: 'v1.20.0' } } },\n} satisfies"),
  );
  expect((await workspace.serve('check')).stderr).not.toContain('rollout-inversion');
  const { status, stderr } = await workspace.serve('rollback', 'addons', 'releases', 'patch-003', '--everywhere', '--no-synth');
  expect([status, stderr]).toEqual([0, '']);
  expect((await workspace.serve('check')).stderr).toContain('rollout-inversion');
});
