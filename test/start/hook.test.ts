import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { application, small } from '../builders/yaml-fleets';
import { longTest } from '../long-test';
import { GitFolder } from '../workspaces/git-folder';
import { TemporaryFolders, write } from '../workspaces/temporary-folder';
import { repository, serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const hookFile = '.git/hooks/post-merge';

const made = new Map<string, string>();

/** A fleet in a repository, with two branches that are current and whose merge is not; the program is installed. */
function branches(inner = ''): GitFolder {
  const original = made.get(inner) ?? makeBranches(inner);
  made.set(inner, original);
  const path = folders.make();
  cpSync(original, path, { recursive: true, preserveTimestamps: true });
  return new GitFolder(path);
}

/** @returns where the repository is; each test has a copy */
function makeBranches(inner: string): string {
  const git = new GitFolder(folders.make());
  const root = join(git.path, inner);
  const edit = (files: Readonly<Record<string, string>>) => {
    write(root, Object.fromEntries(Object.entries(files).map(([path, text]) => [`config/${path}`, text])));
    expect(serve(root, ['synth'])).toMatchObject({ status: 0 });
    git.commit(1);
  };
  write(git.path, { '.gitignore': 'node_modules\n' });
  edit(small);
  git.git('switch', '-q', '-c', 'topic');
  edit({ 'mc/api/values.yaml': application('api') });
  git.git('switch', '-q', 'main');
  edit({ 'config.yaml': small['config.yaml'].replace('[us, eu]', '[us, eu, asia]') });
  install(root);
  return git.path;
}

/** What `npx` finds. */
function install(root: string, program = `exec '${process.execPath}' '${join(repository, 'cli/fleet.js')}' "$@"`): void {
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules/.bin/fleet'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
}

function hook(root: string, ...args: readonly string[]) {
  return serve(root, ['init', '--hook', ...args]);
}

/** @returns what Git and the hook said */
function merge(git: GitFolder, tree: readonly string[], ...args: readonly string[]): string {
  const { status, stdout, stderr } = git.tryGit(...tree, 'merge', '-q', ...args);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return `${stdout}${stderr}`;
}

longTest('a merge renders what two branches say together, and says what to commit', () => {
  const git = branches();
  const { status, stdout } = hook(git.path);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^written {2}\.git\/hooks\/post-merge\n[\s\S]*Git copies no hook to other clones[\s\S]*delete the file\.\n$/);
  expect(statSync(join(git.path, hookFile)).mode & 0o111).toBe(0o111);
  const said = merge(git, [], '--no-ff', '-m', 'Merge', 'topic');
  expect(said).toContain("Rendered anew:\ndist/mc/int/s1/asia/templates/api.yaml\nCommit it: git add dist && git commit -m 'Render the merge'");
  expect(serve(git.path, ['check'])).toMatchObject({ status: 0 });
});

longTest('also in a folder of the repository, in a work tree of its own, and where the merge is a squash', () => {
  const git = branches('my fleet');
  expect(hook(join(git.path, 'my fleet'))).toMatchObject({ status: 0 });
  const tree = join(folders.make(), 'tree');
  git.git('worktree', 'add', '-q', '-b', 'other', tree);
  install(join(tree, 'my fleet'));
  expect(hook(join(tree, 'my fleet')).stdout).toMatch(/^The hook is there already: /);
  expect(merge(git, ['-C', tree], '--squash', 'topic')).toContain('Rendered anew:\ndist/mc/int/s1/asia/templates/api.yaml\n');
  expect(existsSync(join(git.path, 'dist/mc/int/s1/asia/templates/api.yaml'))).toBe(false);
});

longTest('nothing is run or said where the merge is about something else, or rendering changes nothing', () => {
  const git = branches();
  hook(git.path);
  git.git('switch', '-q', '-c', 'fast', 'topic');
  git.git('switch', '-q', '-c', 'back', 'topic~1');
  expect(merge(git, [], 'fast')).toBe('');
  git.git('switch', '-q', '-c', 'text');
  write(git.path, { 'README.md': 'text' });
  git.commit(2).git('switch', '-q', 'back');
  install(git.path, 'echo ran; exit 1');
  expect(merge(git, [], 'text')).toBe('');
});

test('a merge never fails, whatever rendering says; edits that are not committed are not rendered', () => {
  const git = branches();
  hook(git.path);
  write(git.path, { 'config/mc/defaults.yaml': `${small['mc/defaults.yaml']}# edited\n` });
  expect(merge(git, [], '--no-ff', '-m', 'Merge', 'topic')).toContain('config/ holds edits that are not committed');
  git.git('reset', '-q', '--hard', 'HEAD~1');
  install(git.path, 'echo broken; exit 1');
  expect(merge(git, [], '--no-ff', '-m', 'Merge', 'topic')).toContain('broken\nfleet: nothing was rendered after this merge.');
});

describe('what is there stays', () => {
  longTest('a hook: the lines to add are printed, and work there', () => {
    const git = branches();
    write(git.path, { [hookFile]: '#!/bin/sh\nset -e\necho own\n' });
    const { status, stdout } = hook(git.path);
    expect(status).toBe(0);
    expect(readFileSync(join(git.path, hookFile), 'utf8')).toBe('#!/bin/sh\nset -e\necho own\n');
    const lines = stdout.slice(stdout.indexOf('# cdk8s-fleet'));
    writeFileSync(join(git.path, hookFile), `#!/bin/sh\nset -e\n${lines}echo own\n`, { mode: 0o755 });
    chmodSync(join(git.path, hookFile), 0o755);
    expect(hook(git.path).stdout).toMatch(/^The hook is there already/);
    expect(merge(git, [], '--no-ff', '-m', 'Merge', 'topic')).toMatch(/Rendered anew:[\s\S]*own\n/);
  });

  test.each([
    ['.husky/_', '.husky/post-merge'],
    ['hooks', 'hooks/post-merge'],
  ])('the folder %s that core.hooksPath names', (folder, file) => {
    const git = branches();
    git.git('config', 'core.hooksPath', folder);
    const { hook: said } = JSON.parse(hook(git.path, '--json').stdout) as { hook: object };
    expect(said).toMatchObject({ file, state: 'left', why: expect.stringContaining('core.hooksPath'), lines: expect.stringContaining('fleet synth') });
    expect(existsSync(join(git.path, file))).toBe(false);
    expect(existsSync(join(git.path, hookFile))).toBe(false);
  });

  test('a folder of hooks that is a link', () => {
    const git = branches();
    const elsewhere = folders.make();
    const own = join(git.path, '.git/hooks');
    rmSync(own, { recursive: true, force: true });
    symlinkSync(elsewhere, own);
    expect(hook(git.path).stdout).toContain('its folder is a link');
    expect(existsSync(join(elsewhere, 'post-merge'))).toBe(false);
  });
});

test('nothing is written with --dry-run, nor unasked; the offer is a line of what begins a fleet', () => {
  const git = branches();
  expect(hook(git.path, '--dry-run').stdout).toMatch(/^would be written {2}\.git\/hooks\/post-merge\n[\s\S]*Nothing was written\.\n$/);
  expect(existsSync(join(git.path, hookFile))).toBe(false);
  const fresh = new GitFolder(folders.make());
  expect(serve(fresh.path, ['init', '--name', 'fleet']).stdout).toContain('`npx fleet init --hook` has this clone render what a merge brings together.');
  expect(existsSync(join(fresh.path, hookFile))).toBe(false);
  const asked = new GitFolder(folders.make());
  expect(hook(asked.path, '--name', 'fleet').stdout).toContain('written  .git/hooks/post-merge');
});

test('without a repository nothing begins', () => {
  const folder = folders.make();
  expect(hook(folder, '--name', 'fleet')).toMatchObject({ status: 1, stderr: expect.stringContaining('init-target') });
  expect(existsSync(join(folder, 'config'))).toBe(false);
});
