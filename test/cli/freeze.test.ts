import { longTest } from '../long-test';
import { type HubWorkspace, startedHub } from '../workspaces/hub-workspace';
import { formsOr, type RolloutWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';
import type { Run, Workspace } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

const json = <T>({ stdout }: Run) => JSON.parse(stdout) as T;

interface Waiting {
  readonly moved: readonly { readonly patch: string }[];
  readonly waiting: readonly { readonly patch: string; readonly reason: string }[];
}

const everything = (workspace: Workspace) => ({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') });

describe.each(formsOr('yaml'))('a frozen node of a fleet in %s', (form) => {
  const file = form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts';

  async function example(): Promise<RolloutWorkspace> {
    const workspace = await startedWorkspace(form);
    workspaces.push(workspace);
    return workspace;
  }

  test('lets nothing in, whoever asks, until it is let go', async () => {
    const workspace = await example();
    const config = workspace.read(file);
    const rendered = workspace.rendered();
    const made = await workspace.serve('freeze', 'stage-sector-2', '--reason', 'load test');
    expect([made.status, made.stdout]).toEqual([
      0,
      expect.stringContaining(
        'stage/stage-sector-2 is frozen\n  reason   load test\n  until    `fleet unfreeze stage/stage-sector-2`\n  holds    nothing is promoted into its target; `fleet rollback` goes on\n  patches  patch-001 of cert-manager in management-cluster, patch-002',
      ),
    ]);
    expect(made.stdout).toContain(`edited ${file}\n`);
    expect(made.stdout).toContain(`  git add -A -- ${file} dist\n  git commit -m 'Freeze stage/stage-sector-2: load test'`);
    expect(workspace.rendered()).toEqual(rendered);
    expect((await workspace.serve('check')).status).toBe(0);

    const before = everything(workspace);
    const why = 'stage/stage-sector-2 is frozen: load test';
    for (const flags of [[], ['--all'], ['--approve', 'stage', '--approve', 'production'], ['--level', 'region'], ['--dry-run']]) {
      const { status, stderr } = await workspace.promote(...flags);
      expect([flags, status, stderr]).toEqual([flags, 1, expect.stringContaining(`'patch-001' cannot go on: ${why}`)]);
      expect(stderr).toContain('hint     it goes on after `fleet unfreeze stage/stage-sector-2`');
    }
    expect((await workspace.serve('plan', 'management-cluster', 'cert-manager', 'patch-001')).stdout).toContain(`  1. stops  ${why}\n`);
    const { stdout: status } = await workspace.serve('status');
    expect(status).toContain(`  next      nothing: ${why}\n`);
    expect(status).toContain(`\n\nFrozen:\n  ${why}\n`);
    expect(everything(workspace)).toEqual(before);
    // The other one is not there yet: it goes up to it.
    expect(json<Waiting>(await workspace.serve('promote', '--auto', '--json'))).toMatchObject({
      moved: [{ patch: 'patch-002', path: 'stage/stage-sector-1/europe-west1' }],
      waiting: expect.arrayContaining([expect.objectContaining({ patch: 'patch-001', reason: why })]),
    });
    expect((await workspace.rollback()).status).toBe(0);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
    // Step by step up to it, with what it did told.
    const all = await workspace.promote('--all', '--approve', 'stage');
    expect([all.status, all.stdout, all.stderr]).toEqual([
      1,
      expect.stringMatching(/enters +stage\/stage-sector-1/),
      expect.stringContaining(`'patch-001' cannot go on: ${why}`),
    ]);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage/stage-sector-1']);

    const gone = await workspace.serve('unfreeze', 'stage/stage-sector-2');
    expect([gone.status, gone.stdout]).toEqual([0, expect.stringContaining('stage/stage-sector-2 is let go\n  was      load test\n')]);
    expect(workspace.read(file)).toBe(config);
    expect((await workspace.promote()).status).toBe(0);
  });

  longTest('ends with its last day, and check says so where it stands', async () => {
    const workspace = await example();
    const write = (until: string) =>
      workspace.edit(file, (text) =>
        form === 'yaml'
          ? text.replace('- name: stage-sector-2\n', `- name: stage-sector-2\n          freeze: { reason: load test, until: '${until}' }\n`)
          : text.replace("name: 'stage-sector-2',", `name: 'stage-sector-2', freeze: { reason: 'load test', until: '${until}' },`),
      );
    const config = workspace.read(file);
    write(new Date().toISOString().slice(0, 10));
    const held = await workspace.promote('--dry-run');
    expect([held.status, held.stderr]).toEqual([1, expect.stringMatching(/is frozen until \S+: load test\n/)]);
    expect(held.stderr).toContain('wait until that is over, or end it: `fleet unfreeze stage/stage-sector-2`');
    expect((await workspace.serve('check')).stderr).not.toContain('freeze-over');
    workspace.write({ [file]: config });
    write('2020-02-29');
    expect((await workspace.promote('--dry-run')).status).toBe(0);
    expect((await workspace.serve('status')).stdout).not.toContain('rozen');
    expect((await workspace.serve('synth')).status).toBe(0);
    const { status, stderr } = await workspace.serve('check');
    expect([status, stderr]).toEqual([0, expect.stringMatching(new RegExp(`^warning freeze-over ${file}:\\d+:\\d+$`, 'm'))]);
    expect(stderr).toContain("the freeze of 'stage/stage-sector-2' is over and holds nothing any more");
    expect((await workspace.serve('unfreeze', 'stage-sector-2', '--no-synth')).status).toBe(0);
    expect((await workspace.serve('check')).stderr).not.toContain('freeze-over');
  });

  longTest('gets another reason, and the same one once', async () => {
    const workspace = await example();
    const freeze = (...args: string[]) => workspace.serve('freeze', ...args);
    const first = json(await freeze('production', '--reason', 'the  holidays\n', '--until', '2099-01-06', '--json'));
    expect(first).toMatchObject({
      ok: true,
      path: 'production',
      file,
      freeze: { reason: 'the holidays', until: '2099-01-06' },
      before: null,
      targets: 3,
      edited: [file],
      // The law is recorded, and nothing that Argo CD reads changes.
      written: ['_record/fleet.yaml'],
    });
    const before = everything(workspace);
    const dry = await freeze('production', '--reason', 'an incident', '--dry-run');
    expect([dry.status, dry.stdout]).toEqual([0, expect.stringContaining('  replaces  the holidays (until 2099-01-06)\n')]);
    const same = await freeze('production', '--reason', 'the holidays', '--until', '2099-01-06');
    expect([same.status, same.stdout]).toEqual([0, 'production is frozen already, and for this reason. Nothing was written.\n']);
    expect(everything(workspace)).toEqual(before);
    const other = json(await freeze('production', '--reason', 'an incident', '--json'));
    expect(other).toMatchObject({ freeze: { reason: 'an incident' }, before: { reason: 'the holidays', until: '2099-01-06' } });
    const inner = await freeze('prod-canary', '--reason', 'x');
    expect(inner.stdout).toContain('  above    production is frozen, too\n');
    expect((await workspace.promote('--dry-run')).status).toBe(0);
  });

  test.each<[string, readonly string[], string, string]>([
    ['a node that is nearly called so', ['freeze', 'prodction', '--reason', 'x'], "there is no node or target 'prodction'", "did you mean 'production'?"],
    ['a name of several', ['freeze', 'us-east1', '--reason', 'x'], "there is no node or target 'us-east1'", 'it could be '],
    ['no reason', ['freeze', 'production', '--reason', ' '], '--reason is empty', 'nothing was written'],
    ['no date', ['freeze', 'production', '--reason', 'x', '--until', '2026-02-30'], '--until cannot be read', 'nothing was written'],
    ['a day that has passed', ['freeze', 'production', '--reason', 'x', '--until', '2020-01-01'], '--until 2020-01-01 has passed', 'nothing was written'],
    ['a node below the frozen one', ['unfreeze', 'stage-sector-1'], "'stage/stage-sector-1' is not frozen", '`fleet unfreeze stage`'],
    ['a node above none', ['unfreeze', 'production'], "'production' is not frozen", 'nothing was written'],
    [
      'a new patch there',
      ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9', '--at', 'integration', '--approve', 'stage'],
      'no patch can start at integration: integration is frozen: later',
      '`fleet unfreeze integration`',
    ],
    [
      'a new app there',
      [
        'new',
        'app',
        'management-cluster',
        'web',
        '--repo',
        'https://example.com/charts',
        '--path',
        'charts/web',
        '--approve',
        'stage',
        '--approve',
        'production',
      ],
      "'web' cannot come to every target: integration is frozen: later; stage is frozen: x",
      'it goes on after',
    ],
  ])('%s is told in one message, and nothing is written', async (_, args, message, hint) => {
    const workspace = await example();
    workspace.edit(file, (text) =>
      form === 'yaml'
        ? text.replace('- name: stage\n', '- name: stage\n      freeze: x\n').replace('- name: integration\n', '- name: integration\n      freeze: later\n')
        : text.replace("name: 'stage',", "name: 'stage', freeze: 'x',").replace("name: 'integration',", "name: 'integration', freeze: 'later',"),
    );
    const before = everything(workspace);
    const { status, stdout, stderr } = await workspace.serve(...args);
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
    expect(stderr).toContain(hint);
    expect(stderr).toContain('\n1 error\n');
    expect(everything(workspace)).toEqual(before);
  });
});

describe('a frozen node of a fleet of hubs and spokes', () => {
  longTest('holds the releases of the clusters below it; a cluster is none', async () => {
    const workspace: HubWorkspace = await startedHub();
    workspaces.push(workspace);
    const config = workspace.read('config/fleet.ts');
    const made = await workspace.serve('freeze', 'tenant2/dev', '--reason', 'an audit', '--until', '2099-01-01');
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(workspace.read('config/fleet.ts')).toContain(
      "environments: [{ name: 'dev', freeze: { reason: 'an audit', until: '2099-01-01' } }, { name: 'prod', promotion: 'manual' }],",
    );
    expect((await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--approve', 'tenant1/prod')).status).toBe(0);
    const before = workspace.everything();
    const { status, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001');
    expect([status, stderr]).toEqual([1, expect.stringContaining('tenant2/dev is frozen until 2099-01-01: an audit')]);
    expect((await workspace.serve('status', 'addons')).stdout).toContain('Frozen:\n  tenant2/dev is frozen until 2099-01-01: an audit\n');
    const spoke = await workspace.serve('freeze', 'tenant1-dev-workload1', '--reason', 'x');
    expect([spoke.status, spoke.stderr]).toEqual([
      1,
      expect.stringContaining("'tenant1/dev/tenant1-dev-workload1' is a cluster, which is no node of fleet.ts"),
    ]);
    expect(spoke.stderr).toContain('freeze what it is in: `fleet freeze tenant1/dev`');
    expect(workspace.everything()).toEqual(before);
    expect((await workspace.serve('unfreeze', 'tenant2/dev')).status).toBe(0);
    expect(workspace.read('config/fleet.ts')).toBe(config);
  });
});
