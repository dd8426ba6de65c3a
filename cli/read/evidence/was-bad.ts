import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import type { PromotionDecision } from '../../../rollout/decide-promotion';
import { asksEvidence } from '../../../rollout/evidence/asked';
import type { History } from '../../../store/git/history';
import { sinceWhenAt } from '../../../store/history/rollout-history';
import { firstNames } from '../first-names';
import type { LoadedFleet } from '../load-fleet';
import { deployedCommit } from '../patches/soak';
import { RecordedEvidence } from './recorded';

/** Where patches were bad, and left: nothing but another content, or somebody, takes them there again. */
export class WasBad {
  readonly #history: History;
  /** What commits say is read once, and where somebody asks. */
  #known: { readonly deployed: string | undefined; readonly recorded: RecordedEvidence } | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  /**
   * Why a patch, as it is now, does not make its next step by itself. Who edits it begins anew; one that covers nothing has no time of
   * its own, and all of its records count.
   *
   * @param decision what is next of it
   * @returns `undefined` where it may
   */
  why(fleet: LoadedFleet, view: PatchView, decision: PromotionDecision): string | undefined {
    const { state } = view;
    if (decision.kind !== 'enter' || !asksEvidence(state)) return undefined;
    const { targets } = decision.step;
    const { deployed, recorded } = this.#recorded(fleet);
    // Most have nothing on record: when they came is not looked for.
    if (deployed === undefined || recorded.bad(view, targets, 0).length === 0) return undefined;
    const { covered } = new Coverage(state.paths, state.targets);
    const since = covered.length === 0 ? undefined : sinceWhenAt(this.#history, state, view.places, covered, deployed);
    const times = covered.length === 0 ? [0] : [...(since?.values() ?? [])].flatMap(({ time }) => time ?? []);
    // Where nothing of it is in a commit, none has it on record.
    const from = times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    const [first] = recorded.bad(view, targets, from);
    if (first === undefined) return undefined;
    return `${first.name} was bad at ${firstNames(first.targets).join(', ')} when it was there: edit the patch, or promote it by hand`;
  }

  #recorded(fleet: LoadedFleet): { readonly deployed: string | undefined; readonly recorded: RecordedEvidence } {
    if (this.#known === undefined) {
      const found = deployedCommit(fleet, this.#history);
      const deployed = 'commit' in found ? found.commit : undefined;
      this.#known = { deployed, recorded: new RecordedEvidence(this.#history, deployed) };
    }
    return this.#known;
  }
}
