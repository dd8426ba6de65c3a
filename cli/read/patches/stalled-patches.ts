import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { FleetError } from '../../../layers/problem';
import { durationText } from '../../../layers/text/duration';
import { shellWord } from '../../../layers/text/shell-word';
import { decidePromotion } from '../../../rollout/decide-promotion';
import { History } from '../../../store/git/history';
import { sinceWhenAt } from '../../../store/history/rollout-history';
import { outputDir } from '../../../store/output/output-place';
import type { LoadedFleet } from '../load-fleet';
import { promotionOptions } from './promotion-options';
import { deployedCommit, soakLeft } from './soak';

/** How long a patch may stay where it is, in milliseconds. */
const longest = 30 * 24 * 3_600_000;

/**
 * Tells of a patch that has been where it is for 30 days, by the history of what is deployed, though nothing holds it: no freeze
 * and no soak. Where Git cannot tell, nothing is told.
 *
 * @param now what the clock says
 */
export function stalledPatches(
  fleet: LoadedFleet,
  now: Date,
): (view: PatchView) => { readonly message: string; readonly found: string; readonly hint: string } | undefined {
  let read: { readonly history: History; readonly deployed: ReturnType<typeof deployedCommit> } | undefined;
  return (view) => {
    const { clusterType, app, patch, paths, targets } = view.state;
    const { covered } = new Coverage(paths, targets);
    const last = covered.at(-1);
    if (last === undefined) return undefined;
    read ??= readOnce(fleet);
    const { history, deployed } = read;
    const time = 'unknown' in deployed ? undefined : lastMoved(fleet, deployed.commit, history, view, covered, now);
    if (time === undefined || now.getTime() - time < longest || isHeld(fleet, view, history, now)) return undefined;
    const names = [clusterType, app, patch].map(shellWord).join(' ');
    const next = covered.length === targets.length ? 'it is everywhere: into the base' : 'on';
    return {
      message: `'${patch}' has not moved for ${durationText(now.getTime() - time)}`,
      found: `at ${last} since ${new Date(time).toISOString().slice(0, 10)}, at ${covered.length} of ${targets.length} targets`,
      hint: `let it go ${next} (\`npx fleet promote ${names}\`), or back (\`npx fleet rollback ${names}\`)`,
    };
  };
}

function readOnce(fleet: LoadedFleet) {
  const history = new History(fleet.config);
  return { history, deployed: deployedCommit(fleet, history) };
}

/** When a patch last came to a target, or said something else; `undefined` where it did so lately, or nobody can tell. */
function lastMoved(
  { config, fleet }: LoadedFleet,
  deployed: string,
  history: History,
  { state, places }: PatchView,
  covered: readonly string[],
  now: Date,
): number | undefined {
  try {
    const files = places.form === 'yaml' ? places.copies.map(({ file }) => file) : [places.rolledOutTo.file];
    // Files that are younger need not be read commit by commit.
    const oldest = history.commits(files, deployed).at(-1);
    if (!oldest || now.getTime() - oldest.time < longest) return undefined;
    const since = sinceWhenAt(history, state, places, covered, deployed, outputDir(config, fleet.path));
    const times = covered.map((target) => since?.get(target)?.time);
    return times.some((time) => time === undefined) ? undefined : Math.max(...(times as number[]));
  } catch (cause) {
    // Declared in code: nobody knows where.
    if (cause instanceof FleetError) return undefined;
    throw cause;
  }
}

function isHeld(fleet: LoadedFleet, view: PatchView, history: History, now: Date): boolean {
  const decision = decidePromotion(view.state, promotionOptions(fleet, view, {}, now));
  return (decision.kind === 'refused' && decision.reason === 'frozen') || soakLeft(fleet, view, history, now) !== undefined;
}
