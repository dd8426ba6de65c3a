import type { Change } from '../../../changes/change';
import { boardCommit } from '../../../cli/print/board/board-commit';
import { boardOf, runsOf } from '../../../cli/print/board/board-of';
import { nodesNow, nodesThen } from '../../../cli/read/board/nodes';
import { readBoardOf } from '../../../cli/read/board/read-board';
import type { HistoryCommit } from '../../../cli/read/history/output-history';
import { gatesWithApprovers } from '../../../cli/read/owners/approvers-of';
import { configState } from '../../../cli/read/state/config-state';
import type { AnyFleet } from '../../../constructs';
import { application, apps, buildFleet } from '../../builders/fleet-builder';
import { buildHubFleet, fleetFile } from '../../builders/hub-builder';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { appOf, saidAt } from './decode';

const folders = new TemporaryFolders();

function boardNow(fleet: AnyFleet) {
  const output = fleet.synth();
  return boardOf(readBoardOf({ config: folders.make(), fleet, output, patches: output.patches() }, { commits: 1, now: new Date(0) }));
}

const [us, production] = ['integration/int-1/us', 'production/prod-1/us'];

test('several versions are one field, said by the first layer but the base', () => {
  const source = (chart: string) => ({ repoURL: 'https://charts.example.com', chart, targetRevision: '1.0.0' });
  const { source: _, ...rest } = application();
  const web = {
    ...rest,
    sources: { a: source('a'), b: source('b') },
    overrides: { production: { sources: { b: { targetRevision: '2.0.0' } } } },
  };
  const board = boardNow(buildFleet(apps({ web })));
  const app = appOf(board, 'web');
  expect(app.fields[app.version as number]?.name).toBe('version');
  expect(saidAt(board, app, us).get('version')?.slice(0, 2)).toEqual([{ a: '1.0.0', b: '1.0.0' }, 'base']);
  expect(saidAt(board, app, production).get('version')?.slice(0, 2)).toEqual([{ a: '1.0.0', b: '2.0.0' }, 'override production']);
});

test('what is a map in configuration and a list in the manifest keeps its layer', () => {
  const team = {
    kind: 'AppProject',
    sourceRepos: ['https://charts.example.com'],
    destinations: { own: { name: '*', namespace: 'web' }, far: { server: 'https://far.example.com', namespace: 'web' } },
    overrides: { production: { destinations: { far: { namespace: 'production' } } } },
  };
  const board = boardNow(buildFleet(apps({ team, web: application() })));
  const said = [...saidAt(board, appOf(board, 'team'), production)].filter(([field]) => field.startsWith('destinations'));
  expect(said.map(([field, [value, layer]]) => [field, value, layer])).toEqual([
    ['destinations.0.namespace', 'production', 'override production'],
    ['destinations.0.server', 'https://far.example.com', 'base'],
    ['destinations.1.name', '*', 'base'],
    ['destinations.1.namespace', 'web', 'base'],
  ]);
});

test('the gate of all nodes of one name is that of each, now and in what was recorded, and its approvers are theirs', () => {
  const tenant = (name: string, approver: string) => ({ name, environments: ['dev', { name: 'prod', promotion: 'manual', approvers: [approver] }] });
  const fleet = buildHubFleet({ fleet: { ...fleetFile, sequence: 'environments', tenants: [tenant('shop', 'ann'), tenant('platform', 'bob')] } });
  const output = fleet.synth();
  expect(output.hierarchy.gates).toEqual(['*/prod']);
  const manual = nodesNow(output, 0).flatMap(({ path, isManual }) => (isManual ? [path] : []));
  expect(manual).toEqual(['shop/prod', 'platform/prod']);
  const then = nodesThen(configState(output), 0);
  expect(then.flatMap(({ path, isManual }) => (isManual ? [path] : []))).toEqual(manual);
  expect(gatesWithApprovers(output, ['*/prod', 'shop/prod'])).toEqual([
    { node: '*/prod', approvers: ['ann', 'bob'] },
    { node: 'shop/prod', approvers: ['ann'] },
  ]);
});

test('a freeze counts at the moment that is looked at', () => {
  const freeze = { reason: 'the holidays', until: '2026-12-31' };
  const environments = [{ name: 'production', freeze, sectors: [{ name: 'prod-1', regions: ['us'] }] }];
  const output = buildFleet({ fleet: { repository: 'https://example.com/fleet.git', environments } }).synth();
  const [before, after] = [Date.UTC(2026, 11, 1), Date.UTC(2027, 1, 1)];
  for (const nodes of [nodesNow(output, before), nodesThen(configState(output), before)]) expect(nodes[0]?.frozen).toMatchObject(freeze);
  for (const nodes of [nodesNow(output, after), nodesThen(configState(output), after)]) expect(nodes[0]).not.toHaveProperty('frozen');
});

describe('a commit', () => {
  const person = { name: '', email: 'ann@example.com' };
  const commit = { hash: 'f00d', author: person, committer: person, date: '2026-11-01T10:00:00+00:00', subject: 'Edit', trailers: [] };
  const field = (name: string, paths: readonly string[], targets = paths): Change =>
    ({ kind: 'field', clusterType: 'mgmt', app: 'web', field: name, before: 1, after: 2, paths, targets, cause: { now: [], before: [] } }) as unknown as Change;
  const shownOf = (changes: readonly Change[], renames: HistoryCommit['renames'] = []) =>
    boardCommit({ commit, renames, changes: changes.map((change) => ({ change, reasons: [] })) } as unknown as HistoryCommit, 'dimensions');

  test('that changed much shows so many changes, and how many more there are', () => {
    const { changes, more, author } = shownOf(Array.from({ length: 25 }, (_, index) => field(`a${index}`, ['production'])));
    expect([changes.length, more, author]).toEqual([20, 5, 'ann@example.com']);
    expect(shownOf([field('a', ['production'])])).not.toHaveProperty('more');
  });

  test('that changed many places names the nodes that they lie in', () => {
    const targets = Array.from({ length: 60 }, (_, index) => `production/prod-${index % 3}/region-${index}`);
    expect(shownOf([field('a', targets)]).changes[0]).toMatchObject({ targets: 60, paths: ['production/prod-0', 'production/prod-1', 'production/prod-2'] });
    const scattered = Array.from({ length: 50 }, (_, index) => `e${index}/s/r`);
    expect(shownOf([field('a', scattered)]).changes[0]?.paths).toEqual(['*']);
  });

  test('that renamed a folder says so', () => {
    expect(shownOf([], [{ from: 'mgmt/old', to: 'mgmt/new' }]).changes).toEqual([
      { sign: ' ', text: 'mgmt/old renamed', where: 'to mgmt/new', paths: ['*'], targets: 0 },
    ]);
  });
});

test('what follows one another and is the same is counted', () => {
  expect(runsOf([])).toEqual([]);
  expect(runsOf([0, 0, 1, -1, -1, 0])).toEqual([2, 0, 1, 1, 2, -1, 1, 0]);
});
