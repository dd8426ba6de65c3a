import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ChartsWorkspace } from '../../workspaces/charts-workspace';
import { Workspace } from '../../workspaces/workspace';

jest.setTimeout(120_000);

const app = (values: string, rest = '') =>
  `export default { source: { repoURL: 'https://example.com/company/fleet', path: 'charts/web', targetRevision: 'HEAD', helm: { valuesObject: ${values} } }, ${rest} };\n`;
const chart = {
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: cache, version: 1.0.0, condition: cache.enabled }]\n',
  'charts/web/values.yaml': 'replicaCount: 1\nnodeSelector: {}\nimage: { tag: a }\n',
  'charts/web/charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  'charts/web/charts/cache/values.yaml': 'size: 1\n',
};

/** What check says of values, as `severity message (hint)`. */
function told(files: Readonly<Record<string, string>>): readonly string[] {
  const fleet = new ChartsWorkspace({ ...chart, ...files }, []);
  try {
    const { problems = [] } = JSON.parse(fleet.fleet('check', '--json').stdout);
    const own = (problems as readonly { readonly [key: string]: string | number }[]).filter(({ code }) => String(code).startsWith('chart-'));
    return own.map(({ severity, message, file, line, hint }) => `${severity} ${file}:${line} ${message} (${hint})`);
  } finally {
    fleet.remove();
  }
}

test('a value that a chart in a folder does not know is a warning with a near miss, without anything imported', () => {
  expect(told({ 'config/apps/web.ts': app("{ replicaCuont: 2, image: { tga: 'b' } }") })).toEqual([
    expect.stringMatching(
      /^warning config\/apps\/web\.ts:1 web 1\.0\.0 does not know the value 'image\.tga' \(did you mean 'image\.tag'\?.*values\.yaml shows/,
    ),
    expect.stringMatching(/^warning config\/apps\/web\.ts:1 web 1\.0\.0 does not know the value 'replicaCuont' \(did you mean 'replicaCount'\?/),
  ]);
});

test('subcharts, what switches them on, `global` and open maps are known', () => {
  const values = "{ cache: { size: 2, enabled: true }, global: { any: 1 }, nodeSelector: { a: 'b' } }";
  expect(told({ 'config/apps/web.ts': app(values) })).toEqual([]);
  expect(told({ 'config/apps/web.ts': app('{ cache: { siez: 2 } }') })).toEqual([expect.stringContaining("'cache.siez' (did you mean 'cache.size'?")]);
});

test('a schema says what there is', () => {
  const schema = JSON.stringify({ properties: { extra: { type: 'string' } } });
  expect(told({ 'charts/web/values.schema.json': schema, 'config/apps/web.ts': app("{ extra: 'a' }") })).toEqual([]);
});

test('it is meant so where the app says so, and a folder that is no chart says nothing', () => {
  const silence = "silence: { 'chart-value source.helm.valuesObject.extra': 'its templates read it' }";
  expect(told({ 'config/apps/web.ts': app('{ extra: 1 }', silence) })).toEqual([]);
  expect(told({ 'config/apps/web.ts': app('{ extra: 1 }').replace('charts/web', 'charts/none') })).toEqual([]);
});

test('what a link leads to outside of the repository is told to nobody', () => {
  const fleet = new ChartsWorkspace({ ...chart, 'config/apps/web.ts': app('{ secretKye: 1 }') }, []);
  const elsewhere = new Workspace({ 'values.yaml': 'secretKey: 1\n' });
  try {
    rmSync(join(fleet.path, 'charts/web/values.yaml'));
    symlinkSync(join(elsewhere.path, 'values.yaml'), join(fleet.path, 'charts/web/values.yaml'));
    expect(fleet.fleet('check', '--json').stdout).not.toContain('secretKey');
  } finally {
    fleet.remove();
    elsewhere.remove();
  }
});

test('a chart whose values cannot be read is a warning, and the others are looked at', () => {
  expect(told({ 'charts/web/values.yaml': 'a: [\n', 'config/apps/web.ts': app('{ extra: 1 }') })).toEqual([
    expect.stringMatching(/^warning .*values\.yaml of .* cannot be read/),
  ]);
});
