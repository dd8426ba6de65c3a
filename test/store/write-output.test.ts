import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FleetError } from '../../layers/problem';
import { reportText, writeOutput } from '../../store/write-output';
import { outputOf, versionOf } from './many-versions';
import { interrupted, output, textOf, textsOf } from './output-builder';
import { stamps, TemporaryFolders, tree, write } from './temporary-folder';

const folders = new TemporaryFolders();
const files = { 'a/Chart.yaml': '1', 'a/templates/app.yaml': '1', 'b/templates/app.yaml': '1', 'b/manifests/app/x.yaml': '1' };

/** A folder `dist` that does not exist yet, in a folder of its own. */
function newDist(): string {
  return join(folders.make(), 'dist');
}

/** A folder `dist` that holds output. */
function writtenDist(versions: Readonly<Record<string, string>> = files): string {
  const dist = newDist();
  writeOutput(dist, output(versions));
  return dist;
}

function codesOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

/** What stands beside the output: nothing but the output itself, where all went well. */
function beside(dist: string): readonly string[] {
  return readdirSync(dirname(dist));
}

function stagingOf(dist: string): string {
  return join(dirname(dist), '.dist.fleet-staging');
}

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

describe('a fresh folder', () => {
  test.each(['missing', 'empty'])('that is %s receives everything', (state) => {
    const dist = newDist();
    if (state === 'empty') mkdirSync(dist);
    const report = writeOutput(dist, output(files));
    expect(tree(dist)).toEqual(textsOf(files));
    expect(report).toEqual({ targets: 2, files: 4, written: Object.keys(files).sort(), removed: [], unchanged: 0 });
    expect(beside(dist)).toEqual(['dist']);
  });

  test('is made with the folders above it', () => {
    const dist = join(newDist(), 'deep', 'deeper');
    writeOutput(dist, output(files));
    expect(tree(dist)).toEqual(textsOf(files));
    expect(readdirSync(dirname(dist))).toEqual(['deeper']);
  });

  test('may be reached through a link, which stays one', () => {
    const folder = folders.make({ 'real/': '' });
    symlinkSync(join(folder, 'real'), join(folder, 'dist'));
    writeOutput(join(folder, 'dist'), output(files));
    writeOutput(join(folder, 'dist'), output({ ...files, 'a/Chart.yaml': '2' }));
    expect(tree(join(folder, 'real'))).toEqual(textsOf({ ...files, 'a/Chart.yaml': '2' }));
    expect(lstatSync(join(folder, 'dist')).isSymbolicLink()).toBe(true);
    expect(beside(join(folder, 'dist'))).toEqual(['dist', 'real']);
  });

  test('hears of the progress, file by file', () => {
    const seen: number[] = [];
    const dist = newDist();
    writeOutput(dist, output(files), (done) => seen.push(done));
    writeOutput(dist, output(files), (done) => seen.push(done));
    expect(seen).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });
});

describe('a second run', () => {
  test('of the same output writes nothing, and leaves every file alone', () => {
    const dist = writtenDist();
    const before = stamps(dist);
    const report = writeOutput(dist, output(files));
    expect(report).toMatchObject({ written: [], removed: [], unchanged: 4, files: 4 });
    expect(stamps(dist)).toEqual(before);
    expect(beside(dist)).toEqual(['dist']);
  });

  test('writes the file that changed, and no other', () => {
    const dist = writtenDist();
    for (const path of Object.keys(files)) utimesSync(join(dist, path), 1, 1);
    const before = stamps(dist);
    const changed = { ...files, 'b/templates/app.yaml': '2' };
    expect(writeOutput(dist, output(changed))).toMatchObject({ written: ['b/templates/app.yaml'], removed: [], unchanged: 3 });
    expect(tree(dist)).toEqual(textsOf(changed));
    const after = stamps(dist);
    expect(Object.keys(before).filter((path) => before[path] !== after[path])).toEqual(['b/templates/app.yaml']);
  });

  test('takes back what was edited by hand', () => {
    const dist = writtenDist();
    writeFileSync(join(dist, 'a/Chart.yaml'), `${textOf('1')}# edited\n`);
    expect(writeOutput(dist, output(files)).written).toEqual(['a/Chart.yaml']);
    expect(tree(dist)).toEqual(textsOf(files));
  });

  test('removes stale files and the folders that they leave empty', () => {
    const dist = writtenDist();
    write(dist, { 'a/templates/stale.yaml': 'x', 'gone/deep/deeper/stale.yaml': 'x', 'b/empty/': '' });
    const report = writeOutput(dist, output(files));
    expect(report.removed).toEqual(['a/templates/stale.yaml', 'gone/deep/deeper/stale.yaml']);
    expect(tree(dist)).toEqual(textsOf(files));
  });

  test('of a fleet with fewer targets removes what it no longer renders', () => {
    const dist = writtenDist();
    writeOutput(dist, output({ 'a/Chart.yaml': '1' }));
    expect(tree(dist)).toEqual(textsOf({ 'a/Chart.yaml': '1' }));
  });

  test('reports paths in code-unit order', () => {
    const dist = writtenDist({ 'k/same.yaml': '1', 'é/x.yaml': '1', 'Z/x.yaml': '1', 'a/x.yaml': '1' });
    const { written, removed } = writeOutput(dist, output({ 'k/same.yaml': '1', 'é/y.yaml': '1', 'Z/y.yaml': '1', 'a/y.yaml': '1' }));
    expect(written).toEqual(['Z/y.yaml', 'a/y.yaml', 'é/y.yaml']);
    expect(removed).toEqual(['Z/x.yaml', 'a/x.yaml', 'é/x.yaml']);
  });
});

describe('what stands in the way', () => {
  test('a file where a folder belongs makes room', () => {
    const dist = writtenDist({ 'a/Chart.yaml': '1', 'a/templates': '1' });
    const next = { 'a/Chart.yaml': '1', 'a/templates/deep/app.yaml': '1' };
    expect(writeOutput(dist, output(next))).toMatchObject({ written: ['a/templates/deep/app.yaml'], removed: ['a/templates'] });
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('a folder where a file belongs makes room', () => {
    const dist = writtenDist({ 'a/Chart.yaml': '1', 'a/templates/deep/app.yaml': '1' });
    const next = { 'a/Chart.yaml': '1', 'a/templates': '2' };
    expect(writeOutput(dist, output(next))).toMatchObject({ written: ['a/templates'], removed: ['a/templates/deep/app.yaml'] });
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('an empty folder where a file belongs makes room', () => {
    const dist = writtenDist({ 'a/Chart.yaml': '1' });
    write(dist, { 'a/values.yaml/': '' });
    const next = { 'a/Chart.yaml': '1', 'a/values.yaml': '1' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('a link to a file is replaced, and what it points to stays as it is', () => {
    const dist = writtenDist();
    const outside = folders.make({ 'precious.yaml': textOf('1') });
    unlinkSync(join(dist, 'a/Chart.yaml'));
    symlinkSync(join(outside, 'precious.yaml'), join(dist, 'a/Chart.yaml'));
    expect(writeOutput(dist, output(files)).written).toEqual(['a/Chart.yaml']);
    expect(tree(dist)).toEqual(textsOf(files));
    writeOutput(dist, output({ ...files, 'a/Chart.yaml': '2' }));
    expect(tree(outside)).toEqual({ 'precious.yaml': textOf('1') });
  });

  test('a link to a folder is replaced, and what it points to stays as it is', () => {
    const dist = writtenDist();
    const outside = folders.make({ 'app.yaml': 'precious', 'other.yaml': 'precious' });
    symlinkSync(outside, join(dist, 'a/linked'));
    const next = { ...files, 'a/linked/app.yaml': '1' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
    expect(tree(outside)).toEqual({ 'app.yaml': 'precious', 'other.yaml': 'precious' });
  });

  test('stale links are removed, those that lead nowhere too, and never followed', () => {
    const dist = writtenDist();
    const outside = folders.make({ 'deep/precious.yaml': 'precious' });
    symlinkSync(outside, join(dist, 'a/folder'));
    symlinkSync(join(outside, 'nowhere'), join(dist, 'a/dangling'));
    expect(writeOutput(dist, output(files)).removed).toEqual(['a/dangling', 'a/folder']);
    expect(tree(dist)).toEqual(textsOf(files));
    expect(tree(outside)).toEqual({ 'deep/precious.yaml': 'precious' });
  });
});

describe('a folder that is refused', () => {
  test('holds something else: nothing in it is touched', () => {
    const dist = newDist();
    write(dist, { 'src/main.ts': 'code', 'README.md': 'text', 'empty/': '' });
    const before = [tree(dist), stamps(dist)];
    expect(codesOf(() => writeOutput(dist, output(files)))).toEqual(['output-folder']);
    expect([tree(dist), stamps(dist)]).toEqual(before);
    expect(beside(dist)).toEqual(['dist']);
  });

  test('is a file', () => {
    const dist = newDist();
    writeFileSync(dist, 'text');
    expect(codesOf(() => writeOutput(dist, output(files)))).toEqual(['output-folder']);
    expect(tree(dirname(dist))).toEqual({ dist: 'text' });
  });

  test('is a link to a file', () => {
    const dist = newDist();
    write(dirname(dist), { precious: 'text' });
    symlinkSync(join(dirname(dist), 'precious'), dist);
    expect(codesOf(() => writeOutput(dist, output(files)))).toEqual(['output-folder']);
    expect(tree(dirname(dist))['precious']).toBe('text');
  });

  test('is a link that leads nowhere, or lies below a file', () => {
    const folder = folders.make({ file: 'text' });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dist'));
    expect(codesOf(() => writeOutput(join(folder, 'dist'), output(files)))).toEqual(['output-write']);
    expect(codesOf(() => writeOutput(join(folder, 'file', 'dist'), output(files)))).toEqual(['output-write']);
    expect(tree(folder)).toEqual({ dist: `→ ${join(folder, 'nowhere')}`, file: 'text' });
  });

  test('cannot hold what is rendered: each file is old or new, and nothing stays beside it', () => {
    const tooLong = `a/${'x'.repeat(300)}.yaml`;
    const fresh = newDist();
    expect(codesOf(() => writeOutput(fresh, output({ 'a/Chart.yaml': '1', [tooLong]: '1' })))).toEqual(['output-write']);
    expect(beside(fresh)).toEqual([]);
    const dist = writtenDist();
    expect(codesOf(() => writeOutput(dist, output({ ...files, 'a/Chart.yaml': '2', [tooLong]: '1' })))).toEqual(['output-write']);
    expect([textsOf(files), textsOf({ ...files, 'a/Chart.yaml': '2' })]).toContainEqual(tree(dist));
    expect(beside(dist)).toEqual(['dist']);
  });
});

describe('a run that fails', () => {
  const next = { 'a/Chart.yaml': '2', 'a/new.yaml': '2', 'b/templates/app.yaml': '2' };
  const failing = () =>
    interrupted(next, (folder) => {
      if (folder === 'b') throw new Error('a bug in the middle');
    });

  test('half-way leaves the folder exactly as it was, and nothing beside it', () => {
    const dist = writtenDist();
    const before = [tree(dist), stamps(dist)];
    expect(() => writeOutput(dist, failing())).toThrow('a bug in the middle');
    expect([tree(dist), stamps(dist)]).toEqual(before);
    expect(beside(dist)).toEqual(['dist']);
  });

  test('half-way of the first time leaves no folder, and an empty one empty', () => {
    const dist = newDist();
    expect(() => writeOutput(dist, failing())).toThrow('a bug in the middle');
    expect(beside(dist)).toEqual([]);
    mkdirSync(dist);
    expect(() => writeOutput(dist, failing())).toThrow('a bug in the middle');
    expect(tree(dirname(dist))).toEqual({ dist: '/' });
  });

  test('does not keep the next one from succeeding', () => {
    const dist = writtenDist();
    expect(() => writeOutput(dist, failing())).toThrow();
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('with problems of its own reports those', () => {
    const problem = { code: 'null-value', message: 'x', place: [] } as const;
    const broken = interrupted(next, () => {
      throw new FleetError([problem]);
    });
    expect(codesOf(() => writeOutput(newDist(), broken))).toEqual(['null-value']);
  });
});

describe('two runs at once', () => {
  test('of which one is alive: the second is refused and touches nothing', () => {
    const dist = writtenDist();
    // Its parent is alive as long as this test is.
    write(stagingOf(dist), { pid: String(process.ppid), '0': 'half' });
    expect(codesOf(() => writeOutput(dist, output({ 'a/Chart.yaml': '2' })))).toEqual(['output-busy']);
    expect(tree(dist)).toEqual(textsOf(files));
    expect(tree(stagingOf(dist))).toEqual({ pid: String(process.ppid), '0': 'half' });
  });

  test('of which the first was killed: the second takes over what it left', async () => {
    const dist = writtenDist();
    write(stagingOf(dist), { pid: String(await deadProcess()), '0': 'half', 'tree/a/half.yaml': 'half' });
    const next = { 'a/Chart.yaml': '2' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
    expect(beside(dist)).toEqual(['dist']);
  });

  test.each([
    ['nothing', {}],
    ['a process id that is none', { pid: 'x' }],
    ['an empty process id', { pid: '' }],
  ])('of which the first was killed early and left %s: the second takes over', (_, left) => {
    const dist = newDist();
    write(dirname(dist), { '.dist.fleet-staging/': '' });
    write(stagingOf(dist), left);
    writeOutput(dist, output(files));
    expect(tree(dist)).toEqual(textsOf(files));
    expect(beside(dist)).toEqual(['dist']);
  });
});

describe('a run that dies at any step', () => {
  const steps = ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync'] as const;

  /** Runs until the given step, at which the file system goes dead: a text is half written, and nothing is tidied up. */
  function dyingAt(last: number, run: () => void): boolean {
    let step = 0;
    for (const name of steps) {
      const real = fs[name] as (...args: unknown[]) => unknown;
      jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
        step += 1;
        if (step < last) return real(...args);
        // A few characters are written at once, or not at all.
        if (step === last && name === 'writeFileSync') real(args[0], String(args[1]).slice(0, String(args[1]).length > 20 ? 30 : 0));
        throw new Error('dead');
      }) as never);
    }
    try {
      run();
    } catch (error) {
      if (!String(error).includes('dead')) throw error;
    } finally {
      jest.restoreAllMocks();
    }
    return step >= last;
  }

  /** Every step of a run, one after the other, each on a folder of its own. */
  function atEachStep(prepare: () => string, versions: Readonly<Record<string, string>>, check: (dist: string) => void): number {
    for (let last = 1; ; last++) {
      const dist = prepare();
      if (!dyingAt(last, () => writeOutput(dist, output(versions)))) return last - 1;
      check(dist);
      writeOutput(dist, output(versions));
      expect([last, tree(dist)]).toEqual([last, textsOf(versions)]);
      expect(beside(dist)).toEqual(['dist']);
    }
  }

  test('leaves every file old or new, and the next run finishes', () => {
    const next = { 'a/Chart.yaml': '2', 'a/templates/app.yaml': '1', 'b/templates/app.yaml': '2', 'c/new/deep/app.yaml': '2' };
    const [before, after] = [textsOf({ ...files, 'gone/deep/app.yaml': '1' }), textsOf(next)];
    const count = atEachStep(
      () => writtenDist({ ...files, 'gone/deep/app.yaml': '1' }),
      next,
      (dist) => {
        const left = tree(dist);
        const torn = Object.keys(left).filter((path) => left[path] !== before[path] && left[path] !== after[path] && left[path] !== '/');
        expect(torn).toEqual([]);
        expect(Object.keys(left)).toEqual(expect.arrayContaining(Object.keys(before).filter((path) => path in after)));
      },
    );
    expect(count).toBeGreaterThan(10);
  });

  test.each(['missing', 'empty'])('leaves all or nothing of the first time, in a folder that is %s', (state) => {
    const prepare = () => {
      const dist = newDist();
      if (state === 'empty') mkdirSync(dist);
      return dist;
    };
    const count = atEachStep(prepare, files, (dist) => {
      const left = existsSync(dist) ? tree(dist) : {};
      if (Object.keys(left).length > 0) expect(left).toEqual(textsOf(files));
    });
    expect(count).toBeGreaterThan(10);
  });
});

describe('a run that is killed', () => {
  /** A process that rewrites a folder until it is killed, `milliseconds` after the first version was there. */
  async function killed(dist: string, milliseconds: number): Promise<void> {
    const script = join(__dirname, 'rewrite-forever.ts');
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', script, dist], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await delay(milliseconds);
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
  }

  const both = { A: textsOf(versionOf('A')), B: textsOf(versionOf('B')) };

  test.each([0, 31, 94, 171, 290])(
    'leaves every file old or new, and the next run finishes (moment %p)',
    async (milliseconds) => {
      const dist = newDist();
      await killed(dist, milliseconds);
      const left = tree(dist);
      const torn = Object.entries(left).filter(([path, text]) => text !== both.A[path] && text !== both.B[path]);
      expect(torn.map(([path]) => path)).toEqual([]);
      const common = Object.keys(both.A).filter((path) => path in both.B);
      expect(common.filter((path) => !(path in left))).toEqual([]);
      writeOutput(dist, outputOf('B'));
      expect(tree(dist)).toEqual(both.B);
      expect(beside(dist)).toEqual(['dist']);
    },
    60_000,
  );

  test('before the first version is complete leaves no folder at all', async () => {
    const dist = newDist();
    const script = `
      const { interrupted } = require('./output-builder');
      const { versionOf } = require('./many-versions');
      const { writeOutput } = require('../../store/write-output');
      writeOutput(${JSON.stringify(dist)}, interrupted(versionOf('A'), (folder) => folder === 'target-20' && process.kill(process.pid, 'SIGKILL')));
    `;
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: __dirname, stdio: ['ignore', 'ignore', 'inherit'] });
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(existsSync(dist)).toBe(false);
    writeOutput(dist, outputOf('A'));
    expect(tree(dist)).toEqual(both.A);
    expect(beside(dist)).toEqual(['dist']);
  }, 60_000);
});

describe('the report', () => {
  const report = { targets: 18, files: 22_000, written: ['a', 'b'], removed: ['c'], unchanged: 21_998 };

  test('counts targets and files', () => {
    expect(reportText('dist', report)).toBe('18 targets, 22,000 files in dist/: 2 written, 1 removed, 21,998 unchanged');
    expect(reportText('out//', { ...report, targets: 1, files: 1, written: [], removed: [], unchanged: 1 })).toBe(
      '1 target, 1 file in out/: 0 written, 0 removed, 1 unchanged',
    );
  });
});
