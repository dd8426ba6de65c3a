import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();

test('rollouts bring what a component needs before it, and take it away behind it', async () => {
  const workspace = await startedHub();
  known(workspace);
  workspace.write({
    'config/addons/issuers.ts': `import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  repoURL: 'https://charts.example.com',
  chart: 'issuers',
  version: '1.0.0',
  namespace: 'cert-manager',
  after: ['cert-manager'],
  values: {},
} satisfies ComponentConfig;
`,
  });
  workspace.edit('config/addons/cert-manager.ts', (text) =>
    text.replace('tenant1: { enabled: true }', "tenant1: { enabled: true },\n    'tenant1/prod': { enabled: false }"),
  );
  const begun = await workspace.serve('new', 'patch', 'addons', 'issuers', '--set', 'enabled=true');
  expect([begun.status, begun.stderr]).toEqual([0, '']);
  expect((await workspace.serve('clusters', 'tenant1-dev-workload1')).stdout).toMatch(/addons\/issuers +1\.0\.0 +from hub-1, after cert-manager\n/);
  const before = workspace.everything();
  const needs = "'issuers' needs 'cert-manager', which is not deployed there";
  for (const args of [
    ['promote', 'addons', 'issuers', 'patch-002', '--approve', 'tenant1/prod'],
    ['new', 'patch', 'addons', 'cert-manager', '--set', 'enabled=false'],
  ]) {
    const { status, stderr } = await workspace.serve(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(needs)]);
    expect(stderr).toContain("enable 'cert-manager' there first, or disable 'issuers'");
    // The copy that it was proved in is gone.
    expect(stderr).toMatch(/^error order config\/addons\/issuers\.ts:8:11\n/);
  }
  expect(workspace.everything()).toEqual(before);
});

test('what is wrong with a fleet after an edit names files as they are called, in whichever text', async () => {
  const workspace = await startedHub();
  known(workspace);
  const throwing = (name: string) => `if (${name}.includes('fleet-proof')) throw new Error(\`\${${name}} is odd\`);\n`;
  workspace.edit('config/addons/external-dns.ts', (text) => `${text}\n${throwing('__filename')}`);
  const { status, stderr } = await workspace.serve('new', 'patch', 'addons', 'cert-manager', '--set', 'values.replicaCount=2');
  expect(status).toBe(1);
  expect(stderr).toContain(`${workspace.path}/config/addons/external-dns.ts is odd`);
  expect(stderr).not.toContain('fleet-proof-');
});
