import type { PatchView } from '../../constructs';
import type { PlannedStep } from '../../rollout/plan-promotions';
import type { Integration } from '../prepare/integration';
import { refusalText } from '../read/patches/refusal-text';
import { patchTitle } from './patch-words';
import { aligned, labelWidth, type Row } from './rows';
import { foldText, stepRows } from './step-rows';

/** Every remaining step, for people. */
export function planText(view: PatchView, steps: readonly PlannedStep[], integration: Integration): string {
  return [patchTitle(view.state), '', ...numbered(rowsOf(view, steps, integration))].join('\n');
}

/** Every remaining step, for programs. */
export function planData(view: PatchView, steps: readonly PlannedStep[], integration: Integration): object {
  return { ...view.state, nodes: undefined, ranks: undefined, steps: steps.map((step) => planStepData(view, step)), ...integration };
}

/** The rows of every step. */
function rowsOf(view: PatchView, steps: readonly PlannedStep[], { folds, byHand }: Integration): readonly (readonly Row[])[] {
  let before = view.state.paths;
  return steps.map((step) => {
    const rows = stepRows(view, step, before);
    if (step.kind === 'enter') before = step.paths;
    if (step.kind !== 'integrate') return rows;
    return [...rows, ...folds.map((fold) => ['folds', foldText(fold)] as const), ...byHand.map((text) => ['by hand', text] as const)];
  });
}

function numbered(steps: readonly (readonly Row[])[]): readonly string[] {
  const width = labelWidth(steps.flat());
  return steps.flatMap((rows, index) => {
    const [first = '', ...others] = aligned(rows, '     ', width);
    return [`${String(index + 1).padStart(3)}. ${first.trimStart()}`, ...others];
  });
}

function planStepData(view: PatchView, step: PlannedStep): object {
  if (step.kind === 'integrate') return { step: 'integrate' };
  if (step.kind === 'refused') return { step: 'refused', reason: step.reason, text: refusalText(view.state, step), targets: step.targets, frozen: step.frozen };
  return {
    step: 'enter',
    path: step.step.path,
    ...(step.step.wave === undefined ? {} : { wave: step.step.wave }),
    targets: step.step.targets,
    gates: step.gates,
    after: step.paths,
    coalesced: step.coalesced,
    apart: step.apart,
  };
}
