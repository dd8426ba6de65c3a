import { longTest } from '../long-test';
import { partly } from '../runs';
import { changedTargets, formsOr, sharedWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';
import { serve } from '../workspaces/workspace';

describe.each(formsOr('typescript'))('a new node of the hierarchy (%s)', (form) => {
  const file = form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts';
  const unchanged = sharedWorkspace(() => startedWorkspace(form));

  test('is written in one place, and nothing but its own targets is added', async () => {
    const workspace = await startedWorkspace(form);
    const [config, before] = [workspace.read(file), workspace.rendered()];
    const { status, stdout } = await workspace.serve('new', 'region', 'production/prod-sector-1/us-west1', '--after', 'us-east1');
    expect(status).toBe(0);
    expect(stdout).toContain('production/prod-sector-1/us-west1, a region\n  place  behind us-east1, in production/prod-sector-1\n  gets   infra-cluster/');
    expect(workspace.read(file)).toBe(
      config
        .replace('[us-east1, europe-east1]', '[us-east1, us-west1, europe-east1]')
        .replace("['us-east1', 'europe-east1']", "['us-east1', 'us-west1', 'europe-east1']"),
    );
    const after = workspace.rendered();
    expect(changedTargets(before, after)).toEqual(['infra-cluster', 'management-cluster'].map((type) => `${type}/production/prod-sector-1/us-west1`));
    expect(Object.keys(before).filter((path) => after[path] !== before[path])).toEqual([]);
    workspace.remove();
  });

  test('gets the patches that cover it, and is told of those that have passed it by', async () => {
    const workspace = await startedWorkspace(form);
    const covered = await workspace.serve('new', 'region', 'integration/int-sector-1/ap-east1', '--dry-run');
    expect(covered.stdout).toContain('covered  by patch-001 of cert-manager in management-cluster, which is at integration\n');
    expect(covered.stdout).toContain('files would be added to dist/; no other would change.');
    const passed = await workspace.serve('new', 'environment', 'preview', '--after', 'integration', '--below', 'sector/region', '--json');
    expect(JSON.parse(passed.stdout)).toMatchObject({
      ok: true,
      dimension: 'environment',
      path: 'preview',
      behind: 'integration',
      patches: expect.arrayContaining([{ clusterType: 'management-cluster', app: 'cert-manager', patch: 'patch-001' }]),
    });
    expect((await workspace.serve('check')).stdout).toContain('dist/ is current');
    const again = await workspace.serve('new', 'sector', 'preview/before', '--before', 'sector', '--below', 'region', '--dry-run');
    const [, command = ''] =
      /passed by +patch-001 of cert-manager in management-cluster has gone on already: `fleet ([^`]+)` lets it enter here/.exec(again.stdout) ?? [];
    const filled = await workspace.serve(...command.split(' '));
    expect([filled.status, filled.stdout]).toEqual([0, expect.stringContaining('preview/sector')]);
    workspace.remove();
  });

  longTest('may have the same below it as another', async () => {
    const workspace = await startedWorkspace(form);
    const { status, stdout } = await workspace.serve(
      'new',
      'environment',
      'preview',
      '--like',
      'stage',
      '--before',
      'integration',
      '--promotion',
      'manual',
      '--soak',
      '24h',
      '--json',
    );
    expect(status).toBe(0);
    const { targets, behind } = JSON.parse(stdout) as { readonly targets: readonly { readonly path: string }[]; readonly behind: string | null };
    expect(behind).toBeNull();
    expect([...new Set(targets.map(({ path }) => path))]).toEqual(
      ['stage-sector-1/us-east1', 'stage-sector-1/europe-west1', 'stage-sector-2/ap-east1'].map((path) => `preview/${path}`),
    );
    workspace.remove();
  });

  test.each(
    partly<readonly [readonly string[], string]>(
      [
        [['zone', 'a'], "nothing of this fleet is called 'zone'"],
        [['regoin', 'a/b/c'], "nothing of this fleet is called 'regoin'"],
        [['region', 'a/b'], "'a/b' is not the path of a region"],
        [['region', 'production//x'], "'production//x' is not the path of a region"],
        [['region', 'production/prod-canari/x'], "there is no sector 'production/prod-canari'"],
        [['region', 'production/prod-canary/US-east1'], "there is a region 'production/prod-canary/us-east1' already"],
        [['region', 'production/prod-canary/a b'], "'a b' cannot name a region"],
        [['region', 'production/prod-canary/x', '--after', 'y'], "there is no region 'y' beside it"],
        [['region', 'production/prod-canary/x', '--after', 'us-east1', '--before', 'us-east1'], '--after and --before cannot both be given'],
        [['region', 'production/prod-canary/x', '--below', 'y'], 'nothing lies below a region'],
        [['environment', 'qa'], "'qa' would have no sectors, and render nothing"],
        [['environment', 'qa', '--below', 'x'], "'x' cannot lie below 'qa'"],
        [['environment', 'qa', '--like', 'x'], "there is no environment 'x' beside it"],
        [['region', 'production/prod-canary/x', '--soak', 'soon'], "'soon'"],
      ],
      3,
    ),
  )('as %p is one message, and nothing is written', async (args, message) => {
    const before = unchanged().config();
    const { status, stderr } = await unchanged().serve('new', ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\n1 error\b/);
    expect(unchanged().config()).toEqual(before);
  });
});

longTest('a hierarchy that is not written out is for a person to edit', async () => {
  const workspace = await startedWorkspace('typescript');
  workspace.edit('config/fleet.ts', (text) =>
    text.replace("regions: ['us-east1']", 'regions: [...canaries]').replace('const fleet', "const canaries = ['us-east1'] as const;\nconst fleet"),
  );
  const before = workspace.config();
  const { status, stderr } = serve(workspace.path, ['new', 'region', 'production/prod-canary/us-west1']);
  expect(status).toBe(1);
  expect(stderr).toContain('error cannot-edit config/fleet.ts:');
  expect(stderr).toContain("write `\"us-west1\"` behind 'us-east1' of `regions` of 'production/prod-canary'");
  expect(workspace.config()).toEqual(before);
  workspace.remove();
});
