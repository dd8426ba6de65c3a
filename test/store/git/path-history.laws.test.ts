import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { historyOf, type PathCommit } from '../../../store/git/path-history';
import { Repository } from '../../../store/git/repository';
import { changedBetween, treeAt } from '../../../store/git/trees';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

type Files = Readonly<Record<string, string>>;

/** A commit by its place in a list: what it has, and after which ones it was made. */
interface Made {
  readonly parents: readonly number[];
  readonly files: Files;
  readonly time: number;
}

const names = ['a.yaml', 'b.yaml', 'x/a.yaml', 'x/y/c.yaml', 'z.yaml'];

/** What somebody does: edits files, on the last commit or on an older one, or merges two, and takes each file from either or writes it anew. */
const step = fc.record({
  on: fc.nat({ max: 3 }),
  merged: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
  edits: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('', '1', '2', '3', '4'), { maxKeys: 3 }),
  takes: fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
  isRenamed: fc.boolean(),
  skew: fc.integer({ min: -3, max: 3 }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** @param files an edit to '' removes one */
function edited(files: Files, edits: Files): Files {
  return Object.fromEntries(Object.entries({ ...files, ...edits }).filter(([, text]) => text !== ''));
}

function madeBy(steps: readonly Step[]): readonly Made[] {
  const made: Made[] = [{ parents: [], files: { 'a.yaml': '1', 'x/a.yaml': '1' }, time: 100 }];
  for (const { on, merged, edits, takes, skew } of steps) {
    const time = 100 + 10 * made.length + 10 * skew;
    const one = Math.max(0, made.length - 1 - on);
    const other = merged === undefined ? one : Math.max(0, made.length - 1 - merged);
    const files = { ...made[one]?.files };
    if (one === other) made.push({ parents: [one], files: edited(files, edits), time });
    else {
      const taken = names.map((name, at) => [name, (takes[at] ? files[name] : made[other]?.files[name]) ?? ''] as const);
      // Few of the files are written anew.
      const anew = Object.fromEntries(Object.entries(edits).slice(0, 1));
      made.push({ parents: [one, other], files: edited(edited({}, Object.fromEntries(taken)), takes[0] ? anew : {}), time });
    }
  }
  return made;
}

/** Writes commits into a repository in one go; each has another text outside of the folder. */
function written(commits: readonly Made[], folderOf: (at: number) => string): GitFolder {
  const git = new GitFolder(folders.make());
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = commits.map(({ parents, files, time }, at) => {
    const [from, merge] = parents.map((parent) => `:${parent + 1}`);
    const lines = Object.entries(files).map(([path, text]) => `M 100644 inline ${folderOf(at)}/${path}\n${data(text)}`);
    return [
      `commit refs/heads/main\nmark :${at + 1}\ncommitter T <t@example.com> ${time} +0000\n${data(`${at}`)}`,
      from === undefined ? '' : `from ${from}\n`,
      merge === undefined ? '' : `merge ${merge}\n`,
      `deleteall\n${lines.join('')}M 100644 inline other.txt\n${data(`${at}`)}\n`,
    ].join('');
  });
  const { status, stderr } = spawnSync('git', ['fast-import', '--quiet', '--force'], { cwd: git.path, input: stream.join(''), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return git;
}

/** What is there in the end, by the ids of contents, and that each change began with what was there. */
function replayed(commits: readonly PathCommit[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { changes } of [...commits].reverse()) {
    for (const { path, status, before, after } of changes) {
      expect([path, files.get(path)]).toEqual([path, before]);
      expect(status).toBe(before === undefined ? 'added' : after === undefined ? 'removed' : 'changed');
      if (after === undefined) files.delete(path);
      else files.set(path, after);
    }
  }
  return files;
}

function headOf(repository: Repository, git: GitFolder, folder: string): ReadonlyMap<string, string> {
  return new Map([...treeAt(repository, 'HEAD', join(git.path, folder))].map(([path, { id }]) => [`${folder}/${path}`, id]));
}

const inOrder = (files: ReadonlyMap<string, string>) => [...files].sort();

test('the changes of a history without branches, one after the other, give what is there, whatever the folder was called', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const linear = madeBy(steps.map((one) => ({ ...one, on: 0, merged: undefined })));
      // What renames a folder leaves one file in it as it was, or nobody could tell.
      const renames = steps.map(({ isRenamed }, at) => isRenamed && Object.keys(linear[at]?.files ?? {}).length > 0);
      const commits = linear.map((commit, at) => (renames[at - 1] ? { ...commit, files: linear[at - 1]?.files ?? {} } : commit));
      const folderOf = (at: number) => `dist-${renames.slice(0, at).filter((is) => is).length}`;
      const git = written(commits, folderOf);
      const repository = Repository.find(git.path);
      const folder = folderOf(commits.length - 1);
      if (Object.keys(commits.at(-1)?.files ?? {}).length === 0) return;
      const { commits: found } = historyOf(repository, [join(git.path, folder)]);
      expect(inOrder(replayed(found))).toEqual(inOrder(headOf(repository, git, folder)));
    }),
    { numRuns: 60 },
  );
});

test('of a history with branches, the newest change of a file is what is there, and each file has the commits that Git tells', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const git = written(madeBy(steps), () => 'dist');
      const repository = Repository.find(git.path);
      const folder = join(git.path, 'dist');
      const { commits } = historyOf(repository, [folder]);
      const newest = new Map<string, string | undefined>();
      for (const { changes } of commits) for (const { path, after } of changes) if (!newest.has(path)) newest.set(path, after);
      const there = [...newest].flatMap(([path, after]): readonly (readonly [string, string])[] => (after === undefined ? [] : [[path, after]]));
      expect(inOrder(new Map(there))).toEqual(inOrder(headOf(repository, git, 'dist')));
      const place = new Map(commits.map(({ commit }, at) => [commit.hash, at]));
      for (const { commit } of commits) {
        for (const parent of commit.parents) expect(place.get(parent) ?? Number.MAX_SAFE_INTEGER).toBeGreaterThan(place.get(commit.hash) ?? 0);
      }
      for (const name of names.slice(0, 3)) {
        const { commits: own } = historyOf(repository, [join(folder, name)]);
        // What another file said, and is gone, is this one's.
        if (own.some(({ renames }) => renames !== undefined)) continue;
        expect(own.map(({ commit }) => commit.hash)).toEqual(git.git('rev-list', '--date-order', 'HEAD', '--', `dist/${name}`).split('\n').slice(0, -1));
      }
      const { commits: first } = historyOf(repository, [folder], { firstParent: true });
      expect(inOrder(replayed(first))).toEqual(inOrder(headOf(repository, git, 'dist')));
    }),
    { numRuns: 40 },
  );
});

test('what came after a commit is what a history has of commits that are not in it', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(), (steps, at) => {
      const git = written(madeBy(steps), () => 'dist');
      const repository = Repository.find(git.path);
      const folder = join(git.path, 'dist');
      const hashes = git.git('rev-list', 'HEAD').trim().split('\n');
      const after = hashes[at % hashes.length] as string;
      const fresh = git.git('rev-list', 'HEAD', `^${after}`).split('\n');
      const { commits } = historyOf(repository, [folder]);
      expect(historyOf(repository, [folder], { after }).commits).toEqual(commits.filter(({ commit }) => fresh.includes(commit.hash)));
    }),
    { numRuns: 40 },
  );
});

test('what differs between two commits makes one of the other', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const git = written(madeBy(steps), () => 'dist');
      const repository = Repository.find(git.path);
      const folder = join(git.path, 'dist');
      const hashes = git.git('rev-list', 'HEAD').trim().split('\n');
      const [from = '', to = ''] = [hashes[hashes.length - 1], hashes[0]];
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const) {
        const ids = new Map([...treeAt(repository, a, folder)].map(([path, { id }]) => [path, id]));
        for (const { path, before, after } of changedBetween(repository, a, b, folder)) {
          expect(ids.get(path)).toBe(before);
          if (after === undefined) ids.delete(path);
          else ids.set(path, after);
        }
        expect(inOrder(ids)).toEqual(inOrder(new Map([...treeAt(repository, b, folder)].map(([path, { id }]) => [path, id]))));
      }
    }),
    { numRuns: 40 },
  );
});
