import { join } from 'node:path';
import { historyData } from '../../../cli/print/history/history-data';
import { historyText } from '../../../cli/print/history/history-text';
import { atOnce } from '../../../cli/read/history/commit-states';
import { readHistory } from '../../../cli/read/history/read-history';
import { fleetFromConfig } from '../../../constructs';
import { readConfig } from '../../../store/read/read-config';
import { longTest } from '../../long-test';
import { onTerminal } from '../../workspaces/on-terminal';
import { formsOr, type RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { clone, hub, kept, regions, removeAll } from './workspaces';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

afterAll(removeAll);

/** From the workspace, in which its own tests run. */
const config = 'config';
const app = `${config}/management-cluster/cert-manager.ts`;

function edit(workspace: RolloutWorkspace, from: string, to: string, message: string): void {
  workspace.edit(app, (text) => text.replace(from, to));
  workspace.fleet('synth');
  workspace.commit(message);
}

describe.each(formsOr('yaml'))('a fleet in %s', (form) => {
  test('each commit says when, who, what, why, and who approved it', async () => {
    const workspace = await regions(form);
    await workspace.promote();
    workspace.commit('Enter stage\n\nAs agreed.\n\nReviewed-by: Ann <ann@example.com>\nSigned-off-by: Test <test@example.com>');
    await workspace.promote('--approve', 'production', '--approve', 'production/prod-canary');
    workspace.commit('Enter the canary');
    await workspace.rollback();
    workspace.commit('Take it back');
    const { stdout, status } = workspace.fleet('history', 'prod-canary', 'cert-manager');
    expect(status).toBe(0);
    expect(masked(stdout)).toBe(`What changed management-cluster/cert-manager at production/prod-canary

HASH DATE Test
  Take it back
    source.targetRevision v1.19.0 → v1.17.0 at production/prod-canary: patch-001 left production/prod-canary

HASH DATE Test
  Enter the canary
    source.targetRevision v1.17.0 → v1.19.0 at production/prod-canary: patch-001 entered production/prod-canary

HASH DATE Test
  Start
  + management-cluster/cert-manager added at production/prod-canary
`);
    expect(masked(workspace.fleet('history', 'stage').stdout)).toContain(`HASH DATE Test
  Enter stage
  approved  Reviewed-by: Ann <ann@example.com>, Signed-off-by: Test <test@example.com>
    management-cluster/cert-manager
      source.targetRevision v1.18.2 → v1.19.0 at stage/stage-sector-2: patch-001 entered stage
`);
  });
});

test('json and csv have all of it, a line a change in csv, and no formulas', async () => {
  const workspace = await regions('typescript');
  const seen = 'Fleet-Evidence: management-cluster/cert-manager patch-001 stage argoCD bad 0123456789abcdef';
  edit(workspace, 'replicaCount: 3', "replicaCount: 4, note: '=1+1'", `=cmd|calc\n\n${seen}\nFleet-Despite: +the metrics are down`);
  const rows = workspace.fleet('history', 'production', '--format', 'csv').stdout.split('\r\n');
  expect(rows[0]).toMatch(/^commit,date,author,/);
  expect(rows.slice(1, 3).map((row) => row.slice(row.indexOf(',')))).toEqual([
    expect.stringMatching(
      /^,\d{4}-\d\d-\d\dT[\d:]+\+00:00,Test <test@example.com>,Test <test@example.com>,'=cmd\|calc,.*field,source\.helm\.valuesObject\.note,,'=1\+1,3,production,override production,argoCD bad at stage \(patch-001\),'\+the metrics are down$/,
    ),
    expect.stringMatching(
      /field,source\.helm\.valuesObject\.replicaCount,3,4,3,production,override production,argoCD bad at stage \(patch-001\),'\+the metrics are down$/,
    ),
  ]);
  const data = JSON.parse(workspace.fleet('history', 'production', 'cert-manager', '--json').stdout);
  expect(data).toMatchObject({
    ok: true,
    path: 'production',
    clusterType: 'management-cluster',
    app: 'cert-manager',
    notShown: 0,
    withoutEffect: 0,
    endsAtShallow: false,
  });
  expect(data.commits[0]).toMatchObject({
    subject: '=cmd|calc',
    evidence: ['argoCD bad at stage (patch-001)'],
    despite: ['+the metrics are down'],
    changes: [
      { kind: 'field', field: 'source.helm.valuesObject.note', after: '=1+1' },
      { words: 'source.helm.valuesObject.replicaCount 3 → 4', paths: ['production'], reasons: [{ kind: 'layer', layer: 'override production' }] },
    ],
  });
});

test('what a commit adds or removes is told the same, whether it is read at once or where it is asked for', async () => {
  const workspace = await regions('typescript');
  workspace.git('mv', 'config/management-cluster/hypershift.ts', 'config/management-cluster/hypershift-2.ts');
  workspace.edit('config/fleet.ts', (text) => text.replace(/regions: \['us-east1', 'europe-east1'\]/, "regions: ['us-east1', 'europe-east2']"));
  workspace.fleet('synth');
  workspace.commit('Rename an app, and a region');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(/\n {2}patches: \{[\s\S]*\n {2}\},/, '\n  enabled: false,'));
  workspace.fleet('synth');
  workspace.commit('Leave one out');
  const tell = () => JSON.stringify(historyData(readHistory({ config, fleet: fleetFromConfig(readConfig(config)) }, { path: '*' }), 0));
  const before = process.cwd();
  process.chdir(workspace.path);
  const { files } = atOnce;
  try {
    const all = tell();
    atOnce.files = 0;
    const few = tell();
    expect(JSON.parse(all).commits).toHaveLength(3);
    expect(few).toBe(all);
  } finally {
    atOnce.files = files;
    process.chdir(before);
  }
});

test('apps and targets come and go, in a few lines', async () => {
  const workspace = await regions('typescript');
  workspace.git('rm', '-q', 'config/management-cluster/hypershift.ts');
  workspace.fleet('synth');
  workspace.commit('Drop hypershift');
  workspace.edit('config/fleet.ts', (text) => text.replace(/regions: \['us-east1', 'europe-east1'\]/, "regions: ['us-east1']"));
  const { stderr } = workspace.fleet('synth');
  expect(stderr).not.toContain('error');
  workspace.commit('Leave a region');
  const { stdout } = workspace.fleet('history', '*');
  expect(stdout).toMatch(/- target of management-cluster with 3 apps in all removed at production\/prod-sector-1\/europe-east1/);
  expect(stdout).toContain('- management-cluster/hypershift removed everywhere (9 targets)');
  expect(masked(workspace.fleet('history', '*', 'hypershift').stdout)).toContain(
    '  Drop hypershift\n  - management-cluster/hypershift removed everywhere (9 targets)',
  );
  // What is not there any more has a history as well.
  expect(workspace.fleet('history', 'production/prod-sector-1/europe-east1').stdout).toContain('Leave a region');
});

longTest('renames of the output are followed', async () => {
  const workspace = await regions('typescript');
  edit(workspace, 'replicaCount: 3', 'replicaCount: 4', 'More replicas');
  workspace.git('mv', 'dist', 'deploy');
  workspace.edit('config/fleet.ts', (text) =>
    text.includes("path: 'dist'") ? text.replace("path: 'dist'", "path: 'deploy'") : text.replace('repository:', "path: 'deploy',\n  repository:"),
  );
  expect(workspace.fleet('synth').stderr).not.toContain('error');
  workspace.commit('Rename the output');
  const { stdout } = workspace.fleet('history', 'prod-canary', 'cert-manager');
  expect(masked(stdout)).toContain('  Rename the output\n  renamed  dist → deploy\n');
  expect(masked(stdout)).toContain('  More replicas\n    source.helm.valuesObject.replicaCount 3 → 4 at production/prod-canary: override production');
  expect(workspace.fleet('explain', 'prod-canary', 'cert-manager', 'replicaCount').stdout).toContain('More replicas');
  expect(workspace.fleet('explain', 'prod-canary', 'cert-manager', 'replicaCount', '--at', 'HEAD~1').stdout).toContain('More replicas');
});

test('an override that is taken back is the reason of what it leaves behind', async () => {
  const workspace = await regions('typescript');
  edit(workspace, 'replicaCount: 3,', '', 'Fewer replicas');
  expect(workspace.fleet('history', 'production', '--limit', '1').stdout).toContain(
    'source.helm.valuesObject.replicaCount 3 → (not set) at production (3 targets): no more set by override production\n',
  );
  const [row] = workspace.fleet('history', 'production', '--format', 'csv').stdout.split('\r\n').slice(1);
  expect(row).toMatch(/,3,,3,production,no more set by override production,,$/);
});

test('a merge tells who let it in, and what it changed itself', async () => {
  const workspace = await regions('typescript');
  workspace.git('checkout', '-q', '-b', 'side');
  edit(workspace, 'replicaCount: 3', 'replicaCount: 4', 'More replicas');
  workspace.git('checkout', '-q', 'main');
  workspace.run('git', [
    '-c',
    'user.name=Forge',
    '-c',
    'user.email=forge@example.com',
    'merge',
    '-q',
    '--no-ff',
    '-m',
    'Merge pull request 12\n\nReviewed-by: Bob <bob@example.com>',
    'side',
  ]);
  const { stdout } = workspace.fleet('history', 'production');
  expect(masked(stdout)).toContain('  More replicas\n  merged  by Forge <forge@example.com> on DAY in HASH (Reviewed-by: Bob <bob@example.com>)\n');
  expect(stdout).not.toContain('Merge pull request');
});

test('a merge of two changes of one file tells neither again', async () => {
  const workspace = await regions('typescript');
  workspace.git('checkout', '-q', '-b', 'side');
  edit(workspace, 'replicaCount: 3', 'replicaCount: 4', 'More replicas');
  workspace.git('checkout', '-q', 'main');
  edit(workspace, "targetRevision: 'v1.17.0'", "targetRevision: 'v1.17.1'", 'Another version');
  workspace.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  workspace.fleet('synth');
  workspace.commit('Merge side');
  expect(workspace.fleet('history', 'production').stdout).not.toMatch(/^ {2}Merge side$/m);
  workspace.git('reset', '-q', '--hard', 'HEAD^1');
  workspace.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  edit(workspace, 'replicaCount: 4', 'replicaCount: 5', 'Merge side');
  expect(masked(workspace.fleet('history', 'prod-canary', 'cert-manager').stdout)).toContain(
    '  Merge side\n    source.helm.valuesObject.replicaCount 3 → 5 at production/prod-canary: override production\n\n',
  );
});

longTest('where both branches edited an app, the merge tells neither of the edits, and what it changed itself', async () => {
  const workspace = await regions('typescript');
  workspace.git('checkout', '-q', '-b', 'side');
  workspace.write({ 'config/management-cluster/web.ts': workspace.read(app).replace('v1.18.2', 'v1.18.1') });
  edit(workspace, 'replicaCount: 3', 'replicaCount: 4', 'More replicas');
  workspace.git('checkout', '-q', 'main');
  edit(workspace, 'securePort: 10270', 'securePort: 10280', 'Another port');
  workspace.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
  const plain = workspace.fleet('history', '*').stdout;
  expect(plain).not.toContain('Merge side');
  expect(plain).toContain('replicaCount 3 → 4 at production (3 targets): override production');
  // What a merge changes itself it changes of what both have, or of what one of them brought.
  workspace.edit(app, (text) => text.replace("cpu: '100m'", "cpu: '200m'"));
  workspace.edit('config/management-cluster/web.ts', (text) => text.replace('v1.18.1', 'v1.18.0'));
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '--amend', '--no-edit');
  const { stdout } = workspace.fleet('history', '*');
  const [, told = ''] = /\n {2}Merge side\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  expect(told.split('\n')).toEqual([
    '    management-cluster/cert-manager',
    '      source.helm.valuesObject.resources.requests.cpu 100m → 200m at production (3 targets): override production',
    '    management-cluster/web',
    '      source.targetRevision v1.18.1 → v1.18.0 at stage/stage-sector-2: base',
  ]);
  expect(workspace.fleet('history', '*', 'web').stdout).toContain('Merge side');
});

longTest('dates and a limit tell how much is shown, and a shallow clone that it does not know more', async () => {
  const workspace = await regions('typescript');
  for (const count of [4, 5, 6]) edit(workspace, `replicaCount: ${count - 1}`, `replicaCount: ${count}`, `${count} replicas`);
  const limited = workspace.fleet('history', 'production', '--limit', '2').stdout;
  expect(limited).toContain('… and 2 older commits that touched it: `--limit 0` shows all.');
  expect(limited).not.toContain('4 replicas');
  expect(workspace.fleet('history', 'production', '--since', '2999-01-01').stdout).toBe(
    'No commit changed what is rendered at production, since 2999-01-01.\n',
  );
  expect(workspace.fleet('history', 'production', '--until', '2000-01-01').stdout).toBe(
    'No commit changed what is rendered at production, until 2000-01-01.\n',
  );
  const days = ['--since', '2998-01-01', '--until', '2999-01-01'] as const;
  expect(workspace.fleet('history', '*', 'cert-manager', ...days).stdout).toBe(
    'No commit changed management-cluster/cert-manager anywhere, since 2998-01-01, until 2999-01-01.\n',
  );
  expect(workspace.fleet('history', '*', '--since', '2000-01-01').stdout).toMatch(/^What changed everywhere, since 2000-01-01\n/);
  expect(workspace.fleet('history', 'production', '--since', '2000-01-01').stdout).toContain('4 replicas');
  expect(workspace.fleet('history', 'production', '--since', 'soon').stderr).toContain("'--since soon' is no date");
  expect(workspace.fleet('history', 'production', '--limit', 'x').status).toBe(1);
  const shallow = kept(clone(workspace, '--depth', '2'));
  const { stdout } = shallow.fleet('history', 'production');
  expect(stdout).toContain('6 replicas');
  expect(stdout).toContain('What was before is not known: the repository was cloned without its history');
});

test('there is one clear answer where nothing can be told', async () => {
  const workspace = await regions('typescript');
  expect(workspace.fleet('history', 'production', 'cert-manager', '--since', '2999-01-01').stdout).toBe(
    'No commit changed management-cluster/cert-manager at production, since 2999-01-01.\n',
  );
  expect(workspace.fleet('history', 'nowhere').stderr).toContain("there is no node or target 'nowhere'");
  expect(workspace.fleet('history', 'production', 'cert-manger').stderr).toContain("did you mean 'cert-manager'?");
  workspace.run('rm', ['-rf', '.git']);
  workspace.write({ '.gitignore': 'dist\n' }).git('init', '-q', '-b', 'main', '--template=');
  workspace.commit('Without output');
  for (const asked of [['*'], ['prod-canary', 'cert-manager']]) {
    const { status, stdout, stderr } = workspace.fleet('history', ...asked);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("Git is told to leave out 'dist', so no commit records what was rendered");
  }
  const { stdout } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'project');
  expect(stdout).toContain("Nothing is known of commits: Git is told to leave out 'dist', so no commit records what was rendered.");
  expect(stdout).not.toContain('not committed yet');
  workspace.run('rm', ['-rf', '.git']);
  expect(workspace.fleet('history', '*').stderr).toContain('no Git repository holds');
  workspace.git('init', '-q', '-b', 'main', '--template=');
  expect(workspace.fleet('history', '*').stderr).toContain('nothing was committed here yet');
});

test('members of hubs have a history', async () => {
  const workspace = hub();
  workspace.edit('config/addons/cert-manager.ts', (text) => text.replace('crds: { enabled: true }', 'crds: { enabled: false }'));
  workspace.fleet('synth');
  workspace.commit('No crds');
  const { stdout } = workspace.fleet('history', 'tenant1', 'cert-manager');
  expect(masked(stdout)).toMatch(/ {2}No crds\n.*values\.crds\.enabled true → false at tenant1 \(3 clusters\): base\n/);
});

describe('of hubs and spokes', () => {
  function committed(workspace: RolloutWorkspace, message: string): RolloutWorkspace {
    const { status, stderr } = workspace.fleet('synth');
    if (status !== 0) throw new Error(stderr);
    return workspace.commit(message);
  }

  longTest('what is not there any more has a history, clusters and components, each as one', () => {
    const workspace = hub();
    workspace.git('rm', '-q', 'config/spokes/tenant2-prod-workload2.ts');
    committed(workspace, 'Retire a spoke');
    workspace.git('rm', '-q', 'config/addons/external-dns.ts');
    workspace.edit('config/addons/releases.ts', (text) => text.replace(/ *'external-dns'.*\n/g, ''));
    committed(workspace, 'Drop a component');
    const cluster = '3 components of addons, 1 component of monitoring, 1 component of resources';
    for (const name of ['tenant2-prod-workload2', 'tenant2/prod/tenant2-prod-workload2']) {
      expect(masked(workspace.fleet('history', name).stdout)).toBe(`What changed at tenant2/prod/tenant2-prod-workload2

HASH DATE Test
  Retire a spoke
  - 1 cluster with ${cluster} removed at tenant2/prod/tenant2-prod-workload2

HASH DATE Test
  Start
  + 1 cluster with ${cluster} added at tenant2/prod/tenant2-prod-workload2

1 more commit changed nothing that is deployed, and is left out.
`);
    }
    expect(workspace.fleet('history', 'tenant2-prod-workload3').stderr).toContain("there is no node or target 'tenant2-prod-workload3'");
    expect(masked(workspace.fleet('history', 'tenant1-dev-workload1', 'external-dns').stdout)).toContain(
      '  Drop a component\n  - addons/external-dns, deployed by hub-1 removed at tenant1/dev/tenant1-dev-workload1: no more enabled by override tenant1\n',
    );
    // To a component, a cluster that goes is one place less, whatever else ran there.
    expect(masked(workspace.fleet('history', 'tenant2', 'cert-manager').stdout)).toMatch(
      / {2}Retire a spoke\n {2}- addons\/cert-manager, deployed by hub-1 removed at tenant2\/prod\/tenant2-prod-workload2\n\n/,
    );
    expect(workspace.fleet('history', 'tenant2', 'namespaces').stdout).not.toContain('addons');
  });

  longTest('a merge stands by itself only where it changed something that none of its branches has', () => {
    const workspace = hub();
    const change = (file: string, from: string, to: string) => workspace.edit(`config/addons/${file}.ts`, (text) => text.replace(from, to));
    workspace.git('checkout', '-q', '-b', 'side');
    change('cert-manager', "namespace: 'cert-manager'", "namespace: 'certs'");
    change('metrics-server', 'values: { replicas: 1 }', 'values: { replicas: 3 }');
    committed(workspace, 'Another namespace');
    workspace.git('checkout', '-q', 'main');
    change('releases', "'v1.18.2'", "'v1.18.3'");
    committed(workspace, 'Another version');
    workspace.git('merge', '-q', '--no-ff', '--no-commit', 'side');
    committed(workspace, 'Merge side');
    expect(workspace.git('log', '-1', '--format=%P').trim().split(' ')).toHaveLength(2);
    expect(workspace.fleet('history', '*').stdout.match(/^ {2}(Another .*|Merge .*|Start)$/gm)).toEqual(
      expect.arrayContaining(['  Another version', '  Another namespace', '  Start']),
    );
    expect(workspace.fleet('history', '*').stdout).not.toMatch(/^ {2}Merge side$/m);
    workspace.git('reset', '-q', '--hard', 'HEAD^1');
    workspace.git('merge', '-q', '--no-ff', '--no-commit', 'side');
    change('cert-manager', "namespace: 'certs'", "namespace: 'both'");
    committed(workspace, 'Merge side');
    const { stdout } = workspace.fleet('history', 'hub-1');
    expect(masked(stdout)).toContain(`HASH DATE Test
  Merge side
    addons/cert-manager, deployed by hub-1
      destination.namespace cert-manager → both at platform: base

`);
  });

  longTest('a rename of the output is told', () => {
    const workspace = hub();
    workspace.edit('config/fleet.ts', (text) => text.replace(/path: '.*'/, "path: 'deploy'"));
    workspace.git('mv', 'examples/hub-spoke/dist', 'deploy');
    committed(workspace, 'Rename the output');
    expect(workspace.fleet('history', '*').stdout).toContain('  Rename the output\n  renamed  examples/hub-spoke/dist → deploy\n');
  });
});

longTest('lines end where the terminal does, and obey nobody', async () => {
  const workspace = await regions('typescript');
  workspace.edit(app, (text) => text.replace('replicaCount: 3', "replicaCount: 4, note: 'a\\u001b[2Jb'"));
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.run('git', [
    '-c',
    'user.name=E\u001b[31mvil',
    '-c',
    'user.email=e@x',
    'commit',
    '-q',
    '-m',
    `${'A long subject that goes on '.repeat(5)}\u001b]0;owned\u0007`,
  ]);
  const config = join(workspace.path, 'config');
  const cwd = process.cwd();
  process.chdir(workspace.path);
  try {
    for (const columns of [80, 160]) {
      const text = onTerminal(columns, () => historyText(readHistory({ config, fleet: fleetFromConfig(readConfig(config)) }, { path: '*' }), { limit: 20 }));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are the tool's own
      const plain = text.replace(/\u001b\[\d+m/g, '');
      expect(plain).not.toContain('\u001b');
      for (const line of plain.split('\n')) if (line.length > columns) expect(line.trim()).not.toContain(' ');
    }
  } finally {
    process.chdir(cwd);
  }
});

function masked(text: string): string {
  return text
    .replace(/\b[0-9a-f]{7}\b(?= \d{4}-)/g, 'HASH')
    .replace(/\b[0-9a-f]{7}\b/g, 'HASH')
    .replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g, 'DATE')
    .replace(/\d{4}-\d{2}-\d{2}/g, 'DAY');
}
