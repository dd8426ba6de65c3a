import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { startedWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();

const app = (more: string) => `import type { FleetAppConfig } from 'cdk8s-fleet';

export default {
  source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' },
  destination: { namespace: 'web' },
  ${more}
} satisfies FleetAppConfig;
`;

test('rollouts bring what an app needs before it, and take it away behind it', async () => {
  const workspace = known(await startedWorkspace('typescript'));
  workspace.write({
    'config/management-cluster/trust.ts': app("overrides: { 'integration/int-sector-2': { enabled: false } },"),
    'config/management-cluster/issuers.ts': app("enabled: false, after: ['trust'],"),
  });
  expect((await workspace.serve('synth')).stderr).not.toContain('trust');
  workspace.commit('Both');
  const begun = await workspace.serve('new', 'patch', 'management-cluster', 'issuers', '--set', 'enabled=true');
  expect([begun.status, begun.stderr]).toEqual([0, '']);
  const rendered = workspace.read('dist/management-cluster/integration/int-sector-1/us-central1/templates/issuers.yaml');
  expect(rendered).toContain("argocd.argoproj.io/sync-wave: '1'");
  const before = workspace.snapshot('.');
  for (const args of [
    ['promote', 'management-cluster', 'issuers', 'patch-001'],
    ['new', 'patch', 'management-cluster', 'trust', '--set', 'enabled=false'],
  ]) {
    const { status, stderr } = await workspace.serve(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining("'issuers' needs 'trust', which is not deployed there")]);
    expect(stderr).toContain("enable 'trust' there first, or disable 'issuers'");
  }
  expect(workspace.snapshot('.')).toEqual(before);
  // Who registers a cluster where something comes later is told what the Argo CD there has to know.
  const registered = (region: string) => workspace.serve('bootstrap', `management-cluster/integration/${region}`, '--cluster', 'mgmt-001');
  const text = 'the Argo CD that runs management-cluster-root waits for these with the health of Applications in its argocd-cm';
  expect((await registered('int-sector-1/us-central1')).stderr).toContain(text);
  expect((await registered('int-sector-2/us-central1')).stderr).not.toContain(text);
});
