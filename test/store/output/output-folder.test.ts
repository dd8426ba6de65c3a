import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { existingOutput, tryRead } from '../../../store/output/existing-output';
import { texts } from '../../../store/output/output-folder';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { output, textOf } from '../output-builder';

const folders = new TemporaryFolders();

test('rendered files come in order, each with its path from the top and its text', () => {
  const found = [...texts(output({ 'm/b/templates/z.yaml': '1', 'm/b/extra/configmap-x.yaml': '2', 'm/a/manifests/x/configmap-x.yaml': '3' }))];
  expect(found.filter(({ path }) => !/^_record\/|(Chart|values)\.yaml$/.test(path))).toEqual([
    { folder: 'm/b', path: 'm/b/templates/z.yaml', text: textOf('1'), isRecorded: true },
    { folder: 'm/b', path: 'm/b/templates/configmap-x.yaml', text: textOf('2'), isRecorded: false },
    { folder: 'm/a', path: 'm/a/manifests/x/configmap-x.yaml', text: textOf('3'), isRecorded: false },
  ]);
});

test('records come first, and lie in no folder of a target', () => {
  const found = [...texts(output({ 'm/b/templates/z.yaml': '1', 'm/a/templates/z.yaml': '1', 'm/a/templates/x.yaml': '1' }))].slice(0, 4);
  expect(found.map(({ path, folder, isRecorded }) => [path, folder, isRecorded])).toEqual([
    ['_record/fleet.yaml', undefined, true],
    ['_record/m/z.yaml', undefined, true],
    ['_record/m/x.yaml', undefined, true],
    ['m/b/Chart.yaml', 'm/b', true],
  ]);
});

describe('an existing folder', () => {
  test('has files, links among them, and folders', () => {
    const folder = folders.make({ 'a/b/c.yaml': 'x', 'a/d.yaml': 'x', 'empty/': '' });
    symlinkSync('/', join(folder, 'a/link'));
    const { root, isThere, files, folders: found } = existingOutput(folder);
    expect([root, isThere, [...files].sort(), [...found].sort()]).toEqual([folder, true, ['a/b/c.yaml', 'a/d.yaml', 'a/link'], ['a', 'a/b', 'empty']]);
  });

  test('that is a link is the folder behind it', () => {
    const folder = folders.make({ 'real/a.yaml': 'x' });
    symlinkSync('real', join(folder, 'link'));
    expect(existingOutput(join(folder, 'link'))).toMatchObject({ root: join(folder, 'real'), isThere: true });
  });

  test('has each `.git` as one file, and its own as none', () => {
    const folder = folders.make({ '.git/HEAD': 'x', 'a/.git/HEAD': 'x', 'b/.git': 'gitdir: x', 'a/x.yaml': 'x' });
    expect(existingOutput(folder)).toMatchObject({ hasGit: true, isEmpty: false, files: new Set(['a/.git', 'a/x.yaml', 'b/.git']) });
  });

  test('has apart what a killed run was copying', () => {
    const folder = folders.make({ 'a/.x.yaml.fleet-new': 'half', '.fleet-staging/run-x/0': 'half', 'a/x.yaml': 'x' });
    expect(existingOutput(folder)).toMatchObject({ files: new Set(['a/x.yaml']), halfMoved: ['a/.x.yaml.fleet-new'] });
  });

  test('that is missing is empty, and nothing is made', () => {
    const folder = join(folders.make(), 'missing');
    expect(existingOutput(folder)).toMatchObject({ root: folder, isThere: false, isEmpty: true, hasGit: false, files: new Set(), folders: [], halfMoved: [] });
    expect(existingOutput(folder).isThere).toBe(false);
  });

  test('that is a file is refused', () => {
    const folder = folders.make({ file: 'x' });
    expect(() => existingOutput(join(folder, 'file'))).toThrow(FleetError);
  });
});

test('a text is read where there is a file, and nowhere else', () => {
  const folder = folders.make({ 'a.txt': 'text', 'b/': '' });
  symlinkSync('a.txt', join(folder, 'link'));
  expect(['a.txt', 'b', 'link', 'missing', 'a.txt/below'].map((path) => tryRead(join(folder, path)))).toEqual([
    'text',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
