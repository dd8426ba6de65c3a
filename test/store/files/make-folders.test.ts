import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../../store/files/lock';
import { makeFolders } from '../../../store/files/make-folders';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

test('folders are made with those above them, and what is there stays', () => {
  const path = join(folders.make(), 'a/b/c');
  makeFolders(path);
  writeFileSync(join(path, 'x'), '');
  makeFolders(path);
  expect(existsSync(join(path, 'x'))).toBe(true);
});

test('a file in the way is what the system says', () => {
  const folder = folders.make({ file: '' });
  expect(() => makeFolders(join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeFolders(join(folder, 'file/a/b'))).toThrow('ENOTDIR');
});

test('where nothing can be made it comes to an end', () => {
  if (existsSync('/proc/self')) expect(() => makeFolders('/proc/x/y')).toThrow('ENOENT');
});

test('a lock that cannot be made there is nobody else at work', () => {
  if (!existsSync('/proc/self')) return;
  // It asks again and again for seconds, which here go by as it asks.
  let asked = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => {
    asked += 1;
    return asked * 500;
  });
  const busy = { code: 'output-busy', message: 'another run' } as const;
  expect(() => takeLock({ path: '/proc/lock', busy, writing: { code: 'output-write', folder: '/proc/x', hint: '' } })).toThrow(
    "'/proc/x' cannot be written: nothing can be made there (ENOENT)",
  );
  expect(asked).toBeGreaterThan(10);
  jest.restoreAllMocks();
});
