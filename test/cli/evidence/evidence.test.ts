import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { longTest } from '../../long-test';
import { startServers } from '../../store/evidence/servers';
import { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { type Run, repository } from '../../workspaces/workspace';
import { StandIn } from './stand-in';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

let standIn: StandIn;
const workspaces: RolloutWorkspace[] = [];

beforeAll(async () => {
  standIn = await StandIn.start();
});

afterAll(() => {
  standIn.stop();
  for (const workspace of workspaces) workspace.remove();
});

const targets = [
  'integration/int-sector-1/us-central1',
  'integration/int-sector-1/europe-west1',
  'integration/int-sector-2/us-central1',
  'stage/stage-sector-1/us-east1',
  'stage/stage-sector-1/europe-west1',
];

/** The example with evidence, committed three days ago, where a patch has to be good for a day in stage-sector-1. */
async function example(evidence: string, { soak = '24h', head = '' } = {}): Promise<RolloutWorkspace> {
  const workspace = new RolloutWorkspace('typescript');
  workspaces.push(workspace);
  workspace.edit('config/fleet.ts', (text) =>
    text
      .replace("import { defineFleet } from 'cdk8s-fleet';", `import { argoCD, command, defineFleet, prometheus } from 'cdk8s-fleet';\n${head}`)
      .replace("  path: 'dist',", `  path: 'dist',\n  evidence: [${evidence}],`)
      .replace("'stage-sector-1', ", `'stage-sector-1', soak: '${soak}', `),
  );
  const { status, stderr } = await workspace.serve('synth', '--json');
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('Start', 72);
}

const argoCD = (more = '') => `argoCD({ server: ({ path }) => \`${standIn.url}/argocd/\${path}\`, ${more} })`;

/** What the Argo CDs of all targets have, as Git has it; with what is otherwise. */
interface Live {
  readonly revision?: string;
  readonly change?: (spec: object) => object;
  readonly health?: object;
}

function live(workspace: RolloutWorkspace, { revision = workspace.git('rev-parse', 'HEAD').trim(), change = (spec) => spec, ...status }: Live = {}): void {
  for (const target of targets) {
    const folder = `dist/management-cluster/${target}`;
    const { spec } = parse(workspace.read(`${folder}/templates/cert-manager.yaml`)) as { readonly spec: { readonly destination: object } };
    const running = { ...spec, destination: { ...spec.destination, name: `cluster-of-${target.replaceAll('/', '-')}` } };
    const well = {
      sync: { status: 'Synced', revision: 'v1' },
      health: { status: 'Healthy', lastTransitionTime: new Date(Date.now() - 48 * 3_600_000).toISOString() },
    };
    standIn.applications(target, [
      {
        metadata: { name: 'management-cluster-x', uid: 'root' },
        spec: { source: { repoURL: 'https://github.com/company/gcp-hcp-apps', path: folder } },
        status: { sync: { status: 'Synced', revision }, health: { status: 'Healthy' } },
      },
      { metadata: { name: 'cert-manager', uid: 'app' }, spec: change(running), status: { ...well, ...status } },
    ]);
  }
}

interface Told {
  readonly moved: readonly { readonly patch: string; readonly path: string; readonly evidence?: { readonly is: string } }[];
  readonly waiting: readonly { readonly patch: string; readonly reason: string; readonly isStopped?: boolean }[];
  readonly back?: readonly object[];
  readonly commit?: string;
}

async function auto(workspace: RolloutWorkspace, ...flags: string[]): Promise<Told> {
  const { stdout, stderr } = await workspace.serve('promote', '--auto', '--json', ...flags);
  return stdout === '' ? (stderr as never) : (JSON.parse(stdout) as Told);
}

const reason = ({ waiting }: Told) => waiting.find(({ patch }) => patch === 'patch-001')?.reason;
const hasMoved = ({ moved }: Told) => moved.some(({ patch }) => patch === 'patch-001');

/** In a process with these tokens. */
function withTokens(workspace: RolloutWorkspace, env: NodeJS.ProcessEnv, ...args: string[]): Run {
  return workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), ...args], env);
}

describe('Argo CD:', () => {
  let workspace: RolloutWorkspace;
  beforeAll(async () => {
    workspace = await example(argoCD());
  });

  test('a patch goes on where everything that it has reached is good, and has been for the soak', async () => {
    live(workspace);
    const told = await auto(workspace, '--dry-run');
    expect(hasMoved(told)).toBe(true);
    expect(told.moved.find(({ patch }) => patch === 'patch-001')).toMatchObject({ path: 'stage/stage-sector-2', evidence: { is: 'good', reasons: [] } });
  });

  test('it waits where it has not been healthy for that long, and where it is not what Git has', async () => {
    live(workspace, { health: { status: 'Healthy', lastTransitionTime: new Date(Date.now() - 3_600_000).toISOString() } });
    expect(reason(await auto(workspace, '--dry-run'))).toMatch(
      /^argoCD is not good yet at stage\/stage-sector-1\/us-east1( and 1 more target)?: it is good, and soaks for another (23 h|22 h 59 min)/,
    );
    live(workspace, { change: (spec) => ({ ...spec, source: { ...(spec as { readonly source: object }).source, targetRevision: 'v1.18.2' } }) });
    expect(reason(await auto(workspace, '--dry-run'))).toBe(
      'argoCD is not good yet at integration/int-sector-1/us-central1 and 4 more targets: cert-manager is not what is rendered: source.targetRevision',
    );
  });

  test('a root that has synced what is after the change is as good, what is before it is not, and what is not here is no answer', async () => {
    const start = workspace.git('rev-parse', 'HEAD').trim();
    workspace.write({ unrelated: 'x' }).commit('Something else', 1);
    live(workspace);
    expect(hasMoved(await auto(workspace, '--dry-run'))).toBe(true);
    live(workspace, { revision: start });
    expect(hasMoved(await auto(workspace, '--dry-run'))).toBe(true);
    live(workspace, { revision: 'f'.repeat(40) });
    expect(reason(await auto(workspace, '--dry-run'))).toContain('management-cluster-x has synced fffffff, which this clone does not know');
    workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("targetRevision: 'v1.19.0'", "targetRevision: 'v1.19.1'"));
    await workspace.serve('synth', '--json');
    workspace.commit('Another version', 30);
    live(workspace, { revision: start });
    expect(reason(await auto(workspace, '--dry-run'))).toContain(`management-cluster-x has synced ${start.slice(0, 7)}, which is without the change`);
  });

  test('who does not answer holds back what depends on it, with a word for why', async () => {
    live(workspace);
    standIn.write(`argocd/${targets[3]}.json`, 'null').write(`argocd/${targets[4]}.json`, '');
    const told = reason(await auto(workspace, '--dry-run'));
    expect(told).toContain(`argoCD does not answer at ${targets[3]}: no Application applies`);
    expect(told).toContain(`argoCD does not answer at ${targets[4]}: what it answers is no JSON`);
  });

  test('status shows how it runs beside its progress, where that is asked for, and a region that does not answer', async () => {
    live(workspace);
    standIn.write(`argocd/${targets[3]}.json`, '');
    standIn.requests();
    expect((await workspace.serve('status')).stdout).not.toContain('argoCD');
    expect(standIn.requests()).toEqual([]);
    const { status, stdout } = await workspace.serve('status', '--live', 'management-cluster', 'cert-manager');
    expect(status).toBe(0);
    expect(stdout).toMatch(/warning +argoCD does not answer at stage\/stage-sector-1\/us-east1: what it answers is no JSON/);
    const data = JSON.parse((await workspace.serve('status', '--live', '--json')).stdout) as {
      readonly patches: readonly { readonly patch: string; readonly evidence?: object }[];
    };
    expect(data.patches.find(({ patch }) => patch === 'patch-001')?.evidence).toMatchObject({ is: 'no-answer' });
  });

  test('by hand it asks for a reason, which the commit has with what was seen, and the guard passes it', async () => {
    live(workspace, { health: { status: 'Degraded', message: 'no pods' } });
    const refused = await workspace.promote();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      "'patch-001' does not go on: argoCD is bad at integration/int-sector-1/us-central1 and 4 more targets: cert-manager is Degraded: no pods",
    );
    expect(refused.stderr).toContain("--despite 'REASON'");
    const shown = await workspace.promote('--dry-run');
    expect(shown.stdout).toMatch(/warning +argoCD is bad at/);
    workspace.git('config', 'user.name', 'Test');
    workspace.git('config', 'user.email', 'test@example.com');
    const done = await workspace.promote('--commit', '--despite', 'known: see INC-42');
    expect(done.stderr).toBe('');
    const message = workspace.git('log', '-1', '--format=%B');
    expect(message).toMatch(/^Fleet-Despite: known: see INC-42$/m);
    expect(message).toMatch(/^Fleet-Evidence: management-cluster\/cert-manager patch-001 integration,stage\/stage-sector-1 argoCD bad [0-9a-f]{16}$/m);
    expect(message).toMatch(/^Fleet-Allows: evidence management-cluster\/cert-manager stage\/stage-sector-2 [0-9a-f]{16}$/m);
    const judged = await workspace.serve('check', '--since', 'HEAD~1');
    expect(judged.stdout + judged.stderr).not.toContain('error evidence');
    expect((await workspace.serve('history', 'stage')).stdout).toContain('argoCD bad at integration,stage/stage-sector-1');
  });
});

test('bad evidence stops a patch and no other, and takes it back where that is asked for', async () => {
  const workspace = await example('{ command: { run: \'echo no pods; test "$FLEET_PATCH $FLEET_REGION" != "patch-001 us-east1"\' } }', { soak: '0s' });
  const { stdout } = await workspace.serve('promote', '--auto', '--dry-run');
  expect(stdout).toMatch(/Stopped:\n {2}patch-001 of cert-manager in management-cluster: command is bad at stage\/stage-sector-1\/us-east1: no pods/);
  const told = await auto(workspace, '--dry-run');
  expect(told.moved.length).toBeGreaterThan(0);
  expect(told.waiting.find(({ patch }) => patch === 'patch-001')).toMatchObject({ isStopped: true });
  await auto(workspace, '--rollback-on-bad');
  expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
});

test('what is taken back does not come back by itself, says why, and goes on where the patch is mended or somebody promotes it', async () => {
  const workspace = await example('{ command: { run: \'echo no pods; test "$FLEET_PATCH $FLEET_REGION" != "patch-001 us-east1"\' } }', { soak: '0s' });
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  workspace.edit('config/fleet.ts', (text) => text.replace(/(name: 'stage',\s+)promotion: 'manual',/, '$1'));
  await workspace.serve('synth');
  workspace.commit('Nobody opens a gate', 48);
  await auto(workspace, '--rollback-on-bad', '--commit');
  expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
  expect(workspace.git('log', '-1', '--format=%B')).toMatch(
    /^Fleet-Evidence: management-cluster\/cert-manager patch-001 stage\/stage-sector-1\/us-east1 command bad /m,
  );
  const told = await auto(workspace, '--rollback-on-bad', '--commit');
  const why = 'command was bad at stage/stage-sector-1/us-east1 when it was there: edit the patch, or promote it by hand';
  expect(reason(told)).toBe(why);
  // Whoever looks is told so, too.
  const next = `stage/stage-sector-1; not by itself: ${why}`;
  const shown = JSON.parse((await workspace.serve('status', 'management-cluster', 'cert-manager', '--json')).stdout);
  expect(shown.patches[0]).toMatchObject({ patch: 'patch-001', next, takenBack: why });
  expect((await workspace.serve('notify', '--dry-run', '--json')).stdout).toContain(`"next": "${next}"`);
  await workspace.serve('board', '--output', 'board.html');
  expect(workspace.read('board.html')).toContain(next);
  workspace.run('rm', ['board.html']);
  expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
  // What a clone leaves out may say that it was bad: `git clone --depth 1`, or `--filter`.
  workspace.write({ '.git/shallow': workspace.git('rev-parse', 'HEAD') });
  const cut = await auto(workspace, '--commit');
  expect(hasMoved(cut)).toBe(false);
  expect(reason(cut)).toMatch(/^whether it was bad there before cannot be told: .*`git fetch --unshallow`/);
  workspace.run('rm', ['.git/shallow']);
  workspace.write({ '.git/objects/pack/pack-0.promisor': '' });
  const partial = await auto(workspace, '--commit');
  expect(hasMoved(partial)).toBe(false);
  expect(reason(partial)).toMatch(/^command was bad at \S+, and since when it is as it is now cannot be told: .*`--filter`/);
  workspace.run('rm', ['.git/objects/pack/pack-0.promisor']);
  // Another content is another change.
  const file = 'config/management-cluster/cert-manager.ts';
  workspace.edit(file, (text) => text.replace("'v1.19.0'", "'v1.19.1'"));
  await workspace.serve('synth');
  workspace.commit('Mend the patch');
  expect(hasMoved(await auto(workspace, '--dry-run'))).toBe(true);
});

test('what is bad in front of a freeze is seen, on record and taken back', async () => {
  const workspace = await example("command('test ! -e ../broken || test $FLEET_PATCH != patch-001')", { soak: '0s' });
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  workspace.edit('config/fleet.ts', (text) => text.replace(/(name: 'stage-sector-2',)/, "$1 freeze: 'load test',"));
  await workspace.serve('synth');
  workspace.write({ '.gitignore': 'broken\n' }).commit('Freeze', 48);
  const frozen = 'stage/stage-sector-2 is frozen: load test';
  expect(reason(await auto(workspace, '--commit'))).toBe(frozen);
  workspace.write({ broken: '' });
  const told = await auto(workspace, '--commit');
  expect(told.waiting.find(({ patch }) => patch === 'patch-001')).toMatchObject({
    isStopped: true,
    reason: expect.stringMatching(`^${frozen}; command is bad at integration/int-sector-1/us-central1 and 4 more targets: `),
  });
  expect(workspace.git('log', '-1', '--format=%B')).toMatch(
    /^Fleet-Evidence: management-cluster\/cert-manager patch-001 integration,stage\/stage-sector-1 command bad 0{16}$/m,
  );
  await auto(workspace, '--rollback-on-bad', '--commit');
  expect(workspace.pathsOf('patch-001')).toEqual(['integration']);
});

test('of patches of an app that are bad at the same target, the one that came there last is taken back, and the others stop', async () => {
  const workspace = await example('{ command: { run: \'echo no pods; test "$FLEET_APP $FLEET_REGION" != "cert-manager us-east1"\' } }', { soak: '0s' });
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  const edit = async (from: string, to: string, hoursAgo: number) => {
    workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(from, to));
    await workspace.serve('synth');
    workspace.commit(`From ${from} to ${to}`, hoursAgo);
  };
  const taken = ({ back = [] }: Told) => back.map((one) => (one as { readonly patch: string }).patch);
  await edit('renewBeforeExpiryPercentage: 40', 'renewBeforeExpiryPercentage: 30', 4);
  const told = await auto(workspace, '--rollback-on-bad', '--dry-run');
  expect(taken(told)).toEqual(['patch-002']);
  expect(told.waiting.find(({ patch }) => patch === 'patch-001')).toMatchObject({
    isStopped: true,
    reason: expect.stringMatching(/command is bad at stage\/stage-sector-1\/us-east1: no pods; patch-002 came there last, and goes back first$/),
  });
  // The other one is younger there now: it goes first, and is looked at first.
  await edit("'v1.19.0'", "'v1.19.1'", 1);
  expect(taken(await auto(workspace, '--rollback-on-bad', '--commit'))).toEqual(['patch-001']);
  expect([workspace.pathsOf('patch-001'), workspace.pathsOf('patch-002')]).toEqual([['integration'], ['integration', 'stage/stage-sector-1/us-east1']]);
  const recorded = workspace.git('log', '-1', '--format=%B').match(/^Fleet-Evidence: \S+\/cert-manager \S+ stage\/stage-sector-1\/us-east1 command bad /gm);
  expect(recorded?.map((line) => line.split(' ')[2])).toEqual(['patch-001', 'patch-002']);
  // It was not that one alone.
  expect(taken(await auto(workspace, '--rollback-on-bad', '--dry-run'))).toEqual(['patch-002']);
});

test('a patch that stops has it on record, once', async () => {
  const workspace = await example('{ command: { run: \'echo no pods; test "$FLEET_PATCH $FLEET_REGION" != "patch-001 us-east1"\' } }', { soak: '0s' });
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  const bad = () => workspace.git('log', '--format=%B').match(/^Fleet-Evidence: \S+\/cert-manager patch-001 \S+ command bad /gm) ?? [];
  await auto(workspace, '--commit');
  expect(bad()).toHaveLength(1);
  await auto(workspace, '--commit');
  expect(bad()).toHaveLength(1);
});

describe('Prometheus:', () => {
  const query = `query: ({ app }) => 'errors{app="' + app + '"}', holds: (value) => value < 1`;

  test('its range is what has to hold; a query that it does not take is said in one line', async () => {
    const workspace = await example(`prometheus({ url: '${standIn.url}/', ${query} })`);
    standIn.write('metric', '0').requests();
    expect(hasMoved(await auto(workspace, '--dry-run'))).toBe(true);
    expect(standIn.requests()[0]).toMatchObject({ path: '/api/v1/query_range', query: expect.stringContaining('errors%7Bapp%3D%22cert-manager%22%7D') });
    standIn.write('metric', '7');
    const rest = 'integration/int-sector-1/us-central1 and 4 more targets';
    expect(reason(await auto(workspace, '--dry-run'))).toBe(`prometheus is bad at ${rest}: the query gives 7`);
    standIn.write('metric', 'error: 1:7: parse error: unexpected end of input');
    expect(reason(await auto(workspace, '--dry-run'))).toBe(
      `prometheus does not answer at ${rest}: it does not take the query: error: 1:7: parse error: unexpected end of input`,
    );
  });

  test('a token comes from the environment, and one that is not set is one error before anything is asked', async () => {
    const workspace = await example(`prometheus({ url: '${standIn.url}/', ${query}, tokenEnv: 'METRICS' })`);
    standIn.write('metric', '0').requests();
    const unset = await workspace.serve('promote', '--auto', '--dry-run');
    expect(unset.status).toBe(1);
    expect(unset.stderr).toContain("the token of the evidence 'prometheus' is not set");
    expect(unset.stderr).toContain('the environment variable METRICS');
    expect(unset.stderr).toContain('1 error');
    expect(standIn.requests()).toEqual([]);
    const set = withTokens(workspace, { METRICS: 'a-secret' }, 'promote', '--auto', '--dry-run', '--json');
    expect(hasMoved(JSON.parse(set.stdout))).toBe(true);
    expect(new Set(standIn.requests().map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-secret']));
  });

  test('a token goes nowhere in the clear, and no file or address that is none is asked', async () => {
    const workspace = await example(
      "prometheus({ url: 'http://prometheus.example.com', query: 'up', holds: () => true, tokenEnv: 'METRICS', caFile: 'none.pem' }), argoCD({ server: ({ region }) => region })",
    );
    const { status, stderr } = withTokens(workspace, { METRICS: 'a-secret' }, 'promote', '--auto', '--dry-run');
    expect(status).toBe(1);
    expect(stderr).toContain("the token of the evidence 'prometheus' would go to http://prometheus.example.com as everybody can read it");
    expect(stderr).toContain("'none.pem' of the evidence 'prometheus' holds no certificates");
    expect(stderr).toContain("the evidence 'argoCD' has no address that can be asked at integration/int-sector-1/us-central1");
    expect(stderr).not.toContain('a-secret');
  });
});

test('what is wrong in the same way at many targets is one message', async () => {
  const workspace = await example(
    "argoCD({ server: () => 7 as unknown as string }), argoCD({ name: 'other', server: ({ path }) => { throw new Error(path); } })",
  );
  const { status, stderr } = await workspace.serve('promote', '--auto', '--dry-run');
  expect(status).toBe(1);
  expect(stderr).toMatch(/the evidence 'argoCD' has no address that can be asked at \S+ \(and the same at \d+ more targets\)/);
  expect(stderr).toMatch(/'server' of the evidence 'other' threw at (\S+): \1 \(and the same at \d+ more targets\)/);
  expect(stderr).toContain('2 errors');
});

test('a clone without its history does not know when a change came, and says that', async () => {
  const workspace = await example(argoCD());
  live(workspace);
  // As `git clone --depth 1` leaves it.
  workspace.write({ '.git/shallow': workspace.git('rev-parse', 'HEAD') });
  const { stdout } = await workspace.serve('status', '--live');
  expect(stdout.replace(/\s+/g, ' ')).toContain('when the change came there cannot be told: the repository was cloned without its history');
});

describe('functions:', () => {
  const head = `
import { existsSync, readFileSync } from 'node:fs';
const seen = async ({ at, patch, soak }: { at: { path: string }; patch: string; soak: number }) => {
  await new Promise((done) => setTimeout(done, 10));
  console.log('asking', at.path);
  if (patch !== 'patch-001') return { is: 'not-yet' as const, why: 'only one is looked at' };
  if (!existsSync('says')) return { is: 'good' as const, since: new Date(Date.now() - soak - 3_600_000) };
  const says = readFileSync('says', 'utf8');
  if (says === 'throw') throw new Error('no idea');
  return JSON.parse(says);
};`;

  test('wait for what they wait for', async () => {
    expect(hasMoved(await auto(await example('seen', { head }), '--dry-run'))).toBe(true);
  });

  test('one that blocks its process is ended with it, and the others answer', async () => {
    const workspace = await example('waits, blocks', {
      head: `
const waits = async () => ({ is: 'good' as const });
const blocks = ({ at }: { at: { region: string } }): { is: 'good' } => {
  for (;;) if (at.region !== 'us-central1') return { is: 'good' };
};`,
    });
    const about = { clusterType: 'management-cluster', app: 'cert-manager', apps: ['cert-manager'], patch: 'patch-001', soak: 0 };
    const place = { node: 'integration', index: 0, target: 'stage/stage-sector-1/us-east1' };
    const order = [
      { ...place },
      { ...place, index: 1 },
      { ...place, index: 1, target: 'integration/int-sector-1/us-central1' },
      { ...place, index: 1, target: 'integration/int-sector-2/us-central1' },
      { ...place, target: 'integration/int-sector-1/europe-west1' },
    ].map((one) => ({ ...about, ...one }));
    const program = `
      const from = require('node:module').createRequire(${JSON.stringify(join(repository, 'x.js'))});
      from('tsx/cjs');
      from('./cli/evidence/answer-functions.ts').answerFunctions('config', 2000);`;
    const input = JSON.stringify(order);
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(repository, 'tsconfig.json') };
    const { signal, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: workspace.path, input, env, encoding: 'utf8' });
    const late = 'it did not answer within 2 seconds';
    expect([signal, stderr, JSON.parse(stdout.trim())]).toEqual([
      'SIGKILL',
      '',
      [null, null, { is: 'no-answer', why: late }, { is: 'no-answer', why: `it was not asked, since at integration/int-sector-1/us-central1 ${late}` }, null],
    ]);
  });

  longTest('say what is an answer, or none', async () => {
    const workspace = await example('seen', { head });
    const says = async (text: string) => reason(await auto(workspace.write({ says: text }), '--dry-run'));
    const rest = 'integration/int-sector-1/us-central1 and 4 more targets';
    expect(await says('throw')).toBe(`seen does not answer at ${rest}: it threw: no idea`);
    expect(await says('{"is":"bad","why":"smoke"}')).toBe(`seen is bad at ${rest}: smoke`);
    expect(await says('{"is":"fine"}')).toBe(`seen does not answer at ${rest}: it returns no answer, but the string 'fine'`);
    expect(await says('{"is":"good","since":"soon"}')).toBe(`seen does not answer at ${rest}: 'since' is no moment, but the string 'soon'`);
  });
});

longTest('what is bad is seen while a patch soaks', async () => {
  const workspace = await example("command('exit 1')");
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("targetRevision: 'v1.19.0'", "targetRevision: 'v1.19.1'"));
  await workspace.serve('synth', '--json');
  workspace.commit('Another version', 1);
  const told = await auto(workspace, '--dry-run');
  expect(told.waiting.find(({ patch }) => patch === 'patch-001')).toMatchObject({
    isStopped: true,
    reason: expect.stringMatching(/^it soaks for another .*; command is bad at/),
  });
});

longTest('what cannot say since when counts from its first good answer on record, and one that is good no more begins anew', async () => {
  const workspace = await example("command('test ! -e ../broken')");
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  expect(reason(await auto(workspace))).toMatch(
    /^command is not good yet at stage\/stage-sector-1\/us-east1( and 1 more target)?: it is good, and no commit has it on record yet$/,
  );
  const recorded = await auto(workspace, '--commit');
  expect(recorded.commit).toBeDefined();
  expect(workspace.git('log', '-1', '--format=%B')).toMatch(
    /^Fleet-Evidence: management-cluster\/cert-manager patch-001 stage\/stage-sector-1 command good#[0-9a-f]{8} 0{16}$/m,
  );
  // A day later, as far as Git says.
  const later = new Date(Date.now() - 25 * 3_600_000).toISOString();
  workspace.run('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '-q', '--amend', '--no-edit', '--allow-empty'], {
    GIT_COMMITTER_DATE: later,
  });
  expect(hasMoved(await auto(workspace, '--dry-run'))).toBe(true);
  workspace.write({ broken: '' });
  expect(reason(await auto(workspace, '--commit'))).toContain('command is bad at');
  expect(workspace.git('log', '-1', '--format=%B')).toContain('command bad 0000000000000000');
  workspace.run('rm', ['broken']);
  expect(reason(await auto(workspace, '--dry-run'))).toContain('no commit has it on record yet');
});

test('servers that are slow, silent or senseless, send elsewhere or are not trusted are told in one line by each command, and nothing is written', async () => {
  const servers = await startServers();
  try {
    const places = ['slowly/5000', 'never', 'garbage', `redirect/${encodeURIComponent(`${servers.other}/well/stolen`)}`].map(
      (place) => `${servers.http}/${place}`,
    );
    const urls = [...places, `${servers.https}/well`];
    const byTarget = JSON.stringify(Object.fromEntries(targets.map((target, index) => [target, urls[index]])));
    const workspace = await example(`argoCD({ server: ({ path }) => (${byTarget} as Record<string, string>)[path] ?? [], tokenEnv: 'ARGOCD', timeout: '1s' })`);
    workspace.git('config', 'user.name', 'Test');
    workspace.git('config', 'user.email', 'test@example.com');
    const state = () => [workspace.snapshot('config'), workspace.snapshot('dist'), workspace.git('rev-parse', 'HEAD'), workspace.git('status', '--porcelain')];
    const before = state();
    const moved = withTokens(workspace, { ARGOCD: 'a-secret' }, 'promote', '--auto', '--commit');
    const shown = withTokens(workspace, { ARGOCD: 'a-secret' }, 'status', '--live', 'management-cluster');
    expect(state()).toEqual(before);
    expect([moved.status, moved.stderr, shown.status, shown.stderr]).toEqual([0, '', 0, '']);
    const said = [
      `${targets[0]} and 1 more target: no answer for 1 s`,
      `${targets[2]}: what it answers is no JSON`,
      `${targets[3]}: it redirects to ${servers.other}, which is not asked`,
      `${targets[4]}: its certificate is not trusted (`,
    ].map((text) => `argoCD does not answer at ${text}`);
    const [line = '', ...others] = moved.stdout.split('\n').filter((one) => one.includes('patch-001'));
    expect([others, said.filter((text) => !line.includes(text))]).toEqual([[], []]);
    const rows = shown.stdout.split('\n');
    // Of both patches, of which one has not reached the last target.
    expect(said.map((text) => rows.filter((row) => row.includes(text)).length)).toEqual([2, 2, 2, 1]);
    expect(urls.map((url) => rows.filter((row) => row.includes(`unknown  ${url} does not answer: `)).length)).toEqual(urls.map(() => 1));
    // The token is where it belongs, and nowhere else.
    const all = (await (await fetch(`${servers.http}/seen`)).json()) as readonly { readonly url: string; readonly authorization: string | null }[];
    const asked = all.filter(({ url }) => url !== '/seen');
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-secret']));
    expect(asked.filter(({ url }) => url.startsWith('/well'))).toEqual([]);
    expect(moved.stdout + shown.stdout).not.toContain('a-secret');
  } finally {
    servers.stop();
  }
});

test('without a word of evidence nothing is asked, and nothing is said', async () => {
  const workspace = await example('');
  standIn.requests();
  const { stdout } = await workspace.serve('promote', 'management-cluster', 'cert-manager', 'patch-001', '--dry-run', '--json');
  expect(stdout).not.toContain('evidence');
  expect(standIn.requests()).toEqual([]);
});

test.each([
  ['--despite', ['--auto', '--despite', 'x'], '`--auto` goes on by evidence'],
  ['an empty reason', ['management-cluster', 'cert-manager', 'patch-001', '--despite', ' '], '`--despite` is empty'],
  ['--rollback-on-bad by hand', ['management-cluster', 'cert-manager', 'patch-001', '--rollback-on-bad'], 'is about what moves by itself'],
])('%s where it means nothing is refused', async (_, args, message) => {
  const workspace = await example('');
  const { status, stderr } = await workspace.serve('promote', ...args);
  expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
});

longTest('a region that came today was not good before', async () => {
  const workspace = await example("command('true')");
  workspace.git('config', 'user.name', 'Test');
  workspace.git('config', 'user.email', 'test@example.com');
  workspace.edit('config/fleet.ts', (text) => text.replace(/(name: 'stage',\s+)promotion: 'manual',/, '$1'));
  await workspace.serve('synth');
  workspace.commit('Nobody opens a gate', 48);
  const record = `Fleet-Evidence: management-cluster/cert-manager patch-001 integration,stage/stage-sector-1 command good sha256:${'0'.repeat(64)}`;
  workspace.git('commit', '-q', '--allow-empty', '-m', `Look\n\n${record}`, '--date', '40 hours ago');
  const of = ({ moved, waiting }: Told) => [...moved, ...waiting].find(({ patch }) => patch === 'patch-001');
  workspace.edit('config/fleet.ts', (text) => text.replace("regions: ['us-east1', 'europe-west1']", "regions: ['us-east1', 'europe-west1', 'asia-east1']"));
  await workspace.serve('synth');
  workspace.commit('A region');
  expect(of(await auto(workspace, '--dry-run'))).toMatchObject({ reason: expect.stringMatching(/^it soaks for another (24 h|1 day|23 h 59 min)/) });
});

test('no token gets into what is said of a command', async () => {
  const trace = 'echo "+ curl -H Authorization: Bearer $SMOKE_TOKEN $(printf %0120d 0) $SMOKE_TOKEN $FLEET_WEBHOOK"; false';
  const workspace = await example(
    `command(${JSON.stringify(trace)}), prometheus({ url: '${standIn.url}', query: 'x', holds: () => true, tokenEnv: 'SMOKE_TOKEN' })`,
  );
  const env = { SMOKE_TOKEN: ' s3cr3t-token-s3cr3t-token ', FLEET_WEBHOOK: 'https://hooks.example/T0' };
  const { stdout } = withTokens(workspace, env, 'promote', '--auto', '--dry-run', '--json');
  expect(stdout).toContain('Authorization: Bearer *** 000');
  expect(stdout).not.toMatch(/s3cr3t|T0/);
});
