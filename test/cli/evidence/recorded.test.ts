import { execFileSync } from 'node:child_process';
import { RecordedEvidence } from '../../../cli/read/evidence/recorded';
import type { PatchView } from '../../../constructs';
import { History } from '../../../store/git/history';
import { Workspace } from '../../workspaces/workspace';

test('what is on record stays known, however many commits follow, and whoever wrote the line by hand or merged it', () => {
  const workspace = new Workspace({});
  try {
    workspace.run('git', ['init', '-q', '-b', 'main', '--template=']);
    const said: Readonly<Record<number, string>> = {
      1: 'Fleet-Evidence: type/app patch-001 canary smoke bad 0000000000000000',
      2: '* Fleet-evidence: type/app patch-001 canary other bad 0000000000000000',
      3: 'Not a line of it: Fleet-Evidence: type/app patch-001 canary none bad 0000000000000000',
    };
    const commits = Array.from({ length: 5000 }, (_, index) => {
      const message = `Commit\n\n${said[index] ?? 'nothing'}\n`;
      return `commit refs/heads/main\ncommitter T <t@example.com> ${1_700_000_000 + index} +0000\ndata ${message.length}\n${message}\n`;
    });
    execFileSync('git', ['fast-import', '--quiet'], { cwd: workspace.path, input: commits.join('') });
    const view = { state: { clusterType: 'type', app: 'app', patch: 'patch-001' }, apps: ['app'] } as unknown as PatchView;
    const recorded = new RecordedEvidence(new History(workspace.path), 'main');
    expect(recorded.bad(view, ['canary/east'], 0)).toEqual([
      { name: 'smoke', targets: ['canary/east'] },
      { name: 'other', targets: ['canary/east'] },
    ]);
  } finally {
    workspace.remove();
  }
});

describe('what is on record', () => {
  const line = (answer: string, piece = answer === 'good' ? '#aaaaaaaa' : '') =>
    `Fleet-Evidence: type/app patch-001 canary smoke ${answer}${piece} 0000000000000000`;
  const view = { state: { clusterType: 'type', app: 'app', patch: 'patch-001' }, apps: ['app'] } as unknown as PatchView;
  let workspace: Workspace;

  /** Commits without files, made at an hour. */
  const commit = (hour: number, message: string, ...args: readonly string[]) => {
    const env = { GIT_COMMITTER_DATE: `${1_700_000_000 + hour * 3600} +0000`, GIT_AUTHOR_DATE: `${1_700_000_000 + hour * 3600} +0000` };
    const [command = 'commit', ...rest] = args;
    const user = ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    const all = command === 'commit' ? [command, '-q', '--allow-empty', '-m', message] : [command, ...rest, '-q', '-m', message];
    execFileSync('git', [...user, ...all], { cwd: workspace.path, env: { ...process.env, ...env } });
  };
  const git = (...args: readonly string[]) => workspace.run('git', args);
  const hourOf = (time: number | undefined) => (time === undefined ? undefined : (time / 1000 - 1_700_000_000) / 3600);
  const firstGood = (from: number) =>
    hourOf(
      new RecordedEvidence(new History(workspace.path), 'main').firstGood(
        view,
        { name: 'smoke', piece: 'aaaaaaaa', target: 'canary/east' },
        (1_700_000_000 + from * 3600) * 1000,
      ),
    );

  beforeEach(() => {
    workspace = new Workspace({});
    git('init', '-q', '-b', 'main', '--template=');
    commit(0, 'Start');
  });

  afterEach(() => workspace.remove());

  test('in a merged branch counts from when it was merged, whatever date it has, and not where it is older than what it is about', () => {
    git('checkout', '-q', '-b', 'side');
    commit(1, `Side\n\n${line('good')}`);
    git('checkout', '-q', 'main');
    commit(40, 'Other');
    commit(41, 'Merge', 'merge', '--no-ff', 'side');
    commit(42, 'Last');
    expect([0, 1, 2, 42].map(firstGood)).toEqual([41, 41, undefined, undefined]);
  });

  test('in a branch within a merged branch counts from the merge into the one that is followed, and in its own order', () => {
    git('checkout', '-q', '-b', 'inner');
    commit(3, `Inner\n\n${line('good')}`);
    // Dates may go back; what follows is later all the same.
    commit(2, `Inner\n\n${line('bad')}`);
    git('checkout', '-q', '-b', 'outer', 'main');
    commit(4, 'Outer');
    commit(5, 'Merge', 'merge', '--no-ff', 'inner');
    git('checkout', '-q', 'main');
    commit(6, 'Other');
    commit(7, 'Merge', 'merge', '--no-ff', 'outer');
    expect(firstGood(0)).toBeUndefined();
    commit(8, `Again\n\n${line('good')}`);
    expect(firstGood(0)).toBe(8);
  });

  test('is about what was asked then: what is called alike and asks something else has a time of its own, and no good answer ends what was bad', () => {
    commit(1, `Another\n\n${line('good', '#bbbbbbbb')}`);
    commit(2, `Nobody says which\n\n${line('good', '')}`);
    expect(firstGood(0)).toBeUndefined();
    commit(3, `Ours\n\n${line('good')}`);
    commit(4, `Another\n\n${line('good', '#bbbbbbbb')}`);
    expect(firstGood(0)).toBe(3);
    commit(5, `Bad\n\n${line('bad')}`);
    commit(6, `Another\n\n${line('good', '#bbbbbbbb')}`);
    expect(firstGood(0)).toBeUndefined();
  });

  test('counts from its own date where it was squashed, or came by a fast-forward', () => {
    git('checkout', '-q', '-b', 'side');
    commit(3, `Side\n\n* ${line('good')}`);
    git('checkout', '-q', 'main');
    git('merge', '-q', '--ff-only', 'side');
    expect(firstGood(0)).toBe(3);
    expect(firstGood(3)).toBe(3);
  });
});
