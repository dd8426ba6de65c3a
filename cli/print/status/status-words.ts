import { durationText } from '../../../layers/text/duration';
import type { PatchSince, PatchStatus } from '../../read/patches/patch-status';
import { refusalAndCure } from '../../read/patches/refusal-text';
import { stepText } from '../../read/patches/step-text';

/** What is next, whatever the clock says: `stage/stage-sector-2, behind the manual gate stage`. */
export function nextText({ view: { state }, decision, takenBack }: PatchStatus): string {
  if (decision.kind === 'refused') return `nothing: ${refusalAndCure(state, decision)}`;
  if (decision.kind === 'integrate') return 'the base';
  const gate =
    decision.gates.length > 0 ? `, behind ${decision.gates.length === 1 ? 'the manual gate' : 'the manual gates'} ${decision.gates.join(' and ')}` : '';
  return `${stepText(decision.step)}${gate}${takenBack === undefined ? '' : `; not by itself: ${takenBack}`}`;
}

/** The same, and what of its soak is left. */
export function waitingText(status: PatchStatus): string {
  return [nextText(status), status.soaking?.reason ?? []].flat().join('; ');
}

/** Since when it is where it is, as a day. */
export function sinceDay({ time, unknown }: PatchSince): string {
  if (unknown !== undefined) return `unknown: ${unknown}`;
  return time === undefined ? 'not committed yet' : new Date(time).toISOString().slice(0, 10);
}

/** The same, and how long that is. @param now what the clock says */
export function sinceText(since: PatchSince, now: Date): string {
  return since.time === undefined ? sinceDay(since) : `${sinceDay(since)}, ${durationText(now.getTime() - since.time)} ago`;
}

/** How long it has to stay, by the clock on the wall: `in stage until 2026-11-04 10:00 UTC`. */
export function soakingText({ soaking }: PatchStatus): string | undefined {
  if (soaking?.until === undefined) return soaking?.reason;
  // A minute that has begun is waited for.
  const until = new Date(Math.ceil(Date.parse(soaking.until) / 60_000) * 60_000).toISOString();
  return `in ${soaking.node} until ${until.slice(0, 16).replace('T', ' ')} UTC`;
}
