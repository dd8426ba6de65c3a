import fc from 'fast-check';
import type { BoardApp, BoardSaid } from '../../../../cli/board/board';
import { addressOfCommit, addressOfLine } from '../../../../cli/board/page/model/addresses';
import { columnsOf } from '../../../../cli/board/page/model/columns';
import { differencesOf, isDifferent } from '../../../../cli/board/page/model/differences';
import { Fleet } from '../../../../cli/board/page/model/fleet';
import { isOtherwise, liveCounts, liveOf, liveText, troubles, worstOf } from '../../../../cli/board/page/model/live';
import { guardsOf, kindOf, layersOf } from '../../../../cli/board/page/model/marks';
import { hashOf, type Place, placeOf, views } from '../../../../cli/board/page/model/place';
import { saidAt } from '../../../../cli/board/page/model/runs';
import { entriesOf, search } from '../../../../cli/board/page/model/search';
import { filterHistory } from '../../../../cli/board/page/model/timeline';
import { countsOf, letterOf, valuesOf, valueText } from '../../../../cli/board/page/model/values';
import { rolloutsOf, wayOf } from '../../../../cli/board/page/model/way';
import { boardOf, fieldOf, nodesOf, rollout, smallBoard } from '../../../builders/board-builder';

const fleet = new Fleet(smallBoard());
const node = (path: string) => fleet.tryFindNode(path) as number;
const certManager = fleet.tryFindApp('cert-manager') as NonNullable<ReturnType<Fleet['tryFindApp']>>;

test('what holds at each target is what was written for it, whatever runs it stands in', () => {
  const said = fc.option(fc.tuple(fc.constantFrom<BoardSaid[0]>('a', 1, null, ['x']), fc.constantFrom('base', 'patch-1 int')), { nil: undefined });
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 30 }), (held) => {
      const app = { clusterType: 0, name: 'app', targets: held.map((_, index) => index), fields: [fieldOf('field', held)] };
      expect(held.map((_, position) => saidAt(app, app.fields[0] as (typeof app.fields)[0], position))).toEqual(held);
    }),
  );
});

test('equal values are one value, the most frequent is the first, and nothing is no value', () => {
  const held: readonly (BoardSaid | undefined)[] = [['a', 'base'], ['b', 'patch-1 x'], ['b', 'override x'], undefined];
  const app = { clusterType: 0, name: 'app', targets: [0, 1, 2, 3], fields: [fieldOf('field', held)] };
  const values = valuesOf(app, app.fields[0] as (typeof app.fields)[0]);
  expect(values.values.map(({ text, letter, count }) => [text, letter, count])).toEqual([
    ['b', 'A', 2],
    ['a', 'B', 1],
  ]);
  expect([...values.at]).toEqual([1, 0, 0, -1]);
  expect(countsOf(values, [0, 3])).toEqual({ counts: [[values.values[1], 1]], without: 1 });
  expect([0, 25, 26, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});

test.each([
  ['v1.2', 'v1.2'],
  ['true', '"true"'],
  ['1.20', '"1.20"'],
  ['1.20.3', '1.20.3'],
  ['{{ .name }}', '{{ .name }}'],
  ['[]', '"[]"'],
  ['', '""'],
  [1.2, '1.2'],
  [['a'], '["a"]'],
  [null, 'null'],
])('a value is written so that nobody takes it for another one: %j', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test('a text stands in quotes where it is empty, or would be read as JSON', () => {
  const part = fc.constantFrom('0', '1', '-', '.', 'e', '+', ' ', '\n', '\u00a0', 'true', 'null', '"', '[', ']', '{', '}', 'x');
  const text = fc.oneof(
    fc.json(),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
  );
  const isRead = (one: string) => {
    try {
      JSON.parse(one);
      return true;
    } catch {
      return one === '';
    }
  };
  fc.assert(
    fc.property(text, (one) => expect(valueText(one) !== one).toBe(isRead(one))),
    { numRuns: 3000 },
  );
});

test('every place is found again by its address', () => {
  const text = fc.option(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('production/a', 'a+b&c=d#e%', '__proto__')), { nil: undefined });
  const place = fc.record({ app: text, at: text, field: text, is: text, size: text, left: text, right: text, by: text, q: text, target: text });
  fc.assert(
    fc.property(place, fc.constantFrom(...views), (keys, view) => {
      const meant = placeOf(hashOf({ view, ...keys }));
      for (const [key, value] of Object.entries(keys)) expect(meant[key as keyof Place]).toBe(value);
      const isPossible = (view !== 'target' || keys.target !== undefined) && (view !== 'search' || keys.q !== undefined);
      if (isPossible) expect(meant.view).toBe(view);
      expect(placeOf(hashOf(meant))).toEqual(meant);
    }),
  );
});

test('addresses are as short as people write them', () => {
  expect(hashOf({ app: 'cert-manager', at: 'production' })).toBe('#app=cert-manager&at=production');
  expect(hashOf({ view: 'target', target: 'a/b', app: 'x' })).toBe('#target=a/b&app=x');
  expect(hashOf({ view: 'history', at: 'a/b', q: 'a b' })).toBe('#view=history&at=a/b&q=a%20b');
  expect(hashOf({})).toBe('#');
  expect(placeOf('#view=nonsense&more=1&app=a')).toEqual({ view: 'fleet', app: 'a' });
  expect(placeOf('#%E0%A4%A')).toEqual({ view: 'fleet' });
  expect(hashOf({ q: '\ud800' })).toBe('#view=fleet&q=%EF%BF%BD');
});

test('an app that two cluster types have is called by both names', () => {
  expect(fleet.board.apps.map((app) => fleet.appKey(app))).toEqual(['management-cluster/argocd', 'cert-manager', 'hypershift', 'infra-cluster/argocd']);
  expect(fleet.tryFindApp('infra-cluster/argocd')).toBe(fleet.board.apps[3]);
  expect(fleet.tryFindApp('argocd', 'infra-cluster')).toBe(fleet.board.apps[3]);
  expect(fleet.tryFindApp('management-cluster/cert-manager')).toBe(certManager);
  expect([fleet.tryFindApp('__proto__'), fleet.tryFindNode('constructor')]).toEqual([undefined, undefined]);
});

test('nodes of one node need not follow each other', () => {
  const nodes = [
    { name: 'a' },
    { name: 'b' },
    { name: 'dev', parent: 0 },
    { name: 'dev', parent: 1 },
    { name: 'prod', parent: 0 },
    { name: 'prod', parent: 1 },
  ];
  const ranked = new Fleet(boardOf({ nodes, clusterTypes: [{ name: 'c', targets: [2, 3, 4, 5] }] }));
  expect(ranked.targetsIn(0)).toEqual([2, 4]);
  expect(columnsOf(ranked, undefined).heads).toEqual([
    [
      { node: 0, span: 2 },
      { node: 1, span: 2 },
    ],
    [2, 4, 3, 5].map((one) => ({ node: one, span: 1 })),
  ]);
  const stages = wayOf(ranked, rollout({ targets: [2, 3, 4, 5] }));
  expect(stages.map((stage) => ranked.path(stage.node))).toEqual(['a', 'b', 'a', 'b'].slice(0, stages.length));
});

test('columns are of the deepest level that fits beside each other', () => {
  expect(columnsOf(fleet, undefined).nodes.map((one) => fleet.path(one))).toEqual(fleet.targets.map((one) => fleet.path(one)));
  expect(columnsOf(fleet, undefined, 0).nodes.map((one) => fleet.path(one))).toEqual(['integration', 'stage', 'production']);
  expect(columnsOf(fleet, node('production')).heads[0]).toEqual([{ node: node('production'), span: 3 }]);
  const regions = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`r${index}`, null]));
  const wide = new Fleet(boardOf(nodesOf({ a: regions, b: regions, c: null })));
  expect(columnsOf(wide, undefined).nodes.map((one) => wide.path(one))).toEqual(['a', 'b', 'c']);
  expect(columnsOf(wide, undefined, 1).nodes.length).toBe(3);
});

test('layers that have a say are told by kind', () => {
  expect(['base', undefined, 'override a/b', 'patch-1 a', 'patch override a'].map(kindOf)).toEqual(['base', 'base', 'override', 'patch', 'patch']);
  expect(layersOf(certManager)[6]).toEqual({ patches: ['patch-001 production/prod-canary'], overrides: ['override production'] });
  expect(layersOf(certManager)[0]).toEqual({ patches: ['patch-001 integration'], overrides: [] });
});

test('a target is guarded by all that it lies in', () => {
  expect(guardsOf(fleet, node('production/prod-sector-1/us-east1'))).toEqual({
    gates: [node('production'), node('production/prod-sector-1')],
    frozen: { node: node('production/prod-sector-1'), says: { until: '2026-12-31', reason: 'end of the year' } },
  });
  expect(guardsOf(fleet, node('integration'))).toEqual({ gates: [] });
});

test('a rollout goes from stop to stop, through gates', () => {
  const [first] = fleet.board.rollouts;
  const stops = wayOf(fleet, first as NonNullable<typeof first>).map((stage) =>
    stage.stops.map(({ node: one, covered, targets, state, gates }) => [
      fleet.path(one),
      `${covered}/${targets.length}`,
      state,
      gates.map((gate) => fleet.path(gate)),
    ]),
  );
  expect(stops).toEqual([
    [
      ['integration/int-sector-1', '2/2', 'covered', []],
      ['integration/int-sector-2', '1/1', 'covered', []],
    ],
    [
      ['stage/stage-sector-1', '2/2', 'covered', ['stage']],
      ['stage/stage-sector-2', '1/1', 'covered', []],
    ],
    [
      ['production/prod-canary', '1/1', 'covered', ['production']],
      ['production/prod-sector-1', '0/2', 'frozen', ['production/prod-sector-1']],
    ],
  ]);
  const flat = new Fleet(boardOf({ nodes: [{ name: 'a' }, { name: 'b' }] }));
  expect(wayOf(flat, rollout({ targets: [0, 1], covered: [0], entering: [1] })).map(({ stops: [stop] }) => stop?.state)).toEqual(['covered', 'next']);
});

test('an app is moved by its own rollouts, and by those of what it has in common with others', () => {
  const [own, release] = [rollout({}), rollout({ app: 'releases', patch: 'patch-001' })];
  const both = new Fleet(
    smallBoard({ rollouts: [own, release, rollout({ app: 'releases', patch: 'patch-0' }), rollout({ app: 'argocd', clusterType: 'infra-cluster' })] }),
  );
  expect(rolloutsOf(both, certManager)).toEqual([own, release]);
  expect(rolloutsOf(both, both.board.apps[0] as typeof certManager)).toEqual([]);
});

test('two nodes differ in fields whose sets of values differ', () => {
  const found = differencesOf(fleet, node('stage'), node('production'));
  expect(found.filter(isDifferent).map(({ app, targets, fields, alike }) => [app.name, targets, fields.map(({ field }) => field), alike])).toEqual([
    ['cert-manager', [3, 3], ['source.helm.valuesObject.replicaCount', 'source.targetRevision'], 2],
    ['hypershift', [3, 0], [], 0],
  ]);
  const [replicas, version] = found[1]?.fields ?? [];
  expect([replicas?.left.without, replicas?.right.counts.map(([value, count]) => [value.text, count])]).toEqual([3, [['3', 3]]]);
  expect(version?.right.counts.map(([value, count]) => [value.text, count])).toEqual([
    ['v1.18.2', 2],
    ['v1.19.0', 1],
  ]);
  expect(differencesOf(fleet, node('integration/int-sector-1'), node('integration/int-sector-2')).filter(isDifferent)).toEqual([]);
});

test.each<[Parameters<typeof filterHistory>[1], readonly string[]]>([
  [{}, ['Promote patch-001 of cert-manager', 'Add hypershift', 'Write down who is on call']],
  [{ app: 'cert-manager' }, ['Promote patch-001 of cert-manager']],
  [{ app: 'fluentd' }, ['Add hypershift']],
  [{ at: 'production' }, ['Promote patch-001 of cert-manager', 'Add hypershift']],
  [{ at: 'stage/stage-sector-2' }, ['Add hypershift']],
  [{ by: 'Ann Lee' }, ['Promote patch-001 of cert-manager', 'Write down who is on call']],
  [{ q: 'v1.19.0 CANARY' }, ['Promote patch-001 of cert-manager']],
  [{ q: 'on call' }, ['Write down who is on call']],
  [{ app: 'cert-manager', q: 'hypershift' }, []],
])('the history of %j', (filter, subjects) => {
  expect(filterHistory(fleet, filter).map(({ commit }) => commit.subject)).toEqual(subjects);
});

test('everything is found, and what begins with the text stands first', () => {
  const entries = entriesOf(fleet);
  const found = (text: string) => search(entries, text).map(({ kind, entries: those }) => [kind, those.map((entry) => entry.text)]);
  expect(found('cert-man')[0]).toEqual(['Apps', ['cert-manager']]);
  expect(found('v1.19')).toContainEqual(['Values', ['v1.19.0']]);
  expect(found('replicaCount')).toContainEqual(['Fields', ['source.helm.valuesObject.replicaCount']]);
  expect(found('prod canary us')).toEqual([['Nodes', ['production/prod-canary/us-east1']]]);
  expect(found('ben')).toEqual([['People', ['Ben Okafor']]]);
  expect(found('patch-001 security')).toEqual([['Patches', ['patch-001']]]);
  expect([found(''), found('nothing is called so')]).toEqual([[], []]);
});

test('Applications of several clusters are those of their app, and the worst of them counts', () => {
  const node = fleet.targets[0] as number;
  const index = fleet.board.apps.findIndex(({ name }) => name === 'cert-manager');
  const app = fleet.board.apps[index] as BoardApp;
  const asked = new Fleet(
    smallBoard({
      live: {
        at: '2026-11-28T09:00:00Z',
        of: 'HEAD (1a2b3c4)',
        targets: [
          { node, clusterType: app.clusterType, well: [index], others: [{ name: 'cert-manager-two', app: index, health: 'Degraded', sync: 'OutOfSync' }] },
          { node, clusterType: app.clusterType + 1, unknown: 'no answer', well: [], others: [] },
        ],
      },
    }),
  );
  const live = liveOf(asked, node, asked.board.apps[index] as BoardApp);
  expect(live).toMatchObject({ well: 1, others: [{ name: 'cert-manager-two' }] });
  expect([worstOf([live]), isOtherwise(live), worstOf([]), liveOf(asked, fleet.targets[1] as number, asked.board.apps[index] as BoardApp)]).toEqual([
    'Degraded',
    true,
    undefined,
    undefined,
  ]);
  expect(liveCounts(asked)).toEqual({ all: 2, well: 1, dark: 1 });
  expect(troubles(asked, undefined, ['two']).map(({ others }) => others.length)).toEqual([1]);
  expect(troubles(asked, fleet.targets[1] as number, [])).toEqual([]);
});

test.each([
  [{ is: 'missing' as const, why: 'there are 1 of 2' }, true, 'missing, Git has it and Argo CD has not: there are 1 of 2'],
  [{ is: 'left over' as const }, true, 'left over, Git has no such Application: Healthy, Synced'],
  [{ differs: ['spec.project: a runs, b is rendered'] }, true, 'Healthy, Synced'],
  [{ sync: 'OutOfSync' }, true, 'Healthy, OutOfSync'],
  [{ health: 'Degraded', why: 'no pods' }, false, 'Degraded, Synced: no pods'],
  [{ health: 'Degraded', why: 'no pods', server: 'https://a' }, false, 'Degraded, Synced at https://a: no pods'],
])('an Application that is %j', (said, otherwise, text) => {
  const one = { name: 'web', health: 'Healthy', sync: 'Synced', ...said };
  expect([isOtherwise({ well: 0, others: [one] }), liveText(one)]).toEqual([otherwise, text]);
});

test('links lead to where a browser may go, whatever paths hold', () => {
  expect(addressOfLine('https://git.example.com/blob/main/{}#L{line}', 'config/a b/$&.ts', 7)).toBe(
    'https://git.example.com/blob/main/config/a%20b/%24%26.ts#L7',
  );
  expect(addressOfLine('https://git.example.com/?path=/{}&line={line}', 'a.ts', 0)).toBe('https://git.example.com/?path=/a.ts&line=1');
  expect(addressOfCommit('https://git.example.com/commit/{}', '1a2b')).toBe('https://git.example.com/commit/1a2b');
  expect([addressOfCommit('javascript:alert({})', '1'), addressOfCommit(undefined, '1'), addressOfLine('data:{}', 'a', 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
