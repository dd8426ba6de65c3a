import type { Answer } from '../../layers/law/evidence';
import { durationText } from '../../layers/text/duration';
import { plural } from '../../layers/text/problem-text';
import type { AskedEvidence } from './asked';

/** What evidence said, and what is on record of it. */
export interface SeenEvidence extends Pick<AskedEvidence, 'node' | 'name' | 'target' | 'soak'> {
  /** Names what it asks. @default - nobody needs to know */
  readonly piece?: string;
  readonly answer: Answer;
  /** The first of the good answers on record that no other one follows, in milliseconds. @default - none is on record */
  readonly recorded?: number;
  /** What is on record of it last, since the change came there as it is now. @default - nobody can tell */
  readonly last?: Answer['is'] | 'nothing';
}

/** How evidence stands, all in all. */
export interface Standing {
  readonly is: Answer['is'];
  /** @default - it is good, and has been for the soak */
  readonly why?: string;
}

/** Since when a piece is known to be good, in milliseconds; `undefined` where nobody can tell. */
export function goodSince({ answer, recorded }: Pick<SeenEvidence, 'answer' | 'recorded'>): number | undefined {
  return answer.is === 'good' ? (answer.since?.getTime() ?? recorded) : undefined;
}

/** How one piece stands. @param now what the clock says, in milliseconds */
export function standingOf(seen: SeenEvidence, now: number): Standing {
  const { answer, soak } = seen;
  if (answer.is !== 'good') return { is: answer.is, why: answer.why };
  const since = goodSince(seen);
  if (soak === 0) return { is: 'good' };
  if (since === undefined) return { is: 'not-yet', why: 'it is good, and no commit has it on record yet' };
  const left = since + soak - now;
  return left <= 0 ? { is: 'good' } : { is: 'not-yet', why: `it is good, and soaks for another ${durationText(left)}` };
}

/** What evidence lets a change do. */
export interface Judged {
  /** The worst that any piece says; `good` where all is, and has been for its soak. */
  readonly is: Answer['is'];
  /** Why it is not good, the worst first, what is alike at several targets once. */
  readonly reasons: readonly string[];
}

/** From the worst. */
const order: readonly Answer['is'][] = ['bad', 'no-answer', 'not-yet'];
const verbs: Readonly<Record<string, string>> = { bad: 'is bad', 'no-answer': 'does not answer', 'not-yet': 'is not good yet' };

/** Whether a change may go on by what was seen. */
export function judgeEvidence(seen: readonly SeenEvidence[], now: number): Judged {
  const standings = seen.map((one) => ({ one, standing: standingOf(one, now) }));
  const worst = order.find((is) => standings.some(({ standing }) => standing.is === is));
  if (worst === undefined) return { is: 'good', reasons: [] };
  const reasons = order.flatMap((is) => {
    const alike = new Map<string, string[]>();
    for (const { one, standing } of standings) {
      if (standing.is !== is) continue;
      const key = `${one.name}\n${standing.why}`;
      alike.set(key, [...(alike.get(key) ?? []), one.target]);
    }
    return [...alike].map(([key, [first = '', ...others]]) => {
      const [name = '', why = ''] = key.split('\n');
      const more = others.length === 0 ? '' : ` and ${plural(others.length, 'more target')}`;
      return `${name} ${verbs[is]} at ${first}${more}: ${why}`;
    });
  });
  return { is: worst, reasons };
}
