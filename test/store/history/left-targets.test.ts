import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PatchPlaces, PatchState } from '../../../layers/patch-state';
import { History } from '../../../store/git/history';
import { type LeftTargets, leftTargets } from '../../../store/history/left-targets';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { formsOr } from '../../workspaces/rollout-workspace';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const targets = ['int/us', 'int/eu', 'prod/us', 'prod/eu'];

/** Where a patch sits, and what it says. */
interface Said {
  readonly paths: readonly string[];
  readonly value?: number;
  /** What it imports, of no concern to it. */
  readonly beside?: number;
}

type Told = Readonly<Record<string, number | 'not committed'>>;

/** A patch whose versions are committed hour by hour; the last one may lie there uncommitted. */
function story(form: PatchPlaces['form'], versions: readonly Said[], isCommitted = true): GitFolder {
  const git = new GitFolder(folders.make());
  for (const [hour, { paths, value = 1, beside = 1 }] of versions.entries()) {
    rmSync(join(git.path, 'config'), { recursive: true, force: true });
    const list = paths.map((path) => `'${path}'`).join(', ');
    const text = `import { b } from './beside';\nexport default { patches: { 'patch-001': { rolledOutTo: [${list}], change: { a: ${value}, b } } } };\n`;
    const typeScript = { 'config/mc/app.ts': text, 'config/mc/beside.ts': `export const b = 1;\nexport const c = ${beside};\n` };
    const copies = paths.map((path) => [`config/mc/app/${path}/patch-001.yaml`, `a: ${value}\n`] as const);
    write(git.path, form === 'typescript' ? typeScript : { 'config/mc/app/values.yaml': `b: ${beside}\n`, ...Object.fromEntries(copies) });
    if (isCommitted || hour < versions.length - 1) git.commit(hour);
  }
  return git;
}

function left(form: PatchPlaces['form'], folder: string, { paths }: Pick<Said, 'paths'>): LeftTargets {
  const file = join(folder, form === 'typescript' ? 'config/mc/app.ts' : 'config/mc/app/values.yaml');
  const base = { file, place: [] };
  const rolledOutTo = { file, place: ['patches', 'patch-001', 'rolledOutTo'] };
  const places: PatchPlaces = { form, patch: base, rolledOutTo, copies: [], changes: [{ app: 'app', change: base, base }], overrides: [] };
  const state: PatchState = { clusterType: 'mc', app: 'app', patch: 'patch-001', paths, nodes: [], targets, dimensions: ['environment', 'region'] };
  return leftTargets(new History(join(folder, 'config')), state, places);
}

/** At which hour each was left. */
function told(form: PatchPlaces['form'], folder: string, version: Pick<Said, 'paths'>): Told {
  const hour = (time: number) => (time - timeAt(0)) / 3_600_000;
  return Object.fromEntries([...left(form, folder, version).targets].map(([target, { commit }]) => [target, commit ? hour(commit.time) : 'not committed']));
}

function toldOf(form: PatchPlaces['form'], versions: readonly Said[], isCommitted = true): Told {
  return told(form, story(form, versions, isCommitted).path, versions.at(-1) as Said);
}

const at = (...paths: readonly string[]): Said => ({ paths });

describe.each(formsOr('typescript'))('where a patch was taken back from, in %s,', (form) => {
  test.each<readonly [string, readonly Said[], Told]>([
    ['nothing, of one that only went on', [at('int/us'), at('int'), at('int', 'prod/us'), at('int', 'prod')], {}],
    ['what a commit took it out of, however much later', [at('int'), at('int', 'prod/us'), at('int'), at('int')], { 'prod/us': 2 }],
    ['all that one took it out of, with a coarser path taken apart', [at('int', 'prod'), at('int/us')], { 'int/eu': 1, 'prod/us': 1, 'prod/eu': 1 }],
    ['nothing, where it is there again', [at('int', 'prod/us'), at('int'), at('int', 'prod/us')], {}],
    ['nothing, where somebody lets it in again at one of what it left together', [at('int', 'prod'), at('int/us'), at('int')], {}],
    ['what it left before and by itself', [at('int', 'prod'), at('int', 'prod/us'), at('int/us'), at('int')], { 'prod/eu': 1 }],
    ['what it left again', [at('int', 'prod/us'), at('int'), at('int', 'prod/us'), at('int')], { 'prod/us': 3 }],
    ['nothing, of another content', [{ paths: ['int', 'prod'], value: 2 }, at('int')], {}],
    ['nothing, where it was edited since', [at('int', 'prod'), at('int'), { paths: ['int'], value: 2 }], {}],
    ['the same, where what it imports says something else', [at('int', 'prod/eu'), at('int'), { paths: ['int'], beside: 2 }], { 'prod/eu': 1 }],
  ])('is %s', (_, versions, expected) => {
    expect(toldOf(form, versions)).toEqual(expected);
  });

  test('is told of what is not committed', () => {
    expect(toldOf(form, [at('int', 'prod/us'), at('int')], false)).toEqual({ 'prod/us': 'not committed' });
    expect(toldOf(form, [at('int')], false)).toEqual({});
  });

  test('is told of a revert, and of what a merge brings', () => {
    const git = story(form, [at('int'), at('int', 'prod/us')]);
    git.git('checkout', '-q', '-b', 'back');
    git.git('revert', '--no-edit', 'HEAD');
    git.git('checkout', '-q', 'main');
    expect(told(form, git.path, at('int', 'prod/us'))).toEqual({});
    expect(told(form, git.merge('back', 7).path, at('int'))).toEqual({ 'prod/us': 7 });
  });

  test('cannot be told of a clone without its history', () => {
    const git = story(form, [at('int', 'prod/us'), at('int'), at('int')]);
    const folder = folders.make();
    git.git('clone', '-q', '--depth', '1', `file://${git.path}`, folder);
    expect(left(form, folder, at('int'))).toEqual({ targets: new Map(), isWhole: false });
    // Where there never was one, there is nothing to be told.
    rmSync(join(folder, '.git'), { recursive: true });
    expect(left(form, folder, at('int'))).toEqual({ targets: new Map(), isWhole: true });
  });

  test('is what it covered, lost, and has not had since at any target that it lost with that', () => {
    const paths = fc.constantFrom(['int/us'], ['int'], ['int', 'prod/us'], ['int', 'prod'], ['int/us', 'int/eu', 'prod'], ['int/eu', 'prod/eu']);
    fc.assert(
      fc.property(fc.array(paths, { minLength: 1, maxLength: 6 }), (lists) => {
        const covers = (hour: number, target: string) => (lists[hour] ?? []).some((path) => target === path || target.startsWith(`${path}/`));
        const expected: Record<string, number> = {};
        for (const target of targets) {
          const last = lists.findLastIndex((_, hour) => covers(hour, target));
          if (last < 0 || last === lists.length - 1) continue;
          const together = targets.filter((one) => covers(last, one) && !covers(last + 1, one));
          if (!together.some((one) => lists.some((_, hour) => hour > last + 1 && covers(hour, one) && !covers(hour - 1, one)))) expected[target] = last + 1;
        }
        expect(
          toldOf(
            form,
            lists.map((list) => at(...list)),
          ),
        ).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
