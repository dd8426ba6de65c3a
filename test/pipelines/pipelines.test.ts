import { packageManagers } from '../../store/start/fleet-start';
import { pipelineFiles } from '../../store/start/templates/pipeline/pipeline-files';
import { longTest } from '../long-test';
import { startedWorkspace } from '../workspaces/rollout-workspace';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { type Entry, ForgeStandIn } from './forge-stand-in';
import { PipelineProject, start } from './pipeline-project';
import { stepsOf } from './steps';

const folders = new TemporaryFolders();
const branch = 'fleet/steps/type/state';
const other = 'fleet/steps/type/other';
const title = 'type/state: roll patch-001 out to production';
const request = { kind: 'request' } as const;
const schedule = { kind: 'schedule' } as const;

describe.each(['github', 'gitlab'] as const)('on %s', (forge) => {
  const server = new ForgeStandIn(forge);
  // What both forges do alike is tried with one of them in the short form.
  const testOf = forge === 'github' ? test : longTest;
  let project: PipelineProject;

  beforeAll(async () => server.start());
  afterAll(async () => server.stop());
  beforeEach(() => {
    server.clear();
    project = new PipelineProject(folders, server);
  });

  const ours = () => server.comments.filter(({ author }) => author === 'bot');
  const bodyOf = (entry: Entry | undefined) => entry?.body ?? '';

  testOf('a request is judged against what it would be merged into, and shown in one comment that is brought up to date', async () => {
    project.request({ 'config/state': 'refused\n' });
    const base = project.tip('main');
    const check = await project.run('check', request);
    expect(check).toMatchObject({ status: 1, output: expect.stringContaining(forge === 'github' ? '::error file=config/state' : '**refused** as terminal') });
    expect(project.called).toContain(`fleet check --since ${base} --format ${forge === 'github' ? 'github' : 'terminal'}`);
    expect(project.called.find((line) => line.startsWith('npm test'))).toMatch(/from .*fleet-ci\/base\/config$/);

    // What quotes us, and pages of others.
    server.add(server.comments, { author: 'somebody', body: '<!-- cdk8s-fleet  -->\nis how it begins' });
    for (let count = 0; count < 120; count += 1) server.add(server.comments, { author: 'somebody', body: 'A remark' });
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    expect(ours()).toHaveLength(1);
    expect(bodyOf(ours()[0])).toBe('<!-- cdk8s-fleet  -->\n## Fleet\n\n**refused** as markdown\n\n**state** is `refused`\n');
    expect(project.called).toEqual(['npm ci, from ', `fleet check --since ${base} --format markdown`, `fleet diff ${base} --format markdown`]);

    project.request({ 'config/state': 'good\n' });
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    expect(ours()).toHaveLength(1);
    expect(bodyOf(ours()[0])).toContain('**passes** as markdown\n\n**state** is `good`\n');
  });

  test.each(packageManagers)('with %s, types, tests, what is committed and what changes are looked at', (packageManager) => {
    const [file, ...others] = pipelineFiles({ ...start, packageManager, folder: '', path: 'dist', pipeline: forge });
    const steps = stepsOf(forge, file?.text ?? '', forge === 'github' ? 'check' : 'fleet', { 'github.event.before || github.event.merge_group.base_sha': '' });
    const order = [packageManager === 'npm' ? 'ci$' : 'install', 'tsc --noEmit$', 'fleet.sh from-base \\S+ test$', 'fleet.sh check$'];
    const found = steps.flatMap(({ run }) => order.filter((one) => new RegExp(` ${one}| \\S*/${one}`).test(run)));
    expect(found).toEqual(order);
    const program = { npm: 'npx fleet', pnpm: 'pnpm exec fleet', yarn: 'yarn --silent fleet' }[packageManager];
    expect(others.at(-1)).toMatchObject({ path: 'ci/fleet.sh', text: expect.stringContaining(`\nfleet() { ${program} "$@"; }\n`) });
  });

  testOf('a request that a fleet begins with starts from nothing', async () => {
    project.checkout('main').withoutFleet('main').request({ 'config/state': 'good\n' });
    expect(await project.run('check', request)).toMatchObject({ status: 0 });
    expect(project.called).toContain('npm test, from ');
  });

  testOf('a request from a fork gets no comment, and says so', async () => {
    project.request({ 'config/state': 'good\n' });
    const { status, output } = await project.run('comment', { ...request, isFork: true });
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('The report is in the log.\n') });
    expect(output).toContain('**passes** as markdown');
    expect(server.comments).toEqual([]);
  });

  testOf('the schedule opens a request for each app, brings it up to date, and closes it where nothing of the app moves', async () => {
    project.edit({ 'config/other': 'stage\n' }).push('main');
    const main = project.tip('main');
    const first = await project.run('promote', schedule);
    expect(first).toMatchObject({ status: 0, output: expect.stringContaining('Opened https://') });
    expect(server.requests).toEqual([
      expect.objectContaining({ title, head: branch, base: 'main', state: 'open' }),
      expect.objectContaining({ title: title.replace('state', 'other'), head: other, base: 'main', state: 'open' }),
    ]);
    for (const part of ['**The plan** of `state`', '**passes** as markdown', 'until somebody pushes a commit of their own'])
      expect(bodyOf(server.requests[0])).toContain(part);
    expect(project.called).toContain(`fleet check --since ${main} --format markdown`);
    expect(project.called).not.toContain('a token');
    expect(project.remote('diff', '--name-only', main, branch).split('\n')).toEqual(['config/state', 'dist/state.yaml', 'test/snapshot']);
    expect(project.remote('diff', '--name-only', main, other).split('\n')).toEqual(['config/other', 'dist/other.yaml', 'test/snapshot']);
    const committer = forge === 'github' ? 'github-actions[bot]' : 'fleet';
    // What the commit says of evidence comes along.
    const says = 'Fleet-Evidence: type/state patch-001 stage smoke good@2026-11-28T08:00:00Z 0123456789abcdef';
    expect(project.remote('log', '-1', '--format=%P %cn %an%n%B', branch)).toBe(`${main} ${committer} ${committer}\n${title}\n\n${says}`);

    // What reviewers have seen stays as long as it is the same, whatever the clock says.
    const proposed = [project.tip(branch), project.tip(other)];
    const second = await project.run('promote', schedule, { HOUR: '9' });
    expect(second).toMatchObject({ status: 0, output: expect.stringContaining(`${branch} is up to date.\nBrought up to date: `) });
    expect([project.tip(branch), project.tip(other), server.requests.length]).toEqual([...proposed, 2]);

    project.edit({ 'config/state': 'soaks\n' }).push('main');
    const closing = await project.run('promote', schedule);
    expect(closing).toMatchObject({ status: 0, output: expect.stringContaining('Waiting: patch-001 of state in type: it has not soaked') });
    expect(closing.output).toContain('Closed https://');
    expect(server.requests.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(bodyOf(server.requests[0])).toMatch(/The plan[\s\S]*\n\n\*\*Closed by the pipeline\*\*: `it has not soaked`$/);
  });

  longTest('its branch is made anew on what main goes on to, and a closed request is another one later', async () => {
    project.edit({ 'config/other': 'stage\n' }).push('main');
    await project.run('promote', schedule);
    project.edit({ 'config/rest': 'more\n' }).push('main');
    expect(await project.run('promote', schedule, { SOAKED: 'long' })).toMatchObject({ status: 0 });
    expect([project.remote('rev-parse', `${branch}^`), project.remote('show', `${branch}:config/state`)]).toEqual([project.tip('main'), 'production long']);
    expect([project.remote('rev-parse', `${other}^`), server.requests.length]).toEqual([project.tip('main'), 2]);

    project.edit({ 'config/state': 'soaks\n' }).push('main');
    await project.run('promote', schedule);
    expect(server.requests.map(({ state }) => state)).toEqual(['closed', 'open']);
    // A closed request is nothing to close, and where it moves again there is a new one.
    server.calls.length = 0;
    await project.run('promote', schedule);
    expect(server.calls.filter((call) => /^(PATCH|PUT)/.test(call))).toHaveLength(1);
    project.edit({ 'config/state': 'stage\n' }).push('main');
    expect(await project.run('promote', schedule)).toMatchObject({ status: 0 });
    expect(server.requests.map(({ head, state }) => `${head} ${state}`)).toEqual([`${branch} closed`, `${other} open`, `${branch} open`]);
  });

  longTest('nothing is asked of the forge where nothing moves and nothing did', async () => {
    project.edit({ 'config/state': 'soaks\n' }).push('main');
    expect(await project.run('promote', schedule)).toMatchObject({
      status: 0,
      output: expect.stringContaining('Nothing moves, so there is nothing to propose.'),
    });
    expect(server.calls).toEqual([]);
  });

  testOf('a branch that somebody else pushed to stays as it is, and keeps no other from going on', async () => {
    await project.run('promote', schedule);
    const theirs = project.checkout(branch).edit({ 'config/rest': 'theirs\n' }).push(branch, 'Their own');
    project.checkout('main').edit({ 'config/other': 'stage\n' }).push('main');
    const { status, output } = await project.run('promote', schedule, { SOAKED: 'long' });
    expect(status).toBe(1);
    expect(output).toMatch(/Somebody else pushed to fleet\/steps\/type\/state, so it stays as it is:\n {2}[0-9a-f]+ Somebody: Their own\nMerge or close/);
    expect(output).toContain(`Not everything was done: ${branch}`);
    expect([project.tip(branch), server.requests.map(({ head }) => head)]).toEqual([theirs, [branch, other]]);
  });

  longTest('it stays open also where nothing moves any more', async () => {
    await project.run('promote', schedule);
    const theirs = project.checkout(branch).edit({ 'config/rest': 'theirs\n' }).push(branch, 'Their own');
    project.checkout('main').edit({ 'config/state': 'soaks\n' }).push('main');
    const later = await project.run('promote', schedule);
    expect(later).toMatchObject({ status: 0, output: expect.stringContaining('so its request stays open') });
    expect([project.tip(branch), server.requests[0]?.state]).toEqual([theirs, 'open']);
  });

  testOf('a step whose tests fail is not proposed, and keeps no other from being proposed', async () => {
    project.edit({ 'config/other': 'stage\n' }).push('main');
    const { status, output } = await project.run('promote', schedule, { BREAKS: 'yes' });
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('an invariant breaks') });
    expect(output).toContain(`Not everything was done: ${other}`);
    expect([server.requests.map(({ head }) => head), project.tip(other)]).toEqual([[branch], '']);
  });

  testOf('what was pushed is judged since the commit that was there before', async () => {
    const before = project.tip('main');
    project.edit({ 'config/state': 'refused\n' }).push('main');
    expect(await project.run('check', { kind: 'push', before })).toMatchObject({ status: 1 });
    expect(project.called).toContain(`fleet check --since ${before} --format ${forge === 'github' ? 'github' : 'terminal'}`);
  });

  longTest('a branch that begins is not judged, and one that was rewritten fails', async () => {
    expect(await project.run('check', { kind: 'push', before: '0'.repeat(40) })).toMatchObject({
      status: 0,
      output: expect.stringContaining('nothing to judge it by'),
    });
    const rewritten = await project.run('check', { kind: 'push', before: '1'.repeat(40) });
    expect(rewritten).toMatchObject({ status: 1, output: expect.stringContaining('The branch was rewritten: 1111') });
  });

  longTest('so has the text of a request, also where it is closed', async () => {
    const room = forge === 'github' ? 65_536 : 1_000_000;
    expect(await project.run('promote', schedule, { LARGE: 'yes' })).toMatchObject({ status: 0 });
    expect(bodyOf(server.requests[0])).toMatch(/^Every run [\s\S]*\*\*Cut here:\*\* \d+ more lines/);
    project.edit({ 'config/state': 'soaks\n' }).push('main');
    expect(await project.run('promote', schedule)).toMatchObject({ status: 0 });
    expect(bodyOf(server.requests[0])).toMatch(/\*\*Closed by the pipeline\*\*: `it has not soaked`$/);
    expect(bodyOf(server.requests[0]).length).toBeLessThanOrEqual(room);
  });

  longTest('what has no room is cut, with what was open closed', async () => {
    project.request({ 'config/state': `large ${forge === 'github' ? 2000 : 20_000}\n` });
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    const body = bodyOf(ours()[0]);
    expect(body.length).toBeLessThanOrEqual(forge === 'github' ? 65_536 : 1_000_000);
    expect(body).toMatch(/ \|\n\n<\/details>\n\n\*\*Cut here:\*\* \d+ more lines are in \[the log\]\(http:\S+12\); the forge takes \d+ characters\.$/);
  });

  longTest('a configuration that cannot be read is a comment, too', async () => {
    project.request({ 'config/state': 'broken\n' });
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    expect(bodyOf(ours()[0])).toContain("'fleet check' fails:\n\n    error config-throws config/fleet.ts\n      ```</details> it throws\n");
  });

  longTest('a comment that is deleted meanwhile is written anew', async () => {
    project.request({ 'config/state': 'good\n' });
    await project.run('comment', request);
    server.before = { call: /^(PATCH|PUT)/, happens: () => server.comments.splice(0) };
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    expect(ours()).toHaveLength(1);
  });

  longTest('a request that another run opened meanwhile is brought up to date', async () => {
    server.before = {
      call: /^POST/,
      happens: () => server.add(server.requests, { author: 'bot', title: 'Old', head: branch, base: 'main', body: 'old' }),
    };
    expect(await project.run('promote', schedule)).toMatchObject({ status: 0, output: expect.stringContaining('Brought up to date: ') });
    expect(server.requests.map((one) => one.title)).toEqual([title]);
  });

  longTest('a token that may not write is told of', async () => {
    const { writer } = server.tokens;
    server.tokens['writer'] = { author: 'bot', writes: false };
    project.request({ 'config/state': 'good\n' });
    expect(await project.run('comment', request)).toMatchObject({ status: 1, output: expect.stringContaining('needs the permission pull-requests: write') });
    project.edit({ 'config/state': 'stage\n', 'config/rest': 'once more\n' }).push('main');
    expect(await project.run('promote', schedule)).toMatchObject({ status: 1, output: expect.stringContaining('Allow GitHub Actions to create') });
    if (writer) server.tokens['writer'] = writer;
  });

  longTest('a clone without its history is refused', async () => {
    const { status, output } = await project.run('check', { kind: 'push', before: project.tip('main'), isShallow: true });
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringContaining('This clone has no history') });
  });

  longTest(
    'with the fleet itself and evidence, each proposed step passes when it is merged, and a patch that skips one does not',
    async () => {
      const { path } = await startedWorkspace('typescript');
      project = new PipelineProject(folders, server, { real: path });
      const settings = 'config/fleet.ts';
      const evidence = project
        .read(settings)
        .replace("import { defineFleet } from 'cdk8s-fleet';", "import { command, defineFleet } from 'cdk8s-fleet';")
        .replace("  path: 'dist',", "  path: 'dist',\n  evidence: [command('exit 0')],");
      project.edit({ [settings]: evidence }).fleet('new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v0.1.63');
      project.push('main', 'Evidence');
      const first = project.tip('main');
      expect(await project.run('promote', schedule)).toMatchObject({ status: 0 });
      const step = 'fleet/steps/management-cluster/cert-manager';
      const opened = server.requests.find(({ head }) => head === step);
      expect(opened?.title).toBe('management-cluster/cert-manager: roll patch-001 out to stage/stage-sector-2');
      for (const part of [
        '| enters | `stage/stage-sector-2 (1 target)` |',
        'gate        production is manual',
        '| `command` | `good` |',
        'Fleet-Evidence: ',
        '## What changes',
      ])
        expect(bodyOf(opened)).toContain(part);
      expect(bodyOf(opened)).toContain('nothing is refused');
      expect(server.requests.length).toBeGreaterThan(1);
      for (const { head } of server.requests) {
        const before = project.merge(head ?? '');
        expect(await project.run('check', { kind: 'push', before })).toMatchObject({ status: 0 });
      }
      expect(project.remote('rev-list', '--count', '--first-parent', `${first}..main`)).toBe(String(server.requests.length));

      const file = 'config/management-cluster/cert-manager.ts';
      project
        .checkout('change', 'main')
        .edit({ [file]: project.read(file).replace("rolledOutTo: ['integration', 'stage']", "rolledOutTo: ['integration', 'stage', 'production']") });
      project.fleet('synth');
      project.push('change', 'Skip the gate', '--force');
      expect(await project.run('check', request)).toMatchObject({ status: 1, output: expect.stringContaining('enters production, behind its gate') });
      expect(await project.run('comment', request)).toMatchObject({ status: 0 });
      expect(bodyOf(ours()[0])).toMatch(/### Refused\n\n[\s\S]*\*\*1 app changed at \d targets\*\*/);
    },
    900_000,
  );

  longTest('a fleet in a folder has a branch and a comment of its own', async () => {
    project = new PipelineProject(folders, server, { folder: "platform/the fleet's $HOME" });
    project.request({ 'config/state': 'good\n' });
    expect(await project.run('check', request)).toMatchObject({ status: 0 });
    expect(await project.run('comment', request)).toMatchObject({ status: 0 });
    expect(bodyOf(ours()[0])).toMatch(/^<!-- cdk8s-fleet platform\/the_fleet_s__HOME\/ -->\n## Fleet in platform\/the fleet's \$HOME\/\n/);
    expect(await project.run('promote', schedule)).toMatchObject({ status: 0 });
    expect(server.requests.map(({ head }) => head)).toEqual(['fleet/steps-platform-the-fleet-s-HOME-/type/state']);
  });
});

describe('on GitLab', () => {
  const server = new ForgeStandIn('gitlab');

  beforeAll(async () => server.start());
  afterAll(async () => server.stop());

  test('without merged results, the commits of a request are judged as one change', async () => {
    const project = new PipelineProject(folders, server).request({ 'config/state': 'good\n' });
    expect(await project.run('check', { ...request, isUnmerged: true })).toMatchObject({ status: 0 });
    expect(project.called).toContain(`fleet check --since ${project.tip('main')} --as-one --format terminal`);
  });
});
