import type { PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { durationText } from '../../layers/duration';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { History } from '../../store/git/history';
import { type Since, sinceWhenAt } from '../../store/rollout-history';
import type { RolloutFleet } from './fleet';
import type { Row } from './words';

/** A node where a patch has to stay for longer, as it is now. */
export interface Unsoaked {
  readonly node: string;
  readonly reason: string;
  /** In milliseconds. @default - nobody knows */
  readonly left?: number;
}

/**
 * Every node that a patch has entered and not soaked in: since what it is now came to the last target of it, in the history
 * of what is deployed, less time has gone by than the node's `soak`.
 *
 * @param now what the clock says
 */
export function unsoaked(fleet: RolloutFleet, { state, places }: PatchView, history: History, now: Date): readonly Unsoaked[] {
  const { covered } = new Coverage(state.paths, state.targets);
  const standing = state.nodes.flatMap(({ path, soak }) => {
    const inside = covered.filter((target) => isAtOrBelow(target, path));
    return soak > 0 && inside.length > 0 ? [{ node: path, soak, inside }] : [];
  });
  if (standing.length === 0) return [];
  const deployed = deployedCommit(fleet, history);
  if ('unknown' in deployed) return standing.map(({ node }) => ({ node, reason: `its soak time cannot be told: ${deployed.unknown}` }));
  const since = sinceWhenAt(history, state, places, covered, deployed.commit) ?? new Map<string, Since>();
  return standing.flatMap(({ node, soak, inside }): readonly Unsoaked[] => {
    const uncommitted = inside.findLast((target) => since.get(target)?.time === undefined);
    if (uncommitted !== undefined) return [{ node, reason: notCommitted(uncommitted, fleet, history) }];
    const left = soak - (now.getTime() - Math.max(...inside.map((target) => since.get(target)?.time ?? 0)));
    return left > 0 ? [{ node, left, reason: `it soaks for another ${durationText(left)}` }] : [];
  });
}

/** What a patch waits for before it goes on by itself; `undefined` where it may. */
export function soakLeft(fleet: RolloutFleet, view: PatchView, history: History, now: Date): string | undefined {
  const nodes = unsoaked(fleet, view, history, now);
  const unknown = nodes.find(({ left }) => left === undefined);
  return (unknown ?? nodes.toSorted((a, b) => (b.left ?? 0) - (a.left ?? 0))[0])?.reason;
}

/** The last commit of what is deployed, or why its history tells nothing. */
export function deployedCommit({ fleet }: RolloutFleet, history: History): { readonly commit: string } | { readonly unknown: string } {
  if (history.trouble !== undefined) return { unknown: history.trouble };
  if (!history.isThere) return { unknown: 'there is no Git history' };
  if (history.isShallow) return { unknown: 'the repository was cloned without its history (in a pipeline, check it out with `fetch-depth: 0`)' };
  const commit = history.tryResolve(fleet.revision);
  // Nothing was committed yet: so says what is asked next.
  if (commit === undefined && fleet.revision !== 'HEAD') return { unknown: `the revision '${fleet.revision}' of the fleet is no branch or tag here` };
  return { commit: commit ?? 'HEAD' };
}

function notCommitted(target: string, { fleet }: RolloutFleet, history: History): string {
  if (history.isPartial) return 'its soak time cannot be told: contents of older commits are not here (clone without `--filter`)';
  const where = fleet.revision === 'HEAD' ? '' : ` to '${fleet.revision}'`;
  return `its entry into ${target} is not committed${where} yet`;
}

/** What a person who moves a patch on by hand is told. */
export function soakRows(nodes: readonly Unsoaked[]): readonly Row[] {
  return nodes.map(({ node, reason }) => ['warning', `it has not soaked in ${node}: ${reason}`] as const);
}
