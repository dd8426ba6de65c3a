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
    { cache: { size: 3 } },
    { db: { auth: { user: 'app' } } },
    { auth: { password: 'changeme' } },
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
