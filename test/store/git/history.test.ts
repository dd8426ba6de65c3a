import { mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { GitProgram, type Plumbing } from '../../../store/git/git-program';
import { History } from '../../../store/git/history';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** A repository whose configuration was committed twice: at 1 o'clock, and at 3. */
function repository(): GitFolder {
  const git = new GitFolder(folders.make({ 'fleet/config/a.yaml': '1', 'fleet/config/sub/b c.yaml': '1', 'other.txt': '1' }));
  git.commit(1);
  write(git.path, { 'other.txt': '2' });
  git.commit(2);
  write(git.path, { 'fleet/config/a.yaml': '2' });
  return git.commit(3);
}

const hours = (history: History, path: string) => history.commits(path).map(({ time }) => (time - timeAt(0)) / 3_600_000);

test('paths count from the top of a repository that holds this package, too, as one does that installed it', () => {
  const gitDir = realpathSync(join(repository().path, '.git'));
  const git = new GitProgram({ top: join(__dirname, '../../..'), gitDir });
  const lines = (command: Plumbing, ...args: readonly string[]) => git.tryRun(command, args)?.toString().trim().split('\n');
  const files = ['fleet/config/a.yaml', 'fleet/config/sub/b c.yaml'];
  expect(lines('rev-list', 'HEAD', '--', 'fleet/config/a.yaml')).toHaveLength(2);
  expect(lines('ls-tree', '-r', '--name-only', 'HEAD', 'fleet/config/')).toEqual(files);
  expect(lines('ls-files', '--', 'fleet/config')).toEqual(files);
  expect(lines('diff-tree', '-r', '--name-only', '--no-commit-id', 'HEAD', '--', 'fleet/config')).toEqual(['fleet/config/a.yaml']);
});

describe('the history of a folder', () => {
  test('has the commits of a file, and those of a folder, the newest first', () => {
    const { path } = repository();
    const history = new History(join(path, 'fleet/config'));
    expect(history.isThere).toBe(true);
    expect(hours(history, join(path, 'fleet/config/a.yaml'))).toEqual([3, 1]);
    expect(hours(history, join(path, 'fleet/config/sub'))).toEqual([1]);
    expect(hours(history, join(path, 'fleet/config/new.yaml'))).toEqual([]);
  });

  test('has files as they were', () => {
    const { path } = repository();
    const history = new History(join(path, 'fleet/config'));
    const file = join(path, 'fleet/config/a.yaml');
    expect(history.commits(file).map((commit) => history.fileAt(commit, file))).toEqual(['2', '1']);
    const [last] = history.commits(file);
    expect(last && history.fileAt(last, join(path, 'fleet/config/new.yaml'))).toBeUndefined();
  });

  test('has the files below a folder, by their names from there', () => {
    const { path } = repository();
    const history = new History(join(path, 'fleet/config'));
    const [commit] = history.commits(join(path, 'fleet/config'));
    if (!commit) throw new Error('there is no commit');
    expect(history.filesAt(commit, join(path, 'fleet/config'))).toEqual(['a.yaml', 'sub/b c.yaml']);
    expect(history.filesAt(commit, join(path, 'fleet/config/sub'))).toEqual(['b c.yaml']);
    expect(history.filesAt(commit, join(path, 'fleet/config/nowhere'))).toEqual([]);
  });

  test('knows a folder that is gone by now', () => {
    const { path } = repository();
    rmSync(join(path, 'fleet/config/sub'), { recursive: true });
    const history = new History(join(path, 'fleet/config'));
    expect(hours(history, join(path, 'fleet/config/sub'))).toEqual([1]);
  });

  test('says of a merge that it came when it was merged', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    write(git.path, { 'fleet/config/a.yaml': '3' });
    git.commit(4).git('checkout', '-q', 'main');
    write(git.path, { 'other.txt': '3' });
    git.commit(5).merge('branch', 9);
    expect(hours(new History(join(git.path, 'fleet/config')), join(git.path, 'fleet/config/a.yaml'))).toEqual([9, 3, 1]);
  });

  test('is there for a folder that is a link', () => {
    const { path } = repository();
    const link = join(folders.make(), 'link');
    symlinkSync(join(path, 'fleet/config'), link);
    const history = new History(link);
    expect(hours(history, join(path, 'fleet/config/a.yaml'))).toEqual([3, 1]);
    const [commit] = history.commits(join(path, 'fleet/config/a.yaml'));
    expect(commit && history.fileAt(commit, join(link, 'a.yaml'))).toBe('2');
  });

  test('is none where there is no repository, none without a commit, and none of a folder that is not there', () => {
    const folder = folders.make({ 'config/a.yaml': '1' });
    const outside = new History(join(folder, 'config'));
    expect([outside.isThere, outside.commits(join(folder, 'config'))]).toEqual([false, []]);
    const fresh = new GitFolder(folders.make({ 'config/a.yaml': '1' }));
    const history = new History(join(fresh.path, 'config'));
    expect([history.isThere, history.commits(join(fresh.path, 'config'))]).toEqual([true, []]);
    expect(new History(join(folder, 'nowhere')).isThere).toBe(false);
  });

  test('is that of the top of a repository, too', () => {
    const git = new GitFolder(folders.make({ 'a.yaml': '1', 'sub/b.yaml': '1' }));
    mkdirSync(join(git.path, 'empty'));
    git.commit(1);
    const history = new History(git.path);
    const [commit] = history.commits(git.path);
    expect(commit && history.filesAt(commit, git.path)).toEqual(['a.yaml', 'sub/b.yaml']);
  });
});
