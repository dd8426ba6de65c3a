import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { durationText } from '../../../layers/text/duration';
import { conflictsOf } from '../../../rollout/conflicts';
import { decidePromotion, type PromotionDecision } from '../../../rollout/decide-promotion';
import type { History } from '../../../store/git/history';
import { sinceWhen } from '../../../store/history/rollout-history';
import { firstNames } from '../first-names';
import type { LoadedFleet } from '../load-fleet';
import { promotionOptions } from './promotion-options';
import { refusalAndCure } from './refusal-text';
import { deployedCommit, soakLeft } from './soak';
import { stepText } from './step-text';
import { whyIdle } from './why-idle';

/** How far a patch is, and what is next. */
export interface PatchStatus {
  readonly view: PatchView;
  readonly covered: readonly string[];
  readonly next: string;
  readonly since?: string;
  readonly notes: readonly string[];
}

/** @param now what the clock says */
export function statusOf(fleet: LoadedFleet, view: PatchView, history: History, now: Date): PatchStatus {
  const { state } = view;
  const { covered } = new Coverage(state.paths, state.targets);
  const decision = decidePromotion(state, promotionOptions(fleet, view, {}, now));
  const last = covered[covered.length - 1];
  const since = last === undefined ? undefined : sinceText(fleet, view, history, now, last);
  return { view, covered, next: nextText(view, decision, soakLeft(fleet, view, history, now)), since, notes: notesOf(fleet, view, covered) };
}

/** Since when a patch is at its last target, as it is now. */
function sinceText(fleet: LoadedFleet, { state, places }: PatchView, history: History, now: Date, last: string): string {
  const deployed = deployedCommit(fleet, history);
  if ('unknown' in deployed) return `unknown: ${deployed.unknown}`;
  const { time } = sinceWhen(history, state, places, last, deployed.commit) ?? {};
  if (time === undefined) return 'not committed yet';
  return `${new Date(time).toISOString().slice(0, 10)}, ${durationText(now.getTime() - time)} ago`;
}

function nextText({ state }: PatchView, decision: PromotionDecision, soaking: string | undefined): string {
  if (decision.kind === 'refused') return `nothing: ${refusalAndCure(state, decision)}`;
  const wait = soaking === undefined ? '' : `; ${soaking}`;
  if (decision.kind === 'integrate') return `the base${wait}`;
  const gate =
    decision.gates.length > 0 ? `, behind ${decision.gates.length === 1 ? 'the manual gate' : 'the manual gates'} ${decision.gates.join(' and ')}` : '';
  return `${stepText(decision.step)}${gate}${wait}`;
}

/** Conflicts with other patches, and fields without effect. */
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
