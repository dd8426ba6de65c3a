import { longTest } from '../../long-test';
import { type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { committed, HandEdits, judgedOf, refusals } from './edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(240_000);

const git = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];

describe.each(formsOr('typescript'))('what the commands commit passes, of a fleet in %s', (form) => {
  let workspace: RolloutWorkspace;
  let start = '';

  beforeEach(async () => {
    workspace = await startedWorkspace(form);
    workspace.git('config', 'user.name', 'Test');
    workspace.git('config', 'user.email', 'test@example.com');
    start = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterEach(() => workspace.remove());

  const check = (since = start) => judgedOf(workspace.fleet('check', '--since', since, '--json'));
  const run = async (...args: readonly string[]) => {
    const { status, stderr } = await workspace.serve(...args);
    expect({ args, status, stderr }).toMatchObject({ status: 0 });
  };
  const patch = (command: string, ...flags: readonly string[]) => run(command, 'management-cluster', 'cert-manager', ...flags, '--commit');

  test('a patch on its way into the base, through its gates, and a hotfix that is filled', async () => {
    await patch('promote', 'patch-001');
    await patch('promote', 'patch-001', '--approve', 'production');
    await patch('promote', 'patch-001', '--approve', 'production/prod-sector-1');
    await patch('promote', 'patch-001');
    expect(workspace.git('log', '--format=%s', `${start}..HEAD`).split('\n')[0]).toContain('make patch-001 the base');
    await patch('promote', 'patch-002', '--hotfix', 'production/prod-canary', '--approve', 'production');
    await patch('promote', 'patch-002', '--fill');
    const judged = check();
    expect(refusals(judged)).toEqual([]);
    const allowed = judged.judged.changes.flatMap(({ verdicts }) => verdicts.map(({ rule, path, kind }) => `${kind} ${rule} ${path}`));
    expect(allowed).toEqual([
      'allowed gate production',
      'allowed gate production/prod-sector-1',
      'allowed sequence production/prod-canary/us-east1',
      'allowed gate production',
    ]);
    // What becomes the base changes nothing that runs: it is looked at, and nothing is said.
    expect(judged.judged.changes.map(({ verdicts }) => verdicts.length)).toEqual([0, 1, 1, 0, 2, 0]);
  });

  longTest('a hotfix without its line is refused, and a step that is broader than those of the fleet has one, too', async () => {
    await patch('promote', 'patch-001', '--hotfix', 'production/prod-canary', '--approve', 'production');
    const message = workspace.git('log', '-1', '--format=%B').replace(/^Fleet-Hotfix.*$/m, '');
    workspace.git('commit', '-q', '--amend', '-m', message);
    expect(refusals(check())).toEqual(['sequence production/prod-canary/us-east1']);
    workspace.git('reset', '-q', '--hard', start);
    await patch('promote', 'patch-001', '--level', 'environment', '--fill');
    expect(refusals(check())).toEqual([]);
  });

  longTest('a freeze holds by hand, too, and taking it out is on record', async () => {
    await run('freeze', 'production', '--reason', 'holidays', '--commit');
    const frozen = workspace.git('rev-parse', 'HEAD').trim();
    expect(refusals(check())).toEqual([]);
    new HandEdits(workspace).patchAt('stage/stage-sector-2', 'production/prod-canary');
    await committed(workspace, 'By hand');
    expect(refusals(check(frozen))).toEqual(['freeze production', 'gate production', 'sequence production/prod-canary/us-east1']);
    workspace.git('reset', '-q', '--hard', frozen);
    await run('unfreeze', 'production', '--commit');
    expect(refusals(check())).toEqual([]);
    workspace.git('commit', '-q', '--amend', '-m', 'Unfreeze');
    expect(refusals(check(frozen))).toEqual(['law production']);
  });

  longTest('two promoted patches that are merged, and a region that comes', async () => {
    for (const [branch, name] of [
      ['one', 'patch-001'],
      ['two', 'patch-002'],
    ] as const) {
      workspace.git('checkout', '-q', '-b', branch, start);
      await patch('promote', name);
    }
    workspace.git('checkout', '-q', 'main');
    workspace.git('merge', '-q', '--no-ff', '-m', 'One', 'one');
    // Where both branches edited one list of records, the output is rendered again.
    workspace.run('git', [...git, 'merge', '-q', '--no-ff', '--no-commit', 'two']);
    await committed(workspace, 'Two');
    expect(refusals(check())).toEqual([]);
    expect(check().judged.changes).toHaveLength(2);
    const merged = workspace.git('rev-parse', 'HEAD').trim();
    await run('new', 'region', 'stage/stage-sector-2/ap-south1');
    await committed(workspace, 'A region');
    expect(refusals(check(merged))).toEqual([]);
  });
});

describe('a fleet of hubs and spokes', () => {
  let workspace: HubWorkspace;
  let start = '';

  beforeAll(async () => {
    workspace = await startedHub();
    workspace.git('config', 'user.name', 'Test');
    workspace.git('config', 'user.email', 'test@example.com');
    start = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterEach(() => {
    workspace.git('reset', '-q', '--hard', start);
    workspace.git('clean', '-fdq');
  });

  afterAll(() => workspace.remove());

  const check = () => judgedOf(workspace.fleet('check', '--since', start, '--json'));
  const commit = async (message: string) => {
    expect(await workspace.serve('synth', '--json')).toMatchObject({ status: 0 });
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', message);
  };

  test('a release goes through its gate as one effect, with the line that the command writes', async () => {
    const promoted = await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--approve', 'tenant1/prod', '--commit');
    expect(promoted.status).toBe(0);
    const judged = check();
    expect(refusals(judged)).toEqual([]);
    expect(judged.judged.changes[0]?.verdicts).toMatchObject([{ rule: 'gate', kind: 'allowed', what: 'addons/releases', path: 'tenant1/prod' }]);
    workspace.git('commit', '-q', '--amend', '-m', 'Without');
    expect(refusals(check())).toEqual(['gate tenant1/prod']);
    // Back again, it was there before.
    const since = workspace.git('rev-parse', 'HEAD').trim();
    workspace.git('revert', '--no-edit', 'HEAD');
    expect(judgedOf(workspace.fleet('check', '--since', since, '--json'))).toMatchObject({ ok: true });
  });

  test('a component that is deployed nowhere yet changes nothing', async () => {
    const component = "{ repoURL: 'https://charts.example.com', chart: 'extra', version: '1.0.0', namespace: 'extra', enabled: false }";
    workspace.write({ 'config/addons/extra.ts': `export default ${component};\n` });
    await commit('A component');
    expect(check()).toMatchObject({ ok: true });
  });

  test.each<readonly [string, (workspace: HubWorkspace) => void, readonly string[]]>([
    [
      'what one spoke says of itself, and what follows from it, is asked for by its gate alone: else it',
      (one) =>
        one.edit('config/spokes/tenant1-prod-workload1.ts', (text) =>
          text.replace('fleet/tenant1-prod-workload1', 'fleet/other').replace('vpc-0b3', 'vpc-0b4'),
        ),
      ['gate tenant1/prod'],
    ],
    [
      'a namespace of a component, everywhere at once',
      (one) => one.edit('config/addons/cert-manager.ts', (text) => text.replace("namespace: 'cert-manager'", "namespace: 'certificates'")),
      ['gate platform/prod', 'gate tenant1/prod', 'gate tenant2/prod', 'removal *', 'sequence *'],
    ],
    ['a spoke that is deleted', (one) => one.git('rm', '-q', 'config/spokes/tenant1-prod-workload1.ts'), ['removal tenant1/prod/tenant1-prod-workload1']],
    [
      'values of a component',
      (one) => one.edit('config/addons/cert-manager.ts', (text) => text.replace('crds: { enabled: true }', 'crds: { enabled: false }')),
      ['gate platform/prod', 'gate tenant1/prod', 'gate tenant2/prod', 'sequence *'],
    ],
    [
      'a gate that is opened',
      (one) => one.edit('config/fleet.ts', (text) => text.replace("{ name: 'prod', promotion: 'manual' }", "{ name: 'prod' }")),
      ['law tenant1/prod'],
    ],
  ])('%s is refused', async (_, edit, expected) => {
    edit(workspace);
    await commit('By hand');
    expect(refusals(check())).toEqual(expected);
  });
});
