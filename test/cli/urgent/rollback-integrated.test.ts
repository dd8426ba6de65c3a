import { longTest } from '../../long-test';
import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { changedTargets, type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Run } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const known = removedAfterwards();

const approve = ['production', 'production/prod-sector-1'].flatMap((path) => ['--approve', path]);

/** The example with patch-001 in the base, committed. @param change of the configuration before that */
async function integrated(form: Form, change?: (workspace: RolloutWorkspace) => void): Promise<RolloutWorkspace> {
  const workspace = await startedWorkspace(form);
  known(workspace);
  if (change) {
    change(workspace);
    await workspace.serve('synth');
    workspace.commit('A change');
  }
  await workspace.promote('--all', ...approve);
  workspace.commit('Everywhere');
  const { status, stderr } = await workspace.promote();
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('Make it the base');
}

function json({ stdout, stderr }: Run): object {
  expect(stderr).toBe('');
  return JSON.parse(stdout) as object;
}

const values = (form: Form) => `config/management-cluster/cert-manager${form === 'yaml' ? '/values.yaml' : '.ts'}`;
const shown = (form: Form, text: string) => (form === 'yaml' ? text : `'${text}'`);

describe.each(formsOr('typescript'))('fleet rollback of a patch that is in the base, of a fleet in %s', (form) => {
  test('writes a patch with what the base said before, at the first node', async () => {
    const workspace = await integrated(form);
    const hash = workspace.git('rev-parse', 'HEAD').slice(0, 12);
    const before = workspace.rendered();
    const config = workspace.config();
    const dry = await workspace.rollback('--dry-run');
    expect(dry.stdout).toContain('--- a/dist/management-cluster/integration/int-sector-1/us-central1/templates/cert-manager.yaml\n');
    expect(workspace.config()).toEqual(config);
    const { status, stdout, stderr } = await workspace.rollback();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // patch-002 is in flight: what is called patch-001-back would be older.
    expect(stdout).toMatch(/^patch-003 of cert-manager in management-cluster: takes patch-001 back\n {2}from {5}the base, which has patch-001 since commit /);
    expect(stdout).toContain(
      [
        `${hash}, of ${new Date().toISOString().slice(0, 10)}`,
        '  starts   at integration/int-sector-1 (2 targets)',
        `  back to  source.targetRevision: ${shown(form, 'v1.18.2')}`,
        `  warning  source.targetRevision was ${shown(form, 'v1.17.0')} at production before, by an override: \`fleet rollback management-cluster cert-manager patch-001 --at production\` says that there\n`,
      ].join('\n'),
    );
    expect(stdout).toMatch(
      /git commit -m 'management-cluster\/cert-manager: start patch-003 at integration\/int-sector-1, which takes patch-001 back\n\nFleet-Allows: downgrade management-cluster\/cert-manager integration\/int-sector-1 [0-9a-f]{16}'/,
    );
    expect(changedTargets(before, workspace.rendered())).toEqual(
      ['europe-west1', 'us-central1'].map((name) => `management-cluster/integration/int-sector-1/${name}`),
    );
    expect(workspace.pathsOf('patch-003')).toEqual(['integration/int-sector-1']);
    expect(json(await workspace.serve('status', '--json'))).toMatchObject({ patches: [{}, { patch: 'patch-003', description: 'Takes patch-001 back' }] });
  });

  longTest('goes straight to a node with --at, with what stood there, through its gates and as a hotfix', async () => {
    const workspace = await integrated(form);
    const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
    const waiting = await workspace.rollback('--at', 'production/prod-canary');
    expect([waiting.status, waiting.stderr]).toEqual([3, '']);
    expect(waiting.stdout).toContain('It waits for somebody to approve production. Nothing was written. To approve, add:\n  --approve production\n');
    expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);
    const rendered = workspace.rendered();
    const { status, stdout } = await workspace.rollback('--at', 'production/prod-canary', '--approve', 'production');
    expect(status).toBe(0);
    expect(stdout).toContain(`  back to     source.targetRevision: ${shown(form, 'v1.17.0')}\n`);
    expect(stdout).toContain('(6 targets): `fleet promote management-cluster cert-manager patch-003 --fill` enters what was left out first\n');
    expect(stdout).toMatch(
      /\n\nFleet-Approved: production management-cluster\/cert-manager ([0-9a-f]{16})\nFleet-Hotfix: \S+ production\/prod-canary \1\nFleet-Allows: downgrade \S+ production\/prod-canary \1'\n/,
    );
    expect(changedTargets(rendered, workspace.rendered())).toEqual(['management-cluster/production/prod-canary/us-east1']);
    const text = workspace.rendered()['management-cluster/production/prod-canary/us-east1/templates/cert-manager.yaml'];
    expect(text).toContain('targetRevision: v1.17.0');
    const fill = ['promote', 'management-cluster', 'cert-manager', 'patch-003', '--fill', '--json'];
    // Elsewhere the version goes back as well, which is said of each step.
    expect(await workspace.serve(...fill)).toMatchObject({ status: 1, stdout: expect.stringContaining('`--downgrade`') });
    expect(json(await workspace.serve(...fill, '--downgrade'))).toMatchObject({ path: 'integration/int-sector-1' });
  });

  longTest('leaves what says something else since, and is refused where nothing is left', async () => {
    const workspace = await integrated(form);
    workspace.edit(values(form), (text) => text.replace('v1.19.0', 'v1.20.0'));
    await workspace.serve('synth');
    const before = workspace.config();
    const { status, stdout, stderr } = await workspace.rollback();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("'patch-001' of cert-manager in management-cluster cannot be taken out of the base: nothing of it is left to take back");
    expect(stderr).toContain(`found    source.targetRevision says ${shown(form, 'v1.20.0')} since`);
    expect(stderr).toContain('hint     write what it shall be as a patch: `fleet new patch … --set`');
    expect(workspace.config()).toEqual(before);
  });

  longTest('takes no flag of one in flight, nor a frozen node, nor a node that is none', async () => {
    const workspace = await integrated(form);
    const before = workspace.config();
    for (const flags of [['--to', 'integration'], ['--everywhere'], ['--level', 'region']]) {
      const { status, stderr } = await workspace.rollback(...flags);
      expect([status, stderr]).toEqual([1, expect.stringContaining('is in the base, at every target: --to, --everywhere and --level are for one in flight')]);
    }
    expect((await workspace.rollback('--at', 'prodution')).stderr).toContain("there is no dimension path 'prodution'");
    expect(workspace.config()).toEqual(before);
    await workspace.serve('freeze', 'integration', '--reason', 'moving', '--commit');
    expect(await workspace.rollback()).toMatchObject({ status: 1, stderr: expect.stringContaining('integration is frozen: moving') });
  });

  longTest('of one that is not committed yet says how to undo it', async () => {
    const workspace = await integrated(form);
    workspace.git('reset', '-q', '--soft', 'HEAD~1');
    expect((await workspace.rollback()).stderr).toContain('it went into the base, which is not committed yet');
  });
});

describe('of a fleet in typescript', () => {
  const file = 'config/management-cluster/cert-manager.ts';

  longTest('what was not set before is unset, and the file gets the word for it', async () => {
    const workspace = await integrated('typescript', (one) => {
      one.edit(file, (text) =>
        text.replace(
          "change: { source: { targetRevision: 'v1.19.0' } }",
          "change: { source: { targetRevision: 'v1.19.0', helm: { valuesObject: { a: 1 } } } }",
        ),
      );
    });
    const { status, stdout, stderr } = await workspace.rollback();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('  back to  source.helm.valuesObject.a: not set\n');
    const text = workspace.read(file);
    expect(text).toContain("import type { FleetAppConfig } from 'cdk8s-fleet';\nimport { unset } from 'cdk8s-fleet';\n");
    expect(text).toContain("change: { source: { targetRevision: 'v1.18.2', helm: { valuesObject: { a: unset } } } },");
    expect(workspace.rendered()['management-cluster/integration/int-sector-1/us-central1/templates/cert-manager.yaml']).not.toContain('a: 1');
  });

  longTest('is in the base of regions, too, that came since', async () => {
    const workspace = await integrated('typescript');
    await workspace.serve('new', 'region', 'stage/stage-sector-2/eu-north1', '--approve', 'stage');
    workspace.commit('A region');
    expect(await workspace.rollback()).toMatchObject({ status: 0, stdout: expect.stringContaining('takes patch-001 back') });
  });

  longTest('is called after the other one where no patch is newer', async () => {
    const workspace = await integrated('typescript', (one) => one.edit(file, (text) => text.replace(/ {4}'patch-002': \{.*?\n {4}\},\n/s, '')));
    expect((await workspace.rollback()).stdout).toMatch(/^patch-001-back of cert-manager/);
    expect(workspace.read(file)).toContain("'patch-001-back': {\n      description: 'Takes patch-001 back',\n      rolledOutTo: ['integration/int-sector-1'],");
  });

  longTest('says what to write by hand where the patch was no literal', async () => {
    const workspace = await integrated('typescript');
    workspace.git('reset', '-q', '--hard', 'HEAD~1');
    workspace.edit(file, (text) =>
      text.replace("change: { source: { targetRevision: 'v1.19.0' } }", "change: () => ({ source: { targetRevision: 'v1.19.0' } })"),
    );
    await workspace.serve('synth');
    workspace.commit('A function');
    workspace.edit(file, (text) =>
      text
        .replace(/ {4}'patch-001': \{.*?\n {4}\},\n/s, '')
        .replace('v1.18.2', 'v1.19.0')
        .replace('v1.17.0', 'v1.19.0'),
    );
    await workspace.serve('synth');
    workspace.commit('By hand');
    const { status, stderr } = await workspace.rollback();
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be taken out of the base: the change is an expression and cannot be taken apart')]);
    expect(stderr).toMatch(/hint {5}write what stood there before as a patch: `fleet new patch … --set`; `git show [0-9a-f]{12}` has it/);
  });
});

longTest('of a file with several apps says of each what it said, and names the hotfix of each', async () => {
  const app = (version: string) => `{
      source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '${version}' },
      destination: { namespace: 'web' },
    }`;
  const file = 'config/management-cluster/pair.ts';
  const workspace = await startedWorkspace('typescript');
  known(workspace);
  const pair = (versions: readonly [string, string], patches: string) =>
    workspace.write({
      [file]: `import { defineApps } from 'cdk8s-fleet';\n\nexport default defineApps({\n  apps: {\n    api: ${app(versions[0])},\n    web: ${app(versions[1])},\n  },\n${patches}});\n`,
    });
  const change = "{ api: { source: { targetRevision: '1.1.0' } }, web: { source: { targetRevision: '2.1.0' } } }";
  pair(['1.0.0', '2.0.0'], `  patches: { 'patch-001': { rolledOutTo: ['integration', 'stage', 'production'], change: ${change} } },\n`);
  expect(await workspace.serve('synth')).toMatchObject({ status: 0 });
  workspace.commit('Everywhere');
  expect(await workspace.serve('promote', 'management-cluster', 'pair', 'patch-001')).toMatchObject({ status: 0 });
  workspace.commit('Make it the base');
  const run = await workspace.serve('rollback', 'management-cluster', 'pair', 'patch-001', '--at', 'stage', '--approve', 'stage');
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toMatch(/Fleet-Hotfix: management-cluster\/api stage [0-9a-f]{16}\nFleet-Hotfix: management-cluster\/web stage [0-9a-f]{16}/);
  expect(workspace.read(file)).toContain("change: { api: { source: { targetRevision: '1.0.0' } }, web: { source: { targetRevision: '2.0.0' } } }");
});

longTest('what was not set before is said to be taken out by hand, in YAML', async () => {
  const workspace = await integrated('yaml', (one) => {
    for (const path of ['integration', 'stage/stage-sector-1']) {
      one.edit(
        `config/management-cluster/cert-manager/${path}/patch-001.yaml`,
        (text) => `${text.trimEnd()}\n      helm:\n        valuesObject:\n          a: 1\n`,
      );
    }
  });
  const before = workspace.config();
  const { status, stderr } = await workspace.rollback();
  expect([status, stderr]).toEqual([1, expect.stringContaining('source.helm.valuesObject.a was not set before, and a patch in YAML cannot take that away')]);
  expect(workspace.config()).toEqual(before);
});

longTest('of a fleet of hubs: a release goes back as it came', async () => {
  const workspace = await startedHub();
  known(workspace);
  const gates = ['tenant1/prod', 'tenant2/prod', 'platform/prod'].flatMap((path) => ['--approve', path]);
  const commit = (message: string) => {
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', message);
  };
  await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--all', ...gates);
  commit('Everywhere');
  await workspace.serve('promote', 'addons', 'releases', 'patch-001');
  commit('Make it the base');
  const { status, stdout, stderr } = await workspace.serve('rollback', 'addons', 'releases', 'patch-001');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^patch-001-back of releases in addons: takes patch-001 back\n/);
  expect(stdout).toContain("  back to  release: 'default'\n");
  expect(workspace.read('config/addons/releases.ts')).toContain("rolledOutTo: ['tenant1/dev'],\n      change: { release: 'default' },");
});
