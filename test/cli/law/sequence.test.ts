import { longTest } from '../../long-test';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import { formsOr, RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { judgedOf, refusals } from '../judge/edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

describe('a fleet in which every tenant’s dev comes before any tenant’s prod', () => {
  let workspace: HubWorkspace;
  let start = '';

  beforeEach(async () => {
    workspace = await new HubWorkspace().started((one) => {
      one.edit('config/fleet.ts', (text) => text.replace("path: 'dist',", "path: 'dist',\n  sequence: 'environments',\n  waves: [1, 'rest'],"));
    });
    workspace.git('config', 'user.name', 'Test');
    workspace.git('config', 'user.email', 'test@example.com');
    start = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterEach(() => workspace.remove());

  const byHand = async () => {
    expect((await workspace.serve('synth')).status).toBe(0);
    workspace.git('commit', '-q', '-a', '-m', 'By hand');
  };
  const promote = (...flags: readonly string[]) => workspace.serve('promote', 'addons', 'releases', 'patch-001', ...flags);

  test('is promoted rank by rank and wave by wave, and asks once for all environments of a name', async () => {
    const plan = (await workspace.serve('plan', 'addons', 'releases', 'patch-001')).stdout;
    expect(plan).toContain('1. enters      */dev, wave 2 of 2 (1 target)\n');
    expect(plan).toContain('2. enters      */prod, wave 1 of 2 (1 target)\n     gate        */prod is manual\n');
    expect(plan).toContain('3. enters      */prod, wave 2 of 2 (3 targets)\n     coalesces');
    expect((await workspace.serve('status', 'addons')).stdout).toContain('  next      */dev, wave 2 of 2\n');
  });

  longTest('lists a path for each node of a rank, and has an approval of it on record, by which the check passes', async () => {
    expect((await promote('--commit')).status).toBe(0);
    expect(workspace.read('config/addons/releases.ts')).toContain("rolledOutTo: ['tenant1/dev', 'tenant2/dev']");
    const waiting = await promote('--dry-run');
    expect(waiting.status).toBe(3);
    expect(waiting.stdout).toContain(
      "It waits for somebody to approve */prod. Nothing was written. To approve:\n  npx fleet promote addons releases patch-001 --approve '*/prod' --dry-run",
    );
    expect((await promote('--approve', 'pord')).stderr).toContain("the dimension path 'pord' does not exist\n  hint     did you mean 'prod'?");
    expect((await promote('--approve', 'prod', '--commit')).status).toBe(0);
    expect(workspace.git('log', '-1', '--format=%B')).toMatch(
      /roll patch-001 out to \*\/prod, wave 1 of 2\n\nFleet-Approved: \*\/prod addons\/releases [0-9a-f]{16}\n/,
    );
    expect(workspace.read('config/addons/releases.ts')).toContain("rolledOutTo: ['tenant1', 'tenant2/dev']");
    // The gate was asked with the first wave.
    expect((await promote('--commit')).status).toBe(0);
    expect(workspace.read('config/addons/releases.ts')).toContain("rolledOutTo: ['tenant1', 'tenant2', 'platform']");
    const judged = judgedOf(workspace.fleet('check', '--since', start, '--json'));
    expect(refusals(judged)).toEqual([]);
    expect(judged.judged.changes.flatMap(({ verdicts }) => verdicts.map(({ rule, path, kind }) => `${kind} ${rule} ${path}`))).toEqual(['allowed gate */prod']);
  });

  longTest('takes back the wave that was entered last, and lets a new patch begin with the first', async () => {
    await promote('--commit');
    await promote('--approve', 'prod', '--commit');
    await promote('--commit');
    expect((await workspace.serve('rollback', 'addons', 'releases', 'patch-001')).stdout).toContain('leaves   tenant2/prod, platform (3 targets)\n');
    expect(workspace.read('config/addons/releases.ts')).toContain("rolledOutTo: ['tenant1', 'tenant2/dev']");
    const made = await workspace.serve('new', 'patch', 'addons', 'metrics-server', '--set', 'values.logLevel=4');
    expect(made.stdout).toContain('  starts  at */dev, wave 1 of 2 (1 target)\n');
    expect(workspace.read('config/addons/metrics-server.ts')).toContain("rolledOutTo: ['tenant1/dev/tenant1-dev-workload1']");
    expect((await workspace.serve('plan', 'addons', 'metrics-server', 'patch-002', '--level', 'tenant')).stdout).toContain(
      '1. enters      tenant1/dev, wave 2 of 2 (1 target)\n     coalesces   tenant1/dev/tenant1-dev-workload1, tenant1/dev/tenant1-dev-workload2 → tenant1/dev\n',
    );
  });

  longTest('is held by its record: who edits past a wave, or past the gate, is refused, and so is who turns it around', async () => {
    workspace.edit('config/addons/releases.ts', (text) => text.replace("rolledOutTo: ['tenant1/dev']", "rolledOutTo: ['tenant1/dev', 'tenant1/prod']"));
    await byHand();
    expect(refusals(judgedOf(workspace.fleet('check', '--since', start, '--json')))).toEqual(['gate */prod', 'sequence tenant1/prod/tenant1-prod-workload1']);
    workspace.git('reset', '-q', '--hard', start);
    workspace.edit('config/fleet.ts', (text) => text.replace("  sequence: 'environments',\n", '').replace("  waves: [1, 'rest'],\n", ''));
    await byHand();
    expect(refusals(judgedOf(workspace.fleet('check', '--since', start, '--json')))).toEqual(['law *']);
  });
});

test('the sequence and waves change the record of the fleet, and nothing that any cluster reads', async () => {
  const [plain, other] = [
    await new HubWorkspace().started(),
    await new HubWorkspace().started((one) =>
      one.edit('config/fleet.ts', (text) => text.replace("path: 'dist',", "path: 'dist',\n  sequence: 'environments',\n  waves: [1, 'rest'],")),
    ),
  ];
  const [was, is] = [plain.rendered(), other.rendered()];
  plain.remove();
  other.remove();
  expect(Object.keys(is)).toEqual(Object.keys(was));
  const changed = Object.keys(was).filter((path) => was[path] !== is[path] && !path.startsWith('_record/'));
  expect(changed).toEqual([]);
  expect(is['_record/fleet.yaml']).toContain('law:\n  first: environment\n  waves: 1, rest\n');
});

describe.each(formsOr('yaml'))('waves of a fleet of regions in %s', (form) => {
  longTest('are where a new patch begins, a path for each region, and size each step', async () => {
    const workspace = new RolloutWorkspace(form);
    const file = form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts';
    workspace.edit(file, (text) =>
      form === 'yaml'
        ? `waves: [2, rest]\n${text.replace('regions: [us-central1, europe-west1]', 'regions: [us-central1, europe-west1, asia-east1]')}`
        : text.replace("path: 'dist',", "path: 'dist',\n  waves: [2, 'rest'],").replace("'europe-west1'] }", "'europe-west1', 'asia-east1'] }"),
    );
    const run = async (...args: readonly string[]) => {
      const { status, stdout, stderr } = await workspace.serve(...args);
      expect([args, status, stderr]).toEqual([args, 0, status === 0 ? stderr : '']);
      return stdout;
    };
    await run('synth');
    workspace.commit('Start');
    const made = await run('new', 'patch', 'management-cluster', 'cert-manager', '--name', 'patch-009', '--set', 'syncPolicy.retry.limit=9');
    expect(made).toContain('  starts  at integration/int-sector-1, wave 1 of 2 (2 targets)\n');
    expect(workspace.pathsOf('patch-009')).toEqual(['integration/int-sector-1/europe-west1', 'integration/int-sector-1/us-central1']);
    expect(await run('promote', 'management-cluster', 'cert-manager', 'patch-009')).toContain(
      '  enters     integration/int-sector-1, wave 2 of 2 (1 target)\n',
    );
    expect(workspace.pathsOf('patch-009')).toEqual(['integration/int-sector-1']);
    workspace.remove();
  });
});
