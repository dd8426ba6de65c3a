import { longTest } from '../../long-test';
import type { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { clone, hub, kept, removeAll } from '../history/workspaces';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

afterAll(removeAll);

function edit(workspace: RolloutWorkspace, file: string, from: string, to: string, message: string): void {
  workspace.edit(`config/${file}.ts`, (text) => text.replace(from, to));
  expect(workspace.fleet('synth').status).toBe(0);
  workspace.commit(message);
}

/** Two teams change one component of hubs, each on a branch. */
function branches(...[ours, theirs]: readonly (readonly [file: string, from: string, to: string])[]): RolloutWorkspace {
  const workspace = hub();
  workspace.git('checkout', '-q', '-b', 'side');
  edit(workspace, ...(theirs as [string, string, string]), 'Theirs');
  workspace.git('checkout', '-q', 'main');
  edit(workspace, ...(ours as [string, string, string]), 'Ours');
  return workspace;
}

test('output of hubs that conflicts is rendered anew once the configuration is settled, and then current', () => {
  const stack = 'monitoring/kube-prometheus-stack';
  const workspace = branches([stack, "'79.5.0'", "'79.6.0'"], [stack, "'79.5.0'", "'79.7.0'"]);
  const set = `examples/hub-spoke/dist/hubs/hub-1/argocd/applicationsets/${stack}.yaml`;
  workspace.git('merge', '-q', '--no-ff', 'side');
  expect(workspace.read(set)).toContain('<<<<<<<');
  expect(workspace.fleet('diff').stderr).toContain('merge-conflict config/monitoring/kube-prometheus-stack.ts');
  workspace.git('checkout', '-q', '--theirs', `config/${stack}.ts`);
  const check = workspace.fleet('check');
  expect({ status: check.status, stdout: check.stdout }).toEqual({ status: 1, stdout: expect.stringContaining('(a merge conflict that nobody resolved)') });
  // A diff looks at what the configuration renders, and at what is committed.
  expect(workspace.fleet('diff').stdout).toMatch(/version\n {6}79\.6\.0 → 79\.7\.0\n {6}at {3}everywhere \(7 clusters\)/);
  const { status, stdout } = workspace.fleet('synth');
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('1 conflict is settled: each file is what the configuration renders.') });
  workspace.commit('Merge side');
  expect(workspace.fleet('check').status).toBe(0);
});

test('after a merge that nobody rendered, check names what is stale because of it', () => {
  const workspace = branches(
    ['addons/releases', "'metrics-server': '3.12.2'", "'metrics-server': '3.12.3'"],
    ['addons/metrics-server', "chart: 'metrics-server'", "chart: 'metrics'"],
  );
  workspace.git('merge', '-q', '--no-ff', '-s', 'ours', '-m', 'Merge side', 'side');
  workspace.git('checkout', '-q', 'side', '--', 'config/addons/metrics-server.ts');
  workspace.git('commit', '-q', '--amend', '--no-edit');
  const { status, stdout, stderr } = workspace.fleet('check');
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('hubs/hub-1/argocd/applicationsets/addons/metrics-server.yaml');
  expect(stdout + stderr).toMatch(/merge/);
});

longTest('a shallow clone, a detached head and a commit that is not there have one clear answer each', () => {
  const workspace = hub();
  edit(workspace, 'addons/cert-manager', 'crds: { enabled: true }', 'crds: { enabled: false }', 'No crds');
  const shallow = kept(clone(workspace, '--depth', '1'));
  expect(shallow.fleet('explain', 'hub-1', 'cert-manager', 'crds').stdout).toMatch(
    /since {3}at or before [0-9a-f]{7} .* \(older commits were left out of the clone\)/,
  );
  expect(shallow.fleet('history', 'hub-1').stdout).toContain('What was before is not known: the repository was cloned without its history');
  for (const args of [
    ['diff', 'HEAD~1'],
    ['versions', '--at', 'HEAD~1'],
  ]) {
    const { status, stderr } = shallow.fleet(...args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("'HEAD~1' is not here: the repository was cloned without its history") });
  }
  workspace.git('checkout', '-q', '--detach', 'HEAD~1');
  expect(workspace.fleet('diff').stdout).toMatch(/^Nothing changes: HEAD \([0-9a-f]{7}\) and the configuration render the same\.\n$/);
  expect(workspace.fleet('diff', 'main').stdout).toMatch(/values\.crds\.enabled\n {6}false → true\n {6}at {3}everywhere \(7 clusters\)/);
  expect(workspace.fleet('diff', 'nowhere').stderr).toContain("there is no branch, tag or commit 'nowhere'");
});
