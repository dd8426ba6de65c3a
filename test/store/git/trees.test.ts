import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { isIgnored } from '../../../store/git/ignored';
import { Repository } from '../../../store/git/repository';
import { blobsOf, changedBetween, hasPath, treeAt } from '../../../store/git/trees';
import { partly } from '../../runs';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

function committed(files: Readonly<Record<string, string>>, ...init: readonly string[]): GitFolder {
  return new GitFolder(folders.make(files), ...init).commit(1);
}

describe.each(partly(['sha1', 'sha256'], 1))('of a repository with %s', (format) => {
  test('a folder is as a commit had it, and what differs between two is told once', () => {
    const git = committed({ 'dist/a.yaml': '1', 'dist/ü "x"/b.yaml': '1', 'dist-2/a.yaml': '1' }, `--object-format=${format}`);
    git.git('rm', '-q', 'dist/a.yaml');
    write(git.path, { 'dist/ü "x"/b.yaml': '2', 'dist/c.yaml': '3', 'dist-2/a.yaml': '2' });
    git.commit(2);
    const repository = Repository.find(git.path);
    const dist = join(git.path, 'dist');
    expect([...treeAt(repository, 'HEAD~', dist).keys()]).toEqual(['a.yaml', 'ü "x"/b.yaml']);
    const id = (name: string) => git.git('rev-parse', name).trim();
    const changes = changedBetween(repository, 'HEAD~', 'HEAD', dist);
    expect(changes).toEqual([
      { path: 'a.yaml', status: 'removed', before: id('HEAD~:dist/a.yaml') },
      { path: 'c.yaml', status: 'added', after: id('HEAD:dist/c.yaml') },
      { path: 'ü "x"/b.yaml', status: 'changed', before: id('HEAD~:dist/ü "x"/b.yaml'), after: id('HEAD:dist/ü "x"/b.yaml') },
    ]);
    expect(changedBetween(repository, 'HEAD', 'HEAD', dist)).toEqual([]);
    expect(changedBetween(repository, 'HEAD~', 'HEAD', join(dist, 'c.yaml')).map(({ path }) => path)).toEqual(['']);
    const ids = changes.flatMap(({ before, after }) => [before, after].filter((one) => one !== undefined));
    expect([...blobsOf(repository, [...ids, ...ids])].map(([, content]) => content.toString())).toEqual(['1', '3', '2']);
    const has = (commit: string, path: string) => hasPath(repository, commit, join(git.path, path));
    expect([has('HEAD', 'dist'), has('HEAD', 'dist/a.yaml'), has('HEAD~', 'dist/a.yaml'), has('HEAD', 'dis'), has('HEAD', '.')]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

test('contents that come to more than one call prints are all read', () => {
  const large = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${at}`, `${at}`.repeat(at < 3 ? 9_000_000 : 10)]));
  const git = committed(large);
  const repository = Repository.find(git.path);
  const ids = new Map([...treeAt(repository, 'HEAD', git.path)].map(([path, { id }]) => [id, path]));
  const found = [...blobsOf(repository, ids.keys())].map(([id, content]) => [ids.get(id), content.length]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.entries(large).map(([path, text]) => [path, text.length])));
});

test('what is not here, or lies elsewhere, is said', () => {
  const origin = committed({ 'dist/a.yaml': '1' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const path = folders.make();
  origin.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, join(path, 'blobs'));
  origin.git('clone', '-q', '--no-checkout', '--filter=tree:0', `file://${origin.path}`, join(path, 'trees'));
  const problem = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return error instanceof FleetError ? error.problems[0] : error;
    }
    return undefined;
  };
  const [blobs, trees] = [Repository.find(join(path, 'blobs')), Repository.find(join(path, 'trees'))];
  const ids = [...treeAt(blobs, 'HEAD', join(path, 'blobs/dist')).values()].map(({ id }) => id);
  const partial = { code: 'no-history', hint: expect.stringContaining('git fetch --refetch --no-filter') };
  expect(problem(() => [...blobsOf(blobs, ids)])).toMatchObject(partial);
  expect(problem(() => treeAt(trees, 'HEAD', join(path, 'trees/dist')))).toMatchObject(partial);
  expect(problem(() => treeAt(blobs, 'HEAD', path))).toMatchObject({ code: 'no-history', message: expect.stringContaining('outside') });
  expect(problem(() => [...blobsOf(Repository.find(origin.path), ['a'.repeat(40)])])).toMatchObject({
    code: 'no-history',
    hint: expect.stringContaining('git fsck'),
  });
  // What the hint says brings them.
  new GitFolder(join(path, 'blobs')).git('fetch', '-q', '--refetch', '--no-filter');
  expect([...blobsOf(Repository.find(join(path, 'blobs')), ids)].map(([, content]) => content.toString())).toEqual(['1']);
});

describe('what Git leaves out', () => {
  test.each([
    ['dist/', true],
    ['/dist', true],
    ['dist/*', true],
    ['*.yaml', true],
    ['other/', false],
    ['dist/*\n!dist/a.yaml', false],
  ])('by %j, whether its folder is there or not', (pattern, expected) => {
    const git = committed({ '.gitignore': `${pattern}\n`, 'config/a.txt': '1' });
    const repository = Repository.find(git.path);
    const ignored = (path: string) => isIgnored(repository, join(git.path, path));
    expect(ignored('dist/a.yaml')).toBe(expected);
    write(git.path, { 'dist/b.txt': '1' });
    expect([ignored('dist/a.yaml'), ignored('.'), ignored('..'), ignored('-x')]).toEqual([expected, false, false, false]);
  });

  test('is none of what it knows already, and none where it would wait', () => {
    const git = committed({ 'dist/a.yaml': '1', 'dist/:(top)x.yaml': '1' });
    write(git.path, { '.gitignore': 'dist/\n' });
    const repository = Repository.find(git.path);
    const ignored = (path: string) => isIgnored(repository, join(git.path, path));
    expect([ignored('dist/a.yaml'), ignored('dist/new.yaml')]).toEqual([false, true]);
    const pipe = join(git.path, 'pipe');
    spawnSync('mkfifo', [pipe, join(git.path, 'dist/.gitignore')]);
    git.git('config', 'core.excludesFile', pipe);
    write(git.path, { 'sub/': '' });
    expect([ignored('dist/new.yaml'), ignored('sub/x')]).toEqual([false, false]);
  });
});
