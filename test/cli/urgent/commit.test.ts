import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { type Form, formsOr, RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { type Run, serve, type Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const known = removedAfterwards();

/** A workspace where Git knows who commits. */
function signed<T extends Workspace>(workspace: T): T {
  known(workspace);
  workspace.run('git', ['config', 'user.name', 'Test']);
  workspace.run('git', ['config', 'user.email', 'test@example.com']);
  return workspace;
}

async function example(form: Form = 'typescript'): Promise<RolloutWorkspace> {
  return signed(await startedWorkspace(form));
}

function git(workspace: Workspace, ...args: string[]): string {
  return workspace.run('git', args).stdout;
}

function message(workspace: Workspace): string {
  return git(workspace, 'log', '-1', '--format=%B').trimEnd();
}

function committed(workspace: Workspace): readonly string[] {
  return git(workspace, 'show', '--format=', '--name-only', '--no-renames', 'HEAD').trim().split('\n');
}

function everything(workspace: RolloutWorkspace): object {
  return { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
}

const certManager = 'config/management-cluster/cert-manager.ts';
const rendered = 'dist/management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml';
const record = 'dist/_record/management-cluster/cert-manager.yaml';

describe.each(formsOr('typescript'))('--commit, of a fleet in %s', (form) => {
  test('makes the commit that is printed otherwise, of what was written and nothing else', async () => {
    const workspace = await example(form);
    const other = form === 'yaml' ? 'config/management-cluster/hypershift/values.yaml' : 'config/management-cluster/hypershift.ts';
    workspace.edit(other, (text) => text.replace('v0.1.62', 'v0.1.63'));
    workspace.write({ 'notes.txt': 'mine' });
    const { status, stdout, stderr } = await workspace.promote('--commit');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const id = git(workspace, 'rev-parse', 'HEAD').slice(0, 12);
    const title = 'management-cluster/cert-manager: roll patch-001 out to stage/stage-sector-2';
    expect(stdout).toContain(`\nCommitted ${id}: ${title}\n`);
    expect(stdout).not.toContain('Next:');
    expect(message(workspace)).toBe(title);
    const config = committed(workspace).filter((file) => file.startsWith('config/'));
    expect(config.every((file) => file.includes('/cert-manager'))).toBe(true);
    expect(committed(workspace)).toEqual([...config, record, rendered]);
    // What somebody else has edited is rendered too, and waits.
    const left = git(workspace, 'status', '--porcelain').trimEnd().split('\n');
    expect(left).toEqual(expect.arrayContaining([` M ${other}`, '?? notes.txt']));
    expect(left.filter((line) => !/ M (config|dist)\/.*hypershift/.test(line))).toEqual(['?? notes.txt']);
  });

  test('carries the statement of a hotfix, as a trailer that Git knows', async () => {
    const workspace = await example(form);
    const sector = 'production/prod-sector-1';
    const run = await workspace.promote('--hotfix', sector, '--approve', 'production', '--approve', sector, '--commit', '--json');
    const { commit, next } = JSON.parse(run.stdout) as { readonly commit: string; readonly next: unknown };
    expect([run.status, commit, next]).toEqual([0, git(workspace, 'rev-parse', 'HEAD').trim(), []]);
    expect(git(workspace, 'log', '-1', '--format=%(trailers:key=Fleet-Hotfix,valueonly)').trim()).toMatch(
      new RegExp(`^management-cluster/cert-manager ${sector} [0-9a-f]{16}$`),
    );
    expect(git(workspace, 'status', '--porcelain')).toBe('');
  });

  longTest('of a rollback and of a freeze', async () => {
    const workspace = await example(form);
    expect(await workspace.rollback('--at', 'stage', '--commit')).toMatchObject({ status: 0, stderr: '' });
    expect(message(workspace)).toBe('management-cluster/cert-manager: take patch-001 back from stage/stage-sector-1');
    expect(git(workspace, 'status', '--porcelain')).toBe('');
    expect(await workspace.serve('freeze', 'production', '--reason', 'the holidays', '--commit')).toMatchObject({ status: 0, stderr: '' });
    expect(message(workspace)).toBe('Freeze production: the holidays');
    expect(await workspace.serve('unfreeze', 'production', '--commit')).toMatchObject({ status: 0, stderr: '' });
    expect(message(workspace)).toMatch(/^Unfreeze production\n\nFleet-Approved: production law [0-9a-f]{16}$/);
    expect(git(workspace, 'status', '--porcelain')).toBe('');
  });

  longTest('of all steps of a run, and of all patches, is one', async () => {
    const workspace = await example(form);
    expect(await workspace.promote('--all', '--approve', 'production', '--approve', 'production/prod-sector-1', '--commit')).toMatchObject({ status: 0 });
    expect(message(workspace)).toMatch(/^Promote 3 steps\n\nmanagement-cluster\/cert-manager: roll patch-001 out to stage\/stage-sector-2\n/);
    expect([git(workspace, 'rev-list', '--count', 'HEAD').trim(), git(workspace, 'status', '--porcelain')]).toEqual(['2', '']);
    const several = await example(form);
    expect(await several.serve('promote', '--auto', '--commit')).toMatchObject({ status: 0, stdout: expect.stringContaining('2 moved.\n\nCommitted ') });
    expect([message(several).split('\n')[0], git(several, 'status', '--porcelain')]).toEqual(['Promote 2 patches', '']);
  });
});

longTest('--commit of --auto leaves the patch where it is whose files have other changes, and takes the others', async () => {
  const workspace = await example();
  const other = 'config/management-cluster/hypershift.ts';
  workspace.edit(other, (text) =>
    text.replace(
      '\n} satisfies',
      "\n  patches: { 'patch-001': { rolledOutTo: ['integration/int-sector-1'], change: { source: { targetRevision: 'v0.1.63' } } } },\n} satisfies",
    ),
  );
  await workspace.serve('synth');
  workspace.commit('A patch').edit(other, (text) => `${text}// not committed\n`);
  const { status, stdout, stderr } = await workspace.serve('promote', '--auto', '--commit');
  expect([status, stderr]).toEqual([0, expect.stringContaining(`'${other}' has changes that are not committed`)]);
  expect(stdout).toContain(`  patch-001 of hypershift in management-cluster: '${other}' has changes that are not committed`);
  expect([message(workspace).split('\n')[0], git(workspace, 'status', '--porcelain')]).toEqual(['Promote 2 patches', ` M ${other}\n`]);
});

longTest('--commit is of the repository of the configuration, wherever the command runs', async () => {
  const workspace = await example();
  const { status } = await serve('/', ['promote', 'management-cluster', 'cert-manager', 'patch-001', '--config', join(workspace.path, 'config'), '--commit']);
  expect([status, committed(workspace), git(workspace, 'status', '--porcelain')]).toEqual([0, [certManager, record, rendered], '']);
});

describe('--commit is refused, and nothing is written,', () => {
  async function refused(workspace: RolloutWorkspace, ...flags: string[]): Promise<Run> {
    const head = git(workspace, 'rev-parse', '--quiet', '--verify', 'HEAD');
    const before = everything(workspace);
    const status = git(workspace, 'status', '--porcelain');
    const run = await workspace.promote('--commit', ...flags);
    expect([run.status, run.stdout.includes('edited')]).toEqual([1, false]);
    expect(everything(workspace)).toEqual(before);
    expect([git(workspace, 'rev-parse', '--quiet', '--verify', 'HEAD'), git(workspace, 'status', '--porcelain')]).toEqual([head, status]);
    return run;
  }

  test('where something is staged', async () => {
    const workspace = await example();
    workspace.write({ 'notes.txt': 'mine' });
    git(workspace, 'add', 'notes.txt');
    const { stdout, stderr } = await refused(workspace);
    expect([stdout, stderr]).toEqual([
      '',
      [
        'error commit',
        '  something is staged already, which the commit would take along',
        '  found    notes.txt',
        '  hint     nothing was written; commit that first, take it out with `git restore --staged .`, or run it without --commit',
        '',
        '1 error',
        '',
      ].join('\n'),
    ]);
    expect(JSON.parse((await refused(workspace, '--json')).stdout)).toMatchObject({ ok: false, problems: [{ code: 'commit' }] });
    expect((await refused(workspace, '--all')).stdout).toBe('');
    expect(await workspace.serve('freeze', 'production', '--reason', 'x', '--commit')).toMatchObject({ status: 1, stdout: '' });
  });

  longTest('where a file that it writes has other changes, rendered or not', async () => {
    const workspace = await example();
    workspace.edit(certManager, (text) => text.replace('10260', '10261'));
    expect((await refused(workspace)).stderr).toContain(`'${certManager}' has changes that are not committed, which the commit would take along`);
    const byHand = await example();
    byHand.edit(rendered, (text) => text.replace('v1.18.2', 'v1.18.3'));
    expect((await refused(byHand)).stderr).toContain(`'${rendered}' has changes that are not committed`);
    const stale = await example();
    stale.edit(certManager, (text) => text.replace('10260', '10261')).commit('Not rendered');
    expect((await refused(stale)).stderr).toContain('is not what the configuration renders, so that the commit would hold what others changed');
  });

  test('where a merge or a rebase stands still', async () => {
    const workspace = await example();
    git(workspace, 'checkout', '-q', '-b', 'other');
    workspace.write({ 'notes.txt': 'theirs' }).commit('Theirs');
    git(workspace, 'checkout', '-q', 'main');
    workspace.write({ 'more.txt': 'mine' }).commit('Mine');
    git(workspace, 'merge', '-q', '--no-commit', '--no-ff', 'other');
    expect((await refused(workspace)).stderr).toContain('a merge, a rebase or a pick stands still in this repository');
  });

  test('where there is no repository', async () => {
    const workspace = new RolloutWorkspace('typescript', false);
    known(workspace);
    const before = everything(workspace);
    const { status, stdout, stderr } = await workspace.promote('--commit');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("no Git repository holds 'config': nothing can be committed");
    expect(everything(workspace)).toEqual(before);
  });

  longTest('where Git is told to leave out what it writes', async () => {
    const workspace = new RolloutWorkspace('typescript');
    signed(workspace).write({ '.gitignore': 'dist/\n' });
    await workspace.serve('synth');
    workspace.commit('Start');
    expect((await refused(workspace)).stderr).toMatch(/Git is told to leave out 'dist\/.*' \(\.gitignore\)/);
    // What is not rendered is not left out.
    expect(await workspace.promote('--commit', '--no-synth')).toMatchObject({ status: 0 });
    expect(committed(workspace)).toEqual([certManager]);
  });
});

describe.each(formsOr('typescript'))('hooks of the repository, of a fleet in %s', (form) => {
  function hook(workspace: RolloutWorkspace, name: string, script: string): void {
    workspace.write({ [`.git/hooks/${name}`]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(workspace.path, '.git/hooks', name), 0o755);
  }

  test('run, and one that refuses leaves what was written, and says so', async () => {
    const workspace = await example(form);
    hook(workspace, 'pre-commit', 'echo "not on a Friday" >&2; exit 1');
    const head = git(workspace, 'rev-parse', 'HEAD');
    const { status, stdout, stderr } = await workspace.promote('--commit');
    expect([status, git(workspace, 'rev-parse', 'HEAD')]).toEqual([1, head]);
    expect(stderr).toContain('Git did not make the commit: `git commit` ended with status 1\n  found    not on a Friday\n');
    expect(stderr).toContain('hint     everything was written, and is there to be committed');
    expect(stdout).toContain('\nNext:\n  git add -A -- config/');
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage']);
    hook(workspace, 'pre-commit', 'exit 0');
    workspace.run('sh', ['-c', stdout.slice(stdout.lastIndexOf('\nNext:\n') + 7)]);
    expect(git(workspace, 'status', '--porcelain')).toBe('');
    expect(message(workspace)).toBe('management-cluster/cert-manager: roll patch-001 out to stage/stage-sector-2');
  });

  longTest('tell programs in one document, and may change the message', async () => {
    const workspace = await example(form);
    hook(workspace, 'pre-commit', 'exit 1');
    for (const [command, ...flags] of [['promote'], ['promote', '--all'], ['rollback', '--everywhere']] as const) {
      const other = await example(form);
      hook(other, 'pre-commit', 'exit 1');
      const { status, stdout } = await other.serve(command, 'management-cluster', 'cert-manager', 'patch-001', ...flags, '--commit', '--json');
      const text = JSON.parse(stdout) as { readonly next: readonly string[] };
      expect([status, text]).toMatchObject([1, { ok: false, problems: [{ code: 'commit' }] }]);
      expect(text.next).toHaveLength(2);
    }
    const signedOff = await example(form);
    hook(signedOff, 'commit-msg', 'echo "Reviewed-by: Robot <robot@example.com>" >> "$1"');
    await signedOff.promote('--commit');
    expect(message(signedOff)).toContain('Reviewed-by: Robot');
  });
});

test('of a fleet of hubs, with a file of its own for each member', async () => {
  const workspace = signed(await startedHub());
  const { status, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--approve', 'tenant1/prod', '--commit');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(committed(workspace)).toEqual([
    'config/addons/releases.ts',
    'dist/_record/addons/releases.yaml',
    'dist/hubs/hub-1/argocd/members/tenant1-prod-workload1.yaml',
  ]);
  expect(git(workspace, 'status', '--porcelain')).toBe('');
});
