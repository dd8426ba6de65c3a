import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { chartFiles } from '../builders/chart-builder';
import { ChartsWorkspace, webApp, webCharts } from '../workspaces/charts-workspace';
import { repository } from '../workspaces/workspace';
import { describeWithHelm } from './helm';

jest.setTimeout(120_000);

/** A chart repository over HTTP, and a registry as far as Helm asks one, on this machine alone. */
class Charts {
  readonly #server: Server;
  readonly #files = new Map<string, { readonly type: string; readonly content: Buffer }>();

  private constructor() {
    this.#server = createServer(({ url = '' }, response) => {
      const file = this.#files.get(decodeURIComponent(url));
      if (!file) return response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
      const digest = `sha256:${hash(file.content)}`;
      return response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.content.length, 'Docker-Content-Digest': digest }).end(file.content);
    });
  }

  static async open(): Promise<Charts> {
    const charts = new Charts();
    await new Promise<void>((resolve) => charts.#server.listen(0, '127.0.0.1', resolve));
    return charts;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param archives packed charts by file name, in a folder with the index of a chart repository */
  add(folder: string, archives: readonly string[]): void {
    for (const name of ['index.yaml', ...archives])
      this.#files.set(`/stable/${name}`, { type: 'application/octet-stream', content: readFileSync(join(folder, name)) });
    for (const name of archives) {
      const [, chart = '', version = ''] = /^(.+?)-(v?\d.*)\.tgz$/.exec(name) ?? [];
      const content = readFileSync(join(folder, name));
      const config = Buffer.from(JSON.stringify({ name: chart, version, apiVersion: 'v2' }));
      const part = (mediaType: string, bytes: Buffer) => ({ mediaType, digest: `sha256:${hash(bytes)}`, size: bytes.length });
      const type = 'application/vnd.oci.image.manifest.v1+json';
      const manifest = Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: type,
          config: part('application/vnd.cncf.helm.config.v1+json', config),
          layers: [part('application/vnd.cncf.helm.chart.content.v1.tar+gzip', content)],
        }),
      );
      const blob = { type: 'application/octet-stream' };
      this.#files.set(`/v2/charts/${chart}/manifests/${version}`, { type, content: manifest });
      for (const bytes of [manifest]) this.#files.set(`/v2/charts/${chart}/manifests/sha256:${hash(bytes)}`, { type, content: bytes });
      const tags = [...this.#files.keys()].flatMap((path) => new RegExp(`^/v2/charts/${chart}/manifests/(?!sha256)(.+)$`).exec(path)?.[1] ?? []);
      this.#files.set(`/v2/charts/${chart}/tags/list`, { type: 'application/json', content: Buffer.from(JSON.stringify({ name: `charts/${chart}`, tags })) });
      for (const bytes of [config, content]) this.#files.set(`/v2/charts/${chart}/blobs/sha256:${hash(bytes)}`, { ...blob, content: bytes });
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

describeWithHelm('fleet import with the real Helm', () => {
  let charts: Charts;
  let fleet: ChartsWorkspace;

  beforeAll(async () => {
    charts = await Charts.open();
    fleet = new ChartsWorkspace({ 'config/apps/web.ts': webApp.replace(/repoURL: '.*'/, `repoURL: 'http://${charts.host}/stable'`) }, []);
    const packed = join(fleet.path, '.packed');
    mkdirSync(packed);
    for (const parts of webCharts) {
      const folder = Object.fromEntries(Object.entries(chartFiles(parts)).map(([path, text]) => [`.source/web/${path}`, text]));
      fleet.write(folder);
      spawnSync('helm', ['package', join(fleet.path, '.source/web'), '--destination', packed]);
    }
    spawnSync('helm', ['repo', 'index', packed]);
    charts.add(
      packed,
      webCharts.map(({ version }) => `web-${version}.tgz`),
    );
  });
  afterAll(() => {
    charts.close();
    fleet.remove();
  });

  const importCharts = (...args: readonly string[]) => run('import', ...args);

  /** The server is of this process, which must not wait for the command as others do. */
  async function run(...args: readonly string[]): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
    // Helm keeps what it fetched once: a folder of its own for each test run.
    const env = {
      ...process.env,
      HELM_CACHE_HOME: join(fleet.path, '.cache'),
      HELM_CONFIG_HOME: join(fleet.path, '.config'),
    };
    const child = spawn(process.execPath, [join(repository, 'cli/fleet.js'), ...args], { cwd: fleet.path, env });
    const [out, err] = [child.stdout, child.stderr].map((stream) => {
      const chunks: string[] = [];
      stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
      return chunks;
    });
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, stdout: out?.join('') ?? '', stderr: err?.join('') ?? '' };
  }

  test('fetches from a chart repository', async () => {
    expect(await importCharts()).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(fleet.imports()).filter((path) => path.endsWith('.tgz'))).toHaveLength(3);
    expect(fleet.read('imports/charts/web.ts')).toContain('/** Whether the CRDs are installed. @default false */');
    expect(fleet.fleet('check').stderr).toContain("'patch-001' moves web to v1.1.0, which no longer knows the value 'webhook.securePort'");
  });

  test('fetches from a registry', async () => {
    const done = await importCharts(`oci://${charts.host}/charts/web`, '--version', 'v1.0.0', '--plain-http');
    expect(done).toMatchObject({ status: 0, stdout: expect.stringContaining(`fetched  v1.0.0 from oci://${charts.host}/charts`) });
  });

  test('hands on what Helm says', async () => {
    const before = fleet.imports();
    for (const [args, said] of [
      [['web', '--repo', `http://${charts.host}/stable`, '--version', 'v7.0.0'], /chart "web" version "v7\.0\.0" not found in http:/],
      [['web', '--repo', `http://${charts.host}/nowhere`, '--version', 'v1.0.0'], /404/],
      [['web', '--repo', 'http://127.0.0.1:9', '--version', 'v1.0.0'], /127\.0\.0\.1:9/],
      [[`oci://${charts.host}/charts/web`, '--version', 'v7.0.0', '--plain-http'], /not found/],
    ] as const) {
      const { status, stdout, stderr } = await importCharts(...args);
      expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^error chart-pull\n/) });
      expect(stderr).toMatch(said);
      expect(fleet.imports()).toEqual(before);
    }
  });

  test('a chart that Helm itself packs is read, subcharts included', async () => {
    fleet.write({
      '.source/parent/Chart.yaml':
        'apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n  - {name: web, version: v1.1.0, repository: "file://../web"}\n',
      '.source/parent/values.yaml': 'web: {replicaCount: 3}\n',
    });
    spawnSync('helm', ['dependency', 'build', join(fleet.path, '.source/parent')]);
    spawnSync('helm', ['package', join(fleet.path, '.source/parent'), '--destination', join(fleet.path, '.packed')]);
    spawnSync('helm', ['repo', 'index', join(fleet.path, '.packed')]);
    charts.add(join(fleet.path, '.packed'), ['parent-1.0.0.tgz']);
    expect(await importCharts('parent', '--repo', `http://${charts.host}/stable`, '--version', '1.0.0')).toMatchObject({ status: 0 });
    expect(fleet.read('imports/charts/parent.ts')).toContain('readonly securityPort?: ChartValue<number>;');
  });

  test('the newest version of a repository, and of a registry, is no pre-release', async () => {
    const versions = ['1.1.0', '2.0.0-rc.1'];
    for (const version of versions) {
      fleet.write({ '.source/parent/Chart.yaml': `apiVersion: v2\nname: parent\nversion: ${version}\n` });
      spawnSync('helm', ['package', join(fleet.path, '.source/parent'), '--destination', join(fleet.path, '.packed')]);
    }
    spawnSync('helm', ['repo', 'index', join(fleet.path, '.packed')]);
    charts.add(
      join(fleet.path, '.packed'),
      versions.map((version) => `parent-${version}.tgz`),
    );
    const app = (repoURL: string) => `export default { source: { repoURL: '${repoURL}', chart: 'parent', targetRevision: '1.0.0' } };\n`;
    fleet.write({ 'config/apps/http.ts': app(`http://${charts.host}/stable`), 'config/apps/oci.ts': app(`${charts.host}/charts`) });
    const checked = await run('charts', 'check', 'parent', '--plain-http', '--json');
    expect(JSON.parse(checked.stdout).charts).toMatchObject([
      { apps: ['apps/http'], newest: '1.1.0', newer: true },
      { apps: ['apps/oci'], newest: '1.1.0', newer: true },
    ]);
    for (const name of ['http', 'oci']) {
      expect(await run('charts', 'bump', name, '--plain-http', '--no-synth')).toMatchObject({ status: 0, stderr: '' });
      expect(fleet.read(`config/apps/${name}.ts`)).toContain("targetRevision: '1.1.0'");
      const missing = await run('charts', 'bump', name, '--plain-http', '--to', '7.0.0');
      expect(missing).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^error chart-pull\n {2}Helm cannot find parent 7\.0\.0 in .*not found/s),
      });
    }
    expect(await run('charts', 'pull', 'parent', '--plain-http')).toMatchObject({ status: 0, stderr: '' });
    expect(await run('charts', 'check', 'parent', '--plain-http')).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);

  test('a chart of a repository, and of a registry, is pulled and opened to what `helm template` gives', async () => {
    const template =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  replicas: {{ .Values.replicas | quote }}\n  in: {{ .Release.Namespace }}\n';
    fleet.write({
      '.source/shown/Chart.yaml': 'apiVersion: v2\nname: shown\nversion: 1.0.0\n',
      '.source/shown/values.yaml': 'replicas: 1\n',
      '.source/shown/templates/x.yaml': template,
      '.source/shown/crds/crd.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: crd\n',
    });
    spawnSync('helm', ['package', join(fleet.path, '.source/shown'), '--destination', join(fleet.path, '.packed')]);
    spawnSync('helm', ['repo', 'index', join(fleet.path, '.packed')]);
    charts.add(join(fleet.path, '.packed'), ['shown-1.0.0.tgz']);
    const app = (repoURL: string) =>
      `export default { hydrate: true, source: { repoURL: '${repoURL}', chart: 'shown', targetRevision: '1.0.0', helm: { valuesObject: { replicas: 3 } } } };\n`;
    fleet.write({ 'config/apps/by-http.ts': app(`http://${charts.host}/stable`), 'config/apps/by-oci.ts': app(`${charts.host}/charts`) });
    expect(await run('charts', 'pull', 'by-http', 'by-oci', '--plain-http')).toMatchObject({ status: 0, stderr: '' });
    expect(await run('synth')).toMatchObject({ status: 0, stderr: expect.not.stringContaining('error') });
    const target = 'dist/apps/integration/one/eu/manifests';
    for (const name of ['by-http', 'by-oci']) {
      const args = ['template', join(fleet.path, '.source/shown'), '--name-template', name, '--namespace', 'x', '--set', 'replicas=3', '--include-crds'];
      const expected = parseAllDocuments(spawnSync('helm', args, { encoding: 'utf8' }).stdout).map((document) => document.toJS());
      const files = Object.values(fleet.snapshot(`${target}/${name}`)).map((text) => parse(text.slice(text.indexOf(' ') + 1)));
      expect(files).toHaveLength(expected.length);
      expect(files).toEqual(expect.arrayContaining(expected));
    }
  });
});
