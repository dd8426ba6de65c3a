import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { migrationReport } from '../../cli/print/migration-report';
import { valuesYaml, yamlFleet } from '../builders/migrated';
import { longTest } from '../long-test';
import { tree } from '../workspaces/temporary-folder';
import { type Run, repository, Workspace } from '../workspaces/workspace';

jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** A checkout with a YAML fleet in `config`: these files below its cluster type `mc`. */
function checkout(files: Readonly<Record<string, string>>): Workspace {
  const placed = Object.entries(yamlFleet(files)).map(([path, text]) => [`config/${path}`, text]);
  const workspace = new Workspace(Object.fromEntries(placed));
  workspaces.push(workspace);
  return workspace;
}

function migrate(workspace: Workspace, ...args: readonly string[]): Run {
  return workspace.fleet('migrate', '--from', 'config', '--to', 'new', ...args);
}

const app = { 'app/values.yaml': valuesYaml('a: 1') };
const differing = {
  'app/values.yaml': `tier: gold # of support\nsize: 3\n${valuesYaml('a: "{{ .Values.tier }}"\n"k-{{ .Values.cluster.region }}": "{{ .Values.size }}"')}`,
  'app/e1/override.yaml': 'tier: silver\n',
};

describe('migrate', () => {
  test('writes the fleet, tells what it could not keep, and exits with 0 where both render the same', () => {
    const workspace = checkout({
      'app/values.yaml': `size: 3 # for expressions\nunused: 1\n${valuesYaml('a: "{{ .Values.size }}"')}`,
    });
    const { status, stdout, stderr } = migrate(workspace);
    expect(stdout).toMatchInlineSnapshot(`
     "new/: 3 files written

     1 comment had no place in the new files:
       config/mc/app/values.yaml:1  # for expressions

     1 key was for expressions only; its value stands where they asked for it:
       config/mc/app/values.yaml:1  size

     1 expression asked for another value, and became what that is now:
       config/mc/app/values.yaml:11:15
         {{ .Values.size }}

     The YAML does not tell the Git repository of the output: write it into fleet.ts,
     as \`repository\`, before you use root ApplicationSets or workloads. It says ''.

     types: no mistake
     rendered: 3 targets, 11 files, identical

     Next: read the files, give the new folder the place of the old one, and remove
     the YAML. Until then name the new folder with --config.
     "
    `);
    expect(stderr).toMatchInlineSnapshot(`
     "notice key-unused config/mc/app/values.yaml:2:1
       'unused' is not read
       at       unused

     0 errors, 1 notice
     "
    `);
    expect(status).toBe(0);
    expect(workspace.fleet('synth', '--config', 'new').status).toBe(0);
  });

  longTest('tells values that TypeScript cannot say, where the renderings differ, and exits with 1', () => {
    const workspace = checkout(differing);
    const { status, stdout } = migrate(workspace);
    expect(stdout).toMatchInlineSnapshot(`
       "new/: 3 files written

       2 values could not be said in TypeScript; there they stand as in the YAML:
         config/mc/app/values.yaml:11:15
           {{ .Values.tier }}
           \`.Values.tier\` is neither a dimension nor the same at every target
         config/mc/app/values.yaml:12:11
           k-{{ .Values.cluster.region }}
           a key that is not the same text everywhere cannot be written as data

       1 comment had no place in the new files:
         config/mc/app/values.yaml:1  # of support

       3 keys were for expressions only; their values stand where they asked for them:
         config/mc/app/values.yaml:1  tier
         config/mc/app/values.yaml:2  size
         config/mc/app/e1/override.yaml:1  tier

       1 expression asked for another value, and became what that is now:
         config/mc/app/values.yaml:12:46
           {{ .Values.size }}

       The YAML does not tell the Git repository of the output: write it into fleet.ts,
       as \`repository\`, before you use root ApplicationSets or workloads. It says ''.

       types: no mistake
       rendered: 3 of 11 files differ
         changed  dist/mc/e1/s1/r1/templates/app.yaml:14
         changed  dist/mc/e1/s1/r2/templates/app.yaml:14
         changed  dist/mc/e2/s2/r1/templates/app.yaml:14

       dist/mc/e1/s1/r1/templates/app.yaml:14
         yaml        a: silver
         typescript  a: '{{\`{{ .Values.tier }}\`}}'
       "
      `);
    expect(status).toBe(1);
  });

  longTest('prints the same as JSON', () => {
    const { status, stdout } = migrate(checkout(differing), '--json');
    const { changed, ...result } = JSON.parse(stdout);
    expect(changed).toHaveLength(3);
    expect(changed[0]).toEqual({
      path: 'mc/e1/s1/r1/templates/app.yaml',
      line: 14,
      expected: expect.any(String),
      found: expect.any(String),
    });
    expect(result).toMatchInlineSnapshot(`
     {
       "extra": [],
       "files": 11,
       "frozen": [
         {
           "column": 46,
           "file": "config/mc/app/values.yaml",
           "line": 12,
           "text": "{{ .Values.size }}",
         },
       ],
       "inlined": [
         {
           "file": "config/mc/app/values.yaml",
           "key": "tier",
           "line": 1,
         },
         {
           "file": "config/mc/app/values.yaml",
           "key": "size",
           "line": 2,
         },
         {
           "file": "config/mc/app/e1/override.yaml",
           "key": "tier",
           "line": 1,
         },
       ],
       "lost": [
         {
           "column": 15,
           "file": "config/mc/app/values.yaml",
           "line": 11,
           "reason": "\`.Values.tier\` is neither a dimension nor the same at every target",
           "text": "{{ .Values.tier }}",
         },
         {
           "column": 11,
           "file": "config/mc/app/values.yaml",
           "line": 12,
           "reason": "a key that is not the same text everywhere cannot be written as data",
           "text": "k-{{ .Values.cluster.region }}",
         },
         {
           "file": "config/mc/app/values.yaml",
           "line": 1,
           "text": "of support",
         },
       ],
       "missing": [],
       "ok": false,
       "problems": [],
       "targets": 3,
       "to": "new",
       "types": "",
       "written": [
         "fleet.ts",
         "mc/defaults.ts",
         "mc/app.ts",
       ],
     }
    `);
    expect(status).toBe(1);
  });

  longTest('leaves warnings that the new fleet has as well to check', () => {
    const patch = 'metadata: { description: Newer }\napplications: { app: { source: { targetRevision: 2.0.0 } } }\n';
    const { status, stdout, stderr } = migrate(
      checkout({
        ...app,
        'app/e1/patch-1.yaml': patch,
        'app/e1/s1/patch-1.yaml': patch,
      }),
    );
    expect(stdout).toContain('warnings: 1 of both fleets, which `fleet check` tells\n');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  longTest('fits a terminal of 80 columns, what it quotes apart', () => {
    const workspace = checkout(differing);
    const texts = [workspace.fleet('migrate', '--help').stdout, migrate(workspace).stdout];
    const long = texts.flatMap((text) => text.split('\n').filter((line) => line.length > 80));
    expect(long).toEqual([]);
  });
});

describe('the folder to write', () => {
  longTest('may lie in folders that are not there yet, and may be there if it is empty', () => {
    const workspace = checkout(app);
    expect(workspace.fleet('migrate', '--from', 'config', '--to', 'deep/er/new').status).toBe(0);
    mkdirSync(join(workspace.path, 'empty'));
    expect(workspace.fleet('migrate', '--from', 'config', '--to', 'empty/').status).toBe(0);
    mkdirSync(join(workspace.path, 'here'));
    const command = [join(repository, 'cli/fleet.js'), 'migrate', '--from', '../config', '--to', '.'];
    const here = workspace.run('sh', ['-c', 'cd here && exec "$@"', 'sh', process.execPath, ...command]);
    expect([here.status, here.stderr]).toEqual([0, '']);
    for (const folder of ['deep/er/new', 'empty', 'here']) expect(readdirSync(join(workspace.path, folder)).sort()).toEqual(['fleet.ts', 'mc']);
    expect(readdirSync(workspace.path).sort()).toEqual(['config', 'deep', 'empty', 'here']);
    expect(readdirSync(join(workspace.path, 'deep/er'))).toEqual(['new']);
  });

  test.each([
    ['is not empty', 'full'],
    ['is a file', 'file'],
    ['is the fleet itself', 'config'],
    ['lies in the fleet', 'config/new'],
    ['lies below a file', 'file/new'],
    ['is a link that leads nowhere', 'link'],
  ])('is left alone where it %s', (_, to) => {
    const workspace = checkout(app).write({
      'full/mine.txt': 'mine',
      file: 'mine',
    });
    symlinkSync('nowhere', join(workspace.path, 'link'));
    const before = tree(workspace.path);
    const { status, stdout, stderr } = workspace.fleet('migrate', '--from', 'config', '--to', to);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error migrate-target\n {2}'/);
    expect(tree(workspace.path)).toEqual(before);
  });

  test('is not left behind half written, nor what was made for it', () => {
    const long = 'x'.repeat(254);
    const twice = 'applications: { a: { source: { repoURL: x, path: x } }, b: { source: { repoURL: x, path: x } } }\n';
    const workspace = checkout({ ...app, [`${long}/values.yaml`]: twice });
    const deep = workspace.fleet('migrate', '--from', 'config', '--to', 'deep/er/new');
    expect(deep.stderr).toMatch(
      /^error migrate-target\n {2}'deep\/er\/new' cannot be written: a name is too long \(ENAMETOOLONG\)\n {2}found {4}mc\/x+\.ts\n {2}hint {5}nothing was written\n\n1 error\n$/,
    );
    mkdirSync(join(workspace.path, 'empty'));
    expect([deep.status, workspace.fleet('migrate', '--from', 'config', '--to', 'empty').status]).toEqual([1, 1]);
    expect(readdirSync(workspace.path).sort()).toEqual(['config', 'empty']);
    expect(readdirSync(join(workspace.path, 'empty'))).toEqual([]);
  });
});

describe('the fleet to migrate', () => {
  test('has to be in YAML', () => {
    const workspace = new Workspace();
    workspaces.push(workspace);
    const { status, stderr } = migrate(workspace);
    expect(stderr).toMatchInlineSnapshot(`
     "error migrate-from
       'config' is in TypeScript already
       expected a folder with config.yaml in it, or a wrapper layout with fleet/bootstrap and fleet/fleet-bootstrap

     1 error
     "
    `);
    expect(status).toBe(1);
  });

  test.each(['missing', 'empty'])('has to be there: %s', (from) => {
    const workspace = new Workspace({ 'empty/.keep': '' });
    workspaces.push(workspace);
    const { status, stderr } = workspace.fleet('migrate', '--from', from, '--to', 'new');
    expect(stderr).toContain('hint     name the folder with --from\n');
    expect([status, workspace.has('new')]).toEqual([1, false]);
  });

  test('with mistakes is not migrated: all of them are told, and nothing is written', () => {
    const workspace = checkout({
      'app/values.yaml': valuesYaml('a: "{{ .Values.cluster.regoin }}"\nb: 0777\nc: "{{ .Values.x | frobnicate }}"'),
      'other/values.yaml': 'applications: { other: { sorce: {} } }\n',
      'other/e3/override.yaml': 'applications: { other: {} }\n',
    });
    const { status, stdout } = migrate(workspace, '--json');
    const { ok, problems } = JSON.parse(stdout);
    expect(problems.map(({ code, file, line }: { code: string; file: string; line?: number }) => `${code} ${file}:${line}`)).toMatchInlineSnapshot(`
     [
       "yaml-reading config/mc/app/values.yaml:10",
       "folder-stray config/mc/other/e3:undefined",
       "no-source config/mc/other/values.yaml:1",
       "unknown-field config/mc/other/values.yaml:1",
     ]
    `);
    expect([status, ok, readdirSync(workspace.path)]).toEqual([1, false, ['config']]);
  });

  test.each([[[]], [['--from', 'config']], [['--to', 'new']]])('and where it goes have to be said: %j', (args) => {
    const workspace = checkout(app);
    const { status, stderr } = workspace.fleet('migrate', ...args);
    expect(stderr).toContain('required option');
    expect([status, readdirSync(workspace.path)]).toEqual([1, ['config']]);
  });
});

describe('the report', () => {
  const migration = {
    files: [],
    lost: [],
    frozen: [],
    inlined: [],
    repository: 'https://example.com',
  };
  const result = {
    to: 'new',
    migration,
    lost: [],
    inlined: [],
    frozen: [],
    types: '',
    targets: 1,
    drift: undefined,
    warnings: 0,
  };
  const drift = { files: 2, changed: [], missing: [], extra: [] };

  test('tells mistakes of types, and that nothing checked them', () => {
    const types = "new/mc/app.ts(3,1): error TS2322: Type 'number' is not assignable to type 'string'.";
    expect(migrationReport({ ...result, types, drift })).toEqual(expect.arrayContaining(['types:', `  ${types}`]));
    expect(migrationReport({ ...result, types: undefined, drift })).toContain('types: not checked, TypeScript is not installed');
  });

  test('tells that the new files cannot be rendered, and which files one side alone has', () => {
    expect(migrationReport(result)).toContain('rendered: not, the new files have the mistakes above');
    const lines = migrationReport({
      ...result,
      drift: { ...drift, missing: ['mc/r/a.yaml'], extra: ['mc/r/b.yaml'] },
    });
    expect(lines).toEqual(expect.arrayContaining(['rendered: 2 of 2 files differ', '  missing  dist/mc/r/a.yaml', '  extra    dist/mc/r/b.yaml']));
    expect(lines.join()).not.toContain('Next');
  });
});
