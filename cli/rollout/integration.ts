import { FleetError, type PatchView } from '../../constructs';
import { movedTo } from '../../layers/patch-state';
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
 * @param named what people call a file
 */
export function integrationOf(view: PatchView, named: (file: string) => string = (file) => file): Integration {
  // In the end it sits at the outermost nodes.
  const state = movedTo(
    view.state,
    view.state.nodes.flatMap(({ path, depth }) => (depth === 0 ? [path] : [])),
  );
  try {
    return { folds: integratePatch(new Edits(), state, view.places), byHand: [] };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const byHand = error.problems.map(({ file = '', line, message, hint }) => `${named(file)}:${line}: ${message}; ${hint}`);
    return { folds: [], byHand: [...new Set(byHand)] };
  }
}

/** Lines that say so. */
export function byHandLines({ byHand }: Integration): readonly (readonly [label: string, text: string])[] {
  return byHand.map((text) => ['by hand', `when it reaches the base: ${text}`] as const);
}
