import { longTest } from '../../long-test';
import { differences, type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { json, refusals, retired, type Steps } from './retiring';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const known = removedAfterwards();

async function example(form: Form): Promise<RolloutWorkspace> {
  const workspace = await startedWorkspace(form);
  known(workspace);
  return workspace;
}

async function hubs(): Promise<HubWorkspace> {
  const workspace = await startedHub();
  known(workspace);
  return workspace;
}

describe.each(formsOr('typescript'))('fleet retire in a fleet in %s', (form) => {
  longTest('an app goes node by node, and is forgotten when it is deployed nowhere; every commit passes', async () => {
    const workspace = await example(form);
    expect(await retired(workspace, 'prometheus')).toEqual([
      'Switch prometheus off at integration/int-sector-1 (2 targets)',
      'Switch prometheus off at integration/int-sector-2 (1 target)',
      'Switch prometheus off at stage/stage-sector-1 (2 targets)',
      'Switch prometheus off at stage/stage-sector-2 (1 target)',
      'Switch prometheus off at production/prod-canary (1 target)',
      'Switch prometheus off at production/prod-sector-1 (2 targets)',
      'Take prometheus out of the configuration',
    ]);
    expect(Object.keys(workspace.config()).filter((path) => path.includes('prometheus'))).toEqual([]);
    expect(Object.keys(workspace.rendered()).filter((path) => path.includes('prometheus'))).toEqual([]);
    const { status, stderr } = await workspace.serve('retire', 'prometheus');
    expect([status, stderr]).toEqual([1, expect.stringContaining("there is no app, node or target 'prometheus'")]);
  });

  longTest('a target goes: switched off, then forgotten with all that names it; no other target changes', async () => {
    const workspace = await example(form);
    const before = workspace.rendered();
    const path = 'production/prod-sector-1/us-east1';
    expect(await retired(workspace, path)).toEqual([`Switch off what is deployed at ${path} (4 apps, 1 target)`, `Take ${path} out of the fleet`]);
    const after = workspace.rendered();
    expect(Object.keys(after).filter((file) => file.includes(path))).toEqual([]);
    for (const [file, text] of Object.entries(before)) if (!file.includes(path)) expect([file, after[file]]).toEqual([file, text]);
    const config = Object.entries(workspace.config());
    expect(config.filter(([file, text]) => `${file}${text}`.includes(path)).map(([file]) => file)).toEqual([]);
    expect((await workspace.serve('check')).status).toBe(0);
  });

  longTest('a sector with patches goes; the rest of the patch stays where it is', async () => {
    const workspace = await example(form);
    await retired(workspace, 'stage-sector-1');
    expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
    expect((await workspace.serve('check')).status).toBe(0);
  });

  longTest('where a node holds nothing else, it goes with its only region', async () => {
    const workspace = await example(form);
    expect(await retired(workspace, 'ap-east1')).toEqual([
      'Switch off what is deployed at stage/stage-sector-2/ap-east1 (4 apps, 1 target)',
      'Take stage/stage-sector-2 out of the fleet: nothing else is in it but stage/stage-sector-2/ap-east1',
    ]);
  });
});

describe('what is printed', () => {
  test('the steps of an app with what to wait for; what was begun goes on with promote, and nothing is written', async () => {
    const workspace = await example('typescript');
    const { stdout } = await workspace.serve('retire', 'management-cluster', 'prometheus', '--no-synth');
    expect(stdout).toContain(`prometheus of management-cluster: deployed at 9 of 9 targets

 1. Switch prometheus off at integration/int-sector-1 (2 targets): this one
    run       npx fleet retire management-cluster prometheus
    effect    Argo CD removes its Application, and by the finalizer all that it deployed
    wait for  kubectl -n argocd get application prometheus  # on every Argo CD of integration/int-sector-1
              to show: not found
`);
    expect(stdout).toContain('run       npx fleet promote management-cluster prometheus patch-001 --approve stage\n');
    expect(stdout).toContain('gate      stage: the message of the commit says that somebody approved it\n');
    expect(stdout).toContain(' 7. Take prometheus out of the configuration: later\n');
    const before = workspace.snapshot('.');
    const again = await workspace.serve('retire', 'management-cluster/prometheus');
    expect(again.stdout).toContain(' 1. Begin to switch prometheus off, by patch-001: done\n');
    expect(again.stdout).toContain('Nothing was written. The next step:\n  npx fleet promote management-cluster prometheus patch-001\n');
    expect(workspace.snapshot('.')).toEqual(before);
  });

  test('of a node what Argo CD does not do by itself; without the approvals of its gates nothing is written', async () => {
    const workspace = await example('typescript');
    const before = workspace.snapshot('.');
    const { status, stdout } = await workspace.serve('retire', 'production/prod-sector-1/us-east1');
    expect(status).toBe(3);
    expect(stdout).toContain("Of management-cluster nothing is left: Argo CD does not empty a target by itself, so sync its root's Application by hand");
    expect(stdout).toContain('run       kubectl -n argocd delete applicationsets infra-cluster-root management-cluster-root  # on every Argo CD of production');
    expect(stdout).toContain('To approve:\n  npx fleet retire production/prod-sector-1/us-east1 --approve production --approve production/prod-sector-1\n');
    const { waitsFor } = json<Steps>(await workspace.serve('retire', 'production/prod-sector-1/us-east1', '--json'));
    expect(waitsFor).toEqual(['production', 'production/prod-sector-1']);
    expect(workspace.snapshot('.')).toEqual(before);
  });

  longTest('--dry-run writes nothing', async () => {
    const workspace = await example('yaml');
    const before = workspace.snapshot('.');
    expect((await workspace.serve('retire', 'prometheus', '--dry-run')).stdout).toContain('templates/prometheus.yaml');
    expect((await workspace.serve('retire', 'integration', '--dry-run')).stdout).toContain('templates/prometheus.yaml');
    expect(workspace.snapshot('.')).toEqual(before);
  });

  test.each([
    [['us-east1'], "there is no app, node or target 'us-east1'", 'it could be stage/stage-sector-1/us-east1 or'],
    [['promtheus'], "there is no app, node or target 'promtheus'", "did you mean 'prometheus'?"],
    [['management-cluster', 'x'], "there is no app 'x' in management-cluster", 'known apps'],
  ])('%j is one error, and nothing is written', async (names, message, hint) => {
    const workspace = await example('typescript');
    const before = workspace.snapshot('.');
    const { status, stderr } = await workspace.serve('retire', ...names);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).toContain(hint);
    expect(workspace.snapshot('.')).toEqual(before);
  });

  test('what a deeper layer keeps on, and what is frozen, cannot go', async () => {
    const workspace = await example('typescript');
    workspace.edit('config/management-cluster/prometheus.ts', (text) =>
      text.replace('overrides: {', "overrides: {\n    'stage/stage-sector-2/ap-east1': { enabled: true },"),
    );
    const kept = await workspace.serve('retire', 'stage', '--approve', 'stage');
    expect([kept.status, kept.stderr]).toEqual([1, expect.stringContaining('prometheus of management-cluster would stay at stage/stage-sector-2/ap-east1')]);
    expect(kept.stderr).toContain('found    `enabled` of override stage/stage-sector-2/ap-east1');
    await workspace.serve('freeze', 'stage', '--reason', 'holidays');
    const frozen = await workspace.serve('retire', 'stage-sector-1', '--approve', 'stage');
    expect([frozen.status, frozen.stderr]).toEqual([1, expect.stringContaining('nothing of stage/stage-sector-1 can go: stage is frozen: holidays')]);
  });
});

describe('an app of a file of several', () => {
  longTest.each(formsOr('typescript'))('goes without the others, in %s', async (form) => {
    const workspace = await example(form);
    if (form === 'typescript') {
      const app = (name: string) =>
        `${name}: { project: 'default', source: { repoURL: 'https://charts.example.com', chart: '${name}', targetRevision: '1.0.0' }, destination: { namespace: 'x' } },`;
      workspace.write({
        'config/management-cluster/pair.ts': `import type { FleetAppConfig } from 'cdk8s-fleet';\n\nexport default {\n  apps: {\n    ${app('one')}\n    ${app('two')}\n  },\n  overrides: { stage: { one: { project: 'a' } }, production: { one: { project: 'b' }, two: { project: 'c' } } },\n} satisfies FleetAppConfig;\n`,
      });
    } else {
      const app = (name: string) =>
        `  ${name}:\n    source: { repoURL: 'https://charts.example.com', chart: ${name}, targetRevision: '1.0.0' }\n    destination: { namespace: x }\n`;
      workspace.write({
        'config/management-cluster/pair/values.yaml': `applications:\n${app('one')}${app('two')}`,
        'config/management-cluster/pair/stage/override.yaml': 'applications:\n  one: { project: a }\n',
        'config/management-cluster/pair/production/override.yaml': 'applications:\n  # The one\n  one: { project: b }\n  two: { project: c }\n',
      });
    }
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.commit('Add a pair');
    await retired(workspace, 'one');
    const config = workspace.config();
    const own = Object.entries(config).filter(([path]) => path.includes('pair'));
    expect(own.filter(([, text]) => /\bone\b/i.test(text))).toEqual([]);
    expect(own.some(([, text]) => text.includes('two'))).toBe(true);
    expect(Object.keys(workspace.rendered()).filter((path) => path.endsWith('/two.yaml'))).toHaveLength(9);
  });
});

longTest('an app keeps its Application where its folder gets another name', async () => {
  const workspace = await example('yaml');
  workspace.git('mv', 'config/management-cluster/prometheus', 'config/management-cluster/metrics');
  workspace.edit('config/management-cluster/metrics/metadata.yaml', (text) => text.replace('name: prometheus', 'name: metrics'));
  const before = workspace.rendered();
  await workspace.serve('synth');
  expect(workspace.rendered()).toEqual(before);
  workspace.commit('Call the folder otherwise');
  expect(await refusals(workspace)).toEqual([]);
});

describe('hubs and spokes', () => {
  longTest('a component goes node by node, then from its releases; every commit passes', async () => {
    const workspace = await hubs();
    const { stdout } = await workspace.serve('retire', 'cert-manager', '--dry-run');
    expect(stdout).toContain('by hand  override platform/prod/hub-1 keeps it at platform/prod/hub-1: take `enabled` out of it first\n');
    workspace.edit('config/hubs/hub-1.ts', (text) => text.replace(/\n.*cert-manager.*enabled: true.*/, ''));
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.git('commit', '-q', '-a', '-m', 'Take it out of the hub');
    const made = await retired(workspace, 'cert-manager');
    expect(made).toEqual([
      'Switch cert-manager off at tenant1/dev (2 targets)',
      'Switch cert-manager off at tenant1/prod (1 target)',
      'Switch cert-manager off at tenant2/dev (1 target)',
      'Switch cert-manager off at tenant2/prod (2 targets)',
      'Take cert-manager out of the configuration',
    ]);
    expect(workspace.read('config/addons/releases.ts')).not.toContain("'cert-manager'");
    expect((await workspace.serve('check')).status).toBe(0);
  });

  test('of a spoke all is by hand', async () => {
    const workspace = await hubs();
    const before = workspace.rendered();
    const { stdout } = await workspace.serve('retire', 'tenant1-dev-workload1');
    expect(stdout).toContain(' 1. Take tenant1-dev-workload1 out of the fleet\n');
    expect(differences(before, workspace.rendered())).toEqual([]);
    workspace.git('rm', '-q', 'config/spokes/tenant1-dev-workload1.ts');
    await workspace.serve('synth');
    const { status, stderr } = await workspace.serve('check', '--since', 'HEAD');
    expect(status).toBe(1);
    expect(stderr).toContain('tenant1/dev/tenant1-dev-workload1 of addons leaves with 4 apps\n');
    expect(stderr).toContain('found    the hub forgets the cluster and its Applications: what runs there keeps running, and nobody manages it');
    expect(stderr).toContain('hint     `npx fleet retire tenant1-dev-workload1` says what to wait for before and after; then allow it');
  });
});
