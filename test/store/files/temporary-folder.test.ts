import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { ownProcessId } from '../../../store/files/process-id';
import { inTemporaryFolder } from '../../../store/files/temporary-folder';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'temporary-'));
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** A folder that another command left. @param age in hours */
function left(name: string, owner?: string, age = 0): void {
  mkdirSync(join(folder, name, 'files'), { recursive: true });
  if (owner !== undefined) writeFileSync(join(folder, name, 'owner'), owner);
  const then = Date.now() / 1000 - age * 3600;
  utimesSync(join(folder, name), then, then);
}

test('a temporary folder is there while it is used, and then no more', () => {
  const used = inTemporaryFolder('helm', (inner, around) => {
    writeFileSync(join(inner, 'x'), '');
    expect(readdirSync(inner)).toEqual(['x']);
    // Another command does not take it for one that was left.
    inTemporaryFolder('charts', () => {});
    expect(existsSync(inner)).toBe(true);
    return around;
  });
  expect(existsSync(used)).toBe(false);
  expect(() =>
    inTemporaryFolder('helm', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed command left is removed by the next one, and nothing else', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const [, start, where = ''] = ownProcessId().split(' ');
  const ended = `${pid} 1 ${where}`;
  const elsewhere = `1 ${start} other/boot/1`;
  left('fleet-helm-aaaaaa', ended);
  left('fleet-charts-aaaaaa', ended);
  left('fleet-chart-aaaaaa', ended);
  left('fleet-types-aaaaaa', undefined, 30);
  left('fleet-helm-bbbbbb', elsewhere, 30);
  const stay = ['fleet-helm-cccccc', 'fleet-helm-dddddd', 'fleet-helm-eeeeee', 'fleet-helm-ffffff', 'fleet-helm-gggggg', 'fleet-hydrate-aaaaaa', 'other'];
  left('fleet-helm-cccccc', ownProcessId(), 30);
  left('fleet-helm-dddddd', elsewhere);
  left('fleet-helm-eeeeee');
  // Its owner is being written.
  left('fleet-helm-gggggg', '');
  left('other', ended);
  left('fleet-hydrate-aaaaaa', ended, 30);
  symlinkSync(join(folder, 'other'), join(folder, 'fleet-helm-ffffff'));
  inTemporaryFolder('helm', () => {});
  expect(readdirSync(folder).sort()).toEqual(stay);
  expect(existsSync(join(folder, 'other/files'))).toBe(true);
});
