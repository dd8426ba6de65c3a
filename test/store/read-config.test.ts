import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cwd } from 'node:process';
import type { Problem } from '../../layers/problem';
import { readConfig } from '../../store/read/read-config';
import { disk, TemporaryFolders } from '../workspaces/temporary-folder';
import { serve } from '../workspaces/workspace';

// Some of these tests start the command, which takes as long as it takes.
jest.setTimeout(60_000);

const folders = new TemporaryFolders(disk);
const repository = resolve(__dirname, '../..');
const fleet = "export default { repository: 'https://example.com/fleet', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };\n";
const app =
  "export default { source: { repoURL: 'https://example.com', chart: 'x', targetRevision: '1' }, project: 'default', destination: { name: 'in-cluster', namespace: 'x' } };\n";

/** A configuration folder: a fleet, and these files. */
function config(files: Readonly<Record<string, string>> = {}): string {
  return folders.make({ 'fleet.ts': fleet, ...files });
}

/** `fleet check`, which compiles configuration as a user's is: here jest does it instead. */
function check(folder: string): { readonly status: number | null; readonly stderr: string; readonly problems: readonly Problem[] } {
  const args = ['check', '--config', folder, '--output', join(folder, '_dist')];
  const { status, stderr } = serve(repository, args);
  const { stdout } = serve(repository, [...args, '--json']);
  return { status, stderr, problems: JSON.parse(stdout).problems };
}

/** Every app that was read, as `cluster type: name of the app`. */
function appsIn(folder: string): readonly string[] {
  return readConfig(folder).clusterTypes.flatMap(({ name, apps }) => apps.map((file) => `${name}: ${file.name}`));
}

describe('a configuration folder', () => {
  test('has a fleet, and for each cluster type its defaults and its apps', () => {
    const folder = config({
      'management-cluster/defaults.ts': 'export default { targets: 1 };',
      'management-cluster/cert-manager.ts': 'export default { chart: "cert-manager" };',
      'infra-cluster/argocd.ts': 'export default { chart: "argo-cd" };',
    });
    const at = (path: string) => relative(cwd(), join(folder, path)).replace(/^\.\..*/, join(folder, path));
    expect(readConfig(folder)).toEqual({
      folder: at(''),
      form: 'typescript',
      charts: expect.objectContaining({ render: expect.any(Function) }),
      fleet: { file: at('fleet.ts'), name: 'fleet', content: expect.objectContaining({ repository: 'https://example.com/fleet' }) },
      clusterTypes: [
        { name: 'infra-cluster', folder: at('infra-cluster'), apps: [{ file: at('infra-cluster/argocd.ts'), name: 'argocd', content: { chart: 'argo-cd' } }] },
        {
          name: 'management-cluster',
          folder: at('management-cluster'),
          defaults: { file: at('management-cluster/defaults.ts'), name: 'defaults', content: { targets: 1 } },
          apps: [{ file: at('management-cluster/cert-manager.ts'), name: 'cert-manager', content: { chart: 'cert-manager' } }],
        },
      ],
      problems: [],
    });
  });

  test('below the working directory is named from there', () => {
    const { fleet: read, folder } = readConfig('test/example/config');
    expect([folder, read?.file]).toEqual(['test/example/config', 'test/example/config/fleet.ts']);
  });

  test('may hold apps in folders of teams, at any depth', () => {
    const folder = config({ 'mc/a.ts': app, 'mc/team-x/b.ts': app, 'mc/team-x/deep/deeper/c.ts': app });
    expect(appsIn(folder)).toEqual(['mc: a', 'mc: b', 'mc: c']);
  });

  test('has every file that somebody may have meant as configuration read, or named as misplaced', () => {
    const folder = config({ 'mc/a.ts': app, 'stray.ts': app, 'mc/b.js': app, 'mc/c.mts': app, 'mc/team/d.yaml': 'a: 1', 'mc/team/defaults.ts': app });
    expect(appsIn(folder)).toEqual(['mc: a']);
    expect(readConfig(folder).problems.map(({ code, file }) => `${code} ${file?.slice(folder.length + 1)}`)).toEqual([
      'config-misplaced stray.ts',
      'config-misplaced mc/b.js',
      'config-misplaced mc/c.mts',
      'config-misplaced mc/team/d.yaml',
      'config-misplaced mc/team/defaults.ts',
    ]);
  });

  test('names the files that could not be loaded', () => {
    const folder = config({ 'mc/a.ts': app, 'mc/defaults.ts': 'throw new Error("x");', 'mc/team/b.ts': 'export const b = 1;' });
    expect(readConfig(folder).clusterTypes).toMatchObject([{ name: 'mc', defaults: undefined, apps: [{ name: 'a' }], unread: ['defaults', 'b'] }]);
  });

  test('may hold code that is no configuration', () => {
    const broken = 'throw new Error("read");';
    const folder = config({
      'mc/a.ts': app,
      'mc/_shared.ts': broken,
      'mc/_team/b.ts': broken,
      'mc/.hidden.ts': broken,
      'mc/.hidden/b.ts': broken,
      'mc/node_modules/x/index.ts': broken,
      'mc/a.test.ts': broken,
      'mc/a.spec.ts': broken,
      'mc/types.d.ts': broken,
      'mc/README.md': broken,
      'mc/data.json': broken,
      '_cluster/a.ts': broken,
      '.git/a.ts': broken,
      'node_modules/a.ts': broken,
      '_other.ts': broken,
    });
    expect(appsIn(folder)).toEqual(['mc: a']);
    expect(readConfig(folder).clusterTypes.map(({ name }) => name)).toEqual(['mc']);
    expect(readConfig(folder).problems).toEqual([]);
  });

  test('is read in code-unit order, whatever the order in which files were made', () => {
    const names = ['b', 'Z', 'a', '10', '9', 'é', 'B'];
    const files = names.flatMap((name) => [`${name}/app.ts`, `mc/${name}.ts`, `mc/${name}-team/x.ts`]);
    const make = (order: readonly string[]) => config(Object.fromEntries(order.map((path) => [path, app])));
    const [one, other] = [make(files), make([...files].reverse())];
    expect(readConfig(one).clusterTypes.map(({ name }) => name)).toEqual(['10', '9', 'B', 'Z', 'a', 'b', 'mc', 'é']);
    expect(appsIn(other)).toEqual(appsIn(one));
    expect(appsIn(one).filter((path) => path.startsWith('mc: ') && path !== 'mc: x')).toEqual(
      ['10', '9', 'B', 'Z', 'a', 'b', 'é'].map((name) => `mc: ${name}`),
    );
  });

  test('may lie outside of any package, and still import this one by name', () => {
    const folder = config({ 'mc/a.ts': "import { cluster } from 'cdk8s-fleet';\nexport default { name: cluster.name };" });
    expect(readConfig(folder).problems).toEqual([]);
    expect(check(folder).stderr).not.toContain('Cannot find module');
  });

  test('may be made of links, as a mounted volume is', () => {
    const outside = folders.make({ 'fleet.ts': fleet, 'mc/a.ts': app, 'team/b.ts': app });
    const folder = folders.make();
    symlinkSync(join(outside, 'fleet.ts'), join(folder, 'fleet.ts'));
    symlinkSync(join(outside, 'mc'), join(folder, 'mc'));
    mkdirSync(join(folder, 'mc2'));
    symlinkSync(join(outside, 'mc/a.ts'), join(folder, 'mc2/a.ts'));
    symlinkSync(join(outside, 'team'), join(folder, 'mc2/team'));
    expect(readConfig(folder).problems).toEqual([]);
    expect(appsIn(folder)).toEqual(['mc: a', 'mc2: a', 'mc2: b']);
  });
});

describe('a configuration folder that is not there', () => {
  test.each(['missing', 'file'])('is reported, and nothing else: %s', (name) => {
    const folder = join(folders.make({ file: 'text' }), name);
    expect(readConfig(folder)).toMatchObject({ folder, clusterTypes: [], problems: [{ code: 'config-missing', file: folder }] });
    expect(readConfig(folder).fleet).toBeUndefined();
  });

  test('makes the command fail, with advice', () => {
    const { status, stderr } = check(join(folders.make(), 'missing'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error config-missing/);
    expect(stderr).toContain('--config');
  });
});

test('a link to itself is no endless loop', () => {
  const folder = config({ 'mc/a.ts': app });
  symlinkSync('loop.ts', join(folder, 'mc/loop.ts'));
  expect(readConfig(folder).problems).toMatchObject([{ code: 'config-unreadable', file: join(folder, 'mc/loop.ts') }]);
});

describe('a folder without a fleet', () => {
  test('is reported, and nothing of it is read: it may be of either form', () => {
    const folder = folders.make({ 'mc/a.ts': app, 'mc/b.ts': 'export const b = 1;', 'mc/defaults.yaml': 'a: [' });
    const { problems, clusterTypes } = readConfig(folder);
    expect(problems.map(({ code, file }) => [code, file?.replace(folder, '')])).toEqual([['config-missing', '/fleet.ts']]);
    expect(problems[0]?.expected).toContain('config.yaml');
    expect(clusterTypes).toEqual([]);
  });

  test('is told of the near miss', () => {
    const [problem] = readConfig(folders.make({ 'flet.ts': fleet })).problems;
    expect(problem?.hint).toBe("did you mean 'flet.ts'? it has to be called fleet.ts");
    const yaml = folders.make({ 'config.yml': '' });
    expect(readConfig(yaml).problems).toMatchObject([
      { code: 'config-missing', file: join(yaml, 'config.yaml'), hint: "did you mean 'config.yml'? it has to be called config.yaml" },
    ]);
    const [other] = readConfig(folders.make({ 'passwd.conf': '' })).problems;
    expect(other).toMatchObject({ code: 'config-missing', hint: undefined });
  });

  test.each(['fleet.ts', 'config.yaml'])('is reported once where %s is a folder', (name) => {
    const folder = folders.make({ [`${name}/x.md`]: '' });
    expect(readConfig(folder).problems).toMatchObject([{ code: 'config-missing', file: join(folder, name), found: `a folder called ${name}` }]);
  });
});

describe('the form of a folder', () => {
  const yaml = {
    'config.yaml': 'sequence: {environments: [{name: e, sectors: [{name: s, regions: [r]}]}]}\n',
    'mc/defaults.yaml': 'applications: {default: {project: default, destination: {name: in-cluster, namespace: x}}}\n',
    'mc/a/values.yaml': 'applications: {a: {source: {repoURL: https://example.com, chart: x, targetRevision: "1"}}}\n',
  };

  test('is YAML with config.yaml in it, TypeScript with fleet.ts', () => {
    expect(readConfig(folders.make(yaml))).toMatchObject({ form: 'yaml', problems: [], clusterTypes: [{ name: 'mc', apps: [{ name: 'a' }] }] });
    expect(readConfig(config({ 'mc/a.ts': app }))).toMatchObject({ form: 'typescript', problems: [], clusterTypes: [{ name: 'mc', apps: [{ name: 'a' }] }] });
  });

  test('is one of the two: both is an error, and neither is read', () => {
    const folder = config({ ...yaml, 'mc/a/values.yaml': 'a: [', 'mc/a.ts': 'throw new Error("read");' });
    const read = readConfig(folder);
    expect(read.problems).toMatchObject([{ code: 'config-both', file: join(folder, 'config.yaml'), hint: expect.stringContaining('--config') }]);
    expect(read.clusterTypes).toEqual([]);
    expect(check(folder)).toMatchObject({ status: 1, problems: [{ code: 'config-both' }] });
  });

  test('is that of a link, too, and a link that leads nowhere is an error', () => {
    const folder = folders.make({ ...yaml, 'of-all.yaml': yaml['config.yaml'] });
    rmSync(join(folder, 'config.yaml'));
    symlinkSync('of-all.yaml', join(folder, 'config.yaml'));
    expect(readConfig(folder).form).toBe('yaml');
    rmSync(join(folder, 'of-all.yaml'));
    expect(readConfig(folder).problems).toMatchObject([{ code: 'symlink', file: join(folder, 'config.yaml') }]);
  });
});

describe('a file that cannot be used', () => {
  test('has no default export', () => {
    const { problems } = readConfig(config({ 'mc/a.ts': 'export const app = 1;\nexport const other = 2;', 'mc/b.ts': 'export {};' }));
    expect(problems.map(({ code, file, found }) => [code, file?.slice(-4), found])).toEqual([
      ['config-export', 'a.ts', 'exports called app, other'],
      ['config-export', 'b.ts', 'no export at all'],
    ]);
  });

  test('throws', () => {
    const { problems, clusterTypes } = readConfig(
      config({ 'mc/a.ts': 'throw new Error("not today");', 'mc/b.ts': 'throw "a string";', 'mc/c.ts': 'throw undefined;', 'mc/d.ts': 'throw { errors: 5 };' }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['config-throws', 'config-throws', 'config-throws', 'config-throws']);
    expect(problems[0]?.message).toContain('not today');
    expect(problems[1]?.message).toContain('a string');
    expect(clusterTypes).toMatchObject([{ name: 'mc', apps: [] }]);
  });

  test('imports what is not there', () => {
    const folder = config({ 'mc/a.ts': "import { x } from './missing';\nexport default x;", 'mc/b.ts': "import x from 'no-such-package';\nexport default x;" });
    expect(readConfig(folder).problems.map(({ code }) => code)).toEqual(['config-throws', 'config-throws']);
  });

  test('does not keep the others from being read, and all are reported', () => {
    const folder = config({ 'mc/a.ts': 'throw new Error("a");', 'mc/b.ts': app, 'mc/c.ts': 'export {};', 'mc/defaults.ts': 'throw new Error("d");' });
    expect(appsIn(folder)).toEqual(['mc: b']);
    expect(
      readConfig(folder)
        .problems.map(({ code }) => code)
        .sort(),
    ).toEqual(['config-export', 'config-throws', 'config-throws']);
  });
});

describe('a mistake in the source text', () => {
  const brokenAtLine3 = `// a comment\nexport default {\n  description: 'x' source: 1,\n};\n`;

  test('is reported with file, line and column, and the command fails', () => {
    const folder = config({ 'mc/a.ts': brokenAtLine3, 'mc/b.ts': app });
    const { status, stderr, problems } = check(folder);
    expect(status).toBe(1);
    expect(problems).toMatchObject([{ code: 'config-compile', file: join(folder, 'mc/a.ts'), line: 3, column: 20 }]);
    expect(stderr).toContain(`error config-compile ${join(folder, 'mc/a.ts')}:3:20\n`);
    expect(stderr).not.toContain('bug');
  });

  test('of fleet.ts too', () => {
    const folder = folders.make({ 'fleet.ts': brokenAtLine3 });
    const { status, problems } = check(folder);
    expect(status).toBe(1);
    expect(problems).toMatchObject([{ code: 'config-compile', file: join(folder, 'fleet.ts'), line: 3 }]);
  });

  test('of an imported file names that file', () => {
    const folder = config({ 'mc/_shared.ts': brokenAtLine3, 'mc/a.ts': "import shared from './_shared';\nexport default shared;\n" });
    expect(check(folder).problems).toMatchObject([{ code: 'config-compile', file: join(folder, 'mc/_shared.ts'), line: 3 }]);
  });
});

describe('code that throws', () => {
  test('is reported with the line that did it, and the command fails', () => {
    const folder = config({
      'mc/a.ts': '// one\n\nconst values: Record<string, string> = {};\nif (!values["x"]) throw new Error("no x");\nexport default values;\n',
    });
    const { status, stderr, problems } = check(folder);
    expect(status).toBe(1);
    expect(problems).toMatchObject([{ code: 'config-throws', file: join(folder, 'mc/a.ts'), line: 4 }]);
    expect(stderr).toContain('no x');
    expect(stderr).not.toContain('    at ');
  });

  test('in a file that it imports is reported with the line of the import', () => {
    const folder = config({ 'mc/_shared.ts': 'throw new Error("x");\n', 'mc/a.ts': "\nimport shared from './_shared';\nexport default shared;\n" });
    expect(check(folder).problems).toMatchObject([{ code: 'config-throws', file: join(folder, 'mc/a.ts'), line: 2 }]);
  });

  test('is reported together with everything else that is wrong', () => {
    const folder = config({ 'mc/a.ts': 'throw new Error("a");', 'mc/b.ts': 'export {};', 'mc/c.ts': 'export default {', 'mc/d.ts': app });
    const codes = check(folder).problems.map(({ code }) => code);
    expect([...codes].sort()).toEqual(['config-compile', 'config-export', 'config-throws']);
  });
});

describe('a cluster type of which no app could be read', () => {
  const lacking = { 'other/a.ts': app };

  test.each([
    ['an export that is no app', { 'mc/a.ts': 'export default 1;' }, 'config-shape'],
    ['no export', { 'mc/a.ts': 'export {};' }, 'config-export'],
    ['code that throws', { 'mc/a.ts': 'throw new Error("a");' }, 'config-throws'],
    ['a name that nothing can have', { 'mc/constructor.ts': app }, 'invalid-name'],
    ['a file of another language', { 'mc/a.yaml': 'kind: Application\n' }, 'config-misplaced'],
    ['defaults too deep', { 'mc/deeper/defaults.ts': 'export default {};' }, 'config-misplaced'],
    ['defaults that cannot be read', { 'mc/defaults.ts': 'export default 1;' }, 'config-shape'],
  ])('is reported as what kept it from being read, and as nothing else: %s', (_, files, code) => {
    expect(check(config({ ...lacking, ...files })).problems.map((problem) => problem.code)).toEqual([code]);
  });

  test('is no second mistake where a link leads out of the repository', () => {
    const folder = config({ ...lacking, '.git/HEAD': '', 'mc/README.md': '' });
    symlinkSync('/etc/hostname', join(folder, 'mc/a.ts'));
    expect(check(folder).problems.map(({ code }) => code)).toEqual(['symlink']);
  });

  test('has no app where only something else is wrong in its folder', () => {
    const { problems } = check(config({ ...lacking, 'mc/defaults.ts': "export default { descripton: 'x' };" }));
    expect(problems.map(({ code }) => code)).toEqual(['empty-fleet', 'unknown-key']);
  });
});
