import { cpSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { RolloutWorkspace } from '../workspaces/rollout-workspace';
import { examples, type Run, repository, serve, texts, Workspace } from '../workspaces/workspace';

jest.setTimeout(120_000);

const workspaces: Workspace[] = [];
const author = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com', GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com' };

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** A repository of many things; the fleet of one of them is in `platform/fleet`, and says so. */
class Monorepo extends Workspace {
  constructor(readonly form: 'typescript' | 'yaml' | 'hub') {
    super({ 'README.md': 'x', 'platform/fleet/README.md': 'x', 'services/shop/config/app.json': '{}' });
    workspaces.push(this);
    cpSync(examples[form], join(this.path, 'platform/fleet/config'), { recursive: true });
    const [file, before, after] = {
      typescript: ['fleet.ts', "path: 'dist'", "path: 'platform/fleet/dist'"],
      yaml: ['config.yaml', 'dimensions:', 'path: platform/fleet/dist\ndimensions:'],
      hub: ['fleet.ts', "path: 'examples/hub-spoke/dist'", "path: 'platform/fleet/dist'"],
    }[form] as [string, string, string];
    this.edit(`platform/fleet/config/${file}`, (text) => text.replace(before, after));
    this.git('init', '-q', '-b', 'main');
  }

  git(...args: string[]): string {
    return this.run('git', args, author).stdout;
  }

  commit(message: string): this {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message);
    return this;
  }

  in(folder: string, ...args: string[]): Run {
    return serve(join(this.path, folder), args);
  }

  /** Every folder that holds rendered output, by the charts and registrations in it. */
  outputs(): readonly string[] {
    const found = Object.keys(this.snapshot('.')).flatMap(
      (path) => /^(.*?)\/?(?:management-cluster|hubs)\/.*(?:Chart|external-secret).*\.yaml$/.exec(path)?.[1] ?? [],
    );
    return [...new Set(found)].filter((path) => !path.includes('config'));
  }
}

const folders = ['platform/fleet/src/deep', 'platform/fleet/config', 'platform/fleet'];

/** Commands by what they are told besides the configuration. */
const commands: Readonly<Record<'typescript' | 'yaml' | 'hub', readonly (readonly string[])[]>> = {
  typescript: [
    ['check'],
    ['owners', '--codeowners'],
    ['status'],
    ['plan', 'management-cluster', 'cert-manager', 'patch-001'],
    ['promote', 'management-cluster', 'cert-manager', 'patch-001'],
    ['rollback', 'management-cluster', 'cert-manager', 'patch-001'],
    ['promote', '--auto'],
    ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9'],
    ['bootstrap', 'production/prod-sector-1/us-east1', '--annotation', 'gcp-hcp/project-id=x', '--annotation', 'gcp-hcp/vpc-id=x'],
  ],
  yaml: [
    ['check'],
    ['owners', '--codeowners'],
    ['status'],
    ['promote', 'management-cluster', 'cert-manager', 'patch-001'],
    ['rollback', 'management-cluster', 'cert-manager', 'patch-001'],
    ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9'],
  ],
  hub: [
    ['check'],
    ['owners', '--codeowners'],
    ['clusters'],
    ['move', 'tenant1-dev-workload1', '--to', 'distributed'],
    ['retire', 'tenant1-dev-workload1'],
    [
      'new',
      'spoke',
      'tenant1-dev-workload9',
      '--tenant',
      'tenant1',
      '--environment',
      'dev',
      '--secret',
      's',
      '--annotation',
      'company.example/region=x',
      '--annotation',
      'company.example/vpc-id=x',
    ],
  ],
};

const rows = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((form) =>
  (form === 'typescript' ? [...folders, '.', 'services/shop'] : ['platform/fleet', '.']).map((folder) => [form, folder] as const),
);

longTest.each(partly(rows, 1))('a fleet (%s) has its output at one place, with commands run in %s', async (form, folder) => {
  const monorepo = new Monorepo(form);
  mkdirSync(join(monorepo.path, folder), { recursive: true });
  const config = folder.startsWith('platform') ? [] : ['--config', join(monorepo.path, 'platform/fleet/config')];
  const synth = await monorepo.in(folder, 'synth', ...config);
  expect([synth.status, monorepo.outputs()]).toEqual([0, ['platform/fleet/dist']]);
  monorepo.commit('Start');
  for (const command of commands[form]) {
    const { status, stdout, stderr } = await monorepo.in(folder, ...command, ...config);
    expect([command[0], status, status === 0 ? '' : stderr]).toEqual([command[0], 0, '']);
    expect(monorepo.outputs()).toEqual(['platform/fleet/dist']);
    // What is suggested works where the command was run.
    const [, script] = stdout.split('\nNext:\n');
    if (script === undefined) continue;
    monorepo.run('sh', ['-ec', `cd '${folder}'\n${script}`], author);
    expect([command[0], monorepo.git('status', '--porcelain')]).toEqual([command[0], '']);
  }
});

test('a command that is told no configuration takes the nearest one above, and its own where there is one', async () => {
  const monorepo = new Monorepo('typescript');
  expect((await monorepo.in('services/shop', 'status')).stderr).toContain("there is no fleet in 'config'");
  expect((await monorepo.in('.', 'status')).stderr).toContain("there is no configuration folder 'config'");
  monorepo.write({ 'platform/fleet/part/config/app.json': '{}', 'platform/fleet/other/config/flet.ts': '' });
  expect((await monorepo.in('platform/fleet/part', 'status')).status).toBe(0);
  expect((await monorepo.in('platform/fleet/other', 'status')).stderr).toContain("did you mean 'flet.ts'?");
});

longTest('`cdk8s synth` renders to the same place, wherever it finds its configuration', () => {
  const monorepo = new Monorepo('typescript');
  mkdirSync(join(monorepo.path, 'platform/fleet/src'));
  for (const folder of ['platform/fleet', 'platform/fleet/src']) {
    const { status, stderr } = monorepo.run('sh', ['-c', `cd '${folder}' && '${process.execPath}' --require tsx/cjs '${join(repository, 'main.ts')}'`], {
      NODE_PATH: join(repository, 'node_modules'),
    });
    expect([status, stderr]).toEqual([0, expect.stringMatching(/ in (\.\.\/)?dist\/: /)]);
    expect(monorepo.outputs()).toEqual(['platform/fleet/dist']);
  }
});

longTest('a configuration of another repository has its output there, and the suggestions say where', async () => {
  const monorepo = new Monorepo('typescript');
  const config = ['--config', join(monorepo.path, 'platform/fleet/config')];
  const elsewhere = new Workspace({ 'a.txt': '1' });
  workspaces.push(elsewhere);
  elsewhere.run('git', ['init', '-q']);
  await serve(elsewhere.path, ['synth', ...config]);
  monorepo.commit('Start');
  const { stdout } = await serve(elsewhere.path, ['promote', 'management-cluster', 'cert-manager', 'patch-001', ...config]);
  expect(Object.keys(elsewhere.snapshot('.')).filter((path) => !path.startsWith('.git'))).toEqual(['a.txt']);
  const lines = stdout.slice(stdout.indexOf('\nNext:')).match(/git .*/g) as string[];
  expect(lines[0]).toMatch(`git -C ${monorepo.path} add -A -- platform/fleet/config/management-cluster/cert-manager.ts platform/fleet/dist`);
  elsewhere.run('sh', ['-c', lines[0] as string]);
  expect(monorepo.git('status', '--porcelain').match(/^.[^ ]/gm)).toBeNull();
});

longTest('without a repository, output counts from the folder of package.json, and without one from where the command runs', async () => {
  const workspace = new RolloutWorkspace('typescript', false);
  workspaces.push(workspace);
  mkdirSync(join(workspace.path, 'src'));
  workspace.write({ 'package.json': '{}' });
  const run = (folder: string, ...args: string[]) => serve(join(workspace.path, folder), ['synth', ...args]);
  expect((await run('src')).stdout).toContain(' in ../dist/:');
  expect(workspace.has('dist/management-cluster')).toBe(true);
  workspace.run('rm', ['-r', 'package.json', 'dist']);
  expect((await run('src', '--config', '../config')).stdout).toContain(' in dist/:');
  expect(workspace.has('src/dist/management-cluster')).toBe(true);
  expect((await run('.', '--output', 'src/dist')).stdout).toContain(': 0 written, 0 removed');
});

describe('output that was committed where `path` counted from the working directory', () => {
  test.each(
    partly<readonly [string, readonly string[]]>(
      [
        ['platform/fleet', ['synth']],
        ['platform/fleet', ['check']],
        ['platform/fleet', ['promote', 'management-cluster', 'cert-manager', 'patch-001']],
        ['.', ['synth', '--config', 'platform/fleet/config']],
        ['platform/fleet/config', ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9']],
      ],
      1,
    ),
  )('is told of, and what is said moves it: in %s, %j', async (folder, command) => {
    const monorepo = new Monorepo('typescript');
    await monorepo.in('platform/fleet', 'synth');
    mkdirSync(join(monorepo.path, 'platform/fleet/platform/fleet'), { recursive: true });
    renameSync(join(monorepo.path, 'platform/fleet/dist'), join(monorepo.path, 'platform/fleet/platform/fleet/dist'));
    monorepo.commit('Start');
    const before = texts(monorepo.snapshot('platform'));
    const { status, stderr } = await monorepo.in(folder, ...command);
    const [, move = ''] = /move it: `(git mv [^`]+)`/.exec(stderr) ?? [];
    expect([status, stderr.includes('error output-folder'), move]).toEqual([1, true, expect.stringContaining('platform/fleet/dist')]);
    expect(texts(monorepo.snapshot('platform'))).toEqual(before);
    monorepo.run('sh', ['-ec', `cd '${folder}'; ${move}`]);
    expect((await monorepo.in('platform/fleet', 'check')).status).toBe(0);
  });

  longTest('may stay there, where the fleet says so', async () => {
    const monorepo = new Monorepo('typescript').edit('platform/fleet/config/fleet.ts', (text) => text.replace("path: 'platform/fleet/dist'", "path: 'dist'"));
    await monorepo.in('platform/fleet', 'synth', '--output', 'dist');
    monorepo.commit('Start');
    const { status, stderr } = await monorepo.in('platform/fleet', 'synth');
    expect([status, stderr]).toEqual([1, expect.stringContaining("let the fleet say path: 'platform/fleet/dist'")]);
    expect(monorepo.has('dist')).toBe(false);
    monorepo.edit('platform/fleet/config/fleet.ts', (text) => text.replace("path: 'dist'", "path: 'platform/fleet/dist'"));
    expect((await monorepo.in('platform/fleet', 'synth')).status).toBe(0);
    expect(monorepo.outputs()).toEqual(['platform/fleet/dist']);
  });
});
