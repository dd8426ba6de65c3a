import { join } from 'node:path';
import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

const known = removedAfterwards();

const node = 'stage/stage-sector-2/ap-east1';
const wayOn = 'edit the patch, or promote it by hand (`npx fleet promote management-cluster cert-manager patch-001`)';

/** The example, where a patch entered one sector more, and left it again in a commit of its own. */
async function takenBack(form: Form, back: (workspace: RolloutWorkspace) => Promise<unknown>): Promise<RolloutWorkspace> {
  const workspace = known(await startedWorkspace(form));
  workspace.git('config', 'user.name', 'Ada');
  workspace.git('config', 'user.email', 'ada@example.com');
  await workspace.promote('--commit');
  await back(workspace);
  expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage/stage-sector-1']);
  return workspace;
}

/** What `--auto` would do with the patch: enter a path, or wait for a reason. */
async function next(workspace: RolloutWorkspace, ...flags: string[]): Promise<string | undefined> {
  const { stdout } = await workspace.serve('promote', '--auto', '--dry-run', '--json', ...flags);
  const { moved, waiting } = JSON.parse(stdout) as Readonly<
    Record<string, readonly { readonly patch: string; readonly path: string; readonly reason: string }[]>
  >;
  const isOwn = ({ patch }: { readonly patch: string }) => patch === 'patch-001';
  return moved?.find(isOwn)?.path ?? waiting?.find(isOwn)?.reason;
}

function whyOf(workspace: RolloutWorkspace, commit: string, where = node): string {
  const [hash, day] = workspace.git('log', '-1', '--format=%h %cd', '--abbrev=7', '--date=format-local:%Y-%m-%d', commit).trim().split(' ');
  return `it was taken back from ${where} on ${day} by Ada (${hash}): ${wayOn}`;
}

describe.each(formsOr('typescript'))('what is taken back by hand, of a fleet in %s,', (form) => {
  test('does not come back by itself: whoever looks is told who took it back and when, until somebody promotes it', async () => {
    const workspace = await takenBack(form, (one) => one.rollback('--commit'));
    workspace.commit('Something else');
    const why = whyOf(workspace, 'HEAD');
    expect(await next(workspace)).toBe(why);
    expect(await next(workspace, '--branches')).toBe(why);
    await workspace.serve('promote', '--auto', '--commit');
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage/stage-sector-1']);
    const { patches } = JSON.parse((await workspace.serve('status', 'management-cluster', 'cert-manager', '--json')).stdout);
    expect(patches[0]).toMatchObject({ next: `stage/stage-sector-2; not by itself: ${why}`, takenBack: why });
    expect((await workspace.serve('notify', '--dry-run', '--json')).stdout).toContain(`not by itself: ${why}`);
    await workspace.serve('board', '--output', 'board.html');
    expect(workspace.read('board.html')).toContain(`not by itself: it was taken back from ${node} on `);
    workspace.run('rm', ['board.html']);
    // A person may, and then it goes on by itself.
    expect((await workspace.promote('--commit')).status).toBe(0);
    expect(await next(workspace)).not.toContain('taken back');
  });

  test('is what a revert of the step takes back, too; and goes on once it is edited', async () => {
    const workspace = await takenBack(form, async (one) => one.run('git', ['revert', '--no-edit', 'HEAD']));
    expect(await next(workspace)).toBe(whyOf(workspace, 'HEAD'));
    const files = form === 'yaml' ? ['integration', 'stage/stage-sector-1'].map((path) => `cert-manager/${path}/patch-001.yaml`) : ['cert-manager.ts'];
    for (const file of files) workspace.edit(`config/management-cluster/${file}`, (text) => text.replace(/(targetRevision: ['"])v1\.19\.0/, '$1v1.19.1'));
    await workspace.serve('synth');
    workspace.commit('Mend the patch');
    expect(await next(workspace)).toBe('stage/stage-sector-2');
  });

  test('counts before it is committed, and where it left a gap', async () => {
    const workspace = await takenBack(form, async (one) => one.rollback());
    expect(await next(workspace)).toBe(`it was taken back from ${node} in what is not committed: ${wayOn}`);
    workspace.commit('Take it back');
    const region = 'integration/int-sector-1/europe-west1';
    await workspace.rollback('--at', region, '--commit');
    expect(await next(workspace, '--fill')).toBe(whyOf(workspace, 'HEAD', region));
  });
});

test('of a clone without its history it cannot be told, and nothing goes on', async () => {
  const workspace = await takenBack('typescript', (one) => one.rollback('--commit'));
  const folder = join(workspace.path, '..', `${workspace.path.split('/').at(-1)}-shallow`);
  workspace.git('clone', '-q', '--depth', '1', `file://${workspace.path}`, folder);
  workspace.run('rm', ['-rf', '.git']);
  workspace.run('mv', [join(folder, '.git'), '.git']);
  workspace.run('rm', ['-rf', folder]);
  expect(await next(workspace)).toBe(
    `whether it was taken back from ${node} cannot be told: the repository was cloned without its history (in a pipeline, check it out with \`fetch-depth: 0\`)`,
  );
});

test('of hubs and spokes a release that was taken back from a cluster stays away, too', async () => {
  const workspace = known(await startedHub());
  workspace.git('config', 'user.name', 'Ada');
  workspace.git('config', 'user.email', 'ada@example.com');
  const names = ['addons', 'releases', 'patch-001'];
  const { status, stderr } = await workspace.serve('rollback', ...names, '--at', 'tenant1/dev/tenant1-dev-workload2', '--commit');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { waiting } = JSON.parse((await workspace.serve('promote', '--auto', '--fill', '--dry-run', '--json')).stdout);
  expect(waiting).toContainEqual(
    expect.objectContaining({ patch: 'patch-001', reason: expect.stringMatching(/^it was taken back from tenant1\/dev\/tenant1-dev-workload2 on .* by Ada /) }),
  );
  expect((await workspace.serve('promote', ...names, '--fill', '--commit')).status).toBe(0);
  expect((await workspace.serve('promote', '--auto', '--dry-run', '--json')).stdout).not.toContain('taken back');
});
