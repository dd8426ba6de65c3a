import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PatchPlaces, PatchState } from '../../../layers/patch-state';
import { History } from '../../../store/git/history';
import { sinceWhen } from '../../../store/history/rollout-history';
import { GitFolder, timeAt } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

interface Rendered {
  readonly output?: string;
  /** @default - no record */
  readonly sequence?: readonly string[];
  /** @default everywhere */
  readonly rendered?: readonly string[];
}

const list = (key: string, items: readonly string[]) => `${key}:${items.length === 0 ? ' []' : ''}\n${items.map((item) => `  - '${item}'\n`).join('')}`;

/** A patch at `int` from the first hour on, and what was rendered hour by hour. */
function fleet(...hours: readonly Rendered[]): (target: string, output?: string) => number | 'not committed' | undefined {
  const git = new GitFolder(folders.make());
  const file = join(git.path, 'config/mc/app.ts');
  write(git.path, { 'config/mc/app.ts': "export default { patches: { 'patch-001': { rolledOutTo: ['int'], change: {} } } };\n" });
  for (const [hour, { output = 'dist', sequence, rendered = ['*'] }] of hours.entries()) {
    for (const place of ['dist', 'deploy']) rmSync(join(git.path, place), { recursive: true, force: true });
    if (sequence)
      write(git.path, { [`${output}/_record/fleet.yaml`]: list('sequence', sequence), [`${output}/_record/mc/app.yaml`]: list('rendered', rendered) });
    git.commit(hour);
  }
  return (target, output = 'dist') => {
    const state: PatchState = { clusterType: 'mc', app: 'app', patch: 'patch-001', paths: ['int'], nodes: [], targets: ['int/us', 'int/eu'], dimensions: [] };
    const base = { file, place: [] };
    const rolledOutTo = { file, place: ['patches', 'patch-001', 'rolledOutTo'] };
    const places: PatchPlaces = { form: 'typescript', patch: base, rolledOutTo, copies: [], changes: [{ app: 'app', change: base, base }], overrides: [] };
    const since = sinceWhen(new History(git.path), state, places, target, undefined, join(git.path, output));
    return since && (since.time === undefined ? 'not committed' : (since.time - timeAt(0)) / 3_600_000);
  };
}

const one = { sequence: ['int/us'] };
const both = { sequence: ['int/us', 'int/eu'] };

test('a patch came to no target before the target was there', () => {
  const since = fleet(one, one, both, both);
  expect([since('int/us'), since('int/eu')]).toEqual([0, 2]);
});

test('a target that left and came again is a new one', () => {
  const since = fleet(both, one, both);
  expect([since('int/us'), since('int/eu')]).toEqual([0, 2]);
});

test('a target that nothing was rendered for yet has no patch', () => {
  const since = fleet(one, one);
  expect([since('int/us'), since('int/eu')]).toEqual([0, 'not committed']);
});

test('a patch came to no target before the app was rendered there', () => {
  const since = fleet({ ...both, rendered: ['int/us'] }, { ...both, rendered: ['int/us'] }, both);
  expect([since('int/us'), since('int/eu')]).toEqual([0, 2]);
});

test('an app that is rendered nowhere says nothing of when a patch came', () => {
  expect(fleet({ ...both, rendered: [] }, { ...both, rendered: [] })('int/eu')).toBe(0);
});

test('what was recorded before the output was moved counts', () => {
  const since = fleet(one, both, { ...both, output: 'deploy' }, { ...both, output: 'deploy', rendered: ['int'] });
  expect([since('int/us', 'deploy'), since('int/eu', 'deploy')]).toEqual([0, 1]);
});

test('output without records says nothing', () => {
  expect([fleet({}, {})('int/eu'), fleet({}, both)('int/eu'), fleet({}, both, both)('int/us')]).toEqual([0, 0, 0]);
});
