import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { TemporaryFolders, tree, write } from '../workspaces/temporary-folder';
import { repository, serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const shapes = ['regions', 'hubs', 'yaml'] as const;

function git(folder: string, ...args: readonly string[]): string {
  return spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout;
}

/** A repository with a remote. */
function cloned(files: Readonly<Record<string, string>> = {}, remote = 'https://github.com/company/fleet.git'): string {
  const folder = folders.make({ 'fleet/': '', ...files });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'remote', 'add', 'origin', remote);
  return folder;
}

function init(folder: string, ...args: readonly string[]) {
  return serve(folder, ['init', ...args]);
}

/** @returns what `fleet init --json` says */
function data(folder: string, ...args: readonly string[]) {
  const { stdout, stderr } = init(folder, '--json', ...args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as {
    readonly ok: boolean;
    readonly shape: string;
    readonly output: string;
    readonly repository: string;
    readonly ci: string;
    readonly written: readonly string[];
    readonly edited: readonly { readonly file: string; readonly added: readonly string[] }[];
    readonly left: readonly { readonly file: string; readonly why: string }[];
    readonly byHand: readonly { readonly file: string; readonly text: string }[];
    readonly next: readonly string[];
  };
}

describe('in an empty folder', () => {
  test.each(shapes)('a fleet of the shape %s begins, which renders without a remark', (shape) => {
    const folder = cloned();
    const { status, stdout } = init(folder, '--shape', shape, '--name', 'fleet');
    expect(status).toBe(0);
    expect(stdout).toContain('\nNext:\n  npm install\n  npm run synth\n  npm test\n');
    expect(Object.keys(tree(folder)).filter((path) => !path.startsWith('.git/'))).toMatchSnapshot();
    expect(serve(folder, ['synth'])).toMatchObject({ status: 0, stderr: '' });
    expect(serve(folder, ['check'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^dist\/ is current: 3 targets/) });
    expect(git(folder, 'status', '--short')).toContain('?? dist/\n');
  });

  test('regions and YAML are the same fleet', () => {
    const [regions, yaml] = (['regions', 'yaml'] as const).map((shape) => {
      const folder = cloned();
      init(folder, '--shape', shape, '--name', 'fleet');
      serve(folder, ['synth']);
      return tree(join(folder, 'dist'));
    });
    const apps = (all: Readonly<Record<string, string>> = {}) => Object.entries(all).filter(([path]) => path.endsWith('/cert-manager.yaml'));
    expect(apps(yaml)).toEqual(apps(regions));
    expect(Object.keys(yaml ?? {})).toEqual(Object.keys(regions ?? {}));
  });

  test('its test is that of this repository', () => {
    const folder = cloned();
    init(folder, '--name', 'fleet');
    const text = readFileSync(join(repository, 'test/fleet.test.ts'), 'utf8');
    const [before, after] = text.split(/\/\*\* What comes last[^\n]*\n[^\n]*\n/);
    expect(tree(folder)['test/fleet.test.ts']).toBe(`${before}const production = 'production';\n${after}`);
  });

  test('main.ts has three lines', () => {
    const folder = cloned();
    init(folder, '--name', 'fleet');
    expect(tree(folder)['main.ts']).toBe("import { synthesize } from 'cdk8s-fleet';\n\nsynthesize();\n");
  });

  test('a second time there is nothing to write', () => {
    const folder = cloned();
    init(folder, '--name', 'fleet');
    const before = tree(folder);
    expect(init(folder)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Nothing to write in this folder/) });
    expect(tree(folder)).toEqual(before);
  });

  test('--dry-run writes nothing and says what would be', () => {
    const folder = cloned();
    const before = tree(folder);
    expect(init(folder, '--dry-run', '--name', 'fleet').stdout).toContain('would be written  config/fleet.ts');
    expect(tree(folder)).toEqual(before);
  });

  longTest.each(
    partly(
      [
        ['{}', 'npm test', 'npx jest -u'],
        ['{ "devDependencies": { "vitest": "^3.0.0" } }', 'npm test', 'npx vitest run -u'],
      ] as const,
      1,
    ),
  )('where CI is set, the first run of the tests is told to write snapshots (%s)', (manifest, usual, inCi) => {
    const next = (ci: NodeJS.ProcessEnv) => {
      const { CI: _, ...env } = process.env;
      const cwd = cloned({ 'package.json': manifest });
      const { stdout } = spawnSync(process.execPath, [join(repository, 'cli/fleet.js'), 'init', '--json'], { cwd, env: { ...env, ...ci }, encoding: 'utf8' });
      return (JSON.parse(stdout) as { readonly next: readonly string[] }).next.slice(0, 3);
    };
    expect([next({}), next({ CI: 'true' })]).toEqual([usual, inCi].map((command) => ['npm install', 'npm run synth', command]));
  });

  test('a folder that is not there is made', () => {
    const folder = folders.make();
    expect(init(folder, 'a/fleet')).toMatchObject({ status: 0, stdout: expect.stringContaining('\nNext:\n  cd a/fleet\n  git init\n  npm install\n') });
    expect(tree(folder)['a/fleet/config/fleet.ts']).toContain('defineFleet');
  });
});

describe('the repository', () => {
  test.each(
    partly(
      [
        ['https://github.com/company/fleet.git', 'https://github.com/company/fleet.git', 'github'],
        ['git@gitlab.com:company/fleet.git', 'git@gitlab.com:company/fleet.git', 'gitlab'],
        ['https://user:token@git.example.com/fleet', 'https://git.example.com/fleet', 'none'],
        ['/srv/git/fleet.git', 'https://repository.invalid/replace-me', 'github'],
      ] as const,
      2,
    ),
  )('of the remote %s is %s', (remote, url, ci) => {
    expect(data(cloned({}, remote), '--name', 'fleet')).toMatchObject({ repository: url, ci });
  });

  test('that is not known is a placeholder, of which check warns', () => {
    const folder = folders.make();
    expect(init(folder, '--name', 'fleet').stdout).toContain(
      'The repository is not known: write its URL in the place of https://repository.invalid/replace-me',
    );
    serve(folder, ['synth']);
    const { status, stderr } = serve(folder, ['check']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning repository-placeholder config\/fleet\.ts:5:3\n/);
  });

  test.each(partly(shapes, 1))('as a placeholder is warned of in a fleet of %s', (shape) => {
    const folder = folders.make();
    init(folder, '--name', 'fleet', '--shape', shape);
    expect(serve(folder, ['check']).stderr).toContain('warning repository-placeholder');
  });
});

describe('in a project', () => {
  test('its package.json is added to, and nothing of it becomes another', () => {
    const text = '{\n\t"name": "app",\n\t"scripts": {\n\t\t"test": "mocha"\n\t},\n\t"devDependencies": { "typescript": "^5.0.0" }\n}\n';
    const folder = cloned({ 'package.json': text });
    const { edited, byHand } = data(folder);
    expect(edited[0]?.added).not.toContain('devDependencies.typescript');
    expect(byHand).toContainEqual({ file: 'package.json', text: "its script 'test' stays `mocha`; the fleet's is `npx jest`" });
    const after = tree(folder)['package.json'] ?? '';
    expect(after.startsWith('{\n\t"name": "app",\n\t"scripts": {\n\t\t"test": "mocha",\n\t\t"synth": ')).toBe(true);
    expect(JSON.parse(after)).toMatchObject({
      name: 'app',
      scripts: { test: 'mocha', check: 'tsc --noEmit && fleet check' },
      devDependencies: { typescript: '^5.0.0' },
    });
  });

  test('the script by which npm says that there is no test gives way to one', () => {
    const none = 'echo "Error: no test specified" && exit 1';
    const folder = cloned({ 'package.json': JSON.stringify({ name: 'app', scripts: { test: none } }, null, 2) });
    expect(data(folder).edited[0]?.added).toContain(`scripts.test, in the place of \`${none}\``);
    expect(JSON.parse(tree(folder)['package.json'] ?? '')).toMatchObject({ scripts: { test: 'jest' } });
  });

  test('whose tests run in Vitest the test is one of Vitest', () => {
    const folder = cloned({ 'package.json': '{ "name": "app", "devDependencies": { "vitest": "^3.0.0" } }' });
    init(folder);
    const after = tree(folder);
    expect(after['test/fleet.test.ts']).toContain("import { expect, test } from 'vitest';");
    expect(after['package.json']).not.toContain('jest');
    // A range of one major version is one that another Vitest refuses, and npm with it.
    expect(JSON.parse(after['package.json'] ?? '').devDependencies['@types/node']).toMatch(/^>=20/);
  });

  test('that sets up Jest itself it stays so', () => {
    const folder = cloned({ 'package.json': '{ "name": "app" }', 'jest.config.js': '' });
    init(folder);
    expect(JSON.parse(tree(folder)['package.json'] ?? '')).not.toHaveProperty('jest');
  });

  test.each(
    partly(
      [
        ['is there already', { 'dist/index.js': '' }, 'dist is there already'],
        ['Git ignores', { '.gitignore': 'node_modules\n/dist/\n' }, 'Git ignores dist/'],
      ] as const,
      1,
    ),
  )('whose dist/ %s the fleet is rendered elsewhere', (_, files, why) => {
    const folder = cloned({ 'package.json': '{ "name": "app" }', ...files });
    expect(init(folder).stdout).toContain(`It is rendered to rendered/: ${why}.`);
    expect(tree(folder)['config/fleet.ts']).toContain("path: 'rendered',");
    expect(tree(folder)['.gitattributes']).toContain('rendered/** text eol=lf linguist-generated');
  });

  test('around a fleet that is there, what a fleet needs is written', () => {
    const fleet = "import { defineFleet } from 'cdk8s-fleet';\nexport default defineFleet({ repository: 'x', path: 'out', environments: [] });\n";
    const folder = cloned({ 'config/fleet.ts': fleet });
    const { written, output } = data(folder, '--name', 'fleet');
    expect(output).toBe('out');
    expect(written).toContain('main.ts');
    expect(written.filter((file) => file.startsWith('config/'))).toEqual([]);
  });
});

describe('of a fleet that is there, what is written out counts', () => {
  const define = (name: string, text: string) => `import { ${name} } from 'cdk8s-fleet';\n// The path: below the top.\nexport default ${name}(${text});\n`;

  test.each([
    ['config/fleet.ts', define('defineFleet', "{ repository: 'x', environments: [] }"), 'regions', 'dist'],
    ['config/fleet.ts', define('defineFleet', "{ ...others, path: 'out', environments: [] }"), 'regions', 'out'],
    ['config/fleet.ts', define('defineFleet', "{ other: { path: 'in' }, path: places.out }"), 'regions', 'dist'],
    ['config/fleet.ts', define('defineHubFleet', "{ topology: 'hub-and-spoke', path: 'out' }"), 'hubs', 'out'],
    ['config/fleet.ts', '', 'regions', 'dist'],
    ['config/config.yaml', '# path: old\npath: "out" # new\nothers: { path: in }\n', 'yaml', 'out'],
    ['config/config.yaml', ': [', 'yaml', 'dist'],
  ])('%s: %j', (file, text, shape, output) => {
    expect(data(cloned({ [file]: text }), '--name', 'fleet', '--dry-run')).toMatchObject({ shape, output });
  });
});

describe('in a folder of a larger repository', () => {
  test('the output counts from its top, and the pipeline lies there', () => {
    const folder = cloned();
    const { output, written, next } = data(folder, 'platform/fleet');
    expect(output).toBe('platform/fleet/dist');
    expect(written).toContain('.github/workflows/fleet.yaml');
    expect(next.at(-1)).toBe(
      "git add -A . ../../.github/workflows/fleet.yaml ../../.github/workflows/fleet-promote.yaml && git commit -m 'Begin a fleet in platform/fleet'",
    );
    const after = tree(folder);
    expect(after['platform/fleet/config/fleet.ts']).toContain("path: 'platform/fleet/dist',");
    expect(after['.github/workflows/fleet.yaml']).toContain('working-directory: platform/fleet');
    expect(serve(join(folder, 'platform/fleet'), ['synth'])).toMatchObject({ status: 0, stderr: '' });
    expect(git(folder, 'status', '--short', '-uall')).toContain('?? platform/fleet/dist/workload-cluster/');
  });

  test('it is installed by what the repository is installed by', () => {
    const folder = cloned({ 'pnpm-lock.yaml': '' });
    expect(data(folder, 'fleet').next.slice(1, 4)).toEqual(['pnpm install', 'pnpm run synth', 'pnpm test']);
    expect(tree(folder)['.github/workflows/fleet.yaml']).toContain('pnpm install --frozen-lockfile');
  });

  test.each(
    partly(
      [
        ['pnpm-lock.yaml', 'pnpm-workspace.yaml', "packages: ['apps/*']\n", "add 'fleet' to `packages`: pnpm installs what is listed there"],
        ['yarn.lock', 'package.json', '{ "name": "mono", "workspaces": ["apps/*"] }', "add 'fleet' to `workspaces`: yarn installs what is listed there"],
      ] as const,
      1,
    ),
  )('which lists its packages (%s), one that is not listed is told of', (lock, file, text, advice) => {
    const folder = cloned({ [lock]: '', [file]: text });
    expect(data(folder, 'fleet').byHand).toEqual([{ file, text: advice }]);
    expect(data(folder, 'apps/fleet').byHand.filter((one) => one.file === file)).toEqual([]);
  });

  test('a pipeline of GitLab that is there is told how to include the fleet’s', () => {
    const folder = cloned({ '.gitlab-ci.yml': 'build: { script: make }\n' });
    const { written, left, byHand } = data(folder, 'fleet');
    expect(written).toContain('fleet/fleet.gitlab-ci.yml');
    expect(left).toContainEqual({ file: '.gitlab-ci.yml', why: 'is there already' });
    expect(byHand).toContainEqual({ file: '.gitlab-ci.yml', text: "add `include: [{ local: '/fleet/fleet.gitlab-ci.yml' }]`" });
  });
});

describe('what is there', () => {
  test('stays and is listed, with what to add by hand where it matters', () => {
    const files = {
      'package.json': '{ "name": "app", "scripts": {} }',
      'README.md': '# Mine\n',
      'cdk8s.yaml': 'app: mine\n',
      'tsconfig.json': '{}\n',
      'main.ts/': '',
      test: 'a file\n',
      '.gitignore': 'node_modules\n.cdk8s\n',
      '.gitattributes': '*.png binary\n',
      '.github/workflows/fleet.yaml': 'mine\n',
    };
    const folder = cloned(files);
    const before = tree(folder);
    const { left, byHand } = data(folder);
    expect(left.map(({ file, why }) => `${file}: ${why}`)).toEqual([
      'cdk8s.yaml: is there already',
      'main.ts: a folder is called so',
      'tsconfig.json: is there already',
      'test/fleet.test.ts: test is a file',
      '.gitattributes: is there already',
      '.gitignore: is there already',
      'README.md: is there already',
      '.github/workflows/fleet.yaml: is there already',
    ]);
    // Of .gitignore there is nothing to add.
    expect(byHand.map(({ file }) => file)).toEqual(['cdk8s.yaml', 'main.ts', 'tsconfig.json', '.gitattributes', '.github/workflows/fleet.yaml']);
    const { 'package.json': _, ...after } = tree(folder);
    expect(after).toMatchObject(Object.fromEntries(Object.entries(before).filter(([path]) => path !== 'package.json')));
  });

  test('as a link is not followed', () => {
    const elsewhere = folders.make({ 'kept.txt': '' });
    const folder = cloned();
    spawnSync('ln', ['-s', elsewhere, join(folder, 'test')]);
    spawnSync('ln', ['-s', 'nowhere', join(folder, 'main.ts')]);
    const { left } = data(folder, '--name', 'fleet');
    expect(left).toContainEqual({ file: 'test/fleet.test.ts', why: 'test is a link' });
    expect(left).toContainEqual({ file: 'main.ts', why: 'a link is there' });
    expect(tree(elsewhere)).toEqual({ 'kept.txt': '' });
  });
});

describe('compiled', () => {
  longTest.each(['hubs', 'regions'] as const)('a fleet of the shape %s has no mistake of types', (shape) => {
    const folder = cloned();
    init(folder, '--shape', shape, '--name', 'fleet');
    write(folder, { 'tsconfig.json': settings(tree(folder)['tsconfig.json'] ?? '') });
    const { status, stdout } = spawnSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

/** As the fleet has them, with this repository's source in the place of the installed package. */
function settings(text: string): string {
  const { compilerOptions, include } = JSON.parse(text) as { readonly compilerOptions: object; readonly include: readonly string[] };
  const paths = { 'cdk8s-fleet': [join(repository, 'constructs/index.ts')] };
  const types = { types: ['node', 'jest'], typeRoots: [join(repository, 'node_modules/@types')] };
  return JSON.stringify({
    compilerOptions: { ...compilerOptions, paths, ...types, noUncheckedIndexedAccess: true },
    include: include.filter((one) => one === 'config'),
  });
}
