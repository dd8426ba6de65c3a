import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { packageNameFor, whyNoPackageName } from '../../store/start/package-name';
import { longTest } from '../long-test';
import { isLongForm } from '../runs';
import { TemporaryFolders, tree } from '../workspaces/temporary-folder';
import { repository, serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();

function problems(
  folder: string,
  ...args: readonly string[]
): readonly { readonly code: string; readonly message: string; readonly found?: string; readonly hint?: string }[] {
  const { status, stdout } = serve(folder, ['init', '--json', ...args]);
  expect(status).toBe(1);
  return JSON.parse(stdout).problems;
}

describe('one clear message, and nothing written, for', () => {
  test.each([
    ['a file', 'file', "a fleet cannot begin in 'file'", "'file' is a file"],
    ['a folder in a file', 'file/fleet', "a fleet cannot begin in 'file/fleet'", /file', which is to hold it, is a file$/],
    ['a link that leads nowhere', 'dangling', "a fleet cannot begin in 'dangling'", "'dangling' is a link that leads nowhere"],
    ['no name', '', "'' is no name of a folder", undefined],
    ['a name with U+0000', 'a\0b', "'a\\0b' is no name of a folder", undefined],
    ['a folder whose config/ is something else', 'app', "'app/config' is there already, and holds no fleet", 'default.json'],
    ['a folder whose config is a file', 'odd', "'odd/config' is there already, and holds no fleet", 'a file'],
    ['a package.json that is no JSON', 'broken', 'broken/package.json cannot be added to', /^no JSON: /],
    ['a package.json that is a list', 'list', 'list/package.json cannot be added to', 'JSON that is no object'],
    ['a package.json whose scripts are none', 'scripts', 'scripts/package.json cannot be added to', "'scripts' that is no object"],
    ['a package.json that is a folder', 'folder', 'folder/package.json cannot be added to', 'no file'],
  ])('%s', (_, dir, message, found) => {
    const folder = folders.make({
      file: '',
      'app/config/default.json': '{}',
      'odd/config': '',
      'broken/package.json': '{ // mine\n}',
      'list/package.json': '[]',
      'scripts/package.json': '{ "scripts": [] }',
      'folder/package.json/': '',
    });
    symlinkSync('nowhere', join(folder, 'dangling'));
    const before = tree(folder);
    const [problem, ...others] = problems(folder, dir);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'init-target', message });
    if (found === undefined) expect(problem?.found).toBeUndefined();
    else expect(problem?.found).toMatch(found);
    expect(tree(folder)).toEqual(before);
  });

  test('a name that npm refuses, with one that it takes', () => {
    const folder = folders.make();
    const message = "'My Fleet!' cannot name a package of npm: it has capital letters";
    expect(problems(folder, '--name', 'My Fleet!')).toEqual([expect.objectContaining({ code: 'init-target', message, hint: 'name it with --name my-fleet' })]);
    expect(tree(folder)).toEqual({});
  });

  test('another shape than that of the fleet that is there', () => {
    const folder = folders.make({ 'config/config.yaml': 'sequence: {}\n' });
    expect(problems(folder, '--name', 'x', '--shape', 'hubs')[0]).toMatchObject({ message: "there is a fleet of another shape in '.' already", found: 'yaml' });
  });

  test.each([
    ['--repository', 'nope', 'A URL is expected'],
    ['--shape', 'star', 'Allowed choices are regions, hubs, yaml.'],
    ['--ci', 'jenkins', 'Allowed choices are github, gitlab, none.'],
  ])('%s %s', (option, value, message) => {
    const folder = folders.make();
    const { status, stderr } = serve(folder, ['init', option, value]);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(tree(folder)).toEqual({});
  });

  test('a folder where nothing can be made', () => {
    const [problem] = problems(folders.make(), '/proc/fleet');
    expect(problem).toMatchObject({ code: 'config-write', message: "'/proc/fleet' cannot be written: nothing can be made there (ENOENT)" });
  });

  longTest('a folder that may not be written', () => {
    const folder = folders.make({ 'fleet/README.md': 'Mine\n' });
    chmodSync(folder, 0o777);
    chmodSync(join(folder, 'fleet'), 0o555);
    const { status, stderr } = asNobody(folder, 'init', 'fleet');
    expect(stderr).toContain("fleet' cannot be written: permission denied (EACCES)");
    expect(stderr).toContain('nothing was changed');
    expect(status).toBe(1);
    chmodSync(join(folder, 'fleet'), 0o755);
    expect(tree(join(folder, 'fleet'))).toEqual({ 'README.md': 'Mine\n' });
  });
});

test.each(['Capital Letters', 'jest', 'Größe', '_'])('called %p, which npm refuses, the package gets the nearest name, and it is told', (dir) => {
  const folder = folders.make();
  const name = packageNameFor(dir);
  const { status, stdout } = serve(folder, ['init', dir]);
  expect(status).toBe(0);
  expect(stdout).toContain(`\nThe package is called ${name}: npm takes no '${dir}' (${whyNoPackageName(dir)}).\n`);
  expect(JSON.parse(tree(folder)[`${dir}/package.json`] ?? '').name).toBe(name);
  expect(serve(join(folder, dir), ['synth'])).toMatchObject({ status: 0 });
  expect(JSON.parse(serve(folder, ['init', dir, '--json']).stdout).name).toBeUndefined();
});

longTest('where one file cannot be written, none of the others is', () => {
  const folder = folders.make({ 'test/mine.txt': '' });
  chmodSync(folder, 0o777);
  chmodSync(join(folder, 'test'), 0o555);
  const { status } = asNobody(folder, 'init', '--name', 'fleet');
  chmodSync(join(folder, 'test'), 0o755);
  expect(status).toBe(1);
  expect(tree(folder)).toEqual({ 'test/mine.txt': '' });
});

/** Runs `fleet` as a user who may write what everybody may: root may write anything. */
function asNobody(cwd: string, ...args: readonly string[]) {
  const home = join(folders.make({ 'home/': '' }), 'home');
  chmodSync(join(home, '..'), 0o755);
  mkdirSync(join(home, 'state'));
  chmodSync(join(home, 'state'), 0o777);
  const env = { ...process.env, HOME: home, XDG_STATE_HOME: join(home, 'state') };
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  return spawnSync(process.execPath, [join(repository, 'cli/fleet.js'), ...args], { cwd, env, encoding: 'utf8', ...nobody });
}

if (isLongForm) {
  longTest('a run that is killed leaves all or nothing once it is run again', () => {
    for (let ms = 40; ms < 700; ms += 60) {
      const folder = folders.make();
      spawnSync(process.execPath, [join(repository, 'cli/fleet.js'), 'init', '--name', 'fleet'], { cwd: folder, timeout: ms, killSignal: 'SIGKILL' });
      const { status } = serve(folder, ['init', '--name', 'fleet']);
      expect(status).toBe(0);
      expect(serve(folder, ['synth'])).toMatchObject({ status: 0 });
      expect(Object.keys(tree(folder)).filter((path) => !path.startsWith('dist/')).length).toBe(15);
    }
  });
}
