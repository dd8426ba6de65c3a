import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import type { PromotionDecision } from '../../../rollout/decide-promotion';
import { asksEvidence } from '../../../rollout/evidence/asked';
import type { History } from '../../../store/git/history';
import { sinceWhenAt } from '../../../store/history/rollout-history';
import { firstNames } from '../first-names';
import type { LoadedFleet } from '../load-fleet';
import { deployedCommit, omittedContents } from '../patches/soak';
import { type RecordedBad, RecordedEvidence } from './recorded';

interface Known {
  /** @default - there is none, or nobody knows */
  readonly deployed?: string;
  /** Why nobody knows what is on record. @default - it is known, or there is nothing to know */
  readonly unknown?: string;
  readonly recorded: RecordedEvidence;
}

/** Where patches were bad, and left: nothing but another content, or somebody, takes them there again. */
export class WasBad {
  readonly #history: History;
  /** What commits say is read once, and where somebody asks. */
  #known: Known | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  /**
   * Why a patch, as it is now, does not make its next step by itself. Who edits it begins anew; one that covers nothing has no time of
   * its own, and all of its records count. What nobody can look up may have been bad.
   *
   * @param decision what is next of it
   * @returns `undefined` where it may
   */
  why(fleet: LoadedFleet, view: PatchView, decision: PromotionDecision): string | undefined {
    const { state } = view;
    if (decision.kind !== 'enter' || !asksEvidence(state)) return undefined;
    const { targets } = decision.step;
    const { deployed, unknown, recorded } = this.#recorded(fleet);
    if (unknown !== undefined) return `whether it was bad there before cannot be told: ${unknown}`;
    // Most have nothing on record: when they came is not looked for.
    const before = recorded.bad(view, targets, 0);
    if (before.length === 0) return undefined;
    const { covered } = new Coverage(state.paths, state.targets);
    if (covered.length > 0 && this.#history.isPartial) return wasBad(before, `, and since when it is as it is now cannot be told: ${omittedContents}`);
    const since = covered.length === 0 ? undefined : sinceWhenAt(this.#history, state, view.places, covered, deployed);
    const times = covered.length === 0 ? [0] : [...(since?.values() ?? [])].flatMap(({ time }) => time ?? []);
    // Where nothing of it is in a commit, none has it on record.
    const from = times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    const found = recorded.bad(view, targets, from);
    return found.length === 0 ? undefined : wasBad(found, ' when it was there: edit the patch, or promote it by hand');
  }

  #recorded(fleet: LoadedFleet): Known {
    if (this.#known === undefined) {
      const found = deployedCommit(fleet, this.#history);
      const recorded = new RecordedEvidence(this.#history, 'commit' in found ? found.commit : undefined);
      // Without a repository there are no commits that could say anything.
      const isCut = 'unknown' in found && (this.#history.isThere || this.#history.trouble !== undefined);
      this.#known = { ...('commit' in found ? { deployed: found.commit } : isCut ? { unknown: found.unknown } : {}), recorded };
    }
    return this.#known;
  }
}

function wasBad([first]: readonly RecordedBad[], end: string): string {
  return `${first?.name} was bad at ${firstNames(first?.targets ?? []).join(', ')}${end}`;
}
