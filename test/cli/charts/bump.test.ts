import { rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hashOf } from '../../../store/files/journal';
import { packedChart, standInHelm } from '../../builders/chart-builder';
import { partly } from '../../runs';
import { ChartsWorkspace, chartsURL, webCharts } from '../../workspaces/charts-workspace';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import { texts } from '../../workspaces/workspace';

jest.setTimeout(120_000);

const app = (fields: string) => `export default { ${fields} };\n`;
const source = (chart: string, version: string, repoURL = chartsURL) => `{ repoURL: '${repoURL}', chart: '${chart}', targetRevision: '${version}' }`;
const other = `{ repoURL: 'https://example.com/other', path: 'values', targetRevision: 'v1' }`;

const fleet = new ChartsWorkspace(
  {
    'config/apps/web.ts': app(`source: ${source('web', 'v1.0.0')}, overrides: { production: { source: { targetRevision: 'v0.9.0' } } }`),
    'config/apps/two.ts': app(`sources: { front: ${source('web', 'v1.0.0')}, cache: ${source('redis', '7.0.0')}, values: ${other} }`),
    'config/apps/one.ts': app(`sources: { front: ${source('web', 'v1.0.0')}, values: ${other} }`),
    'config/apps/list.ts': app(`sources: [${other}, ${source('web', 'v1.0.0')}]`),
    'config/apps/range.ts': app(`source: ${source('redis', '7.x')}`),
    'config/apps/moved.ts': app(
      `source: ${source('web', 'v1.0.0')}, overrides: { production: { source: ${source('web', 'v1.0.0', 'https://mirror.example.com')} } }`,
    ),
    'config/apps/ns.ts': app(`source: { repoURL: 'https://example.com/company/fleet.git', path: 'charts/ns', targetRevision: 'HEAD' }`),
    'config/apps/none.ts': app(`source: ${other}`),
    'charts/ns/Chart.yaml': 'name: ns\nversion: 0.1.0\n',
  },
  [...webCharts, { version: 'v1.2.0-rc.1' }, { name: 'redis', version: '7.0.0' }, { name: 'redis', version: '7.1.0' }],
);
afterAll(() => fleet.remove());

describe('fleet charts bump', () => {
  test('writes what `fleet new patch` writes, with the newest version', () => {
    const before = fleet.read('config/apps/web.ts');
    const bumped = fleet.charts('bump', 'web', '--no-synth');
    expect({ status: bumped.status, stderr: bumped.stderr }).toEqual({ status: 0, stderr: '' });
    expect(bumped.stdout).toMatch(/^patch-001 of web in apps\n {2}starts {2}at integration\/one .*\nThen:\n {2}npx fleet promote apps web patch-001\n$/s);
    const text = fleet.read('config/apps/web.ts');
    expect(text).toContain("targetRevision: 'v1.1.0'");
    fleet.write({ 'config/apps/web.ts': before });
    const made = fleet.fleet('new', 'patch', 'apps', 'web', '--set', 'source.targetRevision=v1.1.0', '--description', 'web v1.1.0', '--no-synth');
    expect({ status: made.status, text: fleet.read('config/apps/web.ts') }).toEqual({ status: 0, text });
  });

  test('writes nothing where a patch in flight moves it there, or nothing is newer', () => {
    const before = texts(fleet.snapshot('config'));
    expect(fleet.charts('bump', 'web')).toEqual({
      status: 0,
      stdout: `web in apps is moved to v1.1.0 by patch-001 already (web from ${chartsURL}). Nothing was written.\n`,
      stderr: '',
    });
    expect(fleet.charts('bump', 'one', '--to', 'v1.0.0').stdout).toContain('one in apps has v1.0.0 at every target already');
    fleet.edit('config/apps/one.ts', (text) => text.replace('v1.0.0', 'v1.2.0-rc.1'));
    expect(fleet.charts('bump', 'one').stdout).toContain('one in apps has v1.2.0-rc.1, and nothing newer was published');
    expect(JSON.parse(fleet.charts('bump', 'one', '--json').stdout)).toMatchObject({ ok: true, app: 'one', from: ['v1.2.0-rc.1'], to: 'v1.1.0', edited: [] });
    fleet.edit('config/apps/one.ts', (text) => text.replace('v1.2.0-rc.1', 'v1.0.0'));
    expect(texts(fleet.snapshot('config'))).toEqual(before);
  });

  test('takes the one source that names a chart, or the one that is named, and the version that is named', () => {
    const config = fleet.snapshot('config');
    expect(fleet.charts('bump', 'one', '--dry-run')).toMatchObject({ status: 0, stdout: expect.stringContaining('patch-001 of one in apps') });
    expect(fleet.snapshot('config')).toEqual(config);
    const bumped = fleet.charts('bump', 'apps/two', '--source', 'cache', '--to', '7.1.0', '--name', 'redis', '--no-synth', '--json');
    expect(JSON.parse(bumped.stdout)).toMatchObject({
      ok: true,
      patch: 'redis',
      chart: 'redis',
      from: ['7.0.0'],
      to: '7.1.0',
      afterwards: ['npx fleet promote apps two redis'],
    });
    expect(fleet.read('config/apps/two.ts').replace(/\s+/g, ' ')).toContain("change: { sources: { cache: { targetRevision: '7.1.0' } } }");
    // A range is pinned where somebody says to what.
    expect(fleet.charts('bump', 'range', '--to', '7.1.0', '--no-synth').status).toBe(0);
  });

  test('names the archives to fetch where charts are pinned', () => {
    fleet.write({ 'imports/charts/lock.json': '{"version":1,"charts":[]}' });
    expect(fleet.charts('bump', 'one', '--no-synth').stdout).toMatch(
      /\nThen:\n {2}npx fleet charts pull apps\/one\n {2}npx fleet promote apps one patch-001\n$/,
    );
  });

  test('takes a version whose archive lies here without asking anybody, and no other one that lies there', () => {
    const archive = packedChart({ name: 'redis', version: '7.0.9' });
    const path = 'archives/charts.example.com/stable/redis-7.0.9.tgz';
    const entry = { chart: 'redis', repository: chartsURL, version: '7.0.9', archive: path, sha256: hashOf(archive) };
    fleet.write({ 'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [entry] }), [`imports/charts/${path}`]: '' });
    const bump = () => fleet.withPath('/usr/bin:/bin', 'charts', 'bump', 'two', '--source', 'cache', '--to', '7.0.9', '--name', 'kept', '--no-synth');
    expect(bump()).toMatchObject({ status: 1, stderr: expect.stringContaining('helm is not installed, and redis 7.0.9 cannot be found') });
    writeFileSync(join(fleet.path, 'imports/charts', path), archive);
    expect(bump()).toMatchObject({ status: 0, stdout: expect.stringContaining('kept of two in apps') });
    expect(fleet.read('config/apps/two.ts')).toContain("targetRevision: '7.0.9'");
    rmSync(join(fleet.path, 'imports'), { recursive: true });
  });

  test.each(
    partly<readonly [string, readonly string[], RegExp]>(
      [
        ['an unknown app', ['wbe'], /there is no app 'wbe'.*did you mean 'web'\?/s],
        ['an app without a chart', ['none'], /'none' names no chart that can be fetched/],
        ['a chart that is a folder', ['ns'], /'charts\/ns' is a folder of this repository, and has no other versions/],
        ['several charts', ['two'], /two names 2 charts: cache \(redis\), front \(web\)\n {2}hint {5}say which: --source cache or --source front\n/],
        ['an unknown source', ['two', '--source', 'frnt'], /no source of two that names a chart is called 'frnt'.*cache or front.*did you mean 'front'\?/s],
        ['sources in a list', ['list'], /cannot-edit.*the sources of list are a list.*give them names/s],
        ['a range', ['range', '--to', '8.x'], /'8\.x' is no version of a chart\n {2}expected one version/],
        [
          'one app of several repositories',
          ['moved'],
          /moved is not the same chart at every target: web from \S+, web from https:\/\/mirror.*fleet new patch apps moved --set source\.targetRevision=VERSION/s,
        ],
        [
          'a version that does not exist',
          ['web', '--to', 'v7.0.0'],
          /chart-pull.*Helm cannot find web v7\.0\.0 in https:.*is there a version 'v7\.0\.0' of 'web'\?/s,
        ],
      ],
      4,
    ),
  )('%s is one clear error, and nothing is written', (_, args, message) => {
    const before = fleet.snapshot('config');
    const { status, stdout, stderr } = fleet.charts('bump', ...args);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr.match(/^error /gm)).toHaveLength(1);
    expect(fleet.snapshot('config')).toEqual(before);
  });

  test('a range without a version to pin it to, and no helm', () => {
    fleet.edit('config/apps/range.ts', (text) => text.replace(/patches: .*/s, '};\n'));
    expect(fleet.charts('bump', 'range')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/range follows the versions '7\.x' of redis.*--to VERSION/s),
    });
    expect(fleet.withPath('/nowhere', 'charts', 'bump', 'moved', '--source', 'source').status).toBe(1);
    expect(fleet.withPath('/nowhere', 'charts', 'bump', 'two', '--source', 'front')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error chart-pull\n {2}helm is not installed, and the newest web cannot be found in https:[^\n]*\n[^\n]*\n\n1 error\n$/),
    });
  });
});

test('of an app that is opened, a version that is not here yet is fetched before anything is rendered of it', () => {
  const opened = new ChartsWorkspace({ 'config/apps/web.ts': app(`hydrate: true, source: ${source('web', 'v1.0.0')}`) });
  try {
    const before = opened.snapshot('config');
    const dry = opened.charts('bump', 'web', '--dry-run');
    expect(dry).toMatchObject({ status: 0, stdout: expect.stringMatching(/^patch-001 of web in apps\n.*source\.targetRevision\n +v1\.0\.0 → v1\.1\.0\n/s) });
    expect(dry.stdout).not.toMatch(/told/);
    expect(dry.stderr).toContain('Note: what becomes of objects is not shown: web v1.0.0');
    const data = JSON.parse(opened.charts('bump', 'web', '--dry-run', '--json').stdout);
    expect(data.changes).toEqual(['apps/integration/one/eu/templates/web.yaml', 'apps/integration/one/us/templates/web.yaml']);
    expect(opened.snapshot('config')).toEqual(before);
    const { status, stdout, stderr } = opened.charts('bump', 'web');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\nThen:\n {2}npx fleet charts pull apps\/web\n {2}npx fleet synth\n {2}npx fleet promote apps web patch-001\n$/);
    expect(opened.read('config/apps/web.ts')).toContain("targetRevision: 'v1.1.0'");
    expect(opened.has('dist')).toBe(false);
    expect(opened.charts('pull')).toMatchObject({ status: 0, stdout: expect.stringContaining('v1.1.0') });
  } finally {
    opened.remove();
  }
});

test('of an app that is opened, a new patch to a version that is not here names the command that fetches it', () => {
  const opened = new ChartsWorkspace({ 'config/apps/web.ts': app(`hydrate: true, source: ${source('web', 'v1.0.0')}`) });
  try {
    expect(opened.charts('pull').status).toBe(0);
    const patch = (...flags: readonly string[]) => opened.withHelm('new', 'patch', 'apps', 'web', '--set', 'source.targetRevision=v1.1.0', ...flags);
    const command = `npx fleet charts pull web --repo ${chartsURL} --version v1.1.0`;
    expect(patch('--dry-run')).toMatchObject({ status: 1, stderr: expect.stringContaining(`\`${command}\``) });
    // Where nothing is rendered, nothing has to be there.
    expect(patch('--dry-run', '--no-synth')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('v1.0.0 → v1.1.0'),
      stderr: expect.stringContaining(command),
    });
    expect(opened.withHelm(...command.split(' ').slice(2)).status).toBe(0);
    expect(patch('--dry-run').stderr).not.toContain('pulled');
    expect(patch('--no-synth').status).toBe(0);
  } finally {
    opened.remove();
  }
});

test('a component of hubs moves by its own version, whichever release says another one', () => {
  const workspace = new HubWorkspace();
  const path = `${standInHelm(join(workspace.path, '.stand-in'), [{ name: 'cert-manager', version: 'v1.20.0' }])}${delimiter}${process.env.PATH}`;
  const { status, stdout, stderr } = fleetServer.run(workspace.path, ['charts', 'bump', 'cert-manager', '--no-synth'], path);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Then:\n  npx fleet promote addons cert-manager patch-002\n');
  expect(workspace.read('config/addons/cert-manager.ts')).toContain("change: { version: 'v1.20.0' }");
  workspace.remove();
});
