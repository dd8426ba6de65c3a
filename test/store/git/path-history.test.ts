import { join } from 'node:path';
import { historyOf, type PathHistoryOptions } from '../../../store/git/path-history';
import { Repository } from '../../../store/git/repository';
import { partly } from '../../runs';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** What a file says that is long enough to be known again when a line of it changes. */
const text = (name: string, version = 1) =>
  `name: ${name}\nversion: ${version}\n${['a', 'b', 'c', 'd', 'e'].map((key) => `${key}: ${name} ${key}\n`).join('')}`;

function edit(git: GitFolder, hour: number, files: Readonly<Record<string, string>>): GitFolder {
  write(git.path, files);
  return git.commit(hour);
}

function repository(...init: readonly string[]): GitFolder {
  const git = new GitFolder(folders.make(), ...init);
  edit(git, 1, { 'dist/x/a.yaml': text('a'), 'dist/x/b.yaml': text('b'), 'dist/y/a.yaml': text('ya'), 'other.txt': '1' });
  edit(git, 2, { 'other.txt': '2' });
  return edit(git, 3, { 'dist/x/a.yaml': text('a', 2) });
}

/** Each commit by its hour: `3 ~ dist/x/a.yaml`, with `=` before what a file was called before. */
function told(git: GitFolder, paths: string | readonly string[], options?: PathHistoryOptions): readonly string[] {
  const { commits, endsAtShallow } = historyOf(
    Repository.find(git.path),
    [paths].flat().map((path) => join(git.path, path)),
    options,
  );
  const marks = { added: '+', removed: '-', changed: '~' };
  return [
    ...commits.map(({ commit, changes, renames = [] }) => {
      const parts = [
        ...renames.map(({ from, to }) => `${from} > ${to}`),
        ...changes.map(({ status, path, formerPath }) => `${marks[status]} ${path}${formerPath === undefined ? '' : ` = ${formerPath}`}`),
      ];
      return `${(commit.time - timeAt(0)) / 3_600_000} ${parts.join(', ')}`;
    }),
    ...(endsAtShallow ? ['shallow'] : []),
  ];
}

const first = '1 + dist/x/a.yaml, + dist/x/b.yaml';

describe.each(partly(['sha1', 'sha256'], 1))('the history of a path in a repository with %s', (format) => {
  test('has what each commit changed there, with the contents before and after', () => {
    const git = repository(`--object-format=${format}`);
    git.git('rm', '-q', 'dist/x/b.yaml');
    git.commit(4);
    expect(told(git, 'dist/x')).toEqual(['4 - dist/x/b.yaml', '3 ~ dist/x/a.yaml', first]);
    expect(told(git, ['dist/x/a.yaml', 'other.txt'])).toEqual(['3 ~ dist/x/a.yaml', '2 ~ other.txt', '1 + dist/x/a.yaml, + other.txt']);
    expect(told(git, '.')).toEqual([
      '4 - dist/x/b.yaml',
      '3 ~ dist/x/a.yaml',
      '2 ~ other.txt',
      '1 + dist/x/a.yaml, + dist/x/b.yaml, + dist/y/a.yaml, + other.txt',
    ]);
    expect([told(git, 'nowhere'), told(git, 'dist/x/a')]).toEqual([[], []]);
    const id = (name: string) => git.git('rev-parse', name).trim();
    const [removed, changed] = historyOf(Repository.find(git.path), [join(git.path, 'dist')]).commits;
    expect(removed?.changes).toEqual([{ path: 'dist/x/b.yaml', status: 'removed', before: id('HEAD~:dist/x/b.yaml') }]);
    expect(changed?.changes).toEqual([{ path: 'dist/x/a.yaml', status: 'changed', before: id('HEAD~2:dist/x/a.yaml'), after: id('HEAD:dist/x/a.yaml') }]);
    expect(changed?.commit).toMatchObject({ hash: id('HEAD~'), subject: 'at 3', parents: [id('HEAD~2')] });
  });
});

describe('a history', () => {
  test('begins and ends where it is told to', () => {
    const git = repository();
    edit(git, 4, { 'dist/x/a.yaml': text('a', 3) });
    expect(told(git, 'dist/x', { from: 'HEAD~' })).toEqual(['3 ~ dist/x/a.yaml', first]);
    expect(told(git, 'dist/x', { since: timeAt(3) })).toEqual(['4 ~ dist/x/a.yaml', '3 ~ dist/x/a.yaml']);
    expect(told(git, 'dist/x', { since: timeAt(2), until: timeAt(3) })).toEqual(['3 ~ dist/x/a.yaml']);
    expect([told(git, 'dist/x', { since: timeAt(9) }), told(git, 'dist/x', { until: timeAt(0) })]).toEqual([[], []]);
  });

  test('is that of a commit that is checked out without a branch, and of a folder with any name', () => {
    const git = repository();
    const odd = `it's "a" földer`;
    edit(git, 4, { [`${odd}/ü.yaml`]: '1', [`${odd}/[a]*.yaml`]: '1' });
    expect(told(git, odd)).toEqual([`4 + ${odd}/[a]*.yaml, + ${odd}/ü.yaml`]);
    expect(told(git, `${odd}/[a]*.yaml`)).toEqual([`4 + ${odd}/[a]*.yaml`]);
    git.git('checkout', '-q', 'HEAD~2');
    expect([told(git, odd), told(git, 'dist/y')]).toEqual([[], ['1 + dist/y/a.yaml']]);
  });

  test('has no merge that Git made without a person, and the commits that it brought', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    edit(git, 4, { 'dist/x/b.yaml': text('b', 2) }).git('checkout', '-q', 'main');
    edit(git, 5, { 'dist/x/a.yaml': text('a', 3) }).merge('branch', 6);
    expect(told(git, 'dist/x')).toEqual(['5 ~ dist/x/a.yaml', '4 ~ dist/x/b.yaml', '3 ~ dist/x/a.yaml', first]);
    expect(told(git, 'dist/x', { firstParent: true })).toEqual(['6 ~ dist/x/b.yaml', '5 ~ dist/x/a.yaml', '3 ~ dist/x/a.yaml', first]);
  });

  test('has a merge that says what neither branch said, for that file alone', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    edit(git, 4, { 'dist/x/a.yaml': text('a', 4), 'dist/x/b.yaml': text('b', 4) }).git('checkout', '-q', 'main');
    edit(git, 5, { 'dist/x/a.yaml': text('a', 5) });
    expect(() => git.merge('branch', 6)).toThrow();
    edit(git, 6, { 'dist/x/a.yaml': text('a', 6) });
    expect(told(git, 'dist/x')).toEqual(['6 ~ dist/x/a.yaml', '5 ~ dist/x/a.yaml', '4 ~ dist/x/a.yaml, ~ dist/x/b.yaml', '3 ~ dist/x/a.yaml', first]);
  });

  test('leaves out what a merge threw away, and what was merged as one commit is one', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    edit(git, 4, { 'dist/x/a.yaml': text('a', 4), 'dist/x/new.yaml': '1' }).git('checkout', '-q', 'main');
    edit(git, 5, { 'dist/x/b.yaml': text('b', 5) }).git('merge', '-q', '-s', 'ours', '--no-ff', '-m', 'ours', 'branch');
    expect(told(git, 'dist/x')).toEqual(['5 ~ dist/x/b.yaml', '3 ~ dist/x/a.yaml', first]);
    git.git('reset', '-q', '--hard', 'HEAD^1').concat(git.git('merge', '-q', '--squash', 'branch'));
    expect(told(git.commit(7), 'dist/x')[0]).toBe('7 ~ dist/x/a.yaml, + dist/x/new.yaml');
  });

  test('follows branches that were merged into each other', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    edit(git, 4, { 'dist/x/b.yaml': text('b', 4) }).git('checkout', '-q', 'main');
    edit(git, 5, { 'dist/x/a.yaml': text('a', 5) }).git('tag', 'one');
    git.merge('branch', 6).git('checkout', '-q', 'branch');
    git.merge('one', 7);
    edit(git, 8, { 'dist/x/c.yaml': '1' }).git('checkout', '-q', 'main');
    edit(git, 9, { 'dist/x/d.yaml': '1' }).merge('branch', 10);
    const rest = ['9 + dist/x/d.yaml', '8 + dist/x/c.yaml', '5 ~ dist/x/a.yaml', '4 ~ dist/x/b.yaml', '3 ~ dist/x/a.yaml', first];
    expect(told(git, 'dist/x')).toEqual(rest);
  });

  test('of a clone without it says that it ends, and not that everything was new then', () => {
    const git = repository();
    edit(git, 4, { 'dist/x/a.yaml': text('a', 4), 'new/a.yaml': '1' });
    const path = folders.make();
    const clone = (depth: number) => {
      git.git('clone', '-q', `--depth=${depth}`, `file://${git.path}`, join(path, `${depth}`));
      return new GitFolder(join(path, `${depth}`));
    };
    const one = clone(1);
    expect([told(one, 'dist'), told(one, 'dist/nowhere'), told(one, 'new')]).toEqual([['shallow'], [], ['shallow']]);
    const two = clone(2);
    expect([told(two, 'dist'), told(two, 'dist/y'), told(two, 'new')]).toEqual([['4 ~ dist/x/a.yaml', 'shallow'], ['shallow'], ['4 + new/a.yaml']]);
  });
});

describe('what was renamed is followed', () => {
  const moved = (git: GitFolder, from: string, to: string, hour: number) => {
    git.git('mv', from, to);
    return git.commit(hour);
  };

  test('where the folder has another name', () => {
    const git = repository();
    moved(git, 'dist', 'deploy', 4);
    edit(git, 5, { 'deploy/x/b.yaml': text('b', 5) });
    expect(told(git, 'deploy')).toEqual([
      '5 ~ deploy/x/b.yaml',
      '4 dist > deploy',
      '3 ~ deploy/x/a.yaml = dist/x/a.yaml',
      '1 + deploy/x/a.yaml = dist/x/a.yaml, + deploy/x/b.yaml = dist/x/b.yaml, + deploy/y/a.yaml = dist/y/a.yaml',
    ]);
    expect(told(git, 'deploy/x/a.yaml')).toEqual([
      '4 dist/x/a.yaml > deploy/x/a.yaml',
      '3 ~ deploy/x/a.yaml = dist/x/a.yaml',
      '1 + deploy/x/a.yaml = dist/x/a.yaml',
    ]);
  });

  test('where other files were changed, added and removed with it', () => {
    const git = repository();
    git.git('mv', 'dist/x', 'dist/z').concat(git.git('rm', '-q', '-f', 'dist/z/b.yaml'));
    edit(git, 4, { 'dist/z/a.yaml': text('a', 4), 'dist/z/new.yaml': '1' });
    expect(told(git, 'dist/z')).toEqual([
      '4 dist/x > dist/z, ~ dist/z/a.yaml = dist/x/a.yaml, - dist/z/b.yaml = dist/x/b.yaml, + dist/z/new.yaml',
      '3 ~ dist/z/a.yaml = dist/x/a.yaml',
      '1 + dist/z/a.yaml = dist/x/a.yaml, + dist/z/b.yaml = dist/x/b.yaml',
    ]);
  });

  test('where a file has another name, in many folders at once', () => {
    const git = new GitFolder(folders.make());
    const targets = Array.from({ length: 40 }, (_, at) => `t${String(at).padStart(2, '0')}`);
    const all = (name: string, version: number) =>
      Object.fromEntries(targets.map((target) => [`dist/${target}/${name}.yaml`, text(`${target} ${name}`, version)]));
    edit(git, 1, { ...all('app', 1), ...all('other', 1) });
    git.git('rm', '-q', '-r', 'dist');
    edit(git, 2, { ...all('other', 1), ...Object.fromEntries(targets.map((target) => [`dist/${target}/new.yaml`, text(`${target} app`, 2)])) });
    const paths = targets.map((target) => `dist/${target}/new.yaml`);
    const [renamed = '', made = ''] = told(git, paths);
    expect(renamed.split(', ').slice(0, 2)).toEqual(['2 dist/t00/app.yaml > dist/t00/new.yaml', 'dist/t01/app.yaml > dist/t01/new.yaml']);
    expect([renamed.split(', ').length, made.split(', ').length]).toEqual([80, 40]);
    expect(made.startsWith('1 + dist/t00/new.yaml = dist/t00/app.yaml')).toBe(true);
  });

  test('there and back again', () => {
    const git = repository();
    moved(git, 'dist', 'deploy', 4);
    edit(git, 5, { 'deploy/y/a.yaml': text('ya', 5) });
    moved(git, 'deploy', 'dist', 6);
    expect(told(git, 'dist/y')).toEqual(['6 deploy/y > dist/y', '5 ~ dist/y/a.yaml = deploy/y/a.yaml', '4 dist/y > deploy/y', '1 + dist/y/a.yaml']);
  });

  test('but not to what stayed, or says something else', () => {
    const git = repository();
    git.git('rm', '-q', 'dist/x/b.yaml');
    edit(git, 4, { 'dist/z/b.yaml': 'nothing of it', 'dist/z/a.yaml': text('a', 2), 'dist/z/c.yaml': '1' });
    expect(told(git, 'dist/z')).toEqual(['4 + dist/z/a.yaml, + dist/z/b.yaml, + dist/z/c.yaml']);
    git.git('rm', '-q', '-r', 'dist/z');
    git.commit(5);
    edit(git, 6, { 'dist/z/a.yaml': '1' });
    expect(told(git, 'dist/z')).toEqual([
      '6 + dist/z/a.yaml',
      '5 - dist/z/a.yaml, - dist/z/b.yaml, - dist/z/c.yaml',
      '4 + dist/z/a.yaml, + dist/z/b.yaml, + dist/z/c.yaml',
    ]);
  });
});
