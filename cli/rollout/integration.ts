import { FleetError, type PatchView } from '../../constructs';
import { movedTo } from '../../layers/patch-state';
import type { PlannedStep } from '../../rollout/plan';
import { Edits } from '../../store/edit/edits';
import { type Fold, integratePatch } from '../../store/edit/patch-edits';

/** What the last step of a patch would do. */
export interface Integration {
  readonly folds: readonly Fold[];
  /** What somebody has to edit by hand then, by file and line. */
  readonly byHand: readonly string[];
}

/**
 * What the last step would change of overrides, and what of it cannot be written down by the command: told before it comes to that.
 *
 * @param paths where the patch sits in the end
 * @param named what people call a file
 */
export function integrationOf(view: PatchView, paths: readonly string[], named: (file: string) => string = (file) => file): Integration {
  const state = movedTo(view.state, paths);
  try {
    return { folds: integratePatch(new Edits(), state, view.places, view.fieldsByApp), byHand: [] };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const byHand = error.problems.map(({ file = '', line, message, hint }) => `${named(file)}:${line}: ${message}; ${hint}`);
    return { folds: [], byHand: [...new Set(byHand)] };
  }
}

/** Where a patch sits when nothing is left to enter. @param steps what is planned for it */
export function finalPaths({ state }: PatchView, steps: readonly PlannedStep[]): readonly string[] {
  return steps.reduce<readonly string[]>((paths, step) => (step.kind === 'enter' ? step.paths : paths), state.paths);
}

/** Lines that say so. */
export function byHandLines({ byHand }: Integration): readonly (readonly [label: string, text: string])[] {
  return byHand.map((text) => ['by hand', `when it reaches the base: ${text}`] as const);
}
