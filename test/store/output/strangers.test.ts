import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FleetError, type Problem } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { writeOutput } from '../../../store/output/write-output';
import { longTest } from '../../long-test';
import { partly } from '../../runs';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { output, textOf, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = { 'm/a/templates/app.yaml': '1', 'm/a/manifests/app/configmap-x.yaml': '1', 'm/b/c/templates/app.yaml': '1', 'n/a/templates/web.yaml': '1' };

function dist(versions: Readonly<Record<string, string>> = files): string {
  const folder = join(folders.make(), 'dist');
  writeOutput(folder, output(versions));
  return folder;
}

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
  return [];
}

/** Nothing may be written, everything is as it was, and the message names the file. */
function expectRefused(folder: string, versions: Readonly<Record<string, string>>, path: string, code = 'output-stranger'): void {
  const before = tree(dirname(folder));
  const problems = problemsOf(() => writeOutput(folder, output(versions)));
  expect(problems).toContainEqual(expect.objectContaining({ code, message: expect.stringContaining(`'${join(folder, path)}'`), hint: expect.any(String) }));
  expect(tree(dirname(folder))).toEqual(before);
}

/** A Git repository that holds a folder of output. */
class Repository {
  readonly path = folders.make();
  readonly dist = join(this.path, 'dist');

  constructor(versions: Readonly<Record<string, string>> = files) {
    this.git('init', '-q', '-b', 'main');
    writeOutput(this.dist, output(versions));
  }

  git(...args: string[]): string {
    const user = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    return spawnSync('git', [...user, ...args], { cwd: this.path, encoding: 'utf8' }).stdout;
  }

  commit(): this {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'x');
    return this;
  }

  /** As somebody else has it: nothing is known but what was committed. */
  clone(): Repository {
    const other = Object.create(Repository.prototype) as Repository;
    const path = join(folders.make(), 'clone');
    this.git('clone', '-q', this.path, path);
    return Object.assign(other, { path, dist: join(path, 'dist') });
  }
}

describe('outside of the folders of targets, what was not rendered', () => {
  test.each([
    'README.md',
    'm/OWNERS',
    '.DS_Store',
    'm/b/.gitattributes',
    'other/Chart.yaml',
    'm/z/templates/x.yaml',
    'other/.git/HEAD',
    'm/b/.git',
    '_record/README.md',
    '_record/mine.yaml',
    '_record/m/notes.txt',
    '_record/m/mine.yaml',
    '_record/m/a/b.yaml',
    '_record/.git',
    '_record/Chart.yaml',
    '_record/values.yaml',
  ])('stays as it is and is told: %s', (path) => {
    const folder = dist();
    write(folder, { [path]: 'mine' });
    const next = { ...files, 'm/b/c/templates/app.yaml': '2' };
    const entry = path.replace(/\.git\/HEAD$/, '.git');
    expect(compareOutput(folder, output(files))).toMatchObject({ extra: [], left: [entry] });
    expect(writeOutput(folder, output(next)).left).toEqual([entry]);
    expect(tree(folder)).toEqual({ ...textsOf(next), [path]: 'mine' });
  });

  test('stays where the target beside it goes, and the folder with it', () => {
    const folder = dist();
    write(folder, { 'n/README.md': 'mine' });
    const next = { 'm/a/templates/app.yaml': '1' };
    writeOutput(folder, output(next));
    expect(tree(folder)).toEqual({ ...textsOf(next), 'n/README.md': 'mine' });
  });

  test.each(['_record/m/copy.yaml', '_record/copy.yaml', '_record/old/m/app.yaml', '_record/n/app.yaml'])(
    'stays also where it is a copy of a record: %s',
    (path) => {
      const folder = dist();
      const text = textsOf(files)['_record/m/app.yaml'] as string;
      write(folder, { [path]: text });
      const next = { 'm/a/templates/other.yaml': '1' };
      expect(writeOutput(folder, output(next)).left).toEqual([path]);
      expect(tree(folder)).toEqual({ ...textsOf(next), [path]: text });
    },
  );

  test('is no copy of a record where that very record belongs now', () => {
    const folder = dist({ 'm/a/templates/app.yaml': '1', 'n/a/templates/web.yaml': '1' });
    const { '_record/m/app.yaml': text } = textsOf(files);
    write(folder, { '_record/n/app.yaml': text as string, '_record/m/app.yaml': '# Rendered by cdk8s-fleet: in the words of another version.\n' });
    const next = { 'm/a/templates/app.yaml': '1', 'n/a/templates/app.yaml': '1' };
    expect(writeOutput(folder, output(next)).left).toEqual([]);
    expect(tree(folder)).toEqual(textsOf(next));
  });

  test('is no reason to say anything where nothing else is to be done', () => {
    const folder = dist();
    write(folder, { 'README.md': 'mine' });
    expect(writeOutput(folder, output(files))).toMatchObject({ written: [], removed: [], left: ['README.md'] });
  });
});

describe('where Argo CD deploys from, what was not rendered is refused', () => {
  test.each([
    'm/a/templates/rogue.yaml',
    'm/a/templates/configmap-x.yaml',
    'm/a/templates/_helpers.tpl',
    'm/a/manifests/app/rogue.yaml',
    'm/a/manifests/app/configmap-y.yaml',
    'm/a/manifests/other/configmap-x.yaml',
    'm/a/charts/x/Chart.yaml',
    'm/a/crds/x.yaml',
    'm/a/README.md',
    'm/a/.git/HEAD',
    'm/a/templates/.git',
    'm/b/c/templates/deep/rogue.yaml',
  ])('%s', (path) => {
    const folder = dist();
    write(folder, { [path]: 'mine' });
    expect(compareOutput(folder, output(files)).extra).toEqual([path.replace(/\.git\/HEAD$/, '.git')]);
    expectRefused(folder, files, path.replace(/\.git\/HEAD$/, '.git'));
    expectRefused(folder, { ...files, 'm/a/templates/app.yaml': '2' }, path.replace(/\.git\/HEAD$/, '.git'));
  });

  test('in a target that goes', () => {
    const folder = dist();
    write(folder, { 'n/a/templates/rogue.yaml': 'mine' });
    expectRefused(folder, { 'm/a/templates/app.yaml': '1' }, 'n/a/templates/rogue.yaml');
  });

  test('links, wherever they lead', () => {
    const folder = dist();
    const outside = folders.make({ 'precious.yaml': textOf('1') });
    symlinkSync(join(outside, 'precious.yaml'), join(folder, 'm/a/templates/linked.yaml'));
    symlinkSync(outside, join(folder, 'm/a/folder'));
    symlinkSync('nowhere', join(folder, 'm/a/dangling'));
    for (const path of ['m/a/templates/linked.yaml', 'm/a/folder', 'm/a/dangling']) expectRefused(folder, files, path);
    expect(tree(outside)).toEqual({ 'precious.yaml': textOf('1') });
  });

  test('twenty are named, and the others counted', () => {
    const folder = dist();
    write(folder, Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m/a/templates/rogue-${index}.yaml`, 'mine'])));
    const problems = problemsOf(() => writeOutput(folder, output(files)));
    expect(problems).toHaveLength(21);
    expect(problems[20]?.message).toContain('10 files more');
  });

  test('but for what the system drops where somebody looked in', () => {
    const folder = dist();
    write(folder, { 'm/a/templates/.DS_Store': 'x' });
    expect(writeOutput(folder, output(files)).left).toEqual(['m/a/templates/.DS_Store']);
  });
});

describe('where a file must be written, what was not rendered is refused', () => {
  test.each([
    ['a file', 'm/a/templates/new.yaml', { ...files, 'm/a/templates/new.yaml': '1' }],
    ['a file in a new target', 'x/y/templates/new.yaml', { ...files, 'x/y/templates/new.yaml': '1' }],
    ['a chart in a new target', 'x/y/Chart.yaml', { ...files, 'x/y/templates/new.yaml': '1' }],
    ['a record of a new app', '_record/m/new.yaml', { ...files, 'm/a/templates/new.yaml': '1' }],
    ['a file where the folder of records must be', '_record/k', { ...files, 'k/a/templates/new.yaml': '1' }],
    ['a workload', 'm/a/manifests/app/configmap-z.yaml', { ...files, 'm/a/manifests/app/configmap-z.yaml': '1' }],
    ['a file where a folder must be', 'x/y', { ...files, 'x/y/templates/new.yaml': '1' }],
    ['a file in a folder where a file must be', 'm/a/templates/new.yaml/mine', { ...files, 'm/a/templates/new.yaml': '1' }],
  ])('%s', (_, path, next) => {
    const folder = dist();
    write(folder, { [path]: 'mine' });
    expectRefused(folder, next, path);
  });

  test.each(['m/a/templates/app.yaml', 'm/a', 'm', '_record', '_record/m', '_record/m/app.yaml'])('a link at %s', (path) => {
    const folder = dist();
    const outside = folders.make();
    renameSync(join(folder, path), join(outside, 'moved'));
    symlinkSync(join(outside, 'moved'), join(folder, path));
    const before = tree(outside);
    expectRefused(folder, files, path);
    expect(tree(outside)).toEqual(before);
  });
});

describe('a folder that nothing shows to be output is refused', () => {
  test('and its files named', () => {
    const folder = join(folders.make({ 'dist/src/main.ts': 'code', 'dist/README.md': 'text', 'dist/empty/': '' }), 'dist');
    expectRefused(folder, files, 'src/main.ts', 'output-folder');
    expectRefused(folder, files, 'README.md', 'output-folder');
  });

  test.each(['deep/below/here', 'm/a', 'x/m/a'])('also where one rendered chart lies in it, at %s', (place) => {
    const folder = join(folders.make(), 'dist');
    write(folder, { 'notes/thesis.txt': 'mine', [`${place}/Chart.yaml`]: textsOf(files)['m/a/Chart.yaml'] as string, [`${place}/notes.txt`]: 'mine' });
    expectRefused(folder, { ...files, 'm/a/Chart.yaml': '7' }, 'notes/thesis.txt', 'output-folder');
  });

  test('also where a whole target lies in it, but not in its place', () => {
    const folder = join(folders.make({ 'dist/thesis.txt': 'mine' }), 'dist');
    cpSync(join(dist(), 'm/a'), join(folder, 'old/m/a'), { recursive: true });
    expectRefused(folder, files, 'thesis.txt', 'output-folder');
  });

  test('the copy of a target is no target', () => {
    const folder = dist();
    cpSync(join(folder, 'm/a'), join(folder, 'm/copy'), { recursive: true });
    expect(writeOutput(folder, output({ 'm/a/templates/app.yaml': '1' })).left).toContain('m/copy/templates/app.yaml');
    expect(tree(folder)).toMatchObject({ 'm/copy/templates/app.yaml': textOf('1') });
  });
});

describe('the top of a repository', () => {
  test('may be output where it is nothing else', () => {
    const folder = join(folders.make({ 'dist/.git': 'gitdir: elsewhere\n' }), 'dist');
    writeOutput(folder, output(files));
    expect(writeOutput(folder, output({ 'm/a/templates/app.yaml': '2' })).removed).not.toEqual([]);
    expect(tree(folder)).toEqual({ '.git': 'gitdir: elsewhere\n', ...textsOf({ 'm/a/templates/app.yaml': '2' }) });
  });

  test('is refused where it holds more', () => {
    const folder = dist();
    write(folder, { '.git/HEAD': 'ref: x', 'README.md': 'mine' });
    expectRefused(folder, files, 'README.md');
  });
});

describe('what the last commit rendered is known in another clone', () => {
  const extras = { ...files, 'm/a/extra/configmap-y.yaml': '1' };

  const edits: readonly (readonly [string, (folder: string) => void])[] = [
    ['nothing was touched', () => undefined],
    ['a template was edited', (folder) => writeFileSync(join(folder, 'm/a/templates/app.yaml'), 'edited')],
    ['a workload was edited', (folder) => writeFileSync(join(folder, 'm/a/manifests/app/configmap-x.yaml'), 'edited')],
    ['a chart was edited', (folder) => writeFileSync(join(folder, 'm/a/Chart.yaml'), 'edited')],
    ['values were edited', (folder) => writeFileSync(join(folder, 'm/a/values.yaml'), '<<<<<<< ours\n')],
    ['a record was edited', (folder) => writeFileSync(join(folder, '_record/m/app.yaml'), '<<<<<<< ours\n')],
    ['a record that goes was edited', (folder) => appendFileSync(join(folder, '_record/n/web.yaml'), 'edited')],
    ['records are gone', (folder) => rmSync(join(folder, '_record'), { recursive: true })],
    [
      'charts, values and records are gone',
      (folder) => {
        rmSync(join(folder, '_record'), { recursive: true });
        for (const at of ['m/a', 'm/b/c', 'n/a']) for (const name of ['Chart.yaml', 'values.yaml']) unlinkSync(join(folder, at, name));
      },
    ],
  ];

  test.each(partly(edits, 2))('where %s', (_, edit) => {
    const { dist: folder } = new Repository(extras).commit().clone();
    edit(folder);
    const next = { 'm/a/templates/app.yaml': '2', 'm/a/manifests/app/configmap-x.yaml': '2', 'm/b/c/templates/web.yaml': '1' };
    expect(writeOutput(folder, output(next)).left).toEqual([]);
    expect(tree(folder)).toEqual(textsOf(next));
  });

  longTest('also where Git checked it out with other ends of lines', () => {
    const { path } = new Repository(files).commit();
    const clone = Object.assign(Object.create(Repository.prototype) as Repository, { path: join(folders.make(), 'clone') });
    spawnSync('git', ['clone', '-q', '-c', 'core.autocrlf=true', path, clone.path]);
    const folder = join(clone.path, 'dist');
    expect(readFileSync(join(folder, 'm/a/Chart.yaml'), 'utf8')).toContain('\r\n');
    const next = { 'm/a/templates/web.yaml': '1' };
    writeOutput(folder, output(next));
    expect(tree(folder)).toEqual(textsOf(next));
  });

  test('but not what was edited since and goes', () => {
    const { dist: folder } = new Repository(extras).commit().clone();
    writeFileSync(join(folder, 'm/a/templates/configmap-y.yaml'), 'edited');
    expectRefused(folder, files, 'm/a/templates/configmap-y.yaml');
  });

  test('but not what somebody else committed', () => {
    const repository = new Repository(extras);
    write(repository.dist, { 'm/a/templates/rogue.yaml': 'mine', 'README.md': 'mine' });
    const { dist: folder } = repository.commit().clone();
    expectRefused(folder, files, 'm/a/templates/rogue.yaml');
    rmSync(join(folder, 'm/a/templates/rogue.yaml'));
    expect(writeOutput(folder, output(files)).left).toEqual(['README.md']);
  });

  test.each(partly(['clone', 'commit'], 1))('nor what looks like it and was never committed (%s)', (state) => {
    const repository = new Repository(extras).commit();
    const { dist: folder } = state === 'clone' ? repository.clone() : repository;
    const mine = readFileSync(join(folder, 'm/a/templates/configmap-y.yaml'), 'utf8').replace('name: y', 'name: mine');
    writeFileSync(join(folder, 'm/a/templates/configmap-mine.yaml'), mine);
    expectRefused(folder, files, 'm/a/templates/configmap-mine.yaml');
  });

  test('what is being merged counts as well', () => {
    const repository = new Repository().commit();
    repository.git('checkout', '-q', '-b', 'other');
    writeOutput(repository.dist, output({ ...files, 'm/a/templates/theirs.yaml': '1' }));
    repository.commit().git('checkout', '-q', 'main');
    writeOutput(repository.dist, output({ ...files, 'm/a/templates/ours.yaml': '1' }));
    repository.commit().git('merge', '-q', 'other');
    const next = { ...files, 'm/a/templates/ours.yaml': '1', 'm/a/templates/theirs.yaml': '2' };
    writeOutput(repository.dist, output(next));
    expect(tree(repository.dist)).toEqual(textsOf(next));
  });
});

describe('what was rendered and not committed is known where it was rendered', () => {
  test.each(['a repository', 'no repository'])('in %s', (where) => {
    const folder = where === 'a repository' ? new Repository().commit().dist : dist();
    writeOutput(folder, output({ ...files, 'm/a/extra/configmap-y.yaml': '1', 'm/a/manifests/app/configmap-z.yaml': '1' }));
    writeOutput(folder, output({ ...files, 'm/a/extra/configmap-y2.yaml': '1', 'm/a/manifests/app/configmap-z2.yaml': '1' }));
    writeOutput(folder, output(files));
    expect(tree(folder)).toEqual(textsOf(files));
  });

  test('and what was edited by hand there is written anew', () => {
    const { dist: folder } = new Repository();
    writeFileSync(join(folder, 'm/a/manifests/app/configmap-x.yaml'), 'edited');
    writeOutput(folder, output(files));
    expect(tree(folder)).toEqual(textsOf(files));
  });

  test('nothing of it lies in the work tree', () => {
    const repository = new Repository().commit();
    mkdirSync(join(repository.path, 'other'));
    expect(repository.git('status', '--porcelain', '--ignored')).toBe('');
  });
});
