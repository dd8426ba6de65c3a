import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { repository } from '../../workspaces/workspace';
import { regions, removeAll } from './workspaces';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

afterAll(removeAll);

/** Runs a command that somebody interrupts. @returns whether it had ended before, and what it printed */
function interrupted(cwd: string, args: readonly string[], after: number): Promise<{ readonly status: number; readonly stdout: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(repository, 'cli/fleet.js'), ...args], { cwd });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString('utf8');
    });
    child.on('close', (status, signal) => done({ status: signal === 'SIGINT' ? 130 : (status ?? -1), stdout }));
    setTimeout(() => child.kill('SIGINT'), after);
  });
}

longTest('a command that reads ends where it is interrupted, prints no half of an answer, and writes nothing', async () => {
  const workspace = await regions('typescript');
  const before = workspace.snapshot('.');
  for (const args of [['diff'], ['history', '*'], ['explain', 'prod-canary', 'cert-manager'], ['versions', '--at', 'HEAD']]) {
    for (const after of [30, 150, 300]) {
      const { status, stdout } = await interrupted(workspace.path, args, after);
      expect([0, 130]).toContain(status);
      if (status === 130) expect(stdout).toBe('');
    }
  }
  expect(workspace.snapshot('.')).toEqual(before);
});
