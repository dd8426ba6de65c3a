import { type EvidenceStatement, evidenceMark, statementsIn } from '../../../changes/judge/statements';
import type { PatchView } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { firstGood } from '../../../rollout/evidence/recorded';
import type { History } from '../../../store/git/history';

/** A piece of evidence that was bad, and the targets where it was. */
export interface RecordedBad {
  readonly name: string;
  readonly targets: readonly string[];
}

/** A piece of evidence at a target: how it is called there, and what it asks. */
export interface RecordedPiece {
  readonly name: string;
  readonly piece: string;
  readonly target: string;
}

interface RecordedStatement {
  /** When it came to what is deployed, in milliseconds: from then on it counts. */
  readonly time: number;
  /** When it was written: what it saw was there then. */
  readonly made: number;
  readonly statement: EvidenceStatement;
}

/** What the commits of what is deployed have on record of evidence. */
export class RecordedEvidence {
  readonly #history: History;
  readonly #commit: string | undefined;
  #found: readonly RecordedStatement[] | undefined;

  /** @param commit the last of what is deployed. @default - nothing is known of it */
  constructor(history: History, commit: string | undefined) {
    this.#history = history;
    this.#commit = commit;
  }

  /**
   * The first of the good answers about a piece at a target that no other one follows. What is called like it and asked something else
   * was good by another measure.
   *
   * @param from when the change came there as it is now, in milliseconds
   */
  firstGood(view: PatchView, { name, piece, target }: RecordedPiece, from: number): number | undefined {
    const own = this.#about(view, from).filter(({ statement }) => statement.name === name && isAbout(statement, target));
    const counting = own.filter(({ statement }) => statement.answer !== 'good' || statement.piece === piece);
    return firstGood(
      counting.map(({ time, statement }) => ({ is: statement.answer, time })),
      from,
    );
  }

  /** What is on record last about a piece at a target, since a moment. */
  last(view: PatchView, name: string, target: string, from: number): EvidenceStatement['answer'] | undefined {
    return this.#since(view, from).findLast((statement) => statement.name === name && isAbout(statement, target))?.answer;
  }

  /**
   * What was bad the last time that it was on record: nothing goes on there by itself.
   *
   * @param from when the change came to the last of the targets as it is now, in milliseconds
   */
  bad(view: PatchView, targets: readonly string[], from: number): readonly RecordedBad[] {
    return [...new Set(this.#since(view, from).map(({ name }) => name))].flatMap((name) => {
      const where = targets.filter((target) => this.last(view, name, target, from) === 'bad');
      return where.length === 0 ? [] : [{ name, targets: where }];
    });
  }

  /** What is on record about a patch since a moment, the oldest first. */
  #since(view: PatchView, from: number): readonly EvidenceStatement[] {
    return this.#about(view, from)
      .toSorted((a, b) => a.time - b.time)
      .map(({ statement }) => statement);
  }

  /** What is on record about a patch since a moment, by whichever of its apps. */
  #about({ state, apps }: PatchView, from: number): readonly RecordedStatement[] {
    const whats = [state.app, ...apps].map((app) => `${state.clusterType}/${app}`);
    const isSince = ({ time, made }: RecordedStatement) => Math.min(time, made) >= from;
    return this.#all().filter((one) => isSince(one) && one.statement.patch === state.patch && whats.includes(one.statement.what));
  }

  /** The oldest first: of two of one second the later one counts. */
  #all(): readonly RecordedStatement[] {
    this.#found ??= (this.#commit === undefined ? [] : this.#history.messagesWith(evidenceMark, this.#commit))
      .toReversed()
      .flatMap(({ time, made, message }) => statementsIn([message]).evidence.map((statement) => ({ time, made, statement })));
    return this.#found;
  }
}

function isAbout({ paths }: EvidenceStatement, target: string): boolean {
  return paths.some((path) => isAtOrBelow(target, path));
}
