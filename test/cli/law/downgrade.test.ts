import { HubWorkspace } from '../../workspaces/hub-workspace';
import { formsOr, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';
import { judgedOf, refusals } from '../judge/edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const everything = (workspace: Workspace) => ({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') });

function named(workspace: Workspace & { git(...args: string[]): string }): void {
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
}

describe.each(formsOr('typescript'))('a version that goes back, in a fleet in %s', (form) => {
  test('is written by a command where it is named only, and is allowed then', async () => {
    const workspace = await startedWorkspace(form);
    try {
      named(workspace);
      const before = everything(workspace);
      const set = ['new', 'patch', 'management-cluster', 'prometheus', '--set', 'sources.chart.targetRevision=70.0.0', '--commit'];
      const { status, stderr } = await workspace.serve(...set);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error rollout\n {2}'patch-\d+' would take versions back at integration\/int-sector-1\n {2}app {6}prometheus\n/);
      expect(stderr).toMatch(/\n {2}found {4}prometheus \S+ → 70\.0\.0\n/);
      expect(stderr).toContain('where that is meant, say so: `--downgrade`');
      expect(everything(workspace)).toEqual(before);
      expect(await workspace.serve(...set, '--downgrade')).toMatchObject({ status: 0, stderr: '' });
      const judged = judgedOf(workspace.fleet('check', '--since', 'HEAD^', '--json'));
      expect(refusals(judged)).toEqual([]);
      expect(judged.judged.changes.flatMap(({ verdicts }) => verdicts.map(({ rule, kind }) => `${kind} ${rule}`))).toEqual(['allowed downgrade']);
      // The same holds for each further step, of whoever takes it.
      const patch = 'patch-001';
      const again = await workspace.serve('promote', 'management-cluster', 'prometheus', patch);
      expect([again.status, again.stderr]).toEqual([1, expect.stringContaining(`'${patch}' would take versions back at integration/int-sector-2`)]);
      const waiting = await workspace.serve('promote', '--auto');
      expect(waiting.stdout + waiting.stderr).toContain(`'${patch}' would take versions back`);
      expect(workspace.git('status', '--porcelain', 'config/management-cluster/prometheus.ts')).toBe('');
    } finally {
      workspace.remove();
    }
  });
});

test('of a release that takes some components on and one back, the one is named', async () => {
  const workspace = await new HubWorkspace().started((fresh) => fresh.edit('config/addons/releases.ts', (text) => text.replace("'v1.19.0'", "'v1.17.0'")));
  try {
    named(workspace);
    const before = workspace.everything();
    const step = ['promote', 'addons', 'releases', 'patch-001', '--approve', 'tenant1/prod', '--commit'];
    const { status, stderr } = await workspace.serve(...step);
    expect(status).toBe(1);
    expect(stderr).toContain("'patch-001' would take versions back at tenant1/prod\n");
    expect(stderr).toContain('found    cert-manager v1.18.2 → v1.17.0\n');
    expect(workspace.everything()).toEqual(before);
    expect(await workspace.serve(...step, '--downgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(refusals(judgedOf(workspace.fleet('check', '--since', 'HEAD^', '--json')))).toEqual([]);
    expect(workspace.git('log', '-1', '--format=%B')).toMatch(/^Fleet-Allows: downgrade /m);
  } finally {
    workspace.remove();
  }
});
