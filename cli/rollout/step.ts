import type { PatchView } from '../../constructs';
import type { Decision, Refused } from '../../rollout/decide';
import { Edits } from '../../store/edit/edits';
import { type Fold, integratePatch, movePatch } from '../../store/edit/patch-edits';
import type { Finished } from './finish';
import type { RolloutFleet } from './fleet';
import { type Proof, prove } from './prove';

/** Exit status of a step that waits for somebody. */
export const waits = 3;

/** What `fleet promote` was asked for. */
export interface PromoteOptions {
  readonly config: string;
  readonly level?: string;
  readonly approve: readonly string[];
  readonly fill?: boolean;
  readonly all?: boolean;
  readonly auto?: boolean;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** The edits of a step, proved. @throws FleetError where it would change something else, or cannot be written down */
export function attempt(
  fleet: RolloutFleet,
  view: PatchView,
  decision: Exclude<Decision, Refused>,
): { readonly proof: Proof; readonly folds: readonly Fold[]; readonly edits: Edits } {
  const edits = new Edits();
  const folds = decision.kind === 'integrate' ? integratePatch(edits, view.state, view.places) : [];
  if (decision.kind === 'enter') movePatch(edits, view.state, view.places, decision.paths);
  const targets = decision.kind === 'enter' ? decision.step.targets : [];
  return { proof: prove(fleet.config, edits, fleet.output, view.state.clusterType, targets), folds, edits };
}

/** A step as data. */
export function described({ state }: PatchView, decision: Exclude<Decision, Refused>, folds: readonly Fold[]): object {
  const { clusterType, app, patch } = state;
  const common = { clusterType, app, patch, step: decision.kind, before: state.paths };
  if (decision.kind === 'integrate') return { ...common, folds };
  return {
    ...common,
    path: decision.step.path,
    targets: decision.step.targets,
    after: decision.paths,
    coalesced: decision.coalesced,
    apart: decision.apart,
    gates: decision.gates,
  };
}

export function asJson({ edited, rendered, stale }: Finished, next: readonly string[]): object {
  return { edited, written: rendered?.report.written ?? [], removed: rendered?.report.removed ?? [], stale, next };
}

export function commitMessage({ state: { app, patch, clusterType } }: PatchView, decision: Exclude<Decision, Refused>): string {
  return decision.kind === 'integrate' ? `${clusterType}/${app}: make ${patch} the base` : `${clusterType}/${app}: roll ${patch} out to ${decision.step.path}`;
}
