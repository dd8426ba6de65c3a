import { longTest } from '../long-test';
import { changedTargets, type Form, formsOr, RolloutWorkspace } from '../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function workspaceOf(form: Form): RolloutWorkspace {
  const workspace = new RolloutWorkspace(form);
  workspaces.push(workspace);
  return workspace;
}

/** The example before its patches went anywhere but into the first region. */
async function atFirstRegion(form: Form): Promise<RolloutWorkspace> {
  const workspace = workspaceOf(form);
  const folder = 'config/management-cluster/cert-manager';
  if (form === 'typescript') {
    workspace.edit(`${folder}.ts`, (text) => text.replace("['integration', 'stage/stage-sector-1'],", "['integration/int-sector-1/us-central1'],"));
  } else {
    workspace.write({ [`${folder}/integration/int-sector-1/us-central1/patch-001.yaml`]: workspace.read(`${folder}/integration/patch-001.yaml`) });
    workspace.git('rm', '-q', '-f', '--ignore-unmatch', '--', folder);
    workspace.run('rm', [`${folder}/integration/patch-001.yaml`, `${folder}/stage/stage-sector-1/patch-001.yaml`]);
  }
  await workspace.serve('synth');
  return workspace.commit('Start');
}

const mc = (...paths: string[]) => paths.map((path) => `management-cluster/${path}`).sort();
const production = mc('production/prod-sector-1/europe-east1', 'production/prod-sector-1/us-east1');

describe.each(formsOr('yaml'))('a change of the fleet in %s', (form) => {
  test('goes from the first region to the base, through its gates, and changes what it enters alone', async () => {
    const workspace = await atFirstRegion(form);
    let rendered = workspace.rendered();
    const original = rendered;
    /** One step, which changes these targets and leaves the patch there. */
    const step = async (flags: readonly string[], targets: readonly string[], paths: readonly string[], output: readonly string[]) => {
      const run = await workspace.promote(...flags);
      expect(run).toMatchObject({ status: 0, stderr: '' });
      for (const line of output) expect(run.stdout).toContain(line);
      const after = workspace.rendered();
      expect(changedTargets(rendered, after)).toEqual(targets);
      for (const target of targets) expect(after[`${target}/templates/cert-manager.yaml`]).toContain('targetRevision: v1.19.0');
      expect(workspace.pathsOf('patch-001')).toEqual(paths);
      rendered = after;
    };
    await step(
      [],
      mc('integration/int-sector-1/europe-west1'),
      ['integration/int-sector-1'],
      ['coalesces  integration/int-sector-1/us-central1, integration/int-sector-1/europe-west1 → integration/int-sector-1', 'covers     1 → 2 of 9 targets'],
    );
    await step([], mc('integration/int-sector-2/us-central1'), ['integration'], ['covers     2 → 3 of 9 targets']);

    const waiting = await workspace.promote();
    expect(waiting).toMatchObject({ status: 3, stderr: '' });
    expect(waiting.stdout).toContain('gate    stage is manual');
    const [, command = ''] = /^ {2}npx fleet (promote .*)$/m.exec(waiting.stdout) ?? [];
    expect(command).toBe('promote management-cluster cert-manager patch-001 --approve stage');
    expect(workspace.rendered()).toEqual(rendered);
    expect((await workspace.serve(...command.split(' '))).status).toBe(0);
    expect(changedTargets(rendered, workspace.rendered())).toEqual(mc('stage/stage-sector-1/europe-west1', 'stage/stage-sector-1/us-east1'));
    rendered = workspace.rendered();

    await step([], mc('stage/stage-sector-2/ap-east1'), ['integration', 'stage'], ['→ stage']);
    await step(['--approve', 'production'], mc('production/prod-canary/us-east1'), ['integration', 'production/prod-canary', 'stage'], []);
    // The gate of the environment was passed; the sector has its own.
    expect(JSON.parse((await workspace.promote('--json', '--approve', 'production')).stdout)).toMatchObject({
      ok: false,
      step: 'enter',
      waitsFor: ['production/prod-sector-1'],
      command: 'npx fleet promote management-cluster cert-manager patch-001 --approve production --approve production/prod-sector-1',
    });
    await step(
      ['--all', '--approve', 'production/prod-sector-1'],
      production,
      ['integration', 'production', 'stage'],
      ['It covers every target now. The next promotion makes it the base.'],
    );

    await step([], [], [], ['integrates  into the base; the patch is removed', 'folds       source.targetRevision into the override production']);
    for (const target of mc('integration/int-sector-1/us-central1', 'stage/stage-sector-2/ap-east1', 'production/prod-sector-1/us-east1')) {
      expect(rendered[`${target}/templates/cert-manager.yaml`]).toContain('targetRevision: v1.19.0');
    }
    expect(changedTargets(original, rendered)).toHaveLength(8);
    const done = await workspace.promote();
    expect([done.status, done.stderr]).toEqual([1, expect.stringContaining("'patch-001' of cert-manager in management-cluster is in flight no more")]);
    expect(await workspace.serve('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('dist/ is current') });
    expect(workspace.top()).toEqual(['config', 'dist']);
    expect(Object.keys(workspace.config()).filter((path) => path.includes('.fleet'))).toEqual([]);
  });

  longTest('leaves base and override as an edit by hand would, with their comments', async () => {
    const workspace = workspaceOf(form);
    // Production is pinned to v1.17.0 by an override, the base says v1.18.2, and the patch is everywhere.
    if (form === 'typescript') {
      workspace.edit('config/management-cluster/cert-manager.ts', (text) =>
        text.replace("['integration', 'stage/stage-sector-1'],", "['integration', 'stage', 'production'],"),
      );
    } else {
      const folder = 'config/management-cluster/cert-manager';
      const copy = workspace.read(`${folder}/integration/patch-001.yaml`);
      workspace.write({ [`${folder}/stage/patch-001.yaml`]: copy, [`${folder}/production/patch-001.yaml`]: copy });
      workspace.run('rm', [`${folder}/stage/stage-sector-1/patch-001.yaml`]);
    }
    await workspace.serve('synth');
    workspace.commit('Everywhere');
    const rendered = workspace.rendered();
    const [dry, before] = [await workspace.promote('--dry-run'), workspace.config()];
    expect(dry).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('No manifest changes.') });
    expect(workspace.config()).toEqual(before);

    const run = JSON.parse((await workspace.promote('--json')).stdout);
    expect(run).toMatchObject({
      ok: true,
      step: 'integrate',
      folds: [{ path: 'production', app: 'cert-manager', field: 'source.targetRevision' }],
      next: [expect.stringMatching(/^git add -A -- config\/management-cluster\/cert-manager(\.ts)? dist$/), expect.stringContaining('make patch-001 the base')],
    });
    expect(workspace.rendered()).toEqual(rendered);
    expect(rendered[`${production[0]}/templates/cert-manager.yaml`]).toContain('targetRevision: v1.19.0');
    const diff = workspace.git('diff', '-U0', '--', 'config').split('\n');
    const lines = diff.filter((line) => /^[-+] /.test(line) && /targetRevision/.test(line)).map((line) => line.replace(/ {2,}/g, ' '));
    const quote = form === 'yaml' ? '"' : "'";
    const end = form === 'yaml' ? '' : ',';
    const comment = form === 'yaml' ? ' # The newest that was tried out' : '';
    expect(lines.filter((line) => !line.includes('change') && !/^- targetRevision: "v1.19.0"$/.test(line)).sort()).toEqual(
      [
        `+ targetRevision: ${quote}v1.19.0${quote}${end}${comment}`,
        `+ targetRevision: ${quote}v1.19.0${quote}${end}`,
        `- targetRevision: ${quote}v1.18.2${quote}${end}${comment}`,
        `- targetRevision: ${quote}v1.17.0${quote}${end}`,
      ].sort(),
    );
    expect(diff.filter((line) => /^\+ /.test(line))).toHaveLength(2);
    // The commands that were printed can be run.
    for (const command of run.next)
      expect(workspace.run('sh', ['-c', command.replace('git commit', 'git -c user.name=T -c user.email=t@example.com commit')]).status).toBe(0);
    expect(workspace.git('status', '--short')).toBe('');
  });

  longTest('is taken back from half-way, from after coalescing, to a path, and from everywhere', async () => {
    const workspace = workspaceOf(form);
    await workspace.serve('synth');
    workspace.commit('Start');
    const start = { config: workspace.config(), rendered: workspace.rendered() };
    // From half-way: what the last step entered renders what it did before.
    expect((await workspace.promote()).stdout).toContain('coalesces  stage/stage-sector-1, stage/stage-sector-2 → stage');
    const coalesced = workspace.rendered();
    const back = await workspace.rollback();
    expect(back).toMatchObject({ status: 0, stderr: '' });
    expect(back.stdout).toContain(
      'leaves   stage/stage-sector-2 (1 target)\n  splits   stage\n  sits at  integration, stage/stage-sector-1\n  covers   6 → 5 of 9 targets',
    );
    expect(workspace.config()).toEqual(start.config);
    expect(workspace.rendered()).toEqual(start.rendered);
    // Further back, with another change in between that is kept.
    expect((await workspace.promote()).status).toBe(0);
    expect(workspace.rendered()).toEqual(coalesced);
    const base = form === 'yaml' ? 'config/management-cluster/cert-manager/values.yaml' : 'config/management-cluster/cert-manager.ts';
    workspace.edit(base, (text) => text.replace('securePort: 10260', 'securePort: 10261'));
    expect((await workspace.rollback('--to', 'integration', '--dry-run')).stdout).toContain('-    targetRevision: v1.19.0\n+    targetRevision: v1.18.2');
    const to = JSON.parse((await workspace.rollback('--to', 'integration', '--json')).stdout);
    expect(to).toMatchObject({ ok: true, after: ['integration'], left: expect.arrayContaining(['stage/stage-sector-2/ap-east1']), split: [] });
    expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
    const stage = workspace.rendered()['management-cluster/stage/stage-sector-1/us-east1/templates/cert-manager.yaml'];
    expect(stage).toContain('targetRevision: v1.18.2');
    expect(stage).toContain('securePort: 10261');
    // And out of all of it.
    const everywhere = await workspace.rollback('--everywhere');
    expect(everywhere).toMatchObject({ status: 0, stdout: expect.stringContaining('leaves   integration (3 targets)') });
    expect(workspace.pathsOf('patch-001')).toEqual([]);
    expect(Object.values(workspace.rendered()).filter((text) => text.includes('targetRevision: v1.19.0'))).toEqual([]);
  });
});
