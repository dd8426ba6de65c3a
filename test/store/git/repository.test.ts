import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tryFindRepository } from '../../../store/git/find-repository';
import { History } from '../../../store/git/history';
import { blobId } from '../../../store/git/objects';
import { partly } from '../../runs';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** Runs something as if a person, or a hook, had set these variables. */
function withEnvironment<T>(variables: NodeJS.ProcessEnv, run: () => T): T {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  try {
    return run();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function committed(files: Readonly<Record<string, string>> = { 'config/a.yaml': '1', 'config/sub/b c.yaml': '2' }, ...init: readonly string[]): GitFolder {
  const path = folders.make(files);
  return new GitFolder(path, ...init).commit(1);
}

describe('the repository that holds a folder', () => {
  test('is the nearest one: that of a work tree, and of a submodule, is its own', () => {
    const git = committed();
    git.git('worktree', 'add', '-q', 'linked', '-b', 'branch');
    const inner = committed();
    git.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'module');
    for (const [folder, top] of [
      ['config/sub', '.'],
      ['linked/config', 'linked'],
      ['module/config', 'module'],
    ] as const) {
      const history = new History(join(git.path, folder));
      expect([history.isThere, history.root]).toEqual([true, join(git.path, top).replace(/\/$/, '')]);
      expect(history.isClean(join(git.path, folder))).toBe(true);
    }
  });

  test.each([
    ['an empty folder', { '.git/': '' }],
    ['a file of something else', { '.git': 'gitdir nowhere\n' }],
    ['a file that names nothing', { '.git': 'gitdir: nowhere\n' }],
    ['a folder without objects', { '.git/HEAD': 'ref: refs/heads/main\n' }],
  ])('is not %s that is called `.git`', (_, files) => {
    const git = committed();
    write(join(git.path, 'config'), files);
    expect(tryFindRepository(join(git.path, 'config/sub'))?.top).toBe(git.path);
    expect(tryFindRepository(folders.make(files))).toBeUndefined();
  });

  test.each(['HEAD', 'config'])('is none whose %s is a pipe, for which Git would wait', (name) => {
    const folder = folders.make({ '.git/objects/': '', '.git/refs/': '', '.git/HEAD': 'ref: refs/heads/main\n' });
    rmSync(join(folder, '.git', name), { force: true });
    spawnSync('mkfifo', [join(folder, '.git', name)]);
    expect(new History(folder).isThere).toBe(false);
  });

  test('says why Git tells nothing of it', () => {
    const git = committed();
    const trouble = (variables: NodeJS.ProcessEnv) => withEnvironment(variables, () => new History(git.path).trouble);
    expect(trouble({})).toBeUndefined();
    expect(trouble({ PATH: folders.make() })).toBe('the program `git` is not installed');
    expect(trouble({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' })).toContain(
      `git config --global --add safe.directory '${git.path}'`,
    );
    write(git.path, { '.git/config': '[core\n' });
    expect(trouble({})).toMatch(/^Git cannot read the repository: .*bad config/);
    expect(new History(git.path).isThere).toBe(false);
  });

  test('is the one on the disk, whatever a hook has set', () => {
    const git = committed();
    const other = committed({ 'config/a.yaml': 'other' });
    const folder = join(git.path, 'config');
    const [commit] = new History(folder).commits(folder);
    const variables = {
      GIT_DIR: join(other.path, '.git'),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: join(other.path, '.git/index'),
      GIT_OBJECT_DIRECTORY: join(other.path, '.git/objects'),
      GIT_COMMON_DIR: join(other.path, '.git'),
      GIT_CONFIG_PARAMETERS: "'core.bare=true'",
      GIT_PREFIX: 'config/',
      GIT_GLOB_PATHSPECS: '1',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_NAMESPACE: 'x',
      GIT_CEILING_DIRECTORIES: git.path,
    };
    withEnvironment(variables, () => {
      const history = new History(folder);
      expect([history.commits(folder), history.isTracked(join(folder, 'sub/b c.yaml')), history.isClean(folder)]).toEqual([[commit], true, true]);
    });
  });

  test('is read as it was committed, without replacements and grafts', () => {
    const git = committed();
    write(git.path, { 'config/a.yaml': '2' });
    git.commit(2);
    const folder = join(git.path, 'config');
    const before = new History(folder).commits(folder);
    git.git('replace', git.git('rev-parse', 'HEAD:config/a.yaml').trim(), git.git('rev-parse', 'HEAD~:config/a.yaml').trim());
    write(git.path, { '.git/info/grafts': `${before[0]?.hash}\n` });
    const history = new History(folder);
    expect(history.commits(folder)).toEqual(before);
    expect(before.map((commit) => history.fileAt(commit, join(folder, 'a.yaml')))).toEqual(['2', '1']);
  });
});

describe.each(partly(['sha1', 'sha256'], 1))('files of a repository with %s', (format) => {
  test('have the ids that Git gives them', () => {
    const git = committed({ 'config/a.yaml': 'ä\r\n', 'config/empty': '' }, `--object-format=${format}`);
    const ids = new History(git.path).idsBelow(join(git.path, 'config'));
    for (const [path, text] of [
      ['a.yaml', 'ä\r\n'],
      ['empty', ''],
    ] as const) {
      const id = git.git('rev-parse', `HEAD:config/${path}`).trim();
      expect([ids.get(path), blobId(Buffer.from(text), id)]).toEqual([id, id]);
    }
    expect(new History(git.path).isClean(join(git.path, 'config'))).toBe(true);
  });
});

describe('a folder is as the last commit has it', () => {
  const clean = (git: GitFolder, path = 'config') => new History(git.path).isClean(join(git.path, path));

  test('where only ends of lines differ', () => {
    const git = committed({ 'config/a.yaml': 'a\nb\n' });
    write(git.path, { 'config/a.yaml': 'a\r\nb\r\n' });
    expect(clean(git)).toBe(true);
  });

  test('with its links, its programs, and a file of it alone', () => {
    const path = folders.make({ 'config/a.yaml': '1', 'config/run': '#!/bin/sh\n' });
    chmodSync(join(path, 'config/run'), 0o755);
    symlinkSync('a.yaml', join(path, 'config/link'));
    const git = new GitFolder(path).commit(1);
    expect([clean(git), clean(git, 'config/a.yaml'), clean(git, '.')]).toEqual([true, true, true]);
    chmodSync(join(path, 'config/run'), 0o644);
    expect([clean(git), clean(git, 'config/a.yaml')]).toEqual([false, true]);
  });

  test.each([
    ['edited', { 'config/a.yaml': '3' }],
    ['new', { 'config/c.yaml': '' }],
    ['new below', { 'config/sub/deeper/c.yaml': '' }],
  ])('not where a file is %s', (_, files) => {
    const git = committed();
    write(git.path, files);
    expect([clean(git), clean(git, '.'), clean(git, 'config/sub/b c.yaml')]).toEqual([false, false, true]);
  });

  test('not where a file is gone, nor where nothing was committed', () => {
    const git = committed();
    git.git('rm', '-q', 'config/a.yaml');
    expect([clean(git), clean(git, 'config/a.yaml'), clean(git, 'config/sub')]).toEqual([false, false, true]);
    const fresh = new GitFolder(folders.make({ 'config/a.yaml': '1' }));
    mkdirSync(join(fresh.path, 'empty'));
    expect([clean(fresh), clean(fresh, 'empty')]).toEqual([false, true]);
  });
});

test('Git knows a file from when it is added until its removal is, and no name by a part of it', () => {
  const git = committed();
  write(git.path, { 'config/new.yaml': '1', 'config/[a].yaml': '1' });
  const known = (...paths: readonly string[]) => paths.map((path) => new History(git.path).isTracked(join(git.path, path)));
  expect(known('config', 'config/a.yaml', 'config/new.yaml', 'config/su', 'config/[a].yaml', '.')).toEqual([true, true, false, false, false, true]);
  git.git('add', 'config/new.yaml').concat(git.git('rm', '-q', '--cached', 'config/a.yaml'));
  expect(known('config/a.yaml', 'config/new.yaml')).toEqual([false, true]);
});

test('a clone without all contents says so, and asks nobody for them', () => {
  const origin = committed();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const path = folders.make();
  new GitFolder(path).git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, 'clone');
  const folder = join(path, 'clone/config');
  const history = new History(folder);
  const [commit] = history.commits(folder);
  expect([history.isPartial, commit && history.fileAt(commit, join(folder, 'a.yaml'))]).toEqual([true, undefined]);
  expect([new History(origin.path).isPartial, history.isShallow]).toEqual([false, false]);
});
