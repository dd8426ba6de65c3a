import { mkdirSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { journalPlace } from '../../../store/files/journal-place';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const { XDG_STATE_HOME } = process.env;
const state = folders.make();

beforeAll(() => {
  process.env.XDG_STATE_HOME = state;
});

afterAll(() => {
  if (XDG_STATE_HOME === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = XDG_STATE_HOME;
});

const git = { '.git/HEAD': 'ref: refs/heads/main\n' };

describe('the journal of a configuration lies', () => {
  test('in the Git directory of the nearest repository, apart from that of another folder', () => {
    const top = folders.make({ ...git, 'config/x.yaml': '', 'deep/config/x.yaml': '' });
    const places = ['config', 'deep/config'].map((folder) => journalPlace(join(top, folder)));
    for (const place of places) expect(place).toMatch(new RegExp(`^${top}/\\.git/cdk8s-fleet/[0-9a-f]{16}$`));
    expect(new Set(places).size).toBe(2);
  });

  test('in the Git directory of a work tree of its own', () => {
    const top = folders.make({ 'main/.git/HEAD': 'x', 'main/.git/worktrees/w/HEAD': 'x', 'w/config/x.yaml': '' });
    write(top, { 'w/.git': `gitdir: ${top}/main/.git/worktrees/w\n`, 'main/.git/worktrees/w/gitdir': `${top}/w/.git\n` });
    expect(journalPlace(join(top, 'w/config'))).toContain(`${top}/main/.git/worktrees/w/cdk8s-fleet/`);
  });

  test('with the state of the user without a repository', () => {
    expect(journalPlace(folders.make())).toContain(`${state}/cdk8s-fleet/`);
  });
});

test('who has no home keeps it with what is temporary', () => {
  delete process.env.XDG_STATE_HOME;
  const home = jest.spyOn(os, 'homedir').mockReturnValue('/dev/null/nowhere');
  expect(journalPlace(folders.make())).toMatch(/\/cdk8s-fleet-\d*\/cdk8s-fleet\/[0-9a-f]{16}$/);
  home.mockRestore();
  process.env.XDG_STATE_HOME = state;
});

describe('nor is it ever where what was fetched says', () => {
  const elsewhere = folders.make({ HEAD: 'x', gitdir: '/somewhere/.git\n', 'objects/x': '', 'refs/x': '' });

  test.each<[string, (top: string) => void]>([
    ['a file that names a folder elsewhere', (top) => write(top, { '.git': `gitdir: ${elsewhere}\n` })],
    ['a file that names it by a relative path', (top) => write(top, { '.git': 'gitdir: ../../..\n' })],
    ['a file with more than a name', (top) => write(top, { '.git': `gitdir: ${elsewhere}\n${'x'.repeat(5000)}` })],
    ['a link', (top) => symlinkSync(elsewhere, join(top, '.git'))],
    ['a folder that is none of Git', (top) => mkdirSync(join(top, '.git'))],
    ['an empty file', (top) => write(top, { '.git': '' })],
  ])('%s', (_, make) => {
    const top = folders.make({ 'config/x.yaml': '' });
    make(top);
    expect(journalPlace(join(top, 'config'))).toContain(`${state}/cdk8s-fleet/`);
  });

  test('a bare repository that the configuration looks like', () => {
    const top = folders.make({ ...git, 'config/HEAD': 'x', 'config/objects/x': '', 'config/refs/x': '' });
    expect(journalPlace(join(top, 'config'))).toContain(`${top}/.git/cdk8s-fleet/`);
  });
});
