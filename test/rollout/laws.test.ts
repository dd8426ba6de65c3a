import fc from 'fast-check';
import type { PatchView } from '../../constructs';
import { Coverage, commonFields } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { PatchState } from '../../layers/patch-state';
import { decidePromotion, type PromotionDecision } from '../../rollout/decide-promotion';
import { decideRollback } from '../../rollout/decide-rollback';
import { createdInversion } from '../../rollout/inversions';
import { type PlannedStep, planPromotions } from '../../rollout/plan-promotions';
import { integrate, type Model, models, move, optionsFor, places, type Rendered, render, viewOf, without } from './random-fleet';

/** The targets at which two fleets render something else. */
function changed(before: Rendered, after: Rendered): readonly string[] {
  return [...before.output].flatMap(([target, text]) => (after.output.get(target) === text ? [] : [target]));
}

function coverageOf({ paths, targets }: PatchState): Coverage {
  return new Coverage(paths, targets);
}

/** Every target at which an older patch wins over a newer one that sets the same field. */
function inversions({ views }: Rendered): readonly string[] {
  return views.flatMap((older, index) =>
    views.slice(index + 1).flatMap((newer) => {
      const isCommon = commonFields(older.fields, newer.fields).length > 0;
      const found = isCommon ? coverageOf(older.state).inversions(coverageOf(newer.state)) : [];
      return found.map((target) => `${older.state.patch} ${newer.state.patch} ${target}`);
    }),
  );
}

/** Holds what is true of every command, whatever it did. @param mayLeaveOut whether it was told to go past targets */
function expectSound(before: Rendered, after: Rendered, mayLeaveOut = false): void {
  const known = inversions(before);
  expect(inversions(after).filter((inversion) => !known.includes(inversion))).toEqual([]);
  for (const { state } of after.views) {
    const { paths } = state;
    expect(paths.filter((path) => paths.some((other) => other !== path && isAtOrBelow(path, other)))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    const wasGapFree = coverageOf(viewOf(before, state.patch).state).gaps.length === 0;
    if (wasGapFree && !mayLeaveOut) expect(coverageOf(state).gaps).toEqual([]);
  }
}

/** Nodes of which nothing was covered, and something is. */
function entered({ state: before }: PatchView, { state: after }: PatchView): readonly string[] {
  const [was, is] = [coverageOf(before), coverageOf(after)];
  return before.nodes.flatMap(({ path, targets, promotion }) => {
    const isEntered = promotion === 'manual' && !targets.some((one) => was.covers(one)) && targets.some((one) => is.covers(one));
    return isEntered ? [path] : [];
  });
}

interface Stepped {
  readonly model: Model;
  readonly rendered: Rendered;
  readonly decision: PromotionDecision;
}

/** One step of a patch, with everything that has to be true of it. */
function promote(model: Model, before: Rendered, patch: string, level?: string, fill = false): Stepped {
  const view = viewOf(before, patch);
  const decision = decidePromotion(view.state, { ...optionsFor(before, view, level), fill });
  if (decision.kind === 'refused') return { model, rendered: before, decision };
  if (decision.kind === 'integrate') {
    expect(coverageOf(view.state).covered).toEqual(model.targets);
    const made = integrate(model, view);
    if (!made) return { model, rendered: before, decision };
    const rendered = render(made);
    expect(changed(before, rendered)).toEqual([]);
    return { model: made, rendered, decision };
  }
  const made = move(model, patch, decision.paths);
  const rendered = render(made);
  const now = viewOf(rendered, patch);
  const was = coverageOf(view.state).covered;
  // Only what it entered, and all of that.
  expect(changed(before, rendered).filter((target) => !decision.step.targets.includes(target))).toEqual([]);
  expect(coverageOf(now.state).covered).toEqual(model.targets.filter((target) => was.includes(target) || decision.step.targets.includes(target)));
  expect(decision.step.targets.filter((target) => was.includes(target))).toEqual([]);
  // Without a gap it goes on where it was.
  if (coverageOf(view.state).gaps.length === 0) expect(decision.step.targets[0]).toBe(model.targets[was.length]);
  // No gate is passed unseen.
  expect(decision.gates).toEqual(entered(view, now));
  // What coalesced renders what it rendered before.
  expect(changed(render(move(model, patch, [...view.state.paths, decision.step.path])), rendered)).toEqual([]);
  expectSound(before, rendered);
  return { model: made, rendered, decision };
}

test('what a patch would make of a target somewhere else is what is rendered when it sits there', () => {
  const runs = models({ gapFree: false }).chain((model) =>
    fc.tuple(fc.constant(model), fc.constantFrom(...Object.keys(model.patches)), places(model), places(model)),
  );
  fc.assert(
    fc.property(runs, ([model, patch, here, there]) => {
      const view = viewOf(render(model), patch);
      const [one, other] = [render(move(model, patch, here)), render(move(model, patch, there))];
      for (const target of model.targets) {
        const isSame = one.values.get(target) === other.values.get(target);
        expect([target, view.isSame(target, here, there)]).toEqual([target, isSame]);
        const isCovered = [here, there].every((paths) => new Coverage(paths, []).covers(target));
        if (isCovered) expect(view.difference(target, here, there) === undefined).toBe(isSame);
      }
    }),
    { numRuns: 200 },
  );
});

/** What the steps of a plan do. */
function said(plan: readonly PlannedStep[]): readonly unknown[] {
  return plan.map((step) => (step.kind === 'enter' ? [step.step.path, step.paths, step.gates] : step));
}

const levels = (model: Model) => fc.constantFrom(undefined, ...model.dimensions);

describe('promotion', () => {
  test('repeated from any start without a gap covers all targets in sequence and reaches the base, changing only what it enters', () => {
    const runs = models({ gapFree: true }).chain((model) => fc.tuple(fc.constant(model), fc.constantFrom(...Object.keys(model.patches)), levels(model)));
    fc.assert(
      fc.property(runs, ([start, patch, level]) => {
        let [model, rendered] = [start, render(start)];
        const view = viewOf(rendered, patch);
        const plan = planPromotions(view.state, optionsFor(rendered, view, level));
        const decisions: PromotionDecision[] = [];
        for (let isLast = false; !isLast; ) {
          const step = promote(model, rendered, patch, level);
          decisions.push(step.decision);
          isLast = step.decision.kind !== 'enter';
          ({ model, rendered } = step);
        }
        expect(decisions).toEqual(plan);
        const [last] = decisions.slice(-1);
        if (last?.kind === 'refused') expect(['inversion', 'older']).toContain(last.reason);
        else expect(changed(rendered, render(start)).every((target) => !coverageOf(view.state).covers(target))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('of a patch alone is never refused', () => {
    const runs = models({ gapFree: true, maxPatches: 1 }).chain((model) => fc.tuple(fc.constant(model), levels(model)));
    fc.assert(
      fc.property(runs, ([model, level]) => {
        const [view] = render(model).views as [PatchView];
        const plan = planPromotions(view.state, optionsFor({ output: new Map(), values: new Map(), views: [view] }, view, level));
        expect(plan.map(({ kind }) => kind)).toEqual([...plan.slice(1).map(() => 'enter'), 'integrate']);
        const seen = plan.flatMap((step) => (step.kind === 'enter' ? step.step.targets : []));
        expect([...coverageOf(view.state).covered, ...seen]).toEqual(model.targets);
      }),
      { numRuns: 100 },
    );
  });

  test('is refused as long as there is a gap, and names it', () => {
    fc.assert(
      fc.property(models({ gapFree: false }), (model) => {
        const rendered = render(model);
        for (const view of rendered.views) {
          const { gaps } = coverageOf(view.state);
          if (gaps.length > 0) expect(decidePromotion(view.state, optionsFor(rendered, view))).toEqual({ kind: 'refused', reason: 'gap', targets: gaps });
        }
      }),
      { numRuns: 50 },
    );
  });

  test('never enters a target at or below a node that is frozen now, stops at the first one, and is as without a freeze that is over', () => {
    const freeze = fc.record({ ends: fc.constantFrom(undefined, 5, 10), now: fc.constantFrom(0, 5, 6, 20) });
    const runs = models({ gapFree: false }).chain((model) =>
      fc.tuple(fc.constant(model), fc.subarray([...model.nodes], { minLength: 1 }), freeze, fc.boolean(), levels(model)),
    );
    fc.assert(
      fc.property(runs, ([model, frozen, { ends, now }, fill, level]) => {
        const rendered = render(model);
        for (const view of rendered.views) {
          const isHeld = ends === undefined || now <= ends;
          const nodes = view.state.nodes.map((node) => (frozen.includes(node.path) ? { ...node, freeze: { reason: 'x', ends } } : node));
          const options = { ...optionsFor(rendered, view, level, now), fill };
          const plan = planPromotions({ ...view.state, nodes }, options);
          const free = planPromotions(view.state, options);
          if (!isHeld) {
            expect(said(plan)).toEqual(said(free));
            continue;
          }
          const isFrozen = (target: string) => frozen.some((path) => isAtOrBelow(target, path));
          expect(plan.flatMap((step) => (step.kind === 'enter' ? step.step.targets : [])).filter(isFrozen)).toEqual([]);
          const first = free.findIndex((step) => step.kind === 'enter' && step.step.targets.some(isFrozen));
          if (first < 0) expect(said(plan)).toEqual(said(free));
          else expect([said(plan.slice(0, -1)), plan.at(-1)]).toEqual([said(free.slice(0, first)), expect.objectContaining({ reason: 'frozen' })]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('that fills gaps first changes only what it enters', () => {
    const runs = models({ gapFree: false }).chain((model) => fc.tuple(fc.constant(model), fc.constantFrom(...Object.keys(model.patches)), levels(model)));
    fc.assert(
      fc.property(runs, ([start, patch, level]) => {
        let [model, rendered] = [start, render(start)];
        for (let isLast = false; !isLast; ) {
          const { gaps } = coverageOf(viewOf(rendered, patch).state);
          const step = promote(model, rendered, patch, level, true);
          const { decision } = step;
          if (decision.kind === 'enter' && gaps.length > 0) expect(decision.step.targets).toContain(gaps[0]);
          isLast = decision.kind !== 'enter';
          ({ model, rendered } = step);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** What a person might type. */
interface Command {
  readonly patch: string;
  readonly level?: string;
  readonly does: 'promote' | 'leave' | 'leave to' | 'leave everywhere';
  readonly to: string;
}

function commands(model: Model): fc.Arbitrary<readonly Command[]> {
  const command = fc.record({
    patch: fc.constantFrom(...Object.keys(model.patches)),
    level: levels(model),
    does: fc.constantFrom<Command['does']>('promote', 'promote', 'promote', 'leave', 'leave to', 'leave everywhere'),
    to: fc.constantFrom(...model.nodes),
  });
  return fc.array(command, { maxLength: 8 });
}

/** Takes a patch back, unless another target would be rendered otherwise, or an older patch would win. */
function rollback(model: Model, before: Rendered, { patch, does, level, to }: Command): { readonly model: Model; readonly rendered: Rendered } {
  const view = viewOf(before, patch);
  const { state } = view;
  const { paths, targets } = decideRollback(state, { level, ...(does === 'leave to' ? { to } : {}), everywhere: does === 'leave everywhere' });
  const stays = state.targets.filter((target) => !targets.includes(target));
  const isOther = stays.some((target) => !view.isSame(target, state.paths, paths));
  const { fields, others } = optionsFor(before, view);
  if (targets.length === 0 || isOther || createdInversion(state, paths, fields, others)) return { model, rendered: before };
  const made = move(model, patch, paths);
  const rendered = render(made);
  const never = render(without(model, patch));
  // Those that it left are what they were before it came; all others are what they are.
  expect(changed(before, rendered).filter((target) => !targets.includes(target))).toEqual([]);
  expect(changed(never, rendered).filter((target) => targets.includes(target))).toEqual([]);
  expect(coverageOf(viewOf(rendered, patch).state).covered).toEqual(coverageOf(state).covered.filter((target) => !targets.includes(target)));
  expectSound(before, rendered);
  return { model: made, rendered };
}

const anyPlace = models({ gapFree: false }).chain((model) =>
  fc.tuple(fc.constant(model), fc.constantFrom(...Object.keys(model.patches)), fc.constantFrom(...model.nodes)),
);

describe('rollback of one node', () => {
  test('takes the patch from the targets at or below it, wherever it sits, and from no other', () => {
    fc.assert(
      fc.property(anyPlace, ([model, patch, at]) => {
        const before = render(model);
        const { state } = viewOf(before, patch);
        const { paths, targets, split } = decideRollback(state, { at });
        const { covered } = coverageOf(state);
        const isBelow = (target: string) => isAtOrBelow(target, at);
        expect(targets).toEqual(covered.filter(isBelow));
        expect(new Coverage(paths, state.targets).covered).toEqual(covered.filter((target) => !isBelow(target)));
        // What is elsewhere stays as it was written, and what is taken apart was above.
        const isLeft = (path: string) => covered.filter((target) => isAtOrBelow(target, path)).every(isBelow);
        expect(state.paths.filter((path) => !paths.includes(path) && !isLeft(path))).toEqual(split);
        expect(split.every((path) => isAtOrBelow(at, path))).toBe(true);
        expect(new Set(paths).size).toBe(paths.length);
      }),
      { numRuns: 300 },
    );
  });

  test('renders nothing else otherwise, but where the patch, taken apart, would win over another layer', () => {
    fc.assert(
      fc.property(anyPlace, ([model, patch, at]) => {
        const before = render(model);
        const view = viewOf(before, patch);
        const { paths, targets } = decideRollback(view.state, { at });
        const isOther = view.state.targets.some((target) => !targets.includes(target) && !view.isSame(target, view.state.paths, paths));
        const after = render(move(model, patch, paths));
        if (!isOther) expect(changed(before, after).filter((target) => !isAtOrBelow(target, at))).toEqual([]);
        expect(changed(render(without(model, patch)), after).filter((target) => targets.includes(target))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a hotfix', () => {
  test('enters what its node has and nothing else, through every gate there, and what it left out is filled in sequence', () => {
    fc.assert(
      fc.property(anyPlace, ([start, patch, hotfix]) => {
        const before = render(start);
        const view = viewOf(before, patch);
        const { covered } = coverageOf(view.state);
        const below = start.targets.filter((target) => isAtOrBelow(target, hotfix));
        const decision = decidePromotion(view.state, { ...optionsFor(before, view), hotfix });
        if (below.every((target) => covered.includes(target))) {
          expect(decision).toMatchObject({ kind: 'refused', reason: 'covered' });
          return;
        }
        if (decision.kind !== 'enter') {
          expect(decision).toMatchObject({ reason: 'inversion' });
          return;
        }
        let [model, rendered] = [move(start, patch, decision.paths), render(move(start, patch, decision.paths))];
        const now = viewOf(rendered, patch);
        expect(changed(before, rendered).filter((target) => !below.includes(target) || covered.includes(target))).toEqual([]);
        expect(coverageOf(now.state).covered).toEqual(start.targets.filter((target) => covered.includes(target) || below.includes(target)));
        expect(decision.gates).toEqual(entered(view, now));
        expect(decision.leavesOut).toEqual(coverageOf(now.state).gaps);
        expectSound(before, rendered, true);
        for (let gaps = decision.leavesOut ?? []; gaps.length > 0; gaps = coverageOf(viewOf(rendered, patch).state).gaps) {
          expect(decidePromotion(viewOf(rendered, patch).state, optionsFor(rendered, viewOf(rendered, patch)))).toMatchObject({
            kind: 'refused',
            reason: 'gap',
          });
          const step = promote(model, rendered, patch, undefined, true);
          if (step.decision.kind !== 'enter') {
            expect(step.decision).toMatchObject({ reason: 'inversion' });
            return;
          }
          expect(step.decision.step.targets).toContain(gaps[0]);
          ({ model, rendered } = step);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('rollback', () => {
  test('among promotions in any order leaves no gap and no inversion behind, and changes only what it leaves', () => {
    const runs = models({ gapFree: true }).chain((model) => fc.tuple(fc.constant(model), commands(model)));
    fc.assert(
      fc.property(runs, ([start, given]) => {
        let [model, rendered] = [start, render(start)];
        for (const command of given) {
          // Its patch may be in the base by now.
          if (!model.patches[command.patch]) continue;
          if (command.does === 'promote') ({ model, rendered } = promote(model, rendered, command.patch, command.level));
          else ({ model, rendered } = rollback(model, rendered, command));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('after a promotion is always possible, and promoting again gives the same output', () => {
    const runs = models({ gapFree: true }).chain((model) => fc.tuple(fc.constant(model), fc.constantFrom(...Object.keys(model.patches)), levels(model)));
    fc.assert(
      fc.property(runs, ([given, patch, level]) => {
        const depth = level === undefined ? Math.max(0, given.dimensions.length - 2) : given.dimensions.indexOf(level);
        const start = (given.targets[0] as string).split('/', depth + 1).join('/');
        let model = move(given, patch, [start]);
        let rendered = render(model);
        for (;;) {
          const { state } = viewOf(rendered, patch);
          const back = rollback(model, rendered, { patch, level, does: 'leave', to: '' });
          expect(back.model).not.toBe(model);
          const paths = viewOf(back.rendered, patch).state.paths;
          const again = paths.length === 0 ? move(back.model, patch, [start]) : promote(back.model, back.rendered, patch, level).model;
          expect(changed(rendered, render(again))).toEqual([]);
          expect(again.patches[patch]?.rolledOutTo).toEqual(state.paths);
          const step = promote(model, rendered, patch, level);
          if (step.decision.kind !== 'enter') return;
          ({ model, rendered } = step);
        }
      }),
      { numRuns: 100 },
    );
  });
});
