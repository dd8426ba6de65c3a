import { FleetError, type PatchView } from '../../constructs';
import { movedTo } from '../../layers/patch-state';
import { type PlannedStep, planPromotions } from '../../rollout/plan-promotions';
import { Edits } from '../../store/edit/edits';
import { type Fold, integratePatch } from '../../store/edit/patch-edits';
import type { LoadedFleet } from '../read/load-fleet';
import { type StepFlags, timelessOptions } from '../read/patches/promotion-options';

/** What the last step of a patch, into the base, would do. */
export interface Integration {
  readonly folds: readonly Fold[];
  /** What somebody has to edit by hand then, by file and line. */
  readonly byHand: readonly string[];
}

/**
 * What the last step would change of overrides, and what of it the command cannot write: computed long before, so that nobody is surprised.
 *
 * @param paths where the patch sits in the end
 * @param nameOf what people call a file
 */
export function integrationOf(view: PatchView, paths: readonly string[], nameOf: (file: string) => string = (file) => file): Integration {
  const state = movedTo(view.state, paths);
  try {
    return { folds: integratePatch(new Edits(), state, view.places, view.fieldsByApp), byHand: [] };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const byHand = error.problems.map(({ file = '', line, message, hint }) => `${nameOf(file)}:${line}: ${message}; ${hint}`);
    return { folds: [], byHand: [...new Set(byHand)] };
  }
}

/** What the last step will come to, behind all the steps before it. @param flags of the command line, for these steps */
export function finalIntegration(fleet: LoadedFleet, view: PatchView, { hotfix, fill = hotfix !== undefined, level }: StepFlags): Integration {
  // A freeze ends; what somebody has to edit by hand stays.
  const state = { ...view.state, nodes: view.state.nodes.map(({ freeze: _, ...node }) => node) };
  return integrationOf(
    view,
    finalPaths(view, planPromotions(state, { ...timelessOptions(fleet, view, { fill, ...(level === undefined ? {} : { level }) }), now: 0 })),
  );
}

/** Where a patch sits when nothing is left to enter. @param steps what is planned for it */
export function finalPaths({ state }: PatchView, steps: readonly PlannedStep[]): readonly string[] {
  return steps.reduce<readonly string[]>((paths, step) => (step.kind === 'enter' ? step.paths : paths), state.paths);
}
