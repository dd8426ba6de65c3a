import fc from 'fast-check';
import { neededStatements } from '../../../changes/judge/needed-statements';
import { evidence } from '../../../changes/judge/rules/evidence';
import type { Evidence } from '../../../layers/law/evidence';
import { askedEvidence } from '../../../rollout/evidence/asked';
import { nextStep } from '../../../rollout/next-step';
import { state, type Tree } from '../../rollout/rollout-builder';
import { runs } from '../../runs';
import { refused, type SmallFleet, smallJudgement, smallState } from './small-fleet';

const tree: Tree = { int: { a: ['us', 'eu'], b: ['us'] }, stage: { a: ['us', 'eu'], b: ['ap'] }, prod: { a: ['us', 'eu'], b: ['us', 'eu', 'ap'] } };
const names = ['one', 'other'];
const named = (some: readonly string[]): readonly Evidence[] => some.map((name) => ({ command: { run: 'x', name } }));
const { nodes: all, targets } = state([], { tree });
const paths = all.filter(({ depth }) => depth < 2).map(({ path }) => path);

const cases = fc.record({
  asks: fc.dictionary(fc.constantFrom(...paths), fc.subarray(names, { minLength: 1 }), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  // Mostly along the sequence; what was left out is filled.
  covered: fc
    .tuple(fc.integer({ min: 2, max: targets.length }), fc.option(fc.constantFrom(...targets), { freq: 3 }))
    .map(([count, left]) => targets.slice(0, count).filter((target) => target !== left)),
});

test('what a commit is asked to have on record is what its step asks: with all of it good the step passes, without any one piece it does not', () => {
  let demanded = 0;
  fc.assert(
    fc.property(cases, fc.nat(), ({ asks, covered }, index) => {
      const evidenceOf = Object.fromEntries(Object.entries(asks).map(([path, some]) => [path, { evidence: named(some) }]));
      const own = state(covered, { tree, asks: evidenceOf });
      const step = nextStep(own, { fill: true });
      if (step.kind !== 'enter') return;
      const asked = askedEvidence(own, step.targets[0]);
      const fleet = (at: readonly string[]): SmallFleet => ({
        sequence: targets,
        apps: { app: { base: { x: 1 }, patches: { 'patch-1': { at, set: { x: 2 } } } } },
        law: { nodes: Object.entries(asks).map(([path, some]) => ({ path, evidence: some })) },
      });
      const [before, after] = [fleet(covered), fleet([...covered, ...step.targets])];
      const passes = (pieces: typeof asked) => {
        const seen = pieces.map(({ name, target }) => ({ patch: 'patch-1', paths: [target], name, answer: 'good' as const }));
        const message = neededStatements({ before: smallState(before), after: smallState(after), now: 0, seen }).join('\n');
        return refused(smallJudgement({ before, after, message, rules: [evidence] })).length === 0;
      };
      expect(passes(asked)).toBe(true);
      if (asked.length === 0) return;
      demanded += 1;
      const { name, target } = asked[index % asked.length] as (typeof asked)[number];
      expect(passes(asked.filter((one) => one.name !== name || one.target !== target))).toBe(false);
    }),
    { numRuns: 1000 },
  );
  expect(demanded).toBeGreaterThan(runs(200));
});
