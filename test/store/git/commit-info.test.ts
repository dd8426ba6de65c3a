import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { commitInfos } from '../../../store/git/commit-info';
import { Repository } from '../../../store/git/repository';
import { trailersOf } from '../../../store/git/trailers';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** Writes a commit as it is, byte by byte. @returns its hash */
function written(git: GitFolder, head: string, message: Buffer | string): string {
  const tree = git.git('hash-object', '-t', 'tree', '-w', '/dev/null').trim();
  const bytes = Buffer.concat([Buffer.from(`tree ${tree}\n${head}\n\n`, 'latin1'), typeof message === 'string' ? Buffer.from(message) : message]);
  writeFileSync(join(git.path, '.git/made'), bytes);
  return git.git('hash-object', '-t', 'commit', '-w', '--literally', '.git/made').trim();
}

const author = 'author Ä. Nother <a@example.com> 1714521600 +0230';
const people = `${Buffer.from(author).toString('latin1')}\ncommitter C <c@example.com> 1714525200 -0700`;
const info = (git: GitFolder, hash: string) => commitInfos(Repository.find(git.path), [hash])[0];

test('a commit tells who wrote it, when, and what for', () => {
  const git = new GitFolder(folders.make({ a: '1' })).commit(1);
  git.git('commit', '-q', '--allow-empty', '-m', 'A subject\nin two lines', '-m', 'A body.', '-m', 'Reviewed-by: R <r@example.com>\nFixes: one\n  and two');
  const head = git.git('rev-parse', 'HEAD', 'HEAD~').trim().split('\n');
  const [last, first] = commitInfos(Repository.find(git.path), head);
  expect(last).toMatchObject({
    hash: head[0],
    parents: [head[1]],
    tree: git.git('rev-parse', 'HEAD^{tree}').trim(),
    subject: 'A subject in two lines',
    body: 'A body.\n\nReviewed-by: R <r@example.com>\nFixes: one\n  and two',
    trailers: [
      { key: 'Reviewed-by', value: 'R <r@example.com>' },
      { key: 'Fixes', value: 'one and two' },
    ],
  });
  expect(first).toMatchObject({
    author: { name: 'Test', email: 'test@example.com' },
    date: new Date(timeAt(0)).toISOString().replace('.000Z', '+00:00'),
    time: timeAt(1),
    subject: 'at 1',
    body: '',
    parents: [],
    trailers: [],
  });
});

test('a commit is read whatever it holds', () => {
  const git = new GitFolder(folders.make({ a: '1' })).commit(1);
  const read = (head: string, message: Buffer | string) => info(git, written(git, head, message));
  expect(read(people, 'S\n')).toMatchObject({
    author: { name: 'Ä. Nother', email: 'a@example.com' },
    date: '2024-05-01T02:30:00+02:30',
    time: 1_714_525_200_000,
    subject: 'S',
  });
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n author Mallory <m@example.com> 1 +0000\n -----END PGP SIGNATURE-----';
  expect(read(`${people}\n${signature}`, 'S\n\nB\n')).toMatchObject({ author: { name: 'Ä. Nother' }, subject: 'S', body: 'B' });
  const latin = Buffer.from('Größe\n\nÜber\n', 'latin1');
  expect(read(`author J\xfcrgen <j@example.com> 1 +0000\ncommitter C <c@example.com> 1 +0000\nencoding ISO-8859-1`, latin)).toMatchObject({
    author: { name: 'Jürgen' },
    subject: 'Größe',
    body: 'Über',
  });
  expect(read(`${people}\nencoding of-our-own`, 'Größe\n')?.subject).toBe('Größe');
  expect(read(people, '')).toMatchObject({ subject: '', body: '', trailers: [] });
  expect(read(people, '\n \n\n')).toMatchObject({ subject: '', body: '' });
  expect(read(people, '\n\nS\n  \n\n\n  B\n\n')).toMatchObject({ subject: 'S', body: '  B' });
  expect(read(people, 'S\u001b[31m\u0007\rx\n')?.subject).toBe('S\u001b[31m\u0007\rx');
  expect(read('author A <a> 99999999999999999999 +9999\ncommitter nobody', 'S')).toMatchObject({ date: '1970-01-01T00:00:00+00:00', time: 0 });
  expect(read('author A <a> 60 +9999\ncommitter B <b> 60 +0000', 'S')).toMatchObject({ date: '1970-01-01T00:01:00+00:00', time: 60_000 });
});

test('many commits are read at once, and one that is not there is refused', () => {
  const git = new GitFolder(folders.make({ a: '1' })).commit(1);
  const hashes = Array.from({ length: 120 }, () => git.git('rev-parse', 'HEAD').trim());
  expect(commitInfos(Repository.find(git.path), hashes)).toHaveLength(120);
  expect(commitInfos(Repository.find(git.path), [])).toEqual([]);
  expect(() => info(git, 'a'.repeat(40))).toThrow('no-history');
});

test('trailers are those that Git finds', () => {
  const git = new GitFolder(folders.make());
  const line = fc.constantFrom(
    '',
    '',
    ' ',
    'Key: value',
    'Other-key:value',
    'two words: x',
    'text',
    '  continued',
    'Signed-off-by: A <a>',
    '(cherry picked from commit 1)',
    'x : y',
    '# note',
    ':x',
    'a-b:',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), (lines) => {
      const message = `${lines.join('\n')}\n`;
      write(git.path, { message });
      const told = git.git('interpret-trailers', '--only-trailers', '--only-input', '--unfold', '--no-divider', 'message').trim();
      const own = trailersOf(message).map(({ key, value }) => `${key}: ${value}`.trim());
      expect(own).toEqual(told === '' ? [] : told.split('\n').map((one) => one.trim()));
    }),
    { numRuns: 200 },
  );
});
