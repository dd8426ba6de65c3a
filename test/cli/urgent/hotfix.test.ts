import { longTest } from '../../long-test';
import { differences, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { changedTargets, type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Run } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const known = removedAfterwards();

async function example(form: Form): Promise<RolloutWorkspace> {
  return known(await startedWorkspace(form));
}

function json({ stdout, stderr }: Run): object {
  expect(stderr).toBe('');
  return JSON.parse(stdout) as object;
}

const sector = 'production/prod-sector-1';
const hotfix = ['--hotfix', sector, '--approve', 'production', '--approve', sector];
const left = 'stage/stage-sector-2/ap-east1, production/prod-canary/us-east1';
const fill = '`fleet promote management-cluster cert-manager patch-001 --fill`';

describe.each(formsOr('typescript'))('fleet promote --hotfix, of a fleet in %s', (form) => {
  test('goes straight to a node, changes nothing else, and says in the message of the commit that it did', async () => {
    const workspace = await example(form);
    const before = workspace.rendered();
    const { status, stdout, stderr } = await workspace.promote(...hotfix);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      [
        `  enters      ${sector} (2 targets)`,
        '  gate        production is manual',
        `  gate        ${sector} is manual`,
        '  covers      5 → 7 of 9 targets',
        `  leaves out  ${left} (2 targets): ${fill} enters what was left out first\n`,
      ].join('\n'),
    );
    // Each gate that it enters, and that it goes ahead: one effect, with one digest.
    const [, digest] = /\nFleet-Hotfix: \S+ \S+ ([0-9a-f]{16})'\n/.exec(stdout) ?? [];
    const approved = ['production', sector].map((path) => `Fleet-Approved: ${path} management-cluster/cert-manager ${digest}`);
    const statements = [...approved, `Fleet-Hotfix: management-cluster/cert-manager ${sector} ${digest}`].join('\n');
    expect(stdout).toContain(`: roll patch-001 out to ${sector}\n\n${statements}'\n`);
    expect(changedTargets(before, workspace.rendered())).toEqual(['europe-east1', 'us-east1'].map((region) => `management-cluster/${sector}/${region}`));
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', sector, 'stage/stage-sector-1']);
  });

  test('waits at the gates of its node and above, at no other, and writes nothing', async () => {
    const workspace = await example(form);
    const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
    const waiting = await workspace.promote('--hotfix', sector, '--approve', sector);
    expect([waiting.status, waiting.stderr]).toEqual([3, '']);
    expect(waiting.stdout).toContain(
      `It waits for somebody to approve production. Nothing was written. To approve:\n  npx fleet promote management-cluster cert-manager patch-001 --approve ${sector} --approve production --hotfix ${sector}\n`,
    );
    expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);
  });

  test('leaves a gap that every command tells of, and that --fill closes in sequence', async () => {
    const workspace = await example(form);
    expect(json(await workspace.promote(...hotfix, '--json'))).toMatchObject({ ok: true, path: sector, leavesOut: left.split(', ') });
    const told = `it left out ${left}; ${fill} enters what was left out first`;
    expect((await workspace.serve('status', 'management-cluster', 'cert-manager')).stdout).toContain(`next      nothing: ${told}\n`);
    expect((await workspace.serve('plan', 'management-cluster', 'cert-manager', 'patch-001')).stdout).toContain(`1. stops  ${told}\n`);
    const { status, stderr } = await workspace.serve('check');
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^warning rollout-gap /m)]);
    expect(stderr).toContain(`hint     let it enter 'stage/stage-sector-2/ap-east1' too: ${fill}\n`);
    expect(await workspace.promote()).toMatchObject({ status: 1, stdout: '' });
    // Nor does a pipeline go on, or close it unasked.
    expect(json(await workspace.serve('promote', '--auto', '--json'))).toMatchObject({ waiting: [{ patch: 'patch-001', reason: `it left out ${left}` }] });
    const planned = await workspace.serve('plan', 'management-cluster', 'cert-manager', 'patch-001', '--fill', '--json');
    expect(json(planned)).toMatchObject({ steps: [{ path: 'stage/stage-sector-2' }, { path: 'production/prod-canary' }, { step: 'integrate' }] });
    const before = workspace.rendered();
    expect(json(await workspace.promote('--fill', '--json'))).toMatchObject({ path: 'stage/stage-sector-2' });
    expect(changedTargets(before, workspace.rendered())).toEqual(['management-cluster/stage/stage-sector-2/ap-east1']);
    expect(json(await workspace.promote('--fill', '--all', '--json'))).toMatchObject({ steps: [{ path: 'production/prod-canary' }] });
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'production', 'stage']);
    expect((await workspace.serve('check')).stderr).not.toContain('rollout-gap');
  });

  test('never enters a frozen node', async () => {
    const workspace = await example(form);
    await workspace.serve('freeze', 'production', '--reason', 'the holidays');
    const before = workspace.config();
    const { status, stdout, stderr } = await workspace.promote(...hotfix);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("'patch-001' cannot go on: production is frozen: the holidays");
    expect(stderr).toContain('hint     it goes on after `fleet unfreeze production`');
    expect(workspace.config()).toEqual(before);
  });

  longTest('says so where the node is covered already, or none, and takes no flag of another step', async () => {
    const workspace = await example(form);
    const before = workspace.config();
    const covered = await workspace.promote('--hotfix', 'integration');
    expect([covered.status, covered.stderr]).toEqual([
      1,
      expect.stringContaining("'patch-001' cannot go on: it covers integration/int-sector-1/us-central1, "),
    ]);
    expect(covered.stderr).toContain('hint     `fleet status management-cluster cert-manager` says where it is');
    const none = await workspace.promote('--hotfix', 'prodution');
    expect([none.status, none.stderr]).toEqual([1, expect.stringMatching(/there is no dimension path 'prodution'\n {2}hint {5}did you mean 'production'\?/)]);
    for (const flags of [['--fill'], ['--all'], ['--auto'], ['--level', 'region']]) {
      expect(await workspace.promote('--hotfix', sector, ...flags)).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be used with') });
    }
    expect(workspace.config()).toEqual(before);
  });

  longTest('that leaves nothing out is a step like any other', async () => {
    const workspace = await example(form);
    const { stdout } = await workspace.promote('--hotfix', 'stage/stage-sector-2');
    expect(stdout).not.toMatch(/leaves out|Fleet-Hotfix/);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage']);
  });
});

describe('fleet promote --auto, behind a hotfix', () => {
  longTest('with --fill closes what is left out, in sequence, as soon as what comes before it has soaked, and passes no gate', async () => {
    const workspace = await example('typescript');
    const soak = (node: string) => (text: string) => text.replace(`{ name: '${node}', `, `{ name: '${node}', soak: '24h', `);
    workspace.edit('config/fleet.ts', (text) => soak('prod-sector-1')(soak('prod-canary')(text)));
    expect((await workspace.promote(...hotfix)).status).toBe(0);
    workspace.commit('Hotfix');
    const auto = () => workspace.serve('promote', '--auto', '--fill', '--json');
    // What the hotfix has entered soaks on, and keeps nothing in front of it waiting.
    expect(json(await auto())).toMatchObject({ moved: [{ path: 'stage/stage-sector-2' }, { patch: 'patch-002' }] });
    expect(json(await auto())).toMatchObject({ moved: [{ path: 'production/prod-canary' }, {}] });
    expect(json(await auto())).toMatchObject({ waiting: expect.arrayContaining([expect.objectContaining({ patch: 'patch-001' })]) });

    const gated = await example('typescript');
    gated.edit('config/fleet.ts', (text) => text.replace("{ name: 'stage-sector-2', ", "{ name: 'stage-sector-2', promotion: 'manual', "));
    await gated.promote(...hotfix);
    const { waiting } = json(await gated.serve('promote', '--auto', '--fill', '--json')) as { readonly waiting: unknown };
    expect(waiting).toMatchObject([{ patch: 'patch-001', reason: 'stage/stage-sector-2 must be approved' }]);
  });
});

describe('fleet promote --hotfix, of a fleet of hubs', () => {
  test('goes straight to an environment, and names the components that it changes', async () => {
    const workspace = known(await startedHub());
    const before = workspace.rendered();
    const { status, stdout } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--hotfix', 'platform/prod', '--approve', 'platform/prod');
    expect(status).toBe(0);
    expect(stdout).toContain('  enters      platform (1 target)\n'.replace('platform', 'platform/prod'));
    expect(stdout).toContain('`fleet promote addons releases patch-001 --fill` enters what was left out first');
    expect(differences(before, workspace.rendered())).toEqual(['changed _record/addons/releases.yaml', 'changed hubs/hub-1/argocd/members/hub-1.yaml']);
    expect(stdout).toMatch(
      /addons\/releases: roll patch-001 out to platform\/prod\n\nFleet-Approved: platform\/prod addons\/releases ([0-9a-f]{16})\nFleet-Hotfix: addons\/releases platform\/prod \1'\n/,
    );
  });
});
