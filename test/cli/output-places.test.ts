import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { HubWorkspace, startedHub } from '../workspaces/hub-workspace';
import { formsOr, RolloutWorkspace } from '../workspaces/rollout-workspace';
import { tree } from '../workspaces/temporary-folder';
import { repository, texts, type Workspace } from '../workspaces/workspace';

jest.setTimeout(240_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** A fleet in a repository, with files of a person beside it. */
function rollout(form: 'typescript' | 'yaml'): RolloutWorkspace {
  const workspace = new RolloutWorkspace(form);
  workspaces.push(workspace);
  workspace.write({ 'README.md': 'mine', 'src/main.go': 'mine', 'other/.git/HEAD': 'ref: x', 'other/notes.txt': 'mine' });
  symlinkSync('.', join(workspace.path, 'here'));
  return workspace;
}

function hub(): HubWorkspace {
  const workspace = new HubWorkspace();
  workspaces.push(workspace);
  return workspace;
}

async function started(): Promise<HubWorkspace> {
  const workspace = await startedHub();
  workspaces.push(workspace);
  return workspace;
}

/** Everything but Git's own. */
function everything(workspace: Workspace): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree(workspace.path)).filter(([path]) => !path.startsWith('.git/')));
}

const outputs = [
  '',
  '.',
  './',
  'dist/..',
  '..',
  '/',
  'config',
  'config/dist',
  'here',
  'here/',
  '.git',
  '.git/x',
  'other',
  'src',
  'here/src/..',
  process.env.HOME ?? '/',
];

test('no command writes to what holds anything else, however it is spelled', async () => {
  const workspace = rollout('typescript');
  const before = everything(workspace);
  for (const output of partly([...outputs, workspace.path, `${workspace.path}/`, join(workspace.path, 'config')], 5)) {
    for (const command of ['synth', 'check']) {
      const { status, stderr } = await workspace.serve(command, '--output', output);
      if (command === 'check' && ['other', 'src'].includes(output)) continue;
      expect([command, output, status]).toEqual([command, output, 1]);
      expect(stderr).toContain('error output-folder');
    }
  }
  expect(everything(workspace)).toEqual(before);
});

const paths = ['', '/', '//', '.', './', '..', 'dist/..', './dist', '/dist', 'dist/../..', ' ', '.git', '.git/x', 'a/.git/b', 'dist\\u0000x', 'dist\\n'];

longTest.each(formsOr('yaml'))('nor has a fleet in %s such a path', async (form) => {
  const workspace = rollout(form);
  await workspace.serve('synth');
  const [file, setting] = form === 'yaml' ? (['config/config.yaml', /^path:.*\n/m] as const) : (['config/fleet.ts', /^ *path: .*\n/m] as const);
  const text = workspace.read(file).replace(setting, '');
  const before = everything(workspace);
  for (const path of partly([...paths, 'config', 'other', 'src', 'here'], 5)) {
    const said = form === 'yaml' ? `${text}\npath: "${path}"\n` : text.replace('defineFleet({', `defineFleet({\n  path: '${path}',`);
    writeFileSync(join(workspace.path, file), said);
    const promote = ['', '/', 'config', 'other'].includes(path) ? [['promote', 'management-cluster', 'cert-manager', 'patch-001']] : [];
    for (const command of [['synth'], ...promote]) {
      const { status, stderr } = await workspace.serve(...command);
      expect([command[0], path, status]).toEqual([command[0], path, 1]);
      expect(stderr).toMatch(/^error (invalid-name|output-folder)/m);
      expect(everything(workspace)).toEqual({ ...before, [file]: said });
    }
  }
});

test.each(partly(['', '/', '.', 'config', '.git/x'], 1))('nor a fleet of hubs and spokes: %p', async (path) => {
  const workspace = hub();
  workspace.edit('config/fleet.ts', (text) => text.replace("path: 'dist'", `path: '${path}'`));
  const before = everything(workspace);
  const { status, stderr } = await workspace.serve('synth');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^error (invalid-name|output-folder)/m)]);
  expect(everything(workspace)).toEqual(before);
});

longTest.each(partly(['..', '.', 'dist/..', 'config', 'other'], 1))('nor what `cdk8s synth` runs, where it is told %p', (wanted) => {
  const workspace = rollout('typescript');
  const before = everything(workspace);
  const { status, stderr } = workspace.run(process.execPath, ['--require', require.resolve('tsx/cjs'), join(repository, 'main.ts')], { CDK8S_OUTDIR: wanted });
  expect([status, stderr]).toEqual([1, expect.stringContaining('error output-folder')]);
  expect(everything(workspace)).toEqual(before);
});

test('a fleet whose path is also the folder that holds it is refused', async () => {
  const workspace = rollout('typescript');
  mkdirSync(join(workspace.path, 'fleet'));
  cpSync(join(workspace.path, 'config'), join(workspace.path, 'fleet/config'), { recursive: true });
  writeFileSync(
    join(workspace.path, 'fleet/config/fleet.ts'),
    workspace
      .read('config/fleet.ts')
      .replace('defineFleet({', "defineFleet({\n  path: 'fleet',")
      .replace(/^ *path: 'dist'.*\n/m, ''),
  );
  const before = everything(workspace);
  const { status, stderr } = await workspace.serve('synth', '--config', 'fleet/config');
  expect([status, stderr]).toEqual([1, expect.stringContaining("'fleet' cannot be the output folder: it holds the configuration")]);
  expect(everything(workspace)).toEqual(before);
});

longTest('a link that Git carried leads a fleet in YAML to nothing of anybody else', async () => {
  const [other, workspace] = [rollout('yaml'), rollout('yaml')];
  await other.serve('synth');
  other.commit('Mine');
  symlinkSync(other.path, join(workspace.path, 'away'));
  const before = [everything(other), everything(workspace)];
  const file = 'config/config.yaml';
  const text = workspace.read(file);
  for (const path of partly(['away/dist', 'away/new', 'away/dist/deep'], 1)) {
    workspace.write({ [file]: `${text}\npath: ${path}\n` });
    for (const command of [['synth'], ['check'], ['promote', 'management-cluster', 'cert-manager', 'patch-001']]) {
      const { status, stderr } = await workspace.serve(...command);
      expect([path, status, stderr]).toEqual([
        path,
        1,
        expect.stringContaining(`error output-folder\n  '${path}' cannot be the output folder: a link leads out`),
      ]);
    }
    workspace.write({ [file]: text });
    expect([everything(other), everything(workspace)]).toEqual(before);
  }
  // A person may name it, and links inside are the fleet's own.
  expect(await workspace.serve('synth', '--output', 'away/dist')).toMatchObject({ status: 0, stdout: expect.stringContaining('0 written, 0 removed') });
  mkdirSync(join(workspace.path, 'real'));
  symlinkSync('real', join(workspace.path, 'dist'));
  expect((await workspace.serve('synth')).status).toBe(0);
  expect(Object.keys(tree(join(workspace.path, 'real')))).toEqual(Object.keys(tree(join(other.path, 'dist'))));
});

longTest("what somebody put where a disabled app would be rendered is not the tool's", async () => {
  const workspace = rollout('typescript');
  workspace.edit('config/management-cluster/prometheus.ts', (text) => text.replace('description:', 'enabled: false,\n  description:'));
  await workspace.serve('synth');
  const path = 'dist/management-cluster/stage/stage-sector-1/us-east1/templates/prometheus.yaml';
  workspace.write({ [path]: 'mine' });
  const before = everything(workspace);
  expect(await workspace.serve('synth')).toMatchObject({ status: 1, stderr: expect.stringContaining(`error output-stranger\n  '${path}'`) });
  expect(everything(workspace)).toEqual(before);
  workspace.run('rm', [path]);
  workspace.edit('config/management-cluster/prometheus.ts', (text) => text.replace(/ *enabled: false,\n/, ''));
  expect((await workspace.serve('synth')).status).toBe(0);
  workspace.edit('config/management-cluster/prometheus.ts', (text) => text.replace('description:', 'enabled: false,\n  description:'));
  expect((await workspace.serve('synth')).status).toBe(0);
  expect(everything(workspace)).toEqual(Object.fromEntries(Object.entries(before).filter(([file]) => file !== path)));
});

describe('the output of hubs and spokes', () => {
  const spoke = 'spokes/tenant1-dev-workload1';

  longTest('goes with the spoke, and what changed is written, without any commit and in another clone', async () => {
    const workspace = await started();
    workspace.run('rm', ['config/spokes/tenant1-dev-workload1.ts']);
    const clone = hub();
    clone.run('rm', ['-r', clone.path]);
    spawnSync('git', ['clone', '-q', workspace.path, clone.path]);
    clone.run('rm', ['config/spokes/tenant1-dev-workload1.ts']);
    const removed = Object.keys(workspace.rendered()).filter((path) => path.startsWith(spoke));
    for (const one of [workspace, clone]) {
      const { status, stdout, stderr } = await one.serve('synth', '--json');
      expect([status, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout).removed).toEqual(expect.arrayContaining(removed));
    }
    workspace.git('checkout', '-q', '--', 'config');
    expect((await workspace.serve('synth', '--json')).status).toBe(0);
    expect(workspace.git('status', '--porcelain')).toBe('');
  });

  test.each(
    partly(
      [
        `${spoke}/argocd/README.txt`,
        `${spoke}/argocd/applicationsets/addons/rogue.yaml`,
        `${spoke}/values/addons/rogue.yaml`,
        'hubs/hub-1/argocd/rogue.yaml',
        'hubs/hub-1/bootstrap/repositories/rogue.yaml',
      ],
      1,
    ),
  )('is not written beside what somebody put there: %s', async (path) => {
    const workspace = await started();
    const model = workspace.read('dist/hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml');
    workspace.write({ [`dist/${path}`]: model.replaceAll('cert-manager', 'rogue'), 'dist/README.md': 'mine', 'dist/spokes/OWNERS': 'mine' });
    const before = workspace.rendered();
    const { status, stderr } = await workspace.serve('synth');
    expect([status, stderr]).toEqual([1, expect.stringContaining(`error output-stranger\n  'dist/${path}'`)]);
    expect(workspace.rendered()).toEqual(before);
    workspace.run('rm', [`dist/${path}`]);
    const after = await workspace.serve('synth', '--json');
    expect(JSON.parse(after.stdout)).toMatchObject({ ok: true, left: ['README.md', 'spokes/OWNERS'] });
    expect((await workspace.serve('check')).status).toBe(0);
    expect(texts(workspace.snapshot('dist'))['README.md']).toBe('mine');
  });
});
