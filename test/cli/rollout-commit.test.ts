import { longTest } from '../long-test';
import { type Form, formsOr, RolloutWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';
import { serve } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** The example fleet, rendered and committed. */
async function example(form: Form): Promise<RolloutWorkspace> {
  const workspace = await startedWorkspace(form);
  workspaces.push(workspace);
  return workspace;
}

/** Runs the printed `git` lines. @returns the files of the commit */
function commitPrinted(workspace: RolloutWorkspace, stdout: string): readonly string[] {
  const script = stdout.slice(stdout.lastIndexOf('\nNext:\n') + '\nNext:\n'.length);
  workspace.run('sh', ['-c', script.replace('git commit', 'git -c user.name=T -c user.email=t@example.com commit -q')]);
  return workspace.git('show', '--format=', '--name-only', 'HEAD').trim().split('\n');
}

describe.each(formsOr('yaml'))('the printed git lines, of a fleet in %s', (form) => {
  const other = form === 'yaml' ? 'config/management-cluster/hypershift/values.yaml' : 'config/management-cluster/hypershift.ts';

  test('commit what the step did, and nothing of the edits of others', async () => {
    const workspace = await example(form);
    workspace.edit(other, (text) => text.replace('v0.1.62', 'v0.1.63'));
    const { stdout } = await workspace.promote();
    expect(stdout).toMatch(/dist\/ was not current before: \d+ files of other edits were rendered too/);
    const files = commitPrinted(workspace, stdout);
    expect(files).toContain('dist/management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml');
    expect(files.filter((file) => /hypershift/.test(file))).toEqual([]);
    expect(workspace.git('status', '--porcelain')).toContain(other);
  });

  longTest('commit all steps of a run at once', async () => {
    const workspace = await example(form);
    const { stdout } = await workspace.promote('--all', '--approve', 'production', '--approve', 'production/prod-sector-1');
    expect(stdout.match(/^Next:/gm)).toHaveLength(1);
    commitPrinted(workspace, stdout);
    expect(workspace.git('status', '--porcelain')).toBe('');
  });

  test('are not printed where there is no repository', async () => {
    const workspace = new RolloutWorkspace(form, false);
    workspaces.push(workspace);
    const { status, stdout } = await workspace.promote();
    expect([status, stdout.includes('git ')]).toEqual([0, false]);
  });

  longTest('know what a patch entered last, however it was coalesced since', async () => {
    const workspace = await example(form);
    const app = ['management-cluster', 'hypershift'];
    await workspace.serve('new', 'patch', ...app, '--set', 'source.targetRevision=v0.1.63', '--at', 'integration/int-sector-1/us-central1');
    workspace.commit('One region');
    expect((await workspace.serve('promote', ...app, 'patch-001')).stdout).toContain('coalesces  integration/int-sector-1/us-central1');
    workspace.commit('Its sector');
    const { stdout } = await workspace.serve('rollback', ...app, 'patch-001');
    expect(stdout).toContain('leaves   integration/int-sector-1/europe-west1 (1 target)');
  });
});

test('a patch that nothing but its files knows is not thrown away', async () => {
  const workspace = await example('yaml');
  await workspace.serve('new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v0.1.63');
  const before = workspace.config();
  const { status, stderr } = await workspace.serve('rollback', 'management-cluster', 'hypershift', 'patch-001', '--everywhere');
  expect([status, stderr.includes('nothing but its files has what it changes')]).toEqual([1, true]);
  expect(workspace.config()).toEqual(before);
});

longTest('output that is not there is rendered at the top of the repository, wherever the command runs', async () => {
  const workspace = await example('typescript');
  workspace.run('rm', ['-r', 'dist']);
  const { status, stdout } = await serve(`${workspace.path}/config`, ['promote', 'management-cluster', 'cert-manager', 'patch-001', '--config', '.']);
  expect([status, stdout.includes('in ../dist/:'), workspace.has('dist/management-cluster'), workspace.has('config/dist')]).toEqual([0, true, true, false]);
});
