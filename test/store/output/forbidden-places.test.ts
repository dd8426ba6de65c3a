import fs, { mkdirSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import { join, relative } from 'node:path';
import { chdir, cwd } from 'node:process';
import fc from 'fast-check';
import { FleetError } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { writeOutput } from '../../../store/output/write-output';
import { TemporaryFolders, tree } from '../../workspaces/temporary-folder';
import { output, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = { 'm/a/templates/app.yaml': '1' };
const home = cwd();

afterEach(() => {
  chdir(home);
  jest.restoreAllMocks();
});

/** A home folder with a repository in it, which holds a fleet below its top; and another repository beside. */
function checkout(): string {
  const folder = folders.make({
    'home/.profile': 'mine',
    'home/repo/.git/HEAD': 'ref: x',
    'home/repo/README.md': 'mine',
    'home/repo/fleet/config/fleet.ts': 'mine',
    'home/repo/fleet/config/m/app.ts': 'mine',
    'home/repo/fleet/package.json': '{}',
    'home/other/.git/HEAD': 'ref: x',
    'home/other/notes.txt': 'mine',
    'home/repo/Dist/keep.txt': 'mine',
  });
  symlinkSync('.', join(folder, 'home/repo/fleet/here'));
  symlinkSync('..', join(folder, 'home/repo/fleet/config/up'));
  symlinkSync('repo', join(folder, 'home/link'));
  symlinkSync('/', join(folder, 'home/repo/fleet/top'));
  chdir(join(folder, 'home/repo/fleet'));
  jest.spyOn(os, 'homedir').mockReturnValue(join(folder, 'home'));
  return folder;
}

/** Nothing is written anywhere. */
function expectForbidden(folder: string, dir: string, config = 'config'): void {
  const before = tree(folder);
  for (const run of [() => writeOutput(dir, output(files), { config }), () => compareOutput(dir, output(files), { config })]) {
    let codes: readonly string[] = [];
    try {
      run();
    } catch (error) {
      if (!(error instanceof FleetError)) throw error;
      codes = error.problems.map(({ code }) => code);
    }
    expect([dir, codes]).toEqual([dir, ['output-folder']]);
  }
  expect(tree(folder)).toEqual(before);
}

test.each(['..', '../..', '/', '.'])('what holds anything else is refused before anything in it is read, which others may be writing: %p', (dir) => {
  const folder = checkout();
  const [list, read] = [jest.spyOn(fs, 'readdirSync'), jest.spyOn(fs, 'readFileSync')];
  expect(() => writeOutput(dir, output(files), { config: 'config' })).toThrow(FleetError);
  const looked = [...list.mock.calls, ...read.mock.calls].map(([path]) => String(path));
  // Not what is loaded meanwhile.
  expect(looked.filter((path) => path.startsWith(folder) || path === '/')).toEqual([]);
});

test.each([
  ...['', ' ', '.', './', '..', '../', '../..', '/', '//', 'dist/..', './dist/../', 'dist/../.', 'a/b/../..', 'here', 'here/', 'here/here', 'top', 'config/up'],
  ...[
    'config',
    'config/',
    './config',
    'config/m',
    'config/dist',
    'config/m/new',
    'here/config',
    '../../link/fleet',
    '../../link',
    '../../../home',
    '..//fleet',
  ],
  ...['../.git', '../.git/objects', '../../other/.git/hooks', '../.GIT/x', 'dist\u0000', 'dist\n', '\u001b[31m'],
])('%p is no output folder', (dir) => expectForbidden(checkout(), dir));

test.each(['.', '..', '../..', 'fleet/config', 'fleet/config/x', 'fleet'])('nor is %p where the configuration is named from elsewhere', (dir) => {
  const folder = checkout();
  chdir(join(folder, 'home/other'));
  expectForbidden(folder, join('../repo', dir), '../repo/fleet/config');
});

test('nor is the home folder, wherever the command runs', () => {
  const folder = folders.make({ 'home/.profile': 'mine', 'work/config/fleet.ts': 'mine' });
  jest.spyOn(os, 'homedir').mockReturnValue(join(folder, 'home'));
  chdir(join(folder, 'work'));
  expectForbidden(folder, '../home');
});

test('nor is a folder that holds all of them, however it is spelled', () => {
  const folder = checkout();
  const places = ['home', 'home/repo', 'home/repo/fleet', 'home/repo/fleet/config'].map((place) => join(folder, place));
  const detour = fc.constantFrom('./', 'here/', 'config/../', 'nowhere/../', 'here/./here/', 'config/up/', 'config/m/../up/');
  const spelled = fc
    .tuple(fc.constantFrom(...places), fc.boolean(), fc.array(detour, { maxLength: 4 }), fc.constantFrom('', '/', '/.', '//'))
    .map(([place, isAbsolute, detours, end]) => (isAbsolute ? `${place}${end}` : `${detours.join('')}${relative(cwd(), place) || '.'}${end}`));
  fc.assert(fc.property(spelled, (dir) => expectForbidden(folder, dir)));
});

test.each(['dist', './dist/', 'here/dist', '../dist', 'out/deep/dist', '../../elsewhere', 'top/tmp/fleet-never', '...', 'config-2', '.github'])(
  '%p is one',
  (dir) => {
    const folder = checkout();
    if (dir.startsWith('top')) expect(compareOutput(dir, output(files), { config: 'config' }).missing).not.toEqual([]);
    else expect(writeOutput(dir, output(files), { config: 'config' }).left).toEqual([]);
    expect(tree(join(folder, 'home/other'))).toEqual({ '.git/HEAD': 'ref: x', 'notes.txt': 'mine' });
  },
);

test('a command may run inside of what was rendered', () => {
  checkout();
  writeOutput('dist', output(files), { config: 'config' });
  chdir('dist/m');
  const next = { 'm/b/templates/app.yaml': '1' };
  writeOutput('../../dist', output(next), { config: '../../config' });
  expect(tree('..')).toEqual(textsOf(next));
  mkdirSync('../../empty');
  chdir('../../empty');
  expect(() => writeOutput('.', output(files), { config: '../config' })).toThrow(FleetError);
});
