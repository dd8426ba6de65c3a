import { spawnSync } from 'node:child_process';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { writeOutput } from '../../../store/output/write-output';
import { longTest } from '../../long-test';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { output, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = { 'm/a/templates/app.yaml': '1', 'm/a/manifests/app/configmap-x.yaml': '1', 'n/b/templates/app.yaml': '1' };
const next = { 'm/a/templates/app.yaml': '2', 'm/c/templates/app.yaml': '1' };

afterEach(() => {
  jest.restoreAllMocks();
});

/**
 * Has the disk refuse to move anything over the border of a folder, and to take that folder itself away, as if it were mounted.
 *
 * @param before each step; where it throws, the step is not taken
 */
function mounted(folder: string, before: (step: string, ...args: readonly unknown[]) => void = () => undefined): void {
  const { renameSync, rmdirSync, copyFileSync, rmSync } = fs;
  const fail = (code: string) => {
    throw Object.assign(new Error(code), { code, syscall: 'rename' });
  };
  const isInside = (path: unknown) => String(path).startsWith(`${folder}/`);
  jest.spyOn(fs, 'copyFileSync').mockImplementation((from, to) => {
    before('copy', from, to);
    copyFileSync(from, to);
  });
  jest.spyOn(fs, 'rmSync').mockImplementation((path, options) => {
    before('remove');
    rmSync(path, options);
  });
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    before('rename');
    if (to === folder || from === folder) fail('EBUSY');
    if (isInside(from) !== isInside(to)) fail('EXDEV');
    renameSync(from, to);
  });
  jest.spyOn(fs, 'rmdirSync').mockImplementation((path) => (path === folder ? fail('EBUSY') : rmdirSync(path)));
}

describe('a folder that is a mount point', () => {
  test('receives everything, and later what changed', () => {
    const folder = join(folders.make({ 'dist/': '' }), 'dist');
    mounted(folder);
    writeOutput(folder, output(files));
    expect(tree(folder)).toEqual(textsOf(files));
    writeOutput(folder, output(next));
    expect(tree(folder)).toEqual(textsOf(next));
    expect(readdirSync(dirname(folder))).toEqual(['dist']);
  });

  test('has whole files whenever a run dies, and the next one finishes', () => {
    const [before, after] = [textsOf(files), textsOf(next)];
    for (let last = 1, isOver = false; !isOver; last += 1) {
      const folder = join(folders.make({ 'dist/': '' }), 'dist');
      writeOutput(folder, output(files));
      let count = 0;
      mounted(folder, (step, from, to) => {
        count += 1;
        if (count < last) return;
        if (count === last && step === 'copy') writeFileSync(to as string, readFileSync(from as string, 'utf8').slice(0, 10));
        throw new Error('dead');
      });
      try {
        writeOutput(folder, output(next));
        isOver = true;
      } catch (error) {
        if (!String(error).includes('dead')) throw error;
      }
      jest.restoreAllMocks();
      const visible = Object.entries(tree(folder)).filter(([path, text]) => text !== '/' && !path.endsWith('.fleet-new'));
      for (const [path, text] of visible) expect([before[path], after[path]]).toContain(text);
      const lock = join(dirname(folder), '.dist.fleet-staging/pid');
      if (existsSync(lock)) writeFileSync(lock, `${process.pid} 1`);
      writeOutput(folder, output(next));
      expect(Object.fromEntries(Object.entries(tree(folder)).filter(([, text]) => text !== '/'))).toEqual(after);
    }
  });

  test('keeps its lock in itself where nothing can be written beside it', () => {
    const folder = join(folders.make({ 'dist/': '' }), 'dist');
    const { accessSync } = fs;
    jest.spyOn(fs, 'accessSync').mockImplementation((path, mode) => {
      if (path === dirname(folder)) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      accessSync(path, mode);
    });
    mounted(folder);
    for (const versions of [files, next]) {
      writeOutput(folder, output(versions));
      expect(tree(folder)).toEqual(textsOf(versions));
    }
    write(folder, { '.fleet-staging/pid': String(process.ppid) });
    expect(() => writeOutput(folder, output(files))).toThrow(FleetError);
  });
});

/** Runs a script as root of mounts of its own. @returns `undefined` where this system does not let us */
function withMounts(script: string, folder: string): string | undefined {
  const { status, stdout, stderr } = spawnSync('unshare', ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user']), 'sh', '-ec', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status === 0) return stdout;
  if (existsSync(join(folder, 'mounted'))) throw new Error(stderr);
  return undefined;
}

/** @param size of each text */
function fleetScript(versions: Readonly<Record<string, string>>, size = 1): string {
  const source = [
    `const { writeOutput } = require(${JSON.stringify(join(__dirname, '../../../store/output/write-output.ts'))})`,
    `const { output } = require(${JSON.stringify(join(__dirname, '../output-builder.ts'))})`,
    `const versions = Object.entries(${JSON.stringify(versions)}).map(([path, text]) => [path, text.repeat(${size})])`,
    `try { writeOutput('dist', output(Object.fromEntries(versions))) } catch (error) { console.log(error.message) }`,
  ].join(';');
  return `"${process.execPath}" --require "${require.resolve('tsx/cjs')}" -e '${source.replaceAll("'", "'\\''")}'`;
}

describe('a real mount', () => {
  test('works', () => {
    const folder = folders.make({ 'dist/': '', 'real/': '' });
    const script = `mount --bind real dist; touch mounted; ${fleetScript(files)}; ${fleetScript(next)}`;
    const said = withMounts(script, folder);
    if (said === undefined) return console.info('skipped: this system lets nobody mount');
    expect(said).toBe('');
    expect(tree(join(folder, 'real'))).toEqual(textsOf(next));
  });

  longTest('that is full is told of, and every file is whole', () => {
    const folder = folders.make({ 'dist/': '', 'left/': '' });
    mkdirSync(join(folder, 'other'));
    const large = Object.fromEntries(Object.keys(files).map((path) => [path, '1'.repeat(60_000)]));
    const script = `mount -t tmpfs -o size=128k tmpfs dist; touch mounted; ${fleetScript(files)}; ${fleetScript(files, 60_000)}; cp -r dist/. left`;
    const said = withMounts(script, folder);
    if (said === undefined) return console.info('skipped: this system lets nobody mount');
    expect(said).toMatch(/^output-write: 'dist' cannot be written: the disk is full \(ENOSPC\)\n$/);
    const [before, after] = [textsOf(files), textsOf(large)];
    for (const [path, text] of Object.entries(tree(join(folder, 'left')))) expect([before[path], after[path]]).toContain(text);
  });
});
