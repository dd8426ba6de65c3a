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

/** The next step of a patch, and what it waits for besides evidence. */
export interface AutomaticStep {
  /** @default - there is none */
  readonly decision?: Entering | Integrating;
  /** Why it stays: there is no step, somebody has to approve it, or it has not soaked where it is. @default - it may be made */
  readonly reason?: string;
}

export function automaticStep(fleet: LoadedFleet, view: PatchView, { flags, history, now }: AutomaticOptions): AutomaticStep {
  const decision = decidePromotion(view.state, promotionOptions(fleet, view, flags, now));
  if (decision.kind === 'refused') return { reason: refusalText(view.state, decision) };
  if (decision.kind === 'enter' && decision.gates.length > 0) return { decision, reason: `${decision.gates.join(' and ')} must be approved` };
  const reason = soakLeft(fleet, view, history, now, decision.kind === 'enter' ? decision.step.targets : []);
  return { decision, ...(reason === undefined ? {} : { reason }) };
}
