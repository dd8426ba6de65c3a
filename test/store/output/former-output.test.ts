import fs, { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FleetError } from '../../../layers/problem';
import { compareOutput } from '../../../store/output/compare-output';
import { writeOutput } from '../../../store/output/write-output';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, tree, write } from '../../workspaces/temporary-folder';
import { makeFormer } from '../former-output';
import { interrupted, output, textsOf } from '../output-builder';

const folders = new TemporaryFolders();
const files = {
  'm/a/templates/app.yaml': '1',
  'm/a/templates/web.yaml': '1',
  'm/a/manifests/app/configmap-x.yaml': '1',
  'm/b/c/templates/app.yaml': '1',
  'n/a/templates/web.yaml': '1',
};
/** `web` is gone from `m`, and all of `n`. */
const fewer = { 'm/a/templates/app.yaml': '2', 'm/a/manifests/app/configmap-x.yaml': '1', 'm/b/c/templates/app.yaml': '1' };

/** Output as the tool wrote it before records were files of their own. */
function formerDist(versions: Readonly<Record<string, string>> = files, folder = folders.make()): string {
  const dist = join(folder, 'dist');
  writeOutput(dist, output(versions));
  makeFormer(dist, output(versions));
  return dist;
}

function committed(versions: Readonly<Record<string, string>> = files): { readonly repository: GitFolder; readonly dist: string } {
  const repository = new GitFolder(folders.make());
  const dist = formerDist(versions, repository.path);
  repository.commit(1);
  return { repository, dist };
}

/** As somebody else has it: nothing is known but what was committed. */
function cloned(): string {
  const path = join(folders.make(), 'clone');
  const { repository } = committed();
  repository.git('clone', '-q', repository.path, path);
  return join(path, 'dist');
}

/** Runs something that can move and remove so many files of a folder and no more. @returns whether it died of it */
function dies(steps: number, folder: string, run: () => unknown): boolean {
  let done = 0;
  const real = { rename: fs.renameSync, remove: fs.rmSync };
  const step = (path: unknown) => {
    if (String(path).startsWith(`${folder}/`) && done++ >= steps) throw new Error('killed');
  };
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    step(to);
    real.rename(from, to);
  });
  jest.spyOn(fs, 'rmSync').mockImplementation((path, options) => {
    step(path);
    real.remove(path, options);
  });
  try {
    run();
    return false;
  } catch (error) {
    expect((error as Error).message).toBe('killed');
    return true;
  } finally {
    jest.restoreAllMocks();
  }
}

describe('output of the former form', () => {
  test('is written anew: every `values.yaml` becomes the constant one, and records come beside', () => {
    const dist = formerDist();
    const { written, removed, left } = writeOutput(dist, output(files));
    const records = Object.keys(textsOf(files)).filter((path) => path.startsWith('_record/'));
    expect({ written, removed, left }).toEqual({ written: [...records, 'm/a/values.yaml', 'm/b/c/values.yaml', 'n/a/values.yaml'], removed: [], left: [] });
    expect(tree(dist)).toEqual(textsOf(files));
  });

  test('is told by a check as stale, not as somebody’s', () => {
    const { changed, extra, left } = compareOutput(formerDist(), output(fewer));
    expect(changed.map(({ path }) => path)).toEqual(['m/a/templates/app.yaml', 'm/a/values.yaml', 'm/b/c/values.yaml']);
    expect({ extra, left }).toEqual({
      extra: ['m/a/templates/web.yaml', 'n/a/Chart.yaml', 'n/a/templates/web.yaml', 'n/a/values.yaml'],
      left: [],
    });
  });

  test.each([
    ['where it was written', () => formerDist()],
    ['in a work tree', () => committed().dist],
    ['in a clone', () => cloned()],
  ])('loses in the same step what is rendered no more, %s', (_, make) => {
    const dist = make();
    expect(writeOutput(dist, output(fewer)).left).toEqual([]);
    expect(tree(dist)).toEqual(textsOf(fewer));
  });

  test.each([
    ['has more lines', (dist: string) => appendFileSync(join(dist, 'm/a/values.yaml'), '# mine\n')],
    ['names one app less, in a clone', (dist: string) => writeFileSync(join(dist, 'm/a/values.yaml'), '# Resolved values, and the layer that set each.\n')],
    ['is something else, in a clone', (dist: string) => writeFileSync(join(dist, 'm/a/values.yaml'), 'mine: true\n')],
    ['holds a conflict, in a clone', (dist: string) => writeFileSync(join(dist, 'm/a/values.yaml'), '<<<<<<< HEAD\n=======\n>>>>>>> topic\n')],
    ['is gone, in a clone', (dist: string) => rmSync(join(dist, 'm/a/values.yaml'))],
  ])('whose `values.yaml` was edited by hand is written anew as well: it %s', (name, edit) => {
    const dist = name.endsWith('clone') ? cloned() : formerDist();
    edit(dist);
    expect(writeOutput(dist, output(fewer)).left).toEqual([]);
    expect(tree(dist)).toEqual(textsOf(fewer));
  });

  test.each(['m/a/templates/mine.yaml', 'm/a/templates/never-enabled.yaml', 'n/a/notes.txt', 'm/a/manifests/app/mine.yaml'])(
    'is refused with a file of somebody in a target: %s',
    (path) => {
      const dist = formerDist();
      write(dist, { [path]: 'mine' });
      const before = tree(dirname(dist));
      expect(() => writeOutput(dist, output(fewer))).toThrow(FleetError);
      expect(tree(dirname(dist))).toEqual(before);
    },
  );

  test('is still known after a run that failed over it', () => {
    const dist = formerDist();
    const failing = interrupted(fewer, (folder) => {
      if (folder === 'm/b/c') throw new Error('a bug in the middle');
    });
    expect(() => writeOutput(dist, failing)).toThrow('a bug in the middle');
    writeOutput(dist, output(fewer));
    expect(tree(dist)).toEqual(textsOf(fewer));
  });

  test('is known in whole, wherever a run over it died, also to a fleet that renders something else', () => {
    const last = { 'm/a/Chart.yaml': '0', 'm/a/extra/configmap-x.yaml': '1' };
    for (let steps = 0; ; steps++) {
      const dist = formerDist({ 'm/a/templates/app.yaml': '1', 'm/a/templates/web.yaml': '1', 'n/a/templates/web.yaml': '1' });
      const died = dies(steps, dist, () => writeOutput(dist, output({ 'm/a/templates/app.yaml': '2', 'm/a/templates/new.yaml': '1' })));
      expect({ steps, left: writeOutput(dist, output(last)).left }).toEqual({ steps, left: [] });
      // It may leave a folder that it made and put nothing into.
      expect(Object.fromEntries(Object.entries(tree(dist)).filter(([, text]) => text !== '/'))).toEqual(textsOf(last));
      if (!died) break;
    }
  });

  test('merges with a branch that moved on: whatever side its files came from, they are the tool’s', () => {
    const { repository, dist } = committed();
    repository.git('checkout', '-q', '-b', 'moved');
    writeOutput(dist, output({ ...files, 'm/a/templates/new.yaml': '1' }));
    repository.commit(2).git('checkout', '-q', '-');
    const former = { ...files, 'm/a/templates/old.yaml': '1' };
    writeOutput(dist, output(former));
    makeFormer(dist, output(former));
    repository.commit(3);
    expect(() => repository.merge('moved', 4)).toThrow();
    expect(tree(dist)['m/a/values.yaml']).toContain('<<<<<<<');
    const next = { ...fewer, 'm/a/templates/new.yaml': '1' };
    expect(writeOutput(dist, output(next)).left).toEqual([]);
    expect(tree(dist)).toEqual(textsOf(next));
  });
});
