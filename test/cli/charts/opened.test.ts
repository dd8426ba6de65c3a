import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf } from '../../../store/files/journal';
import { packedChart } from '../../builders/chart-builder';
import { ChartsWorkspace, chartsURL } from '../../workspaces/charts-workspace';

const app = (source: string, hydrate = true) => `export default { hydrate: ${hydrate}, source: { ${source} } };\n`;
const inFolder = "repoURL: 'https://example.com/company/fleet', path: 'charts/web'";
const inRepository = `repoURL: '${chartsURL}', chart: 'web', targetRevision: '1.0.0'`;
const object = (name: string) => `---\napiVersion: v1\nkind: X\nmetadata: {name: ${name}}\n`;

let fleet: ChartsWorkspace;
afterEach(() => fleet.remove());

const helm = '#!/bin/sh\nif [ "$1" = version ]; then echo \'version.BuildInfo{Version:"v3.99.0"}\'; exit; fi\n. "$2/run.sh"\n';

/** A fleet whose output is written, and a chart in its repository that is a script for a stand-in of Helm. */
function prepared(script: string, source = inFolder): ChartsWorkspace {
  fleet = new ChartsWorkspace(
    { 'config/apps/web.ts': app(source, false), 'charts/web/Chart.yaml': 'name: web\n', 'charts/web/run.sh': script, '.bin/helm': helm },
    [],
  );
  chmodSync(join(fleet.path, '.bin/helm'), 0o755);
  expect(fleet.fleet('synth').status).toBe(0);
  fleet.write({ 'config/apps/web.ts': app(source) });
  return fleet;
}

/** What is told where an app is opened that cannot be; nothing is written. */
function refused(path = `${join(fleet.path, '.bin')}:/usr/bin:/bin`): string {
  const before = fleet.snapshot('dist');
  const { status, stdout, stderr } = fleet.withPath(path, 'synth');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(fleet.snapshot('dist')).toEqual(before);
  expect(stderr.match(/^error /gm)).toHaveLength(1);
  return stderr;
}

const lock = (sha256: string, rest: object = {}) => ({
  'imports/charts/lock.json': JSON.stringify({
    version: 1,
    charts: [{ chart: 'web', repository: chartsURL, version: '1.0.0', archive: 'archives/charts.example.com/stable/web-1.0.0.tgz', sha256, ...rest }],
  }),
});

function writeArchive(archive: Buffer): void {
  const file = join(fleet.path, 'imports/charts/archives/charts.example.com/stable/web-1.0.0.tgz');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, archive);
}

test.each<readonly [what: string, script: string, message: RegExp]>([
  [
    'does not render',
    'echo "Error: template: web/x.yaml:3: nil pointer" >&2; exit 1\n',
    /Helm cannot render the chart in 'charts\/web'\n.*found +template: web\/x\.yaml:3: nil pointer/s,
  ],
  ['has an object without a name', 'printf "apiVersion: v1\\nkind: X\\n"\n', /there is a X without a name in what the chart in 'charts\/web' gives/],
  [
    'has two objects of one name',
    `cat <<'END'\n${object('a')}${object('a')}more: 1\nEND\n`,
    /X 'a' stands there twice, and differs in 'more' in what the chart in 'charts\/web' gives/,
  ],
  [
    'has 5,001 objects',
    'i=0; while [ $i -lt 5001 ]; do echo "---"; echo "{apiVersion: v1, kind: X, metadata: {name: a$i}}"; i=$((i + 1)); done\n',
    /there are too many objects in what the chart in 'charts\/web' gives\n.*at most 5000\n.*5001/s,
  ],
  ['names a file of values that is not there', '', /there is no file 'charts\/web\/none\.yaml' in the repository/],
])('a chart that %s is one message, and nothing is written', (what, script, message) => {
  prepared(script, what.startsWith('names') ? `${inFolder}, helm: { valueFiles: ['none.yaml'] }` : inFolder);
  expect(refused()).toMatch(message);
});

test('without Helm that is one message, and nothing is written', () => {
  prepared('');
  expect(refused('/usr/bin:/bin')).toMatch(/helm is not installed, and no chart can be rendered/);
});

test('a chart that was not pulled, is not there or is another one is one message, and nothing is written', () => {
  prepared('', inRepository);
  expect(refused()).toMatch(/web 1\.0\.0 of .* was not pulled\n.*fleet charts pull/s);
  const archive = packedChart({ version: '1.0.0' });
  fleet.write(lock(hashOf(archive)));
  expect(refused()).toMatch(/web 1\.0\.0 is not what was imported\n.*nothing there\n.*fleet charts pull/s);
  fleet.write({ 'imports/charts/archives/charts.example.com/stable/web-1.0.0.tgz': 'another one' });
  expect(refused()).toMatch(/web 1\.0\.0 is not what was imported/);
});

test('of a range its Application says which version it is, and so does `fleet versions` of a commit', () => {
  const ranged = `repoURL: '${chartsURL}', chart: 'web', targetRevision: '1.x'`;
  prepared('', ranged);
  const archive = packedChart({ version: '1.4.2' });
  fleet.write({
    ...lock(hashOf(archive), { version: '1.x', resolved: '1.4.2' }),
    '.bin/helm': `#!/bin/sh\nif [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.0"}'; exit; fi\necho '${object('a')}'\n`,
  });
  writeArchive(archive);
  const path = `${join(fleet.path, '.bin')}:/usr/bin:/bin`;
  expect(fleet.withPath(path, 'synth')).toMatchObject({ status: 0 });
  expect(fleet.read('dist/apps/integration/one/eu/templates/web.yaml')).toContain(`${chartsURL} web 1.4.2 (1.x)`);
  fleet.run('git', ['add', '-A']);
  fleet.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'Open it']);
  expect(fleet.fleet('versions', 'web', '--at', 'HEAD')).toMatchObject({ status: 0, stdout: expect.stringMatching(/web +1\.4\.2 +everywhere/) });
});

test('where its templates ask for the version of Kubernetes, and nobody says it, that is a notice', () => {
  prepared(`printf "apiVersion: v1\\nkind: X\\nmetadata: {name: a}\\n"\n`);
  fleet.write({ 'charts/web/templates/x.yaml': '{{ .Capabilities.KubeVersion }}\n' });
  const check = () => fleet.withPath(`${join(fleet.path, '.bin')}:/usr/bin:/bin`, 'check');
  expect(check().stderr).toMatch(
    /^notice chart-capabilities config\/apps\/web\.ts.*\n {2}the chart in 'charts\/web' asks in 'templates\/x\.yaml' which version/m,
  );
  fleet.edit('config/apps/web.ts', (text) => text.replace('hydrate: true', "hydrate: true, kubernetes: '1.33'"));
  expect(check().stderr).not.toContain('chart-capabilities');
});
