import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartInput, ChartObjects, InputFile } from '../../../../layers/charts/chart-input';
import { HeldFiles } from '../../../../store/hydrate/folders/held-files';
import { GitFolder } from '../../../workspaces/git-folder';
import { HydrateRepository, inFolder, inputOf, problemsOf } from '../hydrate-builder';

let repository: HydrateRepository;
let git: GitFolder;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
  git = new GitFolder(repository.path);
});
afterEach(() => repository.remove());

const at = (path: string) => join(repository.path, path);
const link = (path: string, to: string) => symlinkSync(to, at(path));
const render = (input: ChartInput): ChartObjects | undefined => repository.renderer().render([input])[0];
const problems = (input: ChartInput) => problemsOf(render(input));

/** What is lacking of paths, by path. */
function lacks(...paths: readonly string[]): Readonly<Record<string, string | undefined>> {
  const found = new HeldFiles(repository.path).lacks(paths.map(at));
  return Object.fromEntries(paths.map((path) => [path, found.get(at(path))]));
}

test('it is what Git knows, and what it would take: nothing of its own, nothing that is ignored, nothing of other repositories', () => {
  repository.write({ 'known.env': '', 'submodule/a': '', 'submodule/b.env': '' });
  new GitFolder(at('submodule')).commit(1);
  git.commit(1);
  repository.write({ '.gitignore': '*.env\nlocal/\n', 'new.yaml': '', '.env': '', 'known.env': '2', 'local/values.yaml': '', 'other/a': '' });
  repository.write({ 'submodule/.gitignore': 'c\n', 'submodule/c': '', 'submodule/d': '', 'sub/.git/config': '' });
  new GitFolder(at('other')).commit(1);
  expect(lacks('known.env', 'new.yaml', 'submodule/a', 'submodule/b.env', 'submodule/d')).toEqual({});
  expect(lacks('.env', 'local/values.yaml', 'local', 'submodule/c', 'other/a')).toEqual({
    ...{ '.env': 'ignored', 'local/values.yaml': 'ignored', local: 'ignored' },
    ...{ 'submodule/c': 'ignored', 'other/a': 'elsewhere' },
  });
  const ofGit = ['.git/config', '.GIT/config', 'submodule/.git/HEAD', 'sub/.git/config'];
  expect(lacks(...ofGit)).toEqual(Object.fromEntries(ofGit.map((path) => [path, 'ofGit'])));
});

test('a link is held where it is, and what it leads to', () => {
  repository.write({ '.gitignore': '.env\n/ignored*\n', '.env': '', 'envs/a.yaml': '' });
  link('good', 'envs');
  link('bad', '.env');
  link('git', '.git');
  link('ignored', 'envs');
  link('ignored.yaml', 'envs/a.yaml');
  expect(lacks('good/a.yaml', 'bad', 'git/config', 'ignored/a.yaml', 'ignored.yaml')).toEqual({
    ...{ bad: 'ignored', 'git/config': 'ofGit', 'ignored/a.yaml': 'ignored', 'ignored.yaml': 'ignored' },
  });
});

test("where Git keeps what is its own somewhere else, that is Git's own", () => {
  repository.write({ 'main/a': '' });
  new GitFolder(at('main'), '--separate-git-dir', at('main/kept')).commit(1);
  const found = new HeldFiles(at('main')).lacks(['a', 'kept/config', '.git'].map((path) => at(`main/${path}`)));
  expect(Object.fromEntries(found)).toEqual({ [at('main/kept/config')]: 'ofGit', [at('main/.git')]: 'ofGit' });
});

test('of a work tree in a bare repository the files are its own', () => {
  repository.write({ 'first/a': '' });
  const first = new GitFolder(at('first'));
  first.commit(1);
  first.git('clone', '--quiet', '--bare', '.', at('bare'));
  first.git('--git-dir', at('bare'), 'worktree', 'add', '--quiet', at('bare/tree'));
  expect(new HeldFiles(at('bare/tree')).lacks([at('bare/tree/a')])).toEqual(new Map());
});

test('a submodule that nobody fetched keeps nothing from being found that is ignored', () => {
  repository.write({ '.gitignore': '.env\n', '.env': '', 'lib/a': '' });
  new GitFolder(at('lib')).commit(1);
  git.commit(1);
  rmSync(at('lib/.git'), { recursive: true });
  repository.write({ 'lib/b': '' });
  expect(lacks('lib/b', '.env')).toMatchObject({ '.env': 'ignored' });
});

const ofRepository = (path: string): InputFile => ({ path, of: 'repository' });

test('files that a source names are held by Git, or refused; patterns pass over the others', () => {
  repository.script('web', `echo '{apiVersion: v1, kind: X, metadata: {name: a}}'; cp "$8" '${at('told')}'`);
  repository.write({ '.gitignore': 'told\n.bin\nasked\n.cache\n.env\n*.local.yaml\n', '.env': '', 'envs/a.yaml': 'a: 1\n', 'envs/b.local.yaml': 'b: 1\n' });
  const parameter = (path: string) => inFolder('web', { fileParameters: [{ name: 'a', file: ofRepository(path) }] });
  expect(problems(parameter('.git/config'))).toMatchObject([{ message: "'.git/config' is Git's own, and no file of the repository" }]);
  expect(problems(parameter('.env'))).toMatchObject([
    { code: 'chart-render', message: "'.env' is ignored by Git: Argo CD would not have it", hint: expect.stringContaining('git add --force') },
  ]);
  expect(problems(inFolder('web', { valueFiles: [ofRepository('**/config')] }))).toMatchObject([{ message: "no file of the repository fits '**/config'" }]);
  expect(problems(inFolder('web', { valueFiles: [ofRepository('envs/b.local.yaml')] }))).toHaveLength(1);
  expect(problems(inFolder('web', { valueFiles: [ofRepository('envs/*.yaml')] }))).toEqual([]);
  expect(repository.read('told')).toBe('a: 1\n');
  const lenient = { valueFiles: [ofRepository('.env'), ofRepository('envs/a.yaml')], ignoreMissingValueFiles: true };
  expect(problems(inFolder('web', { ...lenient, values: ['c: 1\n'] }))).toEqual([]);
});

test('Helm gets of a chart what Git holds, and of what it takes by itself nothing may be lacking', () => {
  repository.script('web', `echo '{apiVersion: v1, kind: X, metadata: {name: a}}'; find "$2" -type f | sed "s|$2/||" | sort > '${at('told')}'`);
  repository.write({ '.gitignore': '.env\nnotes\n.DS_Store\n*.local.yaml\n', 'charts/web/.env': 'token', 'charts/web/notes': '', 'charts/web/new': '' });
  repository.write({ 'charts/web/templates/.DS_Store': '', 'charts/web/sub/.git/config': 'token' });
  expect(problems(inFolder('web'))).toEqual([]);
  expect(repository.read('told').trim().split('\n')).toEqual(['Chart.yaml', 'new', 'run.sh']);
  repository.write({ 'charts/web/templates/a.local.yaml': '' });
  expect(problems(inFolder('web'))).toMatchObject([
    { code: 'chart-broken', message: "'charts/web/templates/a.local.yaml' is ignored by Git: Argo CD would not have it" },
  ]);
  git.git('add', '--force', '--', 'charts/web/templates/a.local.yaml');
  expect(problems(inFolder('web'))).toEqual([]);
  link('charts/web/g', '../../.git');
  expect(problems(inFolder('web'))).toMatchObject([
    { message: "what the chart in 'charts/web' holds is Git's own, and no file of the repository", found: `'${at('charts/web/g')}'` },
  ]);
});

test('what a chart says that lies in a copy is told by its own path', () => {
  repository.script('web', 'echo "Error: $2/values.yaml is wrong" >&2; exit 1');
  repository.write({ '.gitignore': '.env\n', 'charts/web/.env': '' });
  expect(problems(inFolder('web'))).toMatchObject([{ found: `${at('charts/web')}/values.yaml is wrong` }]);
});

test('Kustomize gets what Git holds, and what it names is not lacking', () => {
  repository.write({ '.bin/kustomize': `#!/bin/sh\nPATH=/bin:/usr/bin\nif [ "$1" = version ]; then echo v5.9.9; exit; fi\nls -A > '${at('told')}'\n` });
  chmodSync(at('.bin/kustomize'), 0o755);
  const folder = (name: string, text: string) => {
    repository.write({ [`${name}/kustomization.yaml`]: text });
    return inputOf({ id: { folder: name }, kustomize: { edits: [], patches: [], components: [] } });
  };
  repository.write({ '.gitignore': '.env\nlocal.yaml\n', 'web/.env': '', 'web/x.yaml': '', 'web/local.yaml': '', 'ignored/.gitignore': '*\n' });
  render(folder('web', `resources: [x.yaml]\n# ${repository.path}\n`));
  expect(repository.read('told').trim().split('\n')).toEqual(['kustomization.yaml', 'x.yaml']);
  const ignored = 'is ignored by Git: Argo CD would not have it';
  const found = `${at('web/kustomization.yaml')}:1`;
  expect(problems(folder('web', 'resources: [local.yaml]\n'))).toMatchObject([{ message: `'web/local.yaml' ${ignored}`, found }]);
  expect(problems(folder('web', 'secretGenerator: [{name: a, envs: [.env]}]\n'))).toMatchObject([{ message: `'web/.env' ${ignored}`, found }]);
  expect(problems(folder('web', 'configMapGenerator: [{name: a, files: [a=.env]}]\n'))).toMatchObject([{ message: `'web/a=.env' ${ignored}`, found }]);
  expect(problems(folder('ignored', 'resources: []\n'))).toMatchObject([{ message: `'ignored/kustomization.yaml' ${ignored}` }]);
});

test("without a repository all is held but what is Git's own", () => {
  const { path } = repository;
  repository.write({ 'plain/.gitignore': '*\n', 'plain/a': '', 'plain/.git': '' });
  const found = new HeldFiles(join(path, 'plain')).lacks([at('plain/a'), at('plain/.git')]);
  expect(Object.fromEntries(found)).toEqual({ [at('plain/.git')]: 'ofGit' });
});
