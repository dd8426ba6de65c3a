import { join } from 'node:path';
import type { Problem } from '../../layers/problem';
import { longTest } from '../long-test';
import { type Run, repository, Workspace } from '../workspaces/workspace';

jest.setTimeout(60_000);

let workspace: Workspace;
afterEach(() => workspace.remove());

const fleet = "export default { repository: 'x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r', 'q'] }] }] };\n";
const data = "{ project: 'p', source: { repoURL: 'x', path: 'y' }, destination: { name: 'z' } }";
const app = `export default ${data};\n`;

/** Files of one cluster type, each an app that begins with this code. */
function apps(code: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(code).map(([name, text]) => [`config/m/${name}.ts`, text.includes('export default') ? text : `${text}\n${app}`]));
}

/** `code of the problem at the file's line`, of every one. */
function problemsOf({ stdout }: Run): readonly string[] {
  const { problems } = JSON.parse(stdout) as { problems: readonly Problem[] };
  return problems.map(({ code, file, line }) => `${code} ${file?.replace('config/m/', '')}:${line ?? ''}`);
}

/** What code may try at the moment when its file is loaded: the name of its app, the code, and what is said of it. */
const atLoad: readonly (readonly [string, string, string])[] = [
  ['exits', '\nprocess.exit(0);', 'config-throws exits.ts:2'],
  ['exits-by-import', "import { exit } from 'node:process';\nexit(0);", 'config-throws exits-by-import.ts:2'],
  ['exits-and-catches', 'try {\n  process.exit(0);\n} catch {}', 'config-throws exits-and-catches.ts:2'],
  ['exits-later', '\nPromise.resolve().then(() => process.exit(0));', 'config-throws exits-later.ts:2'],
  ['exits-in-a-tick', '\nprocess.nextTick(() => process.exit(0));', 'config-throws exits-in-a-tick.ts:2'],
  ['throws-in-a-microtask', "\nqueueMicrotask(() => { throw new Error('late'); });", 'config-throws throws-in-a-microtask.ts:2'],
  [
    'fails-in-a-stream',
    "import { Readable } from 'node:stream';\nnew Readable({ read() {} }).destroy(new Error('late'));",
    'config-throws fails-in-a-stream.ts:2',
  ],
  ['exits-in-what-it-imports', "import './_exit';", 'config-throws _exit.ts:1'],
  ['really-exits', '(process as any).reallyExit(0);', 'config-throws really-exits.ts:1'],
  ['aborts', 'process.abort();', 'config-throws aborts.ts:1'],
  ['kills', 'process.kill(process.pid);', 'config-throws kills.ts:1'],
  ['kills-its-group', "process.kill(-process.pid, 'SIGKILL');", 'config-throws kills-its-group.ts:1'],
  ['moves', "process.chdir('/');", 'config-throws moves.ts:1'],
  ['masks', 'process.umask(0o777);', 'config-throws masks.ts:1'],
  ['rejects', "\nPromise.reject(new Error('late'));", 'config-throws rejects.ts:2'],
  ['rejects-with-nothing', 'Promise.reject();', 'config-throws undefined:'],
  ['waits', 'await Promise.resolve();', 'config-compile waits.ts:1'],
  ['promises', `export default (async () => { throw new Error('x'); })();`, 'config-export promises.ts:'],
  ['throws-null', 'throw null;', 'config-throws throws-null.ts:'],
  [
    'throws-what-cannot-be-asked',
    'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } });',
    'config-throws throws-what-cannot-be-asked.ts:',
  ],
  ['throws-without-a-stack', "throw Object.assign(new Error('x'), { stack: 5 });", 'config-throws throws-without-a-stack.ts:'],
  ['stops-listening', "process.removeAllListeners();\nPromise.reject(new Error('late'));", 'config-throws stops-listening.ts:2'],
  ['rejects-without-a-stack', "Promise.reject(Object.assign(new Error('late'), { stack: 5 }));", 'config-throws undefined:'],
  ['renames', "import { cluster } from 'cdk8s-fleet';\n(cluster as any).name = 'evil';", 'config-throws renames.ts:2'],
  ['changes-a-class', "import { Fleet } from 'cdk8s-fleet';\n(Fleet.prototype as any).synth = () => {};", 'config-throws changes-a-class.ts:2'],
  ['changes-shared-data', "import { shared } from './_shared';\n(shared as any).labels.a = 'evil';", 'config-throws changes-shared-data.ts:2'],
  ['changes-a-shared-list', "import { shared } from './_shared';\nshared.list.push('evil');", 'config-throws changes-a-shared-list.ts:2'],
  ['changes-another-app', "import other from './fine';\n(other as any).project = 'evil';", 'config-throws changes-another-app.ts:2'],
  ['changes-json', "import data from './_data.json';\n(data as any).a = 'evil';", 'config-throws changes-json.ts:2'],
  ['changes-data-elsewhere', "import { outside } from '../../lib/outside';\n(outside as any).a = 'evil';", 'config-throws changes-data-elsewhere.ts:2'],
  ['changes-lists', 'Array.prototype.map = function () { return []; } as never;', 'config-throws changes-lists.ts:'],
  ['changes-going-through-lists', 'Array.prototype[Symbol.iterator] = function* () {} as never;', 'config-throws changes-going-through-lists.ts:'],
  ['changes-and-throws', "Array.prototype.map = (() => []) as never;\nthrow new Error('x');", 'config-throws changes-and-throws.ts:2'],
  ['changes-and-throws', "Array.prototype.map = (() => []) as never;\nthrow new Error('x');", 'config-throws changes-and-throws.ts:'],
  ['changes-arithmetic', 'Math.max = () => 0;', 'config-throws changes-arithmetic.ts:'],
  ['has-another-process', "(globalThis as any).process = { cwd: () => '/', exit() {} };", 'config-throws has-another-process.ts:'],
  ['has-no-process', 'delete (globalThis as any).process;', 'config-throws has-no-process.ts:'],
  ['has-another-output', "Object.defineProperty(process, 'stdout', { value: { write() {} } });", 'config-throws has-another-output.ts:1'],
  ['has-another-folder', "Object.defineProperty(process, 'cwd', { value: () => '/' });", 'config-throws has-another-folder.ts:1'],
  ['adds-to-every-map', '(Object.prototype as any).enabled = false;', 'config-throws adds-to-every-map.ts:'],
  [
    'says-it-twice',
    `export default { ...{}, project: 'p',\n  'project': 'q', source: { repoURL: 'x', path: 'y' }, destination: { name: 'z' } };`,
    'duplicate-key says-it-twice.ts:2',
  ],
  ['says-data-twice', app.replace("project: 'p'", "project: 'p', ['project']: 'q'"), 'duplicate-key says-data-twice.ts:1'],
  ['imports-what-says-it-twice', "import './_twice';", 'duplicate-key _twice.ts:1'],
];
const shared = {
  'config/m/_exit.ts': 'process.exit(0);\nexport {};\n',
  'config/m/_shared.ts': "export const shared = { labels: { a: 'b' }, list: ['a'] };\n",
  'config/m/_twice.ts': 'export const twice = { a: 1, a: 2 };\n',
  'config/m/_data.json': '{ "a": 1 }\n',
  'lib/outside.ts': 'export const outside = { a: 1 };\n',
};

test('whatever files do while they are loaded, each is told what it did wrong, and nothing is written', () => {
  const code = Object.fromEntries(atLoad.map(([name, text]) => [name, text]));
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ ...code, fine: '' }), ...shared });
  const synth = workspace.fleetProcess('synth', '--json');
  const expected = atLoad.map(([, , problem]) => problem);
  expect([...problemsOf(synth)].sort()).toEqual([...expected].sort());
  expect(synth).toMatchObject({ status: 1, stderr: '' });
  expect(workspace.has('dist')).toBe(false);
});

longTest('a file that does one thing wrong is all that is told of', () => {
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ bad: 'process.exit(0);', fine: '' }) });
  const { status, stderr } = workspace.fleetProcess('check');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error config-throws config\/m\/bad\.ts:1:9\n {2}code of the configuration called process\.exit\(0\)\n.*\n\n1 error\n$/);
});

longTest('what functions of a file try is told with the place where they stand', () => {
  const file = (rest: string) => `import { ApiObject } from 'cdk8s';\nexport default { ...${data}, ${rest} };\n`;
  workspace = new Workspace({
    'config/fleet.ts': fleet,
    ...apps({
      exits: file('labels: { a: () => process.exit(0) }'),
      moves: file("labels: { a: () => { process.chdir('/'); return 'x'; } }"),
      counts: `let calls = 0;\n${file("labels: { a: () => (++calls > 2 ? 'many' : 'few') }")}`,
      changes: file("labels: (target) => { (target as any).region = 'x'; return {}; }"),
      works: file('workloads: () => process.exit(0)').replace(", source: { repoURL: 'x', path: 'y' }", ''),
      waits: file("workloads: async () => { throw new Error('x'); }").replace(", source: { repoURL: 'x', path: 'y' }", ''),
    }),
    'config/n/defaults.ts': 'export default { customize: () => process.exit(0) };\n',
    'config/n/web.ts': app,
    'config/o/defaults.ts': 'export default { customize: async () => {} };\n',
    'config/o/web.ts': app,
  });
  const { status, stdout, stderr } = workspace.fleetProcess('check', '--json');
  const { problems } = JSON.parse(stdout) as { problems: readonly Problem[] };
  expect(problems.map(({ code, file, place }) => `${code} ${file} ${place?.join('.')}`)).toEqual([
    'layer-throws config/m/changes.ts labels',
    'impure-function config/m/counts.ts labels.a',
    'layer-throws config/m/exits.ts labels.a',
    'layer-throws config/m/moves.ts labels.a',
    'workloads config/m/waits.ts workloads',
    'workloads config/m/works.ts workloads',
    'config-throws config/n/defaults.ts customize',
    'config-throws config/o/defaults.ts customize',
  ]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

longTest('what a file changes of the language for good ends the command at once, with its name', () => {
  const change = "Object.defineProperty(Array.prototype, 'map', { value: () => [], configurable: false, writable: false });";
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ bad: change, fine: '' }) });
  const { status, stderr } = workspace.fleetProcess('synth');
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(/^error config-throws config\/m\/bad\.ts\n.*Array\.prototype\.map/) });
  expect(workspace.has('dist')).toBe(false);
});

const open = `
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
setInterval(() => {}, 1000);
createServer().listen(0);
new Worker('setInterval(() => {}, 1000)', { eval: true });
new Promise(() => {});
(function again() { setImmediate(again); })();
process.exitCode = 7;
process.on('exit', () => { process.exitCode = 0; throw new Error('at the exit'); });
`;

longTest('a command ends, with its own status, whatever files leave open, and all that it prints arrives', () => {
  // More than a pipe takes at once.
  const many = Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`config/m/app-with-a-long-name-${'x'.repeat(25)}-${index}.ts`, app]));
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...many, 'config/m/open.ts': open + app });
  const { status, stdout, stderr } = workspace.fleetProcess('synth', '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.length).toBeGreaterThan(65_536);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, files: 2 * 453 + 452 });
});

longTest('where a command works, and what becomes of what it prints, is its own', () => {
  // Packages for files do this, and mean no harm.
  const harmless = 'const { cwd } = process;\nprocess.cwd = function () { return cwd.call(process); };\n';
  const elsewhere = "process.cwd = () => '/nowhere';\n";
  const silent = 'process.stdout.write = process.stderr.write = (() => true) as never;\nconsole.error = () => {};\n';
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ fine: harmless, moved: elsewhere, silent }) });
  const { status, stdout, stderr } = workspace.fleetProcess('synth');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('14 files in dist/: 14 written');
  expect(workspace.has('dist/m/e/s/r/Chart.yaml')).toBe(true);
  workspace.write(apps({ silent: `${silent}throw new Error('x');` }));
  expect(workspace.fleetProcess('check').stderr).toMatch(/^error config-throws config\/m\/silent\.ts/);
});

longTest('what goes wrong after the command did its work is one message, and exit status 1', () => {
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ late: "\nsetTimeout(() => { throw new Error('in a timer'); }, 0);" }) });
  const { status, stderr } = workspace.fleetProcess('synth');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error config-throws config\/m\/late\.ts:2:26\n.*: in a timer\n.*\n\n1 error\n$/),
  });
});

longTest('cdk8s synth runs code the same way', () => {
  workspace = new Workspace({ 'config/fleet.ts': fleet, ...apps({ open }) });
  const main = () => workspace.run(process.execPath, ['--import', require.resolve('tsx'), join(repository, 'main.ts')]);
  expect(main()).toMatchObject({ status: 0, stdout: '' });
  workspace.write(apps({ moves: "process.chdir('/');", late: "Promise.reject(new Error('late'));" }));
  const { status, stderr } = main();
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error config-throws .*late\.ts:1:[\s\S]*error config-throws .*moves\.ts:1:[\s\S]*\n2 errors\n$/),
  });
});

longTest('packages, instances and functions that files share are not frozen', () => {
  workspace = new Workspace({
    'config/fleet.ts': fleet,
    'node_modules/registry/index.js': 'module.exports = { all: [] };\n',
    'config/m/_state.ts':
      'class Names { list: string[] = []; }\nexport const names = new Names();\nexport const seen = new Map<string, string>();\nexport function named(name: string) { names.list.push(name); return name; }\n',
    ...apps({
      web: `import registry from 'registry';\nimport { named, names, seen } from './_state';\nregistry.all.push('web');\nseen.set('a', 'b');\nnamed('web');\nnames.list.push('x');`,
    }),
  });
  expect(workspace.fleetProcess('synth')).toMatchObject({ status: 0, stderr: '' });
});
