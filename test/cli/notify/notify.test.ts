import { join } from 'node:path';
import { postNotice, takeWebhook } from '../../../cli/write/post-notice';
import type { FleetError } from '../../../constructs';
import { askAll } from '../../../store/evidence/ask-all';
import { partly } from '../../runs';
import { type Servers, startServers } from '../../store/evidence/servers';
import { startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { formsOr, RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { repository, type Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const kept = removedAfterwards();

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers.stop());

interface Told {
  readonly posted: boolean;
  readonly news: boolean;
  readonly since: { readonly commit?: string };
  readonly moved: readonly { readonly subject: string; readonly author: string; readonly changes: readonly { readonly text: string }[] }[];
  readonly waiting: readonly {
    readonly patch: string;
    readonly app: string;
    readonly isNew: boolean;
    readonly next: string;
    readonly bad?: readonly object[];
  }[];
  readonly frozen: readonly { readonly path: string; readonly isNew: boolean }[];
  readonly thawed: readonly string[];
  readonly message?: { readonly text: string };
}

function told(workspace: Workspace, ...flags: readonly string[]): Told {
  const { status, stdout, stderr } = workspace.fleet('notify', '--dry-run', '--json', ...flags);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Told;
}

/** What a tool that takes `{ text }` would get. */
const textIn = ({ message }: Told) => message?.text ?? '';

const waitingAt = ({ waiting }: Told, patch: string, app: string) => waiting.find((one) => one.patch === patch && one.app === app);

describe.each(formsOr('typescript'))('a fleet in %s', (form) => {
  test('tells of the last step, with who and a link, and of all that waits, with who may approve', async () => {
    const workspace = kept(await startedWorkspace(form));
    await workspace.promote();
    workspace.commit('Enter stage\n\nFleet-Despite: the metrics are down\nReviewed-by: Ann <ann@example.com>');
    const head = workspace.git('rev-parse', 'HEAD').trim();
    // The fleet in YAML names no repository: the one that it was cloned from is meant.
    if (form === 'yaml') workspace.git('remote', 'add', 'origin', 'git@github.com:company/gcp-hcp-apps.git');
    const found = told(workspace);
    const text = textIn(found);
    expect(text).toMatch(/^`company\/gcp-hcp-apps`: 1 commit moved something; 2 in flight, 1 of them news\n/);
    expect(text).toContain(`• <https://github.com/company/gcp-hcp-apps/commit/${head}|${head.slice(0, 7)}> \`Test\`: \`Enter stage\``);
    expect(text).toMatch(/ {3}`.*source\.targetRevision v1\.18\.2 → v1\.19\.0 at stage\/stage-sector-2: patch-001 entered stage`/);
    expect(text).toContain('despite evidence: `the metrics are down`');
    expect(text).toContain('`Reviewed-by: Ann ann@example.com`'.replace('ann@', '‹ann@').replace('com`', 'com›`'));
    const waits = workspace.fleet('status').stdout;
    expect(waits).toContain('behind the manual gate production');
    expect(text).toMatch(
      /• `patch-001 of cert-manager in management-cluster[^`]*` \(news\)\n {3}at 6 of 9 targets; next: `production\/prod-canary, behind the manual gate production`/,
    );
    expect(found).toMatchObject({ posted: false, news: true, moved: [{ subject: 'Enter stage', author: 'Test' }], frozen: [], thawed: [] });
    expect(waitingAt(found, 'patch-001', 'cert-manager')).toMatchObject({ isNew: true });
    expect(found.waiting.filter(({ isNew }) => isNew)).toHaveLength(1);
    // A commit has brought it there, and not the clock.
    const { status, stdout } = workspace.fleet('notify', '--dry-run', '--waiting');
    expect([status, stdout]).toEqual([0, 'Nothing waits that did not before: nothing is posted.\n']);
    // What was before is none of it.
    expect(found.since.commit).toBe(workspace.git('rev-parse', 'HEAD^').trim());
  });
});

test('hubs and spokes likewise', async () => {
  const workspace = kept(await startedHub());
  const { status, stderr } = await workspace.serve('promote', 'addons', 'releases', 'patch-001', '--approve', 'tenant1/prod');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '-m', 'Enter the next tenant');
  const found = told(workspace);
  expect(found.moved).toMatchObject([{ subject: 'Enter the next tenant' }]);
  expect(found.moved[0]?.changes.length).toBeGreaterThan(0);
  expect(waitingAt(found, 'patch-001', 'releases')).toMatchObject({ isNew: true });
  expect(textIn(found)).toContain('`patch-001 of releases in addons');
});

test('where nothing moved, and nothing waits that did not before, nothing is posted, unless it is wanted', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.write({ 'README.md': 'x' }).commit('Say more');
  const { status, stdout, stderr } = workspace.fleet('notify', '--dry-run');
  expect([status, stdout, stderr]).toEqual([0, 'Nothing moved, and nothing waits that did not before: nothing is posted.\n', '']);
  expect(told(workspace)).toMatchObject({ posted: false, news: false, moved: [] });
  expect(textIn(told(workspace, '--always'))).toContain(': nothing moved; 2 in flight\n\n*What waits*\n');
  // Without an address, too, nobody asks for one.
  expect(workspace.fleet('notify', '--dry-run', '--webhook-env', 'NOBODY_SET_IT').status).toBe(0);
});

describe('since when', () => {
  let workspace: RolloutWorkspace;
  beforeAll(async () => {
    workspace = kept(new RolloutWorkspace('typescript'));
    workspace.edit('config/fleet.ts', (text) => text.replace("'stage-sector-1', ", "'stage-sector-1', soak: '24h', "));
    await workspace.serve('synth', '--json');
    workspace.commit('Start', 72);
    workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace("targetRevision: 'v1.19.0'", "targetRevision: 'v1.19.1'"));
    await workspace.serve('synth', '--json');
    workspace.commit('Another version', 25);
    workspace.write({ 'README.md': 'x' }).commit('Say more', 1);
  });

  test.each(
    partly<readonly [string, readonly string[]]>(
      [
        ['HEAD~2', ['Another version']],
        ['30h', ['Another version']],
        ['main', []],
        [new Date(Date.now() - 48 * 3_600_000).toISOString(), ['Another version']],
        ['2h', []],
        ['7d', ['Another version', 'Start']],
        // What a forge says of a branch that was not there before.
        ['0'.repeat(40), []],
      ],
      3,
    ),
  )('a commit, a branch, a date, or so long ago: %s', (since, subjects) => {
    expect(told(workspace, '--since', since).moved.map(({ subject }) => subject)).toEqual(subjects);
  });

  test('soak that is over is news, though no commit came', () => {
    const [then, now] = ['2h', '30m'].map((since) => told(workspace, '--since', since, '--waiting'));
    expect(then).toMatchObject({ news: true, moved: [] });
    expect(textIn(then as Told)).toMatch(/^`company\/gcp-hcp-apps`: 2 in flight, 1 of them news\n/);
    expect(now).toMatchObject({ news: false, moved: [] });
    expect([then, now].map((one) => waitingAt(one as Told, 'patch-001', 'cert-manager')?.isNew)).toEqual([true, false]);
    expect(told(workspace, '--since', '30h', '--waiting').moved).toEqual([]);
  });

  test('what is no commit is one message', () => {
    const { status, stdout, stderr } = workspace.fleet('notify', '--dry-run', '--since', 'mian');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain("error unknown-revision\n  there is no branch, tag or commit 'mian'");
  });
});

test('freezes that begin and end are news, by a commit or by the clock', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  await workspace.serve('freeze', 'production', '--reason', 'the <!channel> holidays');
  await workspace.serve('synth');
  workspace.commit('Freeze production');
  const begun = told(workspace);
  expect(begun).toMatchObject({ news: true, frozen: [{ path: 'production', isNew: true }], thawed: [] });
  expect(textIn(begun)).toContain('*What is frozen*\n• `production is frozen: the ‹!channel› holidays` (news)');
  workspace.write({ 'README.md': 'x' }).commit('Say more');
  expect(told(workspace)).toMatchObject({ news: false, frozen: [{ path: 'production', isNew: false }] });
  await workspace.serve('unfreeze', 'production');
  await workspace.serve('synth');
  workspace.commit('Go on');
  const ended = told(workspace);
  expect(ended).toMatchObject({ news: true, frozen: [], thawed: ['production'] });
  expect(textIn(ended)).toContain('• `production` is frozen no more');
});

test('a freeze that the clock ended is news without a commit', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10);
  workspace.edit('config/fleet.ts', (text) =>
    text.replace("name: 'production',", `name: 'production', freeze: { reason: 'holidays', until: '${yesterday}' },`),
  );
  await workspace.serve('synth');
  workspace.commit('Freeze production');
  expect(told(workspace, '--since', '96h', '--waiting')).toMatchObject({ news: true, moved: [], frozen: [], thawed: ['production'] });
  expect(told(workspace, '--since', '1m', '--waiting')).toMatchObject({ news: false, thawed: [] });
});

test('evidence that was bad the last time that it was on record stops a patch', async () => {
  const workspace = kept(await startedWorkspace('typescript'));
  workspace.edit('config/fleet.ts', (text) =>
    text.replace('import { defineFleet }', 'import { command, defineFleet }').replace("  path: 'dist',", "  path: 'dist',\n  evidence: [command('true')],"),
  );
  await workspace.serve('synth', '--json');
  const line = (answer: string, path: string) => `Fleet-Evidence: management-cluster/cert-manager patch-001 ${path} command ${answer} 0123456789abcdef`;
  workspace.commit(`Ask for evidence\n\n${line('bad', 'integration')}\n${line('bad', 'stage/stage-sector-1')}`);
  workspace.write({ 'README.md': 'x' }).commit(`Look again\n\n${line('good', 'integration')}`);
  const bad = [{ name: 'command', targets: ['stage/stage-sector-1/us-east1', 'stage/stage-sector-1/europe-west1'] }];
  const found = told(workspace, '--always');
  expect(waitingAt(found, 'patch-001', 'cert-manager')?.bad).toEqual(bad);
  expect(textIn(found)).toContain('stopped: evidence `command` was bad at `stage/stage-sector-1/us-east1, stage/stage-sector-1/europe-west1`');
});

describe('the webhook', () => {
  let workspace: RolloutWorkspace;
  beforeAll(async () => {
    workspace = kept(await startedWorkspace('typescript'));
    await workspace.promote();
    workspace.commit('Enter <!channel> `stage`');
  });

  const seen = (text: string) => {
    const [reply] = askAll([{ url: `${servers.http}/seen`, timeout: 5000 }]) as readonly { readonly body: string }[];
    const all = JSON.parse(reply?.body ?? '[]') as readonly { readonly url: string; readonly method: string; readonly body: string }[];
    return all.filter(({ url }) => url.includes(text));
  };

  test('gets what --dry-run shows, and the configuration does not get its address', () => {
    workspace.edit('config/fleet.ts', (text) => `${text}\nconsole.log(\`address: \${process.env.CHAT}\`);\n`);
    const fleet = join(repository, 'cli/fleet.js');
    const env = { CHAT: `${servers.http}/well/T0/secret-address` };
    const { status, stdout, stderr } = workspace.run(process.execPath, [fleet, 'notify', '--webhook-env', 'CHAT'], env);
    expect([status, stdout]).toEqual([0, 'Posted to the address in CHAT: 1 commit, 2 patches in flight.\n']);
    expect(stderr).toBe('address: undefined\n');
    const [one, ...others] = seen('secret-address');
    expect([one?.method, others]).toEqual(['POST', []]);
    expect(JSON.parse(one?.body ?? '')).toEqual(JSON.parse(workspace.fleet('notify', '--dry-run').stdout));
    expect(one?.body).toContain('`Enter ‹!channel› ˋstageˋ`');
    workspace.git('checkout', '-q', 'config');
  });

  test('is one message where nobody set it, before the configuration is read, as data too', () => {
    workspace.edit('config/fleet.ts', (text) => `${text}\nthrow new Error('read');\n`);
    const { status, stdout, stderr } = workspace.fleet('notify', '--webhook-env', 'NOBODY_SET_IT');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error notify\n  the address of the webhook is not set\n');
    expect(stderr).toContain('the environment variable NOBODY_SET_IT, or another one with --webhook-env');
    expect(stderr.match(/error /g)).toHaveLength(1);
    const data = workspace.fleet('notify', '--webhook-env', 'NOBODY_SET_IT', '--json');
    expect([data.status, JSON.parse(data.stdout)]).toMatchObject([1, { ok: false, problems: [{ code: 'notify' }] }]);
    workspace.git('checkout', '-q', 'config');
  });

  /** What is wrong, in one text. */
  function problemOf(run: () => void): string {
    try {
      run();
    } catch (error) {
      expect((error as FleetError).problems).toMatchObject([{ code: 'notify' }]);
      return JSON.stringify((error as FleetError).problems);
    }
    return 'nothing';
  }

  test.each<readonly [string, () => string, string]>([
    ['takes it', () => `${servers.http}/well/T0/secret-address-2`, 'nothing'],
    ['fails, and then takes it', () => `${servers.http}/once/2/secret-address`, 'nothing'],
    ['refuses', () => `${servers.http}/status/404/T0/secret-address`, 'it answers with status 404: {\\"error\\":\\"as asked\\"}'],
    ['fails', () => `${servers.http}/status/500/T0/secret-address`, 'it answers with status 500: {'],
    ['says its address', () => `${servers.http}/echoes/secret-address`, 'it answers with status 400: {\\"asked\\":\\"/***/***\\"}'],
    ['says a part of it', () => `${servers.http}/says/secret-addres%73?key=12345&token=other-secret-address`, 'status 403: unknown token ***, *** of ***'],
    ['leads elsewhere', () => `${servers.http}/moved/${encodeURIComponent(`${servers.other}/well/secret-address`)}`, 'which is not asked'],
    ['is not trusted', () => `${servers.https}/well/T0/secret-address`, 'its certificate is not trusted'],
    ['is not there', () => 'http://127.0.0.1:1/secret-address', 'the connection is refused'],
  ])('that %s is posted to once, or is one message without its address', (_, url, why) => {
    const webhook = { url: url(), variable: 'CHAT' };
    const problem = problemOf(() => postNotice(webhook, { text: 'x' }));
    expect(problem).toContain(why);
    if (why !== 'nothing') expect(problem).toContain('the message was not taken at the address in CHAT');
    expect(problem).not.toContain('secret-address');
  });

  test.each<readonly [string, string, string, string]>([
    ['is blank', 'CHAT', ' ', 'the address of the webhook is not set'],
    ['is none', 'CHAT', 'secret-address', 'CHAT holds no address that can be posted to'],
    ['has a password', 'CHAT', 'https://x:secret-address@chat.test/', 'CHAT holds no address that can be posted to'],
    ['others can read', 'CHAT', 'http://chat.test/secret-address', 'the address in CHAT would be sent as everybody can read it'],
    ['stands in the place of its variable', 'https://chat.test/secret-address', '', "'--webhook-env' names no environment variable"],
  ])('whose address %s is one message without it', (_, variable, value, message) => {
    process.env['CHAT'] = value;
    const problem = problemOf(() => takeWebhook(variable));
    delete process.env['CHAT'];
    expect(problem).toContain(message);
    expect(problem).not.toContain('secret-address');
  });

  test('is taken out of the environment', () => {
    process.env['CHAT'] = ' https://chat.test/x\n';
    expect(takeWebhook('CHAT')).toEqual({ url: 'https://chat.test/x', variable: 'CHAT' });
    expect(process.env['CHAT']).toBeUndefined();
  });
});

test('a repository without commits, and none at all, is one message', () => {
  const workspace = kept(new RolloutWorkspace('typescript', false));
  const none = workspace.fleet('notify', '--dry-run');
  expect([none.status, none.stdout]).toEqual([1, '']);
  expect(none.stderr).toContain("error no-history\n  no Git repository holds 'config'");
  workspace.git('init', '-q', '-b', 'main', '--template=');
  expect(workspace.fleet('notify', '--dry-run').stderr).toContain('error no-history\n  nothing was committed here yet');
  expect(workspace.fleet('synth').status).toBe(0);
  workspace.commit('Start');
  expect(told(workspace).moved).toMatchObject([{ subject: 'Start' }]);
});
