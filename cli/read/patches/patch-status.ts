import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { conflictsOf } from '../../../rollout/conflicts';
import { decidePromotion, type PromotionDecision } from '../../../rollout/decide-promotion';
import { type FrozenNode, frozenNodes } from '../../../rollout/freezes';
import type { History } from '../../../store/git/history';
import { sinceWhen } from '../../../store/history/rollout-history';
import { outputDir } from '../../../store/output/output-place';
import { firstNames } from '../first-names';
import type { LoadedFleet } from '../load-fleet';
import { promotionOptions } from './promotion-options';
import { deployedCommit, longestSoak, type Unsoaked, unsoaked } from './soak';
import type { TakenBack } from './taken-back';
import { whyIdle } from './why-idle';

/** How far a patch is, and what is next. */
export interface PatchStatus {
  readonly view: PatchView;
  readonly covered: readonly string[];
  /** What is next, or why nothing is. */
  readonly decision: PromotionDecision;
  /** The node where it has to stay for longer, the one that it waits for. @default - it waits for none */
  readonly soaking?: Unsoaked;
  /** Why it does not go on by itself though it may: it was there, and was taken back. @default - it does */
  readonly takenBack?: string;
  /** Nodes ahead of it into which nothing is promoted now. */
  readonly frozen: readonly FrozenNode[];
  /** Since when it is at its last target, as it is now. @default - it covers none */
  readonly since?: PatchSince;
  /** Conflicts with other patches, and fields without effect. */
  readonly notes: readonly string[];
}

export interface PatchSince {
  /** In milliseconds. @default - it is not committed yet, or nobody knows */
  readonly time?: number;
  /** The id of the commit. @default - as above */
  readonly commit?: string;
  /** Why nobody knows. @default - it is known */
  readonly unknown?: string;
}

/**
 * @param now       what the clock says
 * @param takenBack of the same history, which it reads once
 */
export function statusOf(fleet: LoadedFleet, view: PatchView, history: History, now: Date, takenBack: TakenBack): PatchStatus {
  const { state } = view;
  const { covered } = new Coverage(state.paths, state.targets);
  const decision = decidePromotion(state, promotionOptions(fleet, view, {}, now));
  const last = covered[covered.length - 1];
  const reached = new Set(covered);
  const ahead = state.targets.filter((target) => !reached.has(target));
  const soaking = decision.kind === 'refused' ? undefined : longestSoak(unsoaked(fleet, view, history, now));
  const before = takenBack.why(fleet, view, decision);
  return {
    view,
    covered,
    decision,
    ...(soaking === undefined ? {} : { soaking }),
    ...(before === undefined ? {} : { takenBack: before }),
    frozen: frozenNodes(state.nodes, ahead, now.getTime()),
    ...(last === undefined ? {} : { since: sinceOf(fleet, view, history, last) }),
    notes: notesOf(fleet, view, covered),
  };
}

function sinceOf(fleet: LoadedFleet, { state, places }: PatchView, history: History, last: string): PatchSince {
  const deployed = deployedCommit(fleet, history);
  return 'unknown' in deployed ? deployed : (sinceWhen(history, state, places, last, deployed.commit, outputDir(fleet.config, fleet.fleet.path)) ?? {});
}

function notesOf(fleet: LoadedFleet, view: PatchView, covered: readonly string[]): readonly string[] {
  const own = fleet.patches.filter(({ state }) => state.clusterType === view.state.clusterType && state.app === view.state.app);
  const conflicts = conflictsOf(own.map(({ state, fields }) => ({ state, fields }))).filter(({ older, newer }) => [older, newer].includes(view.state.patch));
  const idle = new Map<string, string[]>();
  for (const target of covered) {
    for (const one of view.withoutEffect(target)) {
      const text = `${one.field} has no effect: ${whyIdle(one)}`;
      idle.set(text, [...(idle.get(text) ?? []), target]);
    }
  }
  return [
    ...conflicts.map(({ field, older, newer, targets, inverted }) => {
      const other = older === view.state.patch ? newer : older;
      const wins = inverted.length > 0 ? `; the older wins at ${firstNames(inverted).join(', ')}` : '';
      return `${field} is set by ${other} too, at ${firstNames(targets).join(', ')}${wins}`;
    }),
    ...[...idle].map(([text, targets]) => `${text}, at ${firstNames(targets).join(', ')}`),
  ];
}
