import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChartsWorkspace, webCharts } from '../../workspaces/charts-workspace';

jest.setTimeout(120_000);

const fleet = new ChartsWorkspace();
afterAll(() => fleet.remove());

const archives = 'charts/archives/charts.example.com/stable';
const all = [`${archives}/web-v0.9.0.tgz`, `${archives}/web-v1.0.0.tgz`, `${archives}/web-v1.1.0.tgz`, 'charts/lock.json'];

describe('fleet charts pull', () => {
  test('says with --dry-run what it would write, and writes nothing', () => {
    const { status, stdout, stderr } = fleet.charts('pull', '--dry-run');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/fetched {2}v1\.1\.0.*would write {2}imports\/charts\/lock\.json\n\nNothing was written\.\n$/s);
    expect(fleet.imports()).toEqual({});
    expect(JSON.parse(fleet.charts('pull', '--dry-run', '--json').stdout)).toMatchObject({ ok: true, dryRun: true, charts: [{ chart: 'web' }], removed: [] });
    expect(fleet.has('imports')).toBe(false);
  });

  test('fetches every version that is named, patches included, and makes no types', () => {
    const { status, stdout } = fleet.charts('pull');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.not.stringContaining('satisfies') });
    expect(Object.keys(fleet.imports())).toEqual(all);
  });

  test('keeps the same lock and archives as import, and types current where they are', () => {
    const pulled = fleet.imports();
    // Nothing has to be fetched for types.
    expect(fleet.fleet('import')).toMatchObject({ status: 0, stdout: expect.stringContaining('written  imports/charts/web.ts') });
    const { 'charts/web.ts': types = '', ...others } = fleet.imports();
    expect(others).toEqual(pulled);
    expect(types).toContain('Only in v0.9.0, v1.0.0.');
    expect(fleet.charts('pull').stdout).toContain('Nothing has changed.');
    fleet.edit('config/apps/web.ts', (text) => text.replace("'v0.9.0'", "'v1.0.0'"));
    expect(fleet.charts('pull').stdout).toMatch(/gone {5}web v0\.9\.0.*written {2}imports\/charts\/web\.ts\n {2}removed {2}\S*web-v0\.9\.0\.tgz/s);
    expect(Object.keys(fleet.imports())).toEqual([...all.slice(1), 'charts/web.ts']);
    expect(fleet.read('imports/charts/web.ts')).toContain('Only in v1.0.0.');
  });

  test('says what of it Git leaves out, which `charts check` tells as a mistake', () => {
    fleet.write({ '.gitignore': '*.tgz\n' });
    const { status, stderr } = fleet.charts('pull');
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^Note: 'imports\/charts\/\S*\.tgz' and 1 more file are ignored by Git: no clone would have them; `git add --force imports\/charts` /,
    );
    expect(JSON.parse(fleet.charts('pull', '--dry-run', '--json').stdout).ignored).toHaveLength(2);
    expect(fleet.charts('check')).toMatchObject({ status: 1, stderr: expect.stringContaining("web-v1.0.0.tgz' is ignored by Git: no clone would have it") });
    fleet.run('git', ['add', '--force', 'imports']);
    expect(fleet.charts('pull')).toMatchObject({ status: 0, stderr: '' });
    expect(fleet.charts('check').status).toBe(0);
    fleet.run('git', ['rm', '-q', '-r', '--cached', 'imports']);
    rmSync(join(fleet.path, '.gitignore'));
  });

  test('takes a chart by its address, and knows its own name in what it says', () => {
    expect(fleet.charts('pull', 'redis', '--repo', 'https://charts.example.com/stable')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('`fleet charts pull redis --version V`'),
    });
    fleet.publish(...webCharts, { name: 'redis', version: '7.0.0' });
    expect(fleet.charts('pull', 'redis', '--repo', 'https://charts.example.com/stable', '--version', '7.0.0').status).toBe(0);
    expect(Object.keys(fleet.imports())).toContain(`${archives}/redis-7.0.0.tgz`);
    expect(Object.keys(fleet.imports())).not.toContain('charts/redis.ts');
  });

  test('without helm, or where the repository does not answer, it says so and writes nothing', () => {
    rmSync(join(fleet.path, 'imports'), { recursive: true });
    expect(fleet.withPath('/nowhere', 'charts', 'pull')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^error chart-pull\n {2}helm is not installed, and web v\d\.\d\.0 cannot be fetched from https:[^\n]*\n[^\n]*\n\n1 error\n$/,
      ),
    });
    rmSync(join(fleet.path, '.stand-in/charts/web-v1.1.0.tgz'));
    expect(fleet.charts('pull')).toMatchObject({ status: 1, stderr: expect.stringMatching(/chart-pull.*Helm cannot fetch web v1\.1\.0.*\n1 error\n$/s) });
    expect(fleet.imports()).toEqual({});
  });

  test('fetches the charts of an app that is opened, which cannot be rendered before', () => {
    fleet.edit('config/apps/web.ts', (text) => text.replace('source:', 'hydrate: true,\n  source:'));
    expect(fleet.read('config/apps/web.ts')).toContain('hydrate: true');
    expect(fleet.fleet('synth')).toMatchObject({ status: 1, stderr: expect.stringMatching(/helm is not installed|was not pulled/) });
    fleet.publish(...webCharts);
    expect(fleet.charts('pull')).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(fleet.imports())).toContain('charts/lock.json');
    expect(fleet.charts('check').stderr).not.toContain('was not pulled');
  });
});
