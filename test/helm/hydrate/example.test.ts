import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fleetFromConfig } from '../../../constructs';
import { texts } from '../../../store/output/output-folder';
import { readConfig } from '../../../store/read/read-config';
import { tarOf } from '../../builders/chart-builder';
import { describeWithHelm, helmTemplate } from '../helm';

jest.setTimeout(300_000);

const example = join(__dirname, '../../../examples/opened-charts');

function filesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test('the archives of the example are what lies beside them as published', () => {
  for (const version of ['1.0.0', '1.1.0']) {
    const archive = readFileSync(join(example, `imports/charts/archives/charts.example.com/shop-${version}.tgz`));
    const published = Object.entries(filesIn(join(example, `published/shop-${version}`)));
    expect(gunzipSync(archive).equals(tarOf(published.map(([path, content]) => ({ path: `shop/${path}`, content }))))).toBe(true);
  }
});

describeWithHelm('the example whose charts are opened', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-opened-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is in Git as the real Helm renders it, and Helm fills in what only a cluster knows', () => {
    const output = fleetFromConfig(readConfig(join(example, 'config'))).synth();
    const rendered = Object.fromEntries([...texts(output)].map(({ path, text }) => [path, text]));
    expect(rendered).toEqual(filesIn(join(example, 'dist')));
    const chart = join(folder, 'shop');
    cpSync(join(example, 'dist/workload-cluster/production/prod-1/us-east-1/manifests/shop'), chart, { recursive: true });
    const ingress = helmTemplate(chart, { domain: 'us.example.com' }).find(({ kind }) => kind === 'Ingress');
    expect(ingress).toMatchObject({ metadata: { name: 'shop', namespace: 'shop' }, spec: { rules: [{ host: 'shop.us.example.com' }] } });
    expect(() => helmTemplate(chart, {})).toThrow('cluster.domain is missing: expected from the annotation example.com/domain of the cluster secret');
  });
});
