import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolders } from '../../../workspaces/temporary-folder';
import { repository } from '../../../workspaces/workspace';
import { describeInBrowser } from './browser';

const folders = new TemporaryFolders();

describeInBrowser('the picture of the documents', () => {
  test('is made anew by one command, as large as the one that is there', () => {
    const file = join(folders.make({}), 'board.png');
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'docs:picture', '--', file], { cwd: repository, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    // Width and height stand behind the signature and the name of the first part.
    const size = (picture: string) => readFileSync(picture).subarray(0, 24).toString('hex');
    expect(size(file)).toBe(size(join(repository, 'docs/board.png')));
  });
});
