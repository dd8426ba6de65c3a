import { judge } from '../../../changes/judge/judge';
import { stricterLaw } from '../../../changes/judge/law';
import { neededStatements } from '../../../changes/judge/needed-statements';
import { ownRules } from '../../../changes/judge/rules';
import { statementsIn, statementText } from '../../../changes/judge/statements';
import type { State } from '../../../changes/state';
import type { Law, NodeLaw } from '../../../layers/law/law';
import { hour, refused, type SmallApp, type SmallFields, type SmallFleet, type SmallRequest, smallJudgement, smallPast, smallState } from './small-fleet';

const sequence = ['int/a/r1', 'int/a/r2', 'int/b/r1', 'stage/a/r1', 'prod/a/r1', 'prod/b/r1', 'prod/b/r2'];

function fleet(app: SmallApp | undefined, ...nodes: readonly NodeLaw[]): SmallFleet {
  return { sequence, apps: app ? { app } : {}, law: { nodes } };
}

function patch(set: SmallFields, ...at: readonly string[]): SmallApp {
  return { base: { x: 1 }, patches: { 'patch-1': { at, set } } };
}

const base: SmallApp = { base: { x: 1 } };

function rulesOf(request: SmallRequest): readonly string[] {
  return [...new Set(smallJudgement(request).flatMap(({ rule, kind, path }) => (kind === 'refused' ? [`${rule} ${path}`] : [])))];
}

test('every rule says what it demands, why, and what to do instead; their ids differ', () => {
  expect(new Set(ownRules.map(({ id }) => id)).size).toBe(ownRules.length);
  for (const { what, why, wayOut } of ownRules) for (const text of [what, why, wayOut]) expect(text.length).toBeGreaterThan(20);
});

describe('sequence', () => {
  test.each<readonly [string, SmallApp, SmallApp, readonly string[]]>([
    ['a patch enters the first sector', base, patch({ x: 2 }, 'int/a'), []],
    ['a patch enters one region after the other', patch({ x: 2 }, 'int/a/r1'), patch({ x: 2 }, 'int/a'), []],
    ['a patch enters the second region of a sector alone', base, patch({ x: 2 }, 'int/a/r2'), ['sequence int/a/r2']],
    ['a patch enters two sectors at once', base, patch({ x: 2 }, 'int'), ['sequence int/b/r1']],
    ['a patch goes on', patch({ x: 2 }, 'int'), patch({ x: 2 }, 'int', 'stage'), []],
    ['a patch leaves a sector out', patch({ x: 2 }, 'int'), patch({ x: 2 }, 'int', 'prod/a'), ['sequence prod/a/r1']],
    ['a patch says something else where it is', patch({ x: 2 }, 'int', 'stage'), patch({ x: 3 }, 'int', 'stage'), ['sequence *']],
    ['a patch says something else, and goes on with it', patch({ x: 2 }, 'int'), patch({ x: 3 }, 'int', 'stage'), ['sequence *']],
    ['a function goes on, which says something else everywhere', patch({ x: (target) => target }, 'int'), patch({ x: (target) => target }, 'int', 'stage'), []],
    ['a function goes ahead', patch({ x: (target) => target }, 'int/a'), patch({ x: (target) => target }, 'int/a', 'stage'), ['sequence stage/a/r1']],
    ['an override is so at its node', base, { ...base, overrides: { prod: { x: 9 } } }, []],
    [
      'a base value where a node in front has one of its own',
      { ...base, overrides: { int: { x: 7 } } },
      { base: { x: 2 }, overrides: { int: { x: 7 } } },
      ['sequence prod'],
    ],
    [
      'a patch that an override hides in front',
      { ...patch({ x: 2 }, 'int'), overrides: { 'int/b/r1': { x: 7 } } },
      { ...patch({ x: 2 }, 'int', 'stage'), overrides: { 'int/b/r1': { x: 7 } } },
      [],
    ],
    [
      'a patch that is not there in front, where an override is',
      { ...patch({ x: 2 }, 'int/a'), overrides: { 'int/b/r1': { x: 7 } } },
      { ...patch({ x: 2 }, 'int/a', 'stage'), overrides: { 'int/b/r1': { x: 7 } } },
      ['sequence stage/a/r1'],
    ],
    ['a patch becomes the base', patch({ x: 2 }, 'int', 'stage', 'prod'), { base: { x: 2 } }, []],
    ['a patch that is not everywhere becomes the base', patch({ x: 2 }, 'int'), { base: { x: 2 } }, ['sequence prod']],
    ['a patch goes back from the last node', patch({ x: 2 }, 'int', 'stage'), patch({ x: 2 }, 'int'), []],
    ['a patch goes back from one node in the middle', patch({ x: 2 }, 'int', 'stage', 'prod'), patch({ x: 2 }, 'int', 'prod'), []],
    ['an app is switched off along the sequence', patch({ enabled: false }, 'int/a'), patch({ enabled: false }, 'int'), []],
    ['an app is switched off everywhere', base, { base: { x: 1, enabled: false } }, ['sequence *']],
    ['an app is switched on where it is off in front', { base: { x: 1, enabled: false } }, patchOn('stage'), ['sequence stage/a/r1']],
  ])('%s', (_, before, after, expected) => {
    const rules = rulesOf({ before: fleet(before), after: fleet(after) }).filter((rule) => rule.startsWith('sequence'));
    expect(rules).toEqual(expected);
  });

  function patchOn(...at: readonly string[]): SmallApp {
    return { base: { x: 1, enabled: false }, patches: { 'patch-1': { at, set: { enabled: true } } } };
  }

  test('a new app starts wherever its layers say; a new region gets what the others have', () => {
    expect(rulesOf({ before: fleet(undefined), after: fleet({ ...base, overrides: { int: { enabled: false } } }) })).toEqual([]);
    const grown = [...sequence.slice(0, 3), 'int/b/r0', ...sequence.slice(3), 'prod/b/r3'];
    const [before, after] = [fleet(patch({ x: 2 }, 'int')), { ...fleet(patch({ x: 2 }, 'int')), sequence: grown }];
    expect(rulesOf({ before, after })).toEqual([]);
    // What is new there and in front of it is not.
    expect(rulesOf({ before, after: { ...after, apps: { app: { ...patch({ x: 2 }, 'int'), base: { x: 5 } } } } })).toEqual([
      'sequence prod',
      'sequence prod/b/r3',
    ]);
  });

  test('the patch to write instead has the value, whatever it is, as --set takes it; one that nobody types is left out', () => {
    const hintOf = (x: SmallFields) => smallJudgement({ before: fleet(base), after: fleet({ base: x }) }).find(({ rule }) => rule === 'sequence')?.hint;
    expect(hintOf({ x: ['a', "it's"] })).toMatch(/ --set 'x=\["a","it'\\''s"\]'`$/);
    expect(hintOf({ x: 2 })).toMatch(/ --set x=2`$/);
    expect(hintOf({ x: 'long '.repeat(50) })).toMatch(/ type app`$/);
  });

  test('the past is read once for all that changes alike, however many apps and targets', () => {
    const apps = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`app-${index}`, base]));
    const edited = Object.fromEntries(Object.keys(apps).map((name) => [name, { base: { x: 2 } }]));
    const past = smallPast([{ hour: 0, fleet: { sequence, apps } }]);
    const prepare = jest.fn();
    const nodes = [
      { path: 'int', soak: hour },
      { path: 'prod', promotion: 'manual' as const, freeze: { reason: 'no' } },
    ];
    const [before, after] = [smallState({ sequence, apps, law: { nodes } }), smallState({ sequence, apps: edited, law: { nodes } })];
    for (const rule of ownRules) {
      prepare.mockClear();
      judge({ before, after, laws: [], statements: [], past: { ...past, prepare }, now: 1000 * hour, rules: [rule] });
      const asked = prepare.mock.calls.filter(([items]) => (items as readonly unknown[]).length > 0);
      expect([rule.id, asked.length > 1]).toEqual([rule.id, false]);
    }
  });

  test('an environment enters whole where the fleet says so, and else only with a line that allows it', () => {
    const [before, after] = [fleet(base), fleet(patch({ x: 2 }, 'int'))];
    const broad = (one: SmallFleet): SmallFleet => ({ ...one, law: { level: 'environment' } });
    expect(rulesOf({ before: broad(before), after: broad(after) })).toEqual([]);
    const lines = neededStatements({ before: smallState(before), after: smallState(after), now: 0, broad: 'int' });
    expect(lines).toHaveLength(1);
    expect(rulesOf({ before, after, message: lines.join('\n') })).toEqual([]);
  });

  test('a node with waves is entered wave by wave, and soaks in each of them', () => {
    const waves = (one: SmallFleet, node: Partial<NodeLaw> = {}): SmallFleet => ({
      ...one,
      law: { level: 'environment', nodes: [{ path: 'int', waves: [1, 'rest'], ...node }] },
    });
    const [before, one, all] = [base, patch({ x: 2 }, 'int/a/r1'), patch({ x: 2 }, 'int')].map((app) => fleet(app)) as [SmallFleet, SmallFleet, SmallFleet];
    expect(rulesOf({ before: waves(before), after: waves(all) })).toEqual(['sequence int']);
    expect(rulesOf({ before: waves(before), after: waves(one) })).toEqual([]);
    expect(rulesOf({ before: waves(one), after: waves(all) })).toEqual([]);
    const soak = { soak: 2 * hour };
    const judged = (since: number) =>
      rulesOf({
        before: waves(one, soak),
        after: waves(all, soak),
        past: [
          { hour: since, fleet: one },
          { hour: 0, fleet: before },
        ],
      });
    expect(judged(999)).toEqual(['soak int']);
    expect(judged(998)).toEqual([]);
  });

  test('the order of either state counts, and who turns it around needs an approval', () => {
    const turned = { ...fleet(patch({ x: 2 }, 'prod')), sequence: [...sequence.slice(4), ...sequence.slice(0, 4)] };
    expect(rulesOf({ before: fleet(base), after: turned })).toEqual(['sequence prod', 'law *']);
  });
});

describe('an app that is opened or closed everywhere at once', () => {
  const chart = { repoURL: 'https://charts.example.com', chart: 'app', targetRevision: '1' };
  const opened: SmallApp = {
    base: {
      info: [{ name: 'chart', value: 'https://charts.example.com app 1' }],
      source: (target) => ({ repoURL: 'https://example.com/fleet', targetRevision: 'HEAD', path: `dist/type/${target}/manifests/app` }),
    },
  };
  const closed: SmallApp = { base: { source: { ...chart, helm: { valuesObject: { replicas: 2, host: 'a' } } } } };

  test.each<readonly [string, SmallApp, SmallApp, string]>([
    ['opened', closed, opened, 'hydrate=true'],
    ['closed', opened, closed, 'hydrate=false'],
  ])('%s, the patch to write instead says that, and nothing that follows', (_, before, after, set) => {
    const verdicts = smallJudgement({ before: fleet(before), after: fleet(after) }).filter(({ rule }) => rule === 'sequence');
    expect(verdicts.map(({ hint }) => hint)).toEqual([`take it back there, and write a patch: \`npx fleet new patch type app --set ${set}\``]);
  });
});

describe('a target that comes', () => {
  const more = (one: SmallFleet): SmallFleet => ({ ...one, sequence: [...sequence, 'prod/b/r3'] });
  const onlyIn = (...targets: readonly string[]): SmallApp => ({ base: { enabled: (target) => targets.includes(target), x: 1 } });

  test('gets an app that targets behind others have alone, and nothing new with it', () => {
    const [before, after] = [onlyIn('prod/b/r2'), onlyIn('prod/b/r2', 'prod/b/r3')];
    expect(rulesOf({ before: fleet(before), after: more(fleet(after)) })).toEqual([]);
    expect(rulesOf({ before: fleet(before), after: fleet({ ...after, base: { ...after.base, enabled: (target) => target.startsWith('prod/b') } }) })).toEqual([
      'sequence prod/b/r1',
    ]);
    expect(rulesOf({ before: fleet(onlyIn('int/a/r1', 'prod/b/r2')), after: more(fleet({ base: { ...after.base, x: 2 } })) })).toContain('sequence prod/b/r3');
  });

  test('gets no app that is nowhere yet, or that a patch brings past others', () => {
    expect(rulesOf({ before: fleet(onlyIn()), after: more(fleet(onlyIn('prod/b/r3'))) })).toEqual(['sequence prod/b/r3']);
    const brought = (...at: readonly string[]): SmallApp => ({ base: { enabled: false }, patches: { 'patch-1': { at, set: { enabled: true } } } });
    expect(rulesOf({ before: fleet(brought('int/a/r1')), after: more(fleet(brought('int/a/r1', 'prod/b/r3'))) })).toEqual(['sequence prod/b/r3']);
  });
});

describe('gate', () => {
  const gated: readonly NodeLaw[] = [
    { path: 'prod', promotion: 'manual', approvers: ['@ops'] },
    { path: 'prod/b', promotion: 'manual' },
  ];
  const at = (set: SmallFields, ...places: readonly string[]) => fleet(patch(set, ...places), ...gated);

  test.each<readonly [string, SmallFleet, SmallFleet, readonly string[]]>([
    ['what enters a gate', at({ x: 2 }, 'int', 'stage'), at({ x: 2 }, 'int', 'stage', 'prod/a'), ['gate prod']],
    ['the same content spreads below it, up to the next gate', at({ x: 2 }, 'int', 'stage', 'prod/a'), at({ x: 2 }, 'int', 'stage', 'prod'), ['gate prod/b']],
    ['an edited patch', at({ x: 2 }, 'int', 'stage', 'prod/a'), at({ x: 3 }, 'int', 'stage', 'prod/a'), ['gate prod']],
    ['a function spreads', at({ x: (t) => t }, 'int', 'stage', 'prod/a', 'prod/b/r1'), at({ x: (t) => t }, 'int', 'stage', 'prod/a', 'prod/b'), []],
    ['an override of a node behind it', fleet(base, ...gated), fleet({ ...base, overrides: { 'prod/b': { y: 1 } } }, ...gated), ['gate prod', 'gate prod/b']],
    ['a new app', fleet(undefined, ...gated), fleet(base, ...gated), ['gate prod', 'gate prod/b']],
    ['an app that is switched off', fleet(base, ...gated), fleet({ ...base, overrides: { 'prod/a': { enabled: false } } }, ...gated), ['gate prod']],
    ['what is not behind it', fleet(base, ...gated), at({ x: 2 }, 'int/a'), []],
    ['a patch that goes back', at({ x: 2 }, 'int', 'stage', 'prod/a'), at({ x: 2 }, 'int', 'stage'), []],
  ])('%s', (_, before, after, expected) => {
    expect(rulesOf({ before, after }).filter((rule) => rule.startsWith('gate'))).toEqual(expected);
  });

  test('what left and comes back needs a new approval; what is taken back does not', () => {
    const [without, within] = [at({ x: 2 }, 'int', 'stage'), at({ x: 2 }, 'int', 'stage', 'prod')];
    const past = [
      { hour: 20, fleet: within },
      { hour: 10, fleet: without },
    ];
    expect(rulesOf({ before: within, after: without, past })).toEqual([]);
    const gone = [{ hour: 30, fleet: without }, ...past];
    expect(rulesOf({ before: without, after: within, past: gone }).filter((rule) => rule.startsWith('gate'))).toEqual(['gate prod', 'gate prod/b']);
    // A base that was edited while a patch hid it was never there.
    const edited = { ...without, apps: { app: { ...(without.apps['app'] as SmallApp), base: { x: 7 } } } };
    expect(rulesOf({ before: within, after: edited, past }).filter((rule) => rule.startsWith('gate'))).toEqual(['gate prod', 'gate prod/b']);
  });

  test('an approval is of one effect: of that it says whose it is asked', () => {
    const [before, after] = [at({ x: 2 }, 'int', 'stage'), at({ x: 2 }, 'int', 'stage', 'prod/a')];
    const [verdict] = smallJudgement({ before, after });
    expect(verdict).toMatchObject({ rule: 'gate', kind: 'refused', what: 'type/app', path: 'prod', expected: 'an approval of @ops' });
    const line = verdict?.statement ?? '';
    expect(smallJudgement({ before, after, message: `Go\n\n${line}` })).toMatchObject([{ kind: 'allowed', by: line }]);
    expect(smallJudgement({ before, after, message: line.replace('prod', 'stage') })).toMatchObject([{ kind: 'refused' }]);
    expect(smallJudgement({ before, after: at({ x: 3 }, 'int', 'stage', 'prod/a'), message: line }).filter(({ rule }) => rule === 'gate')).toMatchObject([
      { kind: 'refused', stale: line },
    ]);
    // What promote says is what is asked for.
    expect(neededStatements({ before: smallState(before), after: smallState(after), now: 0, approved: ['prod'] })).toEqual([line]);
    expect(neededStatements({ before: smallState(before), after: smallState(after), now: 0, approved: [] })).toEqual([]);
  });
});

describe('soak', () => {
  const soaking: NodeLaw = { path: 'int', soak: 24 * hour };
  const [before, after] = [fleet(patch({ x: 2 }, 'int'), soaking), fleet(patch({ x: 2 }, 'int', 'stage'), soaking)];
  const since = (at: number) => [
    { hour: at, fleet: before },
    { hour: 0, fleet: fleet(base, soaking) },
  ];

  test('what goes on was there for as long as the node says', () => {
    expect(rulesOf({ before, after, past: since(980) })).toEqual(['soak stage/a/r1']);
    expect(refused(smallJudgement({ before, after, past: since(980) }))[0]).toContain("'patch-1' goes on from int before it has soaked there for 24 h: x: 2");
    expect(smallJudgement({ before, after, past: since(980) })[0]).toMatchObject({ found: 'it soaks for another 4 h' });
    expect(rulesOf({ before, after, past: since(976) })).toEqual([]);
  });

  test('an edit begins it anew; what goes on within the node, back, or is an override does not wait', () => {
    const edited = [{ hour: 990, fleet: before }, { hour: 500, fleet: fleet(patch({ x: 3 }, 'int'), soaking) }, ...since(400)];
    expect(rulesOf({ before, after, past: edited })).toEqual(['soak stage/a/r1']);
    const inside = fleet(patch({ x: 2 }, 'int/a'), soaking);
    expect(rulesOf({ before: inside, after: before, past: [{ hour: 999, fleet: inside }, ...since(0)] })).toEqual([]);
    expect(rulesOf({ before: after, after: before, past: [{ hour: 999, fleet: after }, ...since(998)] })).toEqual([]);
    expect(rulesOf({ before, after: fleet({ ...patch({ x: 2 }, 'int'), overrides: { stage: { x: 4 } } }, soaking), past: since(999) })).toEqual([]);
  });
});

describe('freeze', () => {
  const frozen: NodeLaw = { path: 'prod', freeze: { reason: 'holidays', until: '1970-02-12', ends: 1010 * hour } };
  const [without, within] = [patch({ x: 2 }, 'int', 'stage'), patch({ x: 2 }, 'int', 'stage', 'prod/a')];

  test('nothing changes below a frozen node while it is, except back', () => {
    const [before, after] = [fleet(without, frozen), fleet(within, frozen)];
    expect(refused(smallJudgement({ before, after }))).toEqual(["freeze prod: 'patch-1' changes what is below prod, which is frozen until 1970-02-12: x: 2"]);
    expect(rulesOf({ before, after, atHour: 1011 })).toEqual([]);
    expect(rulesOf({ before: fleet(base, frozen), after: fleet(patch({ x: 2 }, 'int/a'), frozen) })).toEqual([]);
    const past = [
      { hour: 20, fleet: after },
      { hour: 10, fleet: before },
    ];
    expect(rulesOf({ before: after, after: before, past })).toEqual([]);
    expect(rulesOf({ before, after: { ...before, sequence: [...sequence, 'prod/c/r1'] } })).toEqual(['freeze prod']);
  });

  test('who takes it out in the same change is refused, and needs an approval', () => {
    expect(rulesOf({ before: fleet(without, frozen), after: fleet(within) })).toEqual(['freeze prod', 'law prod']);
    expect(rulesOf({ before: fleet(without), after: fleet(within, frozen) })).toEqual(['freeze prod']);
    expect(rulesOf({ before: fleet(without, frozen), after: fleet(without), atHour: 1011 })).toEqual([]);
  });
});

describe('budget', () => {
  test('no more targets, or nodes of a dimension, change in one merge', () => {
    const spread = (budget: NodeLaw['budget']) => [base, patch({ x: 2 }, 'prod')].map((app) => fleet(app, { path: 'prod', ...(budget ? { budget } : {}) }));
    const judged = (budget: NodeLaw['budget']) => {
      const [before, after] = spread(budget) as [SmallFleet, SmallFleet];
      return refused(smallJudgement({ before, after })).filter((text) => text.startsWith('budget'));
    };
    expect(judged({ targets: 3 })).toEqual([]);
    expect(judged({ targets: 2 })).toEqual(['budget prod: 3 targets of prod change in one merge: prod/a/r1, prod/b/r1, prod/b/r2']);
    expect(judged({ sector: 1 })).toEqual(['budget prod: 2 sector nodes of prod change in one merge: prod/a, prod/b']);
    expect(judged({ sector: 2, region: 3 })).toEqual([]);
  });

  test('targets that go and come count', () => {
    const law: NodeLaw = { path: 'prod', budget: { targets: 1 } };
    const after = { ...fleet(base, law), sequence: [...sequence.slice(0, 4), 'prod/c/r1', 'prod/c/r2', 'prod/c/r3'] };
    expect(rulesOf({ before: fleet(base, law), after })).toContain('budget prod');
  });
});

describe('downgrade', () => {
  const versions = (...all: readonly string[]) => all.map((version): SmallApp => ({ base: { source: { chart: 'app', targetRevision: version } } }));
  const judged = (from: string, to: string) => {
    const [before, after] = versions(from, to) as [SmallApp, SmallApp];
    return refused(smallJudgement({ before: fleet(before), after: fleet(after) })).filter((text) => text.startsWith('downgrade'));
  };

  test.each([
    ['v1.19.0', 'v1.18.2', true],
    ['1.10.0', '1.9.0', true],
    ['1.0.0', '1.0.0-rc.1', true],
    ['1.9.0', '1.10.0', false],
    ['main', 'release', false],
    ['1.2.0', 'main', false],
  ])('from %s to %s', (from, to, isBack) => {
    expect(judged(from, to).length > 0).toBe(isBack);
    if (isBack) expect(judged(from, to)[0]).toContain(`takes the version back at int/a/r1, int/a/r2, int/b/r1 and 4 more: ${from} → ${to}`);
  });

  test('back to what was there before is no downgrade', () => {
    const [old, current] = versions('1.0.0', '2.0.0').map((app) => fleet(app)) as [SmallFleet, SmallFleet];
    const past = [
      { hour: 20, fleet: current },
      { hour: 10, fleet: old },
    ];
    expect(rulesOf({ before: current, after: old, past })).toEqual([]);
  });
});

describe('law', () => {
  const all: NodeLaw = {
    path: 'prod',
    promotion: 'manual',
    soak: 10 * hour,
    approvers: ['@a', '@b'],
    freeze: { reason: 'x' },
    budget: { targets: 2 },
    waves: [1, '10%', 'rest'],
  };

  test.each<readonly [string, Partial<NodeLaw>, string]>([
    ['gate', { promotion: 'automated' }, 'nobody has to approve what enters it'],
    ['soak', { soak: 9 * hour }, 'changes soak for 9h instead of 10h'],
    ['approvers', { approvers: ['@b', '@c'] }, '@a is asked no more'],
    ['freeze', { freeze: { reason: 'x', until: '1971-01-01', ends: 9e9 } }, 'its freeze ends earlier, 1971-01-01'],
    ['number of waves', { waves: [1, 'rest'] }, 'changes enter in the waves 1, rest, not 1, 10%, rest'],
    ['budget', { budget: { targets: 3 } }, '3 targets may change in one merge instead of 2'],
  ])('who loosens a %s needs an approval of the node', (_, part, text) => {
    const [before, after] = [fleet(base, all), fleet(base, { ...all, ...part })];
    const verdicts = smallJudgement({ before, after });
    expect(refused(verdicts)).toEqual([`law prod: less is demanded of changes of prod: ${text}`]);
    expect(verdicts[0]?.statement).toMatch(/^Fleet-Approved: prod law [0-9a-f]{16}$/);
    expect(smallJudgement({ before, after, message: verdicts[0]?.statement ?? '' })).toMatchObject([{ kind: 'allowed' }]);
    // The other way around nothing is loosened.
    expect(smallJudgement({ before: after, after: before }).filter(({ message }) => message.includes(text))).toEqual([]);
  });

  test.each<readonly [string, Partial<NodeLaw>, Partial<NodeLaw>]>([
    ['soak', { soak: 9 * hour }, { soak: 8 * hour }],
    ['freeze', { freeze: { reason: 'x', until: '1971-01-02', ends: 9e9 } }, { freeze: { reason: 'x', until: '1971-01-01', ends: 8e9 } }],
    ['budget', { budget: { targets: 3 } }, { budget: { targets: 4 } }],
  ])('who approved a looser %s did not approve a looser one still', (_, approved, made) => {
    const [before, after] = [fleet(base, all), fleet(base, { ...all, ...made })];
    const [verdict] = smallJudgement({ before, after: fleet(base, { ...all, ...approved }) });
    expect(smallJudgement({ before, after, message: verdict?.statement ?? '' })).toMatchObject([{ kind: 'refused', stale: verdict?.statement }]);
  });

  test('who takes waves away, or goes by a dimension that is not the outermost, needs an approval of everybody', () => {
    const of = (law: Partial<Law>): SmallFleet => ({ ...fleet(base), law });
    const loosened = (before: Partial<Law>, after: Partial<Law>) => refused(smallJudgement({ before: of(before), after: of(after) }));
    expect(loosened({ waves: [1, 'rest'] }, {})).toEqual([
      'law *: less is demanded of changes of the whole fleet: changes enter at once, not in the waves 1, rest',
    ]);
    expect(loosened({}, { waves: [1, 'rest'] })).toEqual([]);
    expect(loosened({}, { first: 'sector' })).toEqual([
      'law *: less is demanded of changes of the whole fleet: changes enter whole sector nodes of every environment, not sector nodes',
    ]);
    expect(loosened({ first: 'sector' }, {})).toEqual([]);
  });

  test('who approved one turn of the sequence approved no other', () => {
    const turned = (...order: readonly number[]): SmallFleet => ({ ...fleet(base), sequence: order.map((index) => sequence[index] as string) });
    const others = sequence.slice(3).map((_, index) => index + 3);
    const [verdict] = smallJudgement({ before: fleet(base), after: turned(1, 0, 2, ...others) });
    const judged = (after: SmallFleet) => smallJudgement({ before: fleet(base), after, message: verdict?.statement ?? '' });
    expect(judged(turned(1, 0, 2, ...others))).toMatchObject([{ kind: 'allowed' }]);
    expect(judged(turned(1, 0, 2, ...[...others].reverse()))).toMatchObject([{ kind: 'refused', message: verdict?.message }]);
  });

  test('output that records no law any more demands nothing; of one that recorded none nothing is known', () => {
    const without = (one: SmallFleet) => ({ ...smallState(one), fleet: { ...smallState(one).fleet, law: undefined } });
    const judged = (before: State, after: State) =>
      judge({ before, after, laws: [], statements: [], past: smallPast([]), now: 0, rules: ownRules }).map(({ rule, path }) => `${rule} ${path}`);
    expect(judged(smallState(fleet(base, all)), without(fleet(base)) as State)).toEqual(['law prod']);
    expect(judged(without(fleet(base)) as State, smallState(fleet(base, all)))).toEqual([]);
  });

  test('of two laws the stricter one counts', () => {
    const law = (node: Partial<NodeLaw>) => ({ nodes: [{ path: 'prod', ...node }], exemptions: [] });
    const both = stricterLaw(
      [law({ promotion: 'manual', soak: 5, budget: { targets: 3, sector: 1 } }), law({ soak: 7, approvers: ['@a'], budget: { targets: 2 } })],
      [],
    );
    expect(both.nodes).toEqual([{ path: 'prod', promotion: 'manual', soak: 7, approvers: ['@a'], budget: { targets: 2, sector: 1 } }]);
  });

  test('an exemption holds once it was there before, for its rule, app, node and time; to add one needs an approval', () => {
    const exemption = { rule: 'sequence', app: 'type/app', path: 'prod', reason: 'an outage', owner: '@ops', until: '1970-02-12' };
    const exempt = (one: SmallFleet, ...exemptions: readonly (typeof exemption)[]): SmallFleet => ({ ...one, law: { exemptions } });
    const [before, after] = [fleet(base), fleet(patch({ x: 2 }, 'prod/a'))];
    expect(rulesOf({ before: exempt(before), after: exempt(after, exemption) })).toEqual(['sequence prod/a/r1', 'law prod']);
    expect(smallJudgement({ before: exempt(before, exemption), after: exempt(after, exemption) })).toMatchObject([
      { kind: 'allowed', by: 'an exemption of @ops until 1970-02-12: an outage' },
    ]);
    for (const part of [{ rule: 'soak' }, { app: 'type/other' }, { path: 'stage' }, { until: '1970-01-30' }]) {
      const other = { ...exemption, ...part };
      expect(rulesOf({ before: exempt(before, other), after: exempt(after, other) })).toEqual(['sequence prod/a/r1']);
    }
  });
});

describe('statements', () => {
  test('are read wherever they stand, and written as they are read', () => {
    const digest = '0123456789abcdef';
    const lines = [`Fleet-Approved: prod type/app ${digest}`, `Fleet-Allows: removal type/app * ${digest}`, `Fleet-Hotfix: type/app prod/a ${digest}`];
    const message = `Title\n\n* One\n\n  ${lines[0]}\n* ${lines[1]}\n\nText\n${lines[2]}\nFleet-Unknown: x\n`;
    expect(statementsIn([message]).statements.map(statementText)).toEqual(lines);
    expect(statementsIn([message]).broken).toEqual([]);
  });

  test.each(['Fleet-Approved: prod type/app', 'Fleet-Approved: prod type/app 0123', 'Fleet-Allows: type/app prod 0123456789abcdef'])(
    '%s says nothing',
    (line) => {
      expect(statementsIn([line])).toMatchObject({ statements: [], broken: [{ line, expected: expect.stringMatching(/^Fleet-(Approved|Allows): [A-Z]/) }] });
    },
  );

  test('a hotfix is allowed to go ahead, with that effect alone', () => {
    const [before, after] = [fleet(base), fleet(patch({ x: 2 }, 'prod/a'))];
    const lines = neededStatements({ before: smallState(before), after: smallState(after), now: 0, hotfix: 'prod/a' });
    expect(lines).toEqual([expect.stringMatching(/^Fleet-Hotfix: type\/app prod\/a [0-9a-f]{16}$/)]);
    expect(smallJudgement({ before, after, message: lines.join('\n') })).toMatchObject([{ rule: 'sequence', kind: 'allowed', by: lines[0] }]);
    expect(rulesOf({ before, after: fleet(patch({ x: 3 }, 'prod/a')), message: lines.join('\n') })).toEqual(['sequence prod/a/r1']);
  });
});
