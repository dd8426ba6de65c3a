import { longTest } from '../../long-test';
import { formsOr } from '../../workspaces/rollout-workspace';
import { clone, hub, kept, regions, removeAll } from './workspaces';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

afterAll(removeAll);

describe.each(formsOr('yaml'))('a fleet in %s', (form) => {
  test('each value tells its layer, what it hid, and the commit that made it so there', async () => {
    const workspace = await regions(form);
    await workspace.promote('--approve', 'production', '--approve', 'production/prod-canary');
    workspace.commit('Enter stage');
    await workspace.promote('--approve', 'production', '--approve', 'production/prod-canary');
    workspace.commit('Enter the canary');
    const { stdout, status } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'targetRevision');
    expect(status).toBe(0);
    expect(masked(stdout)).toContain('management-cluster/cert-manager at production/prod-canary/us-east1');
    expect(masked(stdout)).toMatch(
      /source\.targetRevision: v1\.19\.0\n {2}set by {2}patch-001 production\/prod-canary \(config\/.*:\d+\)\n {2}hides {3}v1\.17\.0, of override production \(config\/.*:\d+\)\n {2}hides {3}v1\.18\.2, of base \(config\/.*:\d+\)\n {2}since {3}HASH DATE Test: Enter the canary/,
    );
    // In YAML a patch has a file wherever it sits: the one there says it.
    const file = form === 'yaml' ? 'config/management-cluster/cert-manager/production/prod-canary/patch-001.yaml' : 'config/management-cluster/cert-manager.ts';
    expect(stdout).toContain(`patch-001 production/prod-canary (${file}:`);
    expect(workspace.fleet('diff', 'HEAD~1').stdout).toContain(`patch-001 production/prod-canary (${file}:`);
    const other = workspace.fleet('explain', 'production/prod-sector-1/us-east1', 'cert-manager', 'source.targetRevision');
    expect(masked(other.stdout)).toContain('since   HASH DATE Test: Start');
  });

  test('what is not committed is said so, and --at asks a commit', async () => {
    const workspace = await regions(form);
    await workspace.promote('--approve', 'production', '--approve', 'production/prod-canary');
    expect(workspace.fleet('explain', 'stage-sector-2', 'cert-manager', 'targetRevision').stdout).toContain('since   not committed yet');
    expect(masked(workspace.fleet('explain', 'stage-sektor-2', 'cert-manager', '--at', 'HEAD').stderr)).toContain(
      "no node or target 'stage-sektor-2' in HEAD (",
    );
    const then = workspace.fleet('explain', 'stage-sector-2', 'cert-manager', 'targetRevision', '--at', 'HEAD');
    expect(masked(then.stdout)).toContain('source.targetRevision: v1.18.2\n  set by  base\n  since   HASH DATE Test: Start');
    workspace.commit('Enter stage');
    const last = JSON.parse(workspace.fleet('explain', 'stage-sector-2', 'cert-manager', 'targetRevision', '--json', '--at', 'HEAD').stdout);
    expect(last.fields).toEqual([
      expect.objectContaining({
        field: 'source.targetRevision',
        value: 'v1.19.0',
        layer: 'patch-001 stage',
        since: { kind: 'commit', commit: expect.objectContaining({ subject: 'Enter stage' }) },
      }),
    ]);
  });
});

test('fields are named whole, in part, from their end, or by a pattern', async () => {
  const workspace = await regions('typescript');
  const fields = (...asked: string[]) => {
    const { stdout } = workspace.fleet('explain', 'prod-canary', 'cert-manager', ...asked, '--json');
    return JSON.parse(stdout).fields?.map(({ field }: { field: string }) => field);
  };
  expect(fields('source.targetRevision')).toEqual(['source.targetRevision']);
  expect(fields('source.helm.valuesObject.resources')).toHaveLength(2);
  expect(fields('requests')).toHaveLength(2);
  expect(fields('*.replicaCount')).toEqual(['source.helm.valuesObject.replicaCount']);
  expect(fields('s*.c*')).toContain('source.chart');
  expect(fields('**').length).toBe(fields().length);
  const { stderr, status } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'source.targetRevison');
  expect(status).toBe(1);
  expect(stderr).toContain("did you mean 'source.targetRevision'?");
});

test('names that mean several things, or none, are asked back', async () => {
  const workspace = await regions('typescript');
  const refused = (...asked: string[]) => workspace.fleet('explain', ...asked).stderr;
  expect(refused('us-central1', 'cert-manager')).toContain('it could be integration/int-sector-1/us-central1 or integration/int-sector-2/us-central1');
  expect(refused('production', 'cert-manager')).toContain("name one of them, such as 'production/prod-canary/us-east1'");
  expect(refused('prod-canry', 'cert-manager')).toContain('there is no node or target');
  expect(refused('prod-canary', 'cert-manger')).toContain("did you mean 'cert-manager'?");
  expect(refused('prod-canary', 'infra-cluster/cert-manager')).toContain("there is no app 'cert-manager' in infra-cluster");
  expect(workspace.fleet('explain', 'prod-canary', 'management-cluster/cert-manager', 'project').status).toBe(0);
});

test('what was unset is told, and a value in Helm values that travel as text', async () => {
  const workspace = await regions('typescript');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) =>
    text.replace('replicaCount: 3,', 'replicaCount: unset, webhook: { securePort: null },').replace('import ', "import { unset } from 'cdk8s-fleet';\nimport "),
  );
  expect(workspace.fleet('synth').stderr).toBe('');
  workspace.commit('Unset replicas');
  const { stdout } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'valuesObject');
  expect(masked(stdout)).toMatch(/securePort: null\n.*override production.*\n {2}hides {3}10260, of base.*\n {2}since {3}HASH DATE Test: Unset replicas/);
  expect(masked(stdout)).toMatch(/crds\.enabled: true\n.*\n {2}since {3}HASH DATE Test: Start/);
});

test('roots say what they inject of what others use', async () => {
  const workspace = await regions('typescript');
  const { stdout } = workspace.fleet('explain', 'prod-canary', 'management-cluster-root', '**');
  expect(stdout).toContain('projectId');
  expect(stdout).not.toContain('not committed yet');
});

test('without a repository, and without a commit, the layers are told', async () => {
  const workspace = await regions('typescript');
  const { rmSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
  rmSync(`${workspace.path}/.git`, { recursive: true });
  const alone = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'project');
  expect(alone.stdout).toContain('Nothing is known of commits: no Git repository holds');
  expect(alone.stdout).toContain('set by  defaults');
  workspace.git('init', '-q', '-b', 'main', '--template=');
  expect(workspace.fleet('explain', 'prod-canary', 'cert-manager', 'project').stdout).toContain('Nothing is known of commits: nothing was committed here yet');
});

longTest('a clone without its history says that it knows no better', async () => {
  const workspace = await regions('typescript');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('replicaCount: 3', 'replicaCount: 4'));
  workspace.fleet('synth');
  workspace.commit('More replicas');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("cpu: '100m'", "cpu: '200m'"));
  workspace.fleet('synth');
  workspace.commit('More cpu');
  const shallow = kept(clone(workspace, '--depth', '2'));
  const { stdout } = shallow.fleet('explain', 'prod-canary', 'cert-manager', 'valuesObject');
  expect(masked(stdout)).toMatch(/replicaCount: 4\n.*\n {2}since {3}at or before HASH DATE Test: More replicas \(older commits were left out of the clone\)/);
  expect(masked(stdout)).toMatch(/cpu: 200m\n.*\n {2}since {3}HASH DATE Test: More cpu/);
});

longTest('the value that a merge took from a branch came by the commit of the branch', async () => {
  const workspace = await regions('typescript');
  const edit = (from: string, to: string, message: string) => {
    workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(from, to));
    workspace.fleet('synth');
    workspace.commit(message);
  };
  workspace.git('checkout', '-q', '-b', 'side');
  edit('replicaCount: 3', 'replicaCount: 4', 'More replicas');
  workspace.git('checkout', '-q', 'main');
  edit('securePort: 10260', 'securePort: 10261', 'Another port');
  workspace.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '--amend', '--no-edit');
  const { stdout } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'valuesObject');
  expect(masked(stdout)).toMatch(/replicaCount: 4\n.*\n {2}since {3}HASH DATE Test: More replicas/);
  expect(masked(stdout)).toMatch(/securePort: 10261\n.*\n {2}since {3}HASH DATE Test: Another port/);
});

test('a member of a fleet of hubs gets what its component and the release of its group say', async () => {
  const workspace = hub();
  const { stdout, status } = workspace.fleet('explain', 'tenant1-dev-workload1', 'cert-manager');
  expect(status).toBe(0);
  expect(masked(stdout)).toMatch(
    /values\.crds\.enabled: true\n {2}set by {2}base \(config\/addons\/cert-manager\.ts:\d+\)\n {2}since {3}HASH DATE Test: Start/,
  );
  expect(masked(stdout)).toMatch(/release: \w+\n {2}set by .*config\/addons\/releases\.ts:\d+\)\n/);
});

longTest('what a component or the defaults of its group say stands there, whatever release it comes with', () => {
  const workspace = hub();
  workspace.edit('config/monitoring/kube-prometheus-stack.ts', (text) =>
    text.replace("namespace: 'monitoring'", "namespace: 'monitoring',\n  project: 'platform'"),
  );
  const saidOf = (target: string, app: string, ...more: readonly string[]) => {
    const { fields } = JSON.parse(workspace.fleet('explain', target, app, '--json', ...more).stdout) as Record<string, readonly Record<string, string>[]>;
    return new Map(fields?.map(({ field = '', layer, file, line }) => [field, `${layer} ${file === undefined ? '' : `${file}:${line}`}`.trim()]));
  };
  const lineOf = (file: string, text: string) =>
    `${file}:${
      workspace
        .read(file)
        .split('\n')
        .findIndex((line) => line.includes(text)) + 1
    }`;
  const own = 'config/addons/cert-manager.ts';
  const patched = `patch-001 tenant1/dev ${lineOf('config/addons/releases.ts', 'change: {')}`;
  expect(Object.fromEntries(saidOf('tenant1-dev-workload1', 'cert-manager'))).toMatchObject({
    version: patched,
    release: patched,
    'ignoreDifferences.0.kind': patched,
    'destination.namespace': `base ${lineOf(own, 'namespace:')}`,
    'sources.0.repoURL': `base ${lineOf(own, 'repoURL:')}`,
    'sources.0.chart': `base ${lineOf(own, 'chart:')}`,
    'syncPolicy.automated.prune': 'generated',
    'destination.name': 'generated',
    'sources.1.ref': 'generated',
    project: 'generated',
  });
  expect(saidOf('hub-1', 'argo-cd').get('version')).toBe(`base ${lineOf('config/bootstrap/argo-cd.ts', 'version:')}`);
  expect(saidOf('hub-1', 'argo-cd').get('syncPolicy.syncOptions')).toBe(`defaults ${lineOf('config/bootstrap/defaults.ts', 'syncPolicy:')}`);
  const stack = 'config/monitoring/kube-prometheus-stack.ts';
  expect(saidOf('hub-1', 'kube-prometheus-stack').get('project')).toBe(`base ${lineOf(stack, 'project:')}`);
  // A commit knows of the patch as well.
  expect(saidOf('tenant1-dev-workload1', 'cert-manager', 'version', '--at', 'HEAD').get('version')).toBe('patch-001 tenant1/dev');
  workspace.edit(stack, (text) => text.replace("version: '79.5.0'", "version: '79.6.0'"));
  expect(workspace.fleet('diff', '--app', 'kube-prometheus-stack').stdout).toContain(`why  base (${lineOf(stack, 'version:')})`);
});

test('names that a terminal would obey are written out, and nothing is coloured in a pipe', async () => {
  const workspace = await regions('typescript');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('replicaCount: 3', 'replicaCount: 4'));
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.run('git', ['-c', 'user.name=E\u001b[31mvil', '-c', 'user.email=e@x', 'commit', '-q', '-m', 'Sub\u001b]0;owned\u0007ject']);
  const { stdout } = workspace.fleet('explain', 'prod-canary', 'cert-manager', 'replicaCount');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('E\\u001b[31mvil: Sub\\u001b]0;owned\\u0007ject');
});

function masked(text: string): string {
  return text.replace(/\b[0-9a-f]{7}\b (?=\d{4}-)/g, 'HASH ').replace(/\d{4}-\d{2}-\d{2}/g, 'DATE');
}
