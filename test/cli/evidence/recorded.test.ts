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
