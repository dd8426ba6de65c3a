import type { PatchView } from '../../../constructs';
import { shellWord } from '../../../layers/text/shell-word';
import type { PromotionDecision } from '../../../rollout/decide-promotion';
import type { History } from '../../../store/git/history';
import { type Left, type LeftTargets, leftTargets } from '../../../store/history/left-targets';
import { shortCommit } from '../../../store/state/git-state';
import { WasBad } from '../evidence/was-bad';
import { firstNames } from '../first-names';
import type { LoadedFleet } from '../load-fleet';
import { reasonText } from './frozen-text';

/** Where patches were, as they are now, and left: nothing but another content, or somebody, takes them there again. */
export class TakenBack {
  readonly #history: History;
  readonly #wasBad: WasBad;
  readonly #left = new WeakMap<PatchView, LeftTargets>();

  constructor(history: History) {
    this.#history = history;
    this.#wasBad = new WasBad(history);
  }

  /**
   * Why a patch does not make its next step by itself: it was bad there, or somebody took it back from there.
   *
   * @param decision what is next of it
   * @returns `undefined` where it may
   */
  why(fleet: LoadedFleet, view: PatchView, decision: PromotionDecision): string | undefined {
    if (decision.kind !== 'enter') return undefined;
    return this.#wasBad.why(fleet, view, decision) ?? this.#whoLeft(view, decision.step.targets);
  }

  #whoLeft(view: PatchView, next: readonly string[]): string | undefined {
    const left = this.#left.get(view) ?? leftTargets(this.#history, view.state, view.places);
    this.#left.set(view, left);
    const [first] = next.flatMap((target) => left.targets.get(target) ?? []);
    if (first) {
      // Those that somebody else took it back from are told when these are over.
      const targets = next.filter((target) => left.targets.get(target)?.commit?.hash === first.commit?.hash && left.targets.has(target));
      return `it was taken back from ${firstNames(targets).join(', ')} ${this.#when(first)}: ${wayOn(view)}`;
    }
    return left.isWhole ? undefined : `whether it was taken back from ${firstNames(next).join(', ')} cannot be told: ${whyUnknown(this.#history)}`;
  }

  #when({ commit }: Left): string {
    if (commit === undefined) return 'in what is not committed';
    const author = this.#history.tryInfo(commit)?.author.name ?? '';
    const day = new Date(commit.time).toISOString().slice(0, 10);
    return `on ${day}${author === '' ? '' : ` by ${reasonText(author)}`} (${shortCommit(commit.hash)})`;
  }
}

function wayOn({ state: { clusterType, app, patch } }: PatchView): string {
  return `edit the patch, or promote it by hand (\`npx fleet promote ${[clusterType, app, patch].map(shellWord).join(' ')}\`)`;
}

function whyUnknown(history: History): string {
  if (history.trouble !== undefined) return history.trouble;
  if (history.isShallow) return 'the repository was cloned without its history (in a pipeline, check it out with `fetch-depth: 0`)';
  return 'contents of older commits are not here (clone without `--filter`)';
}
