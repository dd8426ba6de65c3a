import { join } from 'node:path';
import { longTest } from '../../long-test';
import { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { repository } from '../../workspaces/workspace';
import { boardIn } from '../board/decode';
import { asGitHasIt, askedExample, type LiveApplication } from './running-fleet';
import { StandIn } from './stand-in';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

let standIn: StandIn;
let workspace: RolloutWorkspace;
let git: ReadonlyMap<string, readonly LiveApplication[]>;

const here = 'management-cluster/integration/int-sector-1/us-central1';
const silent = 'management-cluster/stage/stage-sector-1/us-east1';
const difference = 'spec.source.targetRevision: v1.18.2 runs, v1.19.0 is rendered';

beforeAll(async () => {
  standIn = await StandIn.start();
  workspace = await askedExample(standIn);
});

beforeEach(() => {
  git = asGitHasIt(standIn, workspace);
});

afterAll(() => {
  standIn.stop();
  workspace.remove();
});

/** What an Argo CD has otherwise than Git. */
function change(place: string, name: string, how: (one: LiveApplication) => readonly object[]): void {
  standIn.applications(
    place,
    (git.get(place) ?? []).flatMap((one) => (one.metadata.name === name ? how(one) : [one])),
  );
}

const withSource = ({ spec, ...rest }: LiveApplication, source: object) => ({
  ...rest,
  spec: { ...spec, source: { ...(spec['source'] as object), ...source } },
});

/** What stands in the text behind the patches. */
async function running(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await workspace.serve('status', '--live', ...args);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.slice(stdout.search(/^.* Applications? of /m));
}

test('what runs as Git has it is one line, and each Argo CD is asked once, by patches and for what runs', async () => {
  standIn.requests();
  expect(await running()).toMatch(/^63 Applications of 18 targets run as Git has them at HEAD \([0-9a-f]{7}\)\.\n$/);
  const paths = standIn.requests().map(({ path, query }) => path + query);
  expect([paths.length, new Set(paths).size]).toEqual([18, 18]);
  expect(await running('infra-cluster')).toMatch(/^18 Applications of 9 targets run as Git has them/);
  expect(await running('management-cluster', 'cert-manager')).toMatch(/^9 Applications of 9 targets run as Git has them/);
});

test('what does not is told target by target: by field, in Argo CD’s words, missing, and left over', async () => {
  change(here, 'cert-manager', (one) => [withSource(one, { targetRevision: 'v1.18.2' })]);
  change(here.replace('us-central1', 'europe-west1'), 'prometheus', () => []);
  change('infra-cluster/stage/stage-sector-2/ap-east1', 'argocd', (one) => [
    { ...one, status: { ...one.status, health: { status: 'Degraded', message: 'no\u001b[2J pods' } } },
  ]);
  const place = 'management-cluster/production/prod-canary/us-east1';
  const [root, ...others] = git.get(place) as readonly [LiveApplication, ...LiveApplication[]];
  const resources = [...(root.status['resources'] as readonly object[]), { group: 'argoproj.io', kind: 'Application', name: 'old' }];
  standIn.applications(place, [
    { ...root, status: { ...root.status, sync: { status: 'OutOfSync' }, resources } },
    ...others,
    { metadata: { name: 'old', uid: 'old' }, spec: {}, status: { health: { status: 'Healthy' }, sync: { status: 'Synced' } } },
  ]);
  expect((await running()).replace(/\([0-9a-f]{7}\)/, '(1a2b3c4)')).toBe(`59 of 64 Applications of 18 targets run as Git has them at HEAD (1a2b3c4):
  stage/stage-sector-2/ap-east1 of infra-cluster
    argocd  Degraded, Synced: no\\u001b[2J pods
  integration/int-sector-1/us-central1 of management-cluster
    cert-manager  Healthy, Synced
                  ${difference}
  integration/int-sector-1/europe-west1 of management-cluster
    prometheus  is missing, Git has it and Argo CD has not
  production/prod-canary/us-east1 of management-cluster
    management-cluster-x  Healthy, OutOfSync
    old                   is left over, Git has no such Application: Healthy, Synced
`);
  const { running: data } = JSON.parse((await workspace.serve('status', '--live', '--json', 'management-cluster', 'cert-manager')).stdout);
  expect(data.targets).toHaveLength(9);
  expect(data.targets.find(({ target }: { target: string }) => here.endsWith(target))).toEqual({
    clusterType: 'management-cluster',
    target: 'integration/int-sector-1/us-central1',
    unknown: [],
    applications: [
      {
        ...{ clusterType: 'management-cluster', app: 'cert-manager', name: 'cert-manager', is: 'there', health: 'Healthy', sync: 'Synced' },
        differs: [{ field: 'spec.source.targetRevision', runs: 'v1.18.2', rendered: 'v1.19.0' }],
      },
    ],
  });
});

test('what is not committed yet counts for nothing: Argo CD reads what Git has', async () => {
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("targetRevision: 'v1.19.0'", "targetRevision: 'v1.19.1'"));
  try {
    expect(await running()).toContain('63 Applications of 18 targets run as Git has them');
  } finally {
    workspace.git('checkout', '-q', '--', '.');
  }
});

longTest('what is committed and not synced yet is told of the root and of what it brings, and so is a commit that is not here', async () => {
  const [start, revision] = ["targetRevision: 'v1.19.0'", workspace.git('rev-parse', 'HEAD').trim()];
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace(start, "targetRevision: 'v1.19.1'"));
  await workspace.serve('synth', '--json');
  workspace.commit('Another version');
  try {
    const text = await running('management-cluster');
    expect(text).toContain(`has synced ${revision.slice(0, 7)}, and Git has `);
    expect(text).toContain('spec.source.targetRevision: v1.19.0 runs, v1.19.1 is rendered');
  } finally {
    workspace.git('reset', '-q', '--hard', revision);
  }
  const [root, ...others] = git.get(here) as readonly [LiveApplication, ...LiveApplication[]];
  standIn.applications(here, [{ ...root, status: { ...root.status, sync: { status: 'Synced', revision: 'f'.repeat(40) } } }, ...others]);
  expect(await running()).toContain('    unknown  this clone does not know fffffff, which is synced there\n');
});

test('an Argo CD that does not answer is shown with its reason, and the others go on', async () => {
  standIn.write(`argocd/${silent}.json`, '');
  standIn.applications(here, []);
  change(here.replace('us-central1', 'europe-west1'), 'cert-manager', (one) => [withSource(one, { targetRevision: 'v1.18.2' })]);
  const text = await running();
  expect(text).toContain('52 of 53 Applications of 18 targets run as Git has them');
  expect(text).toContain('; 2 targets are not known in full:');
  expect(text).toContain(
    `  stage/stage-sector-1/us-east1 of management-cluster\n    unknown  ${standIn.url}/argocd/${silent} does not answer: what it answers is no JSON\n`,
  );
  expect(text).toContain('unknown  no Application applies dist/management-cluster/integration/int-sector-1/us-central1 there');
  expect(text).toContain(difference);
});

test('a board holds the same, with its time', async () => {
  change(here, 'cert-manager', (one) => [withSource(one, { targetRevision: 'v1.18.2</script><b>' })]);
  standIn.write(`argocd/${silent}.json`, '');
  const { status, stdout } = await workspace.serve('board', '--live', '--output', 'live.html');
  expect([status, stdout]).toEqual([0, expect.stringMatching(/, 57 of 58 Applications as Git has them \(1 target not known in full\)\n$/)]);
  const html = workspace.read('live.html');
  expect(html).not.toContain('</script><b>');
  const { live, apps, nodes } = boardIn(html);
  expect(Math.abs(Date.parse(live?.at ?? '') - Date.now())).toBeLessThan(180_000);
  expect(live?.of).toMatch(/^HEAD \([0-9a-f]{7}\)$/);
  expect(live?.targets).toHaveLength(18);
  const others = (live?.targets ?? []).flatMap(({ node, others: own }) =>
    own.map((one) => ({ ...one, app: apps[one.app ?? -1]?.name, at: nodes[node]?.name })),
  );
  expect(others).toEqual([
    {
      ...{ name: 'cert-manager', app: 'cert-manager', at: 'us-central1', health: 'Healthy', sync: 'Synced' },
      differs: [expect.stringContaining('v1.18.2</script><b> runs, v1.19.0 is rendered')],
    },
  ]);
  expect(live?.targets.filter(({ unknown }) => unknown !== undefined).map(({ well }) => well)).toEqual([[]]);
});

test('where several Argo CDs have what one target has, each Application is told with the one that has it, and one that is missing in one of them', async () => {
  const own = await askedExample(standIn);
  try {
    // The address as the example has it, and two below it.
    own.edit('config/fleet.ts', (text) => text.replace(/=> (`http.*?`)/, "=> ['', '/a', '/b'].map((end) => $1 + end)"));
    own.commit('Ask several');
    const items = asGitHasIt(standIn, own).get(here) as readonly LiveApplication[];
    const [root, ...others] = items as readonly [LiveApplication, ...LiveApplication[]];
    // As where the roots are in one, and what they bring in one for each cluster.
    for (const place of asGitHasIt(standIn, own).keys()) for (const one of ['a', 'b']) standIn.applications(`${place}/${one}`, []);
    standIn.applications(
      here,
      ['a', 'b'].map((name) => ({ ...root, metadata: { name, uid: name } })),
    );
    const of = (name: string) => others.map((one) => ({ ...one, metadata: { ...one.metadata, uid: `${name} ${one.metadata.name}` } }));
    standIn.applications(
      `${here}/a`,
      of('a').map((one) => (one.metadata.name === 'cert-manager' ? withSource(one, { targetRevision: 'v1.18.2' }) : one)),
    );
    standIn.applications(`${here}/b`, of('b').slice(1));
    const { stdout } = await own.serve('status', '--live');
    expect(stdout).toContain(`    cert-manager  Healthy, Synced at ${standIn.url}/argocd/${here}/a\n                  ${difference}\n`);
    expect(stdout).toContain(`    cert-manager  is missing, Git has it and Argo CD has not: there are 1 of 2\n`);
    expect(stdout).not.toContain(`${here}/b shows`);
    // As one answers that is new, or whose token may see nothing.
    standIn.write(`argocd/${here}/b.json`, 'null');
    const silent = await own.serve('status', '--live');
    expect(silent.stdout).toContain(`    unknown       ${standIn.url}/argocd/${here}/b shows no Application of it, neither its root nor what is rendered\n`);
  } finally {
    own.remove();
  }
});

test('a target for which `server` names no Argo CD is told as that, by patches and for what runs', async () => {
  const own = await askedExample(standIn);
  try {
    const unnamed = here.replace('management-cluster/', '');
    own.edit('config/fleet.ts', (text) => text.replace(/=> (`http.*?`)/, `=> (path === '${unnamed}' ? [] : $1)`));
    asGitHasIt(standIn, own.commit('Name none'));
    const { stdout } = await own.serve('status', '--live');
    expect(stdout).toContain(`  ${unnamed} of management-cluster\n    unknown  'server' names no Argo CD for it\n`);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`argoCD does not answer at ${unnamed}: 'server' names no Argo CD for it`);
    expect(stdout).not.toContain('no Application applies');
  } finally {
    own.remove();
  }
});

test('a board of a commit beside what runs now is refused', async () => {
  const { status, stderr } = await workspace.serve('board', '--live', '--at', 'HEAD', '--output', 'none.html');
  expect(status).toBe(1);
  for (const part of ['a board cannot show what runs now beside what a commit recorded', '--live --at HEAD', '1 error']) expect(stderr).toContain(part);
  expect(workspace.top()).not.toContain('none.html');
});

test('without evidence of Argo CD a board says what to write, and status that nobody is asked', async () => {
  const plain = new RolloutWorkspace('typescript');
  try {
    const { status, stderr } = await plain.serve('board', '--live', '--output', 'none.html');
    expect(status).toBe(1);
    expect(stderr).toContain('a board cannot show what runs: no node gives evidence of Argo CD');
    expect(stderr).toContain('`evidence: [argoCD({ server: … })]` in `fleet.ts`');
    expect((await plain.serve('status', '--live')).stdout).toContain('What runs is not known: no node gives evidence of Argo CD.');
  } finally {
    plain.remove();
  }
});

longTest('a token that is not set is one error before anything is asked, and one of its own goes to its own Argo CD', async () => {
  const own = await askedExample(standIn, "tokenEnv: 'ARGOCD'");
  try {
    standIn.requests();
    const { status, stderr } = await own.serve('status', '--live');
    expect(status).toBe(1);
    expect(stderr).toContain("the token of the evidence 'argoCD' is not set");
    expect(stderr).toContain('1 error');
    expect(standIn.requests()).toEqual([]);
    own.edit('config/fleet.ts', (text) =>
      text.replace(/argoCD\(\{ server: .*\}\)/, `argoCD({ server: ({ path }) => [{ url: \`${standIn.url}/argocd/\${path}\`, tokenEnv: 'eyJh.secret' }] })`),
    );
    const wrong = await own.serve('status', '--live');
    expect(wrong.stderr).toContain("'tokenEnv' of the evidence 'argoCD' names no environment variable at");
    expect(wrong.stderr).not.toContain('eyJh');
    own.edit('config/fleet.ts', (text) => text.replace('eyJh.secret', 'OWN'));
    standIn.requests();
    expect(own.run(process.execPath, [join(repository, 'cli/fleet.js'), 'status', '--live'], { OWN: 'a-secret' }).status).toBe(0);
    expect(new Set(standIn.requests().map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-secret']));
  } finally {
    own.remove();
  }
});

longTest('where nothing is committed there is nothing to hold it against', async () => {
  const own = await askedExample(standIn);
  try {
    own.run('rm', ['-rf', '.git']);
    own.git('init', '-q', '-b', 'main', '--template=');
    expect((await own.serve('status', '--live')).stdout).toContain('What runs is not known: nothing was committed here yet.');
    const { status, stderr } = await own.serve('board', '--live', '--output', 'none.html');
    expect([status, stderr]).toEqual([1, expect.stringContaining('a board cannot show what runs: nothing was committed here yet')]);
  } finally {
    own.remove();
  }
});
