import type { SeenLine } from '../../../changes/judge/needed-statements';
import type { PatchView } from '../../../constructs';
import { getOr } from '../../../layers/get-or';
import { collapser } from '../../../layers/path-set';
import { type Judged, judgeEvidence, type SeenEvidence } from '../../../rollout/evidence/standing';
import type { History } from '../../../store/git/history';
import { type AskedBeside, type EvidenceRequest, seeEvidence } from '../../read/evidence/see-evidence';
import type { LoadedFleet } from '../../read/load-fleet';

/** What evidence says of where a patch is, and what that means for its next step. */
export interface PatchEvidence extends Judged {
  readonly seen: readonly SeenEvidence[];
}

/** Asks for evidence, of many patches at once where it is known which will be needed, and once for each. */
export class EvidenceBook {
  readonly #history: History;
  readonly #now: Date;
  readonly #seen = new Map<string, readonly SeenEvidence[]>();

  /** @param now what the clock says */
  constructor(history: History, now: Date) {
    this.#history = history;
    this.#now = now;
  }

  /**
   * @param beside what else is asked. @default - nothing
   * @throws FleetError (`evidence`) where something cannot be asked
   */
  prepare(fleet: LoadedFleet, requests: readonly EvidenceRequest[], beside?: AskedBeside): void {
    const open = requests.filter((request) => !this.#seen.has(keyOf(request)));
    for (const [index, seen] of seeEvidence(fleet, open, this.#history, this.#now, beside).entries())
      this.#seen.set(keyOf(open[index] as EvidenceRequest), seen);
  }

  /** As {@link prepare}, of one. */
  of(fleet: LoadedFleet, request: EvidenceRequest): PatchEvidence {
    this.prepare(fleet, [request]);
    const seen = this.#seen.get(keyOf(request)) ?? [];
    return { seen, ...judgeEvidence(seen, this.#now.getTime()) };
  }
}

function keyOf({ view: { state }, next = '' }: EvidenceRequest): string {
  return JSON.stringify([state.clusterType, state.app, state.patch, state.paths, next]);
}

/** What was seen as commits have it: a line for each piece and answer, however many targets said so. */
export function seenLines(seen: readonly SeenEvidence[], { state }: Pick<PatchView, 'state'>): readonly SeenLine[] {
  const collapse = collapser(state.targets);
  const alike = new Map<string, SeenEvidence[]>();
  for (const one of seen) getOr(alike, `${one.name} ${one.answer.is} ${pieceIn(one) ?? ''}`, () => []).push(one);
  return [...alike.values()].map((all) => {
    const [first] = all as [SeenEvidence];
    const [{ name, answer }, piece] = [first, pieceIn(first)];
    const times = all.map((one) => (one.answer.is === 'good' ? one.answer.since?.getTime() : undefined));
    const since = times.includes(undefined) ? undefined : Math.max(...(times as number[]));
    const paths = collapse(all.map(({ target }) => target));
    return { patch: state.patch, paths, name, answer: answer.is, ...(since === undefined ? {} : { since }), ...(piece === undefined ? {} : { piece }) };
  });
}

/** What has to be known of a piece later: what it asked where its time runs from its records. */
function pieceIn({ answer, piece }: SeenEvidence): string | undefined {
  return answer.is === 'good' && answer.since === undefined ? piece : undefined;
}
