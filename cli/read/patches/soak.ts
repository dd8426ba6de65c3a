import type { PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { durationText } from '../../../layers/text/duration';
import type { History } from '../../../store/git/history';
import { type Since, sinceWhenAt } from '../../../store/history/rollout-history';
import { outputDir } from '../../../store/output/output-place';
import type { LoadedFleet } from '../load-fleet';

/** A node where a patch has to stay for longer, as it is now. */
export interface Unsoaked {
  readonly node: string;
  readonly reason: string;
  /** In milliseconds. @default - it cannot be computed */
  readonly left?: number;
  /** When it is over, in ISO 8601. @default - it cannot be computed */
  readonly until?: string;
}

/**
 * Every node that a patch has entered and not soaked in: less time than the node's `soak` has gone by since the commit, in the
 * history of what is deployed, that brought the patch to its last target in there as it is now.
 *
 * @param now  what the clock says
 * @param next the targets that it enters next: what it has entered behind them says nothing about that. @default - any
 */
export function unsoaked(fleet: LoadedFleet, { state, places }: PatchView, history: History, now: Date, [next]: readonly string[] = []): readonly Unsoaked[] {
  const before = next === undefined ? state.targets : state.targets.slice(0, state.targets.indexOf(next));
  const { covered } = new Coverage(state.paths, before);
  const standing = state.nodes.flatMap(({ path, soak }) => {
    const inside = covered.filter((target) => isAtOrBelow(target, path));
    return soak > 0 && inside.length > 0 ? [{ node: path, soak, inside }] : [];
  });
  if (standing.length === 0) return [];
  const deployed = deployedCommit(fleet, history);
  if ('unknown' in deployed) return standing.map(({ node }) => ({ node, reason: `its soak time cannot be told: ${deployed.unknown}` }));
  const since = sinceWhenAt(history, state, places, covered, deployed.commit, outputDir(fleet.config, fleet.fleet.path)) ?? new Map<string, Since>();
  return standing.flatMap(({ node, soak, inside }): readonly Unsoaked[] => {
    const uncommitted = inside.findLast((target) => since.get(target)?.time === undefined);
    if (uncommitted !== undefined) return [{ node, reason: notCommitted(uncommitted, fleet, history) }];
    const ends = Math.max(...inside.map((target) => since.get(target)?.time ?? 0)) + soak;
    const left = ends - now.getTime();
    return left > 0 ? [{ node, left, until: new Date(ends).toISOString(), reason: `it soaks for another ${durationText(left)}` }] : [];
  });
}

/** Why nobody knows since when anything is as it is, where contents were left out. */
export const omittedContents = 'contents of older commits are not here (clone without `--filter`)';

/** What a patch waits for before it goes on by itself; `undefined` where it may. */
export function soakLeft(fleet: LoadedFleet, view: PatchView, history: History, now: Date, next: readonly string[] = []): string | undefined {
  return longestSoak(unsoaked(fleet, view, history, now, next))?.reason;
}

/** Of several, the one that a patch waits for; what cannot be told counts most. */
export function longestSoak(nodes: readonly Unsoaked[]): Unsoaked | undefined {
  return nodes.find(({ left }) => left === undefined) ?? nodes.toSorted((a, b) => (b.left ?? 0) - (a.left ?? 0))[0];
}

/** The last commit of what is deployed, or why there is no history to read. */
export function deployedCommit({ fleet }: LoadedFleet, history: History): { readonly commit: string } | { readonly unknown: string } {
  if (history.trouble !== undefined) return { unknown: history.trouble };
  if (!history.isThere) return { unknown: 'there is no Git history' };
  if (history.isShallow)
    return { unknown: 'the repository was cloned without its history (`git fetch --unshallow`; in a pipeline, check it out with `fetch-depth: 0`)' };
  const commit = history.tryResolve(fleet.revision);
  // Without a commit, HEAD has no history either, and every target counts as not committed yet.
  if (commit === undefined && fleet.revision !== 'HEAD') return { unknown: `the revision '${fleet.revision}' of the fleet is no branch or tag here` };
  return { commit: commit ?? 'HEAD' };
}

function notCommitted(target: string, { fleet }: LoadedFleet, history: History): string {
  if (history.isPartial) return `its soak time cannot be told: ${omittedContents}`;
  const where = fleet.revision === 'HEAD' ? '' : ` to '${fleet.revision}'`;
  return `its entry into ${target} is not committed${where} yet`;
}
