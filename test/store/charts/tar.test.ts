import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FleetError } from '../../../layers/problem';
import { filesOfArchive } from '../../../store/charts/chart-files';
import { readTar } from '../../../store/charts/tar';
import { type Entry, packedChart, tarOf } from '../../builders/chart-builder';

const all = (archive: Buffer) => Object.fromEntries([...readTar(archive, () => true)].map(([path, content]) => [path, content.toString()]));
const chart: Entry = { path: 'web/Chart.yaml', content: 'name: web\nversion: 1.0.0\n' };

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems.map(({ code, message, found }) => `${code}: ${message}: ${found}`).join('\n');
    throw error;
  }
  return 'nothing';
}

test('what was packed is read', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ path: fc.stringMatching(/^[a-z]{1,40}(\/[a-z]{1,40}){0,1}$/), content: fc.string() }), { selector: ({ path }) => path }),
      (files) => {
        expect(all(tarOf(files))).toEqual(Object.fromEntries(files.map(({ path, content }) => [path, content])));
        expect(all(tarOf(files, false))).toEqual(all(tarOf(files)));
      },
    ),
    { numRuns: 100 },
  );
});

test('long names are read as pax and GNU tar write them', () => {
  const long = `web/charts/${'a'.repeat(120)}/Chart.yaml`;
  const record = ` path=${long}\n`;
  const pax = `${record.length + String(record.length + 3).length}${record}`;
  expect(
    all(
      tarOf([
        { path: 'x', type: 'x', content: pax },
        { path: 'short', content: 'one' },
      ]),
    ),
  ).toEqual({ [long]: 'one' });
  expect(
    all(
      tarOf([
        { path: '././@LongLink', type: 'L', content: `${long}\0` },
        { path: 'short', content: 'two' },
      ]),
    ),
  ).toEqual({ [long]: 'two' });
});

test('links, devices, folders, and names that lead elsewhere are passed over', () => {
  const hostile: readonly Entry[] = [
    { path: '../../etc/passwd', content: 'x' },
    { path: '/etc/passwd', content: 'x' },
    { path: 'web/../../values.yaml', content: 'x' },
    { path: 'web/./values.yaml', content: 'x' },
    { path: 'web\\values.yaml', content: 'x' },
    { path: 'web/values.yaml', type: '2', link: '/etc/passwd' },
    { path: 'web/values.schema.json', type: '1', link: '/etc/passwd' },
    { path: 'web/pipe', type: '6' },
    { path: 'web/folder/', type: '5' },
  ];
  expect(all(tarOf([...hostile, chart]))).toEqual({ 'web/Chart.yaml': chart.content });
});

describe('an archive that is no chart is refused', () => {
  const gzip = (entries: readonly Entry[]) => gzipSync(tarOf(entries));
  const rows: readonly (readonly [string, Buffer, RegExp])[] = [
    ['no gzip', Buffer.from('<html>'), /chart-broken: the archive of web 1 is no Helm chart: incorrect header check/],
    ['no tar', gzipSync(Buffer.alloc(1024, 'x')), /is no Helm chart: it is no tar archive/],
    ['cut off', gzipSync(tarOf([{ ...chart, content: 'x'.repeat(5000) }]).subarray(0, 2048)), /it is cut off/],
    ['a size beyond the end', gzip([{ ...chart, size: 0o77777777777 }]), /it is cut off/],
    ['a bomb', gzipSync(Buffer.alloc(101 * 2 ** 20)), /more than 104857600 bytes, unpacked/],
    ['a large file', gzip([chart, { path: 'web/values.yaml', content: 'x'.repeat(6 * 2 ** 20) }]), /values.yaml of web 1 is too large: 6291456/],
    ['without Chart.yaml', gzip([{ path: 'web/values.yaml', content: 'a: 1' }]), /web 1 is no Helm chart: none/],
    ['two charts', gzip([chart, { ...chart, path: 'other/Chart.yaml' }]), /several folders: other, web/],
    ['a broken pax header', gzip([{ path: 'x', type: 'x', content: '0 path=y\n' }, chart]), /it is no tar archive/],
  ];
  test.each(rows)('%s', (_, archive, message) => {
    expect(refusal(() => filesOfArchive(archive, 'web 1'))).toMatch(message);
  });
});

test('only what says which values there are is read of a chart, its subcharts packed or not', () => {
  const files = {
    'README.md': 'x',
    'templates/values.yaml': 'x',
    'charts/a/Chart.yaml': 'name: a',
    'charts/a/values.yaml': 'a: 1',
    'charts/a/templates/values.yaml': 'x',
    'charts/a/charts/b/values.yaml': 'b: 1',
  };
  const sub = gzipSync(
    tarOf([
      { path: 'c/Chart.yaml', content: 'name: c' },
      { path: 'c/values.yaml', content: 'c: 1' },
    ]),
  );
  const packed = gzipSync(
    tarOf([chart, ...Object.entries(files).map(([path, content]) => ({ path: `web/${path}`, content })), { path: 'web/charts/c-1.0.0.tgz', content: sub }]),
  );
  expect([...filesOfArchive(packed, 'web').keys()]).toEqual([
    'Chart.yaml',
    'charts/a/Chart.yaml',
    'charts/a/charts/b/values.yaml',
    'charts/a/values.yaml',
    'charts/c-1.0.0/Chart.yaml',
    'charts/c-1.0.0/values.yaml',
  ]);
});

test('random bytes are never a bug', () => {
  const valid = packedChart({ values: 'a: 1' });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2047), fc.nat(255)), { maxLength: 20 }), (changes) => {
      const bytes = Buffer.from(tarOf([chart, { path: 'web/values.yaml', content: 'a: 1' }]).subarray(0, 2048));
      for (const [at, byte] of changes) bytes[at] = byte;
      refusal(() => filesOfArchive(gzipSync(bytes), 'web'));
      const damaged = Buffer.from(valid);
      for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte;
      refusal(() => filesOfArchive(damaged, 'web'));
    }),
    { numRuns: 200 },
  );
});
