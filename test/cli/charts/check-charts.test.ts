import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedChart } from '../../builders/chart-builder';
import { ChartsWorkspace, chartsURL, webApp, webCharts } from '../../workspaces/charts-workspace';

jest.setTimeout(120_000);

const ranged = `export default { source: { repoURL: 'registry.example.com/charts', chart: 'redis', targetRevision: '7.x' } };\n`;
const folder = `export default { source: { repoURL: 'https://example.com/company/fleet.git', path: 'charts/ns', targetRevision: 'HEAD' } };\n`;
const fleet = new ChartsWorkspace(
  { 'config/apps/web.ts': webApp, 'config/apps/cache.ts': ranged, 'config/apps/ns.ts': folder, 'charts/ns/Chart.yaml': 'name: ns\nversion: 0.1.0\n' },
  [...webCharts, { name: 'redis', version: '7.x', files: { 'Chart.yaml': 'name: redis\nversion: 7.2.0\n' } }, { name: 'redis', version: '8.0.0' }],
);
afterAll(() => fleet.remove());

describe('fleet charts check', () => {
  test('names what was not fetched, with exit status 1', () => {
    const { status, stdout, stderr } = fleet.charts('check', 'web');
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('v0.9.0 missing, v1.0.0 missing, v1.1.0 missing') });
    expect(stderr).toMatchInlineSnapshot(`
     "error chart-missing
       web v0.9.0, v1.0.0, v1.1.0 from https://charts.example.com/stable were not fetched
       expected an archive in imports/charts, and its digest in the lock
       hint     run \`npx fleet charts pull\`, and commit the result

     1 error
     "
    `);
    expect(fleet.has('imports')).toBe(false);
  });

  test('says where the newest version is one that its authors want nobody to take any more', () => {
    const own = new ChartsWorkspace(
      { 'config/apps/old.ts': `export default { source: { repoURL: '${chartsURL}', chart: 'old', targetRevision: '1.0.0' } };\n` },
      [
        { name: 'old', version: '1.0.0' },
        { name: 'old', version: '1.1.0', files: { 'Chart.yaml': 'name: old\nversion: 1.1.0\ndeprecated: true\n' } },
      ],
    );
    try {
      expect(own.charts('check').stdout).toMatch(/^old +1\.0\.0 +1\.1\.0 \(newer, deprecated\) /m);
      expect(JSON.parse(own.charts('check', '--json').stdout).charts).toMatchObject([{ newest: '1.1.0', newer: true, deprecated: true }]);
      const bumped = own.charts('bump', 'old', '--no-synth', '--json');
      expect(bumped).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Note: old 1\.1\.0 of \S+ is deprecated: /) });
      expect(JSON.parse(bumped.stdout)).toMatchObject({ to: '1.1.0', deprecated: true });
    } finally {
      own.remove();
    }
  });

  test('says which versions are in use, where, and which are newer; newer ones are no mistake', () => {
    fleet.publish(...webCharts, { version: 'v1.2.0' }, { version: 'v2.0.0-rc.1' });
    expect(fleet.charts('pull').status).toBe(0);
    const before = fleet.snapshot('.');
    const { status, stdout, stderr } = fleet.charts('check');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
     "CHART  IN USE           NEWEST          ARCHIVES  APPS
     redis  7.x (7.2.0)      8.0.0 (newer)   there     apps/cache
     web    v0.9.0 … v1.1.0  v1.2.0 (newer)  there     apps/web

     2 charts, 2 with a newer version: \`npx fleet charts bump apps/cache\` writes the patch that moves an app to it
     "
    `);
    // But for what the stand-in was asked.
    expect(Object.keys(fleet.snapshot('.'))).toEqual(Object.keys(before));
    expect(JSON.parse(fleet.charts('check', 'apps/web', '--json').stdout)).toEqual({
      ok: true,
      charts: [
        {
          chart: 'web',
          repository: chartsURL,
          apps: ['apps/web'],
          versions: ['v0.9.0', 'v1.0.0', 'v1.1.0'].map((version) => ({ version, archive: 'there' })),
          newest: 'v1.2.0',
          newer: true,
        },
      ],
    });
  });

  test('names an archive that is another one, or gone', () => {
    const archive = join(fleet.path, 'imports/charts/archives/charts.example.com/stable/web-v1.0.0.tgz');
    writeFileSync(archive, packedChart({ version: 'v1.0.0', values: 'other: 1' }));
    const changed = fleet.charts('check', 'web');
    expect({ ...changed, stderr: '' }).toEqual({ status: 1, stdout: expect.stringContaining('v1.0.0 wrong'), stderr: '' });
    expect(changed.stderr).toMatch(/error chart-lock imports\/charts\/lock\.json.*web v1\.0\.0 is not what was imported.*\n1 error\n$/s);
    rmSync(archive);
    expect(fleet.charts('check', 'web', '--json')).toMatchObject({ status: 1, stdout: expect.stringContaining('"found": "nothing there"') });
    fleet.charts('pull');
    expect(fleet.charts('check', 'web').status).toBe(0);
  });

  test('where one repository does not answer, it says so, and what it knows', () => {
    rmSync(join(fleet.path, '.stand-in/charts/redis-8.0.0.tgz'));
    const { status, stdout, stderr } = fleet.charts('check');
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(/^redis .* \? .*^web .*v1\.2\.0 \(newer\)/ms) });
    expect(stderr).toMatch(
      /^error chart-pull\n {2}Helm cannot find the newest redis in oci:\/\/registry\.example\.com\/charts\n.*is there a release of 'redis'\?.*\n1 error\n$/s,
    );
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ['an unknown chart', ['wbe'], /chart-unknown.*no app or chart of the fleet is called 'wbe'.*hint {5}did you mean 'web'\?\n/s],
    ['an address that no app names', ['oci://registry.example.com/other'], /chart-unknown.*no app names a version of 'oci:\S+'\n\n/s],
    ['a folder of the repository', ['ns'], /chart-unknown.*'charts\/ns' is a folder of this repository, and has no other versions/s],
  ])('%s is one clear error', (_, args, message) => {
    const { status, stdout, stderr } = fleet.charts('check', ...args);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr.match(/^error /gm)).toHaveLength(1);
  });

  test('no helm is one clear error', () => {
    expect(fleet.withPath('/nowhere', 'charts', 'check')).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error chart-pull\n {2}helm is not installed, and the newest redis cannot be found in oci:[^\n]*\n[^\n]*\n\n1 error\n$/),
    });
  });

  test('a fleet without such charts has nothing to look up', () => {
    const other = new ChartsWorkspace({ 'config/apps/ns.ts': folder, 'charts/ns/Chart.yaml': 'name: ns\nversion: 0.1.0\n' }, []);
    expect(other.withPath('/nowhere', 'charts', 'check')).toEqual({
      status: 0,
      stdout: 'No app names a chart of a chart repository or a registry.\n',
      stderr: '',
    });
    other.remove();
  });
});
