import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asRefusal } from '../../store/files/disk-refuses';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const folders = new TemporaryFolders();

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (cause) {
    return cause;
  }
  throw new Error('nothing was thrown');
}

test.each<readonly [string, (folder: string) => unknown]>([
  ['a folder that is not there', (folder) => readdirSync(join(folder, 'none'))],
  ['a folder that is a file', (folder) => readdirSync(join(folder, 'file'))],
  ['a file that is a folder', (folder) => readFileSync(folder)],
  ['a file on the way', (folder) => writeFileSync(join(folder, 'file/x'), '')],
  ['a name that is too long', (folder) => readFileSync(join(folder, 'x'.repeat(5000)))],
  ['a path with U+0000', (folder) => readFileSync(join(folder, 'a\u0000b'))],
  ['a folder without rights', () => Object.assign(new Error("EACCES: permission denied, scandir 'x'"), { code: 'EACCES', syscall: 'scandir', path: 'x' })],
  ['a full disk', () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })],
])('what the system has against %s is a mistake with a message, and no bug', (_, run) => {
  const folder = folders.make({ file: '' });
  const cause = thrown(() => {
    const made = run(folder);
    if (made instanceof Error) throw made;
  });
  expect(asRefusal(cause)?.problems).toMatchObject([{ code: 'disk-refused', message: expect.stringMatching(/\S/) }]);
});

test.each([new TypeError('x is not a function'), new RangeError('Maximum call stack size exceeded'), 'text', null, undefined])('%p is a bug', (cause) => {
  expect(asRefusal(cause)).toBeUndefined();
});
