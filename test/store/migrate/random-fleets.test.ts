import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkTypes } from '../../../store/migrate/installed-tools';
import { type Migrated, migrated } from '../../builders/migrated';
import { longTest } from '../../long-test';
import { runs } from '../../runs';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { type RandomFleet, randomFleet } from './random-fleet';

// The first test that asks migrates all fleets; the compiler and the formatter are processes.
jest.setTimeout(120_000);

const folders = new TemporaryFolders();
const root = join(__dirname, '../../..');

describe('a fleet made by chance', () => {
  const fleets: { readonly fleet: RandomFleet; readonly result: Migrated }[] = [];

  beforeAll(() => {
    for (const fleet of fc.sample(randomFleet, { numRuns: 80, seed: 20260301 })) fleets.push({ fleet, result: migrated(fleet.files, folders) });
  });

  test('is rendered from TypeScript as it was from YAML', () => {
    for (const { result } of fleets) {
      expect(result.drift).toEqual({ files: expect.any(Number), changed: [], missing: [], extra: [] });
      expect(result.lost.filter((line) => line.endsWith(')'))).toEqual([]);
    }
    expect(fleets.reduce((sum, { result }) => sum + result.drift.files, 0)).toBeGreaterThan(runs(800));
  });

  test('has every comment of the YAML in its new files, or in the list of those that found no place, and most in the files', () => {
    let listed = 0;
    let all = 0;
    for (const { fleet, result } of fleets) {
      const texts = Object.values(result.files).flatMap((text) => [...text.matchAll(/\/\/ (.*)/g)]);
      const written = new Set(texts.flatMap(([, said = '']) => said.split(' ')));
      const found = fleet.comments.map((comment) => {
        const isWritten = written.has(comment.slice(comment.indexOf(' ') + 1));
        const isListed = result.lost.includes(comment);
        return isWritten === isListed ? `${comment} is in ${isWritten ? 'both' : 'neither'}` : isListed;
      });
      expect(found.filter((one) => typeof one === 'string')).toEqual([]);
      expect(result.lost.filter((line) => !fleet.comments.includes(line))).toEqual([]);
      listed += found.filter(Boolean).length;
      all += found.length;
    }
    expect(all).toBeGreaterThan(runs(2000));
    expect(listed / all).toBeLessThan(0.02);
  });

  test('is formatted as this repository is', () => {
    const options = ['check', '--error-on-warnings', '--max-diagnostics=3', `--config-path=${join(root, 'biome.json')}`];
    const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), [...options, ...fleets.map(({ result }) => result.folder)], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  longTest('compiles', () => {
    for (const { result } of fleets.slice(0, runs(5))) expect(checkTypes(result.folder)).toBe('');
  });
});
