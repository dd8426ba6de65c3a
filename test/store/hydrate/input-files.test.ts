import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartInput, InputFile } from '../../../layers/charts/chart-input';
import type { ChartSource } from '../../../store/hydrate/chart-sources';
import { HeldFiles } from '../../../store/hydrate/folders/held-files';
import { InputFiles } from '../../../store/hydrate/input-files';
import { HydrateRepository, inFolder, inputOf, problemsOf } from './hydrate-builder';

let repository: HydrateRepository;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
});
afterEach(() => repository.remove());

const ofChart = (path: string): InputFile => ({ path, of: 'chart' });
const ofRepository = (path: string): InputFile => ({ path, of: 'repository' });
const source: ChartSource = {
  shown: 'web 1.0.0',
  path: '/none',
  digest: '',
  files: () => new Map(['values.yaml', 'envs/a.yaml', 'envs/b/c.yaml'].map((path) => [`web/${path}`, Buffer.from(path)])),
};

/** The files of values that are found, or what is wrong. */
function found(valueFiles: readonly InputFile[], parts: Partial<ChartInput> = {}): unknown {
  const read = new InputFiles(repository.path, new HeldFiles(repository.path)).read(inputOf({ valueFiles, ...parts }), source);
  return 'parameters' in read ? read.values.map(({ shown }) => shown) : read.map(({ message }) => message);
}

const archive = { id: { chart: 'web', repository: 'https://example.com', version: '1.0.0' } };

test('files of values are those that Argo CD finds, in its order', () => {
  for (const path of ['z.yaml', 'a.yaml', 'b.yml', 'sub/m.yaml', 'sub/deep/n.yaml', 'sub-2/m.yaml', '[x].yaml']) {
    repository.write({ [`envs/${path}`]: 'a: 1\n' });
  }
  repository.write({ 'charts/web/prod.yaml': 'a: 1\n' });
  const envs = (...paths: readonly string[]) => paths.map((path) => `envs/${path}`);
  expect(found([ofChart('prod.yaml'), ofRepository('envs/b.yml'), ofChart('../../envs/a.yaml')])).toEqual(['charts/web/prod.yaml', ...envs('b.yml', 'a.yaml')]);
  // Twice is once, at the first place.
  expect(found([ofRepository('envs/a.yaml'), ofChart('prod.yaml'), ofRepository('./envs//a.yaml')])).toEqual([...envs('a.yaml'), 'charts/web/prod.yaml']);
  // What is named by itself has its own place.
  expect(found([ofRepository('envs/*.yaml'), ofRepository('envs/a.yaml')])).toEqual(envs('[x].yaml', 'z.yaml', 'a.yaml'));
  expect(found([ofRepository('envs/**/*.yaml')])).toEqual(envs('[x].yaml', 'a.yaml', 'z.yaml', 'sub/m.yaml', 'sub/deep/n.yaml', 'sub-2/m.yaml'));
  expect(found([ofRepository('envs/sub**/?.yaml')])).toEqual(envs('sub/m.yaml', 'sub-2/m.yaml'));
  expect(found([ofRepository('envs/[!a-b].y*ml')])).toEqual(envs('z.yaml'));
  expect(found([ofRepository('envs/[a-b].y*ml')])).toEqual(envs('a.yaml', 'b.yml'));
  // Of a packed chart they lie in it.
  expect(found([ofChart('envs/a.yaml'), ofChart('**/*.yaml'), ofRepository('envs/z.yaml')], archive)).toEqual([
    'envs/a.yaml',
    'values.yaml',
    'envs/b/c.yaml',
    'envs/z.yaml',
  ]);
});

test('what is not there, or not in the repository, says so', () => {
  repository.write({ 'values.yaml': 'a: 1\n', 'out/x.txt': '' });
  symlinkSync('/etc/hostname', join(repository.path, 'out/secret.yaml'));
  symlinkSync('/etc', join(repository.path, 'etc'));
  expect(found([ofChart('none.yaml')])).toEqual(["there is no file 'charts/web/none.yaml' in the repository"]);
  expect(found([ofChart('none.yaml')], archive)).toEqual(["there is no file 'none.yaml' in web 1.0.0"]);
  // All of them, each once.
  expect(found([ofChart('none.yaml'), ofRepository('../x'), ofRepository('values/*.yaml'), ofChart('none.yaml')])).toEqual([
    "the file '../x' leads out of the repository",
    "there is no file 'charts/web/none.yaml' in the repository",
    "no file of the repository fits 'values/*.yaml'",
  ]);
  expect(found([ofRepository('values/*.yaml')])).toEqual(["no file of the repository fits 'values/*.yaml'"]);
  expect(found([ofChart('../../../x.yaml')])).toEqual(["the file '../../../x.yaml' leads out of the repository"]);
  expect(found([ofChart('../x.yaml')], archive)).toEqual(["the file '../x.yaml' leads out of web 1.0.0"]);
  expect(found([ofRepository('out/secret.yaml')])).toEqual(["'out/secret.yaml' leads out of the repository"]);
  expect(found([ofRepository('out/*.yaml')])).toEqual(["'out/secret.yaml' leads out of the repository"]);
  expect(found([ofRepository('etc/*')])).toEqual(["'etc' leads out of the repository"]);
  expect(found([ofRepository('out')])).toEqual(['a folder is no configuration']);
  expect(found([ofRepository('{a,b}*.yaml')])).toEqual(["'{a,b}*.yaml' is a pattern that Argo CD alone reads"]);
  expect(found([ofRepository('[a.yaml')])).toEqual(["'[a.yaml' is no pattern"]);
  expect(found([ofRepository('[b-a].yaml')])).toEqual(["'[b-a].yaml' is no pattern"]);
  const lenient = { ignoreMissingValueFiles: true };
  expect(found([ofChart('none.yaml'), ofRepository('values/*.yaml'), ofRepository('values.yaml')], lenient)).toEqual(['values.yaml']);
  expect(found([ofChart('../../../x.yaml')], lenient)).toEqual(["the file '../../../x.yaml' leads out of the repository"]);
});

test('Helm reads them before the values of the source, and the same content is rendered once', () => {
  const echo =
    'echo "{apiVersion: v1, kind: X, metadata: {name: a}}"; while [ $# -gt 0 ]; do case "$1" in --values) cat "$2";; --set-file) echo "# $(cat "$(echo "$2" | cut -d= -f2)")"; esac; shift; done';
  repository.script('web', `{ ${echo}; } > '${repository.path}/told'; head -1 '${repository.path}/told'`);
  repository.write({ 'a.yaml': 'a: 1\n', 'same.yaml': 'a: 1\n', 'key.pem': 'key' });
  const input = (path: string) =>
    inFolder('web', { values: ['b: 2\n'], valueFiles: [ofRepository(path)], fileParameters: [{ name: 'k', file: ofRepository('key.pem') }] });
  const renderings = () => repository.asked().filter((asked) => asked.startsWith('template')).length;
  repository.renderer().render([input('a.yaml'), input('same.yaml')]);
  expect(renderings()).toBe(1);
  expect(repository.read('told').split('\n').slice(1, 4)).toEqual(['# key', 'a: 1', 'b: 2']);
  for (const [path, content] of [
    ['a.yaml', 'a: 3\n'],
    ['key.pem', 'other'],
  ] as const) {
    repository.write({ [path]: content });
    repository.renderer().render([input('a.yaml')]);
    expect(renderings()).toBe(1);
  }
});

test('what is wrong with one is told by its name', () => {
  repository.script('web', 'shift 6; echo "Error: failed to parse $2: no YAML" >&2; exit 1\n');
  repository.write({ 'envs/prod.yaml': '[' });
  const input = inputOf({ valueFiles: [ofRepository('envs/prod.yaml')], values: ['a: 1\n'] });
  expect(problemsOf(repository.renderer().render([input])[0])).toMatchObject([{ found: 'failed to parse envs/prod.yaml: no YAML' }]);
});
