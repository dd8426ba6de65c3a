import { ownRule } from '../../../changes/judge/own/own-rule';
import { ownRules } from '../../../changes/judge/rules';
import { lawRules } from '../../../layers/law/law';
import type { RuleChange, RuleConfig } from '../../../layers/law/own-rule';
import { FleetError } from '../../../layers/problem';
import { type SmallApp, type SmallFleet, smallJudgement } from './small-fleet';

const sequence = ['int/a/r1', 'int/a/r2', 'prod/a/r1', 'prod/b/r1'];

function fleet(app: SmallApp | undefined, targets = sequence): SmallFleet {
  return { sequence: targets, apps: app ? { app } : {} };
}

const base: SmallApp = { base: { x: 1, y: 1 } };
const raised: SmallApp = { base: { x: 1, y: 1 }, overrides: { prod: { x: 9 } } };

function rule(judge: (change: RuleChange) => unknown): RuleConfig {
  return { id: 'of-ours', what: 'something', why: 'because', wayOut: 'do otherwise', judge: judge as RuleConfig['judge'] };
}

/** @param judge of the only rule */
function judged(judge: (change: RuleChange) => unknown, message = '', before = fleet(base), after = fleet(raised)) {
  return smallJudgement({ before, after, message, rules: [ownRule(rule(judge), { file: 'config/rules.ts', place: ['0', 'judge'] })] });
}

test('the ids of all rules of the tool are known, which no other may have', () => {
  expect([...lawRules].sort()).toEqual(ownRules.map(({ id }) => id).sort());
});

describe('what a rule sees', () => {
  function seen(before: SmallFleet, after: SmallFleet): RuleChange {
    const changes: RuleChange[] = [];
    judged(
      (change) => {
        changes.push(change);
        return [];
      },
      '',
      before,
      after,
    );
    return changes[0] as RuleChange;
  }

  test('are fields, target by target, with layers and the names of the dimensions', () => {
    const { fields, apps, targets, dimensions, name, commits } = seen(fleet(base), fleet(raised));
    expect(fields).toEqual(
      ['a', 'b'].map((sector) => ({
        clusterType: 'type',
        app: 'app',
        target: `prod/${sector}/r1`,
        at: { environment: 'prod', sector, region: 'r1' },
        field: 'x',
        before: 1,
        after: 9,
        layer: 'override prod',
        layerBefore: 'base',
      })),
    );
    expect([apps, targets, dimensions, name, commits]).toEqual([[], [], ['environment', 'sector', 'region'], 'the change', []]);
  });

  test('are apps that come and go, with their fields', () => {
    const come = seen(fleet(undefined), fleet({ base: { x: 1 } }));
    expect(come.apps.map(({ app, target, kind }) => `${app} ${kind} ${target}`)).toEqual(sequence.map((target) => `app comes ${target}`));
    expect(come.fields.filter(({ field }) => field === 'x')).toHaveLength(sequence.length);
    expect(seen(fleet(base), fleet(undefined)).apps.map(({ kind }) => kind)).toEqual(sequence.map(() => 'goes'));
  });

  test('are targets that come and go', () => {
    const { targets, sequence: order } = seen(fleet(base, sequence.slice(0, 3)), fleet(base));
    expect(targets).toEqual([{ clusterType: 'type', target: 'prod/b/r1', at: { environment: 'prod', sector: 'b', region: 'r1' }, kind: 'comes' }]);
    expect(order).toEqual(sequence);
  });

  test('cannot be altered for the next rule', () => {
    const { fields } = seen(fleet(base), fleet(raised));
    for (const value of [fields, fields[0], fields[0]?.at]) expect(Object.isFrozen(value)).toBe(true);
  });

  test('is nothing where nothing changes, whatever a rule says of commits', () => {
    expect(judged(() => [{ message: 'no ticket' }], '', fleet(base), fleet(base))).toEqual([]);
  });
});

describe('a finding', () => {
  test('has the deepest node of its targets, the way out and a digest of what changes there', () => {
    const told = judged(function* ({ fields }) {
      yield { message: 'too much', app: 'type/app', targets: fields.map(({ target }) => target), expected: 'less', found: '9' };
    });
    expect(told).toEqual([
      expect.objectContaining({
        rule: 'of-ours',
        kind: 'refused',
        message: 'too much',
        what: 'type/app',
        path: 'prod',
        targets: ['prod/a/r1', 'prod/b/r1'],
        expected: 'less',
        found: '9',
        hint: 'do otherwise',
        statement: expect.stringMatching(/^Fleet-Allows: of-ours type\/app prod [0-9a-f]{16}$/),
        row: expect.objectContaining({ field: 'x', layer: 'override prod' }),
      }),
    ]);
  });

  test('without targets is of what changes of its app, at or below its path; without any, of the whole, which nothing allows', () => {
    const [ofApp, ofPath, whole] = judged(() => [{ message: 'a', app: 'type/app' }, { message: 'b', path: 'prod/b' }, { message: 'c' }]);
    expect(ofApp).toMatchObject({ path: 'prod', targets: ['prod/a/r1', 'prod/b/r1'] });
    expect(ofPath).toMatchObject({ path: 'prod/b', targets: ['prod/b/r1'], statement: expect.stringContaining('of-ours * prod/b ') });
    expect(whole).toMatchObject({ path: '*', targets: [], kind: 'refused' });
    expect(whole?.statement).toBeUndefined();
  });

  test('passes where a statement names it with its effect, and with no other', () => {
    const judge = () => [{ message: 'a', app: 'type/app' }];
    const [{ statement = '' } = {}] = judged(judge);
    expect(judged(judge, `Raise it\n\n${statement}`)).toMatchObject([{ kind: 'allowed', by: statement }]);
    const more: SmallApp = { base: { x: 1, y: 1 }, overrides: { prod: { x: 10 } } };
    expect(judged(judge, statement, fleet(base), fleet(more))).toMatchObject([{ kind: 'refused', stale: statement }]);
  });

  test('passes by an exemption that both states have', () => {
    const exemption = { rule: 'of-ours', app: 'type/app', path: 'prod', reason: 'x', owner: '@y', until: '1970-03-01' };
    const law = { exemptions: [exemption] };
    const request = { before: { ...fleet(base), law }, after: { ...fleet(raised), law } };
    const rules = [
      ownRule(
        rule(() => [{ message: 'a', app: 'type/app' }]),
        {},
      ),
    ];
    expect(smallJudgement({ ...request, rules })).toMatchObject([{ kind: 'allowed', by: 'an exemption of @y until 1970-03-01: x' }]);
    expect(smallJudgement({ ...request, rules, atHour: 400 * 24 })).toMatchObject([{ kind: 'refused' }]);
  });

  test('may be a warning, which refuses nothing', () => {
    expect(judged(() => [{ message: 'a', severity: 'warning' }])).toMatchObject([{ kind: 'warned', message: 'a' }]);
  });
});

describe('a rule that is broken is one clear error', () => {
  test.each<readonly [string, (change: RuleChange) => unknown, string, object]>([
    [
      'throws',
      () => {
        throw new Error('no such thing');
      },
      'it threw: no such thing',
      {},
    ],
    [
      'throws while it yields',
      function* ({ fields }) {
        yield { message: String((fields[0] as unknown as { nothing: { at: string } }).nothing.at) };
      },
      "it threw: Cannot read properties of undefined (reading 'at')",
      {},
    ],
    [
      'alters what it gets',
      function* (change) {
        (change.fields as unknown[]).length = 0;
        yield { message: 'a' };
      },
      'it threw: ',
      {},
    ],
    ['returns nothing', () => undefined, 'it tells nothing that can be read', { found: 'nothing' }],
    ['is asynchronous', async () => [], 'it tells nothing that can be read', { hint: expect.stringContaining('asynchronous') }],
    ['returns a text', () => 'too much', 'it tells nothing that can be read', { found: "the string 'too much'" }],
    ['yields a text', () => ['too much'], 'what it yields is no finding', { found: "the string 'too much'" }],
    ['says nothing', () => [{ app: 'type/app' }], 'a finding says nothing', { found: 'nothing' }],
    ['misspells a key', () => [{ message: 'a', target: ['prod/a/r1'] }], "a finding has no 'target'", { hint: "did you mean 'targets'?" }],
    [
      'names no app of the fleet',
      () => [{ message: 'a', app: 'type/ap' }],
      "a finding is of the app 'type/ap', which does not exist",
      { hint: "did you mean 'type/app'?" },
    ],
    ['names an app without its cluster type', () => [{ message: 'a', app: 'app' }], "a finding is of the app 'app', which does not exist", {}],
    [
      'names no path of the fleet',
      () => [{ message: 'a', path: 'prodd' }],
      "a finding is of the dimension path 'prodd', which does not exist",
      { hint: "did you mean 'prod'?" },
    ],
    ['names no target of the fleet', () => [{ message: 'a', targets: ['prod/a'] }], "a finding is of the target 'prod/a', which does not exist", {}],
    ['has an empty list of targets', () => [{ message: 'a', targets: [] }], "'targets' of a finding cannot be read", { found: 'an empty list' }],
    [
      'has a severity that nobody knows',
      () => [{ message: 'a', severity: 'fatal' }],
      "'severity' of a finding cannot be read",
      { expected: "'error' or 'warning'" },
    ],
    ['has a number for a text', () => [{ message: 'a', found: 9 }], "'found' of a finding cannot be read", { found: 'the number 9' }],
    [
      'never ends',
      function* () {
        for (;;) yield { message: 'a' };
      },
      'it tells more than 10000 findings of one change',
      {},
    ],
  ])('that %s', (_, judge, message, rest) => {
    let thrown: unknown;
    try {
      judged(judge);
    } catch (cause) {
      thrown = cause;
    }
    expect(thrown).toBeInstanceOf(FleetError);
    const { problems } = thrown as FleetError;
    expect(problems).toEqual([expect.objectContaining({ code: 'own-rule', file: 'config/rules.ts', place: ['0', 'judge'], ...rest })]);
    expect(problems[0]?.message).toContain(`the rule 'of-ours': ${message}`);
  });
});
