import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError, type Problem } from '../../../layers/problem';
import { Revisions } from '../../../store/git/revisions';
import { partly } from '../../runs';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

const made = new Map<string, GitFolder>();

/** Commits at 1, 2, 3 and 4 o'clock, each with another text in `a.yaml`: a copy of what was made once. */
function repository(...init: readonly string[]): GitFolder {
  const key = init.join(' ');
  const original = made.get(key) ?? make(...init);
  made.set(key, original);
  const path = folders.make();
  cpSync(original.path, path, { recursive: true, preserveTimestamps: true });
  return new GitFolder(path, ...init);
}

function make(...init: readonly string[]): GitFolder {
  const git = new GitFolder(folders.make(), ...init);
  for (const hour of [1, 2, 3, 4]) {
    write(git.path, { 'config/a.yaml': `${hour}` });
    git.commit(hour);
  }
  return git;
}

/** One that no test changes. */
let kept: GitFolder | undefined;
function untouched(): GitFolder {
  kept ??= repository();
  return kept;
}

const head = (git: GitFolder, name = 'HEAD') => git.git('rev-parse', `${name}^{commit}`).trim();
const resolve = (git: GitFolder, text: string) => new Revisions(git.path).resolve(text, { dates: true }).hash;

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof FleetError && error.problems[0]) return error.problems[0];
    throw error;
  }
  throw new Error('nothing was refused');
}

function refused(git: GitFolder, text: string): Problem {
  return problemOf(() => new Revisions(git.path).resolve(text, { dates: true }));
}

/** A clone of the last commit alone. */
function shallow(git: GitFolder, depth = 1): GitFolder {
  const path = folders.make();
  new GitFolder(path).git('clone', '-q', `--depth=${depth}`, `file://${git.path}`, 'clone');
  return new GitFolder(join(path, 'clone'));
}

describe.each(partly(['sha1', 'sha256'], 1))('a commit of a repository with %s', (format) => {
  test('is found by every name that it has', () => {
    const git = repository(`--object-format=${format}`);
    git.git('branch', 'feature/one', 'HEAD~1').concat(git.git('tag', 'light', 'HEAD~2'));
    git.git('tag', '-a', '-m', 'annotated', 'v1.0', 'HEAD~3').concat(git.git('update-ref', 'refs/remotes/origin/main', 'HEAD~1'));
    const hashes = [head(git), head(git, 'HEAD~1'), head(git, 'HEAD~2'), head(git, 'HEAD~3')];
    const names = [
      ['HEAD', '@', 'main', 'refs/heads/main', hashes[0] ?? '', (hashes[0] ?? '').slice(0, 9), 'main@{0}'],
      ['HEAD~', 'HEAD^', 'HEAD~1', 'feature/one', 'origin/main', 'refs/remotes/origin/main'],
      ['HEAD~2', 'HEAD^^', 'light', 'tags/light'],
      ['HEAD~3', 'v1.0', 'refs/tags/v1.0'],
    ];
    expect(names.map((texts) => texts.map((text) => resolve(git, text)))).toEqual(names.map((texts, at) => texts.map(() => hashes[at])));
    git.git('checkout', '-q', 'HEAD~1');
    expect([resolve(git, 'HEAD'), resolve(git, 'main')]).toEqual([hashes[1], hashes[0]]);
  });
});

describe('a date', () => {
  const date = (hour: number, minute = 0) => new Date(timeAt(hour) + minute * 60_000).toISOString();

  test('means the last commit that is not after it; a day its end, where the machine is', () => {
    const git = repository();
    const [one, two, four] = ['HEAD~3', 'HEAD~2', 'HEAD'].map((name) => head(git, name));
    const dates = [date(1), date(2, 59), date(2).replace('.000', ''), '2024-05-01T04:30+02:00', '2024-05-01 04:30+0200', '2024-05-01T02:00Z', '2024-05-01'];
    expect(dates.map((text) => resolve(git, text))).toEqual([one, two, two, two, two, two, four]);
    expect(resolve(git, '2024-05-02T01:59+02:00')).toBe(four);
  });

  test('looks at what was merged when it was merged', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch');
    write(git.path, { 'other.yaml': '1' });
    const branch = head(git.commit(5));
    git.git('checkout', '-q', 'main');
    git.commit(6).merge('branch', 9);
    const revisions = new Revisions(git.path);
    expect(revisions.resolve(date(8), { dates: true }).hash).toBe(head(git, 'HEAD^1'));
    expect(revisions.resolve(date(8), { dates: true, of: 'branch' }).hash).toBe(branch);
    expect(revisions.resolve('9999-01-01', { dates: true }).hash).toBe(head(git));
  });

  test('is a tag where one has its name, and nothing where no date is taken', () => {
    const git = repository();
    git.git('tag', '2024-05-01', 'HEAD~3');
    expect(resolve(git, '2024-05-01')).toBe(head(git, 'HEAD~3'));
    expect(problemOf(() => new Revisions(git.path).resolve('2024-05-02')).code).toBe('unknown-revision');
    expect(new Revisions(git.path).tryResolve('2024-05-02')).toBeUndefined();
  });

  test.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-01', '2024-01-00', '2024-01-01T24:00', '2024-01-01T10:60'])('is refused as %s', (text) => {
    expect(refused(untouched(), text)).toMatchObject({ code: 'unknown-revision', message: `'${text}' is no date: there is no such day or time` });
  });

  test.each(['2024-04-29', '1969-12-31', '0001-01-01'])('is refused where it is before the first commit: %s', (text) => {
    const git = untouched();
    expect(refused(git, text)).toMatchObject({ code: 'unknown-revision', found: expect.stringMatching(/^the first one of 'HEAD' is of 2024-0[45]-\d\d$/) });
    expect(refused(shallow(git), text)).toMatchObject({ code: 'no-history', hint: expect.stringContaining('git fetch --unshallow') });
  });
});

describe('two commits', () => {
  test('are written as Git writes them', () => {
    const git = repository();
    git.git('checkout', '-q', '-b', 'branch', 'HEAD~2').concat(git.git('branch', 'feature.x'));
    git.commit(5);
    const [main, branch, base] = [head(git, 'main'), head(git, 'branch'), head(git, 'main~2')];
    const range = (text: string) => {
      const { from, to } = new Revisions(git.path).range(text, { dates: true });
      return [from.hash, to?.hash];
    };
    expect(['main..branch', 'main...branch', 'main..', '..main', 'main', 'main...', 'feature.x', '2024-05-01T04:00Z..main'].map(range)).toEqual([
      [main, branch],
      [base, branch],
      [main, branch],
      [branch, main],
      [main, undefined],
      [base, branch],
      [base, undefined],
      [base, main],
    ]);
  });

  test('may have none in common', () => {
    const git = repository();
    git.git('checkout', '-q', '--orphan', 'other');
    git.commit(5);
    expect(problemOf(() => new Revisions(git.path).range('main...other'))).toMatchObject({
      code: 'unknown-revision',
      hint: expect.stringContaining('main..other'),
    });
  });
});

describe('what no commit has is refused', () => {
  test('with what may have been meant', () => {
    const git = repository();
    git.git('branch', 'feature/one').concat(git.git('tag', 'v1.0'), git.git('update-ref', 'refs/remotes/origin/release', 'HEAD'));
    const hints = ['mian', 'feature/on', 'v1.1', 'release', 'release~1', 'something-else'].map((text) => [refused(git, text).code, refused(git, text).hint]);
    expect(hints).toEqual([
      ['unknown-revision', "did you mean 'main'?"],
      ['unknown-revision', "did you mean 'feature/one'?"],
      ['unknown-revision', "did you mean 'v1.0'?"],
      ['unknown-revision', "did you mean 'origin/release'?"],
      ['unknown-revision', "did you mean 'origin/release~1'?"],
      ['unknown-revision', "there are 'feature/one', 'main', 'origin/release', 'v1.0'"],
    ]);
  });

  test.each([
    '',
    '-x',
    '--all',
    '--output=/tmp/x',
    '^HEAD',
    ':/at',
    'HEAD^{/at}',
    ':config/a.yaml',
    'HEAD:config',
    'HEAD\n',
    'a\0b',
    'HEAD..HEAD',
    'HEAD main',
  ])('as %j', (text) => {
    expect(refused(untouched(), text).code).toBe('unknown-revision');
  });

  test('where the history is shorter, where an id is that of a file, and where two begin so', () => {
    const git = repository();
    expect(refused(git, 'HEAD~4')).toMatchObject({ code: 'unknown-revision', found: "'HEAD' has fewer commits before it" });
    expect(refused(git, git.git('rev-parse', 'HEAD:config/a.yaml').trim())).toMatchObject({ code: 'unknown-revision', found: 'a file' });
    expect(refused(git, git.git('rev-parse', 'HEAD:config').trim().slice(0, 12))).toMatchObject({ found: 'a folder' });
    expect(refused(git, 'a'.repeat(40)).code).toBe('unknown-revision');
  });

  test('where two commits begin so, and where a branch and a tag have the name', () => {
    const git = new GitFolder(folders.make());
    const starts = new Map<string, string>();
    // Among some hundred commits, two begin with the same four characters: there are 65,536.
    const tree = git.git('hash-object', '-t', 'tree', '-w', '/dev/null').trim();
    let twice = '';
    for (let count = 0; twice === ''; count += 1) {
      const text = `tree ${tree}\nauthor a <a> ${count} +0000\ncommitter a <a> ${count} +0000\n\n`;
      const start = createHash('sha1').update(`commit ${text.length}\0${text}`).digest('hex').slice(0, 4);
      const other = starts.get(start);
      starts.set(start, text);
      if (other === undefined) continue;
      twice = start;
      for (const x of [other, text]) {
        write(git.path, { x });
        expect(git.git('hash-object', '-t', 'commit', '-w', 'x')).toMatch(new RegExp(`^${start}`));
      }
    }
    git.commit(1).git('branch', 'x');
    expect(refused(git, twice)).toMatchObject({ code: 'unknown-revision', message: `'${twice}' is the beginning of 2 commits` });
    git.commit(2).git('tag', 'x');
    expect(refused(git, 'x')).toMatchObject({ code: 'unknown-revision', hint: "write it in full: 'refs/heads/x', or 'refs/tags/x'" });
    expect([resolve(git, 'refs/heads/x'), resolve(git, 'refs/tags/x')]).toEqual([head(git, 'HEAD~'), head(git)]);
  });

  test('in a clone without its history with how to bring it', () => {
    const git = repository();
    const clone = shallow(git, 2);
    expect(resolve(clone, 'HEAD~1')).toBe(head(git, 'HEAD~1'));
    for (const text of ['HEAD~2', head(git, 'HEAD~3'), '2024-05-01T02:00Z', 'v1.0']) {
      expect(refused(clone, text)).toMatchObject({ hint: expect.stringContaining('git fetch --unshallow') });
    }
    expect(refused(clone, head(git, 'HEAD~3')).code).toBe('no-history');
  });
});

describe('there is no history', () => {
  test('before anything is committed', () => {
    const git = new GitFolder(folders.make());
    for (const text of ['HEAD', 'main', 'HEAD~1', '2024-05-01']) expect(refused(git, text)).toMatchObject({ code: 'no-history' });
    const orphan = repository();
    orphan.git('checkout', '-q', '--orphan', 'other');
    expect([refused(orphan, 'HEAD').code, resolve(orphan, 'main')]).toEqual(['no-history', head(orphan, 'main')]);
  });

  test('where no repository is, and where Git cannot read it', () => {
    const folder = folders.make();
    expect(problemOf(() => new Revisions(folder))).toMatchObject({ code: 'no-history', message: `no Git repository holds '${folder}'` });
    const git = repository();
    write(git.path, { '.git/config': '[core\n' });
    expect(problemOf(() => new Revisions(git.path))).toMatchObject({ code: 'no-history', found: expect.stringContaining('bad config') });
  });

  test('but that of the nearest repository, whatever its folder is called', () => {
    const outer = repository();
    const inner = join(outer.path, `it's "a" földer`);
    mkdirSync(inner);
    const git = new GitFolder(inner);
    write(inner, { 'a.yaml': '1' });
    const hash = head(git.commit(7));
    expect([resolve(git, 'HEAD'), new Revisions(join(inner, 'nowhere')).repository.top]).toEqual([hash, realpathSync(inner)]);
    renameSync(join(inner, '.git'), join(inner, 'not'));
    expect(resolve(git, 'HEAD')).toBe(head(outer));
  });
});
