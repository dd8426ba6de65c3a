import { longTest } from '../long-test';
import { type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';

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

const app = ['management-cluster', 'cert-manager'] as const;

describe.each(formsOr('yaml'))('a patch that is in flight no more, in %s', (form) => {
  /** The example, with patch-001 in the base; uncommitted. */
  async function integrated(): Promise<RolloutWorkspace> {
    const workspace = await example(form);
    // Its name begins with that of the other, and somebody else cares for it.
    await workspace.serve('new', 'patch', ...app, '--set', 'source.helm.valuesObject.a=1', '--name', 'patch-0010');
    workspace.commit('A longer name');
    await workspace.promote('--all', '--approve', 'production', '--approve', 'production/prod-sector-1');
    workspace.commit('Everywhere');
    expect((await workspace.promote()).stdout).toContain('base');
    return workspace;
  }

  longTest('is not taken for another one: the commit that made it the base is named, and how to revert it', async () => {
    const workspace = await integrated();
    const uncommitted = await workspace.rollback();
    expect([uncommitted.status, uncommitted.stderr]).toEqual([1, expect.stringContaining('it went into the base, which is not committed yet')]);
    workspace.commit('Make it the base');
    const hash = workspace.git('rev-parse', 'HEAD').slice(0, 12);
    workspace.edit(`config/management-cluster/cert-manager${form === 'yaml' ? '/values.yaml' : '.ts'}`, (text) => text.replace('10260', '10261'));
    await workspace.serve('synth');
    workspace.commit('Something else');
    const before = workspace.config();
    for (const command of ['promote', 'plan']) {
      const { status, stderr } = await workspace.serve(command, ...app, 'patch-001');
      expect([command, status, stderr]).toEqual([command, 1, expect.stringContaining(`it went into the base with commit ${hash}`)]);
      expect(stderr).toContain('`fleet rollback management-cluster cert-manager patch-001` writes a patch that takes it back, step by step; ');
      expect(stderr).toContain(`git revert ${hash}`);
      expect(stderr).not.toMatch(/patch-002|patch-0010/);
    }
    expect(workspace.config()).toEqual(before);
    workspace.run('sh', ['-c', `git -c user.name=T -c user.email=t@example.com revert --no-edit ${hash}`]);
    expect((await workspace.rollback('--dry-run')).status).toBe(0);
  });

  longTest('is known by the name that its app had before', async () => {
    const workspace = await integrated();
    workspace.commit('Make it the base');
    const hash = workspace.git('rev-parse', 'HEAD').slice(0, 12);
    const ending = form === 'yaml' ? '' : '.ts';
    for (const [from, to] of [
      ['cert-manager', 'certificates'],
      ['certificates', 'certs'],
    ]) {
      workspace.git('mv', `config/management-cluster/${from}${ending}`, `config/management-cluster/${to}${ending}`);
      if (form === 'yaml') {
        const files = Object.keys(workspace.config()).filter((path) => path.startsWith(`management-cluster/${to}/`));
        for (const path of files.filter((name) => !name.endsWith('metadata.yaml'))) {
          workspace.write({ [`config/${path}`]: workspace.read(`config/${path}`).replace(`  ${from}:`, `  ${to}:`) });
        }
      }
      await workspace.serve('synth');
      workspace.commit('Rename it');
    }
    const { status, stderr } = await workspace.serve('plan', 'management-cluster', 'certs', 'patch-001');
    expect([status, stderr]).toEqual([1, expect.stringContaining(`it went into the base with commit ${hash}`)]);
    expect(stderr).not.toMatch(/patch-002|patch-0010/);
    const back = await workspace.serve('rollback', 'management-cluster', 'certs', 'patch-001');
    expect(back).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/back to {2}source\.targetRevision: '?v1\.18\.2/) });
  });

  longTest('is not taken for another one where no history tells of it', async () => {
    const workspace = await integrated();
    workspace.run('rm', ['-rf', '.git']);
    for (const command of ['rollback', 'promote', 'plan']) {
      const { status, stderr } = await workspace.serve(command, ...app, 'patch-001');
      expect([command, status, stderr]).toEqual([command, 1, expect.stringContaining("there is no patch 'patch-001'")]);
      expect(stderr).not.toContain('did you mean');
    }
  });

  longTest('came there with a merge: the merge is reverted', async () => {
    const workspace = await integrated();
    workspace.git('checkout', '-q', '-b', 'branch');
    workspace.commit('Make it the base');
    workspace.git('checkout', '-q', 'main');
    workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', 'branch');
    const { stderr } = await workspace.promote();
    expect(stderr).toContain(`git revert -m 1 ${workspace.git('rev-parse', 'HEAD').slice(0, 12)}`);
  });

  test('and one that was removed on its way is told from one that never was', async () => {
    const workspace = await example(form);
    if (form === 'yaml')
      for (const path of ['integration', 'stage/stage-sector-1']) workspace.git('rm', '-q', `config/${app.join('/')}/${path}/patch-001.yaml`);
    else workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(/ {4}'patch-001': \{[^}]*\} \},\n {4}\},\n/s, ''));
    await workspace.serve('synth');
    workspace.commit('Remove it');
    expect((await workspace.rollback()).stderr).toMatch(/it was taken out with commit [0-9a-f]{12}.*\n(.*\n)*.*git revert/);
    const never = await workspace.serve('rollback', ...app, 'patch-003');
    expect([never.status, never.stderr]).toEqual([1, expect.stringContaining('hint     known patches: patch-002\n')]);
    // Another app's patches are none of its own.
    const other = await workspace.serve('rollback', 'management-cluster', 'hypershift', 'patch-002');
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('hypershift of management-cluster has no patch in flight')]);
  });
});

describe.each(formsOr('yaml'))('fleet new patch --name, in %s', (form) => {
  const add = (workspace: RolloutWorkspace, ...flags: string[]) => workspace.serve('new', 'patch', ...app, '--set', 'source.helm.valuesObject.a=1', ...flags);

  longTest('lets two branches start a patch each', async () => {
    const workspace = await example(form);
    for (const name of ['patch-shop-1', 'patch-payments-1']) {
      workspace.git('checkout', '-q', '-b', name, 'main');
      expect((await add(workspace, '--name', name)).stdout).toContain(`${name} of cert-manager in management-cluster`);
      workspace.commit(name);
    }
    if (form === 'typescript') return;
    workspace.git('merge', '-q', '-m', 'Merge', 'patch-shop-1');
    expect([workspace.pathsOf('patch-shop-1'), workspace.pathsOf('patch-payments-1')]).toEqual([['integration/int-sector-1'], ['integration/int-sector-1']]);
  });

  test('refuses a name that is there, and one that no patch may have', async () => {
    const workspace = await example(form);
    const before = workspace.config();
    const names = [
      'patch-001',
      'Patch-001',
      '',
      'a/b',
      '../patch-9',
      'patch-',
      '-x',
      'a b',
      'patch-..',
      `patch-${'x'.repeat(80)}`,
      ...(form === 'yaml' ? ['override', 'cve'] : []),
    ];
    for (const name of names) {
      const { status, stdout } = await add(workspace, `--name=${name}`, '--json');
      expect([name, status, JSON.parse(stdout)]).toMatchObject([
        name,
        1,
        { problems: [{ code: name.toLowerCase() === 'patch-001' && (form === 'typescript' || name === 'patch-001') ? 'duplicate-name' : 'invalid-name' }] },
      ]);
    }
    expect(workspace.config()).toEqual(before);
  });

  longTest('takes any other name, and the next free number afterwards', async () => {
    const workspace = await example(form);
    const name = form === 'yaml' ? 'patch-cve-2024-1' : 'cve-2024-1';
    expect((await add(workspace, '--name', name)).status).toBe(0);
    expect((await workspace.serve('check')).status).toBe(0);
    expect((await add(workspace)).stdout).toContain('patch-003 of');
  });
});
