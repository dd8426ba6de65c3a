import { withoutControls } from '../../../cli/print/without-controls';
import { longTest } from '../../long-test';
import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';
import { appOf, boardIn, pathsOf, placedAt, saidAt } from './decode';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const kept = removedAfterwards();

function boardOf(workspace: Workspace, ...flags: readonly string[]) {
  const { status, stdout, stderr } = workspace.fleet('board', '--output', '-', ...flags);
  if (status !== 0) throw new Error(stderr);
  return { board: boardIn(stdout), html: stdout, notes: stderr };
}

async function regions(form: 'typescript' | 'yaml' = 'typescript'): Promise<RolloutWorkspace> {
  return kept(await startedWorkspace(form));
}

const canary = 'production/prod-canary/us-east1';

describe.each(formsOr('yaml'))('of a fleet in %s', (form) => {
  test('the hierarchy, the apps, and each value with its layer, file and line', async () => {
    const workspace = await regions(form);
    const { board } = boardOf(workspace);
    expect(board).toMatchObject({ of: 'the configuration', topology: 'dimensions', dimensions: ['environment', 'sector', 'region'], notes: [] });
    expect(board.commit?.hash).toBe(workspace.git('rev-parse', 'HEAD').trim());
    expect(board.clusterTypes.map(({ name, targets }) => [name, targets.length])).toEqual([
      ['infra-cluster', 9],
      ['management-cluster', 9],
    ]);
    expect(board.nodes.filter(({ parent }) => parent === undefined)).toEqual([
      { name: 'integration' },
      { name: 'stage', isManual: true },
      { name: 'production', isManual: true },
    ]);
    const app = appOf(board, 'cert-manager');
    expect(pathsOf(board, app.targets)).toContain(canary);
    const { value, layer, file, line } = placedAt(board, app, canary).get('source.targetRevision') as Record<string, unknown>;
    const explained = workspace.fleet('explain', canary, 'cert-manager', 'source.targetRevision').stdout;
    expect(explained).toContain(`${value}\n  set by  ${layer} (${file}:${line})`);
    expect(app.fields[app.version as number]?.name).toBe('source.targetRevision');
  });

  test('patches in flight, as fleet status tells of them', async () => {
    const workspace = await regions(form);
    const { board } = boardOf(workspace);
    const { patches } = JSON.parse(workspace.fleet('status', '--json').stdout);
    const told = board.rollouts.map(({ clusterType, app, patch, description, paths, covered, targets, next, entering, gates, notes }) => ({
      ...{ clusterType, app, patch, description, paths, covered: covered.length, targets: targets.length, next },
      ...{ entering: pathsOf(board, entering), gates, notes },
    }));
    expect(told.length).toBeGreaterThan(1);
    expect(patches).toMatchObject(told);
    expect(board.rollouts[0]?.since).toBe(new Date().toISOString().slice(0, 10));
  });

  test('the last commits, the newest first, in the words of fleet history', async () => {
    const workspace = await regions(form);
    await workspace.promote('--approve', 'production', '--approve', 'production/prod-canary');
    workspace.commit('Enter stage\n\nReviewed-by: Ann <ann@example.com>');
    workspace.write({ 'notes.txt': 'changes nothing' }).commit('Take notes');
    const { board, notes } = boardOf(workspace, '--history', '1');
    expect(board.history).toEqual([
      {
        hash: workspace.git('rev-parse', 'HEAD~1').trim(),
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        author: 'Test',
        subject: 'Enter stage',
        approvals: ['Reviewed-by: Ann <ann@example.com>'],
        changes: [
          {
            ...{ sign: ' ', clusterType: 'management-cluster', app: 'cert-manager', targets: 1, paths: ['stage/stage-sector-2'] },
            text: 'source.targetRevision v1.18.2 → v1.19.0',
            where: 'at stage/stage-sector-2: patch-001 entered stage',
          },
        ],
      },
    ]);
    expect(board.notes).toEqual(['Its history begins with the last 1 commits that changed anything: `--history 0` has all.']);
    expect(notes).toContain(`Note: ${board.notes[0]}\n`);
    const all = boardOf(workspace, '--history', '0').board;
    expect([all.notes, all.history.map(({ subject }) => subject), all.history[1]?.more]).toEqual([[], ['Enter stage', 'Start'], undefined]);
  });
});

test('what the next step waits for: a gate with who may open it, soak until a moment, and freezes ahead', async () => {
  const workspace = await regions();
  workspace.edit('config/fleet.ts', (text) =>
    text
      .replace("name: 'stage',", "name: 'stage', soak: '5d', approvers: ['@company/ops'],")
      .replace("name: 'production',", "name: 'production', approvers: ['@company/sre'], freeze: { reason: 'the holidays', until: '2999-01-01' },"),
  );
  workspace.commit('Wait');
  const first = boardOf(workspace).board;
  expect(first.rollouts[0]).toMatchObject({
    next: 'stage/stage-sector-2',
    gates: [],
    soak: expect.stringMatching(/^in stage until \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
  });
  expect(first.rollouts[0]?.frozen).toEqual(['production is frozen until 2999-01-01: the holidays']);
  expect(first.nodes.find(({ name }) => name === 'production')?.frozen).toEqual({ reason: 'the holidays', until: '2999-01-01' });
  expect(JSON.parse(workspace.fleet('status', '--json').stdout).patches[0]).toMatchObject({
    soaking: { node: 'stage', until: expect.stringMatching(/Z$/) },
    frozen: [{ path: 'production', reason: 'the holidays' }],
    enteredAt: expect.stringMatching(/Z$/),
  });
  await workspace.promote();
  const frozen = boardOf(workspace).board.rollouts[0];
  expect(frozen).toMatchObject({ next: 'nothing: production is frozen until 2999-01-01: the holidays', entering: [], gates: [], since: 'not committed yet' });
  workspace.edit('config/fleet.ts', (text) => text.replace(/ freeze: \{[^}]*\},/, ''));
  const { board } = boardOf(workspace);
  expect(board.rollouts[0]).toMatchObject({
    next: 'production/prod-canary, behind the manual gate production',
    gates: [{ node: 'production', approvers: ['@company/sre'] }],
    soak: 'its entry into stage/stage-sector-2/ap-east1 is not committed yet',
    frozen: [],
  });
  expect(pathsOf(board, board.rollouts[0]?.entering ?? [])).toEqual([canary]);
});

longTest('the same input gives the same bytes, from wherever it is run', async () => {
  const workspace = await regions();
  const { html } = boardOf(workspace);
  expect(boardOf(workspace).html).toBe(html);
  const other = workspace.run(process.execPath, [`${process.cwd()}/cli/fleet.js`, 'board', '--output', '-', '--config', 'config'], { TZ: 'Asia/Kolkata' });
  expect(other.stdout).toBe(html);
  expect(html).not.toContain(workspace.path);
});

test('--at shows what a commit recorded: values, layers, gates and history of then, and says what it cannot know', async () => {
  const workspace = await regions();
  const before = boardOf(workspace).board;
  workspace.edit('config/fleet.ts', (text) => text.replace("promotion: 'manual', ", '').replace("promotion: 'manual',", ''));
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(/'v1\.17\.0'/, "'v1.16.0'"));
  workspace.fleet('synth');
  workspace.commit('Open the gate, and go back');
  const { board } = boardOf(workspace, '--at', 'HEAD~1');
  const hash = workspace.git('rev-parse', 'HEAD~1').trim();
  expect(board).toMatchObject({ of: `HEAD~1 (${hash.slice(0, 7)})`, commit: { hash }, files: [] });
  const placed = ({ rollouts }: typeof board) =>
    rollouts.map(({ clusterType, app, patch, paths, targets, covered }) => [clusterType, app, patch, paths, targets, covered]);
  expect(placed(board)).toEqual(placed(before));
  expect(board.rollouts[0]).toMatchObject({ next: 'not known: no commit records it', gates: [] });
  expect(board.nodes).toEqual(before.nodes);
  expect(board.history.map(({ subject }) => subject)).toEqual(['Start']);
  expect(board.notes).toEqual([
    'Of patches in flight a commit records where they sat, and not what they waited for.',
    'Where its layers stand, and whose its apps are, no commit records.',
  ]);
  const said = (one: typeof board) => saidAt(one, appOf(one, 'cert-manager'), canary).get('source.targetRevision')?.slice(0, 2);
  expect(said(board)).toEqual(['v1.17.0', 'override production']);
  expect(said(boardOf(workspace).board)).toEqual(['v1.16.0', 'override production']);
  const fields = (one: typeof board) =>
    appOf(one, 'cert-manager').fields.map(({ name, said: all, runs }) => [name, all.map(([value, layer]) => [value, layer]), runs]);
  expect(fields(board)).toEqual(fields(before));
});

test('hubs: groups, members, and what releases say', async () => {
  const workspace = kept(await startedHub());
  const { board } = boardOf(workspace);
  expect(board).toMatchObject({ topology: 'hub-and-spoke', notes: [] });
  expect(board.clusterTypes.map(({ name }) => name)).toEqual(['addons', 'bootstrap', 'monitoring', 'resources']);
  const app = appOf(board, 'cert-manager');
  expect(app.fields[app.version as number]?.name).toBe('version');
  const { layer, file, line } = placedAt(board, app, 'tenant1/dev/tenant1-dev-workload1').get('version') as Record<string, unknown>;
  const explained = workspace.fleet('explain', 'tenant1-dev-workload1', 'cert-manager', 'version').stdout;
  expect(explained).toContain(`set by  ${layer} (${file}:${line})`);
  const [rollout] = board.rollouts;
  expect(rollout).toMatchObject({ clusterType: 'addons', app: 'releases', patch: 'patch-001', gates: [{ node: 'tenant1/prod' }] });
  const then = boardOf(workspace, '--at', 'HEAD').board;
  expect(then.rollouts).toMatchObject([{ clusterType: 'addons', app: 'releases', patch: 'patch-001', covered: rollout?.covered }]);
  expect(then.nodes).toEqual(board.nodes);
  expect(then.apps.map(({ name, targets }) => [name, targets])).toEqual(board.apps.map(({ name, targets }) => [name, targets]));
});

test('texts that somebody wrote are data, whatever they look like', async () => {
  const workspace = await regions();
  const hostile = '</script><img src=x onerror=alert(1)>\u2028\u202e"\'`<!--';
  workspace.edit('config/management-cluster/cert-manager.ts', (text) =>
    text
      .replace(/description: '[^']*',/, `description: ${JSON.stringify(hostile)},`)
      .replace(/replicaCount: 3/, `replicaCount: 3, __proto__x: ${JSON.stringify(hostile)}`),
  );
  workspace.fleet('synth');
  workspace.git('add', '-A');
  workspace.git('-c', `user.name=${hostile.replace(/[<>]/g, '(')}`, 'commit', '-q', '-m', hostile);
  const { board, html } = boardOf(workspace);
  expect(appOf(board, 'cert-manager').description).toBe(withoutControls(hostile));
  expect(saidAt(board, appOf(board, 'cert-manager'), canary).get('source.helm.valuesObject.__proto__x')?.[0]).toBe(withoutControls(hostile));
  expect(board.history[0]?.subject).toContain('</script><img src=x onerror=alert(1)>');
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)?.length).toBe(html.match(/<script/g)?.length);
});

longTest('links lead to the forge that the fleet names, or the remote, without a login', async () => {
  const workspace = await regions();
  const hash = workspace.git('rev-parse', 'HEAD').trim();
  const linksOf = () => boardOf(workspace).board.links;
  expect(linksOf()).toEqual({
    commit: 'https://github.com/company/gcp-hcp-apps/commit/{}',
    file: `https://github.com/company/gcp-hcp-apps/blob/${hash}/{}#L{line}`,
  });
  workspace.edit('config/fleet.ts', (text) => text.replace(/repository: '[^']*'/, "repository: 'https://git.example.com/company/fleet'"));
  expect(linksOf()).toBeUndefined();
  workspace.git('remote', 'add', 'origin', 'https://user:secret@gitlab.example.com/company/fleet.git');
  expect(linksOf()?.commit).toBe('https://gitlab.example.com/company/fleet/-/commit/{}');
});
