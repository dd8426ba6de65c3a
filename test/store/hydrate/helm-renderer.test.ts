import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import { hashOf } from '../../../store/files/journal';
import { packedChart } from '../../builders/chart-builder';
import { longTest } from '../../long-test';
import { HydrateRepository, inFolder, inputOf, problemsOf } from './hydrate-builder';

const object = (name: string, rest = '') => `apiVersion: v1\nkind: X\nmetadata: {name: ${name}}\n${rest}`;
const says = (name: string, rest = '') => `cat <<'END'\n${object(name, rest)}\nEND\n`;
let repository: HydrateRepository;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
});
afterEach(() => repository.remove());

const nameOf = (rendered: ChartObjects | undefined) => (rendered && 'objects' in rendered ? rendered.objects.map(({ metadata }) => metadata.name) : rendered);

test('Helm is told what Argo CD tells it, and knows nothing of the machine', () => {
  repository.script('web', `env > '${repository.path}/env'; ${says('a')}`);
  const values = ['a: 1\n', 'b: 2\n'];
  const parameters = [
    { name: 'list', value: 'a,b\\,c', forceString: false },
    { name: 'set', value: '{a,b}', forceString: false },
    { name: 'text', value: '1', forceString: true },
  ];
  const full = inputOf({ values, parameters, kubernetes: 'v1.33', apiVersions: ['a/v1', 'b/v1'], skipCrds: true, skipTests: true, skipSchemaValidation: true });
  process.env.HELM_DEBUG = 'true';
  const rendered = repository.renderer().render([full, inputOf({ releaseName: 'other' })]);
  delete process.env.HELM_DEBUG;
  expect(rendered.map(nameOf)).toEqual([['a'], ['a']]);
  const [version, ...runs] = repository.asked();
  expect(version).toBe('version');
  const shown = [...new Set(runs.map((run) => run.replaceAll(repository.path, '.').replaceAll(/\S*\/(\d-values-\d\.yaml)/g, '$1')))].sort();
  expect(shown).toEqual([
    'template ./charts/web --name-template other --namespace shop --include-crds',
    'template ./charts/web --name-template web --namespace shop --kube-version 1.33.0 --set list=a\\,b\\,c --set set={a,b} --set-string text=1 ' +
      '--values 0-values-0.yaml --values 0-values-1.yaml --api-versions a/v1 --api-versions b/v1 --skip-schema-validation --skip-tests',
  ]);
  expect(runs).toHaveLength(2);
  const lines = repository.read('env').trim().split('\n');
  const env = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const home = /^.*\/fleet-helm-[^/]+\/files\/home$/;
  expect(env).toMatchObject({ HOME: expect.stringMatching(home), HELM_PLUGINS: `${env.HOME}/plugins`, HTTPS_PROXY: 'http://127.0.0.1:9' });
  expect(Object.keys(env)).not.toContain('HELM_DEBUG');
  // It is gone, with all that was in it.
  expect(existsSync(env.HOME ?? '')).toBe(false);
});

test('what went wrong is told with what Helm said', () => {
  const scripts = {
    fails: "echo 'WARNING: x' >&2; echo \"Error: template: web/x.yaml:3: $2 is none\" >&2; echo 'Use --debug flag to render out invalid YAML' >&2; exit 1\n",
    silent: 'exit 3\n',
    killed: 'kill -9 $$\n',
    greedy: "echo 'runtime: out of memory: cannot allocate 1-byte block' >&2; echo 'fatal error: out of memory' >&2; exit 2\n",
    slow: 'exec sleep 60\n',
    large: 'exec yes\n',
    subchart: "echo 'Error: An error occurred while checking for chart dependencies: found in Chart.yaml, but missing in charts/ directory: db' >&2; exit 1\n",
    values: 'echo "Error: failed to parse $8: no YAML" >&2; exit 1\n',
    schema:
      "echo \"Error: values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n- at '/replicas': got string, want integer\" >&2; exit 1\n",
    random: 'echo "{apiVersion: v1, kind: Secret, metadata: {name: db}, data: {password: x$$}}"\n# {{ now }}\n',
    wrong: 'echo "kind: X"\n',
    right: says('a'),
  };
  for (const [name, script] of Object.entries(scripts)) repository.script(name, script);
  repository.write({ 'charts/schema/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' });
  const inputs = Object.keys(scripts).map((name) => inFolder(name, { values: ['x'] }));
  const rendered = repository.renderer({ patience: 2_000, output: 1_000 }).render(inputs);
  const found = Object.fromEntries(Object.keys(scripts).map((name, index) => [name, rendered[index] as ChartObjects]));
  const problem = (name: string) => problemsOf(found[name])[0];
  const message = (name: string) => `Helm cannot render the chart in 'charts/${name}'`;
  expect(problem('fails')).toEqual({
    code: 'chart-render',
    message: message('fails'),
    found: `template: web/x.yaml:3: ${repository.path}/charts/fails is none`,
  });
  expect(problem('silent')).toMatchObject({ message: message('silent'), found: 'it ended with 3, and said nothing' });
  expect(problem('killed')).toMatchObject({ message: message('killed'), found: 'it was killed (SIGKILL)' });
  expect(problem('slow')).toMatchObject({ message: `${message('slow')}: it did not come to an end`, found: 'no answer for 2 seconds' });
  expect(problem('greedy')).toMatchObject({ message: `${message('greedy')}: it takes too much memory`, expected: `at most ${2 ** 33} bytes` });
  expect(problem('large')).toMatchObject({ message: `${message('large')}: it prints too much`, expected: 'at most 1000 bytes' });
  expect(problem('subchart')).toMatchObject({
    hint: `run \`helm dependency build ${repository.path}/charts/subchart\`, and commit what it writes to its folder \`charts/\``,
  });
  expect(problem('values')).toMatchObject({ found: 'failed to parse values 1 of 1: no YAML' });
  expect(problem('schema')).toMatchObject({ found: 'got string, want integer', value: ['web', 'replicas'] });
  expect(problem('random')).toMatchObject({
    code: 'chart-random',
    message: "Secret 'db' of the chart in 'charts/random' is another one each time it is rendered",
    found: 'data.password',
  });
  expect(problem('wrong')).toMatchObject({ code: 'chart-render', message: expect.stringContaining('there is a X without an apiVersion') });
  expect(nameOf(found.right)).toEqual(['a']);
});

test('what all charts take together has a limit, which one message tells with the chart that took most', () => {
  const whole = (limits: object, ...names: readonly string[]) =>
    repository.renderer({ whole: limits }).render(names.map((name) => inFolder(name, { values: [`# ${names}`] })));
  for (const [name, script] of [
    ['quick', says('a')],
    ['long', 'exec sleep 60'],
    ['late', says('b')],
  ] as const)
    repository.script(name, script);
  const [quick, ...others] = whole({ time: 1_500 }, 'quick', 'long', 'long', 'late', 'long');
  expect(nameOf(quick)).toEqual(['a']);
  const slow = others.flatMap(problemsOf).filter((problem) => (problem as { readonly message: string }).message.startsWith('all'));
  expect(slow[0]).toMatchObject({
    code: 'chart-render',
    message: 'all charts that are opened take too long together',
    expected: 'at most 1.5 seconds',
    found: expect.stringMatching(/^most of it took the chart in 'charts\/long': \d+ seconds$/),
    isOfAll: true,
  });
  // What one says they all say.
  expect(new Set(slow.map((problem) => JSON.stringify(problem))).size).toBe(1);
  repository.script('verbose', 'head -c 3000 /dev/zero | tr "\\0" "#"; echo');
  expect(whole({ output: 2_000 }, 'verbose').map(problemsOf)).toMatchObject([
    [{ message: 'all charts that are opened print too much together', expected: 'at most 2000 bytes', found: expect.stringContaining('charts/verbose') }],
  ]);
  // It is over for what the same renderer is asked later, too.
  const renderer = repository.renderer({ whole: { time: 1_000 } });
  renderer.render([inFolder('long', { values: ['later'] })]);
  expect(problemsOf(renderer.render([inFolder('quick', { values: ['later'] })])[0])).toMatchObject([{ isOfAll: true }]);
});

(process.platform === 'linux' ? test : test.skip)('Helm gets as much memory as it is told', () => {
  repository.script('web', `echo "{apiVersion: v1, kind: X, metadata: {name: a$(ulimit -v)}}"`);
  expect(nameOf(repository.renderer({ memory: 2 ** 32 }).render([inputOf()])[0])).toEqual(['a4194304']);
});

test('the date and the second are those of another time in the second run', () => {
  repository.script('date', `echo "${object('a', "x: '$(date +%Y-%m-%d)'")}" # {{ now }}`);
  repository.script('second', `echo "${object('a', "x: '$(date +%s)'")}" # {{ now }}`);
  const rendered = repository.renderer({ pause: 1000 }).render([inFolder('date'), inFolder('second')]);
  expect(rendered.map(problemsOf)).toEqual([[expect.objectContaining({ found: 'x' })], [expect.objectContaining({ found: 'x' })]]);
});

test('each distinct input is rendered once, in this process and by others', () => {
  repository.script('web', says('a'));
  const inputs: readonly Partial<ChartInput>[] = [{}, {}, { values: ['a: 1'] }, { kubernetes: '1.33' }];
  repository.renderer().render(inputs.map((parts) => inputOf(parts)));
  expect(repository.asked().filter((asked) => asked.startsWith('template'))).toHaveLength(3);
  repository.renderer().render(inputs.map((parts) => inputOf(parts)));
  expect(repository.asked()).toEqual([]);
  const kept = readdirSync(repository.cache).filter((name) => name.endsWith('.json'));
  expect(kept).toHaveLength(4);

  jest.isolateModules(() => {
    const other = require('../../../store/hydrate/helm-renderer') as typeof import('../../../store/hydrate/helm-renderer');
    const renderer = () => new other.HelmRenderer(join(repository.path, 'config'), repository.path, { cache: repository.cache });
    expect(renderer().render([inputOf()]).map(nameOf)).toEqual([['a']]);
    expect(repository.asked()).toEqual([]);
    // An entry that is broken, or removed, is rendered anew.
    const rendersAnew = (parts: Partial<ChartInput>, content: string) => {
      for (const name of kept) writeFileSync(join(repository.cache, name), content);
      expect(
        renderer()
          .render([inputOf(parts)])
          .map(nameOf),
      ).toEqual([['a']]);
      expect(repository.asked()).toHaveLength(2);
    };
    rendersAnew({ kubernetes: '1.33' }, 'broken');
    // So is one whose digest is right, and which holds no objects.
    rendersAnew({ values: ['a: 1'] }, `${hashOf('[{"x":1}]')}\n[{"x":1}]`);
  });
});

test('a chart that asks for more texts than can be tried is told nothing that only the cluster knows', () => {
  const asking = (count: number) => Array.from({ length: count }, (_, index) => `{{ eq .Values.a "v${index}" }}\n`).join('');
  repository.chart('few', { 'a.yaml': asking(500) }, { 'run.sh': says('few') });
  repository.chart('many', { 'a.yaml': asking(501) }, { 'run.sh': says('many') });
  const renderer = repository.renderer();
  expect(new Set(renderer.asked(inFolder('few')).flat()).size).toBe(500);
  expect(renderer.asked(inFolder('many'))).toEqual([]);
  const trial = (name: string) => inFolder(name, { isTrial: true });
  const [many, few, tried] = renderer.render([inFolder('many'), trial('few'), trial('many')]);
  expect([nameOf(many), nameOf(few)]).toEqual([['many'], ['few']]);
  expect(problemsOf(tried)).toEqual([
    { code: 'chart-token', message: 'its templates ask for 501 texts', found: 'more than 500, and each would have to be tried' },
  ]);
});

longTest('whatever an object is made of asks for a rendering of its own', () => {
  repository.script('web', says('a'));
  const parameter = { name: 'a', value: '1', forceString: false };
  const all: readonly Partial<ChartInput>[] = [
    {},
    { releaseName: 'b' },
    { namespace: 'b' },
    { values: ['a: 1'] },
    { values: ['a: 1', ''] },
    { parameters: [parameter] },
    { parameters: [{ ...parameter, forceString: true }] },
    { skipCrds: true },
    { skipTests: true },
    { skipSchemaValidation: true },
    { kubernetes: '1.33' },
    { apiVersions: ['a/v1'] },
  ];
  const templates = () => repository.asked().filter((asked) => asked.startsWith('template')).length;
  repository.renderer().render(all.map((parts) => inputOf(parts)));
  expect(templates()).toBe(all.length);
  for (const change of [
    () => repository.write({ 'charts/web/files/any.txt': 'x' }),
    () => repository.write({ 'charts/web/files/any.txt': 'y' }),
    () => rmSync(join(repository.path, 'charts/web/files/any.txt')),
    () => repository.standIn('v3.100.0'),
  ]) {
    change();
    repository.renderer().render([inputOf()]);
    expect(templates()).toBe(change.toString().includes('rmSync') ? 0 : 1);
  }
});

test('charts of repositories are what the lock says', () => {
  const chart = packedChart({ name: 'web', version: '1.0.0' });
  const entry = (version: string, sha256 = hashOf(chart)) => ({
    chart: 'web',
    repository: 'https://charts.example.com',
    version,
    archive: `archives/charts.example.com/web-${version}.tgz`,
    sha256,
  });
  const lock = JSON.stringify({ version: 1, charts: [entry('1.0.0'), entry('1.1.0'), entry('1.2.0', '0'.repeat(64)), { ...entry('1.x'), resolved: '1.0.0' }] });
  repository.write({
    'imports/charts/lock.json': lock,
    'imports/charts/archives/charts.example.com/web-1.0.0.tgz': chart,
    'imports/charts/archives/charts.example.com/web-1.2.0.tgz': chart,
  });
  const inputs = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'].map((version) => inputOf({ id: { chart: 'web', repository: 'https://charts.example.com', version } }));
  const [right, ...wrong] = repository.renderer().render(inputs);
  expect(nameOf(right)).toEqual(['a']);
  expect(repository.asked().filter((asked) => asked.includes('/imports/charts/archives/charts.example.com/web-1.0.0.tgz'))).toHaveLength(1);
  const versionOf = (version: string) => repository.renderer().versionOf({ chart: 'web', repository: 'https://charts.example.com', version });
  expect(['1.x', '1.0.0', '2.x'].map(versionOf)).toEqual(['1.0.0', undefined, undefined]);
  const hint = expect.stringMatching(
    /^run `npx fleet charts pull`, and .*names this version, `npx fleet charts pull web --repo https:\/\/charts\.example\.com --version 1\.\d\.0`$/,
  );
  expect(wrong.map(problemsOf)).toEqual([
    [expect.objectContaining({ code: 'chart-lock', message: 'web 1.1.0 is not what was imported', found: 'nothing there', hint })],
    [expect.objectContaining({ code: 'chart-lock', message: 'web 1.2.0 is not what was imported', found: `${hashOf(chart).slice(0, 12)}…`, hint })],
    [expect.objectContaining({ code: 'chart-lock', message: 'web 1.3.0 of https://charts.example.com was not pulled', hint })],
  ]);
  repository.write({ 'imports/charts/lock.json': '{' });
  expect(versionOf('1.x')).toBeUndefined();
  expect(
    repository
      .renderer()
      .render(inputs)
      .map((rendered) => problemsOf(rendered)[0]),
  ).toEqual(inputs.map(() => expect.objectContaining({ code: 'chart-lock', message: expect.stringContaining('is no lock of charts') })));
});

test('archives that no clone would have are refused, and so are those that lie elsewhere', () => {
  const chart = packedChart({ name: 'web', version: '1.0.0' });
  const entry = (version: string) => {
    const archive = `archives/charts.example.com/web-${version}.tgz`;
    return { chart: 'web', repository: 'https://charts.example.com', version, archive, sha256: hashOf(chart) };
  };
  const archives = ['1.0.0', '2.0.0'].map((version) => `imports/charts/${entry(version).archive}`) as [string, string];
  const inputs = ['1.0.0', '2.0.0'].map((version) => inputOf({ id: { chart: 'web', repository: 'https://charts.example.com', version } }));
  const given = () =>
    repository
      .renderer()
      .render(inputs)
      .map((rendered) => ('objects' in rendered ? nameOf(rendered) : problemsOf(rendered)));
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: repository.path });
  git('init', '-q');
  repository.write({
    'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [entry('1.0.0'), entry('2.0.0')] }),
    [archives[0]]: chart,
    [archives[1]]: chart,
    '.gitignore': '*.tgz\n',
  });
  const ignored = (path: string) => {
    const message = expect.stringMatching(new RegExp(`${path}' is ignored by Git: no clone would have it$`));
    return [{ code: 'chart-lock', message, hint: expect.stringContaining('git add --force') }];
  };
  expect(given()).toEqual(archives.map(ignored));
  git('add', '--force', archives[0]);
  expect(given()).toEqual([['a'], ignored(archives[1])]);
  repository.write({ '.gitignore': '/imports/\n' });
  expect(given()).toEqual(archives.map(() => ignored('imports/charts/lock.json')));
  repository.write({ '.gitignore': '' });
  expect(given()).toEqual([['a'], ['a']]);
  const outside = mkdtempSync(join(tmpdir(), 'fleet-outside-'));
  writeFileSync(join(outside, 'web.tgz'), chart);
  rmSync(join(repository.path, archives[1]));
  symlinkSync(join(outside, 'web.tgz'), join(repository.path, archives[1]));
  expect(given()).toEqual([['a'], [expect.objectContaining({ code: 'chart-lock', message: expect.stringContaining("web-2.0.0.tgz' out of the repository") })]]);
  rmSync(outside, { recursive: true });
});

test('folders of charts are refused before Helm reads them', () => {
  for (const name of ['out', 'nowhere', 'top']) repository.script(name, says(name));
  repository.write({ 'charts/none/values.yaml': '', 'charts/inside/run.sh': says('inside'), 'shared/x.txt': 'x' });
  repository.write({ 'charts/inside/Chart.yaml': 'name: inside' });
  symlinkSync('/etc/hostname', join(repository.path, 'charts/out/secret'));
  symlinkSync('/etc/none-of-that-name', join(repository.path, 'charts/nowhere/x'));
  symlinkSync('../../shared', join(repository.path, 'charts/inside/shared'));
  rmSync(join(repository.path, 'charts/top'), { recursive: true });
  symlinkSync('/etc', join(repository.path, 'charts/top'));
  const names = ['out', 'nowhere', 'none', 'missing', 'inside'];
  const rendered = repository.renderer().render(names.map((name) => inFolder(name)));
  expect(rendered.slice(0, -1).map((found) => problemsOf(found)[0])).toEqual([
    expect.objectContaining({ code: 'chart-broken', message: "a link in the chart in 'charts/out' leads out of the repository" }),
    expect.objectContaining({ code: 'chart-broken', message: "a link in the chart in 'charts/nowhere' leads nowhere" }),
    expect.objectContaining({ code: 'chart-broken', message: "the chart in 'charts/none' is no Helm chart" }),
    expect.objectContaining({ code: 'chart-unknown', message: "there is no folder 'charts/missing'" }),
  ]);
  expect(nameOf(rendered.at(-1))).toEqual(['inside']);
});

test('a release has a name, and no template that Helm would fill in', () => {
  const names = ['{{ getHostByName "example.com" }}', 'A', '-a', 'a'.repeat(54), ''];
  const rendered = repository.renderer().render(names.map((releaseName) => inputOf({ releaseName })));
  for (const [index, found] of rendered.entries())
    expect(problemsOf(found)).toMatchObject([{ code: 'chart-render', message: `'${names[index]}' is no name of a release of Helm` }]);
});

describe('where Helm is not to be had', () => {
  const rendered = () => repository.renderer().render([inputOf(), inputOf({ releaseName: 'other' })]);

  test('that is said once for all charts', () => {
    process.env.PATH = `.:relative:${repository.path}`;
    const [one, other] = rendered();
    expect(one).toBe(other);
    expect(problemsOf(one)).toEqual([
      { code: 'chart-render', message: 'helm is not installed, and no chart can be rendered', hint: expect.stringContaining('helm.sh/docs'), isOfAll: true },
    ]);
    expect(repository.renderer().render([])).toEqual([]);
  });

  test.each([
    ['echo "No version is set for command helm" >&2; exit 126', 'No version is set for command helm'],
    ['echo \'version.BuildInfo{Version:"v2.17.0"}\'', 'version.BuildInfo{Version:"v2.17.0"}'],
    ['exit 1', 'nothing'],
  ])('a program that is none is shown with what it says: %s', (script, found) => {
    repository.program(script);
    expect(problemsOf(rendered()[0])).toEqual([
      {
        code: 'chart-render',
        isOfAll: true,
        message: `'${repository.path}/.bin/helm version' gives no version of Helm, and no chart can be rendered`,
        expected: expect.any(String),
        found,
        hint: expect.stringContaining('asdf'),
      },
    ]);
  });

  test('what may not be run is passed over', () => {
    chmodSync(join(repository.path, '.bin/helm'), 0o644);
    process.env.PATH = join(repository.path, '.bin');
    expect(problemsOf(rendered()[0])).toMatchObject([{ message: 'helm is not installed, and no chart can be rendered' }]);
  });
});
