import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf } from '../../store/files/journal';
import { journalPlace } from '../../store/files/journal-place';
import { ownOwner } from '../../store/files/machine';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { changedTargets, type Form, formsOr, RolloutWorkspace } from '../workspaces/rollout-workspace';
import { tree, write } from '../workspaces/temporary-folder';
import { repository } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** The example fleet without Git, which no command needs. */
function workspaceOf(form: Form, change: (workspace: RolloutWorkspace) => void = () => undefined): RolloutWorkspace {
  const workspace = new RolloutWorkspace(form, false);
  workspaces.push(workspace);
  change(workspace);
  return workspace;
}

/** Where a command that writes the configuration has its lock. */
function lockOf(workspace: RolloutWorkspace): string {
  return journalPlace(realpathSync(join(workspace.path, 'config')));
}

const everywhere = (workspace: RolloutWorkspace, list: string) =>
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("['integration', 'stage/stage-sector-1'],", list));

const commands = [
  ['plan', 'management-cluster', 'cert-manager', 'patch-001'],
  ['promote', 'management-cluster', 'cert-manager', 'patch-001'],
  ['rollback', 'management-cluster', 'cert-manager', 'patch-001'],
  ['new', 'patch', 'management-cluster', 'cert-manager', '--set', 'source.targetRevision=v1.20.0'],
  ['promote', '--auto'],
  ['status'],
] as const;

describe.each(formsOr('typescript'))('a mistake on the command line, of a fleet in %s', (form) => {
  const workspace = workspaceOf(form);

  const mistakes: readonly (readonly [string, readonly string[], string])[] = [
    [
      'a cluster type',
      ['plan', 'managment-cluster', 'cert-manager', 'patch-001'],
      "there is no cluster type 'managment-cluster'\n  hint     did you mean 'management-cluster'?",
    ],
    [
      'an app',
      ['promote', 'management-cluster', 'certmanager', 'patch-001'],
      "there is no app 'certmanager' in management-cluster\n  hint     did you mean 'cert-manager'?",
    ],
    [
      'a patch',
      ['rollback', 'management-cluster', 'cert-manager', 'patch-01'],
      "there is no patch 'patch-01' of cert-manager in management-cluster\n  hint     did you mean 'patch-001'?",
    ],
    ['no name at all, as an empty variable of a script leaves it', ['promote', '', '', ''], "there is no cluster type ''\n  hint     known cluster types:"],
    [
      'no patch',
      ['rollback', 'management-cluster', 'cert-manager', ''],
      "there is no patch '' of cert-manager in management-cluster\n  hint     known patches:",
    ],
    [
      'a number that another one begins with',
      ['promote', 'management-cluster', 'cert-manager', 'patch-00'],
      "there is no patch 'patch-00' of cert-manager in management-cluster\n  hint     known patches: patch-001, patch-002",
    ],
    [
      'a beginning of several',
      ['plan', 'management-cluster', 'cert-manager', 'patch'],
      "there is no patch 'patch' of cert-manager in management-cluster\n  hint     it could be patch-001 or patch-002",
    ],
    [
      'a path',
      ['rollback', 'management-cluster', 'cert-manager', 'patch-001', '--to', 'stagee'],
      "there is no dimension path 'stagee'\n  hint     did you mean 'stage'?",
    ],
    [
      'an app without patches',
      ['promote', 'management-cluster', 'prometheus', 'patch-001'],
      'prometheus of management-cluster has no patch in flight\n  hint     `fleet new patch management-cluster prometheus --set …` writes one',
    ],
    [
      'no patch',
      ['promote', 'management-cluster', 'cert-manager'],
      'which patch?\n  expected `fleet promote CLUSTER-TYPE APP PATCH`, or `fleet promote --auto`',
    ],
    [
      'an app of a new patch',
      ['new', 'patch', 'm', 'hypershft', '--set', 'project=a'],
      "there is no app 'hypershft' in management-cluster\n  hint     did you mean 'hypershift'?",
    ],
    ['a status', ['status', 'm', 'hypershft'], "there is no app 'hypershft' in management-cluster"],
  ];

  test.each([
    ['promote', 'management-cluster', 'cert-manager', 'patch-001'],
    ['new', 'patch', 'management-cluster', 'cert-manager', '--set', 'source.targetRevision=v1.20.0'],
    ['new', 'app', 'management-cluster', 'own', '--path', 'x', '--repo', 'https://example.com/own'],
  ])('in a path that is approved is told (%s %s)', async (...args) => {
    const before = workspace.config();
    const { status, stdout, stderr } = await workspace.serve(...args, '--approve', 'produciton');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("error unknown-path\n  the dimension path 'produciton' does not exist\n  hint     did you mean 'production'?\n\n1 error\n");
    expect(workspace.config()).toEqual(before);
  });

  test.each(partly(mistakes, 6))('in %s is told, with what was meant', async (_, args, message) => {
    const { status, stdout, stderr } = await workspace.serve(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error rollout\n  ${message}`);
    expect(stderr).toMatch(/\n\n1 error\n$/);
    const asJson = await workspace.serve(...args, '--json');
    expect([asJson.status, asJson.stderr, JSON.parse(asJson.stdout)]).toMatchObject([1, '', { ok: false, problems: [{ code: 'rollout' }] }]);
  });

  test.each(partly([['source.targetRevision'], ['=x'], ['source..chart=x'], ['__proto__.a=x']], 2))('in --set %s is told', async (set) => {
    const { status, stderr } = await workspace.serve('new', 'patch', 'm', 'cert-manager', '--set', set);
    expect([status, stderr]).toEqual([1, expect.stringContaining('Expected path=value, such as source.targetRevision=v1.20.0.')]);
  });

  test('wrote nothing so far', () => {
    expect(workspace.top()).toEqual(['config']);
  });
});

describe('a fleet with mistakes', () => {
  test('is not moved: every command tells of them, also as JSON', async () => {
    const workspace = workspaceOf('typescript', (one) => everywhere(one, "['integration', 'stage/stage-sektor-1'],"));
    for (const command of partly(commands, 3)) {
      const plain = await workspace.serve(...command);
      expect([plain.status, plain.stdout, plain.stderr]).toEqual([
        1,
        '',
        expect.stringContaining('error unknown-path config/management-cluster/cert-manager.ts:43:36'),
      ]);
      const asJson = await workspace.serve(...command, '--json');
      expect([asJson.status, asJson.stderr, JSON.parse(asJson.stdout)]).toMatchObject([1, '', { ok: false, problems: [{ code: 'unknown-path', line: 43 }] }]);
    }
    expect(workspace.top()).toEqual(['config']);
  });

  test('is not there at all, or somewhere else', async () => {
    const workspace = workspaceOf('yaml');
    for (const command of partly(commands, 2)) {
      const { status, stdout } = await workspace.serve(...command, '--json', '--config', 'nowhere');
      expect([status, JSON.parse(stdout)]).toMatchObject([1, { ok: false, problems: [{ code: 'config-missing', file: 'nowhere' }] }]);
    }
    workspace.run('mv', ['config', 'fleet config']);
    const { stdout } = await workspace.serve('promote', 'm', 'cert', 'patch-001', '--config', 'fleet config', '--approve', 'stage');
    expect(stdout).toMatch(/git add -A -- '?fleet config|^(?!.*git add)/s);
    expect(stdout).toContain('fleet config/management-cluster/cert-manager/stage');
    expect((await workspace.serve('promote', 'm', 'cert', 'patch-001', '--config', 'fleet config')).stdout).toContain(
      "  npx fleet promote management-cluster cert-manager patch-001 --approve production --config 'fleet config'\n",
    );
  });
});

describe('a patch that cannot go on', () => {
  test('sits nowhere', async () => {
    const workspace = workspaceOf('typescript', (one) => everywhere(one, '[],'));
    const { status, stderr } = await workspace.promote();
    expect([status, stderr]).toEqual([1, expect.stringContaining("'patch-001' cannot go on: it sits nowhere\n  app      cert-manager\n  found    no path\n")]);
    expect((await workspace.serve('plan', 'm', 'cert', 'patch-001')).stdout).toContain('  1. stops  it sits nowhere\n');
    expect((await workspace.serve('status')).stdout).toContain('  at        no path\n  next      nothing: it sits nowhere\n');
    expect((await workspace.rollback()).stderr).toContain("'patch-001' covers no target");
  });

  test('would be beaten by an older one', async () => {
    const workspace = workspaceOf('typescript', (one) =>
      everywhere(one, "['integration', 'stage/stage-sector-1/us-east1'],").edit('config/management-cluster/cert-manager.ts', (text) =>
        text.replace(
          "['integration', 'stage/stage-sector-1/us-east1'],\n      change: { source: { helm",
          "['integration'],\n      change: { source: { targetRevision: 'v1.20.0', helm",
        ),
      ),
    );
    const { status, stderr } = await workspace.serve('promote', 'm', 'cert', 'patch-002', '--approve', 'stage');
    expect([status, stderr]).toEqual([1, expect.stringContaining('in source.targetRevision, at stage/stage-sector-1/us-east1')]);
    expect((await workspace.serve('promote', '--auto')).stdout).toContain('patch-002 of cert-manager in management-cluster: ');
  });
});

describe.each(formsOr('typescript'))('a folder that cannot be written, of a fleet in %s', (form) => {
  test('is told, and nothing is lost, where a file is in the way of the output', async () => {
    const workspace = workspaceOf(form);
    workspace.write({ dist: 'mine' });
    const before = workspace.snapshot('.');
    const { status, stdout, stderr } = await workspace.promote('--json');
    expect([status, stderr, JSON.parse(stdout)]).toMatchObject([1, '', { ok: false, problems: [{ code: expect.stringMatching(/^output-/) }] }]);
    expect(workspace.snapshot('.')).toMatchObject({ dist: before.dist });
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage/stage-sector-1']);
    expect(workspace.top()).toEqual(['config', 'dist']);
  });

  longTest('is told where a file is in the way of the lock', async () => {
    const workspace = workspaceOf(form);
    const lock = lockOf(workspace);
    mkdirSync(dirname(lock), { recursive: true });
    writeFileSync(lock, 'mine');
    const before = workspace.snapshot('config');
    const { status, stdout, stderr } = await workspace.promote();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("error config-write\n  'config' cannot be written: a file is in the way (EEXIST)\n");
    expect(stderr).toContain(`${lock}\n  hint     nothing was changed\n`);
    expect(workspace.snapshot('config')).toEqual(before);
    rmSync(lock);
  });

  test('is told where what an earlier version left, or somebody planted, lies in the configuration: by every command', async () => {
    const workspace = workspaceOf(form, (one) => {
      one.write({ 'config/.fleet-transaction/journal.json': '[{"path":"../precious","isWritten":true,"wasThere":true}]', precious: 'mine' });
      one.write({ 'config/.fleet-transaction/new-0': 'evil' });
    });
    const before = workspace.snapshot('.');
    const step = ['management-cluster', 'cert-manager', 'patch-001'];
    const commands = [['status'], ['check'], ['plan', ...step], ['promote', ...step], ['promote', ...step, '--dry-run'], ['synth'], ['rollback', ...step]];
    for (const command of [...partly(commands, 3), ['synth', '--output', 'elsewhere'], ['bootstrap', 'production/prod-canary/us-east1']]) {
      const { status, stdout, stderr } = await workspace.serve(...command);
      expect([command, status, stdout]).toEqual([command, 1, '']);
      expect(stderr).toContain("error config-journal\n  'config/.fleet-transaction' is not obeyed: it may have come with the fleet\n");
    }
    expect(workspace.snapshot('.')).toEqual(before);
  });

  test('keeps the modes of files', async () => {
    const workspace = workspaceOf(form);
    const file = join(workspace.path, form === 'yaml' ? 'config/management-cluster/cert-manager/values.yaml' : 'config/management-cluster/cert-manager.ts');
    chmodSync(file, 0o600);
    expect((await workspace.promote()).status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('commands beside each other', () => {
  /** What a command leaves that was killed right after its journal was complete: the patch enters the last sector of stage. */
  function leave(workspace: RolloutWorkspace, pid: number): void {
    const folder = 'management-cluster/cert-manager/stage';
    const text = workspace.read(`config/${folder}/stage-sector-1/patch-001.yaml`);
    const entries = [{ path: `${folder}/stage-sector-2/patch-001.yaml`, before: null, after: hashOf(text) }];
    const journal = { version: 1, ...ownOwner(), root: realpathSync(join(workspace.path, 'config')), entries };
    write(lockOf(workspace), { pid: String(pid), 'new-0': text, 'journal.json': JSON.stringify(journal) });
  }

  test('a second one is told to wait, and what a killed one began is finished by the next that writes', async () => {
    const workspace = workspaceOf('yaml');
    await workspace.serve('synth');
    const rendered = workspace.rendered();
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    write(lockOf(workspace), { pid: String(child.pid) });
    const busy = await workspace.promote('--json');
    expect([busy.status, JSON.parse(busy.stdout)]).toMatchObject([
      1,
      { ok: false, problems: [{ code: 'config-busy', hint: expect.stringMatching(/^wait until it is done, then run this again/) }] },
    ]);
    leave(workspace, child.pid as number);
    child.kill('SIGKILL');
    await once(child, 'exit');
    mkdirSync(join(workspace.path, `.config.fleet-proof-${child.pid}`));
    const { status, stderr } = await workspace.promote('--approve', 'production');
    expect([status, stderr]).toEqual([
      0,
      "An earlier command was killed while it wrote 'config'. What it began has been finished; `npx fleet synth` renders it.\n\n",
    ]);
    expect(changedTargets(rendered, workspace.rendered())).toEqual([
      'management-cluster/production/prod-canary/us-east1',
      'management-cluster/stage/stage-sector-2/ap-east1',
    ]);
    expect(workspace.top()).toEqual(['config', 'dist']);
    expect(existsSync(lockOf(workspace))).toBe(false);
  });

  test('what is half edited is told by whatever only reads, which writes nothing, and finished by synth', async () => {
    const workspace = workspaceOf('yaml');
    await workspace.serve('synth');
    leave(workspace, 2 ** 30);
    const before = [workspace.snapshot('.'), tree(lockOf(workspace))];
    const step = ['management-cluster', 'cert-manager', 'patch-001'];
    const commands = [
      ['status'],
      ['check'],
      ['plan', ...step],
      ['promote', ...step, '--dry-run'],
      ['promote', '--auto', '--dry-run'],
      ['rollback', ...step, '--dry-run'],
    ];
    for (const command of [
      ...partly(commands, 3),
      ['synth', '--output', 'elsewhere'],
      ['clusters'],
      ['owners', '--codeowners'],
      ['bootstrap', 'production/prod-canary/us-east1'],
    ]) {
      const { status, stderr } = await workspace.serve(...command);
      expect([command, status]).toEqual([command, 1]);
      expect(stderr).toContain("error config-journal\n  a command was killed while it wrote 'config', which is half edited now\n");
      expect(stderr).toContain('`npx fleet synth` brings the edit to an end first');
    }
    expect([workspace.snapshot('.'), tree(lockOf(workspace))]).toEqual(before);
    const { stdout } = await workspace.serve('synth', '--json');
    expect(stdout).toContain('stage/stage-sector-2/ap-east1/templates/cert-manager.yaml');
    expect(existsSync(lockOf(workspace))).toBe(false);
  });

  longTest('two processes at once do one step after the other, or one of them is told to wait', async () => {
    const workspace = workspaceOf('yaml');
    const runs = [1, 2].map(async () => {
      const child = spawn(process.execPath, [join(repository, 'cli/fleet.js'), 'promote', 'm', 'cert', 'patch-002', '--json'], { cwd: workspace.path });
      let stdout = '';
      child.stdout.on('data', (data) => {
        stdout += data;
      });
      const [status] = (await once(child, 'close')) as [number];
      return { status, ...(JSON.parse(stdout) as { readonly path?: string; readonly problems?: readonly { readonly code: string }[] }) };
    });
    const done = await Promise.all(runs);
    const paths = done.flatMap(({ path }) => path ?? []).sort();
    expect(paths).toEqual(['stage/stage-sector-1/europe-west1', 'stage/stage-sector-2'].slice(0, paths.length));
    for (const { status, problems } of done) expect([0, problems?.[0]?.code]).toContain(status === 0 ? 0 : 'config-busy');
    expect(workspace.top()).toEqual(['config', 'dist']);
  });
});

describe('output', () => {
  longTest('has no colours in a pipe, nor where nobody wants any, and an exit status of its own', () => {
    const workspace = workspaceOf('yaml');
    const run = (env: NodeJS.ProcessEnv) =>
      workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), 'promote', 'management-cluster', 'cert-manager', 'patch-001', '--all'], env);
    for (const { status, stdout, stderr } of [run({}), run({ NO_COLOR: '1', FORCE_COLOR: '1' })]) {
      expect([status, stderr]).toEqual([3, '']);
      expect(stdout).not.toContain('\u001b');
    }
  });
});
