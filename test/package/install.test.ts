import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isLongForm } from '../runs';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { installBuilt } from './installed-package';
import type { Manager, NodeVersion } from './tools';
import { User } from './user';
import { bundlerSettings, cdk8sFile, cdk8sSettings, fleetFiles, mainFile, misspelt, plainTestFile, testFile } from './user-files';

/** How a user's repository is laid out, and by which settings it is compiled. */
interface Layout {
  /** The folder of the fleet. */
  readonly folder: string;
  readonly manifest: { readonly type?: 'module' | 'commonjs' };
  /** @default - what `tsc --init` writes */
  readonly settings?: string;
  /** What lies above the folder, by path from it. */
  readonly around?: Readonly<Record<string, string>>;
}

const layouts = {
  CommonJS: { folder: '.', manifest: { type: 'commonjs' }, settings: cdk8sSettings },
  'ES modules': { folder: '.', manifest: {}, settings: bundlerSettings },
  'type: module': { folder: '.', manifest: { type: 'module' } },
  'a subfolder of a monorepo': {
    folder: 'platform/fleet',
    manifest: { type: 'module' },
    around: {
      '../../package.json': JSON.stringify({ name: 'company', private: true, workspaces: ['platform/*', 'services/*'] }),
      '../../pnpm-workspace.yaml': 'packages:\n  - platform/*\n  - services/*\n',
      '../../services/shop/package.json': JSON.stringify({ name: 'shop', version: '1.0.0' }),
    },
  },
} satisfies Readonly<Record<string, Layout>>;

/** What runs a user's tests, and what has it read TypeScript. */
const runners = {
  'Jest as it comes': { packages: { jest: '^30.0.0' }, manifest: {}, command: 'jest', files: { 'test/fleet.test.js': plainTestFile } },
  'Jest with swc': {
    packages: { jest: '^30.0.0', '@jest/globals': '^30.0.0', '@swc/jest': '^0.2.39', '@swc/core': '1.16.18' },
    manifest: { jest: { transform: { '\\.ts$': '@swc/jest' } } },
    command: 'jest',
    files: { 'test/fleet.test.ts': testFile("import { expect, test } from '@jest/globals';\n") },
  },
  Vitest: {
    // Yarn 1 does not install what a package wants beside it.
    packages: { vitest: 'latest', vite: 'latest' },
    manifest: {},
    command: 'vitest run',
    files: { 'test/fleet.test.ts': testFile("import { expect, test } from 'vitest';\n") },
  },
} as const;

interface Combination {
  readonly node: NodeVersion;
  readonly manager: Manager;
  readonly layout: keyof typeof layouts;
  readonly typescript: '5.9' | '6' | '7';
  readonly runner: keyof typeof runners;
  /** The shape that `fleet init` begins with, or files of the user's own. */
  readonly start: 'by hand' | 'regions' | 'hubs' | 'yaml';
}

/** Each word beside as many others as six rows allow. */
const pairs: readonly Combination[] = [
  { node: '20', manager: 'npm', layout: 'CommonJS', typescript: '5.9', runner: 'Jest as it comes', start: 'by hand' },
  { node: '22', manager: 'pnpm', layout: 'type: module', typescript: '5.9', runner: 'Vitest', start: 'regions' },
  { node: '24', manager: 'yarn', layout: 'type: module', typescript: '7', runner: 'Jest with swc', start: 'yaml' },
  { node: '24', manager: 'npm', layout: 'a subfolder of a monorepo', typescript: '6', runner: 'Vitest', start: 'hubs' },
  { node: '20', manager: 'pnpm', layout: 'a subfolder of a monorepo', typescript: '7', runner: 'Jest with swc', start: 'by hand' },
  { node: '22', manager: 'yarn', layout: 'ES modules', typescript: '6', runner: 'Jest with swc', start: 'by hand' },
];

/** Every layout with everything a fleet begins with, and the other words in turn. */
const all: readonly Combination[] = (Object.keys(layouts) as Combination['layout'][]).flatMap((layout, row) =>
  (['by hand', 'regions', 'hubs', 'yaml'] as const).map((start, column): Combination => {
    const inTurn = <Word>(words: readonly Word[]) => words[(row + column) % words.length] as Word;
    return {
      node: inTurn(['20', '22', '24']),
      manager: (['npm', 'pnpm', 'yarn'] as const)[(row + 2 * column) % 3] as Manager,
      layout,
      typescript: (['5.9', '6', '7'] as const)[(2 * row + column) % 3] as Combination['typescript'],
      // Jest reads the modules of a `type: module` with a transform only.
      runner: inTurn(
        'type' in layouts[layout].manifest && layouts[layout].manifest.type === 'module'
          ? ['Jest with swc', 'Vitest']
          : ['Jest as it comes', 'Jest with swc', 'Vitest'],
      ),
      start,
    };
  }),
);

/** CI installs six times, and whoever runs the long form by hand all that there is. */
const combinations = process.env['FLEET_TEST_INSTALLS'] === 'pairs' ? pairs : [...pairs, ...all];

const folders = new TemporaryFolders();
const describeLong = isLongForm ? describe : describe.skip;

describeLong('the packed package, in a repository of one’s own', () => {
  let tarball: string;

  beforeAll(() => {
    const built = installBuilt(folders.make());
    const made = folders.make();
    execFileSync('npm', ['pack', built, '--pack-destination', made], { cwd: made, stdio: 'pipe' });
    tarball = join(made, readdirSync(made)[0] ?? '');
  });

  test.each(combinations)('Node $node, $manager, $layout, TypeScript $typescript, $runner, begun $start', (combination) => {
    const { node, manager, layout, start } = combination;
    const user = new User(folders.make(), layouts[layout].folder, node, manager);
    if (start === 'by hand') beginByHand(user, combination);
    else beginWithInit(user, combination, start);

    // Nothing of this repository is found from there.
    const entry = user.run('node', '-p', "require('node:fs').realpathSync(require.resolve('cdk8s-fleet'))").trim();
    expect(entry).toContain(join(realpathSync(user.repository), '/'));

    if (start === 'by hand') livesByHand(user, combination, entry);
    else livesWithInit(user, start);
  });

  function beginByHand(user: User, { layout, typescript, runner }: Combination): void {
    const { folder, manifest, settings, around = {} }: Layout = layouts[layout];
    const { packages, manifest: ofRunner, command } = runners[runner];
    user.write({
      ...around,
      ...fleetFiles,
      // It counts from the top of the repository.
      'config/fleet.ts': fleetFiles['config/fleet.ts'].replace('environments:', `path: '${join(folder, 'dist')}',\n  environments:`),
      'main.ts': mainFile,
      'cdk8s.yaml': cdk8sFile,
      '.gitignore': 'node_modules/\n.cdk8s/\n',
      'package.json': JSON.stringify({
        name: 'fleet',
        version: '1.0.0',
        private: true,
        ...manifest,
        ...ofRunner,
        scripts: { test: command },
        dependencies: { cdk8s: '^2.70.106', 'cdk8s-fleet': `file:${tarball}`, constructs: '^10.8.1' },
        devDependencies: { ...packages, 'cdk8s-cli': '^2.207.60', tsx: '^4.23.15', typescript, '@types/node': '20' },
      }),
    });
    user.install();
    if (settings === undefined) user.npx('tsc', '--init');
    else user.write({ 'tsconfig.json': settings });
  }

  function livesByHand(user: User, { runner }: Combination, entry: string): void {
    // Before there are tests: with them come the declarations of what runs them.
    user.npx('tsc', '--noEmit', '--skipLibCheck', 'false');
    user.write(runners[runner].files);
    user.npx('tsc', '--noEmit', '--skipLibCheck', 'true');
    user.write({ 'wrong.ts': misspelt });
    expect(() => user.npx('tsc', '--noEmit')).toThrow(/wrong\.ts.*'production\/prodd'/);
    user.run('rm', 'wrong.ts');

    expect(user.npx('cdk8s', 'synth', '--no-check-upgrade')).toContain('3 targets, 11 files in dist/: 11 written');
    expect(user.read('dist/mc/production/prod/us-east1/templates/web.yaml')).toMatch(/region: us-east1\n\s+replicas: 1\n/);
    user.commit('Start');
    expect(user.npx('fleet', 'check')).toContain('dist/ is current: 3 targets, 11 files');
    expect(user.npx('cdk8s-fleet', 'synth')).toContain('0 written, 0 removed, 11 unchanged');
    expect(user.test()).toMatch(/2 passed/);

    user.npx('fleet', 'promote', 'mc', 'web', 'patch-001');
    expect(user.read('config/mc/web.ts')).toContain("rolledOutTo: ['integration', 'production']");
    expect(user.read('dist/mc/production/prod/us-east1/templates/web.yaml')).toContain('targetRevision: 1.1.0');
    user.commit('Promote');
    expect(user.npx('cdk8s', 'synth', '--no-check-upgrade')).toContain('0 written, 0 removed, 11 unchanged');
    expect(user.npx('fleet', 'status')).toContain('patch-001');

    user.edit('config/mc/web.ts', (text) => text.replace('targetRevision', 'targetRevison'));
    expect(user.expectStatus(1, 'node', entry.replace(/entry.*/, 'fleet.js'), 'check')).toContain('error unknown-field config/mc/web.ts:');
  }

  /** In a project that is there: it has its tests run by something, is of some type, and has some TypeScript. */
  function beginWithInit(user: User, { layout, typescript, runner }: Combination, shape: string): void {
    const { manifest, around = {} }: Layout = layouts[layout];
    const packages = runner === 'Vitest' ? runners[runner].packages : {};
    const devDependencies = { ...packages, typescript };
    user.write({ ...around, 'package.json': JSON.stringify({ name: 'fleet', version: '1.0.0', private: true, ...manifest, devDependencies }) });
    user.run(
      'node',
      user.npm,
      'exec',
      '--yes',
      `--package=${tarball}`,
      '--',
      'cdk8s-fleet',
      'init',
      '--shape',
      shape,
      '--ci',
      'none',
      '--repository',
      'https://github.com/company/fleet',
    );
    // As if it were published.
    user.edit('package.json', (text) => text.replace(/("cdk8s-fleet":\s*)"[^"]*"/, `$1"file:${tarball}"`));
    user.install();
  }

  function livesWithInit(user: User, shape: 'regions' | 'hubs' | 'yaml'): void {
    user.npx('tsc', '--noEmit');
    expect(user.npx('cdk8s', 'synth', '--no-check-upgrade')).toMatch(/targets, \d+ files in dist\/: \d+ written, 0 removed, 0 unchanged/);
    expect(user.test()).toMatch(/\d passed/);
    user.commit('Begin a fleet');
    expect(user.npx('fleet', 'check')).toContain('dist/ is current');
    if (shape === 'hubs') return;
    const app = ['workload-cluster', 'cert-manager'];
    user.npx('fleet', 'new', 'patch', ...app, '--set', 'source.targetRevision=v1.19.0', '--description', 'Newer');
    user.commit('Update cert-manager');
    user.npx('fleet', 'promote', ...app, 'patch-001', '--approve', 'production');
    expect(user.read('dist/workload-cluster/production/prod-canary/us-east1/templates/cert-manager.yaml')).toContain('targetRevision: v1.19.0');
    expect(user.npx('cdk8s', 'synth', '--no-check-upgrade')).toContain('0 written, 0 removed');
  }
});
