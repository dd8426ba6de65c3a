import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { journalPlace } from '../../store/files/journal-place';
import { longTest } from '../long-test';
import { changedTargets, type Form, formsOr, RolloutWorkspace, startedWorkspace } from '../workspaces/rollout-workspace';
import type { Run } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** The example fleet, rendered and committed. @param change of its configuration before that */
async function example(form: Form, change?: (workspace: RolloutWorkspace) => void, hoursAgo = 0): Promise<RolloutWorkspace> {
  const isPlain = change === undefined && hoursAgo === 0;
  const workspace = isPlain ? await startedWorkspace(form) : new RolloutWorkspace(form);
  workspaces.push(workspace);
  if (isPlain) return workspace;
  change?.(workspace);
  const { status, stderr } = await workspace.serve('synth', '--json');
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('Start', hoursAgo);
}

const certManager = 'config/management-cluster/cert-manager.ts';
const fleetOf = (form: Form) => (form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts');

/** What a command prints as JSON. */
function json<T = object>({ stdout, stderr }: Run): T {
  expect(stderr).toBe('');
  return JSON.parse(stdout) as T;
}

describe.each(formsOr('typescript'))('fleet promote, of a fleet in %s', (form) => {
  test('--dry-run prints the plan and the diff, and writes nothing', async () => {
    const workspace = await example(form);
    const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
    const { status, stdout } = await workspace.promote('--dry-run');
    expect(status).toBe(0);
    const path = 'management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml';
    expect(stdout).toBe(
      [
        'patch-001 of cert-manager in management-cluster: Security update: cert-manager v1.19.0',
        '  enters     stage/stage-sector-2 (1 target)',
        '  coalesces  stage/stage-sector-1, stage/stage-sector-2 → stage',
        '  covers     5 → 6 of 9 targets',
        '',
        'management-cluster/cert-manager',
        '  source.targetRevision',
        '      v1.18.2 → v1.19.0',
        '      at   stage/stage-sector-2',
        '      why  patch-001 stage; before: base',
        '',
        '2 values of 1 app come from another layer now and say the same.',
        '',
        `--- a/dist/${path}`,
        `+++ b/dist/${path}`,
        '@@ -26,3 +26,3 @@',
        '     repoURL: https://charts.jetstack.io',
        '-    targetRevision: v1.18.2',
        '+    targetRevision: v1.19.0',
        '   syncPolicy:',
        '',
      ].join('\n'),
    );
    expect(json(await workspace.promote('--dry-run', '--json'))).toMatchObject({
      ok: true,
      dryRun: true,
      path: 'stage/stage-sector-2',
      byHand: [],
      changes: [path],
      effect: {
        targets: 1,
        changes: [{ kind: 'field', field: 'source.targetRevision', before: 'v1.18.2', after: 'v1.19.0', paths: ['stage/stage-sector-2'] }],
      },
    });
    expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);
    expect(workspace.top()).toEqual(['config', 'dist']);
  });

  longTest('--no-synth leaves the output alone', async () => {
    const workspace = await example(form);
    const before = workspace.snapshot('dist');
    const { edited, written, next } = json<{ edited: unknown; written: unknown; next: string[] }>(await workspace.promote('--no-synth', '--json'));
    expect([edited, written]).toEqual([expect.arrayContaining([expect.stringContaining('cert-manager')]), []]);
    expect(next[0]).not.toContain(' dist');
    expect(workspace.snapshot('dist')).toEqual(before);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'stage']);
  });

  longTest('--level enters a region alone, or a whole environment', async () => {
    const workspace = await example(form);
    const rendered = workspace.rendered();
    expect((await workspace.promote('--level', 'environment', '--dry-run', '--approve', 'production')).stdout).toContain('enters     stage/stage-sector-2');
    expect((await workspace.promote('--level', 'sector')).status).toBe(0);
    expect((await workspace.promote('--level', 'reg', '--approve', 'production')).stdout).toContain('enters     production/prod-canary/us-east1 (1 target)');
    expect((await workspace.promote('--level', 'region', '--approve', 'production/prod-sector-1')).stdout).toContain(
      'production/prod-sector-1/us-east1 (1 target)',
    );
    expect(changedTargets(rendered, workspace.rendered())).toHaveLength(3);
    const wrong = await workspace.promote('--level', 'country');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining("there is no dimension 'country'\n  hint     ")]);
  });

  longTest('refuses to go past a gap, names it, and fills it', async () => {
    const workspace = await example(form, (one) =>
      form === 'yaml'
        ? one.edit('config/config.yaml', (text) => text.replace('regions: [us-central1, europe-west1]', 'regions: [us-central1, europe-west1, asia-east1]'))
        : one
            .edit('config/fleet.ts', (text) => text.replace("['us-central1', 'europe-west1']", "['us-central1', 'europe-west1', 'asia-east1']"))
            .edit(certManager, (text) =>
              text.replace("['integration', 'stage/stage-sector-1'],", "['integration/int-sector-1/us-central1', 'stage/stage-sector-1'],"),
            ),
    );
    if (form === 'yaml') {
      const folder = 'config/management-cluster/cert-manager/integration';
      workspace.write({ [`${folder}/int-sector-1/us-central1/patch-001.yaml`]: workspace.read(`${folder}/patch-001.yaml`) });
      workspace.run('rm', [`${folder}/patch-001.yaml`]);
      await workspace.serve('synth');
    }
    const refused = await workspace.promote();
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain("'patch-001' cannot go on: it left out integration/int-sector-1/europe-west1, integration/int-sector-1/asia-east1");
    expect(refused.stderr).toContain('`fleet promote management-cluster cert-manager patch-001 --fill` enters it first');
    const before = workspace.rendered();
    expect(json(await workspace.promote('--fill', '--json'))).toMatchObject({ path: 'integration/int-sector-1/europe-west1' });
    expect(changedTargets(before, workspace.rendered())).toEqual(['management-cluster/integration/int-sector-1/europe-west1']);
  });

  longTest('--all goes on to a gate, tells every step, and makes nothing the base that it has just let in', async () => {
    const workspace = await example(form);
    const first = json(await workspace.promote('--all', '--json'));
    expect(first).toMatchObject({
      ok: false,
      steps: [
        { ok: true, path: 'stage/stage-sector-2' },
        { ok: false, waitsFor: ['production'] },
      ],
    });
    const all = await workspace.promote('--all', '--json', '--approve', 'production', '--approve', 'production/prod-sector-1');
    expect([all.status, json(all)]).toMatchObject([0, { ok: true, steps: [{ path: 'production/prod-canary' }, { path: 'production/prod-sector-1' }] }]);
    expect(workspace.pathsOf('patch-001')).toEqual(['integration', 'production', 'stage']);
    expect(json(await workspace.promote('--all', '--json'))).toMatchObject({ ok: true, steps: [{ step: 'integrate' }] });
  });

  longTest('never approves what nobody named, and knows the names', async () => {
    const workspace = await example(form);
    const { status, stderr } = await workspace.promote('--approve', 'prod');
    expect([status, stderr]).toEqual([1, expect.stringContaining("the dimension path 'prod' does not exist")]);
    expect((await workspace.promote('--approve', 'production/prod-canary', '--approve', 'production')).status).toBe(0);
    // An approval is for one gate.
    expect((await workspace.promote('--approve', 'stage')).status).toBe(3);
  });

  longTest('leaves local edits alone, byte for byte', async () => {
    const workspace = await example(form);
    const other = form === 'yaml' ? 'config/management-cluster/hypershift/values.yaml' : 'config/management-cluster/hypershift.ts';
    const note = form === 'yaml' ? 'config/management-cluster/cert-manager/values.yaml' : certManager;
    workspace.edit(other, (text) => `${text}\n${form === 'yaml' ? '#' : '//'} not committed\n`);
    workspace.edit(note, (text) => text.replace('10260', '10262'));
    const before = workspace.config();
    expect((await workspace.promote()).status).toBe(0);
    const after = workspace.config();
    const changed = Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]);
    expect(changed.every((path) => /cert-manager(\.ts$|.*\/patch-001\.yaml$)/.test(path))).toBe(true);
    expect(workspace.read(note)).toContain('10262');
    expect(workspace.read(other)).toMatch(/not committed\n$/);
  });
});

describe.each(formsOr('typescript'))('fleet promote --auto, of a fleet in %s', (form) => {
  const soak = (workspace: RolloutWorkspace) =>
    workspace.edit(fleetOf(form), (text) =>
      form === 'yaml'
        ? text.replace('- name: stage-sector-1\n', '- name: stage-sector-1\n          soak: 24h\n')
        : text.replace("'stage-sector-1', ", "'stage-sector-1', soak: '24h', "),
    );

  test('waits until a patch has soaked, measured from the commit that let it in, and for gates', async () => {
    const workspace = await example(form, soak, 23);
    const config = workspace.config();
    const early = await workspace.serve('promote', '--auto');
    expect(early).toMatchObject({ status: 0, stderr: '' });
    expect(early.stdout).toMatch(/^Nothing moves\.\n\nWaiting:\n/);
    expect(early.stdout).toMatch(/ {2}patch-001 of cert-manager in management-cluster: it soaks for another (1 h|59 min|60 min)/);
    expect(workspace.config()).toEqual(config);
    // Whatever is committed later does not begin it anew.
    const later = await example(form, soak, 25);
    later.edit(form === 'yaml' ? 'config/management-cluster/cert-manager/values.yaml' : certManager, (text) => text.replace('10260', '10261'));
    later.commit('Something else', 1);
    const moved = await later.serve('promote', '--auto', '--json');
    expect([moved.status, json(moved)]).toMatchObject([
      0,
      {
        ok: true,
        moved: [
          { patch: 'patch-001', path: 'stage/stage-sector-2' },
          { patch: 'patch-002', path: 'stage/stage-sector-1/europe-west1' },
        ],
        waiting: [],
        next: [expect.stringMatching(/^git add -A -- config\S+ /), expect.stringContaining('Promote 2 patches')],
      },
    ]);
    // Not committed, so nobody knows for how long; and the gate of production is nobody's but a person's.
    const again = json(await later.serve('promote', '--auto', '--json'));
    expect(again).toMatchObject({
      ok: true,
      moved: [],
      waiting: [
        { patch: 'patch-001', reason: 'production must be approved', owners: ['team-platform@example.com'] },
        { patch: 'patch-002', reason: 'its entry into stage/stage-sector-1/europe-west1 is not committed yet' },
      ],
    });
  });

  longTest('moves nothing twice in a run, and nothing at all with --dry-run', async () => {
    const workspace = await example(form);
    const before = workspace.config();
    const dry = json<{ readonly moved: readonly object[] }>(await workspace.serve('promote', '--auto', '--dry-run', '--json'));
    expect(dry.moved).toHaveLength(2);
    expect(workspace.config()).toEqual(before);
    const { stdout } = await workspace.serve('promote', '--auto');
    expect(stdout.match(/^patch-00\d of/gm)).toEqual(['patch-001 of', 'patch-002 of']);
    expect(stdout).toContain('2 moved.\n\nNext:\n  git add -A -- ');
    expect(stdout.match(/^Next:/gm)).toHaveLength(1);
  });

  longTest('cannot tell a soak time without Git', async () => {
    const workspace = new RolloutWorkspace(form, false);
    workspaces.push(workspace);
    soak(workspace);
    expect(json(await workspace.serve('promote', '--auto', '--json'))).toMatchObject({
      moved: [],
      waiting: [{ reason: 'its soak time cannot be told: there is no Git history' }, { patch: 'patch-002' }],
    });
  });

  longTest('takes no names and no approvals', async () => {
    const workspace = await example(form);
    for (const flags of [['management-cluster'], ['--approve', 'production'], ['--all']]) {
      const { status, stdout } = await workspace.serve('promote', ...flags, '--auto', '--json');
      expect([status, JSON.parse(stdout)]).toMatchObject([1, { ok: false, problems: [{ code: 'rollout' }] }]);
    }
  });
});

describe.each(formsOr('typescript'))('fleet status, of a fleet in %s', (form) => {
  longTest('tells how far every patch is, what is next, and since when', async () => {
    const workspace = await example(form, undefined, 50);
    expect((await workspace.serve('status')).stdout).toBe(
      [
        'patch-001 of cert-manager in management-cluster: Security update: cert-manager v1.19.0',
        '  progress  ███████████░░░░░░░░░ 5 of 9 targets',
        '  at        integration, stage/stage-sector-1',
        '  next      stage/stage-sector-2',
        `  since     ${new Date(Date.now() - 50 * 3_600_000).toISOString().slice(0, 10)}, 2 days ago`,
        '',
        'patch-002 of cert-manager in management-cluster: Renew certificates a week earlier',
        '  progress  ████████░░░░░░░░░░░░ 4 of 9 targets',
        '  at        integration, stage/stage-sector-1/us-east1',
        '  next      stage/stage-sector-1/europe-west1',
        `  since     ${new Date(Date.now() - 50 * 3_600_000).toISOString().slice(0, 10)}, 2 days ago`,
        '',
      ].join('\n'),
    );
    await workspace.promote();
    const { patches } = json<{ readonly patches: readonly object[] }>(await workspace.serve('status', 'management', 'cert', '--json'));
    expect(patches).toMatchObject([
      { patch: 'patch-001', covered: 6, targets: 9, next: 'production/prod-canary, behind the manual gate production', since: 'not committed yet', notes: [] },
      { patch: 'patch-002', covered: 4, since: expect.stringContaining('2 days ago') },
    ]);
    expect((await workspace.serve('status', 'infra-cluster')).stdout).toBe('No patch is in flight.\n');
  });

  longTest('says where there is no history, and what two patches set', async () => {
    const workspace = new RolloutWorkspace(form, false);
    workspaces.push(workspace);
    expect(await workspace.serve('new', 'patch', 'management-cluster', 'cert-manager', '--set', 'source.targetRevision=v1.20.0')).toMatchObject({ status: 0 });
    const { stdout } = await workspace.serve('status');
    expect(stdout.match(/since {5}unknown: there is no Git history/g)).toHaveLength(3);
    expect(stdout).toContain(
      'note      source.targetRevision is set by patch-003 too, at integration/int-sector-1/us-central1, integration/int-sector-1/europe-west1',
    );
  });
});

describe.each(formsOr('typescript'))('fleet new patch, of a fleet in %s', (form) => {
  const add = (workspace: RolloutWorkspace, app: string, ...flags: string[]) => workspace.serve('new', 'patch', 'management-cluster', app, ...flags);

  test('writes the next free number, at the first sector', async () => {
    const workspace = await example(form);
    const before = workspace.rendered();
    const made = await add(workspace, 'cert-manager', '--set', 'source.targetRevision=v1.20.0', '--description', "Say 'hello'");
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toContain('patch-003 of cert-manager in management-cluster\n  starts  at integration/int-sector-1 (2 targets)\n');
    expect(workspace.pathsOf('patch-003')).toEqual(['integration/int-sector-1']);
    expect(changedTargets(before, workspace.rendered())).toEqual(
      ['europe-west1', 'us-central1'].map((name) => `management-cluster/integration/int-sector-1/${name}`),
    );
    expect(json(await workspace.serve('status', '--json'))).toMatchObject({ patches: [{}, {}, { patch: 'patch-003', description: "Say 'hello'" }] });
  });

  longTest('writes the first patch of an app, with values of their types', async () => {
    const workspace = await example(form);
    const made = await add(
      workspace,
      'hypershift',
      ...[
        'source.targetRevision=1.10',
        'source.helm.valuesObject.a\\.b/c=1.10',
        'source.helm.valuesObject.replicas=3',
        'source.helm.valuesObject.list=["a",1]',
      ].flatMap((one) => ['--set', one]),
      ...['labels.team=x', 'source.helm.valuesObject.text=a=b'].flatMap((one) => ['--set', one]),
      '--at',
      'integration/int-sector-1/us',
    );
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const text = workspace.rendered()['management-cluster/integration/int-sector-1/us-central1/templates/hypershift.yaml'];
    for (const line of ["targetRevision: '1.10'", "a.b/c: '1.10'", 'replicas: 3', 'text: a=b', 'team: x']) expect(text?.replaceAll('"', "'")).toContain(line);
    expect(await workspace.serve('check')).toMatchObject({ status: 0 });
  });

  test('refuses a field that does not exist, and writes nothing', async () => {
    const workspace = await example(form);
    const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
    const { status, stderr } = await add(workspace, 'cert-manager', '--set', 'source.targetRevison=v1.20.0');
    expect(status).toBe(1);
    expect(stderr).toContain('unknown-field config/management-cluster/cert-manager');
    expect(stderr).toContain("did you mean 'targetRevision'?");
    expect(stderr).not.toContain('fleet-proof');
    expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);
    expect(workspace.top()).toEqual(['config', 'dist']);
  });

  longTest('begins at the beginning: no gap, no gate that nobody approved, no older patch that wins', async () => {
    const workspace = await example(form, (one) =>
      one.edit(fleetOf(form), (text) =>
        form === 'yaml'
          ? text.replace('- name: integration\n', '- name: integration\n      promotion: manual\n')
          : text.replace("name: 'integration',", "name: 'integration', promotion: 'manual',"),
      ),
    );
    const gap = await add(workspace, 'hypershift', '--set', 'source.targetRevision=v1', '--at', 'stage');
    expect([gap.status, gap.stderr]).toEqual([1, expect.stringContaining("a patch that starts at 'stage' leaves out integration/int-sector-1/us-central1")]);
    const gate = await add(workspace, 'hypershift', '--set', 'source.targetRevision=v1');
    expect([gate.status, gate.stdout]).toEqual([
      3,
      expect.stringContaining('It waits for somebody to approve integration. Nothing was written. To approve, add:\n  --approve integration\n'),
    ]);
    expect(json(await add(workspace, 'hypershift', '--set', 'source.targetRevision=v1', '--json'))).toMatchObject({ ok: false, waitsFor: ['integration'] });
    expect(
      (await add(workspace, 'hypershift', '--set', 'source.targetRevision=v1', '--approve', 'integration', '--at', 'integration/int-sector-1/us-central1'))
        .status,
    ).toBe(0);
    const masked = await add(workspace, 'hypershift', '--set', 'source.targetRevision=v2', '--approve', 'integration');
    expect([masked.status, masked.stderr]).toEqual([
      1,
      expect.stringContaining('the older patch-001 would win over patch-002 in source.targetRevision, at integration/int-sector-1/us-central1'),
    ]);
  });
});

describe('what cannot be edited', () => {
  const versioned = (workspace: RolloutWorkspace) =>
    workspace.edit(certManager, (text) =>
      text
        .replace('export default {', "const version = 'v1.18.2';\n\nexport default {")
        .replace("targetRevision: 'v1.18.2'", 'targetRevision: version')
        .replace("['integration', 'stage/stage-sector-1'],", "['integration', 'stage', 'production/prod-canary'],"),
    );
  const problem = "config/management-cluster/cert-manager.ts:11:21: 'source.targetRevision' is an expression and cannot be edited";

  longTest('is told by plan, by every promotion and by a new patch, and refuses the base', async () => {
    const workspace = await example('typescript', versioned);
    const place = problem.replace(':21:', ':');
    expect((await workspace.serve('plan', 'management-cluster', 'cert-manager', 'patch-001')).stdout).toContain(`by hand     ${place}`);
    const planned = json(await workspace.serve('plan', 'management-cluster', 'cert-manager', 'patch-001', '--json'));
    expect(planned).toMatchObject({
      byHand: [expect.stringContaining("set source.targetRevision to `'v1.19.0'` in the base of 'cert-manager' by hand, and remove the patch 'patch-001'")],
    });
    expect(
      (await workspace.serve('new', 'patch', 'management-cluster', 'cert-manager', '--set', 'source.targetRevision=v1.20.0', '--dry-run')).stdout,
    ).toContain(`by hand  when it reaches the base: ${place}`);
    const last = await workspace.promote('--approve', 'production/prod-sector-1');
    expect([last.status, last.stdout]).toEqual([0, expect.stringContaining(`by hand    when it reaches the base: ${place}`)]);
    const before = workspace.config();
    const { status, stderr } = await workspace.promote();
    expect(status).toBe(1);
    expect(stderr).toContain('error cannot-edit config/management-cluster/cert-manager.ts:11:21\n');
    expect(stderr).toContain("  'source.targetRevision' is an expression and cannot be edited\n");
    expect(stderr).toContain("  hint     set source.targetRevision to `'v1.19.0'` in the base of 'cert-manager' by hand, and remove the patch 'patch-001'\n");
    expect(workspace.config()).toEqual(before);
  });

  longTest('does not keep what can be edited from moving by itself', async () => {
    const workspace = await example('typescript', (one) =>
      versioned(one).edit(certManager, (text) => text.replace("'production/prod-canary'],", "'production'],")),
    );
    const { status, stdout, stderr } = await workspace.serve('promote', '--auto');
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 moved.')]);
    expect(stdout).toContain("patch-001 of cert-manager in management-cluster: 'source.targetRevision' is an expression and cannot be edited");
    expect(stderr).toContain('cannot-edit');
  });

  longTest('is no function: it moves as it is written', async () => {
    const workspace = await example('typescript', (one) =>
      one.edit(certManager, (text) =>
        text
          .replace("['integration', 'stage/stage-sector-1'],", "['integration', 'stage', 'production'],")
          .replace("change: { source: { targetRevision: 'v1.19.0' } }", `change: { source: { targetRevision: (target) => \`v1.19.0-\${target.region}\` } }`),
      ),
    );
    const before = workspace.rendered();
    const run = await workspace.promote();
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(workspace.rendered()).toEqual(before);
    expect(workspace.read(certManager).match(/targetRevision: \(target\) => `v1.19.0-\$\{target.region\}`,/g)).toHaveLength(2);
  });
});

describe('apps that share a file', () => {
  const files = {
    'config/fleet.ts': `import { defineFleet } from 'cdk8s-fleet';
export default defineFleet({
  repository: 'https://example.com/fleet', dimensions: ['environments', 'regions'],
  environments: [{ name: 'int', regions: ['us', 'eu'] }, { name: 'prod', promotion: 'manual', regions: ['us', 'eu'] }],
});
`,
    'config/mc/web.ts': `import { defineApps } from 'cdk8s-fleet';

const source = (chart: string) => ({ repoURL: 'https://charts.example.com', chart });

export default defineApps({
  apps: {
    api: { source: { ...source('api'), targetRevision: '1.0.0' }, destination: { namespace: 'web', server: 'https://a' }, project: 'a' },
    web: { source: { ...source('web'), targetRevision: '1.0.0' }, destination: { namespace: 'web', server: 'https://a' }, project: 'a' },
  },
  overrides: {
    prod: { api: { source: { targetRevision: '0.9.0' } } }, // slower
  },
});
`,
  };

  test('roll out as one, each with what is changed of it', async () => {
    const workspace = await example('typescript', (one) => {
      one.run('rm', ['-r', 'config']);
      one.write(files);
    });
    expect((await workspace.serve('new', 'patch', 'mc', 'web', '--set', 'source.targetRevision=2.0.0')).status).toBe(0);
    workspace.edit('config/mc/web.ts', (text) =>
      text.replace(
        "web: { source: { targetRevision: '2.0.0' } }",
        "web: { source: { targetRevision: '2.0.0' } }, api: { source: { targetRevision: '2.0.0' }, labels: { 'a/b': 'c' } }",
      ),
    );
    const promoted = await workspace.serve('promote', 'mc', 'web', 'patch-001', '--all', '--approve', 'prod');
    expect(promoted).toMatchObject({ status: 0, stderr: '' });
    const before = workspace.rendered();
    const integrated = await workspace.serve('promote', 'mc', 'web', 'patch-001');
    expect(integrated).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('folds       source.targetRevision into the override prod') });
    expect(workspace.rendered()).toEqual(before);
    expect(workspace.read('config/mc/web.ts')).toContain("    prod: { api: { source: { targetRevision: '2.0.0' } } }, // slower\n");
    expect(workspace.read('config/mc/web.ts')).not.toContain('patch');
    expect(existsSync(journalPlace(realpathSync(join(workspace.path, 'config'))))).toBe(false);
  });

  longTest('ask which of them a new patch is for', async () => {
    const workspace = await example('typescript', (one) => {
      one.run('rm', ['-r', 'config']);
      one.write({ ...files, 'config/mc/pair.ts': (files['config/mc/web.ts'] as string).replaceAll('api:', 'one:').replaceAll('web: {', 'two: {') });
    });
    const { status, stderr } = await workspace.serve('new', 'patch', 'mc', 'pair', '--set', 'source.targetRevision=2.0.0');
    expect([status, stderr]).toEqual([1, expect.stringContaining('pair holds several apps\n  expected one of one, two')]);
  });
});
