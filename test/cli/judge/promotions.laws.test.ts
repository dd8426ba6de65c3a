import fc from 'fast-check';
import { judge, type Verdict } from '../../../changes/judge/judge';
import { neededStatements } from '../../../changes/judge/needed-statements';
import type { Past } from '../../../changes/judge/past';
import { gate } from '../../../changes/judge/rules/gate';
import { loosenedLaw } from '../../../changes/judge/rules/loosened-law';
import { sequence } from '../../../changes/judge/rules/sequence';
import { Side } from '../../../changes/judge/side';
import { statementsIn } from '../../../changes/judge/statements';
import type { State } from '../../../changes/state';
import { configState } from '../../../cli/read/state/config-state';
import { Coverage } from '../../../layers/coverage';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { decidePromotion } from '../../../rollout/decide-promotion';
import { decideRollback } from '../../../rollout/decide-rollback';
import {
  integrate,
  leavesOf,
  type Model,
  models,
  move,
  optionsFor,
  outputOf,
  type Rendered,
  render,
  type Values,
  viewOf,
  without,
} from '../../rollout/random-fleet';

const stateOf = (model: Model) => configState(outputOf(model));

/**
 * Fleets in which nothing switches the app on or off: what comes with an app need not be the patch's that switches it on, and where it
 * is off, a patch enters nothing that could be seen. Both are asked for by themselves.
 */
const switchedOn = (maxPatches?: number) => models({ gapFree: true, ...(maxPatches === undefined ? {} : { maxPatches }) }).map(withoutSwitches);

function withoutSwitches(model: Model): Model {
  const { base, overrides, patches } = model;
  const without = ({ enabled: _, ...others }: Values): Values => others;
  const changed = Object.entries(patches).map(([name, { rolledOutTo, change }]) => {
    const kept = typeof change === 'function' ? (at: Parameters<typeof change>[0]) => without(change(at)) : without(change);
    return [name, { rolledOutTo, change: kept }] as const;
  });
  return {
    ...model,
    base: without(base),
    overrides: Object.fromEntries(Object.entries(overrides).map(([path, layer]) => [path, without(layer)])),
    patches: Object.fromEntries(changed.filter(([, { change }]) => typeof change === 'function' || [...leavesOf(change)].length > 0)),
  };
}

/** Whether targets that a step is not about get something else: such a step is none. */
function changesOthers(before: Rendered, after: Rendered, targets: readonly string[]): boolean {
  return [...before.output].some(([target, text]) => !targets.includes(target) && after.output.get(target) !== text);
}

/** What was there before, the newest first. */
function pastOf(states: readonly State[]): Past {
  const sides = states.map((state) => new Side(state));
  return {
    prepare: () => {},
    contents: (item, target) =>
      sides.map((side, index) => {
        const [fields] = side.fields(item, [target]).get(target) ?? [];
        return { time: -index, ...(fields === undefined ? {} : { fields }) };
      }),
  };
}

function refused(before: State, after: State, message = '', past: readonly State[] = [before]): readonly Verdict[] {
  const { statements } = statementsIn([message]);
  return judge({ before, after, laws: [], statements, past: pastOf(past), now: 0, rules: [sequence, gate, loosenedLaw] }).filter(
    ({ kind }) => kind === 'refused',
  );
}

test('whatever step a command makes of whatever fleet passes, with the lines that it writes, and is asked for them', () => {
  let steps = 0;
  let gates = 0;
  fc.assert(
    fc.property(switchedOn(), (model) => {
      const rendered = render(model);
      for (const patch of Object.keys(model.patches)) {
        const view = viewOf(rendered, patch);
        const decision = decidePromotion(view.state, optionsFor(rendered, view));
        if (decision.kind !== 'enter') continue;
        const [before, after] = [stateOf(model), stateOf(move(model, patch, decision.paths))];
        steps += 1;
        const lines = neededStatements({ before, after, now: 0, approved: decision.gates });
        // A node that a patch has entered while something hid it there is asked when it comes to light: commands see where it sits alone.
        const { covered } = new Coverage(view.state.paths, view.state.targets);
        const isSeenLater = ({ rule, path }: Verdict) =>
          rule === 'gate' && !decision.gates.includes(path) && covered.some((target) => isAtOrBelow(target, path));
        expect(refused(before, after, lines.join('\n')).filter((verdict) => !isSeenLater(verdict))).toEqual([]);
        // No other line is asked for than those; where the step shows nothing, none is.
        const missing = refused(before, after)
          .filter((verdict) => !isSeenLater(verdict))
          .map(({ statement }) => statement);
        gates += missing.length;
        expect(lines).toEqual(expect.arrayContaining(missing));
        expect(missing.length > 0 ? decision.gates.length : 1).toBeGreaterThan(0);
      }
    }),
    { numRuns: 3000 },
  );
  expect(steps).toBeGreaterThan(0);
  expect(gates).toBeGreaterThan(0);
});

test('whatever becomes the base, and whatever goes back, passes', () => {
  fc.assert(
    fc.property(switchedOn(1), (model) => {
      const rendered = render(model);
      for (const patch of Object.keys(model.patches)) {
        const view = viewOf(rendered, patch);
        const before = stateOf(model);
        const integrated = decidePromotion(view.state, optionsFor(rendered, view)).kind === 'integrate' ? integrate(model, view) : undefined;
        if (integrated && !changesOthers(rendered, render(integrated), [])) expect(refused(before, stateOf(integrated))).toEqual([]);
        const decision = decideRollback(view.state, {});
        const back = move(model, patch, decision.paths);
        if (changesOthers(rendered, render(back), decision.targets)) continue;
        expect(refused(before, stateOf(back), '', [before, stateOf(without(model, patch))])).toEqual([]);
      }
    }),
    { numRuns: 600 },
  );
});
