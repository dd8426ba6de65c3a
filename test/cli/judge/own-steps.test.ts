import { longTest } from '../../long-test';
import { type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { judgedOf, refusals } from './edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

const known = removedAfterwards();

const file = 'config/management-cluster/cert-manager.ts';

/** The example, committed as it is edited. */
async function edited(...edits: readonly (readonly [file: string, edit: (text: string) => string])[]): Promise<RolloutWorkspace> {
  const workspace = known(await startedWorkspace('typescript'));
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  for (const [path, edit] of edits) workspace.edit(path, edit);
  await workspace.serve('synth');
  return workspace.commit('Edit');
}

const moving = [
  file,
  (text: string) => text.replace("change: { source: { targetRevision: 'v1.19.0' } }", "change: { destination: { namespace: 'certs' } }"),
] as const;

interface Told {
  readonly moved: readonly { readonly patch: string }[];
  readonly back?: readonly object[];
  readonly waiting: readonly { readonly patch: string; readonly reason: string; readonly isStopped?: boolean }[];
}

async function auto(workspace: RolloutWorkspace | HubWorkspace, ...flags: string[]): Promise<Told> {
  return JSON.parse((await workspace.serve('promote', '--auto', '--json', ...flags)).stdout) as Told;
}

const reason = ({ waiting }: Told, patch = 'patch-001') => waiting.find((one) => one.patch === patch)?.reason;

/** Everything since a commit, as it is judged. */
const judged = (workspace: RolloutWorkspace | HubWorkspace, since: string) => judgedOf(workspace.fleet('check', '--since', since, '--json'));

test('what a rule asks somebody about moves by nobody, and by hand the line is told', async () => {
  const workspace = await edited(moving);
  const start = workspace.git('rev-parse', 'HEAD').trim();
  const why = expect.stringMatching(
    /^somebody must promote it by hand: removal: the .* changes at .* \(`npx fleet promote management-cluster cert-manager patch-001`\)$/,
  );
  expect(reason(await auto(workspace, '--dry-run'))).toEqual(why);
  expect(reason(await auto(workspace, '--branches', '--dry-run'))).toEqual(why);
  const told = await auto(workspace, '--commit');
  expect(reason(told)).toEqual(why);
  expect(told.moved.map(({ patch }) => patch)).toEqual(['patch-002']);
  // What a machine commits needs nobody's word.
  expect(refusals(judged(workspace, start))).toEqual([]);
  const before = workspace.git('rev-parse', 'HEAD').trim();
  const shown = JSON.parse((await workspace.promote('--dry-run', '--json')).stdout);
  expect(shown.needs).toEqual([
    { rule: 'removal', message: expect.stringContaining(' changes at '), statement: expect.stringContaining('Fleet-Allows: removal ') },
  ]);
  const { stdout } = await workspace.promote('--commit');
  const [, line = ''] = /^ {2}needs +removal: the .*\n {2}line +(Fleet-Allows: removal management-cluster\/cert-manager .*)$/m.exec(stdout) ?? [];
  expect(line).toBe(shown.needs[0].statement);
  expect(refusals(judged(workspace, before))).toEqual(['removal stage/stage-sector-2/ap-east1']);
  workspace.git('commit', '-q', '--amend', '-m', `${workspace.git('log', '-1', '--format=%B')}\n${line}`);
  expect(refusals(judged(workspace, before))).toEqual([]);
});

test('what an exemption lets pass moves by itself, and what a rule of the fleet refuses does not', async () => {
  const exemption = "{ rule: 'removal', app: 'management-cluster/cert-manager', path: 'stage', reason: 'we move', owner: '@sre', until: '2099-12-31' }";
  const rule = `import { defineRule, defineRules } from 'cdk8s-fleet';
export default defineRules([defineRule({ id: 'no-renewal', what: 'w', why: 'w', wayOut: 'o',
  judge: ({ fields }) => fields.filter(({ field }) => field.includes('renewBefore')).map(({ app, clusterType, target }) => ({
    message: 'nobody renews', app: clusterType + '/' + app, targets: [target] })) })]);
`;
  const exempt = `import { defineExemptions } from 'cdk8s-fleet';\nexport default defineExemptions([${exemption}]);\n`;
  const workspace = await edited(moving);
  workspace.write({ 'config/exemptions.ts': exempt, 'config/rules.ts': rule });
  expect((await workspace.serve('synth')).stderr).toBe('');
  workspace.commit('Rules');
  const told = await auto(workspace, '--dry-run');
  expect(told.moved.map(({ patch }) => patch)).toEqual(['patch-001']);
  expect(reason(told, 'patch-002')).toMatch(/^somebody must promote it by hand: no-renewal: nobody renews/);
});

test('what goes into one commit is judged as one: what is over a budget waits for the next run', async () => {
  const budget = (text: string) => text.replace("name: 'stage',", "name: 'stage', budget: { targets: 1 },");
  const workspace = await edited(['config/fleet.ts', budget]);
  const start = workspace.git('rev-parse', 'HEAD').trim();
  const told = await auto(workspace, '--commit');
  expect(told.moved.map(({ patch }) => patch)).toEqual(['patch-001']);
  expect(reason(told, 'patch-002')).toMatch(
    /^it waits for the next run, for with what this one has made it would not pass: budget: 2 targets of stage change in one merge: /,
  );
  expect(refusals(judged(workspace, start))).toEqual([]);
  expect((await auto(workspace, '--commit')).moved.map(({ patch }) => patch)).toEqual(['patch-002']);
});

test('evidence that is recorded, and that the configuration gives no more, is told by hand, and --despite writes its line', async () => {
  const evidence = (text: string) => text.replace("  path: 'dist',", "  path: 'dist',\n  evidence: [{ command: { run: 'true' } }],");
  const workspace = await edited(['config/fleet.ts', evidence]);
  workspace.edit('config/fleet.ts', (text) => text.replace(/ {2}evidence: .*\n/, ''));
  expect(reason(await auto(workspace, '--dry-run'))).toMatch(
    /^somebody must promote it by hand: evidence: 'patch-001' goes on from .* without the evidence command: /,
  );
  const line = 'Fleet-Allows: evidence management-cluster/cert-manager stage/stage-sector-2';
  const { needs } = JSON.parse((await workspace.promote('--dry-run', '--json')).stdout);
  // In front of it lie integration and a part of stage; one line allows both.
  const needed = expect.objectContaining({ rule: 'evidence', statement: expect.stringContaining(line) });
  expect(needs).toEqual([needed, needed]);
  const { stdout } = await workspace.promote('--despite', 'the metrics moved');
  expect(stdout).toContain('Fleet-Despite: the metrics moved');
  expect(stdout.split(line)).toHaveLength(2);
  expect(stdout).not.toMatch(/^ {2}needs /m);
});

test('of hubs and spokes a step that passes moves, and one that a rule asks about waits', async () => {
  const workspace = known(await startedHub());
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  workspace.edit('config/fleet.ts', (text) => text.replaceAll(/,? promotion: 'manual'/g, '').replaceAll("promotion: 'manual',", ''));
  await workspace.serve('synth');
  workspace.git('commit', '-qam', 'No gates');
  const start = workspace.git('rev-parse', 'HEAD').trim();
  expect((await auto(workspace, '--commit')).moved.map(({ patch }) => patch)).toContain('patch-001');
  expect(refusals(judged(workspace, start))).toEqual([]);
  const rule = "defineRule({ id: 'nothing-moves', what: 'w', why: 'w', wayOut: 'o', judge: () => [{ message: 'something moves' }] })";
  workspace.write({ 'config/rules.ts': `import { defineRule, defineRules } from 'cdk8s-fleet';\nexport default defineRules([${rule}]);\n` });
  expect(reason(await auto(workspace, '--dry-run'))).toBe(
    'somebody must promote it by hand: nothing-moves: something moves (`npx fleet promote addons releases patch-001`)',
  );
});

longTest('a way back that takes something along is not made by itself either: the patch stops', async () => {
  const evidence = (text: string) =>
    text.replace("  path: 'dist',", '  path: \'dist\',\n  evidence: [{ command: { run: \'test "$FLEET_PATCH $FLEET_REGION" != "patch-001 us-east1"\' } }],');
  const workspace = await edited(moving, ['config/fleet.ts', evidence]);
  const told = await auto(workspace, '--rollback-on-bad');
  expect(told.back).toBeUndefined();
  const [stopped] = told.waiting.filter(({ patch }) => patch === 'patch-001');
  expect(stopped).toMatchObject({
    isStopped: true,
    reason: expect.stringMatching(
      /^command is bad at .*; somebody must take it back by hand: removal: .* \(`npx fleet rollback management-cluster cert-manager patch-001`\)$/,
    ),
  });
});
