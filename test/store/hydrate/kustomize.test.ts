import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ChartInput, ChartObjects, KustomizeTold } from '../../../layers/charts/chart-input';
import { HydrateRepository, inputOf, problemsOf } from './hydrate-builder';

let repository: HydrateRepository;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
  // What it prints is what lies beside the kustomization, and how it was changed.
  repository.write({
    '.bin/kustomize': `#!/bin/sh
PATH=/bin:/usr/bin
if [ "$1" = version ]; then echo v5.9.9; exit; fi
echo "$@" >> '${repository.path}/asked'
if [ "$1" = build ]; then if [ -f build.sh ]; then . ./build.sh; else cat *kustomization* > '${repository.path}/built'; cat x.yaml; fi; fi
`,
  });
  chmodSync(join(repository.path, '.bin/kustomize'), 0o755);
});
afterEach(() => repository.remove());

const inFolder = (folder: string, told: Partial<KustomizeTold> = {}): ChartInput =>
  inputOf({ id: { folder }, kustomize: { edits: [], patches: [], components: [], ...told } });
const render = (...inputs: readonly ChartInput[]): readonly ChartObjects[] => repository.renderer().render(inputs);
const object = (name: string) => `apiVersion: v1\nkind: X\nmetadata: {name: ${name}}\n`;
/** Of this test alone: what was made once is not made again. */
const own = () => `# ${repository.path}\n`;

test('a folder of Kustomize is built by Kustomize, in a copy of all that it reaches', () => {
  repository.write({
    'apps/web/kustomization.yaml': `resources:\n- ../base\n- x.yaml\n${own()}`,
    'apps/web/x.yaml': object('web'),
    'apps/base/Kustomization': 'resources:\n- y.yaml\ncomponents: [../../parts/a]\n',
    'apps/base/y.yaml': object('base'),
    'parts/a/kustomization.yml': 'kind: Component\n',
    'other/secret.yaml': '',
    // Argo CD takes it for Kustomize's, too.
    'apps/web/Chart.yaml': '',
  });
  const told = { edits: [['set', 'image', 'a=b']], patches: [{ path: 'p.yaml' }] };
  const [plain, again, changed] = render(inFolder('apps/web'), inFolder('apps/web'), inFolder('apps/web', told));
  expect(plain).toEqual({ objects: [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'web' } }] });
  expect(again).toBe(plain);
  expect(changed).toEqual(plain);
  expect([...repository.asked()].sort()).toEqual(['build .', 'build .', 'edit set image a=b']);
  // What it cannot reach is not there, and what it reads is part of what is remembered.
  repository.write({ 'apps/web/build.sh': `find ../.. -type f > '${repository.path}/found'; cat x.yaml; echo "# $PATH $HOME" >> '${repository.path}/found'` });
  render(inFolder('apps/web', { components: ['../../parts/a'] }));
  expect(repository.asked()).toEqual(['edit add component ../../parts/a', 'build .']);
  const found = repository.read('found').split('\n').sort().join('\n');
  expect(found).toContain('../../parts/a/kustomization.yml');
  expect(found).toContain('../../apps/base/y.yaml');
  expect(found).not.toContain('secret');
  render(inFolder('apps/web'));
  expect(repository.asked()).toEqual(['build .']);
  repository.write({ 'parts/a/kustomization.yml': 'kind: Component\nnamePrefix: a-\n' });
  render(inFolder('apps/web'));
  expect(repository.asked()).toEqual(['build .']);
  // Nothing of the repository is changed.
  expect(repository.read('apps/web/kustomization.yaml')).toBe(`resources:\n- ../base\n- x.yaml\n${own()}`);
});

test('patches are written behind those of the kustomization', () => {
  repository.write({ 'web/kustomization.yaml': `resources: [x.yaml]\npatches: [{path: a.yaml}]\n${own()}`, 'web/x.yaml': object('web') });
  render(inFolder('web', { patches: [{ path: 'b.yaml', target: { kind: 'X' } }] }));
  expect(JSON.parse(repository.read('built'))).toEqual({ resources: ['x.yaml'], patches: [{ path: 'a.yaml' }, { path: 'b.yaml', target: { kind: 'X' } }] });
});

test('a kustomization that patches are written into stays what Go reads of it', () => {
  const kustomization = `resources: [x.yaml]
replicas: [{name: web, count: 010}]
labels: [{pairs: {a: "yes", b: 0o17, c: 12:30, d: "\\u2028", e: !!str 010, on: x}}]
---
namePrefix: other-
${own()}`;
  repository.write({ 'web/kustomization.yaml': kustomization, 'web/x.yaml': object('web') });
  render(inFolder('web', { patches: [{ patch: 'a\u2028b\u0085' }] }));
  const built = repository.read('built');
  expect(built).toMatch(/^[ -~]*$/);
  expect(JSON.parse(built)).toEqual({
    resources: ['x.yaml'],
    replicas: [{ name: 'web', count: 8 }],
    labels: [{ pairs: { a: 'yes', b: 15, c: '12:30', d: '\u2028', e: '010', true: 'x' } }],
    patches: [{ patch: 'a\u2028b\u0085' }],
  });
});

test('what a folder reaches that is not in the repository is refused, with its file and line', () => {
  const kustomization = (name: string, text: string, files: Readonly<Record<string, string>> = {}) => {
    for (const [file, content] of Object.entries({ 'kustomization.yaml': text, ...files })) repository.write({ [`${name}/${file}`]: content });
    return name;
  };
  const at = (path: string) => join(repository.path, path);
  const missing = (text: string, found: string) => ({ code: 'chart-broken', message: `'${text}' is no file or folder of this repository`, found: at(found) });
  const remote = 'https://github.com/elsewhere/app//base?ref=v1';
  const cases: readonly (readonly [folder: string, finding: object])[] = [
    [kustomization('remote', `resources:\n- ${remote}\n`), missing(remote, 'remote/kustomization.yaml:2')],
    [
      kustomization('short', 'resources:\n- x.yaml\n- github.com/elsewhere/app\n', { 'x.yaml': '' }),
      missing('github.com/elsewhere/app', 'short/kustomization.yaml:3'),
    ],
    [kustomization('out', 'components: [../../elsewhere]\n'), missing('../../elsewhere', 'out/kustomization.yaml:1')],
    [kustomization('absolute', 'bases: [/etc]\n'), missing('/etc', 'absolute/kustomization.yaml:1')],
    [kustomization('fetched', 'patches:\n- path: http://127.0.0.1/x\n'), missing('http://127.0.0.1/x', 'fetched/kustomization.yaml:2')],
    [
      kustomization('named', 'configMapGenerator:\n- name: a\n  files:\n  - a=http://127.0.0.1/x\n'),
      missing('a=http://127.0.0.1/x', 'named/kustomization.yaml:4'),
    ],
    [
      kustomization('plugin', 'transformers: [t.yaml]\n', { 't.yaml': 'kind: PatchTransformer\npath: http://127.0.0.1/x\n' }),
      missing('http://127.0.0.1/x', 'plugin/t.yaml:2'),
    ],
    [
      kustomization('inline', 'transformers:\n- |\n  kind: PatchTransformer\n  path: http://127.0.0.1/x\n'),
      missing('http://127.0.0.1/x', 'inline/kustomization.yaml:4'),
    ],
    [kustomization('deep', 'resources: [../remote]\n'), missing(remote, 'remote/kustomization.yaml:2')],
    [
      kustomization('beside', 'resources:\n- ../remote/kustomization.yaml\n'),
      { message: "'../remote/kustomization.yaml' lies outside of the folder that names it", found: at('beside/kustomization.yaml:1').replace(':1', ':2') },
    ],
    [kustomization('broken', 'resources: [\n'), { message: `'${at('broken/kustomization.yaml')}' cannot be read` }],
  ];
  for (const [folder, finding] of cases) expect([folder, problemsOf(render(inFolder(folder))[0])]).toEqual([folder, [expect.objectContaining(finding)]]);
  symlinkSync('/etc/hostname', at('linked.yaml'));
  kustomization('linked', 'resources: [x.yaml]\n');
  symlinkSync('../other.yaml', at('linked/x.yaml'));
  repository.write({ 'other.yaml': '' });
  expect(problemsOf(render(inFolder('linked'))[0])).toMatchObject([{ message: "a link in the folder 'linked' leads out of it" }]);
  expect(problemsOf(render(inFolder('none', { isSaid: true }))[0])).toMatchObject([{ code: 'chart-unknown', message: "there is no folder 'none'" }]);
  repository.write({ 'empty/x.yaml': '' });
  expect(problemsOf(render(inFolder('empty', { isSaid: true }))[0])).toMatchObject([{ message: "the folder 'empty' is none of Kustomize's" }]);
  expect(problemsOf(render(inFolder('linked', { components: ['https://example.com/x'] }))[0])[0]).toMatchObject({
    message: "the component 'https://example.com/x' of the folder 'linked' is not in this repository",
  });
  expect(repository.asked().filter((asked) => asked.startsWith('build'))).toEqual([]);
});

test('addresses are seen as Kustomize reads them, however they are written', () => {
  const address = 'http://127.0.0.1/x';
  const missing = { message: `'${address}' is no file or folder of this repository` };
  const plugin = `apiVersion: builtin\nkind: PatchTransformer\npath: ${address}\n`;
  const cases: readonly (readonly [text: string, finding: object, files?: Readonly<Record<string, string>>])[] = [
    [`Resources: ["${address}"]`, { expected: "the key 'resources'", found: "'Resources'" }],
    [`reſourceſ: ["${address}"]`, { expected: "the key 'resources'" }],
    [`patches: [{Path: "${address}"}]`, { expected: "the key 'path'" }],
    [`configMapGenerator: [{name: a, FILES: ["a=${address}"]}]`, { expected: "the key 'files'" }],
    [`Crds: ["${address}"]`, { expected: "the key 'crds'" }],
    ['patches: [{path: !!binary aHR0cDovLzEyNy4wLjAuMS94}]', { expected: 'texts as they are', found: "the tag 'tag:yaml.org,2002:binary'" }],
    [`--- {patches: [{path: "${address}"}]}`, missing],
    [`x: &a {path: "${address}"}\npatches: [{<<: *a}]`, missing],
    // What is merged beats what stands above it.
    [`x: &a {resources: ["${address}"]}\nresources: []\n<<: *a`, missing],
    ['a: !!int x', { message: expect.stringContaining('cannot be read'), found: "'x' is no !!int at line 1, column 10" }],
    ['transformers: [t.yaml]', missing, { 't.yaml': `kind: X\n--- {path: "${address}"}\n` }],
    ['transformers: [t.yaml]', { expected: "the key 'path'" }, { 't.yaml': `PATH: ${address}\n` }],
    [
      'generators: [sub]',
      { message: "'sub' is a folder, and what plugins are told is read of files alone" },
      { 'sub/kustomization.yaml': 'resources: [t.yaml]', 'sub/t.yaml': plugin },
    ],
    [`generators: ['{"kind": "PatchTransformer", "path": "${address}"}']`, { message: expect.stringContaining('is no file or folder of this repository') }],
  ];
  for (const [index, [text, finding, files = {}]] of cases.entries()) {
    for (const [path, content] of Object.entries({ 'kustomization.yaml': `${text}\n`, ...files })) repository.write({ [`case-${index}/${path}`]: content });
    expect([text, problemsOf(render(inFolder(`case-${index}`))[0])]).toEqual([
      text,
      expect.arrayContaining([expect.objectContaining({ code: 'chart-broken', ...finding })]),
    ]);
  }
  repository.write({ 'web/kustomization.yaml': own() });
  expect(problemsOf(render(inFolder('web', { patches: [{ path: address }] }))[0])).toMatchObject([
    { message: `the patch '${address}' for the folder 'web' is no file of this repository` },
  ]);
  expect(repository.asked().filter((asked) => asked.startsWith('build'))).toEqual([]);
});

test('what Kustomize says is handed on, and an edit that fails is the end', () => {
  repository.write({ 'web/kustomization.yaml': own(), 'web/build.sh': 'echo "Error: accumulating $(pwd)/x.yaml: no such file" >&2; exit 1\n' });
  expect(problemsOf(render(inFolder('web'))[0])).toEqual([
    { code: 'chart-render', message: "Kustomize cannot build the folder 'web'", found: 'accumulating web/x.yaml: no such file' },
  ]);
  repository.write({ '.bin/kustomize': '#!/bin/sh\nif [ "$1" = version ]; then echo v5.0.0; exit; fi\necho "Error: no $2" >&2; exit 1\n' });
  expect(problemsOf(render(inFolder('web', { edits: [['set', 'x']] }))[0])).toMatchObject([{ found: 'no set' }]);
});

test('where Kustomize is not to be had, that is said; charts are rendered all the same', () => {
  repository.script('chart', `echo '{apiVersion: v1, kind: X, metadata: {name: a}}'`);
  repository.write({ 'web/kustomization.yaml': own() });
  const inputs = [inFolder('web'), inFolder('web', { edits: [['set', 'x']] }), inputOf({ id: { folder: 'charts/chart' } })];
  chmodSync(join(repository.path, '.bin/kustomize'), 0o644);
  const path = process.env.PATH;
  process.env.PATH = [join(repository.path, '.bin'), '/usr/bin', '/bin'].join(delimiter);
  const [one, other, chart] = render(...inputs);
  process.env.PATH = path;
  expect(one).toBe(other);
  expect(problemsOf(one)).toEqual([
    {
      code: 'chart-render',
      isOfAll: true,
      message: 'kustomize is not installed, and no folder of Kustomize can be built',
      hint: expect.stringContaining('install Kustomize 5'),
    },
  ]);
  expect(chart).toHaveProperty('objects');
  repository.write({ '.bin/kustomize': '#!/bin/sh\necho v4.5.7\n' });
  chmodSync(join(repository.path, '.bin/kustomize'), 0o755);
  expect(problemsOf(render(...inputs)[0])).toMatchObject([{ expected: 'v5.0.0, or a later one', found: 'v4.5.7' }]);
});

test('of what `kustomize edit` says, how it is used is left out', () => {
  repository.write({
    'web/kustomization.yaml': `resources: []\n${own()}`,
    '.bin/kustomize': `#!/bin/sh
if [ "$1" = version ]; then echo v5.9.9; exit; fi
printf 'Error: invalid format of replica\\nUsage:\\n  kustomize edit set replicas [flags]\\n\\nFlags:\\n' >&2; exit 1
`,
  });
  const told = { edits: [['set', 'replicas', 'a=b']] };
  expect(problemsOf(render(inFolder('web', told))[0])).toMatchObject([{ found: 'invalid format of replica' }]);
});
