import type { PatchView } from '../../constructs';
import { decidePromotion, type Entering, type Integrating } from '../../rollout/decide-promotion';
import type { History } from '../../store/git/history';
import type { LoadedFleet } from '../read/load-fleet';
import { promotionOptions, type StepFlags } from '../read/patches/promotion-options';
import { refusalText } from '../read/patches/refusal-text';
import { soakLeft } from '../read/patches/soak';

/** What an automatic step is decided from. */
export interface AutomaticOptions {
  readonly flags: StepFlags;
  readonly history: History;
  /** What the clock says. */
  readonly now: Date;
}

/** The next step of a patch that needs nobody's approval and has soaked where it is; or why it stays. */
export function automaticStep(fleet: LoadedFleet, view: PatchView, { flags, history, now }: AutomaticOptions): Entering | Integrating | string {
  const decision = decidePromotion(view.state, promotionOptions(fleet, view, flags, now));
  if (decision.kind === 'refused') return refusalText(view.state, decision);
  if (decision.kind === 'enter' && decision.gates.length > 0) return `${decision.gates.join(' and ')} must be approved`;
  return soakLeft(fleet, view, history, now, decision.kind === 'enter' ? decision.step.targets : []) ?? decision;
}
