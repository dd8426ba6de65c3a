import { longTest } from '../long-test';
import { partly } from '../runs';
import { HubWorkspace } from '../workspaces/hub-workspace';
import { changedTargets, type Form, formsOr, type RolloutWorkspace, sharedWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';

const chart = ['--repo', 'https://example.com/charts', '--chart', 'metrics-server', '--version', '3.13.0'];
const approved = ['stage', 'production', 'production/prod-sector-1'].flatMap((gate) => ['--approve', gate]);

describe.each(formsOr('typescript'))('a new app (%s)', (form) => {
  const unchanged = sharedWorkspace(() => startedWorkspace(form));

  test('is in every target of its cluster type, once every manual node is approved', async () => {
    const workspace = await startedWorkspace(form);
    const before = workspace.rendered();
    const waiting = await workspace.serve('new', 'app', 'management-cluster', 'metrics-server', ...chart);
    expect(waiting.status).toBe(3);
    expect(waiting.stdout).toContain(`To approve, add:\n  ${approved.join(' ')}\nTo let it start`);
    expect(workspace.rendered()).toEqual(before);
    const { status } = await workspace.serve(
      'new',
      'app',
      'management-cluster',
      'metrics-server',
      ...chart,
      ...approved,
      '--owner',
      'team',
      '--description',
      'Metrics',
    );
    expect(status).toBe(0);
    const after = workspace.rendered();
    const added = Object.keys(after).filter((path) => before[path] === undefined);
    expect(added).toHaveLength(9);
    expect(added.every((path) => path.endsWith('/templates/metrics-server.yaml'))).toBe(true);
    expect(Object.keys(before).filter((path) => after[path] !== before[path])).toEqual([]);
    const file = form === 'yaml' ? 'config/management-cluster/metrics-server/metadata.yaml' : 'config/management-cluster/metrics-server.ts';
    expect(workspace.read(file)).toContain('Metrics');
    expect((await workspace.serve('check')).stdout).toContain('dist/ is current');
    workspace.remove();
  });

  test('as a patch starts at the first path, and is promoted from there', async () => {
    const workspace = await startedWorkspace(form);
    const before = workspace.rendered();
    const { status } = await workspace.serve('new', 'app', 'management-cluster', 'metrics-server', ...chart, '--as-patch');
    expect(status).toBe(0);
    expect(changedTargets(before, workspace.rendered())).toEqual(
      ['us-central1', 'europe-west1'].map((region) => `management-cluster/integration/int-sector-1/${region}`).sort(),
    );
    const promoted = await workspace.serve('promote', 'management-cluster', 'metrics-server', 'patch-001');
    expect(promoted.stdout).toContain('integration/int-sector-2');
    workspace.remove();
  });

  longTest('may be rendered nowhere, and may have more fields', async () => {
    const workspace = await startedWorkspace(form);
    const before = workspace.rendered();
    const { status } = await workspace.serve(
      'new',
      'app',
      'management-cluster',
      'own',
      '--path',
      'apps/own',
      '--repo',
      'https://example.com/apps',
      '--disabled',
      '--set',
      'source.helm.valuesObject.size=2',
      '--namespace',
      'n',
    );
    expect(status).toBe(0);
    expect(workspace.rendered()).toEqual(before);
    const text = workspace.read(form === 'yaml' ? 'config/management-cluster/own/values.yaml' : 'config/management-cluster/own.ts');
    expect(text).toMatch(form === 'yaml' ? /size: 2\n {4}destination:\n {6}namespace: 'n'/ : /valuesObject: \{ size: 2 \}/);
    workspace.remove();
  });

  test.each(
    partly<readonly [readonly string[], string]>(
      [
        [['own'], "what shall 'own' deploy?"],
        [['own', '--chart', 'x', '--repo', 'y'], "of the chart of 'own' --version is missing"],
        [['own', '--chart', 'x', '--path', 'y'], '--chart and --path cannot both be given'],
        [['own', '--path', 'x', '--as-patch', '--disabled'], '--as-patch and --disabled cannot both be given'],
        [['Own', '--path', 'x'], "'Own' cannot name an app"],
        [['defaults', '--path', 'x'], "'defaults' cannot name an app"],
        [['prometheus', '--path', 'x'], "management-cluster has an app 'prometheus' already"],
      ],
      2,
    ),
  )('as %p is one message, and nothing is written', async (args, message) => {
    const before = unchanged().config();
    const { status, stderr } = await unchanged().serve('new', 'app', 'management-cluster', ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(unchanged().config()).toEqual(before);
  });
});

/** A fleet in YAML need not say what its repository is. */
async function withRepository(form: Form): Promise<RolloutWorkspace> {
  const workspace = await startedWorkspace(form);
  return form === 'yaml' ? workspace.edit('config/config.yaml', (text) => `repository: https://example.com/fleet\n${text}`) : workspace;
}

describe.each(formsOr('yaml'))('a new cluster type (%s)', (form) => {
  const unchanged = sharedWorkspace(() => withRepository(form));

  test('is deployed by its own Argo CD: nothing else changes', async () => {
    const workspace = await withRepository(form);
    const before = workspace.rendered();
    const { status, stdout } = await workspace.serve('new', 'cluster-type', 'edge');
    expect(status).toBe(0);
    expect(stdout).toContain('edge, a cluster type\n  rendered  at 9 targets');
    const after = workspace.rendered();
    expect(
      Object.keys(after)
        .filter((path) => after[path] !== before[path])
        .every((path) => path.startsWith('edge/')),
    ).toBe(true);
    expect((await workspace.serve('check')).status).toBe(0);
    expect((await workspace.serve('bootstrap', 'edge/integration/int-sector-1/us-central1')).status).toBe(0);
    workspace.remove();
  });

  longTest('may be deployed by another one, with an app of its own', async () => {
    const workspace = await withRepository(form);
    const before = workspace.rendered();
    const { status, stderr } = await workspace.serve('new', 'cluster-type', 'edge', '--host', 'infra-cluster', '--app', 'metrics-server', ...chart);
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    const after = workspace.rendered();
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.every((path) => path.startsWith('edge/') || /^infra-cluster\/.*\/templates\/edge-root\.yaml$/.test(path))).toBe(true);
    workspace.remove();
  });

  longTest('reads the repository that the fleet says is its own', async () => {
    const workspace = await startedWorkspace('yaml');
    const before = workspace.config();
    for (const args of [
      ['cluster-type', 'edge'],
      ['app', 'management-cluster', 'own', '--path', 'x', '--disabled'],
    ]) {
      const { status, stderr } = await workspace.serve('new', ...args);
      expect([status, stderr]).toEqual([1, expect.stringContaining('the fleet does not say which')]);
    }
    expect(workspace.config()).toEqual(before);
    workspace.remove();
  });

  test.each(
    partly<readonly [readonly string[], string]>(
      [
        [['edge', '--host', 'infra-cluster'], "'edge' would have no app: its root is one of 'infra-cluster'"],
        [['infra-cluster'], "there is a cluster type 'infra-cluster' already"],
        [['Edge'], "'Edge' cannot name a cluster type"],
      ],
      1,
    ),
  )('as %p is one message, and nothing is written', async (args, message) => {
    const before = unchanged().config();
    const { status, stderr } = await unchanged().serve('new', 'cluster-type', ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(unchanged().config()).toEqual(before);
  });
});

describe('with hubs and spokes', () => {
  test('a component starts as a patch, and an environment or a group changes nothing that runs', async () => {
    const workspace = new HubWorkspace();
    expect((await workspace.serve('synth')).status).toBe(0);
    expect((await workspace.serve('new', 'app', 'addons', 'keda', ...chart, '--as-patch')).status).toBe(0);
    expect(workspace.read('config/addons/keda.ts')).toContain("rolledOutTo: ['tenant1/dev']");
    expect((await workspace.serve('new', 'environment', 'tenant1/qa', '--before', 'prod')).status).toBe(0);
    expect(workspace.read('config/fleet.ts')).toContain("['dev', 'qa', { name: 'prod', promotion: 'manual' }]");
    expect((await workspace.serve('new', 'cluster-type', 'extras', '--app', 'own', ...chart)).status).toBe(0);
    expect((await workspace.serve('check')).status).toBe(0);
    const { status, stderr } = await workspace.serve('new', 'cluster', 'tenant1/dev/x');
    expect(status).toBe(1);
    expect(stderr).toContain('a cluster of a hub is a file of its own');
    workspace.remove();
  });
});
