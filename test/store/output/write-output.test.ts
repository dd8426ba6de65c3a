import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs, { appendFileSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FleetError } from '../../../layers/problem';
import { reportText, writeOutput } from '../../../store/output/write-output';
import { longTest } from '../../long-test';
import { stamps, TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { withoutWaiting } from '../../workspaces/without-waiting';
import { outputOf, versionOf } from '../many-versions';
import { interrupted, output, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = { 'm/a/Chart.yaml': '1', 'm/a/templates/app.yaml': '1', 'm/b/templates/app.yaml': '1', 'm/b/manifests/app/configmap-x.yaml': '1' };
/** With their charts and records. */
const count = Object.keys(textsOf(files)).length;

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
    expect(report).toEqual({ targets: 2, files: count, written: Object.keys(textsOf(files)), removed: [], unchanged: 0, left: [], settled: [] });
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
    writeOutput(join(folder, 'dist'), output({ ...files, 'm/a/Chart.yaml': '2' }));
    expect(tree(join(folder, 'real'))).toEqual(textsOf({ ...files, 'm/a/Chart.yaml': '2' }));
    expect(lstatSync(join(folder, 'dist')).isSymbolicLink()).toBe(true);
    expect(beside(join(folder, 'dist'))).toEqual(['dist', 'real']);
  });

  test('may hold what makes Git keep a folder', () => {
    const dist = newDist();
    write(dist, { '.gitkeep': '' });
    expect(writeOutput(dist, output(files)).left).toEqual(['.gitkeep']);
    expect(tree(dist)).toEqual({ '.gitkeep': '', ...textsOf(files) });
  });

  test('hears of the progress, file by file', () => {
    const seen: number[] = [];
    const dist = newDist();
    const progress = (done: number) => seen.push(done);
    writeOutput(dist, output(files), { progress });
    writeOutput(dist, output(files), { progress });
    const each = Array.from({ length: count }, (_, index) => index + 1);
    expect(seen).toEqual([...each, ...each]);
  });
});

describe('a second run', () => {
  test('of the same output writes nothing, and leaves every file alone', () => {
    const dist = writtenDist();
    const before = stamps(dist);
    const report = writeOutput(dist, output(files));
    expect(report).toMatchObject({ written: [], removed: [], unchanged: count, files: count });
    expect(stamps(dist)).toEqual(before);
    expect(beside(dist)).toEqual(['dist']);
  });

  test('writes the file that changed, and no other', () => {
    const dist = writtenDist();
    for (const path of Object.keys(files)) utimesSync(join(dist, path), 1, 1);
    const before = stamps(dist);
    const changed = { ...files, 'm/b/templates/app.yaml': '2' };
    expect(writeOutput(dist, output(changed))).toMatchObject({ written: ['m/b/templates/app.yaml'], removed: [], unchanged: count - 1 });
    expect(tree(dist)).toEqual(textsOf(changed));
    const after = stamps(dist);
    expect(Object.keys(before).filter((path) => before[path] !== after[path])).toEqual(['m/b/templates/app.yaml']);
  });

  test.each(['m/a/Chart.yaml', 'm/a/values.yaml', 'm/a/templates/app.yaml', '_record/m/app.yaml', '_record/fleet.yaml'])(
    'takes back what was edited by hand in %s',
    (path) => {
      const dist = writtenDist();
      appendFileSync(join(dist, path), '# edited\n');
      expect(writeOutput(dist, output(files)).written).toEqual([path]);
      expect(tree(dist)).toEqual(textsOf(files));
    },
  );

  test.each(['m/a/Chart.yaml', 'm/a/values.yaml', '_record/fleet.yaml'])('writes %s again, and what was edited beside it', (path) => {
    const dist = writtenDist();
    unlinkSync(join(dist, path));
    writeFileSync(join(dist, 'm/b/templates/app.yaml'), 'edited');
    writeOutput(dist, output(files));
    expect(tree(dist)).toEqual(textsOf(files));
  });

  test('removes what it rendered before, and the folders that this leaves empty, and no others', () => {
    const more = {
      'm/a/templates/stale.yaml': '1',
      'm/a/manifests/stale/configmap-x.yaml': '1',
      'm/a/extra/configmap-y.yaml': '1',
      'gone/deep/templates/x.yaml': '1',
    };
    const dist = writtenDist({ ...files, ...more });
    write(dist, { 'm/b/empty/': '' });
    expect(writeOutput(dist, output(files)).removed).toEqual([
      '_record/gone/x.yaml',
      '_record/m/stale.yaml',
      'gone/deep/Chart.yaml',
      'gone/deep/templates/x.yaml',
      'gone/deep/values.yaml',
      'm/a/manifests/stale/configmap-x.yaml',
      'm/a/templates/configmap-y.yaml',
      'm/a/templates/stale.yaml',
    ]);
    expect(tree(dist)).toEqual({ ...textsOf(files), 'm/b/empty': '/' });
  });

  test('of a fleet with fewer targets removes what it no longer renders', () => {
    const dist = writtenDist();
    writeOutput(dist, output({ 'm/a/Chart.yaml': '1' }));
    expect(tree(dist)).toEqual(textsOf({ 'm/a/Chart.yaml': '1' }));
  });

  test('of a fleet in which everything has another name knows its own again', () => {
    const dist = writtenDist();
    const next = { 'new/c/templates/other.yaml': '1' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('reports paths in code-unit order', () => {
    const dist = writtenDist({ 'k/a/templates/same.yaml': '1', 'é/a/templates/x.yaml': '1', 'Z/a/templates/x.yaml': '1' });
    const { written, removed } = writeOutput(dist, output({ 'k/a/templates/same.yaml': '1', 'é/b/templates/y.yaml': '1', 'Z/b/templates/y.yaml': '1' }));
    const inTarget = (folder: string, app: string) => ['Chart.yaml', `templates/${app}.yaml`, 'values.yaml'].map((file) => `${folder}/${file}`);
    expect(written).toEqual([...inTarget('Z/b', 'y'), '_record/Z/y.yaml', '_record/fleet.yaml', '_record/é/y.yaml', ...inTarget('é/b', 'y')]);
    expect(removed).toEqual([...inTarget('Z/a', 'x'), '_record/Z/x.yaml', '_record/é/x.yaml', ...inTarget('é/a', 'x')]);
  });
});

describe('what was rendered and stands in the way', () => {
  test('a file where a folder belongs makes room', () => {
    const dist = writtenDist({ 'm/a/templates/app.yaml': '1' });
    const next = { 'm/a/templates/app.yaml/deep.yaml': '1' };
    expect(writeOutput(dist, output(next))).toMatchObject({ removed: ['m/a/templates/app.yaml'] });
    expect(tree(dist)).toEqual(textsOf(next));
  });

  test('an empty folder where a file belongs makes room', () => {
    const dist = writtenDist({ 'm/a/Chart.yaml': '1' });
    write(dist, { 'm/a/templates/app.yaml/': '' });
    const next = { 'm/a/Chart.yaml': '1', 'm/a/templates/app.yaml': '1' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
  });
});

describe('a folder that is refused', () => {
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
    const tooLong = `m/a/templates/${'x'.repeat(300)}.yaml`;
    const fresh = newDist();
    expect(codesOf(() => writeOutput(fresh, output({ 'm/a/Chart.yaml': '1', [tooLong]: '1' })))).toEqual(['output-write']);
    expect(beside(fresh)).toEqual([]);
    const dist = writtenDist();
    const next = { ...files, 'm/a/Chart.yaml': '2', [tooLong]: '1' };
    expect(codesOf(() => writeOutput(dist, output(next)))).toEqual(['output-write']);
    const [before, after] = [textsOf(files), textsOf(next)];
    for (const [path, text] of Object.entries(tree(dist))) expect([before[path], after[path]]).toContain(text);
    expect(beside(dist)).toEqual(['dist']);
  });
});

describe('a run that fails', () => {
  const next = { 'm/a/Chart.yaml': '2', 'm/a/templates/new.yaml': '2', 'm/b/templates/app.yaml': '2' };
  const failing = () =>
    interrupted(next, (folder) => {
      if (folder === 'm/b') throw new Error('a bug in the middle');
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

  test.each(['ENOSPC', 'EDQUOT', 'EIO'])('for the disk (%s) says so once, tears nothing, and the next one goes on', (code) => {
    const dist = writtenDist();
    const before = tree(dist);
    const real = fs.writeFileSync;
    jest.spyOn(fs, 'writeFileSync').mockImplementation(((file: string, ...rest: unknown[]) => {
      if (/run-[^/]*\/[1-9]\d*$/.test(file)) throw Object.assign(new Error(code), { code, syscall: 'write' });
      return (real as (...args: unknown[]) => void)(file, ...rest);
    }) as never);
    expect(codesOf(() => writeOutput(dist, output(next)))).toEqual(['output-write']);
    jest.restoreAllMocks();
    expect(tree(dist)).toEqual(before);
    expect(beside(dist)).toEqual(['dist']);
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
  });
});

describe('two runs at once', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('of which one is alive: the second is refused and touches nothing', () => {
    const dist = writtenDist();
    // Its parent is alive as long as this test is.
    write(stagingOf(dist), { pid: String(process.ppid), 'run-x/0': 'half' });
    expect(codesOf(() => writeOutput(dist, output({ 'm/a/Chart.yaml': '2' })))).toEqual(['output-busy']);
    expect(tree(dist)).toEqual(textsOf(files));
    expect(tree(stagingOf(dist))).toEqual({ pid: String(process.ppid), 'run-x/0': 'half' });
  });

  test.each([
    ['of this version', { 'run-x/0': 'half', 'run-x/tree/a/half.yaml': 'half' }],
    ['of an earlier one', { '0': 'half', 'tree/a/half.yaml': 'half' }],
  ])('of which the first, %s, was killed: the second takes over what it left', async (_, left) => {
    const dist = writtenDist();
    write(stagingOf(dist), { pid: String(await deadProcess()), ...left });
    const next = { 'm/a/Chart.yaml': '2' };
    writeOutput(dist, output(next));
    expect(tree(dist)).toEqual(textsOf(next));
    expect(beside(dist)).toEqual(['dist']);
  });

  test.each([
    ['nothing', {}],
    ['a process id that is none', { pid: 'x' }],
    ['an empty process id', { pid: '' }],
  ])('of which the first was killed early and left %s: the second takes over', (_, left) => {
    withoutWaiting();
    const dist = newDist();
    write(dirname(dist), { '.dist.fleet-staging/': '' });
    write(stagingOf(dist), left);
    writeOutput(dist, output(files));
    expect(tree(dist)).toEqual(textsOf(files));
    expect(beside(dist)).toEqual(['dist']);
  });

  test.each<[string, (pid: string) => unknown]>([
    ['a pipe', (pid) => spawnSync('mkfifo', [pid])],
    ['a link to a device without end', (pid) => symlinkSync('/dev/zero', pid)],
    ['a link that leads nowhere', (pid) => symlinkSync('nowhere', pid)],
  ])('of which the other one is %s: it is not waited for', (_, put) => {
    const dist = newDist();
    mkdirSync(stagingOf(dist));
    put(join(stagingOf(dist), 'pid'));
    utimesSync(stagingOf(dist), 0, 0);
    expect(writeOutput(dist, output(files)).written).toHaveLength(count);
    expect(beside(dist)).toEqual(['dist']);
  });

  test.each(['alone', 'beside the number of a run that died'])('never remove what somebody put where they stage: %s', async (state) => {
    withoutWaiting();
    const dist = writtenDist();
    write(stagingOf(dist), {
      'mine.txt': 'mine',
      'notes/deep.txt': 'mine',
      ...(state === 'alone' ? {} : { pid: String(await deadProcess()), 'run-x/0': 'half' }),
    });
    utimesSync(stagingOf(dist), 0, 0);
    for (const text of ['2', '3']) expect(writeOutput(dist, output({ ...files, 'm/a/templates/app.yaml': text })).written).toEqual(['m/a/templates/app.yaml']);
    expect(tree(stagingOf(dist))).toEqual({ 'mine.txt': 'mine', 'notes/deep.txt': 'mine' });
  });

  test('of which the first is taken for dead: it puts nothing into place', () => {
    const dist = writtenDist();
    const overtaken = interrupted({ ...files, 'm/b/templates/app.yaml': '2' }, (folder) => {
      if (folder !== 'm/b') return;
      rmSync(stagingOf(dist), { recursive: true });
      write(stagingOf(dist), { pid: String(process.ppid), 'run-y/0': 'of another' });
      for (const name of readdirSync(dirname(dist))) if (name !== 'dist') mkdirSync(join(dirname(dist), name), { recursive: true });
    });
    expect(codesOf(() => writeOutput(dist, overtaken))).toHaveLength(1);
    expect(tree(dist)).toEqual(textsOf(files));
    expect(tree(stagingOf(dist))).toEqual({ pid: String(process.ppid), 'run-y/0': 'of another' });
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
      // In truth the process would be gone.
      for (const name of beside(dist)) if (existsSync(join(dirname(dist), name, 'pid'))) writeFileSync(join(dirname(dist), name, 'pid'), `${process.pid} 1`);
      writeOutput(dist, output(versions));
      // An empty folder may stay, which Git does not see and no chart is.
      expect([last, Object.fromEntries(Object.entries(tree(dist)).filter(([, text]) => text !== '/'))]).toEqual([last, textsOf(versions)]);
      expect(beside(dist)).toEqual(['dist']);
    }
  }

  test('leaves every file old or new, and the next run finishes', () => {
    const next = { 'm/a/Chart.yaml': '2', 'm/a/templates/app.yaml': '1', 'm/b/templates/app.yaml': '2', 'm/c/templates/app.yaml': '2' };
    const [before, after] = [textsOf({ ...files, 'gone/deep/templates/app.yaml': '1' }), textsOf(next)];
    const count = atEachStep(
      () => writtenDist({ ...files, 'gone/deep/templates/app.yaml': '1' }),
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
    const script = join(__dirname, '../rewrite-forever.ts');
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', script, dist], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await delay(milliseconds);
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
  }

  const both = { A: textsOf(versionOf('A')), B: textsOf(versionOf('B')) };

  longTest.each([94, 0, 31, 171, 290])(
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

  longTest(
    'before the first version is complete leaves no folder at all',
    async () => {
      const dist = newDist();
      const script = `
      const { interrupted } = require('../output-builder');
      const { versionOf } = require('../many-versions');
      const { writeOutput } = require('../../../store/output/write-output');
      writeOutput(${JSON.stringify(dist)}, interrupted(versionOf('A'), (folder) => folder === 'm/target-20' && process.kill(process.pid, 'SIGKILL')));
    `;
      const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: __dirname, stdio: ['ignore', 'ignore', 'inherit'] });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      expect(existsSync(dist)).toBe(false);
      writeOutput(dist, outputOf('A'));
      expect(tree(dist)).toEqual(both.A);
      expect(beside(dist)).toEqual(['dist']);
    },
    60_000,
  );
});

describe('several runs at once, after one that was killed while it staged', () => {
  async function run(dist: string, version: string, end = ''): Promise<string> {
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, '../concurrent-synth.ts'), dist, version, end], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await once(child, 'close');
    return said.trim();
  }

  longTest(
    'write whole versions only: one wins, and the others say that the output is busy',
    async () => {
      const dist = newDist();
      writeOutput(dist, outputOf('A'));
      expect(await run(dist, 'B', 'killed')).toBe('');
      const outcomes = await Promise.all(['A', 'B', 'B', 'A'].map((version) => run(dist, version)));
      expect(outcomes).toContain('written');
      expect(outcomes.filter((outcome) => !['written', 'output-busy'].includes(outcome))).toEqual([]);
      expect([textsOf(versionOf('A')), textsOf(versionOf('B'))]).toContainEqual(tree(dist));
      expect(beside(dist)).toEqual(['dist']);
    },
    60_000,
  );
});

describe('the report', () => {
  const report = { targets: 18, files: 22_000, written: ['a', 'b'], removed: ['c'], unchanged: 21_998, left: [], settled: [] };

  test('counts targets and files', () => {
    expect(reportText('dist', report)).toBe('18 targets, 22,000 files in dist/: 2 written, 1 removed, 21,998 unchanged');
    expect(reportText('out//', { ...report, targets: 1, files: 1, written: [], removed: [], unchanged: 1 })).toBe(
      '1 target, 1 file in out/: 0 written, 0 removed, 1 unchanged',
    );
  });
});
