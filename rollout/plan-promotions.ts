import { movedTo, type PatchState } from '../layers/patch-state';
import { decidePromotion, type Entering, type Integrating, type PromotionOptions, type Refused } from './decide-promotion';

/** A step of a plan; the last one may be a refusal. */
export type PlannedStep = Entering | Integrating | Refused;

/** Every remaining step of a patch, up to the base, or up to where it cannot go on. */
export function planPromotions(state: PatchState, options: PromotionOptions): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  let now = state;
  // Each step covers a target more, so this ends.
  for (let count = 0; count <= state.targets.length; count += 1) {
    const step = decidePromotion(now, options);
    steps.push(step);
    if (step.kind !== 'enter') return steps;
    now = movedTo(now, step.paths);
  }
  return steps;
}
