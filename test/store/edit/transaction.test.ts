import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FleetError } from '../../../layers/problem';
import { Edits } from '../../../store/edit/edits';
import { withOverlay } from '../../../store/edit/overlay';
import { commit, exclusively, expectSettled, formerFolder, type Recovered } from '../../../store/edit/transaction';
import { hashOf } from '../../../store/files/journal';
import { journalPlace } from '../../../store/files/journal-place';
import { ownOwner } from '../../../store/files/machine';
import { ownProcessId } from '../../../store/files/process-id';
import { longTest } from '../../long-test';
import { runs } from '../../runs';
import { stamps, TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { withoutWaiting } from '../../workspaces/without-waiting';
import { versionsOf } from './versions';

jest.setTimeout(60_000);

const folders = new TemporaryFolders();
// No repository holds the folders of these tests.
process.env.XDG_STATE_HOME = folders.make();
const files = { 'a.yaml': '1', 'b/b.yaml': '1', 'c/c.yaml': '1', 'z.yaml': '1' };

function config(texts: Readonly<Record<string, string>> = files): string {
  const folder = join(folders.make(), 'config');
  mkdirSync(folder);
  write(folder, texts);
  return folder;
}

function edits(folder: string, texts: Readonly<Record<string, string | null>>): Edits {
  const made = new Edits();
  for (const [path, text] of Object.entries(texts)) {
    if (text === null) made.remove(join(folder, path));
    else made.write(join(folder, path), text);
  }
  return made;
}

function committed(folder: string, texts: Readonly<Record<string, string | null>>): void {
  exclusively(folder, () => commit(folder, edits(folder, texts), () => undefined));
}

/** What the next command finds. */
function recovered(folder: string): Recovered {
  return exclusively(folder, (found) => found);
}

function problemOf(run: () => unknown): object {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems[0] as object;
    throw error;
  }
  return {};
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

/** A lock as a command leaves it that is killed: what it staged, and how far it got. */
async function abandoned(folder: string, content: Readonly<Record<string, string>>): Promise<void> {
  write(journalPlace(folder), { pid: `${await deadProcess()}`, ...content });
}

/** Everything in a configuration, and in what stands for a command that writes it. */
function everything(folder: string): Readonly<Record<string, string>> {
  const place = journalPlace(folder);
  const inPlace = existsSync(place) ? Object.entries(tree(place)).map(([name, text]) => [`lock/${name}`, text] as const) : [];
  return { ...tree(folder), ...Object.fromEntries(inPlace) };
}

describe('commit', () => {
  test('writes, adds and removes files, and the folders that are empty then', () => {
    const folder = config();
    committed(folder, { 'a.yaml': '2', 'b/b.yaml': null, 'd/e/f.yaml': 'new', 'c/c.yaml': '1' });
    expect(tree(folder)).toEqual({ 'a.yaml': '2', 'c/c.yaml': '1', 'd/e/f.yaml': 'new', 'z.yaml': '1' });
    expect(readdirSync(dirname(folder))).toEqual(['config']);
  });

  test('does not touch a file that stays as it is', () => {
    const folder = config();
    const before = stamps(folder);
    committed(folder, { 'a.yaml': '1', 'b/b.yaml': '2' });
    const after = stamps(folder);
    expect(Object.keys(before).filter((path) => before[path] !== after[path])).toEqual(['b/b.yaml']);
  });

  test('keeps the mode of a file', () => {
    const folder = config();
    chmodSync(join(folder, 'a.yaml'), 0o640);
    chmodSync(join(folder, 'z.yaml'), 0o755);
    committed(folder, { 'a.yaml': '2', 'z.yaml': '2' });
    expect(['a.yaml', 'z.yaml'].map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o640, 0o755]);
  });

  test('writes what a link leads to, and removes a link alone', () => {
    const folder = config();
    write(dirname(folder), { 'team/linked.yaml': '1', 'team/other.yaml': '1' });
    symlinkSync('../team/linked.yaml', join(folder, 'linked.yaml'));
    symlinkSync('../team/other.yaml', join(folder, 'other.yaml'));
    symlinkSync('../team', join(folder, 'team'));
    committed(folder, { 'linked.yaml': '2', 'other.yaml': null, 'team/new/new.yaml': '1' });
    expect(tree(dirname(folder))).toMatchObject({
      'config/linked.yaml': '→ ../team/linked.yaml',
      'team/linked.yaml': '2',
      'team/other.yaml': '1',
      'team/new/new.yaml': '1',
    });
    expect(existsSync(join(folder, 'other.yaml'))).toBe(false);
  });

  test('works on a folder that is a link', () => {
    const folder = config();
    const link = join(dirname(folder), 'link');
    symlinkSync('config', link);
    committed(link, { 'b/b.yaml': null, 'a.yaml': '2' });
    expect(tree(folder)).toEqual({ 'a.yaml': '2', 'c/c.yaml': '1', 'z.yaml': '1' });
  });

  test.each<[string, Readonly<Record<string, string | null>>]>([
    ['first', { 'a.yaml/inside.yaml': 'new', 'b/b.yaml': '2', 'c/c.yaml': null, 'z.yaml': '2' }],
    ['in the middle', { 'a.yaml': null, 'b/b.yaml': '2', 'b/new.yaml': '1', 'c/c.yaml/d/inside.yaml': 'new', 'z.yaml': '2' }],
    ['last', { 'a.yaml': '2', 'b/b.yaml': null, 'c/c.yaml': '2', 'new/deep/new.yaml': '1', 'z.yaml/x.yaml': 'new' }],
  ])('restores everything where a file is in the way of what comes %s', (_, texts) => {
    const folder = config();
    chmodSync(join(folder, 'b/b.yaml'), 0o600);
    expect(problemOf(() => committed(folder, texts))).toMatchObject({
      code: 'config-write',
      message: expect.stringMatching(/^'.*config' cannot be written: a file is in the way \(E\w+\)$/),
      hint: 'nothing was changed',
    });
    expect(tree(folder)).toEqual(files);
    expect(statSync(join(folder, 'b/b.yaml')).mode & 0o777).toBe(0o600);
  });

  test('restores everything where a folder is in the way', () => {
    const folder = config();
    mkdirSync(join(folder, 'y.yaml'));
    expect(problemOf(() => committed(folder, { 'a.yaml': '2', 'y.yaml': 'new' }))).toMatchObject({ code: 'config-write' });
    expect(tree(folder)).toEqual({ ...files, 'y.yaml': '/' });
  });

  test('restores everything where what belongs to it fails', () => {
    const folder = config();
    const run = () =>
      exclusively(folder, () =>
        commit(folder, edits(folder, { 'a.yaml': '2', 'b/b.yaml': null, 'new.yaml': '1' }), () => {
          expect(tree(folder)['a.yaml']).toBe('2');
          throw new Error('no');
        }),
      );
    expect(run).toThrow('no');
    expect(tree(folder)).toEqual(files);
  });
});

describe('exclusively', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('keeps a second command away while one is at work', () => {
    const folder = config();
    exclusively(folder, () => {
      expect(problemOf(() => exclusively(folder, () => undefined))).toMatchObject({ code: 'config-busy', message: `another command is writing '${folder}'` });
    });
    expect(exclusively(folder, () => 'done')).toBe('done');
  });

  test('leaves nothing behind, whatever happens', () => {
    const folder = config();
    expect(() =>
      exclusively(folder, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(tree(folder)).toEqual(files);
  });

  test('goes on where a dead process has the lock', async () => {
    const folder = config();
    await abandoned(folder, {});
    expect(recovered(folder)).toBe('nothing');
    expect(tree(folder)).toEqual(files);
  });

  test('goes on where a later process has the number of a dead one, as in containers', () => {
    const folder = config();
    write(journalPlace(folder), { pid: `${process.pid} 1` });
    expect(exclusively(folder, () => 'done')).toBe('done');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['made the file for its number', {}],
    ['wrote its number into the file', { pid: '' }],
  ])('goes on where a command was killed before it %s', (_, left) => {
    const folder = config();
    mkdirSync(journalPlace(folder), { recursive: true });
    write(journalPlace(folder), left);
    withoutWaiting();
    expect(exclusively(folder, () => 'done')).toBe('done');
    expect(everything(folder)).toEqual(files);
  });

  test('says where the lock of a dead process cannot be taken over', () => {
    const folder = config();
    write(journalPlace(folder), { 'pid/mine': '' });
    withoutWaiting();
    expect(problemOf(() => exclusively(folder, () => undefined))).toMatchObject({ code: 'config-write', message: expect.stringContaining('EISDIR') });
  });

  test('does not wait for a lock whose time is in the future', () => {
    const folder = config();
    write(journalPlace(folder), { pid: '' });
    const later = new Date(Date.now() + 3_600_000);
    for (const path of [join(journalPlace(folder), 'pid'), journalPlace(folder)]) utimesSync(path, later, later);
    const wait = jest.spyOn(Atomics, 'wait');
    expectSettled(folder);
    expect(exclusively(folder, () => 'done')).toBe('done');
    expect(wait).not.toHaveBeenCalled();
  });

  test('gives up on a lock that others make young again and again', () => {
    const folder = config();
    write(journalPlace(folder), { pid: '' });
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      now += 500;
      utimesSync(journalPlace(folder), new Date(), new Date());
      utimesSync(join(journalPlace(folder), 'pid'), new Date(), new Date());
      return 'timed-out';
    });
    expect(problemOf(() => exclusively(folder, () => 'done'))).toMatchObject({ code: 'config-busy', hint: expect.stringContaining(journalPlace(folder)) });
  });

  test.each(['mine', '→ nowhere'])('leaves what is called as the lock alone where it is no folder: %p', (what) => {
    const folder = config();
    mkdirSync(dirname(journalPlace(folder)), { recursive: true });
    if (what === 'mine') writeFileSync(journalPlace(folder), what);
    else symlinkSync('nowhere', journalPlace(folder));
    withoutWaiting();
    expect(problemOf(() => exclusively(folder, () => undefined))).toMatchObject({ code: 'config-write', found: journalPlace(folder) });
    expect(tree(dirname(journalPlace(folder)))[basename(journalPlace(folder))]).toBe(what);
  });

  test('lets whoever reads a folder say that it is not there', () => {
    expect(exclusively(join(folders.make(), 'nowhere'), () => 'read')).toBe('read');
  });
});

describe('beside another command', () => {
  type Step = 'mkdtempSync' | 'renameSync' | 'readFileSync' | 'readdirSync' | 'rmdirSync';
  const other = `${process.ppid}`;

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** What the other one does right before or after a step that is taken with the lock, the first time. */
  function meanwhile(folder: string, when: 'before' | 'after', step: Step, act: (lock: string) => void): void {
    const real = fs[step] as (...args: unknown[]) => unknown;
    const lock = journalPlace(folder);
    let isDone = false;
    jest.spyOn(fs, step).mockImplementation(((...args: unknown[]) => {
      const isNow = String(args[0]).startsWith(lock) && !isDone;
      isDone ||= isNow;
      if (isNow && when === 'before') act(lock);
      try {
        return real(...args);
      } finally {
        if (isNow && when === 'after') act(lock);
      }
    }) as never);
  }

  test('that is done when its lock is looked at, takes the lock', () => {
    const folder = config();
    write(journalPlace(folder), { pid: other });
    meanwhile(folder, 'after', 'renameSync', (lock) => rmSync(lock, { recursive: true }));
    expect(exclusively(folder, () => 'done')).toBe('done');
    expect(everything(folder)).toEqual(files);
  });

  test('that takes the folder of all locks away, makes it again', () => {
    const folder = config();
    meanwhile(folder, 'before', 'mkdtempSync', (lock) => rmSync(dirname(lock), { recursive: true }));
    expect(exclusively(folder, () => 'done')).toBe('done');
    expect(everything(folder)).toEqual(files);
  });

  test('that took a stale lock over, waits while a third one looks at its number', async () => {
    const folder = config();
    await abandoned(folder, {});
    meanwhile(folder, 'after', 'readFileSync', (lock) => {
      rmSync(join(lock, 'pid'));
      writeFileSync(join(lock, 'pid-4711'), other);
    });
    jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      const lock = journalPlace(folder);
      renameSync(join(lock, 'pid-4711'), join(lock, 'pid'));
      return 'timed-out';
    });
    expect(problemOf(() => exclusively(folder, () => 'done'))).toMatchObject({ code: 'config-busy' });
    expect(everything(folder)).toEqual({ ...files, 'lock/pid': other });
  });

  test.each([
    ['took', other],
    ['is about to take', ''],
  ])('that %s the lock while it was released, leaves it what it has', (_, number) => {
    const folder = config();
    const taken = { pid: other, 'old-0': '1' };
    const wait = jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      write(journalPlace(folder), taken);
      return 'timed-out';
    });
    exclusively(folder, () => meanwhile(folder, 'before', 'rmdirSync', (lock) => write(lock, { ...taken, pid: number })));
    expect(everything(folder)).toEqual({ ...files, 'lock/pid': other, 'lock/old-0': '1' });
    expect(wait).toHaveBeenCalledTimes(number === '' ? 1 : 0);
  });

  test.each<[string, 'before' | 'after', Step, (lock: string) => void]>([
    ['has the number aside', 'before', 'readdirSync', (lock) => renameSync(join(lock, 'pid'), join(lock, 'pid-4711'))],
    ['puts the number aside', 'after', 'readdirSync', (lock) => renameSync(join(lock, 'pid'), join(lock, 'pid-4711'))],
    ['puts the number back', 'before', 'rmdirSync', (lock) => writeFileSync(join(lock, 'pid'), ownProcessId())],
    ['left one aside that is stale', 'before', 'readdirSync', (lock) => writeFileSync(join(lock, 'pid-4711'), '4711 1')],
  ])('that %s while the lock is released, leaves nothing', (_, when, step, act) => {
    const folder = config();
    exclusively(folder, () => meanwhile(folder, when, step, act));
    expect(everything(folder)).toEqual(files);
    expect(exclusively(folder, () => 'done')).toBe('done');
  });

  test('does not fail where the disk keeps its lock', () => {
    const folder = config();
    const run = () =>
      exclusively(folder, () => {
        meanwhile(folder, 'before', 'rmdirSync', () => {
          throw Object.assign(new Error('no'), { code: 'EACCES' });
        });
        return 'done';
      });
    expect(run()).toBe('done');
  });
});

describe('what a killed command left', () => {
  const entries = [
    { path: 'a.yaml', before: hashOf('1'), after: hashOf('2') },
    { path: 'b/b.yaml', before: hashOf('1'), after: null },
    { path: 'new/new.yaml', before: null, after: hashOf('2') },
  ];
  const staged = { 'new-0': '2', 'old-0': '1', 'old-1': '1', 'new-2': '2' };
  const done = { 'a.yaml': '2', 'c/c.yaml': '1', 'z.yaml': '1', 'new/new.yaml': '2' };
  const journal = (folder: string, changes: object = {}) => JSON.stringify({ version: 1, ...ownOwner(), root: folder, entries, ...changes });

  test('is undone without a journal', async () => {
    const folder = config();
    await abandoned(folder, { ...staged, 'journal.tmp': journal(folder).slice(0, 20) });
    expectSettled(folder);
    expect(recovered(folder)).toBe('undone');
    expect(everything(folder)).toEqual(files);
  });

  test('is finished with one', async () => {
    const folder = config();
    await abandoned(folder, { ...staged, 'journal.json': journal(folder) });
    expect(recovered(folder)).toBe('finished');
    expect(everything(folder)).toEqual(done);
  });

  test('is finished from wherever it got to', async () => {
    const folder = config({ ...files, 'a.yaml': '2' });
    const { 'new-0': _, ...rest } = staged;
    await abandoned(folder, { ...rest, 'journal.json': journal(folder) });
    expect(recovered(folder)).toBe('finished');
    expect(everything(folder)).toEqual(done);
  });

  test('is undone where it was being undone', async () => {
    const folder = config({ 'a.yaml': '2', 'c/c.yaml': '1', 'z.yaml': '1' });
    const { 'new-0': _, ...rest } = staged;
    await abandoned(folder, { ...rest, 'undo.json': journal(folder) });
    expect(recovered(folder)).toBe('undone');
    expect(everything(folder)).toEqual(files);
  });

  test('is undone where it cannot be finished', async () => {
    const folder = config({ ...files, new: 'in the way' });
    await abandoned(folder, { ...staged, 'journal.json': journal(folder) });
    expect(recovered(folder)).toBe('undone');
    expect(everything(folder)).toEqual({ ...files, new: 'in the way' });
  });

  test('is told by a command that reads, which touches nothing', async () => {
    const folder = config();
    await abandoned(folder, { ...staged, 'journal.json': journal(folder) });
    const before = everything(folder);
    expect(problemOf(() => expectSettled(folder))).toMatchObject({ code: 'config-journal', hint: expect.stringContaining('`npx fleet synth`') });
    expect(everything(folder)).toEqual(before);
    write(journalPlace(folder), { pid: `${process.ppid}` });
    expect(problemOf(() => expectSettled(folder))).toMatchObject({ code: 'config-busy' });
  });

  const foreign: readonly (readonly [string, (folder: string) => Readonly<Record<string, string>>])[] = [
    ['is garbage', () => ({ 'journal.json': '{"version":1,' })],
    ['is no object', () => ({ 'journal.json': '[]' })],
    ['is of an earlier version', () => ({ 'journal.json': '[{"path":"a.yaml","isWritten":true,"wasThere":true}]' })],
    ['is a folder', () => ({ 'journal.json/': '' })],
    ['was begun on another machine', (folder) => ({ 'journal.json': journal(folder, { machine: 'other' }) })],
    ['was begun by another user', (folder) => ({ 'undo.json': journal(folder, { user: '4711' }) })],
    ['is about another folder', (folder) => ({ 'journal.json': journal(folder, { root: '/elsewhere' }) })],
    ['has no entries', (folder) => ({ 'journal.json': journal(folder, { entries: 7 }) })],
    ['has an entry of another shape', (folder) => ({ 'journal.json': journal(folder, { entries: [{ path: 'a.yaml', before: null, after: 'x' }] }) })],
    ...['../outside.yaml', '/etc/passwd', 'a/../../outside.yaml', './a.yaml', 'b//b.yaml', 'link/outside.yaml', 'linked.yaml', 'a\u0000.yaml', ''].map(
      (path) =>
        [`leads out by ${JSON.stringify(path)}`, (folder: string) => ({ 'journal.json': journal(folder, { entries: [{ ...entries[0], path }] }) })] as const,
    ),
    ['has another text beside it than it says', (folder) => ({ 'journal.json': journal(folder), 'new-0': 'evil' })],
    [
      'lacks a text',
      (folder) => ({ 'journal.json': journal(folder, { entries: [{ path: 'a.yaml', before: hashOf('1'), after: hashOf('3') }] }), 'new-0': '2' }),
    ],
    ['is about a file that was changed since', (folder) => ({ 'journal.json': journal(folder, { entries: [{ ...entries[0], before: hashOf('0') }] }) })],
  ];

  test.each(foreign)('is never obeyed where it %s: nothing is touched', async (_, left) => {
    const folder = config();
    write(dirname(folder), { 'outside.yaml': '1', 'out/outside.yaml': '1' });
    symlinkSync('../out', join(folder, 'link'));
    symlinkSync('../outside.yaml', join(folder, 'linked.yaml'));
    await abandoned(folder, { ...staged, ...left(folder) });
    const before = [tree(dirname(folder)), everything(folder)];
    const problem = problemOf(() => exclusively(folder, () => 'done'));
    expect(problem).toMatchObject({ code: 'config-journal', found: journalPlace(folder), hint: expect.stringContaining('nothing was touched') });
    expect([tree(dirname(folder)), everything(folder)]).toEqual(before);
    expect(problemOf(() => expectSettled(folder))).toMatchObject({ code: 'config-journal' });
  });

  test.each<[string, (folder: string) => void]>([
    ['a folder', (former) => mkdirSync(former)],
    [
      'a folder of the future',
      (former) => {
        mkdirSync(former);
        utimesSync(former, new Date(Date.now() + 3_600_000), new Date(Date.now() + 3_600_000));
      },
    ],
    ['a file', (former) => writeFileSync(former, 'mine')],
    ['a link', (former) => symlinkSync('/etc', former)],
    ['a journal', (former) => write(former, { 'journal.json': '[{"path":"../../home/.profile","isWritten":true,"wasThere":true}]', 'new-0': 'evil' })],
  ])('is never looked for in the configuration itself, where it may have come with the fleet: %s', (_, make) => {
    const folder = config();
    write(dirname(folder), { '../home/.profile': 'mine' });
    make(join(folder, formerFolder));
    const before = tree(folder);
    for (const run of [() => exclusively(folder, () => 'done'), () => expectSettled(folder)]) {
      expect(problemOf(run)).toMatchObject({ code: 'config-journal', found: join(folder, formerFolder) });
    }
    expect(tree(folder)).toEqual(before);
  });

  longTest('is all of one version, whenever the command is killed', async () => {
    const folder = config(Object.fromEntries(Object.entries(versionsOf('A')).flatMap(([path, text]) => (text === null ? [] : [[path, text]]))));
    const [a, b] = (['A', 'B'] as const).map((version) => Object.fromEntries(Object.entries(versionsOf(version)).filter(([, text]) => text !== null)));
    const outcomes = new Set<string>();
    const rounds = runs(15);
    for (let round = 0; round < rounds; round += 1) {
      const command = ['--require', 'tsx/cjs', join(__dirname, 'commit-forever.ts'), folder];
      const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env } });
      await once(child.stdout, 'data');
      await delay((round * 7.3) % 40);
      child.kill('SIGKILL');
      await once(child, 'exit');
      outcomes.add(recovered(folder));
      expect(existsSync(journalPlace(folder))).toBe(false);
      const found = tree(folder);
      expect(found).toEqual(found['app-0/values.yaml']?.startsWith('version: A') ? a : b);
    }
    if (rounds >= 15) expect(outcomes.size).toBeGreaterThan(1);
  });
});

describe('withOverlay', () => {
  test('shows the edits in a copy beside the folder, and changes nothing', () => {
    const folder = config();
    const before = stamps(folder);
    const seen = withOverlay(folder, edits(folder, { 'a.yaml': '2', 'b/b.yaml': null, 'd/new.yaml': '1' }), (copy) => {
      expect(dirname(copy)).toBe(dirname(folder));
      return tree(copy);
    });
    expect(seen).toEqual({ '.fleet-owner': ownProcessId(), 'a.yaml': '2', 'c/c.yaml': '1', 'd/new.yaml': '1', 'z.yaml': '1' });
    expect(stamps(folder)).toEqual(before);
    expect(readdirSync(dirname(folder))).toEqual(['config']);
  });

  test('never writes through a link', () => {
    const folder = config();
    write(dirname(folder), { 'team/linked.yaml': '1', 'team/sub/app.yaml': '1' });
    symlinkSync('../team/linked.yaml', join(folder, 'linked.yaml'));
    symlinkSync('../team', join(folder, 'team'));
    const link = join(dirname(folder), 'link');
    symlinkSync('config', link);
    const before = tree(dirname(folder));
    for (const name of [folder, link]) {
      const seen = withOverlay(name, edits(name, { 'linked.yaml': '2', 'team/sub/app.yaml': '2', 'team/new.yaml': '2' }), (copy) => tree(copy));
      expect(seen).toMatchObject({ 'linked.yaml': '2', 'team/sub/app.yaml': '2', 'team/new.yaml': '2', 'team/linked.yaml': '1' });
      expect(tree(dirname(folder))).toEqual(before);
    }
  });

  test('goes where its use fails', () => {
    const folder = config();
    expect(() =>
      withOverlay(folder, new Edits(), () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(readdirSync(dirname(folder))).toEqual(['config']);
  });

  test.each<readonly [name: string, run: (folder: string) => unknown]>([
    ['another copy', (folder) => withOverlay(folder, new Edits(), () => undefined)],
    ['any command that writes', (folder) => exclusively(folder, () => undefined)],
  ])('of killed commands, of earlier versions too, and no other go with %s', async (_, run) => {
    const folder = config();
    const [dead, alive] = [await deadProcess(), process.ppid].map((pid) => `.config.fleet-proof-${pid}`) as [string, string];
    for (const name of [dead, alive, '.config.fleet-proof-mine']) write(dirname(folder), { [`${name}/a.yaml`]: '1' });
    write(dirname(folder), { '.config.fleet-proof-abcdef/.fleet-owner': `${await deadProcess()}`, '.config.fleet-proof-ghijkl/.fleet-owner': ownProcessId() });
    run(folder);
    expect(readdirSync(dirname(folder)).sort()).toEqual([alive, '.config.fleet-proof-ghijkl', '.config.fleet-proof-mine', basename(folder)].sort());
  });

  test('leaves the history of a configuration that is a repository out', () => {
    const folder = config({ ...files, '.git/HEAD': 'ref: x' });
    expect(withOverlay(folder, new Edits(), (copy) => existsSync(join(copy, '.git')))).toBe(false);
  });

  test('says where it cannot be written', () => {
    const folder = config();
    writeFileSync(join(folder, 'd'), 'in the way');
    const made = edits(folder, { 'd/new.yaml': '1' });
    expect(problemOf(() => withOverlay(folder, made, () => undefined))).toMatchObject({ code: 'config-write', hint: 'nothing was changed' });
    expect(readdirSync(dirname(folder))).toEqual(['config']);
    rmSync(join(folder, 'd'));
  });
});
