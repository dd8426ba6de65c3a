import type { Answer } from '../../layers/law/evidence';
import type { SeenEvidence } from './standing';

/** An answer on record, about one target. */
export interface RecordedAnswer {
  readonly is: Answer['is'];
  /** When it was committed to what is deployed, in milliseconds. */
  readonly time: number;
}

/**
 * The first of the good answers that no other one follows: from there on the time of evidence runs that cannot say since when it is good.
 *
 * @param answers about one piece at one target, in any order
 * @param from    when the change came there as it is now, in milliseconds: what is older is about something else
 */
export function firstGood(answers: readonly RecordedAnswer[], from: number): number | undefined {
  let first: number | undefined;
  for (const { is, time } of answers.filter((one) => one.time >= from).toSorted((a, b) => a.time - b.time)) first = is === 'good' ? (first ?? time) : undefined;
  return first;
}

/** Whether what a piece says has to be on record, so that its time runs, or begins anew. */
export function needsRecord({ answer, soak, recorded, last }: Pick<SeenEvidence, 'answer' | 'soak' | 'recorded' | 'last'>): boolean {
  // Why a patch stops is to be read where all else is, and so that it does no more.
  if (answer.is === 'bad') return recorded !== undefined || (last !== undefined && last !== 'bad');
  if (answer.is !== 'good') return recorded !== undefined;
  return last === 'bad' || (answer.since === undefined && soak > 0 && recorded === undefined);
}
