import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { commitInfos } from '../../../store/git/commit-info';
import { History } from '../../../store/git/history';
import { isIgnored } from '../../../store/git/ignored';
import { historyOf } from '../../../store/git/path-history';
import { Repository } from '../../../store/git/repository';
import { Revisions } from '../../../store/git/revisions';
import { blobsOf, changedBetween, hasPath, treeAt } from '../../../store/git/trees';
import { partly, times } from '../../runs';
import { HostileRepository, hostileSettings } from '../../workspaces/hostile-repository';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const settings = Object.keys(hostileSettings);

function hostile(): HostileRepository {
  const repository = new HostileRepository(folders.make({ '.gitignore': 'ignored.yaml\n', 'config/a.yaml': '1', 'config/sub/b.yaml': '1' }), folders.make());
  repository.git.commit(1);
  write(repository.git.path, { 'config/a.yaml': '2' });
  return repository.commitSigned(2);
}

/** Everything that is ever asked of a history. */
function askEverything(folder: string): readonly unknown[] {
  const history = new History(folder);
  const file = join(folder, 'a.yaml');
  const commits = history.commits(file);
  const repository = Repository.tryFind(folder);
  const revisions = repository?.trouble === undefined && repository ? new Revisions(repository) : undefined;
  const asked = (ask: (repository: Repository) => unknown) => (revisions === undefined ? undefined : orRefused(() => ask(revisions.repository)));
  const of = commits.flatMap((commit) => [history.fileAt(commit, file), history.filesAt(commit, folder)]);
  return [
    history.isThere,
    history.trouble,
    commits.length,
    ...of,
    history.filesOf(commits, file),
    history.idsBelow(folder).size,
    history.isShallow,
    history.isPartial,
    history.isTracked(folder),
    history.isTracked(join(folder, 'new.yaml')),
    history.isClean(folder),
    history.isClean(file),
    history.root,
    asked(() => ['HEAD', 'main~1', '2024-05-01', 'nowhere', 'main...HEAD'].map((text) => orRefused(() => revisions?.range(text, { dates: true })))),
    asked((one) => commitInfos(one, [commits[0]?.hash ?? ''])),
    asked((one) => historyOf(one, [folder])),
    asked((one) => historyOf(one, [join(folder, 'sub')], { firstParent: true })),
    asked((one) => [...treeAt(one, 'HEAD', folder)]),
    asked((one) => changedBetween(one, 'HEAD~', 'HEAD', folder)),
    asked((one) => [
      ...blobsOf(
        one,
        [...treeAt(one, 'HEAD', folder).values()].map(({ id }) => id),
      ),
    ]),
    asked((one) => [hasPath(one, 'HEAD', folder), isIgnored(one, file), isIgnored(one, join(folder, 'ignored.yaml'))]),
  ];
}

/** What is answered, or why it is not. */
function orRefused(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    if (error instanceof FleetError) return error.message;
    throw error;
  }
}

test('the programs that a hostile repository names are run by Git itself, so that these tests would see them', () => {
  const repository = hostile().arm(['core.fsmonitor']);
  repository.git.git('status');
  expect(repository.hasRun()).toBe(true);
  const signed = hostile().arm(['gpg.program']);
  signed.git.git('log', '-1');
  expect(signed.hasRun()).toBe(true);
  const promised = hostile().forget('config/a.yaml').arm(['a remote that owes objects']);
  spawnSync('git', ['cat-file', '-p', 'HEAD:config/a.yaml'], { cwd: promised.git.path });
  expect(promised.hasRun()).toBe(true);
});

// All of them at once in the short form: any that runs is seen.
test.each([...partly(settings, 0).map((setting) => [setting]), settings])('nothing is run that a repository names by %s', (...armed) => {
  const repository = hostile();
  const config = join(repository.git.path, 'config');
  const before = askEverything(config);
  repository.arm(armed as string[]);
  expect(askEverything(config)).toEqual(before);
  write(config, { 'a.yaml': '3', 'new.yaml': '1' });
  if (times >= 1) askEverything(config);
  repository.forget('config/a.yaml');
  askEverything(config);
  expect(repository.hasRun()).toBe(false);
});

test.each(partly([settings, ['core.fsmonitor'], ['gpg.program']], 1))(
  'nothing is run that a folder in the disguise of a repository names by %s',
  (...armed) => {
    for (const isInside of [true, false]) {
      const repository = isInside ? hostile() : new HostileRepository(folders.make({ 'config/a.yaml': '1' }), folders.make());
      // Without a repository around it, the folder is the only one that looks like one.
      const folder = isInside ? repository.git.path : folders.make({ 'config/a.yaml': '1' });
      repository.disguise(join(folder, 'config'), armed as string[]);
      expect(askEverything(join(folder, 'config'))[0]).toBe(isInside);
      expect(repository.hasRun()).toBe(false);
    }
  },
);

test.each(partly(['packed-refs', 'index', 'shallow', 'info/attributes', 'objects/info/alternates', 'objects/pack/pack-1.idx', 'refs/heads/x/y'], 2))(
  'a repository in which %s is a pipe is not waited for',
  (name) => {
    const { git } = hostile();
    const pipe = join(git.path, '.git', name);
    spawnSync('rm', ['-f', pipe]);
    spawnSync('mkdir', ['-p', join(pipe, '..')]);
    spawnSync('mkfifo', [pipe]);
    const history = new History(join(git.path, 'config'));
    expect(history.trouble).toContain(pipe);
    expect(history.commits(join(git.path, 'config'))).toEqual([]);
  },
);

test('a device behind a link is found, and a socket is left alone', () => {
  const { git } = hostile();
  const link = join(git.path, '.git/packed-refs');
  spawnSync('ln', ['-sf', '/dev/zero', link]);
  expect(new History(git.path).trouble).toContain(link);
  spawnSync('rm', [link]);
  spawnSync(process.execPath, ['-e', `require('node:net').createServer().listen('.git/fsmonitor--daemon.ipc', () => process.kill(process.pid, 'SIGKILL'))`], {
    cwd: git.path,
  });
  expect(new History(git.path).trouble).toBeUndefined();
});
