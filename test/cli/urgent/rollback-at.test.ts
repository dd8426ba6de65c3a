import { longTest } from '../../long-test';
import { differences, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { changedTargets, type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const known = removedAfterwards();

async function example(form: Form): Promise<RolloutWorkspace> {
  return known(await startedWorkspace(form));
}

const region = 'integration/int-sector-1/europe-west1';
const fill = '`fleet promote management-cluster cert-manager patch-001 --fill`';

describe.each(formsOr('typescript'))('fleet rollback --at, of a fleet in %s', (form) => {
  test('takes a patch from a region in the middle, and tells of the gap', async () => {
    const workspace = await example(form);
    const before = workspace.rendered();
    const { status, stdout, stderr } = await workspace.rollback('--at', region);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      [
        `  leaves      ${region} (1 target)`,
        '  splits      integration',
        '  sits at     integration/int-sector-1/us-central1, integration/int-sector-2, stage/stage-sector-1',
        '  covers      5 → 4 of 9 targets',
        `  leaves out  ${region} (1 target): ${fill} enters what was left out first\n`,
      ].join('\n'),
    );
    expect(stdout).toContain(`git commit -m 'management-cluster/cert-manager: take patch-001 back from ${region}'`);
    expect(changedTargets(before, workspace.rendered())).toEqual([`management-cluster/${region}`]);
    expect((await workspace.serve('status')).stdout).toContain(`next      nothing: it left out ${region}; ${fill} enters what was left out first\n`);
    expect((await workspace.serve('check')).stderr).toContain(`hint     let it enter '${region}' too: ${fill}\n`);
    // Entered again, all is as it was.
    expect(await workspace.promote('--fill')).toMatchObject({ status: 0, stdout: expect.stringContaining(`enters     ${region} (1 target)`) });
    expect(workspace.rendered()).toEqual(before);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage/stage-sector-1']);
  });

  test('tells who takes a patch back from where no gate is what lets it go on by itself again', async () => {
    const workspace = await example(form);
    await workspace.promote();
    const note = '`fleet promote --auto` does not take it there again before somebody edits the patch, or promotes it by hand';
    expect((await workspace.rollback('--dry-run')).stdout).toContain(`  note     ${note}\n`);
    expect(JSON.parse((await workspace.rollback('--json')).stdout)).toMatchObject({ ok: true, left: ['stage/stage-sector-2/ap-east1'], notes: [note] });
    // In front of a gate somebody is asked.
    expect((await workspace.rollback('--dry-run', '--json')).stdout).not.toContain('"notes"');
  });

  test('says so where the patch is not there, or nothing is, and writes nothing', async () => {
    const workspace = await example(form);
    const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
    const none = await workspace.rollback('--at', 'production');
    expect([none.status, none.stdout, none.stderr]).toEqual([1, '', expect.stringContaining("'patch-001' covers nothing at 'production'\n")]);
    const unknown = await workspace.rollback('--at', 'prodution');
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining("there is no dimension path 'prodution'")]);
    for (const flags of [['--to', 'integration'], ['--everywhere']]) {
      expect(await workspace.rollback('--at', region, ...flags)).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be used with') });
    }
    const dry = await workspace.rollback('--at', region, '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ ok: true, dryRun: true, left: [region], split: ['integration'], gaps: [region] });
    expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);
  });

  longTest('of the last node leaves no gap', async () => {
    const workspace = await example(form);
    const { stdout } = await workspace.rollback('--at', 'stage');
    expect(stdout).toContain('  leaves   stage/stage-sector-1 (2 targets)\n');
    expect(stdout).not.toContain('leaves out');
  });
});

test('a path that is taken apart must not let the patch win elsewhere: it is refused, and nothing is written', async () => {
  const workspace = await example('typescript');
  await workspace.promote('--hotfix', 'production', '--approve', 'production', '--approve', 'production/prod-sector-1');
  workspace.edit('config/management-cluster/cert-manager.ts', (text) =>
    text.replace("'production/prod-sector-1': { source: {", "'production/prod-sector-1': { source: { targetRevision: 'v1.17.3',"),
  );
  await workspace.serve('synth');
  const before = workspace.config();
  const { status, stdout, stderr } = await workspace.rollback('--at', 'production/prod-canary');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(
    "'patch-001' cannot leave: with production taken apart, it would win over override production/prod-sector-1 in source.targetRevision",
  );
  expect(workspace.config()).toEqual(before);
});

test('fleet rollback --at, of a fleet of hubs, takes a release from one cluster of an environment', async () => {
  const workspace = known(await startedHub());
  const before = workspace.rendered();
  const { status, stdout } = await workspace.serve('rollback', 'addons', 'releases', 'patch-001', '--at', 'tenant1/dev/tenant1-dev-workload1');
  expect(status).toBe(0);
  expect(stdout).toContain('  sits at     tenant1/dev/tenant1-dev-workload2\n');
  expect(stdout).toContain('tenant1/dev/tenant1-dev-workload1 (1 target): `fleet promote addons releases patch-001 --fill` enters what was left out first\n');
  expect(differences(before, workspace.rendered())).toEqual([
    'changed _record/addons/releases.yaml',
    'changed hubs/hub-1/argocd/members/tenant1-dev-workload1.yaml',
  ]);
});
