import type { NodeDifferences } from '../../../changes/nodes/node-differences';
import { nodesMarkdown } from '../../../cli/print/nodes/nodes-markdown';
import { nodesText } from '../../../cli/print/nodes/nodes-text';
import { startedHub } from '../../workspaces/hub-workspace';
import { onTerminal } from '../../workspaces/on-terminal';
import { formsOr, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function kept<W extends Workspace>(workspace: W): W {
  workspaces.push(workspace);
  return workspace;
}

test.each(formsOr('yaml'))('stage and production differ field by field, now and at a commit, in %s', async (form) => {
  const workspace = kept(await startedWorkspace(form));
  const diff = (...args: readonly string[]) => workspace.fleet('diff', ...args);
  const { status, stdout } = diff('stage', 'production', '--app', 'cert-manager');
  expect(status).toBe(0);
  expect(stdout).toContain(`  source.targetRevision
    stage       v1.19.0  at stage-sector-1: patch-001 stage/stage-sector-1
                v1.18.2  at stage-sector-2: base
    production  v1.17.0  override production
`);
  expect(stdout).not.toMatch(/hypershift|prometheus/);
  const now = JSON.parse(diff('stage', 'production', '--format', 'json').stdout);
  const then = JSON.parse(diff('stage', 'production', '--format', 'json', '--at', 'HEAD').stdout);
  expect({ ...then, of: '' }).toEqual({ ...now, of: '' });
  expect(diff('stage', 'production', '--exit-code').status).toBe(1);
  expect(diff('stage', 'stage', '--exit-code')).toMatchObject({ status: 0, stdout: 'stage is one node: it differs from itself in nothing.\n' });
  expect(diff('integration/int-sector-1', 'integration/int-sector-2', '--app', 'hypershift', '--exit-code').stdout).toMatch(
    / have the same, as the configuration says now/,
  );
  expect(diff('stage', 'production', '--app', 'cert-maneger').stderr).toMatch("did you mean 'cert-manager'?");
});

test('tenants, environments and members of hubs are nodes like others', async () => {
  const workspace = kept(await startedHub());
  const { stdout } = workspace.fleet('diff', 'tenant1', 'tenant2');
  expect(stdout).toMatch(/external-dns \(everywhere in tenant1; in tenant2 at dev, prod\/tenant2-prod-workload1\)/);
  expect(stdout).toMatch(/values\.namespaces\n {4}tenant1 {2}\["shop","payments"\] {2}override tenant1\n {4}tenant2 {2}\["analytics"\] {8}override tenant2\n/);
  expect(stdout).toMatch(/^tenant1 \(3 clusters\) and tenant2 \(3 clusters\), as the configuration says now: \d+ components? /);
  expect(stdout.split('\n')[0]).not.toMatch(/\btargets?\b|\bapps?\b/);
  // What each says of itself says nothing of two nodes, be it in files of their own.
  expect(stdout.split('members/settings hub-1/')[1]).not.toContain('vpc-id');
  // What members are themselves has layers, too.
  expect(workspace.fleet('diff', 'tenant1-dev-workload1', 'tenant2-prod-workload2').stdout).toMatch(
    / {2}spec\.target\.template\.metadata\.annotations\.'company\.example\/region'\n.* eu-west-1 {2}override tenant1\/dev\/tenant1-dev-workload1\n.* us-east-1 {2}override tenant2\/prod\/tenant2-prod-workload2\n/,
  );
  expect(workspace.fleet('diff', 'tenant1-dev-workload1', 'tenant2-prod-workload2').stdout).toMatch(
    /labels\.addonsRelease\n.* release1 {2}patch-001 tenant1\/dev\n.* default {3}base\n/,
  );
  expect(workspace.fleet('diff', 'tenant1-dev-workload1', 'tenant1-dev-workload2').stdout).toMatch(
    / {2}deployer\n.* hub-1\n.* \(itself\) {2}override tenant1\/dev\/tenant1-dev-workload2\n/,
  );
  const json = (...args: readonly string[]) => ({
    ...JSON.parse(workspace.fleet('diff', 'tenant1/dev', 'tenant2', '--format', 'json', ...args).stdout),
    of: '',
  });
  expect(json('--at', 'HEAD')).toEqual(json());
});

/** What only somebody's text would bring to a terminal: colours of our own are others. */
const moving = ['\u001b[31m', '\u202e'];

function expectHarmless(text: string): void {
  expect(moving.filter((part) => text.includes(part))).toEqual([]);
}

const hostile = 'a\u001b[31mb|`c`\n<d>\u202e'.repeat(10);

const side = (value: string, path: string) => [{ value, layers: ['base'], targets: [`${path}/x`], paths: [path] }];
const differences: NodeDifferences = {
  of: hostile,
  topology: 'dimensions',
  left: { path: 'stage', targets: 1 },
  right: { path: 'production', targets: 1 },
  apps: [{ clusterType: 'type', app: hostile, left: { targets: ['stage/x'], paths: ['stage'] } }],
  fields: [{ clusterType: 'type', app: 'web', field: hostile, left: side(hostile, 'stage'), right: side('b', 'production') }],
  own: [{ clusterType: 'type', app: 'web', field: hostile, left: side(hostile, 'stage'), right: side('b', 'production') }],
};

test('what somebody wrote moves no cursor, and ends no table', () => {
  expectHarmless(onTerminal(80, () => nodesText(differences)));
  const markdown = nodesMarkdown(differences);
  expectHarmless(markdown);
  for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) expect(row.match(/(?<!\\)\|/g)?.length).toBe(4);
});

test('markdown fits a comment, however much differs, and breaks no table', () => {
  const fields = Array.from({ length: 5000 }, (_, index) => ({
    clusterType: 'type',
    app: `app-${index % 100}`,
    field: `source.helm.valuesObject.field-${index}`,
    left: side(`left-${index}`, 'stage'),
    right: side(`right-${index}`, 'production'),
  }));
  const markdown = nodesMarkdown({ ...differences, of: 'the configuration', apps: [], own: [], fields });
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown).toMatch(/… and \d+ more tables, for which there is no room in a comment/);
});
