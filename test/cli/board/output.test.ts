import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ownProcessId } from '../../../store/files/process-id';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { tree } from '../../workspaces/temporary-folder';
import type { Workspace } from '../../workspaces/workspace';
import { boardIn } from './decode';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const kept = removedAfterwards();

/** Everything but Git's own. */
function everything(workspace: Workspace): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree(workspace.path)).filter(([path]) => !path.startsWith('.git/')));
}

test('a board is one file, made with the folders above it, and a later one takes its place', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  const before = everything(workspace);
  const { status, stdout, stderr } = workspace.fleet('board', '--output', 'public/fleet/index.html');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Wrote public\/fleet\/index\.html \(\d+ kB\): the configuration, 7 apps, 18 targets, 2 patches in flight, 1 commit\nMade the folder public for it\.\n$/,
  );
  const { 'public/fleet/index.html': html = '', ...others } = everything(workspace);
  expect(others).toEqual(before);
  expect(workspace.fleet('board', '--output', '-').stdout).toBe(workspace.read('public/fleet/index.html'));
  expect(html).toContain('<!-- Written by `fleet board` of cdk8s-fleet -->');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("'v1.17.0'", "'v1.16.0'"));
  expect(workspace.fleet('board', '--output', 'public/fleet/index.html').status).toBe(0);
  expect(workspace.read('public/fleet/index.html')).toContain('v1.16.0');
});

test('what is there and is no board stays, and so does the fleet', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.write({ 'page.html': '<!doctype html>mine', 'empty.html': '', 'other/.git/HEAD': 'ref: x' });
  mkdirSync(join(workspace.path, 'folder'));
  symlinkSync('page.html', join(workspace.path, 'link.html'));
  symlinkSync('dist', join(workspace.path, 'there'));
  const before = everything(workspace);
  const refused: Readonly<Record<string, string>> = {
    'page.html': 'another file is there',
    'empty.html': 'another file is there',
    folder: 'a folder is there',
    'folder/': 'it has no name',
    '': 'it has no name',
    'link.html': 'a link is there',
    'config/board.html': 'it lies in the configuration',
    'config/new/board.html': 'it lies in the configuration',
    'dist/board.html': 'it lies in the rendered output',
    'there/board.html': 'it lies in the rendered output',
    '.git/board.html': 'it lies in a Git directory',
    'other/.git/board.html': 'it lies in a Git directory',
  };
  for (const [output, why] of Object.entries(refused)) {
    const { status, stdout, stderr } = workspace.fleet('board', '--output', output);
    expect([output, status, stdout]).toEqual([output, 1, '']);
    expect(stderr).toContain(`error board-output\n  the board cannot be written to '${output}': ${why}`);
    expect(stderr).toContain('expected');
    expect(stderr).toContain('nothing was written');
    expect(stderr.match(/error /g)).toHaveLength(1);
  }
  expect(everything(workspace)).toEqual(before);
  // Whoever opens it waits for ever.
  execFileSync('mkfifo', [join(workspace.path, 'pipe.html')]);
  expect(workspace.fleet('board', '--output', 'pipe.html').stderr).toContain('a named pipe is there');
});

test('what is wrong with the file is told before the fleet is read, and where the output lies once it is', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.write({ 'page.html': 'mine', 'board.html': '' });
  workspace.edit('config/fleet.ts', (text) => `${text}\nthrow new Error('read');\n`);
  for (const output of ['page.html', 'page.html/board.html', 'config/board.html', '.git/board.html']) {
    const { stderr } = workspace.fleet('board', '--output', output);
    expect([output, stderr.match(/^error .*$/gm)]).toEqual([output, ['error board-output']]);
  }
  workspace.git('checkout', '-q', 'config');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("'v1.17.0'", '17'));
  const { stderr } = workspace.fleet('board', '--output', 'dist/board.html');
  expect(stderr.match(/^error .*$/gm)).toEqual(['error board-output']);
  expect(workspace.fleet('board', '--output', 'other.html').stderr).toContain('error invalid-field');
});

test('what a killed run left beside it goes with the next one, and what a run writes that is at work stays', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  const running = ownProcessId();
  const name = (id: string) => `.fleet-document-${encodeURIComponent(id)}`;
  const [ended, elsewhere] = [running.replace(/^\d+ /, '4194303 '), running.replace(/ \S+$/, ' other/boot/1')];
  const files = { left: name(ended), other: name(elsewhere), running: name(running), odd: '.fleet-document-%', mine: '.fleet-documents' };
  workspace.write(Object.fromEntries(Object.values(files).map((file) => [`public/${file}`, 'half'])));
  expect(workspace.fleet('board', '--output', 'public/index.html').status).toBe(0);
  expect(readdirSync(join(workspace.path, 'public')).sort()).toEqual([files.odd, files.other, files.running, files.mine, 'index.html'].sort());
});

test('where the disk refuses, one message says why, and nothing is left', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.write({ 'file.txt': 'mine' });
  const before = everything(workspace);
  const { status, stderr } = workspace.fleet('board', '--output', 'file.txt/board.html');
  expect([status, stderr.match(/error /g)?.length]).toEqual([1, 1]);
  expect(stderr).toMatch(/error board-output\n {2}'file\.txt\/board\.html' cannot be written: a file is in the way/);
  expect(everything(workspace)).toEqual(before);
  if (process.getuid?.() === 0) return;
  mkdirSync(join(workspace.path, 'closed'));
  chmodSync(join(workspace.path, 'closed'), 0o555);
  expect(workspace.fleet('board', '--output', 'closed/board.html').stderr).toContain('permission denied');
});

test('without a repository, or without commits, there is no history, and a note says why; a commit is asked in vain', () => {
  const workspace = kept(new RolloutWorkspace('typescript', false));
  const without = workspace.fleet('board', '--output', '-');
  expect([without.status, without.stderr]).toEqual([0, 'Note: There is no history: the configuration lies in no Git repository.\n']);
  const board = boardIn(without.stdout);
  expect([board.commit, board.links, board.history]).toEqual([undefined, undefined, []]);
  expect(board.rollouts[0]?.since).toBe('unknown: there is no Git history');
  workspace.git('init', '-q', '-b', 'main', '--template=');
  const empty = workspace.fleet('board', '--output', '-');
  expect([empty.status, empty.stderr]).toEqual([0, 'Note: There is no history: the repository has no commit yet.\n']);
  const asked = workspace.fleet('board', '--output', '-', '--at', 'HEAD');
  expect([asked.status, asked.stdout, asked.stderr.match(/error /g)?.length]).toEqual([1, '', 1]);
});

test('output that Git leaves out has no history, and a note says so', () => {
  const workspace = kept(new RolloutWorkspace('typescript'));
  workspace.write({ '.gitignore': 'dist\n' }).commit('Start');
  const { status, stderr } = workspace.fleet('board', '--output', '-');
  expect([status, stderr]).toEqual([0, "Note: There is no history: Git is told to leave out 'dist', so no commit records what was rendered.\n"]);
});

test('options that say nothing are one message each', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  const refusal = (...flags: readonly string[]) => {
    const { status, stdout, stderr } = workspace.fleet('board', '--output', '-', ...flags);
    expect([status, stdout]).toEqual([1, '']);
    return stderr;
  };
  expect(refusal('--history', 'many')).toContain("option '--history <count>' argument 'many' is invalid. It has to be a whole number; 0 for all.");
  expect(refusal('--history', '-1')).toContain('It has to be a whole number');
  expect(refusal('--at', 'mian')).toContain("error unknown-revision\n  there is no branch, tag or commit 'mian'");
  expect(refusal('--at', '1999-01-01')).toContain('error unknown-revision');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("'v1.17.0'", '17'));
  expect(refusal()).toContain('error invalid-field');
  expect(readFileSync(join(workspace.path, 'config/management-cluster/cert-manager.ts'), 'utf8')).toContain('17');
});
