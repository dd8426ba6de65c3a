import { gzipSync } from 'node:zlib';
import { packedChart, tarOf } from '../../builders/chart-builder';
import { HydrateRepository, inputOf } from './hydrate-builder';

let repository: HydrateRepository;

beforeEach(() => {
  repository = new HydrateRepository();
  repository.standIn();
});
afterEach(() => repository.remove());

test('whatever says values is read, the strongest first: parameters, texts, files, the chart and those in it', () => {
  const packed = gzipSync(tarOf([{ path: 'cache/Chart.yaml' }, { path: 'cache/values.yaml', content: 'size: 3' }]));
  repository.chart(
    'web',
    {},
    { 'values.yaml': '# its own\nauth:\n  password: changeme\n', 'charts/db/values.yaml': 'auth: {user: app}\n', 'files/values.yaml': 'no: 1' },
  );
  repository.write({ 'charts/web/charts/cache-1.2.3.tgz': packed, 'one.yaml': 'from: file\n', 'key.pem': 'KEY' });
  const input = inputOf({
    values: ['a: 1\n', '{"a":2}', '{'],
    valueFiles: [{ path: 'one.yaml', of: 'repository' }],
    fileParameters: [{ name: 'tls.key', file: { path: 'key.pem', of: 'repository' } }],
    parameters: [
      { name: 'a.b', value: '1', forceString: true },
      { name: 'a.b', value: '2', forceString: true },
    ],
  });
  expect(repository.renderer().valuesOf(input)).toEqual([
    { tls: { key: 'KEY' } },
    { a: { b: '2' } },
    { a: { b: '1' } },
    null,
    { a: 2 },
    { a: 1 },
    { from: 'file' },
    { auth: { password: 'changeme' } },
    { cache: { size: 3 } },
    { db: { auth: { user: 'app' } } },
  ]);
  // Nothing is rendered for it.
  expect(repository.asked()).toEqual([]);
});

test('of what is not there nobody knows', () => {
  expect(repository.renderer().valuesOf(inputOf())).toEqual([]);
  repository.chart('web', {});
  expect(repository.renderer().valuesOf(inputOf({ valueFiles: [{ path: 'no.yaml', of: 'chart' }] }))).toEqual([]);
});

test('an archive has all in one folder', () => {
  const archive = packedChart({ values: 'a: 1\n', files: { 'charts/db/values.yaml': 'b: 2\n' } });
  repository.write({ 'charts/all/Chart.yaml': 'apiVersion: v2\nname: all\nversion: 1.0.0\n', 'charts/all/charts/web-v1.0.0.tgz': archive });
  const found = repository.renderer().valuesOf(inputOf({ id: { folder: 'charts/all' } }));
  expect(found).toEqual(expect.arrayContaining([{ web: { a: 1 } }, { web: { db: { b: 2 } } }]));
});

test('charts in charts stand under what those above call them', () => {
  const dependencies = 'dependencies:\n- {name: cache, version: 1.0.0, alias: hot}\n- {name: cache, version: 1.0.0, alias: cold}\n';
  const chart = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
  repository.chart(
    'web',
    {},
    {
      'Chart.yaml': `${chart('web')}dependencies: [{name: db, version: 1.0.0}]\n`,
      'charts/database/Chart.yaml': `${chart('db')}${dependencies}`,
      'charts/database/charts/cache/Chart.yaml': chart('cache'),
      'charts/database/charts/cache/values.yaml': 'size: 3\n',
      'charts/_off/values.yaml': 'no: 1\n',
    },
  );
  expect(repository.renderer().valuesOf(inputOf())).toEqual([{ db: { hot: { size: 3 } } }, { db: { cold: { size: 3 } } }]);
  // Helm looks at them where each chart above names some.
  repository.write({ 'charts/web/Chart.yaml': chart('web') });
  expect(repository.renderer().valuesOf(inputOf())).toEqual([{ db: { cache: { size: 3 } } }]);
});
