import { type EvidenceStatement, statementsIn } from '../../../changes/judge/statements';
import type { PatchView } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { firstGood } from '../../../rollout/evidence/recorded';
import type { History } from '../../../store/git/history';

/** How many commits are looked through: what is older soaked long ago, or is about something else. */
const furthest = 2000;

/** What the commits of what is deployed have on record of evidence. */
export class RecordedEvidence {
  readonly #history: History;
  readonly #commit: string | undefined;
  #found: readonly { readonly time: number; readonly statement: EvidenceStatement }[] | undefined;

  /** @param commit the last of what is deployed. @default - nothing is known of it */
  constructor(history: History, commit: string | undefined) {
    this.#history = history;
    this.#commit = commit;
  }

  /**
   * The first of the good answers about a piece at a target that no other one follows.
   *
   * @param from when the change came there as it is now, in milliseconds
   */
  firstGood({ state, apps }: PatchView, name: string, target: string, from: number): number | undefined {
    const whats = [state.app, ...apps].map((app) => `${state.clusterType}/${app}`);
    const own = this.#all().filter(({ statement }) => {
      const isOurs = statement.patch === state.patch && statement.name === name && whats.includes(statement.what);
      return isOurs && statement.paths.some((path) => isAtOrBelow(target, path));
    });
    return firstGood(
      own.map(({ time, statement }) => ({ is: statement.answer, time })),
      from,
    );
  }

  #all(): readonly { readonly time: number; readonly statement: EvidenceStatement }[] {
    this.#found ??= (this.#commit === undefined ? [] : this.#history.messages(this.#commit, furthest)).flatMap(({ time, message }) =>
      message.includes('Fleet-Evidence') ? statementsIn([message]).evidence.map((statement) => ({ time, statement })) : [],
    );
    return this.#found;
  }
}
