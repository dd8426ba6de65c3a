import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { application, small } from '../../builders/yaml-fleets';
import { longTest } from '../../long-test';
import { partly } from '../../runs';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { serve } from '../../workspaces/workspace';

const folders = new TemporaryFolders();

/** One team's clone of the repository that a forge holds. */
class Team extends GitFolder {
  /** Edits on a branch of its own, rendered and pushed. */
  push(branch: string, files: Readonly<Record<string, string>>, ...removed: readonly string[]): this {
    this.git('switch', '-q', '-c', branch, 'origin/main');
    this.edit(files, ...removed).render();
    this.git('push', '-q', 'origin', branch);
    return this;
  }

  edit(files: Readonly<Record<string, string>>, ...removed: readonly string[]): this {
    for (const path of removed) this.git('rm', '-q', `config/${path}`);
    write(this.path, Object.fromEntries(Object.entries(files).map(([path, text]) => [`config/${path}`, text])));
    return this;
  }

  render(): this {
    expect(this.fleet('synth')).toMatchObject({ status: 0, stderr: '' });
    return this.commit(1);
  }

  fleet(...args: readonly string[]) {
    return serve(this.path, args);
  }

  /** A merge that stops at conflicts. */
  tryMerge(branch: string): string {
    try {
      this.git('merge', '-q', '--no-ff', '-m', 'Merge', branch);
      return '';
    } catch {
      return this.git('diff', '--name-only', '--diff-filter=U');
    }
  }
}

/** Two clones of a bare repository. Nobody has a driver, an attribute or a hook. */
function teams(): { readonly forge: GitFolder; readonly a: Team; readonly b: Team } {
  const forge = new GitFolder(folders.make(), '--bare');
  const clone = () => {
    const team = new Team(folders.make());
    team.git('remote', 'add', 'origin', forge.path);
    team.git('fetch', '-q');
    return team;
  };
  const a = clone();
  a.edit(small).render();
  a.git('push', '-q', 'origin', 'main');
  a.git('fetch', '-q');
  return { forge, a, b: clone() };
}

/** What a forge makes of two branches: one commit, without a work tree. @returns what was checked out of it */
function onForge(forge: GitFolder, ...branches: readonly [string, string]): Team {
  const treeId = forge.git('merge-tree', '--write-tree', ...branches).trim();
  const commit = forge.git('commit-tree', '-p', branches[0], '-p', branches[1], '-m', 'Merge', treeId).trim();
  forge.git('update-ref', 'refs/heads/merged', commit);
  const team = new Team(folders.make());
  team.git('fetch', '-q', forge.path, 'merged');
  team.git('checkout', '-q', 'FETCH_HEAD');
  return team;
}

const region = small['config.yaml'].replace('[us, eu]', '[us, eu, asia]');
const newer = small['mc/web/values.yaml'].replace('1.0.0', '2.0.0');
const other = small['mc/web/values.yaml'].replace('1.0.0', '1.0.1');

const override = (project: string) => `applications:\n  web:\n    project: ${project}\n`;

test.each(
  partly(
    [
      ['a region and an app', { 'config.yaml': region }, { 'mc/api/values.yaml': application('api') }, 'missing  dist/mc/int/s1/asia/templates/api.yaml'],
      [
        'a region and an override',
        { 'config.yaml': region },
        { 'mc/web/int/override.yaml': override('team') },
        'changed  dist/mc/int/s1/asia/templates/web.yaml',
      ],
    ],
    1,
  ),
)('what a forge merges of %s, each current by itself, is told to be stale for it is a merge', (_, ours, theirs, stale) => {
  const { forge, a, b } = teams();
  a.push('a', ours);
  b.push('b', theirs);
  const merged = onForge(forge, 'a', 'b');
  const { status, stdout } = merged.fleet('check');
  expect(status).toBe(1);
  expect(stdout).toContain(stale);
  expect(stdout).toMatch(/^Th(is|ese) files? comes? of a merge: HEAD \(\w{7}\) merges \w{7} and \w{7}, and its configuration is one that none of them had/m);
  expect(stdout).toContain('Run `npx fleet synth` and commit');
  const { merge } = JSON.parse(merged.fleet('check', '--json').stdout) as { merge: { commit: string; parents: readonly string[] } };
  expect([merge.commit, ...merge.parents]).toEqual(merged.git('log', '-1', '--format=%H %P').trim().split(' '));
  merged.render();
  expect(merged.fleet('check')).toMatchObject({ status: 0 });
});

test('a merge is no reason where a file was edited, nor where one branch had the configuration of both', () => {
  const { a, b, forge } = teams();
  a.push('a', { 'config.yaml': region });
  b.push('b', { 'mc/api/values.yaml': application('api') });
  const merged = onForge(forge, 'a', 'b');
  merged.edit({ 'mc/web/values.yaml': newer });
  expect(merged.fleet('check').stdout).not.toContain('merge');
  merged.git('checkout', '-q', '.');
  merged.render();
  write(merged.path, { 'dist/mc/int/s1/us/Chart.yaml': 'edited' });
  expect(merged.fleet('check').stdout).not.toContain('merge');
  merged.git('checkout', '-q', '.');
  merged.git('switch', '-q', '-c', 'one', 'HEAD~2');
  write(merged.path, { 'dist/mc/int/s1/us/Chart.yaml': 'edited' });
  merged.commit(2);
  merged.git('merge', '-q', '--no-ff', '-m', 'Merge', '-s', 'ours', 'FETCH_HEAD');
  expect(merged.fleet('check').stdout).toMatch(/^dist\/ is not what(?![\s\S]*merges)/);
});

longTest('a shallow clone of a merge says that it may be the reason', () => {
  const { a, b, forge } = teams();
  a.push('a', { 'config.yaml': region });
  b.push('b', { 'mc/api/values.yaml': application('api') });
  onForge(forge, 'a', 'b');
  const shallow = new Team(folders.make());
  shallow.git('fetch', '-q', '--depth=1', `file://${forge.path}`, 'merged');
  shallow.git('checkout', '-q', 'FETCH_HEAD');
  expect(shallow.fleet('check').stdout).toMatch(/^This file may come of a merge: HEAD \(\w{7}\) merges \w{7} and \w{7}, which this shallow clone/m);
});

describe('conflicts in the output', () => {
  function stopped(configured: string): Team {
    const { a, b } = teams();
    a.push('a', { 'mc/web/values.yaml': newer, 'mc/web/int/override.yaml': override('a') });
    b.push('b', { 'mc/web/values.yaml': other, 'mc/web/prod/override.yaml': override('b') });
    a.git('fetch', '-q');
    expect(a.tryMerge('origin/b')).toContain('dist/mc/int/s1/us/templates/web.yaml');
    expect(a.fleet('synth')).toMatchObject({ status: 1, stderr: expect.stringMatching(/mc\/web\/values\.yaml:\d+.*[\s\S]*merge conflict/) });
    a.edit({ 'mc/web/values.yaml': configured });
    return a;
  }

  test('are settled by rendering, and Git is told so by the command that is printed', () => {
    const team = stopped(newer);
    const { status, stdout } = team.fleet('synth');
    expect(status).toBe(0);
    expect(stdout).toContain('4 conflicts are settled: each file is what the configuration renders. Tell Git: `git add dist`');
    // Until Git is told: nothing has to be written for it.
    expect(team.fleet('synth').stdout).toContain('4 conflicts are settled');
    expect((JSON.parse(team.fleet('synth', '--json').stdout) as { settled: readonly string[] }).settled).toContain('mc/int/s1/us/templates/web.yaml');
    team.git('add', 'dist');
    expect(team.fleet('synth').stdout).not.toContain('settled');
    team.git('add', 'config');
    expect(team.git('diff', '--name-only', '--diff-filter=U')).toBe('');
    expect(team.fleet('check')).toMatchObject({ status: 0 });
    expect(Object.values(tree(join(team.path, 'dist'))).join('')).not.toMatch(/^[<>=]{7}/m);
  });

  test('are removed with their marks where what both edited is rendered no more', () => {
    const team = stopped(application('api'));
    team.git('rm', '-q', '--cached', 'config/mc/web/int/override.yaml', 'config/mc/web/prod/override.yaml');
    for (const place of ['int', 'prod']) rmSync(join(team.path, `config/mc/web/${place}/override.yaml`));
    expect(team.fleet('synth').stdout).toContain('conflicts are settled');
    team.git('add', '-A');
    expect(team.git('ls-files', 'dist')).not.toContain('web.yaml');
    expect(team.fleet('check')).toMatchObject({ status: 0 });
  });
});
