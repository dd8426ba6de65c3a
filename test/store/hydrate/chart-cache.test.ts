import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChartCache } from '../../../store/hydrate/chart-cache';

const day = 24 * 60 * 60;
const [one, other] = ['1'.repeat(64), '2'.repeat(64)];
let top: string;
let folder: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'fleet-cache-'));
  folder = join(top, 'deep', 'charts');
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** @param days ago */
function age(name: string, days: number): void {
  const then = Date.now() / 1000 - days * day;
  utimesSync(join(folder, name), then, then);
}

test('what was written is read, by whoever asks', () => {
  new ChartCache(folder).write(one, [{ a: null }]);
  expect(new ChartCache(folder).read(one)).toEqual([{ a: null }]);
  expect(new ChartCache(folder).read(other)).toBeUndefined();
  expect(readdirSync(folder).sort()).toEqual([`${one}.json`, 'swept']);
});

test('an entry that is broken is none, and written anew', () => {
  const file = join(folder, `${one}.json`);
  new ChartCache(folder).write(one, ['abc']);
  const whole = readFileSync(file, 'utf8');
  for (const broken of [whole.slice(0, -2), '', whole.replace('abc', 'abd'), '{}', whole.slice(10)]) {
    writeFileSync(file, broken);
    expect(new ChartCache(folder).read(one)).toBeUndefined();
  }
  new ChartCache(folder).write(one, ['abc']);
  expect(new ChartCache(folder).read(one)).toEqual(['abc']);
});

test('entries that nobody asks for go after a month, and so does what was never finished', () => {
  const cache = new ChartCache(folder);
  cache.write(one, 1);
  cache.write(other, 2);
  writeFileSync(join(folder, `${one}.json.1-a.tmp`), '');
  writeFileSync(join(folder, 'mine.txt'), '');
  for (const name of readdirSync(folder)) age(name, 31);
  expect(new ChartCache(folder).read(one)).toBe(1);
  new ChartCache(folder).write('3'.repeat(64), 3);
  expect(readdirSync(folder).sort()).toEqual([`${one}.json`, `${'3'.repeat(64)}.json`, 'mine.txt', 'swept']);
});

test('it is looked for them once a day', () => {
  new ChartCache(folder).write(one, 1);
  age(`${one}.json`, 31);
  new ChartCache(folder).write(other, 2);
  expect(existsSync(join(folder, `${one}.json`))).toBe(true);
});

test('where nothing can be written all goes on without', () => {
  writeFileSync(join(top, 'deep'), 'a file in the way');
  const cache = new ChartCache(folder);
  cache.write(one, 1);
  expect(cache.read(one)).toBeUndefined();
  rmSync(join(top, 'deep'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o500);
  new ChartCache(folder).write(one, 1);
  chmodSync(folder, 0o700);
});

test("it lies in the user's folder of caches", () => {
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = top;
  try {
    new ChartCache().write(one, 1);
    expect(statSync(join(top, 'cdk8s-fleet/charts')).mode & 0o777).toBe(0o700);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
});
