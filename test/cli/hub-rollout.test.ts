import { parse } from 'yaml';
import { RecordReader } from '../../layers/record';
import { longTest } from '../long-test';
import { differences, HubWorkspace, startedHub } from '../workspaces/hub-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: HubWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

async function example(change?: (workspace: HubWorkspace) => void): Promise<HubWorkspace> {
  const workspace = change ? new HubWorkspace() : await startedHub();
  workspaces.push(workspace);
  return change ? workspace.started(change) : workspace;
}

const approve = ['tenant1/prod', 'tenant2/prod', 'platform/prod'].flatMap((path) => ['--approve', path]);

describe('a release moves through the fleet as a patch', () => {
  test('each step changes the labels of the clusters that it enters, and nothing else', async () => {
    const workspace = await example();
    const steps: (readonly string[])[] = [];
    for (let step = 0; step < 4; step += 1) {
      const before = workspace.rendered();
      const { status, stdout, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', ...approve);
      expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({ status: 0, stderr: '', stdout: '' });
      const after = workspace.rendered();
      const changed = differences(before, after).filter((line) => line !== 'changed _record/addons/releases.yaml');
      steps.push(changed);
      for (const line of changed) {
        const path = line.slice('changed '.length);
        const lines = (text = '') => text.split('\n');
        const other = lines(before[path]).flatMap((text, index) =>
          text === lines(after[path])[index] ? [] : [[text.trim(), lines(after[path])[index]?.trim()]],
        );
        expect(other).toEqual([['addonsRelease: default', 'addonsRelease: release1']]);
      }
    }
    expect(steps).toEqual([
      ['changed hubs/hub-1/argocd/members/tenant1-prod-workload1.yaml'],
      ['changed hubs/hub-1/argocd/members/tenant2-dev-workload1.yaml', 'changed spokes/tenant2-dev-workload1/argocd/members/tenant2-dev-workload1.yaml'],
      [
        'changed hubs/hub-1/argocd/members/tenant2-prod-workload1.yaml',
        'changed hubs/hub-1/argocd/members/tenant2-prod-workload2.yaml',
        'changed spokes/tenant2-prod-workload1/argocd/members/tenant2-prod-workload1.yaml',
      ],
      ['changed hubs/hub-1/argocd/members/hub-1.yaml'],
    ]);
    // In the base it is the only release that anybody has. The other one stays until somebody removes it: nobody is without one meanwhile.
    const before = workspace.rendered();
    expect((await workspace.serve('promote', 'addons', 'releases', 'patch-001')).stdout).toContain('integrates  into the base');
    expect(workspace.read('config/addons/releases.ts')).toContain("  release: 'release1',\n} satisfies ReleasesConfig;");
    expect(differences(before, workspace.rendered())).toEqual(['changed _record/addons/releases.yaml']);
    const { status, stderr } = await workspace.serve('check');
    expect(status).toBe(0);
    expect(stderr).toContain('notice release-unused config/addons/releases.ts');
    expect(stderr).toContain("nobody has the release 'default' of addons");
    workspace.edit('config/addons/releases.ts', (text) => text.replace(/ {4}default: \{[\s\S]*?\n {4}\},\n/, ''));
    expect((await workspace.serve('synth')).status).toBe(0);
    const changed = differences(before, workspace.rendered());
    expect(changed.filter((line) => !/^changed (hubs|spokes)\/[^/]+\/argocd\/applicationsets\/addons\//.test(line))).toEqual([
      'changed _record/addons/releases.yaml',
    ]);
    expect(changed).toHaveLength(16);
  });

  test('plan, status and a closed gate speak of groups and clusters', async () => {
    const workspace = await example();
    expect((await workspace.serve('status', 'addons')).stdout).toContain(
      'patch-001 of releases in addons: Addons release1\n  progress  █████░░░░░░░░░░░░░░░ 2 of 7 targets\n  at        tenant1/dev\n',
    );
    expect((await workspace.serve('plan', 'addons', 'releases', 'patch-001')).stdout).toContain('  4. enters      platform/prod (1 target)\n');
    const waiting = await workspace.serve('promote', 'addons', 'releases', 'patch-001');
    expect(waiting.status).toBe(3);
    expect(waiting.stdout).toContain('It waits for somebody to approve tenant1/prod. Nothing was written.');
    expect((await workspace.serve('promote', 'adons', 'releases', 'patch-001')).stderr).toContain("there is no group 'adons'");
    expect((await workspace.serve('promote', 'addons', 'cert-manger', 'patch-001')).stderr).toContain("there is no component 'cert-manger' in addons");
  });

  longTest('rollback takes it out of the last step', async () => {
    const workspace = await example();
    const before = workspace.rendered();
    await workspace.serve('promote', 'addons', 'releases', 'patch-001', ...approve);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', 'Promote');
    const { status, stdout } = await workspace.serve('rollback', 'addons', 'releases', 'patch-001');
    expect(status).toBe(0);
    expect(stdout).toContain('leaves   tenant1/prod (1 target)');
    expect(workspace.rendered()).toEqual(before);
  });
});

describe('values of a component roll out as a patch', () => {
  longTest('from the first environment to the base, past layers that would win over it', async () => {
    const workspace = await example((one) => {
      // The layer of all tenants says it too.
      one.edit('config/addons/metrics-server.ts', (text) => text.replace("'*': { enabled: true }", "'*': { enabled: true, values: { logLevel: 2 } }"));
    });
    const first = await workspace.serve('new', 'patch', 'addons', 'metrics-server', '--set', 'values.logLevel=4', '--description', 'More logs');
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('  starts  at tenant1/dev (2 targets)\n');
    const values = (folder: string) => workspace.read(`dist/${folder}/values/addons/metrics-server.yaml`);
    const layerAt = (path: string) => new RecordReader(parse(workspace.read('dist/_record/addons/metrics-server.yaml'))).layerOf('values.logLevel', path);
    expect(values('spokes/tenant1-dev-workload1')).toContain('logLevel: 4\n');
    expect(values('spokes/tenant1-prod-workload1')).toContain('logLevel: 2\n');
    expect(['tenant1/dev/tenant1-dev-workload1', 'tenant1/prod/tenant1-prod-workload1'].map(layerAt)).toEqual(['patch-002 tenant1/dev', 'override *']);
    const all = await workspace.serve('promote', 'addons', 'metrics-server', 'patch-002', '--all', ...approve);
    expect(all.status).toBe(0);
    expect(values('hubs/hub-1')).toContain('logLevel: 4\n');
    expect(layerAt('platform/prod/hub-1')).toBe('patch-002 platform');
    const before = workspace.rendered();
    const { status, stdout } = await workspace.serve('promote', 'addons', 'metrics-server', 'patch-002');
    expect(status).toBe(0);
    expect(stdout).toContain('  folds       values.logLevel into the override *, which would win over the base\n');
    // The record names another layer now; what is said stays.
    expect(differences(before, workspace.rendered())).toEqual(['changed _record/addons/metrics-server.yaml']);
    expect(layerAt('platform/prod/hub-1')).toBe('override *');
  });

  test('a field that is the same for all members is refused, and nothing is written', async () => {
    const workspace = await example();
    const before = workspace.everything();
    const { status, stderr } = await workspace.serve('new', 'patch', 'addons', 'metrics-server', '--set', 'project=other');
    expect(status).toBe(1);
    expect(stderr).toContain("'project' of 'metrics-server' is not layered");
    expect(stderr).toContain("'project' belongs to the component, and is the same for all members");
    expect(workspace.everything()).toEqual(before);
  });

  test('a component moves on its own, past the releases of its group, and ends in those that members have', async () => {
    const workspace = await example();
    const moved = await workspace.serve('new', 'patch', 'addons', 'metrics-server', '--set', 'version=9.9.9', '--commit');
    expect(moved.status).toBe(0);
    const approve = ['tenant1/prod', 'tenant2/prod', 'platform/prod'].flatMap((path) => ['--approve', path]);
    const all = await workspace.serve('promote', 'addons', 'metrics-server', 'patch-002', '--all', ...approve);
    expect(all.stderr).toBe('');
    const versions = async () => {
      const told = JSON.parse((await workspace.serve('clusters', '--json')).stdout);
      type Told = { readonly components: readonly { readonly name: string; readonly version: string }[] };
      return told.clusters.map(({ components }: Told) => components.find(({ name }) => name === 'metrics-server')?.version);
    };
    expect(new Set(await versions())).toEqual(new Set(['9.9.9']));
    const before = workspace.rendered();
    const { status, stdout } = await workspace.serve('promote', 'addons', 'metrics-server', 'patch-002');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('  folds       version into the release default, which would win over the base\n'),
    });
    expect(differences(before, workspace.rendered())).toEqual(['changed _record/addons/metrics-server.yaml']);
    expect(workspace.read('config/addons/releases.ts').match(/'metrics-server': '9\.9\.9'/g)).toHaveLength(2);
    expect(workspace.read('config/addons/metrics-server.ts')).not.toContain('patch-002');
  });
});

describe('member settings roll out as a patch', () => {
  longTest('a label goes from environment to environment', async () => {
    const workspace = await example();
    const before = workspace.rendered();
    const { status } = await workspace.serve('new', 'patch', 'members', 'settings', '--set', 'labels.wave=first');
    expect(status).toBe(0);
    expect(differences(before, workspace.rendered())).toEqual([
      'changed _record/members/settings.yaml',
      'changed hubs/hub-1/argocd/members/tenant1-dev-workload1.yaml',
      'changed hubs/hub-1/argocd/members/tenant1-dev-workload2.yaml',
      'changed spokes/tenant1-dev-workload2/argocd/members/tenant1-dev-workload2.yaml',
    ]);
    const { stdout } = await workspace.serve('promote', 'members', 'settings', 'patch-001', ...approve);
    expect(stdout).toContain('  enters     tenant1/prod (1 target)\n');
    expect(workspace.read('dist/hubs/hub-1/argocd/members/tenant1-prod-workload1.yaml')).toContain('          wave: first\n');
  });
});

longTest('a patch of the settings may say who deploys, and changes what clusters get where it enters', async () => {
  const workspace = await example((one) => {
    one.edit('config/spokes/tenant2-dev-workload1.ts', (text) => text.replace(/ {2}(model|manages): .*\n/g, ''));
  });
  const before = workspace.rendered();
  const { status, stderr } = await workspace.serve('new', 'patch', 'members', 'settings', '--set', 'labels.team=shop', '--set', 'annotations.note=x');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  workspace.edit('config/members/settings.ts', (text) => text.replace(/change: \{ labels.*/, "change: { model: 'distributed', manages: [] },"));
  workspace.edit('config/spokes/tenant1-dev-workload2.ts', (text) => text.replace(/ {2}(model|manages): .*\n/g, ''));
  expect((await workspace.serve('synth')).status).toBe(0);
  const { status: promoted, stdout } = await workspace.serve('promote', 'members', 'settings', 'patch-001', ...approve);
  expect(stdout).toContain('  enters     tenant1/prod (1 target)\n');
  expect(promoted).toBe(0);
  expect(workspace.has('dist/spokes/tenant1-prod-workload1/bootstrap/root.yaml')).toBe(true);
  const elsewhere = differences(before, workspace.rendered()).filter((line) => !/tenant1-(dev|prod)-|_record\//.test(line));
  expect(elsewhere).toEqual([]);
});

test('a patch that left out an environment goes no further, and nothing is written', async () => {
  const workspace = await example((one) => {
    one.edit('config/addons/releases.ts', (text) => text.replace("rolledOutTo: ['tenant1/dev']", "rolledOutTo: ['tenant1/dev', 'tenant2/dev']"));
  });
  const before = workspace.everything();
  const { status, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', ...approve);
  expect(status).toBe(1);
  expect(stderr).toContain('it left out tenant1/prod/tenant1-prod-workload1');
  expect(workspace.everything()).toEqual(before);
});

longTest('a spoke that came today soaks from today on', async () => {
  const soaking = async (workspace: HubWorkspace) => {
    const { waiting } = JSON.parse((await workspace.serve('promote', '--auto', '--dry-run', '--json')).stdout) as {
      readonly waiting: readonly { readonly app: string; readonly reason: string }[];
    };
    return waiting.find(({ app }) => app === 'releases')?.reason;
  };
  const workspace = await example((one) =>
    one.edit('config/fleet.ts', (text) =>
      text.replaceAll("environments: ['dev',", "environments: [{ name: 'dev', soak: '24h' },").replaceAll("{ name: 'prod', promotion: 'manual' }", "'prod'"),
    ),
  );
  const amend = (hours: number) => {
    const date = new Date(Date.now() - hours * 3_600_000).toISOString();
    workspace.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-q', '--amend', '--no-edit'], { GIT_COMMITTER_DATE: date });
  };
  amend(72);
  expect(await soaking(workspace)).toBeUndefined();
  workspace.write({ 'config/spokes/tenant1-dev-workload3.ts': workspace.read('config/spokes/tenant1-dev-workload1.ts').replace('workload1', 'workload3') });
  await workspace.serve('synth');
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '-m', 'A spoke');
  expect(await soaking(workspace)).toMatch(/^it soaks for another (24 h|1 day|23 h 59 min)/);
});
