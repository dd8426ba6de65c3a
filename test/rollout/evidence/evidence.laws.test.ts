import fc from 'fast-check';
import { Coverage } from '../../../layers/coverage';
import { isAtOrBelow } from '../../../layers/hierarchy';
import type { Answer, Evidence } from '../../../layers/law/evidence';
import type { Wave } from '../../../layers/law/waves';
import type { PatchState } from '../../../layers/patch-state';
import { decidePromotion } from '../../../rollout/decide-promotion';
import { askedEvidence } from '../../../rollout/evidence/asked';
import { firstGood, needsRecord, type RecordedAnswer } from '../../../rollout/evidence/recorded';
import { judgeEvidence, type SeenEvidence } from '../../../rollout/evidence/standing';
import { runs } from '../../runs';
import { options, state, type Tree } from '../rollout-builder';

/** One piece at one target: what it says from moments on, and whether it can say since when. */
interface Piece {
  readonly turns: readonly { readonly at: number; readonly is: Answer['is'] }[];
  readonly saysSince: boolean;
}

const words: readonly Answer['is'][] = ['good', 'good', 'good', 'not-yet', 'no-answer', 'bad'];
const piece: fc.Arbitrary<Piece> = fc.record({
  turns: fc
    .array(fc.record({ at: fc.integer({ min: 1, max: 60 }), is: fc.constantFrom(...words) }), { maxLength: 4 })
    .map((turns) => [{ at: 0, is: 'good' as const }, ...turns.toSorted((a, b) => a.at - b.at)]),
  saysSince: fc.boolean(),
});

/** Whether it was good all the time, from one moment to another. */
function wasGood({ turns }: Piece, from: number, to: number): boolean {
  return turns.every(({ is, at }, index) => is === 'good' || at > to || (turns[index + 1]?.at ?? Number.POSITIVE_INFINITY) <= from);
}

function answerAt({ turns, saysSince }: Piece, now: number): Answer {
  const past = turns.filter(({ at }) => at <= now);
  const last = past.at(-1) as Piece['turns'][number];
  if (last.is !== 'good') return { is: last.is, why: 'why' };
  const broken = past.findLastIndex(({ is }) => is !== 'good');
  return saysSince ? { is: 'good', since: new Date(past[broken + 1]?.at ?? 0) } : { is: 'good' };
}

/** Three levels: environments, sectors and regions, or tenants, environments and clusters. */
const tree: fc.Arbitrary<Tree> = fc.constantFrom<Tree>(
  { int: { a: ['us', 'eu'], b: ['us'] }, prod: { a: ['us', 'eu'], b: ['us', 'eu', 'ap'] } },
  { t0: { dev: ['c0', 'c1'], prod: ['c2'] }, t1: { dev: ['c3'], prod: ['c4', 'c5'] }, t2: { prod: ['c6'] } },
);

const evidence: Evidence = () => ({ is: 'good' });
const names = ['one', 'other'];
const named = (count: number): readonly Evidence[] => names.slice(0, count).map((name) => ({ command: { run: 'x', name } }));

const fleets = fc
  .record({ tree, first: fc.constantFrom(0, 1), waves: fc.constantFrom<{ readonly [path: string]: readonly Wave[] }>({}, { '*': [1, 'rest'] }) })
  .chain((shape) => {
    const { nodes, targets } = state([], shape);
    const asks = nodes
      .filter(({ depth }) => depth < 2)
      .map(({ path, depth }) => fc.tuple(fc.constant([path, depth] as const), fc.integer({ min: 0, max: 8 }), fc.boolean()));
    return fc.record({
      shape: fc.constant(shape),
      asks: fc
        .tuple(...asks)
        // At one target each name is there once.
        .map((all) => Object.fromEntries(all.map(([[path, depth], soak, asked]) => [path, { soak, evidence: asked ? [named(2)[depth] as Evidence] : [] }]))),
      pieces: fc
        .tuple(...targets.flatMap((target) => names.map((name) => piece.map((one) => [`${target} ${name}` as string, one] as const))))
        .map((all) => new Map(all)),
      steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 10, maxLength: 30 }),
    });
  });

/** The longest soak of the nodes that a target lies in, and the names of all that they ask. */
function demanded({ nodes }: PatchState, target: string): { readonly soak: number; readonly names: readonly string[] } {
  const above = nodes.filter(({ path }) => isAtOrBelow(target, path));
  const asked = above.flatMap((node) => (node.evidence ?? []).map((one) => (one as { command: { name: string } }).command.name));
  return { soak: Math.max(...above.map(({ soak }) => soak)), names: asked };
}

test('no change enters a node before everything in front of it was good for its soak, whatever evidence says, however often it is asked', () => {
  let [entered, waited] = [0, 0];
  fc.assert(
    fc.property(fleets, ({ shape, asks, pieces, steps }) => {
      const at = (paths: readonly string[]) => state(paths, { ...shape, asks });
      let now = 0;
      let current = at([at([]).targets[0] as string]);
      const cameAt = new Map(current.targets.slice(0, 1).map((target) => [target, 0]));
      const records: (RecordedAnswer & { readonly key: string })[] = [];
      for (const step of steps) {
        now += step;
        const decision = decidePromotion(current, options());
        if (decision.kind === 'refused') throw new Error(decision.reason);
        const next = decision.kind === 'enter' ? decision.step.targets : [];
        const seen = askedEvidence(current, next[0]).map((one): SeenEvidence => {
          const key = `${one.target} ${one.name}`;
          const recorded = firstGood(
            records.filter((record) => record.key === key),
            cameAt.get(one.target) ?? 0,
          );
          return { ...one, answer: answerAt(pieces.get(key) as Piece, now), ...(recorded === undefined ? {} : { recorded }) };
        });
        const { is, reasons } = judgeEvidence(seen, now);
        expect(reasons.length > 0).toBe(is !== 'good');
        for (const one of seen.filter(needsRecord)) records.push({ key: `${one.target} ${one.name}`, is: one.answer.is, time: now });
        if (is !== 'good') {
          waited += 1;
          continue;
        }
        entered += 1;
        for (const target of new Coverage(current.paths, current.targets).covered) {
          const { soak, names: all } = demanded(current, target);
          for (const name of all) {
            const key = `${target} ${name}`;
            const one = pieces.get(key) as Piece;
            expect(wasGood(one, now, now)).toBe(true);
            if (one.saysSince) expect([key, now, wasGood(one, now - soak, now)]).toEqual([key, now, true]);
            else if (soak > 0) {
              // A good answer was on record that long ago, and every one since was good.
              const own = records.filter((record) => record.key === key && record.time >= (cameAt.get(target) ?? 0));
              expect(own.some(({ is: said, time }) => said === 'good' && time <= now - soak)).toBe(true);
              expect(own.findLast(({ is: said }) => said !== 'good')?.time ?? -1).toBeLessThanOrEqual(now - soak);
            }
          }
        }
        if (decision.kind === 'integrate') return;
        current = at(decision.paths);
        for (const target of next) cameAt.set(target, now);
      }
    }),
    { numRuns: runs(2000) },
  );
  // Both happens, and often.
  expect(Math.min(entered, waited)).toBeGreaterThan(runs(100));
});

test('what is asked are all nodes around what the patch has reached in front of the next target, and nothing behind it', () => {
  const asks = { int: { evidence: named(1), soak: 5 }, 'int/int-1': { evidence: [evidence], soak: 3 }, prod: { evidence: named(1) } };
  const own = state(['int/int-1/us', 'prod/canary'], { asks });
  const said = (next?: string) => askedEvidence(own, next).map(({ node, name, target, soak }) => [node, name, target, soak]);
  expect(said('int/int-2/us')).toEqual([
    ['int', 'one', 'int/int-1/us', 5],
    ['int/int-1', 'evidence', 'int/int-1/us', 5],
  ]);
  expect(said().map(([, , target]) => target)).toEqual(['int/int-1/us', 'int/int-1/us', 'prod/canary/us', 'prod/canary/eu']);
  expect(askedEvidence(state(['int'])).length).toBe(0);
});

test('reasons are told once for all targets, the worst first', () => {
  const seen = (target: string, answer: Answer, soak = 0): SeenEvidence => ({ node: 'n', name: 'argoCD', target, soak, answer });
  expect(
    judgeEvidence(
      [
        seen('a', { is: 'not-yet', why: 'web is Progressing' }),
        seen('b', { is: 'bad', why: 'web is Degraded' }),
        seen('c', { is: 'not-yet', why: 'web is Progressing' }),
        seen('d', { is: 'good', since: new Date(0) }, 3_600_000),
        seen('e', { is: 'good' }, 1),
        seen('f', { is: 'good' }),
      ],
      1_800_000,
    ),
  ).toEqual({
    is: 'bad',
    reasons: [
      'argoCD is bad at b: web is Degraded',
      'argoCD is not good yet at a and 1 more target: web is Progressing',
      'argoCD is not good yet at d: it is good, and soaks for another 30 min',
      'argoCD is not good yet at e: it is good, and no commit has it on record yet',
    ],
  });
});
