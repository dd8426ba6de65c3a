import { loosenings } from '../../../changes/judge/law';
import { neededStatements, type SeenLine } from '../../../changes/judge/needed-statements';
import { evidence } from '../../../changes/judge/rules/evidence';
import { evidenceText, statementsIn, withoutTimes } from '../../../changes/judge/statements';
import type { NodeLaw } from '../../../layers/law/law';
import { refused, type SmallApp, type SmallFields, type SmallFleet, smallJudgement, smallState } from './small-fleet';

const sequence = ['int/a/r1', 'int/a/r2', 'int/b/r1', 'stage/a/r1', 'prod/a/r1'];
const asking: NodeLaw = { path: 'int', evidence: ['argoCD', 'errors'] };

function fleet(set: SmallFields, at: readonly string[], ...nodes: readonly NodeLaw[]): SmallFleet {
  const app: SmallApp = { base: { x: 1 }, patches: { 'patch-1': { at, set } } };
  return { sequence, apps: { app }, law: { nodes } };
}

const [before, after] = [fleet({ x: 2 }, ['int'], asking), fleet({ x: 2 }, ['int', 'stage'], asking)];
const states = { before: smallState(before), after: smallState(after), now: 0 };
const seen = (name: string, answer: SeenLine['answer'] = 'good', paths: readonly string[] = ['int']): SeenLine => ({ patch: 'patch-1', paths, name, answer });
const lines = (...all: readonly SeenLine[]) => neededStatements({ ...states, seen: all }).join('\n');
const judged = (message = '') => smallJudgement({ before, after, message, rules: [evidence] });

test('a patch goes on only where its commit has every piece on record as good, about every target in front and about this effect', () => {
  expect(refused(judged())).toEqual(["evidence stage/a/r1: 'patch-1' goes on from int without the evidence argoCD, errors: x: 2"]);
  expect(judged()[0]).toMatchObject({
    expected: expect.stringContaining('Fleet-Evidence'),
    found: 'no line about this change',
    hint: expect.stringContaining('--despite'),
  });
  expect(refused(judged(lines(seen('argoCD'), seen('errors'))))).toEqual([]);
  expect(refused(judged(lines(seen('argoCD'))))).toEqual([expect.stringContaining('without the evidence errors')]);
  const parts = lines(seen('argoCD'), seen('errors', 'good', ['int/a']), seen('errors', 'good', ['int/b/r1']));
  expect(refused(judged(parts))).toEqual([]);
  expect(refused(judged(lines(seen('argoCD'), seen('errors', 'good', ['int/a']))))).toEqual([expect.stringContaining('errors')]);
});

test('two looks at one step say the same but for the moments', () => {
  const look = (since: number, answer: SeenLine['answer'] = 'good') =>
    `A step good@once\n\n${lines({ ...seen('argoCD', answer), ...(answer === 'good' ? { since } : {}) })}\nReviewed-by: x good@noon`;
  expect(withoutTimes(look(0))).toBe(withoutTimes(look(3_600_000)));
  expect(withoutTimes(look(0))).toBe(`A step good@once\n\n${lines(seen('argoCD'))}\nReviewed-by: x good@noon`);
  expect(withoutTimes(look(0))).not.toBe(withoutTimes(look(0, 'bad')));
});

test('what is on record as something else than good is told', () => {
  const [verdict] = judged(lines(seen('argoCD'), seen('errors', 'bad')));
  expect(verdict).toMatchObject({ kind: 'refused', found: 'errors bad at int' });
});

test('a line about another effect, patch or app counts for nothing', () => {
  const good = lines(seen('argoCD'), seen('errors'));
  for (const [from, to] of [
    [/ [0-9a-f]{16}$/gm, ` ${'0'.repeat(16)}`],
    [/patch-1/g, 'patch-2'],
    [/type\/app/g, 'type/other'],
  ] as const) {
    expect(refused(judged(good.replace(from, to)))).toHaveLength(1);
  }
  const edited = fleet({ x: 3 }, ['int', 'stage'], asking);
  expect(refused(smallJudgement({ before: fleet({ x: 3 }, ['int'], asking), after: edited, message: good, rules: [evidence] }))).toHaveLength(1);
});

test('a reason is a line that allows it', () => {
  const line = neededStatements({ ...states, seen: [seen('argoCD', 'bad')], despite: 'stage' }).find((one) => one.startsWith('Fleet-Allows'));
  expect(line).toMatch(/^Fleet-Allows: evidence type\/app stage [0-9a-f]{16}$/);
  expect(judged(line)).toMatchObject([{ kind: 'allowed', by: line }]);
});

test('without a node that asks nothing is demanded', () => {
  expect(smallJudgement({ before: fleet({ x: 2 }, ['int']), after: fleet({ x: 2 }, ['int', 'stage']), rules: [evidence] })).toEqual([]);
});

describe('within a node that asks', () => {
  const inside = (...messages: readonly string[]) =>
    smallJudgement({ before: fleet({ x: 2 }, ['int/a'], asking), after: fleet({ x: 2 }, ['int'], asking), message: messages.join('\n'), rules: [evidence] });

  test('a step to the next part of it is asked for as one that leaves it, about what is in front alone', () => {
    expect(refused(inside())).toEqual(["evidence int/b/r1: 'patch-1' goes on within int without the evidence argoCD, errors: x: 2"]);
    const step = { before: smallState(fleet({ x: 2 }, ['int/a'], asking)), after: smallState(fleet({ x: 2 }, ['int'], asking)), now: 0 };
    const good = neededStatements({ ...step, seen: [seen('argoCD', 'good', ['int/a']), seen('errors', 'good', ['int/a/r1', 'int/a/r2'])] });
    expect(refused(inside(...good))).toEqual([]);
  });

  test('what a step enters at once says nothing about itself, and nothing about what it has reached behind it', () => {
    const whole = smallJudgement({ before: fleet({ x: 2 }, [], asking), after: fleet({ x: 2 }, ['int/a'], asking), rules: [evidence] });
    expect(whole).toEqual([]);
    const filled = smallJudgement({ before: fleet({ x: 2 }, ['int/b'], asking), after: fleet({ x: 2 }, ['int'], asking), rules: [evidence] });
    expect(filled).toEqual([]);
  });

  test('a target that comes gets what is around it, and is asked for nothing; what is brought to it is', () => {
    const wider = [...sequence.slice(0, 3), 'int/b/r2', ...sequence.slice(3)];
    const judgedWith = (was: readonly string[], is: readonly string[]) =>
      smallJudgement({ before: fleet({ x: 2 }, was, asking), after: { ...fleet({ x: 2 }, is, asking), sequence: wider }, rules: [evidence] });
    expect(refused(judgedWith(['int'], ['int']))).toEqual([]);
    expect(refused(judgedWith(['int/a'], ['int/a']))).toEqual([]);
    expect(refused(judgedWith(['int/a'], ['int/a', 'int/b/r2']))).toEqual([expect.stringContaining('goes on within int without the evidence')]);
  });
});

test('what was bad is refused, though another line says of the same that it is good, and whether it is seen there or not', () => {
  const bad = lines(seen('argoCD'), seen('errors'), seen('errors', 'bad', ['int/b']));
  expect(judged(bad)).toMatchObject([{ kind: 'refused', found: 'errors good at int, errors bad at int/b', path: 'stage/a/r1' }]);
});

test('the stricter side counts: a change that takes evidence out is judged with it, and somebody has to approve that', () => {
  const loose = fleet({ x: 2 }, ['int', 'stage']);
  const found = smallJudgement({ before, after: loose, rules: [evidence] });
  expect(refused(found)).toHaveLength(1);
  // Nobody can make such a line any more.
  expect(found[0]?.hint).toBe("the configuration gives argoCD, errors no more, so that nobody can ask: put it back in 'evidence' until this has gone on");
  const half = fleet({ x: 2 }, ['int', 'stage'], { path: 'int', evidence: ['argoCD'] });
  expect(smallJudgement({ before, after: half, rules: [evidence] })[0]?.hint).toContain('gives errors no more');
  expect(loosenings(smallState(before).fleet, smallState(loose).fleet, 0)).toEqual([
    { path: 'int', text: 'changes go on without the evidence argoCD, errors' },
  ]);
});

test('what goes back need not prove anything', () => {
  const past = [
    { hour: 9, fleet: before },
    { hour: 5, fleet: after },
    { hour: 0, fleet: fleet({ x: 2 }, [], asking) },
  ];
  expect(refused(smallJudgement({ before: after, after: before, past: past.slice(1), rules: [evidence] }))).toEqual([]);
});

describe('a line', () => {
  const line = 'Fleet-Evidence: type/app patch-1 int,stage/a argoCD good@2026-11-28T08:00:00Z 0123456789abcdef';

  test('is read as it is written, also in the list of a squash', () => {
    const found = statementsIn([`Go\n\n* ${line}`]);
    expect(found).toMatchObject({ statements: [], broken: [] });
    expect(found.evidence).toEqual([
      {
        what: 'type/app',
        patch: 'patch-1',
        paths: ['int', 'stage/a'],
        name: 'argoCD',
        answer: 'good',
        since: Date.parse('2026-11-28T08:00:00Z'),
        digest: '0123456789abcdef',
      },
    ]);
    expect(found.evidence.map(evidenceText)).toEqual([line]);
  });

  test.each(['fine', 'good@soon', 'bad@2026-11-28T08:00:00Z'])('with the answer %s is none', (answer) => {
    const wrong = line.replace(/good@\S+/, answer);
    expect(statementsIn([wrong])).toMatchObject({ evidence: [], broken: [{ line: wrong, expected: expect.stringContaining('in place of ANSWER') }] });
  });

  test('without all of its words is none', () => {
    expect(statementsIn([line.replace(' argoCD', '')])).toMatchObject({
      evidence: [],
      broken: [{ expected: expect.stringContaining('PATCH PATHS NAME ANSWER DIGEST') }],
    });
  });
});
