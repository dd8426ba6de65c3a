import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { codeOwnersReader } from '../../builders/code-owners';
import { startedWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

test('what evidence runs and trusts demands everybody who approves anything, and a change of it is told of', async () => {
  const workspace = await startedWorkspace('typescript');
  try {
    const evidence = [
      "command('./smoke.sh --only management-cluster')",
      `command('cd ../checks && node run.js --rules=rules.json "$FLEET_TARGET" ../dist ..', { name: 'checks' })`,
      "command('make -C ../ops/probe && ./linked.sh', { name: 'probe' })",
      "argoCD({ server: ({ region }) => ({ url: 'https://argocd.example.com', caFile: '../certificates/' + region + '.pem' }) })",
    ];
    workspace.edit('config/fleet.ts', (text) =>
      text
        .replace('import { defineFleet }', 'import { argoCD, command, defineFleet }')
        .replace("  path: 'dist',", `  path: 'dist',\n  evidence: [${evidence.join(', ')}],`)
        .replace("name: 'production',", "name: 'production', approvers: ['@company/sre'],"),
    );
    workspace.write({
      'config/smoke.sh': 'true',
      'checks/run.js': "require('./read.js')",
      'checks/read.js': '',
      'checks/rules.json': '{}',
      'checks/readme.md': '',
      'ops/probe/Makefile': '',
      'ops/linked.sh': '',
      'certificates/us-central1.pem': '',
      'certificates/other.pem': '',
    });
    symlinkSync('../ops/linked.sh', join(workspace.path, 'config/linked.sh'));
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.commit('Evidence');

    const { stdout } = workspace.fleet('owners', '--codeowners');
    const ownersOf = codeOwnersReader(stdout);
    const all = [
      'config/smoke.sh',
      'checks/run.js',
      'checks/read.js',
      'checks/rules.json',
      'ops/probe/Makefile',
      'config/linked.sh',
      'ops/linked.sh',
      'checks/readme.md',
    ];
    for (const path of [...all, 'certificates/us-central1.pem']) expect([path, ownersOf(path)]).toEqual([path, ['@company/sre']]);
    for (const path of ['certificates/other.pem', 'ops/x']) expect([path, ownersOf(path)]).toEqual([path, undefined]);
    expect(ownersOf('config/management-cluster/cert-manager.ts')).toEqual(['team-platform@example.com']);
    expect(ownersOf('dist/management-cluster/integration/int-sector-1/us-central1/Chart.yaml')).toBeUndefined();

    workspace.edit('checks/read.js', () => 'process.exit(0)').edit('config/smoke.sh', () => 'exit 0');
    workspace.git('rm', '-q', '--cached', 'ops/probe/Makefile');
    mkdirSync(join(workspace.path, 'other'));
    workspace.write({ 'checks/readme.md': 'x', 'certificates/eu-west1.pem': 'x', 'ops/probe/new.mk': '' }).commit('Make it green');
    const { status, stdout: report } = workspace.fleet('check', '--since', 'HEAD~1', '--format', 'markdown');
    expect(status).toBe(0);
    expect(report).toContain("config/smoke.sh changed, by which the evidence 'command' says what is good: no rule judges that");
    expect(report).toContain("checks/read.js, checks/readme.md changed, by which the evidence 'checks' says what is good");
    expect(report).toContain("ops/probe/new.mk changed, by which the evidence 'probe' says what is good");
    expect(report).not.toContain('eu-west1');
  } finally {
    workspace.remove();
  }
});
