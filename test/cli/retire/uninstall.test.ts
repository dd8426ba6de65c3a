import { longTest } from '../../long-test';
import { type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { committed, json, refusals, retired, type Steps } from './retiring';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();
const component = 'config/addons/cert-manager.ts';
const set = 'dist/hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml';

async function hubs(): Promise<HubWorkspace> {
  const workspace = await startedHub();
  known(workspace);
  return workspace;
}

/** What a layer of the component says at a node, committed. */
async function said(workspace: HubWorkspace, path: string, layer: string): Promise<void> {
  workspace.edit(component, (text) =>
    text.replace(/ {4}(?:'\S+'|\w+): \{[^{}]*uninstall[^{}]*\},\n/, '').replace('overrides: {\n', `overrides: {\n    '${path}': { ${layer} },\n`),
  );
  expect((await workspace.serve('synth')).status).toBe(0);
}

test('a component is told first, node by node; it says what goes, and what to wait for', async () => {
  const workspace = await hubs();
  const { stdout } = await workspace.serve('retire', 'addons', 'cert-manager', '--uninstall', '--commit');
  expect(stdout).toContain(`cert-manager of addons: deployed at 7 of 7 targets

 1. Let what cert-manager deployed go with it at tenant1/dev (2 targets): this one
    run       npx fleet retire addons cert-manager --uninstall
    effect    its Application gets the finalizer, and nothing goes yet: when it is removed, all that it deployed goes`);
  expect(stdout).toContain('    wait for  kubectl -n argocd get applications -l fleet/component=cert-manager -o custom-columns=');
  expect(stdout).toContain(
    ' 2. Let what cert-manager deployed go with it at tenant1/prod (1 target): later\n    run       npx fleet retire addons cert-manager --uninstall --approve tenant1/prod\n',
  );
  expect(stdout).toContain(' 6. Switch cert-manager off, node by node: later\n');
  expect(stdout).toContain('effect    Argo CD removes its Application, and by the finalizer all that it deployed\n');
  expect(workspace.read(component)).toContain('change: { uninstall: true }');
  expect(workspace.read(set)).toMatch(/finalizers:\n +- resources-finalizer\.argocd\.argoproj\.io\n/);
  // Who asks for it allows it: the message says so.
  expect(workspace.git('log', '-1', '--format=%B')).toMatch(/^Fleet-Allows: removal addons\/cert-manager tenant1\/dev [0-9a-f]{16}$/m);
  expect(await refusals(workspace)).toEqual([]);
  expect((await workspace.serve('clusters', 'tenant1-dev-workload1')).stdout).toMatch(/addons\/cert-manager .* from hub-1, being uninstalled\n/);
  // What is not to go with a move is not moved now.
  for (const args of [
    ['move', 'tenant1-dev-workload1', '--to', 'distributed'],
    ['retire', 'tenant1-dev-workload1'],
  ]) {
    const { status, stderr } = await workspace.serve(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining('cert-manager of tenant1-dev-workload1 is being uninstalled')]);
  }
  const waiting = await workspace.serve('retire', 'addons', 'cert-manager', '--uninstall');
  expect([waiting.status, waiting.stdout]).toEqual([
    3,
    expect.stringContaining('To approve:\n  npx fleet retire addons cert-manager --uninstall --approve tenant1/prod\n'),
  ]);
});

longTest('every commit on the way passes, until it is forgotten', async () => {
  const workspace = await hubs();
  workspace.edit('config/hubs/hub-1.ts', (text) => text.replace(/\n.*cert-manager.*enabled: true.*/, ''));
  await workspace.serve('synth');
  workspace.git('commit', '-q', '-a', '-m', 'Take it out of the hub');
  const nodes = ['tenant1/dev (2 targets)', 'tenant1/prod (1 target)', 'tenant2/dev (1 target)', 'tenant2/prod (2 targets)'];
  expect(await retired(workspace, 'addons', 'cert-manager', '--uninstall')).toEqual([
    ...nodes.map((node) => `Let what cert-manager deployed go with it at ${node}`),
    ...nodes.map((node) => `Switch cert-manager off at ${node}`),
    'Take cert-manager out of the configuration',
  ]);
  expect(workspace.read('config/addons/releases.ts')).not.toContain("'cert-manager'");
  expect((await workspace.serve('check')).status).toBe(0);
});

describe('by hand, fleet check --since', () => {
  test('asks for a statement where Applications get the finalizer', async () => {
    const workspace = await hubs();
    await said(workspace, 'tenant1/dev', 'uninstall: true');
    const { status, stdout, stderr } = await workspace.serve('check', '--since', 'HEAD');
    expect(status).toBe(1);
    expect(stderr).toContain('the finalizers changes at tenant1/dev/tenant1-dev-workload1, tenant1/dev/tenant1-dev-workload2');
    expect(stderr).toContain('Namespaces and PersistentVolumeClaims among it');
    expect(stdout).toMatch(/Fleet-Allows: removal addons\/cert-manager tenant1\/dev [0-9a-f]{16}/);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Tell it');
    await said(workspace, 'tenant1/dev', 'uninstall: true, enabled: false');
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Switch it off');
    expect(await refusals(workspace)).toEqual([]);
    expect(workspace.read(set)).toContain('resources-finalizer.argocd.argoproj.io');
    await said(workspace, 'tenant1/dev', 'uninstall: false, enabled: false');
    workspace.git('commit', '-q', '-a', '-m', 'Forget it');
    expect(await refusals(workspace)).toEqual([]);
  });

  test('refuses to switch off in the commit whose base tells it', async () => {
    const workspace = await hubs();
    workspace.edit(component, (text) => text.replace('overrides: {\n', "uninstall: true,\n  overrides: {\n    'tenant1/dev': { enabled: false },\n"));
    expect((await workspace.serve('synth')).status).toBe(0);
    expect(workspace.read('dist/_record/addons/cert-manager.yaml')).toContain("uninstalls:\n  - '*'\n");
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Both');
    expect(await refusals(workspace)).toContain(
      "removal: 'cert-manager' is switched off in the change that uninstalls it, at tenant1/dev/tenant1-dev-workload1",
    );
  });

  test('refuses to switch off in the commit whose base takes it out', async () => {
    const workspace = await hubs();
    const said = (was: string, is: string) => workspace.edit(component, (text) => text.replace(was, is));
    said('overrides: {\n', 'uninstall: true,\n  overrides: {\n');
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Tell it');
    said('uninstall: true,\n  overrides: {\n', "overrides: {\n    'tenant1/dev': { enabled: false },\n");
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Both');
    expect(await refusals(workspace)).toContain(
      "removal: 'cert-manager' is switched off in the change that takes `uninstall` out, at tenant1/dev/tenant1-dev-workload1",
    );
  });

  longTest('refuses to switch off in the commit that tells it, and in the one that tells it otherwise', async () => {
    const workspace = await hubs();
    await said(workspace, 'tenant1/dev', 'uninstall: true, enabled: false');
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Both');
    // Two Argo CDs do it, each for itself.
    expect(await refusals(workspace)).toEqual(
      [1, 2].map((number) => `removal: 'cert-manager' is switched off in the change that uninstalls it, at tenant1/dev/tenant1-dev-workload${number}`),
    );
    await said(workspace, 'tenant2/dev', 'uninstall: true');
    workspace.git('commit', '-q', '-a', '-m', 'Tell it');
    workspace.edit(component, (text) => text.replace("'tenant2/dev': { uninstall: true }", "'tenant2/dev': { enabled: false }"));
    await workspace.serve('synth');
    workspace.git('commit', '-q', '-a', '-m', 'Both');
    expect(await refusals(workspace)).toEqual([
      "removal: 'cert-manager' is switched off in the change that takes `uninstall` out, at tenant2/dev/tenant2-dev-workload1",
    ]);
  });

  longTest('refuses to give it to another Argo CD meanwhile', async () => {
    const workspace = await hubs();
    await said(workspace, 'tenant1/dev', 'uninstall: true');
    workspace.git('commit', '-q', '-a', '-m', 'Tell it');
    workspace.edit('config/spokes/tenant1-dev-workload2.ts', (text) => text.replace(/manages: \[.*\]/, "manages: ['resources']"));
    await workspace.serve('synth');
    workspace.git('commit', '-q', '-a', '-m', 'Take addons back');
    expect(await refusals(workspace)).toContain(
      "removal: 'cert-manager' goes to another Argo CD while it is being uninstalled, at tenant1/dev/tenant1-dev-workload2",
    );
  });
});

test('at one node it is told there, and then switched off there: each commit passes', async () => {
  const workspace = await hubs();
  const words = ['retire', 'addons', 'cert-manager', '--uninstall', '--at', 'tenant1/dev'];
  const first = await committed(workspace, ...words);
  expect(first.stdout).toContain(`cert-manager of addons at tenant1/dev: deployed at 2 of 2 targets

 1. Let what cert-manager deployed go with it at tenant1/dev (2 targets): this one
    run       npx fleet retire addons cert-manager --uninstall --at tenant1/dev
`);
  expect(first.stdout).toContain(' 2. Switch cert-manager off at tenant1/dev (2 targets): later\n');
  expect(workspace.read(component)).toContain("'tenant1/dev': { uninstall: true }");
  expect(workspace.git('log', '-1', '--format=%B')).toMatch(/^Fleet-Allows: removal addons\/cert-manager tenant1\/dev [0-9a-f]{16}$/m);
  await committed(workspace, ...words);
  expect(workspace.read(component)).toMatch(/'tenant1\/dev': \{ uninstall: true, enabled: false \}/);
  const done = await workspace.serve(...words);
  expect([done.status, done.stderr, done.stdout]).toEqual([
    0,
    '',
    `cert-manager of addons at tenant1/dev: deployed at 0 of 2 targets

 1. Let what cert-manager deployed go with it at tenant1/dev (2 targets): done

 2. Switch cert-manager off at tenant1/dev (2 targets): done
`,
  ]);
});

test('at one node, a gate waits, and a layer that keeps it is named', async () => {
  const workspace = await hubs();
  const before = workspace.everything();
  const words = ['retire', 'addons', 'cert-manager', '--uninstall', '--at'];
  const waiting = await workspace.serve(...words, 'tenant1/prod');
  expect([waiting.status, waiting.stdout]).toEqual([
    3,
    expect.stringContaining('To approve:\n  npx fleet retire addons cert-manager --uninstall --at tenant1/prod --approve tenant1/prod\n'),
  ]);
  const unknown = await workspace.serve(...words, 'tenant9');
  expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining("'tenant9'")]);
  const alone = await workspace.serve('retire', 'addons', 'cert-manager', '--at', 'tenant1/dev');
  expect([alone.status, alone.stderr]).toEqual([1, expect.stringContaining('`--at` goes with `--uninstall` alone')]);
  expect(workspace.everything()).toEqual(before);
  workspace.edit('config/hubs/hub-1.ts', (text) => text.replace("'cert-manager': { enabled: true }", "'cert-manager': { enabled: true, uninstall: false }"));
  await workspace.serve('synth');
  const kept = await workspace.serve(...words, 'platform', '--approve', 'platform/prod');
  expect([kept.status, kept.stderr]).toEqual([
    1,
    expect.stringContaining('cert-manager of addons would leave what it deployed behind at platform/prod/hub-1, which an override of platform does not change'),
  ]);
});

test.each([
  [['tenant1-dev-workload1'], '`--uninstall` is for components of hubs', 'a spoke is retired with what runs on it'],
  [['bootstrap', 'argo-cd'], "'argo-cd' cannot be uninstalled", 'take the cluster out of the fleet as a whole'],
])('%j cannot be uninstalled, and nothing is written', async (names, message, hint) => {
  const workspace = await hubs();
  const before = workspace.everything();
  const { status, stderr } = await workspace.serve('retire', ...names, '--uninstall');
  expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(stderr).toContain(hint);
  expect(workspace.everything()).toEqual(before);
});

test('a layer that keeps it is named', async () => {
  const workspace = await hubs();
  workspace.edit('config/hubs/hub-1.ts', (text) => text.replace("'cert-manager': { enabled: true }", "'cert-manager': { enabled: true, uninstall: false }"));
  await workspace.serve('synth');
  const { stdout } = await workspace.serve('retire', 'addons', 'cert-manager', '--uninstall', '--dry-run');
  expect(stdout).toContain('by hand  override platform/prod/hub-1 keeps it at platform/prod/hub-1: take `uninstall` out of it first\n');
});

longTest('the plan is data, too', async () => {
  const workspace = await hubs();
  const { steps } = json<Steps>(await workspace.serve('retire', 'addons', 'cert-manager', '--uninstall', '--dry-run', '--json'));
  expect(steps.map(({ state }) => state)).toEqual(['next', 'later', 'later', 'later', 'later', 'later', 'later']);
});
