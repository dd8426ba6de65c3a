import type { PatchView } from '../../constructs';
import type { Entering, Integrating } from '../../rollout/decide-promotion';
import type { Fold } from '../../store/edit/patch-edits';
import type { PatchEvidence } from '../prepare/evidence/evidence-book';
import type { PreparedRollback } from '../prepare/prepare-rollback';

/** What evidence says, for programs; nothing where none is asked. */
export function evidenceData({ seen, is, reasons }: PatchEvidence): object {
  if (seen.length === 0) return {};
  return { evidence: { is, reasons, seen: seen.map(({ soak: _, ...one }) => one) } };
}

/** A step, for programs. */
export function stepData({ state }: PatchView, decision: Entering | Integrating, folds: readonly Fold[] = []): object {
  const { clusterType, app, patch } = state;
  const common = { clusterType, app, patch, step: decision.kind, before: state.paths };
  if (decision.kind === 'integrate') return { ...common, folds };
  return {
    ...common,
    path: decision.step.path,
    ...(decision.step.wave === undefined ? {} : { wave: decision.step.wave }),
    targets: decision.step.targets,
    after: decision.paths,
    coalesced: decision.coalesced,
    apart: decision.apart,
    gates: decision.gates,
    ...(decision.leavesOut === undefined ? {} : { leavesOut: decision.leavesOut }),
  };
}

/** What a patch leaves, for programs. */
export function backData({ view: { state }, rollback, left }: PreparedRollback): object {
  const { clusterType, app, patch, paths } = state;
  return { clusterType, app, patch, before: paths, after: rollback.paths, left };
}
