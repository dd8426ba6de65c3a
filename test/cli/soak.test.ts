import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { type Form, formsOr, RolloutWorkspace } from '../workspaces/rollout-workspace';
import type { Run } from '../workspaces/workspace';
import { serve } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

const fleetFile = (form: Form) => (form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts');
const patchFiles = (form: Form) =>
  form === 'yaml'
    ? ['integration', 'stage/stage-sector-1'].map((path) => `config/management-cluster/cert-manager/${path}/patch-001.yaml`)
    : ['config/management-cluster/cert-manager.ts'];

/** The example, committed three days ago, where a patch has to stay a day in a sector. */
async function example(form: Form, sector = 'stage-sector-1', revision?: string): Promise<RolloutWorkspace> {
  const workspace = new RolloutWorkspace(form);
  workspaces.push(workspace);
  workspace.edit(fleetFile(form), (text) =>
    form === 'yaml'
      ? text.replace(`- name: ${sector}\n`, `- name: ${sector}\n          soak: 24h\n`)
      : text.replace(`'${sector}', `, `'${sector}', soak: '24h', `),
  );
  if (revision !== undefined) {
    workspace.edit(fleetFile(form), (text) =>
      form === 'yaml' ? `revision: ${revision}\n${text}` : text.replace("revision: 'HEAD',", `revision: '${revision}',`),
    );
  }
  await workspace.serve('synth', '--json');
  return workspace.commit('Start', 72);
}

/** Edits what patch-001 changes, or only how that is written. */
function editPatch(workspace: RolloutWorkspace, isContent = true): void {
  for (const file of patchFiles(workspace.form)) {
    workspace.edit(file, (text) =>
      isContent
        ? text.replace(/(targetRevision: ["'])v1\.19\.0/, '$1v1.19.1')
        : text.replace(/^( *)(change:|applications:)/m, (_, indent, key) => `${indent}${workspace.form === 'yaml' ? '#' : '//'} why\n${indent}${key}`),
    );
  }
}

/** What patch-001 waits for. */
async function reason(workspace: RolloutWorkspace): Promise<string | undefined> {
  const { stdout } = await workspace.serve('promote', '--auto', '--dry-run', '--json');
  const { waiting } = JSON.parse(stdout) as { readonly waiting: readonly { readonly patch: string; readonly app: string; readonly reason: string }[] };
  return waiting.find(({ patch, app }) => patch === 'patch-001' && app === 'cert-manager')?.reason;
}

const json = ({ stdout }: Run) => JSON.parse(stdout) as object;

describe.each(formsOr('yaml'))('a patch has to soak as it is, in %s:', (form) => {
  test('whoever edits it in flight begins anew, and whoever rewrites it does not', async () => {
    const workspace = await example(form);
    expect(await reason(workspace)).toBeUndefined();
    editPatch(workspace, false);
    workspace.commit('Say why', 2);
    expect(await reason(workspace)).toBeUndefined();
    editPatch(workspace);
    expect(await reason(workspace)).toBe('its entry into stage/stage-sector-1/europe-west1 is not committed yet');
    workspace.commit('Another version', 1);
    expect(await reason(workspace)).toMatch(/^it soaks for another (23 h|22 h 59 min)$/);
    expect((await workspace.serve('status')).stdout).toMatch(/since +\S+, (1 h|59 min|1 h \d min) ago/);
  });

  test('a region that came today soaks from today on', async () => {
    const workspace = await example(form);
    expect(await reason(workspace)).toBeUndefined();
    workspace.edit(fleetFile(form), (text) =>
      form === 'yaml'
        ? text.replace(/(- name: stage-sector-1\n(?: {10}.*\n)*?( +)- )(name: )?(us-east1\n)/, '$1$3$4$2- $3asia-east1\n')
        : text.replace("regions: ['us-east1', 'europe-west1']", "regions: ['us-east1', 'europe-west1', 'asia-east1']"),
    );
    await workspace.serve('synth');
    expect(await reason(workspace)).toBe('its entry into stage/stage-sector-1/asia-east1 is not committed yet');
    workspace.commit('A region', 1);
    expect(await reason(workspace)).toMatch(/^it soaks for another (23 h|22 h 59 min)$/);
  });

  longTest('days in review do not count', async () => {
    const workspace = await example(form);
    workspace.git('checkout', '-q', '-b', 'review');
    editPatch(workspace);
    workspace.commit('Another version', 48);
    workspace.git('checkout', '-q', 'main');
    workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', 'review');
    expect(await reason(workspace)).toMatch(/^it soaks for another (24 h|1 days|1 day|23 h 59 min)$/);
  });

  longTest('the history of what is deployed counts, not of what is checked out', async () => {
    const workspace = await example(form, 'stage-sector-1', 'main');
    expect(await reason(workspace)).toBeUndefined();
    workspace.git('checkout', '-q', '-b', 'work');
    editPatch(workspace);
    workspace.commit('Another version', 48);
    expect(await reason(workspace)).toBe("its entry into stage/stage-sector-1/europe-west1 is not committed to 'main' yet");
    // What the remote has is deployed, whatever is merged here.
    workspace.git('update-ref', 'refs/remotes/origin/main', 'main');
    workspace.git('update-ref', 'refs/heads/main', 'work');
    expect(await reason(workspace)).toContain("not committed to 'main' yet");
    workspace.git('update-ref', 'refs/remotes/origin/main', 'work');
    expect(await reason(workspace)).toBeUndefined();
    workspace.git('update-ref', '-d', 'refs/remotes/origin/main');
    workspace.git('update-ref', '-d', 'refs/heads/main');
    expect(await reason(workspace)).toBe("its soak time cannot be told: the revision 'main' of the fleet is no branch or tag here");
  });

  longTest('a clone without its history tells nothing, and says how to get it', async () => {
    const workspace = await example(form);
    workspace.edit(`config/management-cluster/hypershift${form === 'yaml' ? '/values.yaml' : '.ts'}`, (text) => text.replace('v0.1.62', 'v0.1.63'));
    workspace.commit('More', 71);
    workspace.git('clone', '-q', '--depth', '1', `file://${workspace.path}`, 'shallow');
    const { stdout } = await serve(join(workspace.path, 'shallow'), ['promote', '--auto', '--dry-run']);
    expect(stdout).toContain(
      'its soak time cannot be told: the repository was cloned without its history (`git fetch --unshallow`; in a pipeline, check it out with `fetch-depth: 0`)',
    );
    const { stdout: status } = await serve(join(workspace.path, 'shallow'), ['status']);
    expect(status).toContain('unknown: the repository was cloned without its history');
  });

  longTest.each(partly(['stage-sector-1', 'int-sector-2'], 1))('a person may go on, and is told that it has not soaked in %s', async (sector) => {
    const workspace = await example(form, sector);
    const node = sector === 'int-sector-2' ? 'integration/int-sector-2' : 'stage/stage-sector-1';
    expect((await workspace.promote('--dry-run')).stdout).not.toContain('warning');
    editPatch(workspace);
    workspace.commit('Another version', 1);
    await workspace.serve('synth');
    workspace.commit('Render it', 1);
    const dry = await workspace.promote('--dry-run', '--json');
    expect([dry.status, json(dry)]).toMatchObject([0, { unsoaked: [{ node, reason: expect.stringContaining('it soaks for another') }] }]);
    const { status, stdout } = await workspace.promote();
    expect([status, stdout]).toEqual([0, expect.stringMatching(new RegExp(`warning +it has not soaked in ${node}: it soaks for another`))]);
    const waiting = await workspace.promote('--json');
    expect([waiting.status, json(waiting)]).toMatchObject([3, { unsoaked: [{ node }] }]);
  });
});
