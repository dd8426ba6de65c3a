import { appendFileSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { writeOutput } from '../../../store/output/write-output';
import { stamps, TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { output, textOf, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = { 'm/b/templates/x.yaml': '1', 'm/a/templates/app.yaml': '1', 'm/a/Chart.yaml': '1' };
const all = Object.keys(textsOf(files));
const lines = textOf('1').split('\n');

function written(): string {
  const dist = join(folders.make(), 'dist');
  writeOutput(dist, output(files));
  return dist;
}

describe('a folder', () => {
  test('that holds the output does not differ', () => {
    expect(compareOutput(written(), output(files))).toEqual({ files: all.length, changed: [], missing: [], extra: [], left: [] });
  });

  test('that does not exist misses everything, and is not made', () => {
    const dist = join(folders.make(), 'dist');
    expect(compareOutput(dist, output(files))).toEqual({
      files: all.length,
      changed: [],
      missing: all,
      extra: [],
      left: [],
    });
    expect(tree(join(dist, '..'))).toEqual({});
  });

  test('lists what changed, what is missing and what nobody renders, each sorted', () => {
    const dist = written();
    write(dist, { 'z.yaml': 'x', 'm/a/extra.yaml': 'x' });
    unlinkSync(join(dist, 'm/b/templates/x.yaml'));
    const drift = compareOutput(dist, output({ ...files, 'm/b/templates/new.yaml': '1', 'm/a/Chart.yaml': '2', 'm/a/templates/app.yaml': '2' }));
    expect(drift).toMatchObject({
      files: all.length + 2,
      missing: ['_record/m/new.yaml', 'm/b/templates/new.yaml', 'm/b/templates/x.yaml'],
      extra: ['m/a/extra.yaml'],
      left: ['z.yaml'],
    });
    expect(drift.changed.map(({ path }) => path)).toEqual(['m/a/Chart.yaml', 'm/a/templates/app.yaml']);
  });

  test('is not touched', () => {
    const dist = written();
    const before = [tree(dist), stamps(dist)];
    compareOutput(dist, output({ 'm/a/Chart.yaml': '2', 'm/c/templates/new.yaml': '1' }));
    expect([tree(dist), stamps(dist)]).toEqual(before);
  });

  test('that is a file is refused', () => {
    const folder = folders.make({ dist: 'x' });
    expect(() => compareOutput(join(folder, 'dist'), output(files))).toThrow(FleetError);
  });
});

describe('a changed file', () => {
  const only = (dist: string, versions = files) => compareOutput(dist, output(versions)).changed[0];

  test('is shown at the first line that differs', () => {
    const at = (textsOf(files)['m/a/Chart.yaml'] ?? '').split('\n').indexOf("version: '1'");
    expect(only(written(), { ...files, 'm/a/Chart.yaml': '2' })).toEqual({
      path: 'm/a/Chart.yaml',
      line: at + 1,
      expected: expect.stringMatching(/^ *version: '2'$/),
      found: expect.stringMatching(/^ *version: '1'$/),
    });
  });

  test('with lines at its end that nobody renders is shown at the first of them', () => {
    const dist = written();
    appendFileSync(join(dist, 'm/b/templates/x.yaml'), 'edited: by hand\n');
    expect(only(dist)).toMatchObject({ path: 'm/b/templates/x.yaml', line: lines.length, found: 'edited: by hand' });
  });

  test('that ends too early is shown at its end', () => {
    const dist = written();
    truncateSync(join(dist, 'm/b/templates/x.yaml'), textOf('1').indexOf('\n'));
    expect(only(dist)).toMatchObject({ path: 'm/b/templates/x.yaml', line: 2, expected: lines[1] });
  });

  test('that holds a merge conflict is told as that', () => {
    const dist = written();
    writeFileSync(join(dist, 'm/b/templates/x.yaml'), `<<<<<<< HEAD\n${textOf('1')}=======\n${textOf('2')}>>>>>>> topic\n`);
    expect(only(dist)).toMatchObject({ path: 'm/b/templates/x.yaml', line: 1, isConflict: true });
  });

  test.each(['_record/m/x.yaml', '_record/fleet.yaml', 'm/b/values.yaml'])('that holds a merge conflict is told as that, also %s', (path) => {
    const dist = written();
    const text = textsOf(files)[path] ?? '';
    writeFileSync(join(dist, path), `${text}<<<<<<< HEAD\n=======\n>>>>>>> topic\n`);
    expect(only(dist)).toMatchObject({ path, line: text.split('\n').length, isConflict: true });
  });

  test('that is empty is shown at its first line', () => {
    const dist = written();
    writeFileSync(join(dist, 'm/b/templates/x.yaml'), '');
    expect(only(dist)).toMatchObject({ path: 'm/b/templates/x.yaml', line: 1, expected: lines[0] });
  });

  test('that differs in white space only shows the difference', () => {
    const dist = written();
    writeFileSync(join(dist, 'm/b/templates/x.yaml'), textOf('1').replace('\n  ', '\n      '));
    const changed = only(dist);
    expect(changed?.found).not.toBe(changed?.expected);
  });

  test('is one that a link replaced, wherever the link leads', () => {
    const dist = written();
    const outside = folders.make({ 'x.yaml': textOf('1') });
    unlinkSync(join(dist, 'm/b/templates/x.yaml'));
    symlinkSync(join(outside, 'x.yaml'), join(dist, 'm/b/templates/x.yaml'));
    expect(only(dist)).toMatchObject({ path: 'm/b/templates/x.yaml', line: 1 });
  });
});
