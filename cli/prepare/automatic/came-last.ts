import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { getOr } from '../../../layers/get-or';
import type { History } from '../../../store/git/history';
import { sinceWhenAt } from '../../../store/history/rollout-history';
import type { EvidenceRequest } from '../../read/evidence/see-evidence';
import type { LoadedFleet } from '../../read/load-fleet';
import { deployedCommit } from '../../read/patches/soak';
import type { EvidenceBook, PatchEvidence } from '../evidence/evidence-book';

/** Of patches of one app that are bad at the same target, the one that came there last: before that, the others may have been well. */
export class CameLast {
  /** The patches that came last, by the patch that was there before, and target. */
  readonly #after = new Map<string, string>();

  /**
   * Looks at all of them before any is taken back: what one run takes back is one patch for each target.
   *
   * @param requests what was asked, of every patch
   */
  constructor(fleet: LoadedFleet, history: History, evidence: EvidenceBook, requests: readonly EvidenceRequest[]) {
    const times = new Map<PatchView, ReadonlyMap<string, number>>();
    const since = (view: PatchView, target: string) => getOr(times, view, () => arrivals(fleet, history, view)).get(target) ?? Number.POSITIVE_INFINITY;
    for (const request of requests) {
      const { view } = request;
      const others = requests.filter((other) => other !== request && isOfSameApp(other.view, view));
      for (const target of others.length === 0 ? [] : badTargets(evidence.of(fleet, request))) {
        const bad = [view, ...others.filter((other) => isBadAt(fleet, evidence, other, target)).map((other) => other.view)];
        const [last] = bad.toSorted((a, b) => since(b, target) - since(a, target) || (a.state.patch < b.state.patch ? 1 : -1));
        if (last !== undefined && last !== view) this.#after.set(keyOf(view, target), last.state.patch);
      }
    }
  }

  /** The patch that is to go back from a target before another one does. @returns `undefined` where that is none */
  instead(view: PatchView, target: string): string | undefined {
    return this.#after.get(keyOf(view, target));
  }
}

/** Where evidence is bad. */
export function badTargets({ seen }: PatchEvidence): readonly string[] {
  return [...new Set(seen.flatMap(({ answer, target }) => (answer.is === 'bad' ? [target] : [])))];
}

/** Also where it went past others, of which its own next step asks nothing. */
function isBadAt(fleet: LoadedFleet, evidence: EvidenceBook, request: EvidenceRequest, target: string): boolean {
  const { view } = request;
  if (!new Coverage(view.state.paths, view.state.targets).covers(target)) return false;
  const own = evidence.of(fleet, request);
  return badTargets(own.seen.some((one) => one.target === target) ? own : evidence.of(fleet, { view })).includes(target);
}

/** In milliseconds; what is in no commit yet has none. */
function arrivals(fleet: LoadedFleet, history: History, { state, places }: PatchView): ReadonlyMap<string, number> {
  const deployed = deployedCommit(fleet, history);
  const since = 'commit' in deployed ? sinceWhenAt(history, state, places, state.targets, deployed.commit) : undefined;
  return new Map([...(since ?? [])].flatMap(([target, { time }]) => (time === undefined ? [] : [[target, time] as const])));
}

function isOfSameApp({ state, apps }: PatchView, other: PatchView): boolean {
  return state.clusterType === other.state.clusterType && apps.some((app) => other.apps.includes(app));
}

function keyOf({ state: { clusterType, app, patch } }: PatchView, target: string): string {
  return [clusterType, app, patch, target].join(' ');
}
