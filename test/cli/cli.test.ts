import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { repository, texts, Workspace } from '../workspaces/workspace';

let workspace: Workspace;
afterEach(() => workspace.remove());

const canary = 'dist/management-cluster/production/prod-canary/us-east1';

describe('fleet synth', () => {
  test('renders the example, and writes nothing the second time', () => {
    workspace = new Workspace();
    const first = workspace.fleet('synth');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('18 targets, 116 files in dist/: 116 written, 0 removed, 0 unchanged');
    const written = workspace.snapshot('dist');
    expect(Object.keys(written)).toHaveLength(116);
    const second = workspace.fleet('synth');
    expect(second.stdout).toBe('18 targets, 116 files in dist/: 0 written, 0 removed, 116 unchanged\n');
    expect(workspace.snapshot('dist')).toEqual(written);
  });

  test('writes only what changed, removes what no longer belongs, and says both', () => {
    workspace = new Workspace();
    workspace.fleet('synth');
    const before = workspace.snapshot('dist');
    workspace.edit('config/management-cluster/cert-manager.ts', (text) =>
      text.replace("'stage/stage-sector-1'],", "'stage/stage-sector-1', 'stage/stage-sector-2'],"),
    );
    rmSync(join(workspace.path, 'config/management-cluster/prometheus.ts'));
    const { status, stdout } = workspace.fleet('synth', '--json');
    const report = JSON.parse(stdout);
    expect({ status, ...report, removed: report.removed.length, written: undefined, unchanged: undefined }).toMatchObject({
      status: 0,
      ok: true,
      targets: 18,
      files: 106,
      removed: 10,
    });
    expect(report.written).toEqual([
      '_record/management-cluster/cert-manager.yaml',
      'management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml',
    ]);
    const after = workspace.snapshot('dist');
    const touched = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(touched.sort()).toEqual(report.written);
    expect(Object.keys(before).filter((path) => !(path in after))).toEqual(report.removed);
  });

  test('renders to another folder, from another one', () => {
    workspace = new Workspace();
    workspace.run('mv', ['config', 'fleet-config']);
    expect(workspace.fleet('synth', '--config', 'fleet-config', '--output', 'out/preview').status).toBe(0);
    expect(workspace.has('out/preview/management-cluster/production/prod-canary/us-east1/Chart.yaml')).toBe(true);
    expect(workspace.has('dist')).toBe(false);
  });

  test('never takes a folder of something else for output', () => {
    workspace = new Workspace().write({ 'notes/todo.txt': 'mine' });
    const { status, stderr } = workspace.fleet('synth', '--output', 'notes');
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('error output-folder') });
    expect(texts(workspace.snapshot('notes'))).toEqual({ 'todo.txt': 'mine' });
    expect(workspace.fleet('synth', '--output', '.').status).toBe(1);
    expect(workspace.has('config/fleet.ts')).toBe(true);
  });

  longTest('leaves the history of an output folder that is a repository of its own alone', () => {
    workspace = new Workspace();
    workspace.write({ 'dist/.git/HEAD': 'ref: refs/heads/rendered\n' });
    expect(workspace.fleet('synth').status).toBe(0);
    expect(workspace.fleet('synth').stdout).toContain('0 written, 0 removed, 116 unchanged');
    expect(workspace.fleet('check').status).toBe(0);
    expect(workspace.read('dist/.git/HEAD')).toBe('ref: refs/heads/rendered\n');
  });

  longTest('knows its own output again when the fleet got other names for everything', () => {
    workspace = new Workspace();
    workspace.fleet('synth');
    for (const name of ['management-cluster', 'infra-cluster']) workspace.run('mv', [`config/${name}`, `config/new-${name}`]);
    for (const root of ['infra-cluster', 'management-cluster']) {
      workspace.edit(`config/new-infra-cluster/${root}-root.ts`, (text) => text.replace(`clusterType: '${root}'`, `clusterType: 'new-${root}'`));
    }
    expect(workspace.fleet('synth')).toMatchObject({ status: 0, stdout: expect.stringContaining('115 written, 115 removed') });
  });

  longTest('renders the same bytes in another folder, locale and time zone', () => {
    workspace = new Workspace();
    workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), 'synth'], { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' });
    const other = new Workspace();
    other.fleet('synth');
    expect(texts(workspace.snapshot('dist'))).toEqual(texts(other.snapshot('dist')));
    other.remove();
  });
});

describe('cdk8s synth', () => {
  function withApp(): Workspace {
    const made = new Workspace();
    for (const name of ['main.ts', 'cdk8s.yaml', 'package.json', 'tsconfig.json', 'cli', 'constructs', 'imports', 'layers', 'store', 'node_modules']) {
      made.run('ln', ['-s', join(repository, name), name]);
    }
    // The app itself is copied: a link would be run where it points to.
    made.run('rm', ['main.ts']);
    made.run('cp', [join(repository, 'main.ts'), 'main.ts']);
    return made;
  }
  const cdk8s = (...args: string[]) => workspace.run(join(repository, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', ...args]);

  longTest('renders the bytes that fleet synth renders', () => {
    workspace = withApp();
    const run = cdk8s();
    expect(run.stderr).toContain('18 targets, 116 files in dist/: 116 written, 0 removed, 0 unchanged');
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('.cdk8s/index.yaml') });
    workspace.fleet('synth', '--output', 'other');
    expect(texts(workspace.snapshot('dist'))).toEqual(texts(workspace.snapshot('other')));
  });

  longTest('that fails leaves dist/ as it was', () => {
    workspace = withApp();
    workspace.fleet('synth');
    const before = workspace.snapshot('dist');
    expect(Object.keys(before)).toHaveLength(116);
    workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('targetRevision: ', 'targetRevison: '));
    const run = cdk8s();
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('error unknown-field config/management-cluster/cert-manager.ts:9:5');
    expect(workspace.snapshot('dist')).toEqual(before);
  });

  longTest('that cannot even read the fleet leaves dist/ as it was', () => {
    workspace = withApp();
    workspace.fleet('synth');
    const before = workspace.snapshot('dist');
    workspace.edit('config/fleet.ts', (text) => `${text}}`);
    expect(cdk8s().status).not.toBe(0);
    expect(workspace.snapshot('dist')).toEqual(before);
  });

  longTest('honours an explicit output folder and standard output', () => {
    workspace = withApp();
    expect(cdk8s('--output', 'elsewhere').status).toBe(0);
    expect(workspace.has('elsewhere/infra-cluster/production/prod-canary/us-east1/Chart.yaml')).toBe(true);
    expect(workspace.has('dist')).toBe(false);
    const { stdout } = cdk8s('--stdout');
    expect(stdout.match(/^kind: Application$/gm)?.length).toBe(9 * 5);
    expect(workspace.has('dist')).toBe(false);
  });
});

describe('fleet check', () => {
  test('is content with what synth wrote', () => {
    workspace = new Workspace();
    workspace.fleet('synth');
    expect(workspace.fleet('check')).toEqual({ status: 0, stdout: 'dist/ is current: 18 targets, 116 files\n', stderr: '' });
  });

  test('names files that are stale, edited by hand, missing and extra, and changes none', () => {
    workspace = new Workspace();
    workspace.fleet('synth');
    workspace.edit(`${canary}/templates/cert-manager.yaml`, (text) => text.replace('v1.17.0', 'v1.16.0'));
    workspace.write({ [`${canary}/templates/rogue.yaml`]: 'kind: Secret\n' });
    rmSync(join(workspace.path, `${canary}/Chart.yaml`));
    const before = workspace.snapshot('dist');
    const { status, stdout } = workspace.fleet('check');
    expect(status).toBe(1);
    expect(stdout).toContain('dist/ is not what `fleet synth` writes: 1 stale or edited by hand, 1 missing, 1 extra');
    expect(stdout).toMatch(new RegExp(`changed +${canary}/templates/cert-manager.yaml:\\d+\\n`));
    expect(stdout).toMatch(new RegExp(`missing +${canary}/Chart.yaml\\n`));
    expect(stdout).toMatch(new RegExp(`extra +${canary}/templates/rogue.yaml\\n`));
    expect(stdout).toContain('found        targetRevision: v1.16.0\n  expected     targetRevision: v1.17.0');
    expect(workspace.snapshot('dist')).toEqual(before);
    const json = JSON.parse(workspace.fleet('check', '--json').stdout);
    expect(json).toMatchObject({
      ok: false,
      missing: [expect.stringContaining('Chart.yaml')],
      extra: [expect.stringContaining('rogue.yaml')],
      changed: [{ expected: '    targetRevision: v1.17.0' }],
    });
  });

  test('finds output that was never rendered', () => {
    workspace = new Workspace();
    const { status, stdout } = workspace.fleet('check');
    expect(status).toBe(1);
    expect(stdout).toContain('0 stale or edited by hand, 116 missing, 0 extra');
    expect(stdout).toContain('… and 96 more (--json lists all)');
  });
});

describe('a mistake', () => {
  const fleet = "export default { repository: 'x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n";
  const app = "export default { project: 'p', source: { repoURL: 'x', path: 'y' }, destination: { name: 'z' } };\n";

  test.each([
    ['in the syntax of a file', { 'config/mgmt/web.ts': 'export default {\n  source: {,\n};\n' }, 'config-compile', { file: 'config/mgmt/web.ts', line: 2 }],
    [
      'in a file that exports nothing',
      { 'config/mgmt/web.ts': 'const app = {};\n' },
      'config-export',
      { file: 'config/mgmt/web.ts', found: 'no export at all' },
    ],
    ['in a file that exports by name', { 'config/mgmt/web.ts': 'export const web = {};\n' }, 'config-export', { found: 'exports called web' }],
    [
      'in a file that exports the wrong shape',
      { 'config/mgmt/web.ts': 'export default 3;\n' },
      'config-shape',
      { file: 'config/mgmt/web.ts', found: 'the number 3' },
    ],
    ['in a file that throws', { 'config/mgmt/web.ts': "\nthrow new Error('no');\n" }, 'config-throws', { file: 'config/mgmt/web.ts', line: 2 }],
    ['in what a file imports', { 'config/mgmt/web.ts': "import x from './nothing';\nexport default x;\n" }, 'config-throws', { file: 'config/mgmt/web.ts' }],
    ['in a fleet file that is not there', { 'config/fleet.ts': '' }, 'config-export', { file: 'config/fleet.ts' }],
  ])('%s is one clear message, exit status 1, no stack trace, nothing written', (_, files, code, expected) => {
    workspace = new Workspace({ 'config/fleet.ts': fleet, 'config/mgmt/web.ts': app, ...files });
    const { status, stdout, stderr } = workspace.fleet('synth');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error ${code} `));
    expect(stderr).toMatch(/1 error\n$/);
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(JSON.parse(workspace.fleet('check', '--json').stdout)).toEqual({ ok: false, problems: [expect.objectContaining({ code, ...expected })] });
    expect(workspace.has('dist')).toBe(false);
  });

  test('in several files is reported with all the others, with lines, and leaves what was rendered before alone', () => {
    workspace = new Workspace();
    workspace.fleet('synth');
    const before = workspace.snapshot('dist');
    workspace
      .edit('config/management-cluster/cert-manager.ts', (text) => text.replace("'stage/stage-sector-1/us-east1'", "'stage/stage-sector-1/us-east2'"))
      .edit('config/management-cluster/hypershift.ts', (text) => text.replace('repoURL:', 'repoUrl:'))
      .edit('config/infra-cluster/argocd.ts', (text) => `${text};;)`);
    const { status, stderr } = workspace.fleet('synth');
    expect(status).toBe(1);
    const heads = stderr.split('\n').filter((line) => line.startsWith('error'));
    expect(heads).toEqual([
      expect.stringMatching(/^error config-compile config\/infra-cluster\/argocd\.ts:\d+:\d+$/),
      expect.stringMatching(/^error unknown-path config\/management-cluster\/cert-manager\.ts:\d+:\d+$/),
      expect.stringMatching(/^error missing-field config\/management-cluster\/hypershift\.ts:\d+:\d+$/),
      expect.stringMatching(/^error unknown-field config\/management-cluster\/hypershift\.ts:\d+:\d+$/),
    ]);
    expect(stderr).toContain("hint     did you mean 'stage/stage-sector-1/us-east1'?");
    expect(stderr).toContain("hint     did you mean 'repoURL'?");
    expect(stderr).toContain('target   management-cluster/integration/int-sector-1/us-central1 and 8 more targets');
    expect(stderr).toMatch(/4 errors\n$/);
    expect(workspace.snapshot('dist')).toEqual(before);
  });

  longTest('or not, what configuration prints never ends up in the output of a command', () => {
    workspace = new Workspace({ 'config/fleet.ts': fleet, 'config/mgmt/web.ts': `console.log('here');\n${app}` });
    const { stdout, stderr } = workspace.fleetProcess('synth', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(stderr).toBe('here\n');
  });

  test('in the configuration folder is named', () => {
    workspace = new Workspace({ 'config/flet.ts': fleet });
    expect(workspace.fleet('synth', '--config', 'conf')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("there is no configuration folder 'conf'"),
    });
    expect(workspace.fleet('synth').stderr).toContain('error config-missing config/fleet.ts');
  });

  test('on the command line is exit status 1 and says what was meant', () => {
    workspace = new Workspace({});
    expect(workspace.fleet('syth')).toMatchObject({ status: 1, stderr: expect.stringContaining('Did you mean synth?') });
    expect(workspace.fleet('synth', '--confg', 'x')).toMatchObject({ status: 1, stderr: expect.stringContaining('Did you mean --config?') });
    expect(workspace.fleet('bootstrap')).toMatchObject({ status: 1, stderr: expect.stringContaining("missing required argument 'target'") });
  });

  longTest('in the program is told apart: it is a bug, exit status 2', () => {
    workspace = new Workspace();
    const { status, stderr } = workspace.run(process.execPath, [
      '--require',
      join(repository, 'test/cli/break-hierarchy.js'),
      join(repository, 'cli/fleet.js'),
      'check',
    ]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('This is a bug in cdk8s-fleet, not a mistake of yours.') });
  });

  test('in a command below another one says whose help there is, and help is none', () => {
    workspace = new Workspace({});
    for (const command of ['new patch', 'annotations check', 'charts bump']) {
      const words = command.split(' ');
      expect(workspace.fleet(...words)).toMatchObject({ status: 1, stderr: expect.stringContaining(`\nRun \`fleet ${command} --help\` for what there is.\n`) });
      expect(workspace.fleet(...words, '--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(`^Usage: fleet ${command} `), stderr: '' });
    }
  });
});

describe('fleet bootstrap', () => {
  test('prints plain manifests for kubectl, and what must stand before past it', () => {
    workspace = new Workspace();
    const { status, stdout, stderr } = workspace.fleet('bootstrap', 'production/prod-canary/us-east1', '--name', 'infra-1');
    expect(status).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect(stderr).toContain("Argo CD 3 with its ApplicationSet controller runs in the namespace 'argocd'");
    expect(stderr).toContain('it can read https://github.com/company/gcp-hcp-apps');
    expect(existsSync(join(workspace.path, 'dist'))).toBe(false);
  });

  test('asks for the annotations that the apps use', () => {
    workspace = new Workspace();
    workspace.edit('config/infra-cluster/argocd.ts', (text) =>
      text
        .replace('import type { FleetAppConfig }', 'import { cluster, type FleetAppConfig }')
        .replace('dex: { enabled: false },', "dex: { enabled: false }, project: cluster.annotation('gcp-hcp/project-id'),"),
    );
    const target = 'infra-cluster/production/prod-canary/us-east1';
    const missing = workspace.fleet('bootstrap', target);
    expect(missing).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('expected --annotation gcp-hcp/project-id=VALUE') });
    const given = workspace.fleet('bootstrap', target, '--annotation', 'gcp-hcp/project-id=my=project', '--json');
    const [secret, root] = JSON.parse(given.stdout).manifests;
    expect(secret.metadata.annotations).toEqual({ 'gcp-hcp/project-id': 'my=project' });
    expect(root.spec.template.spec.source.helm.valuesObject.cluster).toEqual({
      name: '{{.name}}',
      projectId: '{{ index (get .metadata "annotations" | default dict) "gcp-hcp/project-id" | default "" }}',
    });
    expect(workspace.fleet('bootstrap', target, '--annotation', 'nonsense')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Expected key=value'),
    });
  });

  test('refuses what Kubernetes would refuse, and a value that is there but empty', () => {
    workspace = new Workspace();
    workspace.edit('config/infra-cluster/argocd.ts', (text) =>
      text
        .replace('import type { FleetAppConfig }', 'import { cluster, type FleetAppConfig }')
        .replace('dex: { enabled: false },', "dex: { enabled: false }, project: cluster.annotation('gcp-hcp/project-id'),"),
    );
    const wrong = ['--name', '', '--annotation', 'bad key=1', '--label', 'x=z z', '--annotation', 'gcp-hcp/project-id=', '--json'];
    const { status, stdout } = workspace.fleet('bootstrap', 'production/prod-canary/us-east1', ...wrong);
    expect(status).toBe(1);
    const messages = JSON.parse(stdout).problems.map(({ message }: { message: string }) => message);
    expect(messages).toEqual([
      "'' cannot be the name of a cluster",
      "'z z' cannot be the value of a label",
      "'bad key' cannot be the key of an annotation",
      "the annotation 'gcp-hcp/project-id' is missing: apps of the target need cluster.projectId",
    ]);
    const { stderr } = workspace.fleet('bootstrap', 'management-cluster/production/prod-canary/us-east1');
    expect(stderr).toContain("'management-cluster' does not deploy itself");
  });

  test('suggests the target that was meant', () => {
    workspace = new Workspace();
    expect(workspace.fleet('bootstrap', 'production/prod-canary/us-east2')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("did you mean 'production/prod-canary/us-east1'?"),
    });
  });

  test('says what a region starts with where no cluster type deploys itself', () => {
    workspace = new Workspace();
    rmSync(join(workspace.path, 'config/infra-cluster/infra-cluster-root.ts'));
    const { status, stderr } = workspace.fleet('bootstrap', 'production/prod-canary/us-east1');
    expect(status).toBe(1);
    expect(stderr).toContain('no root ApplicationSet deploys infra-cluster');
  });
});

describe('on a terminal and off it', () => {
  test.each(
    partly<readonly [NodeJS.ProcessEnv, boolean]>(
      [
        [{ FORCE_COLOR: '1' }, true],
        [{}, false],
        [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
      ],
      1,
    ),
  )('there are colours only where somebody sees them: %j', (env, isColoured) => {
    workspace = new Workspace().edit('config/infra-cluster/argocd.ts', (text) => text.replace('chart:', 'chrt:'));
    const { stderr } = workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), 'check'], env);
    expect([stderr.includes('unknown-field'), stderr.includes('\u001b[')]).toEqual([true, isColoured]);
  });

  test('whatever reads a configuration can be told to open the charts of a fleet in YAML', () => {
    workspace = new Workspace();
    for (const words of [['synth'], ['promote'], ['new', 'app'], ['charts', 'check']]) {
      expect(workspace.fleet(...words, '--help').stdout).toMatch(/--allow-render +open the charts of a fleet in YAML/);
    }
    expect(workspace.fleet('init', '--help').stdout).not.toContain('--allow-render');
  });

  test.each(['synth', 'check', 'bootstrap'])('the help of %s shows an example', (command) => {
    workspace = new Workspace({});
    const { status, stdout } = workspace.fleet(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  \\$ npx fleet ${command}`));
  });
});
