import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { layer, small } from '../builders/yaml-fleets';
import { longTest } from '../long-test';
import { type Run, repository, texts, Workspace } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** A checkout with a small fleet in YAML, these files put over it. */
function workspaceWith(files: Readonly<Record<string, string>> = {}): Workspace {
  const config = Object.entries({ ...small, ...files }).map(([path, text]) => [`config/${path}`, text] as const);
  const workspace = new Workspace(Object.fromEntries(config));
  workspaces.push(workspace);
  return workspace;
}

function jsonOf({ stdout }: Run): { readonly ok: boolean; readonly problems: readonly object[] } {
  return JSON.parse(stdout);
}

const notices = { 'README.md': 'words', 'mc/web/int/overrides.yaml': layer('project: x') };

/** One mistake of each kind, in as many files. */
const mistakes = {
  'config.yaml': small['config.yaml'].replace('name: p1', 'name: 1.10'),
  'mc/defaults.yaml': `${small['mc/defaults.yaml']}    syncPolcy: {}\n`,
  'mc/web/int/override.yaml': layer('additionalLabels: {team: 3}'),
  'mc/web/int/patch-1.yaml': layer('project: "{{ .Values.cluster.regio }}"'),
  'mc/web/nowhere/override.yaml': layer('project: x'),
  'mc/api/values.yaml': 'applications:\n\tapi: {}\n',
  'mc/db/values.yaml': 'applications: {db: {source: {targetRevision: 010}}}\n',
};

const expected = [
  'error invalid-name config/config.yaml:10:11',
  'error unknown-field config/mc/defaults.yaml:7:5',
  'error yaml-syntax config/mc/api/values.yaml:2:1',
  'error yaml-reading config/mc/db/values.yaml:1:46',
  'error invalid-field config/mc/web/int/override.yaml:3:24',
  'error expression config/mc/web/int/patch-1.yaml:3:18',
  'error folder-stray config/mc/web/nowhere',
];

describe('fleet synth', () => {
  test('renders a fleet in YAML, and writes nothing the second time', () => {
    const workspace = workspaceWith();
    expect(workspace.fleet('synth')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('3 targets, 11 files in dist/: 11 written') });
    expect(workspace.read('dist/mc/prod/p1/us/templates/web.yaml')).toContain('targetRevision: 1.0.0');
    expect(workspace.fleet('synth').stdout).toContain('0 written, 0 removed, 11 unchanged');
  });

  test('writes where config.yaml says', () => {
    const workspace = workspaceWith({ 'config.yaml': `path: rendered/apps\n${small['config.yaml']}` });
    expect(workspace.fleet('synth').status).toBe(0);
    expect([workspace.has('rendered/apps/mc/prod/p1/us/Chart.yaml'), workspace.has('dist')]).toEqual([true, false]);
  });

  test('tells of everything that is wrong at once, writes nothing, and fails', () => {
    const workspace = workspaceWith();
    workspace.fleet('synth');
    const before = workspace.snapshot('dist');
    workspace.write(Object.fromEntries(Object.entries({ ...mistakes, ...notices }).map(([path, text]) => [`config/${path}`, text])));
    const { status, stdout, stderr } = workspace.fleet('synth');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    for (const line of expected) expect(stderr).toContain(`${line}\n`);
    expect(stderr).toContain('notice file-unused config/README.md\n');
    expect(stderr).not.toContain('    at ');
    expect(workspace.snapshot('dist')).toEqual(before);
  });

  test('makes no output folder where there is a mistake', () => {
    const workspace = workspaceWith({ 'mc/web/values.yaml': 'applications: {' });
    expect(workspace.fleet('synth').status).toBe(1);
    expect(workspace.has('dist')).toBe(false);
  });

  test('tells of warnings and notices, and succeeds', () => {
    const { status, stderr } = workspaceWith(notices).fleet('synth');
    expect(status).toBe(0);
    expect(stderr).toContain('notice file-unused config/README.md\n  the file is not read\n');
    expect(stderr).toContain("warning file-unused config/mc/web/int/overrides.yaml\n  the file is not read\n  hint     did you mean 'override.yaml'?\n");
    expect(stderr).toContain('0 errors, 1 warning, 1 notice\n');
  });

  test('says in JSON how severe each problem is', () => {
    const { status, stdout } = workspaceWith(notices).fleet('synth', '--json');
    expect([status, JSON.parse(stdout).warnings]).toMatchObject([0, [{ severity: 'notice' }, { severity: 'warning' }]]);
    const failed = workspaceWith({ ...mistakes, ...notices }).fleet('synth', '--json');
    expect(failed.status).toBe(1);
    expect(jsonOf(failed).problems).toContainEqual(expect.objectContaining({ severity: 'notice', file: 'config/README.md' }));
    expect(jsonOf(failed).problems).toContainEqual(
      expect.objectContaining({ code: 'invalid-field', line: 3, column: 24, place: ['applications', 'web', 'additionalLabels', 'team'] }),
    );
  });
});

describe('fleet check', () => {
  test('is content with what was rendered, and tells of notices', () => {
    const workspace = workspaceWith(notices);
    workspace.fleet('synth');
    expect(workspace.fleet('check')).toMatchObject({
      status: 0,
      stdout: 'dist/ is current: 3 targets, 11 files\n',
      stderr: expect.stringContaining('notice file-unused config/README.md'),
    });
    expect(jsonOf(workspace.fleet('check', '--json'))).toMatchObject({
      ok: true,
      problems: [
        { code: 'file-unused', severity: 'notice', file: 'config/README.md' },
        { code: 'file-unused', severity: 'warning', file: 'config/mc/web/int/overrides.yaml' },
      ],
    });
  });

  test('finds what is stale', () => {
    const workspace = workspaceWith();
    workspace.fleet('synth');
    workspace.write({ 'config/mc/web/prod/override.yaml': layer('source: {targetRevision: 2.0.0}') });
    const { status, stdout } = workspace.fleet('check');
    expect(status).toBe(1);
    expect(stdout).toContain('changed  dist/mc/prod/p1/us/templates/web.yaml:14');
  });

  test('tells of everything that is wrong, and writes nothing', () => {
    const workspace = workspaceWith(mistakes);
    const { status, stderr } = workspace.fleet('check');
    expect(status).toBe(1);
    for (const line of expected) expect(stderr).toContain(`${line}\n`);
    expect(workspace.has('dist')).toBe(false);
  });

  test('refuses a folder that is a fleet in both forms', () => {
    const { status, stderr } = workspaceWith({ 'fleet.ts': 'throw new Error("read");' }).fleet('check');
    expect(status).toBe(1);
    expect(stderr).toContain("error config-both config/config.yaml\n  'config' has both fleet.ts and config.yaml\n");
    expect(stderr).toContain('1 error\n');
  });
});

describe('cdk8s synth', () => {
  /** The app beside the configuration: links to this repository, and a copy of what would be run where a link points to. */
  function withApp(workspace: Workspace): Workspace {
    for (const name of ['cdk8s.yaml', 'package.json', 'tsconfig.json', 'cli', 'constructs', 'imports', 'layers', 'store', 'node_modules']) {
      symlinkSync(join(repository, name), join(workspace.path, name));
    }
    return workspace.write({ 'main.ts': readFileSync(join(repository, 'main.ts'), 'utf8') });
  }

  function synth(workspace: Workspace): Run {
    return workspace.run(join(repository, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false']);
  }

  longTest('renders the bytes that fleet synth renders', () => {
    const workspace = withApp(workspaceWith(notices));
    const { status, stderr } = synth(workspace);
    expect(stderr).toContain('3 targets, 11 files in dist/: 11 written');
    expect(stderr).toContain('notice file-unused config/README.md\n');
    expect(status).toBe(0);
    expect(workspace.fleet('synth', '--output', 'other').status).toBe(0);
    expect(texts(workspace.snapshot('dist'))).toEqual(texts(workspace.snapshot('other')));
  });

  longTest('fails where there is a mistake, tells of all of them, and writes nothing', () => {
    const workspace = withApp(workspaceWith(mistakes));
    const { status, stderr } = synth(workspace);
    expect(status).not.toBe(0);
    for (const line of expected) expect(stderr).toContain(`${line}\n`);
    expect(workspace.has('dist')).toBe(false);
  });

  longTest('renders the example in YAML', () => {
    const workspace = withApp(new Workspace({}));
    workspaces.push(workspace);
    cpSync(join(__dirname, 'example'), join(workspace.path, 'config'), { recursive: true });
    expect(synth(workspace)).toMatchObject({ status: 0, stderr: expect.stringContaining('18 targets, 107 files in dist/: 107 written') });
  });
});
