import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import type { History } from '../../../store/git/history';
import { sinceWhenAt } from '../../../store/history/rollout-history';
import type { LoadedFleet } from '../load-fleet';
import { deployedCommit } from '../patches/soak';
import { type RecordedBad, RecordedEvidence } from './recorded';

/**
 * What was bad the last time that a patch, as it is now, was at some targets: it left them, and nothing but another content makes it
 * good there. Who edits the patch begins anew; one that covers nothing has no time of its own, and all of its records count.
 */
export function wasBad(
  fleet: LoadedFleet,
  { view, targets }: { readonly view: PatchView; readonly targets: readonly string[] },
  history: History,
): readonly RecordedBad[] {
  const deployed = deployedCommit(fleet, history);
  if (!('commit' in deployed)) return [];
  const { state, places } = view;
  const { covered } = new Coverage(state.paths, state.targets);
  const since = covered.length === 0 ? undefined : sinceWhenAt(history, state, places, covered, deployed.commit);
  const times = [...(since?.values() ?? [])].flatMap(({ time }) => time ?? []);
  return new RecordedEvidence(history, deployed.commit).bad(view, targets, Math.min(...times, covered.length === 0 ? 0 : Number.POSITIVE_INFINITY));
}

export function wasBadText([first]: readonly RecordedBad[]): string | undefined {
  if (first === undefined) return undefined;
  const [target = '', ...others] = first.targets;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first.name} was bad at ${target}${more} when it was there: edit the patch, or promote it by hand`;
}
