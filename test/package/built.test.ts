import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { isLongForm, partly } from '../runs';
import { TemporaryFolders, tree, write } from '../workspaces/temporary-folder';
import { installBuilt } from './installed-package';

const { pageFiles } = require('../../cli/board/page-files.js') as { pageFiles(): Readonly<Record<'script' | 'style', { readonly text: string }>> };
const folders = new TemporaryFolders();
let folder: string;
let installed: string;

beforeAll(() => {
  folder = folders.make();
  installed = installBuilt(folder, isLongForm ? [] : ['--code']);
});

function node(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { NODE_OPTIONS: _, NODE_PATH: __, TSX_TSCONFIG_PATH: ___, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
}

function run(files: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  write(folder, files);
  const { status, stdout, stderr } = node(...args);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const files = () => readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(installed, file)).isFile());

const config = {
  'config/fleet.ts': `import { defineFleet } from 'cdk8s-fleet';

export default defineFleet({ repository: 'https://example.com/fleet', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] });
`,
  'config/mc/app.ts': `import { type FleetAppConfig, unset } from 'cdk8s-fleet';

export default {
  project: 'default',
  source: { repoURL: 'https://example.com/charts', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject: { a: 1, gone: 1 } } },
  destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
  overrides: { e: { source: { helm: { valuesObject: { gone: unset } } } } },
} satisfies FleetAppConfig;
`,
};
const fleet = 'node_modules/cdk8s-fleet/cli/fleet.js';
const main = "import { synthesize } from 'cdk8s-fleet';\n\nsynthesize();\n";

longTest('both entries, in one process, are one instance', () => {
  const script = `
    import { createRequire } from 'node:module';
    import * as es from 'cdk8s-fleet';
    const common = createRequire(import.meta.url)('cdk8s-fleet');
    const names = Object.keys(common);
    const same = (name) => es[name] === common[name];
    console.log(JSON.stringify({ others: names.filter((name) => !same(name)), more: Object.keys(es).filter((name) => !names.includes(name)) }));
    console.log(['unset', 'cluster', 'Fleet', 'FleetError', 'synthesize'].map((name) => typeof es[name] + ' ' + same(name)).join());`;
  expect(run({ 'entries.mjs': script }, 'entries.mjs').split('\n').slice(0, 2)).toEqual([
    '{"others":[],"more":[]}',
    'symbol true,object true,function true,function true,function true',
  ]);
});

longTest('names of the ES entry are known before it runs', () => {
  expect(run({ 'missing.mjs': "import('cdk8s-fleet').then((all) => console.log(Object.keys(all).includes('default')));" }, 'missing.mjs')).toBe('false\n');
  write(folder, { 'wrong.mjs': "import { synthesise } from 'cdk8s-fleet';" });
  expect(node('wrong.mjs').stderr).toContain("does not provide an export named 'synthesise'");
});

(isLongForm ? test : test.skip)('holds compiled code, declarations and maps, nothing that is only for this repository, and less than 3 MB', () => {
  const endings = new Set(files().map((file) => /(?:\.d)?\.\w+(?:\.map)?$|$/.exec(file)?.[0]));
  expect([...endings].sort()).toEqual(['', '.cjs', '.d.mts', '.d.ts', '.js', '.js.map', '.json', '.md', '.mjs']);
  expect(readdirSync(installed).sort()).toEqual([
    'LICENSE',
    'README.md',
    'biome.json',
    'changes',
    'cli',
    'constructs',
    'imports',
    'layers',
    'package.json',
    'rollout',
    'store',
    'tsconfig.json',
  ]);
  expect(files().reduce((bytes, file) => bytes + statSync(join(installed, file)).size, 0)).toBeLessThan(3_000_000);
});

longTest('says what it is, what it needs, and how it is published', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({
    name: 'cdk8s-fleet',
    license: 'Apache-2.0',
    engines: { node: '>=20' },
    bin: { 'cdk8s-fleet': 'cli/fleet.js', fleet: 'cli/fleet.js' },
    publishConfig: { access: 'public', provenance: true },
    peerDependenciesMeta: { 'cdk8s-plus-27': { optional: true } },
  });
  expect(Object.keys(manifest.peerDependencies)).toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs']);
  for (const key of ['private', 'devDependencies', 'scripts', 'overrides']) expect(manifest).not.toHaveProperty(key);
  // Every package that code asks for is one that is installed with it, and none is there for nothing.
  const builtIn = /^node:/;
  const asked = new Set(
    files()
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...readFileSync(join(installed, file), 'utf8').matchAll(/\brequire\(["']([^."'][^"']*)["']\)/g)].map(([, name = '']) => name))
      .filter((name) => !builtIn.test(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
  expect([...asked].sort()).toEqual([...Object.keys(manifest.dependencies), 'cdk8s', 'constructs'].sort());
});

longTest('loads what compiles TypeScript where there is some to read, and not before', () => {
  const loaded = (...args: readonly string[]) =>
    node('--require', './loaded.js', fleet, ...args)
      .stderr.split('\n')
      .filter((line) => line.startsWith('loaded '))
      .map((line) => line.slice('loaded '.length));
  write(folder, {
    'loaded.js': `
      const Module = require('node:module');
      const load = Module._load;
      const seen = new Set();
      Module._load = function (request, ...rest) {
        if (!request.startsWith('.') && !request.startsWith('node:') && !seen.has(request)) process.stderr.write('loaded ' + request + '\\n');
        seen.add(request);
        return load.call(this, request, ...rest);
      };`,
    ...config,
  });
  const heavy = ['cdk8s', 'tsx/cjs/api', '@babel/parser', 'yaml'];
  expect(loaded('--version').filter((name) => heavy.includes(name))).toEqual([]);
  expect(
    loaded('synth')
      .filter((name) => heavy.includes(name))
      .sort(),
  ).toEqual(['cdk8s', 'tsx/cjs/api', 'yaml']);
});

describe.each(partly(['module', 'commonjs'], 1))('in a package of type %s', (type) => {
  const manifest = JSON.stringify({ name: 'fleet', type });

  longTest('commands and `main.ts` render the fleet, with one `unset` and one class of errors', () => {
    write(folder, { ...config, 'package.json': manifest, 'main.ts': main });
    expect(node(fleet, 'synth', '--output', `${type}/a`)).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout, stderr } = node('--import', 'tsx', 'main.ts');
    expect([status, stdout, stderr]).toEqual([0, '', expect.stringContaining('1 target, 5 files in dist/: ')]);
    const text = readFileSync(join(folder, 'dist/mc/e/s/r/templates/app.yaml'), 'utf8');
    expect(text).toContain('a: 1');
    expect(text).not.toContain('gone');
    write(folder, { 'config/mc/app.ts': config['config/mc/app.ts'].replace('targetRevision', 'targetRevison') });
    for (const command of [
      [fleet, 'check'],
      ['--import', 'tsx', 'main.ts'],
    ]) {
      const failed = node(...command);
      expect([failed.status, failed.stderr]).toEqual([1, expect.stringContaining('error unknown-field config/mc/app.ts:5:')]);
    }
  });
});

longTest('holds texts of several lines as the sources have them, and no other white space at the beginning of a line', () => {
  for (const command of ['diff', 'versions', 'init', 'promote']) {
    const source = spawnSync(process.execPath, [join(__dirname, '../../cli/fleet.js'), command, '--help'], { encoding: 'utf8' });
    expect([command, node(fleet, command, '--help').stdout]).toEqual([command, source.stdout]);
    expect(source.stdout).toContain('\n  $ npx ');
  }
  expect(readFileSync(join(installed, 'cli/print/rows.js'), 'utf8')).not.toMatch(/^ /m);
});

longTest('holds the page of the board as it is, made and small', () => {
  write(folder, config);
  const { status, stdout } = node(fleet, 'board', '--output', '-');
  const { script, style } = pageFiles();
  expect([status, stdout.includes(`<script>${script.text}</script>`), stdout.includes(`<style>${style.text}</style>`)]).toEqual([0, true, true]);
  expect(files().filter((file) => file.startsWith('cli/board/') && !/\.(?:js|js\.map|d\.ts)$/.test(file))).toEqual([]);
  expect(statSync(join(installed, 'cli/board/page-files.js')).size).toBeLessThan(40_000);
});

longTest('is the one that runs for configuration that has another one installed', () => {
  write(folder, { ...config, 'package.json': '{}' });
  cpSync(installed, join(folder, 'config/node_modules/cdk8s-fleet'), { recursive: true });
  const { status, stderr } = node(fleet, 'synth', '--output', 'another');
  expect([status, stderr]).toEqual([0, '']);
  rmSync(join(folder, 'config/node_modules'), { recursive: true });
});

longTest('says which package is missing beside it, and is no bug then', () => {
  const bare = folders.make({ ...config, 'package.json': '{}' });
  cpSync(join(folder, 'node_modules'), join(bare, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  rmSync(join(bare, 'node_modules/cdk8s'));
  const { status, stderr } = spawnSync(process.execPath, [fleet, 'check'], { cwd: bare, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, "The package 'cdk8s' is not installed, which cdk8s-fleet needs beside it: run `npm install cdk8s`.\n"]);
});

// Node 20 cannot.
const keeps = 'enableCompileCache' in Module;

longTest.each([
  ['in a folder of the user', undefined, {}, keeps],
  ['and not where others may write', 0o777, {}, false],
  ['and not in CI, where nobody finds it again', undefined, { CI: 'true' }, false],
] as const)('keeps what was compiled for the next command, %s', (_, mode, more, isKept) => {
  write(folder, { ...config, 'package.json': '{}' });
  const temporary = folders.make();
  const kept = join(temporary, `cdk8s-fleet-${process.getuid?.() ?? 'compiled'}`);
  if (mode !== undefined) {
    mkdirSync(kept);
    chmodSync(kept, mode);
  }
  const { CI: _ci, ...env } = process.env;
  for (const _run of [1, 2]) {
    const { status, stderr } = spawnSync(process.execPath, [fleet, 'synth', '--output', 'kept'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, TMPDIR: temporary, ...more },
    });
    expect([status, stderr]).toEqual([0, '']);
  }
  expect(Object.keys(tree(temporary)).some((path) => path.startsWith('cdk8s-fleet-') && path.split('/').length > 2)).toBe(isKept);
});

longTest('maps lead from a line of code to that of its source', () => {
  const script = `
    const { Fleet } = require('cdk8s-fleet');
    try { new Fleet(undefined, 'x', undefined); } catch (error) { console.log(error.stack); }`;
  const stack = run({ 'stack.cjs': script }, '--enable-source-maps', 'stack.cjs');
  const places = [...stack.matchAll(/cdk8s-fleet\/([\w/-]+\.ts):(\d+)/g)].map(([, file = '', line]) => {
    const source = readFileSync(join(__dirname, '../..', file), 'utf8');
    return `${file}: ${source.split('\n')[Number(line) - 1]?.trim()}`;
  });
  expect(places).toEqual(['constructs/tree/fleet-tree.ts: this.repository = props.repository;', 'constructs/fleet.ts: export class Fleet extends FleetTree {']);
});
