import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PatchPlaces, PatchState } from '../../layers/patch-state';
import { History } from '../../store/git/history';
import { sinceWhen } from '../../store/history/rollout-history';
import { partly } from '../runs';
import { GitFolder, timeAt } from '../workspaces/git-folder';
import { formsOr } from '../workspaces/rollout-workspace';
import { TemporaryFolders, write } from '../workspaces/temporary-folder';

const folders = new TemporaryFolders();
const targets = ['int/us', 'int/eu', 'prod/us', 'prod/eu'];

/** The history of one patch, committed hour by hour at these paths: 0, 1, 2, … */
interface Written {
  readonly git: GitFolder;
  /** Writes where it sits, without committing it. */
  readonly write: (paths: readonly string[]) => void;
  /** At which hour it came to a target and stayed. */
  readonly since: (target: string, paths: readonly string[]) => number | 'not committed' | 'no history';
}

function written(form: PatchPlaces['form'], steps: readonly (readonly string[])[]): Written {
  const git = new GitFolder(folders.make());
  const folder = join(git.path, 'config');
  const file = form === 'typescript' ? join(folder, 'mc/app.ts') : join(folder, 'mc/app/values.yaml');
  const writePaths = (paths: readonly string[]) => {
    rmSync(folder, { recursive: true, force: true });
    if (form === 'typescript') {
      const list = paths.map((path) => `'${path}'`).join(', ');
      write(git.path, { 'config/mc/app.ts': `export default { patches: { 'patch-001': { rolledOutTo: [${list}], change: {} } } };\n` });
      return;
    }
    const copies = paths.map((path) => [`config/mc/app/${path}/patch-001.yaml`, 'a: 1\n'] as const);
    write(git.path, { 'config/mc/app/values.yaml': 'a: 1\n', 'config/mc/app/int/patch-0010.yaml': '', ...Object.fromEntries(copies) });
  };
  for (const [hour, paths] of steps.entries()) {
    writePaths(paths);
    git.commit(hour);
  }
  const since = (target: string, paths: readonly string[]) => {
    const state: PatchState = { clusterType: 'mc', app: 'app', patch: 'patch-001', paths, nodes: [], targets, dimensions: ['environment', 'region'] };
    const rolledOutTo = { file, place: ['patches', 'patch-001', 'rolledOutTo'] };
    const base = { file, place: [] };
    const places: PatchPlaces = { form, patch: base, rolledOutTo, copies: [], changes: [{ app: 'app', change: base, base }], overrides: [] };
    const found = sinceWhen(new History(folder), state, places, target);
    return found === undefined ? 'no history' : found.time === undefined ? 'not committed' : (found.time - timeAt(0)) / 3_600_000;
  };
  return { git, write: writePaths, since };
}

describe.each(formsOr('yaml'))('since when a patch is where it is, in %s', (form) => {
  const everywhere = ['int', 'prod'];

  test('is told by the commit that let it in', () => {
    const { since } = written(form, [['int/us'], ['int/us', 'int/eu'], ['int', 'prod/us'], everywhere]);
    expect(targets.map((target) => since(target, everywhere))).toEqual([0, 1, 2, 3]);
  });

  test('is not changed by what is committed later, nor by coalescing', () => {
    const { git, since } = written(form, [['int/us'], ['int/us', 'int/eu'], ['int'], ['int'], ['int', 'prod/us']]);
    write(git.path, { 'config/mc/app/README.md': 'x', 'config/mc/other.ts': 'x' });
    git.commit(9);
    expect(['int/us', 'int/eu', 'prod/us'].map((target) => since(target, ['int', 'prod/us']))).toEqual([0, 1, 4]);
  });

  test('begins anew where it was taken back in between', () => {
    const { since } = written(form, [['int'], ['int', 'prod'], ['int'], ['int', 'prod']]);
    expect(targets.map((target) => since(target, everywhere))).toEqual([0, 0, 3, 3]);
  });

  test('is open until it is committed', () => {
    const { write: writePaths, since } = written(form, [['int']]);
    writePaths(['int', 'prod/us']);
    expect(['int/us', 'prod/us'].map((target) => since(target, ['int', 'prod/us']))).toEqual([0, 'not committed']);
  });

  test('is open where nothing was committed yet, and unknown without a repository', () => {
    const fresh = written(form, []);
    fresh.write(['int']);
    expect(fresh.since('int/us', ['int'])).toBe('not committed');
    rmSync(join(fresh.git.path, '.git'), { recursive: true });
    expect(fresh.since('int/us', ['int'])).toBe('no history');
  });
});

describe('an older version of a file in TypeScript', () => {
  test.each(
    partly(['export default {', 'export default make();', "const paths = ['int'];\nexport default { patches: { 'patch-001': { rolledOutTo: paths } } };"], 1),
  )('that says nothing that can be read ends the search: %j', (old) => {
    const { git, since, write: writePaths } = written('typescript', []);
    write(git.path, { 'config/mc/app.ts': old });
    git.commit(1);
    writePaths(['int']);
    git.commit(2);
    expect(since('int/us', ['int'])).toBe(2);
  });
});

/** What somebody commits: where the patch sits, what it changes, and how that is written. */
interface Committed {
  readonly paths: readonly string[];
  readonly value: number;
  readonly style: number;
  readonly base: number;
}

const styles: readonly ((value: number) => string)[] = [
  (value) => `{ a: ${value}, b: 'x' }`,
  (value) => `{\n  // why\n  "b": "x",\n  a: ${value},\n}`,
  (value) => `{ b: 'x', a: ${value} /* what */ }`,
];

/** Files of a fleet that was committed so. */
function filesOf(form: PatchPlaces['form'], { paths, value, style, base }: Committed): Readonly<Record<string, string>> {
  const change = styles[style]?.(value) ?? '';
  if (form === 'typescript') {
    const list = paths.map((path) => `'${path}'`).join(', ');
    return { 'config/mc/app.ts': `export default { base: ${base}, patches: { 'patch-001': { rolledOutTo: [${list}], change: ${change} } } };\n` };
  }
  const text = change.replace(/\/\/ (.*)/, '# $1').replace(/\/\* (.*) \*\/ }/, '}');
  return { 'config/mc/app/values.yaml': `a: ${base}\n`, ...Object.fromEntries(paths.map((path) => [`config/mc/app/${path}/patch-001.yaml`, text])) };
}

const committed: fc.Arbitrary<Committed> = fc.record({
  paths: fc.constantFrom(['int/us'], ['int'], ['int', 'prod/us'], ['int', 'prod'], ['int/us', 'int/eu', 'prod']),
  value: fc.integer({ min: 1, max: 2 }),
  style: fc.integer({ min: 0, max: 2 }),
  base: fc.integer({ min: 1, max: 2 }),
});

describe.each(formsOr('typescript'))('however a patch is moved, edited and rewritten, in %s,', (form) => {
  test('its time at a target is that of the first commit since which all say the same there', () => {
    fc.assert(
      fc.property(fc.array(committed, { minLength: 1, maxLength: 5 }), fc.boolean(), (versions, isEdited) => {
        const { git, since } = written(form, []);
        const put = (version: Committed) => {
          rmSync(join(git.path, 'config'), { recursive: true, force: true });
          write(git.path, filesOf(form, version));
        };
        for (const [hour, version] of versions.entries()) {
          put(version);
          git.commit(hour);
        }
        const last = versions[versions.length - 1] as Committed;
        // An edit that is not committed is not there.
        if (isEdited) put({ ...last, value: 3 });
        for (const target of targets) {
          const says = ({ paths, value }: Committed) => paths.some((path) => target === path || target.startsWith(`${path}/`)) && value === last.value;
          if (!says(last)) continue;
          const index = versions.findLastIndex((version) => !says(version)) + 1;
          expect(since(target, last.paths)).toBe(isEdited ? 'not committed' : index);
        }
      }),
      { numRuns: 12 },
    );
  });
});
