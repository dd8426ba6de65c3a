import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { longTest } from '../long-test';

longTest.each([
  ['no folder is named', [], 'found no name'],
  ['a folder is not there', ['dist', 'nothing'], 'found none at nothing'],
  ['a file is named', [__filename], `found none at ${__filename}`],
])('where %s, that is the one message', (_, folders, found) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), ...folders], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^expected folders of output, .*\n$/)]);
  expect(stderr).toContain(found);
});
